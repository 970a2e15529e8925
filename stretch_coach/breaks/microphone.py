"""Whether a microphone is in use, as PulseAudio and PipeWire's layer for it tell: somebody is in a call."""

from stretch_coach.breaks.ask_program import ask_program

_SOURCE_COLUMN, _NAME_COLUMN = 1, 1


def is_microphone_in_use() -> bool | None:
    """Whether a program records from a microphone; none where that cannot be told.

    What records the sound that is played, as a screen recorder or a level meter does, is no call.
    """
    recording = ask_program("pactl", "list", "source-outputs", "short")
    if recording is None:
        return None
    used = {columns[_SOURCE_COLUMN] for columns in _table(recording)}
    if not used:
        return False
    sources = ask_program("pactl", "list", "sources", "short")
    if sources is None:
        return None
    monitors = {columns[0] for columns in _table(sources) if columns[_NAME_COLUMN].endswith(".monitor")}
    return bool(used - monitors)


def _table(text: str) -> list[list[str]]:
    """Lines of columns separated by tabs."""
    return [columns for line in text.splitlines() if len(columns := line.split("\t")) > 1]
