"""Remembering: the history file, and the numbers that follow from it."""
