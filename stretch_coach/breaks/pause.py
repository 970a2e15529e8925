"""A pause of all prompts, which ends by itself. It applies whether or not a watcher is running."""

import re
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from stretch_coach.breaks.state import seconds
from stretch_coach.breaks.timetable import SystemZone, TimeZone
from stretch_coach.errors import CoachError
from stretch_coach.files import Signature, atomic_write, read_json, signature
from stretch_coach.paths import make_private_folder

if TYPE_CHECKING:
    from stretch_coach.context import Context

_LONGEST = timedelta(days=31)
_LENGTH = r"(?:(?P<days>\d{1,3})\s*d)?\s*(?:(?P<hours>\d{1,3})\s*h)?\s*(?:(?P<minutes>\d{1,5})\s*(?:m|min)?)?"
_CURE = "Write it as 2h, 45m, 1h30, 3d, today, or until 14:00."


def parse_pause(words: str, now: float, zone: TimeZone, day_start: time) -> float:
    """Return the instant at which a pause ends.

    Args:
        words: The length of the pause, such as `2h`, `45m`, `1h30`, `3d`, `today` or `until 14:00`.
        now: The instant at which it begins.
        zone: The zone of the wall clock.
        day_start: When a day of the history begins, until which `today` lasts.

    Raises:
        CoachError: The words are none of these.
    """
    wall = zone.wall(now)
    if words == "today":
        return _next(day_start, wall, zone)
    if found := re.fullmatch(r"until\s+(\d?\d):(\d\d)", words, re.ASCII):
        try:
            return _next(time(int(found[1]), int(found[2])), wall, zone)
        except ValueError:
            raise CoachError("pause", f'"{words}" has no time of day.', _CURE) from None
    found = re.fullmatch(_LENGTH, words, re.ASCII)
    length = timedelta(**{unit: int(number or 0) for unit, number in found.groupdict().items()}) if found else None
    if length is None or not timedelta(0) < length <= _LONGEST:
        shown = words if words.isprintable() else ascii(words)
        raise CoachError("pause", f'"{shown}" is not a length of time up to 31 days.', _CURE)
    return now + length.total_seconds()


def paused_until(folder: Path, now: float) -> float | None:
    """Return the instant at which the pause ends, or None if there is none or it is over.

    Args:
        folder: The folder of breaks.
        now: The instant.
    """
    try:
        until = seconds(read_json(_pause_file(folder))["until"])
    except (TypeError, KeyError, ValueError):
        return None
    return until if until > now else None


def set_pause(folder: Path, until: float) -> None:
    """Show no prompts until an instant.

    Raises:
        CoachError: The pause cannot be stored.
    """
    import json  # noqa: PLC0415 - the watcher only reads a pause

    make_private_folder(folder)
    with atomic_write(_pause_file(folder)) as text:
        json.dump({"until": until}, text)


def pause_after_hurt(context: "Context") -> None:
    """Show no prompts for the rest of a day on which something hurt; a pause that lasts longer stays.

    This holds for rules that are added on that day too.
    """
    folder, now = context.places.breaks, context.clock.wall().ms / 1000
    until = parse_pause("today", now, SystemZone(), context.settings.record.day_start)
    if (paused_until(folder, now) or now) < until:
        with context.reporting_errors():
            set_pause(folder, until)


def end_pause(folder: Path) -> None:
    """Show prompts again.

    Raises:
        CoachError: The pause cannot be removed.
    """
    file = _pause_file(folder)
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise CoachError(str(file), f"cannot be removed ({error.strerror}).", "Check its folder.") from error


class PauseReader:
    """Reads the pause, and reads it again only when its file has changed.

    Args:
        folder: The folder of breaks.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = _pause_file(folder)
        self._seen: Signature = None
        self._until: float | None = None

    def is_paused(self, now: float) -> bool:
        """Return whether prompts are paused at an instant."""
        if (seen := signature(self._file)) != self._seen:
            self._seen, self._until = seen, paused_until(self._folder, now)
        return self._until is not None and self._until > now


def _pause_file(folder: Path) -> Path:
    return folder / "pause.json"


def _next(at: time, wall: datetime, zone: TimeZone) -> float:
    """Return the next instant at which the wall clock shows a time."""
    day = wall.date() + timedelta(days=at <= wall.time())
    return zone.instant(datetime.combine(day, at))
