"""What to do: exercises, routines and their timelines."""
