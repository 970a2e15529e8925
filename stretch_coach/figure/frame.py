"""What a drawn picture consists of: rows of runs, a run being text in one ink on one ground."""

from typing import NamedTuple


class Run(NamedTuple):
    """Text in one style. None is the terminal's or the widget's own colour."""

    text: str
    ink: int | None
    ground: int | None


Frame = tuple[tuple[Run, ...], ...]
"""Rows from the top; each is exactly as many cells wide as was asked for."""

Cell = tuple[str, int | None, int | None]


def merged(cells: list[Cell]) -> tuple[Run, ...]:
    """A row of cells as runs: neighbours of one style are one run; a blank takes any ink."""
    runs: list[Run] = []
    text, ink, ground = cells[0]
    for letter, own_ink, own_ground in cells[1:]:
        if own_ground == ground and (own_ink == ink or letter == " " or ink is None):
            text += letter
            ink = own_ink if ink is None else ink
        else:
            runs.append(Run(text, ink, ground))
            text, ink, ground = letter, own_ink, own_ground
    runs.append(Run(text, ink, ground))
    return tuple(runs)
