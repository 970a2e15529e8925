"""Showing it: a head-and-shoulders body, posed by an exercise and drawn in cells."""
