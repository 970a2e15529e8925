"""What is on the screen, as text that can be compared and read: the characters, then their styles by letter."""

from string import ascii_letters, digits
from typing import Any

from rich.style import Style
from textual.app import App

_LETTERS = ascii_letters + digits + "!#$%&()*+,-./:;<=>?@[]^_{|}~"


def words_of(app: App[Any]) -> str:
    """Return the characters on the screen, line by line."""
    return "\n".join(strip.text.rstrip() for strip in _strips(app))


def frame_of(app: App[Any]) -> str:
    """Return the characters, the styles of their cells as letters, and what each letter means."""
    letters: dict[str, str] = {}
    rows = []
    for strip in _strips(app):
        row = ""
        for segment in strip:
            letter = letters.setdefault(_describe(segment.style), _LETTERS[len(letters) % len(_LETTERS)])
            row += letter * segment.cell_length
        rows.append(row)
    legend = [f"{letter} {style}" for style, letter in letters.items()]
    return "\n".join([words_of(app), "", *rows, "", *legend, ""])


def _strips(app: App[Any]) -> list:  # type: ignore[type-arg]  # Textual's own type is private
    return app.screen._compositor.render_strips()  # noqa: SLF001 - there is no public way to what is on the screen


def _describe(style: Style | None) -> str:
    if style is None:
        return "plain"
    plain = Style(
        color=style.color,
        bgcolor=style.bgcolor,
        bold=style.bold,
        dim=style.dim,
        italic=style.italic,
        underline=style.underline,
        reverse=style.reverse,
    )
    return str(plain)
