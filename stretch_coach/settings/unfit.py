"""What a value should be, where it is not: the checks that several settings share."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any


class Unfit(Exception):  # noqa: N818 - it never leaves the settings
    """A value that will not do.

    Args:
        expected: What it should be, and the cure, to follow "... is not".
        path: Where in the setting it stands, from outside in; empty if it is the setting itself.
        value: The value, where it is not the setting itself.
        sentence: Said in place of "... is not ...", where that does not fit.
    """

    def __init__(
        self, expected: str = "", path: tuple[int | str, ...] = (), value: Any = None, sentence: str = ""
    ) -> None:
        super().__init__(expected or sentence)
        self.expected = expected
        self.path = path
        self.value = value
        self.sentence = sentence


def time_of_day(value: Any, example: str) -> time:
    """A time in whole minutes, from TOML's own or from text such as ``9:30``."""
    if isinstance(value, time) and not (value.second or value.microsecond):
        return value
    if isinstance(value, str) and re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value, re.ASCII):
        hours, minutes = value.split(":")
        return time(int(hours), int(minutes))
    raise Unfit(f'a time of day. Write it as "{example}".')


def whole_number(value: Any, least: int, most: int, what: str, example: int) -> int:
    """A whole number within bounds, both included."""
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return value
    raise Unfit(f"{what}. Write a whole number from {least} to {most}, such as {example}.")


def one_word_of(*words: str) -> Callable[[Any], str]:
    """A check that a value is one of some words."""

    def check(value: Any) -> str:
        if isinstance(value, str) and value in words:
            return value
        raise Unfit(f"one of {', '.join(words)}. Write one of them in quotes.")

    return check


def routine_id(value: Any) -> str:
    """Text that may be a routine's id; whether there is such a routine is for those to say who know them."""
    if isinstance(value, str) and value.strip() and value.isprintable():
        return value
    raise Unfit('a routine\'s id. Write it in quotes, such as "micro-break".')
