"""A drawn picture: rows of text, with the shades in which each stretch of it is shown."""

from typing import NamedTuple


class Run(NamedTuple):
    """Text in one style; a shade of None leaves the colour of the widget or terminal."""

    text: str
    foreground: int | None
    background: int | None


Frame = tuple[tuple[Run, ...], ...]
"""Rows from top to bottom, each exactly as many cells wide as requested."""

Cell = tuple[str, int | None, int | None]


def merge(cells: list[Cell]) -> tuple[Run, ...]:
    """Return a row of cells as runs: neighbours of one style share a run, and a blank fits any foreground."""
    runs: list[Run] = []
    text, foreground, background = cells[0]
    for letter, cell_foreground, cell_background in cells[1:]:
        fits = cell_foreground == foreground or letter == " " or foreground is None
        if cell_background == background and fits:
            text += letter
            foreground = cell_foreground if foreground is None else foreground
        else:
            runs.append(Run(text, foreground, background))
            text, foreground, background = letter, cell_foreground, cell_background
    runs.append(Run(text, foreground, background))
    return tuple(runs)
