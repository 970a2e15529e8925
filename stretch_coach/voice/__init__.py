"""Saying it: cues are rendered to sound before they are needed, and played from memory at their instant."""
