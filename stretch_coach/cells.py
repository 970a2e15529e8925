"""Text in a terminal's cells: how wide it is, and how it is cut and wrapped."""

import re
import shutil
import unicodedata
from collections.abc import Iterator

WIDEST = 100
"""Prose is not wrapped wider than this, whatever the terminal."""

_WIDEST_CHARACTER = 2


def columns() -> int:
    """Cells of a line of the terminal; 80 where there is none."""
    return shutil.get_terminal_size().columns


def text_width(text: str) -> int:
    """How many cells a text takes in a terminal: two for a wide character, none for a combining one."""
    return sum(_cells(character) for character in text)


def cut_to_width(text: str, cells: int) -> str:
    """As much of a text as fits in so many cells."""
    width = 0
    for index, character in enumerate(text):
        width += _cells(character)
        if width > cells:
            return text[:index]
    return text


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def wrap(text: str, cells: int, indent: str = "") -> str:
    """The text in lines of at most so many cells, broken at spaces where there are any.

    Spaces stay as they are, but for those at which a line is broken. Each line but the first is indented, as far as
    there is room for it.
    """
    cells = max(cells, _WIDEST_CHARACTER)
    indent = indent[: cells - _WIDEST_CHARACTER]
    lines: list[str] = []
    for spaces, word in _words(text, cells - len(indent)):
        line = (lines[-1] if lines else "") + spaces + word
        if text_width(line) > cells:
            lines.append(indent + word)
        else:
            lines[-1:] = [line]
    return "\n".join(lines)


def _words(text: str, cells: int) -> Iterator[tuple[str, str]]:
    """The words of a text with the spaces before them, those too long for a line in pieces."""
    for found in re.finditer(r"(\s*)(\S+)", text):
        spaces, rest = " " * len(found[1]), found[2]
        while text_width(rest) > cells:
            piece = cut_to_width(rest, cells)
            yield spaces, piece
            spaces, rest = "", rest[len(piece) :]
        yield spaces, rest
