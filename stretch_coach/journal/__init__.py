"""Remembering: the file with the sessions, and what they are taken to mean."""
