"""The fields of a record from another machine or a file. Each is checked; an error says in a sentence what is wrong."""

import re
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from stretch_coach.journal.day import FIRST_YEAR, LAST_YEAR
from stretch_coach.text import excerpt, is_safe

MAX_TEXT_LENGTH = 200
_MAX_MS = 7 * 86_400_000
_MAX_MOMENT_LENGTH = 40
_MAX_OFFSET_S = 50_400
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Word = TypeVar("Word", bound=StrEnum)


class InvalidLine(ValueError):  # noqa: N818 - it costs a line of an import, and is no error of the program
    """A line that cannot be imported. The text is a sentence that says why."""


class Fields:
    """The fields of one record. Take them one after the other, then call `end`.

    An absent field is None. Every method raises `InvalidLine` for a value that does not fit.
    """

    def __init__(self, record: dict[str, Any]) -> None:
        self._left = dict(record)

    def end(self) -> None:
        """Refuse fields that were not taken, so that nothing is lost silently."""
        for name in self._left:
            raise InvalidLine(f'"{excerpt(name)}" is not a known field.')

    def take(self, name: str) -> Any:
        """Return the value of a field without checking it."""
        return self._left.pop(name, None)

    def has(self, name: str) -> bool:
        """Return whether a field is there and not null. A field that is null counts as taken."""
        if self._left.get(name) is None:
            self._left.pop(name, None)
            return False
        return True

    def text(self, name: str, longest: int = MAX_TEXT_LENGTH) -> str:
        """Return a text on one line, without control and direction characters."""
        value = self.take(name)
        if not isinstance(value, str) or not value.strip():
            raise InvalidLine(f'"{name}" is not text.')
        if len(value) > longest:
            raise InvalidLine(f'"{name}" is longer than {longest} characters.')
        if not all(map(is_safe, value)):
            raise InvalidLine(f'"{name}" has a character that cannot be shown.')
        return value

    def text_or_none(self, name: str) -> str | None:
        """Return a text, or None if there is none."""
        return self.text(name) if self.has(name) else None

    def id(self, name: str) -> str:
        """Return a UUID of version 7."""
        value = self.take(name)
        if not isinstance(value, str) or not _ID.fullmatch(value):
            raise InvalidLine(f'"{name}" is not a UUID of version 7 in lower case.')
        return value

    def whole(self, name: str, least: int, most: int) -> int:
        """Return a whole number within bounds."""
        value = self.take(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise InvalidLine(f'"{name}" is not a whole number from {least} to {most}.')
        return value

    def seconds(self, name: str, least_ms: int = 0) -> int:
        """Return a number of seconds, at most a week, in milliseconds."""
        value = self.take(name)
        # Compared before it is multiplied: a whole number may be too large for that.
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _MAX_MS:
            ms = round(value * 1000)
            if least_ms <= ms <= _MAX_MS:
                return ms
        raise InvalidLine(f'"{name}" is not a number of seconds.')

    def flag(self, name: str) -> bool:
        """Return true or false; false if the field is absent."""
        value = self._left.pop(name, False)
        if not isinstance(value, bool):
            raise InvalidLine(f'"{name}" is neither true nor false.')
        return value

    def one_of(self, name: str, words: type[Word]) -> Word:
        """Return a member of an enumeration."""
        value = self.take(name)
        try:
            return words(value)
        except ValueError:
            raise InvalidLine(f'"{name}" is not one of {", ".join(words)}.') from None

    def day(self, name: str) -> date:
        """Return a day that is written as `YYYY-MM-DD`."""
        value = self.take(name)
        try:
            if isinstance(value, str) and _DAY.fullmatch(value):
                day = date.fromisoformat(value)
                if FIRST_YEAR <= day.year <= LAST_YEAR:
                    return day
        except ValueError:
            pass
        raise InvalidLine(f'"{name}" is not a day such as 2026-11-20.')

    def moment(self, name: str) -> tuple[int, int]:
        """Return a moment that is written in RFC 3339.

        Returns:
            Milliseconds since 1970, and how many seconds the wall clock was ahead of UTC.
        """
        value = self.take(name)
        text = value if isinstance(value, str) and len(value) <= _MAX_MOMENT_LENGTH else ""
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        offset = moment.utcoffset() if moment else None
        if not moment or offset is None or abs(offset.total_seconds()) > _MAX_OFFSET_S:
            raise InvalidLine(f'"{name}" is not a time with its offset, such as 2026-11-20T09:00:00+01:00.')
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise InvalidLine(f'"{name}" is not between the years {FIRST_YEAR} and {LAST_YEAR}.')
        ms = (moment - _EPOCH + timedelta(microseconds=500)) // timedelta(milliseconds=1)
        return ms, round(offset.total_seconds())
