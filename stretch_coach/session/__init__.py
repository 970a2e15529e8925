"""Doing it: a timeline becomes a timed, recorded session."""
