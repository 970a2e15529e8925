"""The faces of a session without the app: lines of text, one line beside the voice, or JSON events."""
