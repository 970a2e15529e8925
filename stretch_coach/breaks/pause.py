"""A pause of all prompts, which ends by itself. It holds whether a watcher runs or not."""

from pathlib import Path

from stretch_coach.breaks.files import Signature, read_json, signature, write_json


def pause_file(folder: Path) -> Path:
    """Where it is kept."""
    return folder / "pause.json"


def paused_until(folder: Path, now: float) -> float | None:
    """The instant at which the pause ends; none if there is none, or it is over."""
    data = read_json(pause_file(folder))
    until = data.get("until") if isinstance(data, dict) else None
    return float(until) if isinstance(until, int | float) and until > now else None


def set_pause(folder: Path, until: float) -> None:
    """Want no prompts until an instant."""
    write_json(pause_file(folder), {"until": until})


def end_pause(folder: Path) -> None:
    """Want prompts again."""
    pause_file(folder).unlink(missing_ok=True)


class PauseWatch:
    """Asks for the pause often, and reads its file only when that has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = pause_file(folder)
        self._seen: Signature = None
        self._until: float | None = None

    def until(self, now: float) -> float | None:
        """The instant at which the pause ends; none if there is none."""
        if (seen := signature(self._file)) != self._seen:
            self._seen, self._until = seen, paused_until(self._folder, now)
        return self._until if self._until is not None and self._until > now else None
