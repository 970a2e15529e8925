"""Text for a terminal: safe to show, measured in cells, cut and wrapped."""

import re
from collections.abc import Iterator
from typing import Any

MAX_PROSE_WIDTH = 100
"""Prose is not wrapped wider than this many cells, however wide the terminal is."""

EXCERPT_CHARACTERS = 60
"""How many characters of a text from outside an error message quotes."""

_JOINERS = "\u200c\u200d"  # used inside emoji and Indic words; they control nothing
_WIDEST_CHARACTER = 2
_FIRST_COMBINING = "\u0300"  # every printable character before it takes one cell
ONE_CELL = frozenset("…“”•←↑→↓⏎✓●○◐▶▸")
"""Characters that take one cell, of those that the app's first screens have."""


def is_safe(character: str) -> bool:
    """Return whether a character is safe to show: no control character, bidi override or half of a surrogate pair."""
    if character.isprintable() or character in _JOINERS:
        return True
    import unicodedata  # noqa: PLC0415 - few texts have such characters

    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def clean(text: str, keep: str = "\n\t") -> str:
    """Return a text that is safe to show in a terminal: unsafe characters are escaped.

    Args:
        text: The text. JSON stays JSON with the same meaning.
        keep: Unsafe characters that are kept.
    """
    if text.isprintable():
        return text
    return "".join(one if is_safe(one) or one in keep else _escape(one) for one in text)


def excerpt(text: str, at_most: int = EXCERPT_CHARACTERS) -> str:
    """Return a text to quote within a line: unsafe characters escaped, line breaks too, cut to `at_most` characters."""
    return clean(text if len(text) <= at_most else text[: at_most - 1] + "…", keep="")


def quoted(value: Any) -> str:
    """Return a value of a JSON or TOML file about as the file has it, short and safe to show."""
    if isinstance(value, str):
        return f'"{excerpt(value)}"'
    import json  # noqa: PLC0415 - only a mistake needs it

    return excerpt(json.dumps(value, ensure_ascii=True, default=str))


def json_text(value: Any, *, indent: int | None = None, only_ascii: bool = False) -> str:
    """Return a value as JSON that is safe to show in a terminal.

    Args:
        value: What `json.dumps` takes.
        indent: Spaces by which each level is indented; None for everything on one line.
        only_ascii: Whether to escape every character that is not ASCII.
    """
    import json  # noqa: PLC0415 - only some commands print JSON

    return clean(json.dumps(value, ensure_ascii=only_ascii, indent=indent), keep="\n")


def _escape(character: str) -> str:
    # JSON escapes UTF-16 code units.
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def columns() -> int:
    """Return the width of the terminal in cells, or 80 without one."""
    import shutil  # noqa: PLC0415 - the watcher has no terminal and does not need it

    return shutil.get_terminal_size().columns


def text_width(text: str) -> int:
    """Return how many cells a text takes in a terminal. Characters that cannot be shown take none."""
    if text.isprintable() and all(character < _FIRST_COMBINING or character in ONE_CELL for character in text):
        return len(text)
    from wcwidth import wcswidth, wcwidth  # noqa: PLC0415 - its tables take longer to load than most commands run

    width = wcswidth(text)
    return width if width >= 0 else sum(max(0, wcwidth(character)) for character in text)


def pad_to_width(text: str, cells: int) -> str:
    """Return a text with spaces after it, so that it takes at least `cells` cells."""
    return text + " " * (cells - text_width(text))


def cut_to_width(text: str, cells: int) -> str:
    """Return the longest beginning of a text that fits into `cells` cells."""
    if text_width(text) <= cells:
        return text
    end = 0
    while end < len(text) and text_width(text[: end + 1]) <= cells:
        end += 1
    return text[:end]


def wrap(text: str, cells: int, indent: str = "") -> str:
    """Wrap a text into lines of at most `cells` cells, at spaces where possible.

    Args:
        text: The text. Its spaces are kept, except where a line is broken.
        cells: The width of a line; less than 2 is taken as 2.
        indent: Put before every line but the first, shortened where the lines are narrow.
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
    """Yield each word with the spaces before it. A word wider than a line is split."""
    for found in re.finditer(r"(\s*)(\S+)", text):
        spaces, rest = " " * len(found[1]), found[2]
        while text_width(rest) > cells:
            part = cut_to_width(rest, cells) or rest[0]
            yield spaces, part
            spaces, rest = "", rest[len(part) :]
        yield spaces, rest
