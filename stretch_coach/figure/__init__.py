"""The animated figure: a posable body that shows each exercise, drawn in terminal cells."""
