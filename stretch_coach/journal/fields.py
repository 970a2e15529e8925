"""The fields of a record that comes from outside: each is checked, and what is wrong is said in a sentence."""

import math
import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from stretch_coach.journal.day import FIRST_YEAR, LAST_YEAR
from stretch_coach.safe_text import is_safe, shown

LONGEST_TEXT = 200
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_LONGEST_MS = 7 * 86_400_000


class Unfit(ValueError):  # noqa: N818 - what does not fit is left out; the error is the line's
    """A record that will not do; the text is a sentence."""


class Fields:
    """The fields of one record, taken one by one; ``end`` refuses those that nobody took.

    Each method raises Unfit for a value that will not do.
    """

    def __init__(self, record: dict[str, Any]) -> None:
        self._left = dict(record)

    def end(self) -> None:
        """Refuse a field that was not taken: something would be lost silently."""
        for name in self._left:
            raise Unfit(f'"{shown(name)}" is not known here.')

    def take(self, name: str) -> Any:
        """A field's value as it is; none if it is not there."""
        return self._left.pop(name, None)

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        """A text on one line, free of control and direction characters."""
        value = self.take(name)
        if not isinstance(value, str) or not value.strip():
            raise Unfit(f'"{name}" is not a text.')
        if len(value) > longest:
            raise Unfit(f'"{name}" is longer than {longest} characters.')
        if not all(map(is_safe, value)):
            raise Unfit(f'"{name}" has a character that cannot be shown.')
        return value

    def text_or_none(self, name: str) -> str | None:
        """A text, or none where there is none."""
        return self.text(name) if self._left.get(name) is not None else self.take(name)

    def id(self, name: str) -> str:
        """A UUID of version 7."""
        value = self.take(name)
        if not isinstance(value, str) or not _ID.fullmatch(value):
            raise Unfit(f'"{name}" is not a UUID of version 7 in small letters.')
        return value

    def id_or_none(self, name: str) -> str | None:
        """A UUID of version 7, or none where there is none."""
        return self.id(name) if self._left.get(name) is not None else self.take(name)

    def whole(self, name: str, least: int, most: int) -> int:
        """A whole number within bounds."""
        value = self.take(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise Unfit(f'"{name}" is not a whole number from {least} to {most}.')
        return value

    def seconds(self, name: str, least_ms: int = 0) -> int:
        """Seconds, in milliseconds; at most a week."""
        value = self.take(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            ms = round(value * 1000)
            if least_ms <= ms <= _LONGEST_MS:
                return ms
        raise Unfit(f'"{name}" is not a number of seconds.')

    def truth(self, name: str) -> bool:
        """True or false; false where it is not there."""
        value = self._left.pop(name, False)
        if not isinstance(value, bool):
            raise Unfit(f'"{name}" is neither true nor false.')
        return value

    def one_of(self, name: str, words: type[StrEnum]) -> Any:
        """One word of an enumeration."""
        value = self.take(name)
        try:
            return words(value)
        except ValueError:
            raise Unfit(f'"{name}" is none of {", ".join(words)}.') from None

    def day(self, name: str) -> date:
        """A day as ``YYYY-MM-DD``."""
        value = self.take(name)
        try:
            if isinstance(value, str) and _DAY.fullmatch(value):
                day = date.fromisoformat(value)
                if FIRST_YEAR <= day.year <= LAST_YEAR:
                    return day
        except ValueError:
            pass
        raise Unfit(f'"{name}" is not a day like 2026-11-20.')

    def moment(self, name: str) -> tuple[int, int]:
        """A moment in RFC 3339: milliseconds since 1970, and the seconds its wall clock was ahead of UTC."""
        value = self.take(name)
        longest, farthest_s = 40, 50_400
        try:
            moment = datetime.fromisoformat(value if isinstance(value, str) and len(value) <= longest else "")
        except ValueError:
            moment = None
        offset = moment.utcoffset() if moment else None
        if not moment or offset is None or abs(offset.total_seconds()) > farthest_s:
            raise Unfit(f'"{name}" is not a moment with its offset, like 2026-11-20T09:00:00+01:00.')
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise Unfit(f'"{name}" is not in the years {FIRST_YEAR} to {LAST_YEAR}.')
        since = moment - datetime(1970, 1, 1, tzinfo=UTC)
        ms = (since.days * 86_400 + since.seconds) * 1000 + round(since.microseconds / 1000)
        return ms, round(offset.total_seconds())
