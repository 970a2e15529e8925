"""Speech and tones: cues are rendered before they are needed, and played from memory at their instant."""
