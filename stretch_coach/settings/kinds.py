"""The kinds of values that settings hold: what each accepts, and how it is written in the file or on a command line."""

import re
from datetime import time
from typing import Any, NamedTuple, Protocol

from stretch_coach.text import quoted


class InvalidValue(Exception):  # noqa: N818 - it never leaves this package
    """A value that a setting cannot hold.

    Args:
        cure: What to write instead, as a sentence.
        value: The invalid part of the value; the whole value unless `path` is given.
        path: Where that part is inside the setting, from the outside in, such as `(1, "every")`.
        problem: What is wrong, as a sentence, where "... is not valid." does not say enough.
    """

    def __init__(self, cure: str, value: Any = None, path: tuple[int | str, ...] = (), problem: str = "") -> None:
        super().__init__(cure)
        self.path = path
        self.message = f"{problem or f'{quoted(value)} is not valid.'} {cure}"

    def inside(self, *path: int | str) -> "InvalidValue":
        """Return the same error for a larger value: `path` leads from that to the value of this error."""
        outer = InvalidValue("", path=(*path, *self.path))
        outer.message = self.message
        return outer


class Kind(Protocol):
    """What a setting accepts."""

    @property
    def accepts(self) -> str:
        """What may be written, for a table, such as `80 to 300`."""

    def read(self, value: Any) -> Any:
        """Return the setting's value from what the file holds.

        Raises:
            InvalidValue: The setting cannot hold this.
        """


class Flag(NamedTuple):
    """Yes or no."""

    @property
    def accepts(self) -> str:
        """Both words."""
        return "true, false"

    def read(self, value: Any) -> bool:
        """Return the flag."""
        if isinstance(value, bool):
            return value
        raise InvalidValue("Write true or false, without quotes.", value)


class Text(NamedTuple):
    """Any text on one line, which may be empty."""

    @property
    def accepts(self) -> str:
        """Text, as TOML has it."""
        return "text"

    def read(self, value: Any) -> str:
        """Return the text."""
        if isinstance(value, str) and value.isprintable():
            return value
        raise InvalidValue("Write text in quotes.", value)


class WordChoice:
    """A word from a short list.

    Args:
        words: The words, the default first; an empty one leaves the choice to the app.
    """

    def __init__(self, *words: str) -> None:
        self.words = words

    @property
    def accepts(self) -> str:
        """All words."""
        return ", ".join(word or '""' for word in self.words)

    def read(self, value: Any) -> str:
        """Return the word."""
        if isinstance(value, str) and value in self.words:
            return value
        words = [word for word in self.words if word]
        raise InvalidValue(f"Write {', '.join(words[:-1])} or {words[-1]}, in quotes.", value)


class WholeNumber(NamedTuple):
    """A whole number.

    Attributes:
        least: The smallest, included.
        most: The largest, included.
    """

    least: int
    most: int

    @property
    def accepts(self) -> str:
        """The bounds."""
        return f"{self.least} to {self.most}"

    def read(self, value: Any) -> int:
        """Return the number."""
        if isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most:
            return value
        raise InvalidValue(f"Write a whole number from {self.least} to {self.most}.", value)


class Proportion(NamedTuple):
    """A number from 0 to 1. One beyond is taken as the nearer end."""

    @property
    def accepts(self) -> str:
        """The bounds."""
        return "0 to 1"

    def read(self, value: Any) -> float:
        """Return the share."""
        if isinstance(value, int | float) and not isinstance(value, bool) and value == value:  # noqa: PLR0124 - no NaN
            return min(1.0, max(0.0, float(value)))
        raise InvalidValue("Write a number from 0 to 1.", value)


class WholeNumbers(NamedTuple):
    """A list of whole numbers, at least one.

    Attributes:
        number: What each number is.
        at_most: How many there may be.
    """

    number: WholeNumber
    at_most: int

    @property
    def accepts(self) -> str:
        """How many, and their bounds."""
        return f"up to {self.at_most} numbers, {self.number.accepts}"

    def read(self, value: Any) -> tuple[int, ...]:
        """Return the numbers in the order in which they are written."""
        if not isinstance(value, list) or not 1 <= len(value) <= self.at_most:
            raise InvalidValue(f"Write up to {self.at_most} numbers, such as [5, 10, 15].", value)
        return tuple(self.number.read(one) for one in value)


class TimeOfDay(NamedTuple):
    """A time of day in whole minutes."""

    @property
    def accepts(self) -> str:
        """The earliest and the latest."""
        return "00:00 to 23:59"

    def read(self, value: Any) -> time:
        """Return the time, from text such as `9:30` or from TOML's own notation."""
        if isinstance(value, time) and not (value.second or value.microsecond):
            return value
        if isinstance(value, str) and re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value, re.ASCII):
            hours, minutes = value.split(":")
            return time(int(hours), int(minutes))
        raise InvalidValue('Write a time of day, such as "09:30".', value)


def parse_text(kind: Kind, text: str) -> Any:
    """Return the value meant by a text that was typed for a setting of this kind.

    Text is taken literally where the setting accepts that; quotes are for text that looks like something else.

    Returns:
        What the file would hold. A text that is not valid either way is returned as it would be read, so that the error
        about it is the same as for the file.
    """
    read = _parse_toml(text)
    candidates = [read, text] if isinstance(read, str) else [text, read]
    candidates.append(_parse_toml(f"[{text}]"))  # a list without its brackets
    return next((value for value in candidates if _is_valid(kind, value)), read)


def format_value(value: Any) -> str:
    """Return a value as TOML writes it."""
    match value:
        case bool():
            return str(value).lower()
        case time():
            return f'"{value:%H:%M}"'
        case str():
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'
        case tuple():
            return f"[{', '.join(map(format_value, value))}]"
        case _:
            return str(value)


def plain_value(value: Any) -> str:
    """Return a value as it is typed and read on a command line or screen: like TOML, without the quotes."""
    return value if isinstance(value, str) else format_value(value).strip('"')


def _parse_toml(text: str) -> Any:
    import tomllib  # noqa: PLC0415 - only a change needs it

    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        return text


def _is_valid(kind: Kind, value: Any) -> bool:
    try:
        kind.read(value)
    except InvalidValue:
        return False
    return True
