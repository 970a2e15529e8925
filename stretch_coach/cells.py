"""Text in a terminal's cells: how wide it is, and how it is cut and wrapped."""

import shutil
import unicodedata
from collections.abc import Iterator

WIDEST = 100
"""Prose is not wrapped wider than this, whatever the terminal."""


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
    """The text in lines of at most so many cells, each but the first indented, broken at spaces where there are any."""
    lines = [""]
    for word in _words(text, max(1, cells - len(indent))):
        line = f"{lines[-1]} {word}" if lines[-1].strip() else lines[-1] + word
        if text_width(line) <= cells:
            lines[-1] = line
        else:
            lines.append(indent + word)
    return "\n".join(lines)


def _words(text: str, cells: int) -> Iterator[str]:
    """The words of a text, those too long for a line in pieces."""
    for word in text.split():
        rest = word
        while text_width(rest) > cells:
            piece = cut_to_width(rest, cells) or rest[:1]
            yield piece
            rest = rest[len(piece) :]
        yield rest
