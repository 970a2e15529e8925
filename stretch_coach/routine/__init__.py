"""What to do: exercises, routines, and the timeline that a routine becomes."""
