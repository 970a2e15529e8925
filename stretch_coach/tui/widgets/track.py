"""The whole routine on one line: a piece for each set, filled as far as the set was done."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip

from stretch_coach.phrasing import minutes_and_seconds
from stretch_coach.tui.direct_update import redraw
from stretch_coach.tui.widgets.line_widget import LineWidget


class Piece(NamedTuple):
    """One set.

    Attributes:
        seconds: Its length.
        done: How much of it was done, from 0 to 1.
        passed: Whether the session is beyond it.
        name: What is done in it.
    """

    seconds: float
    done: float
    passed: bool = False
    name: str = ""


class _Part(NamedTuple):
    """How a piece is drawn: its cells, how many of them are full, and whether the session is beyond it."""

    cells: int
    full: int
    passed: bool


def lay_out(seconds: Sequence[float], cells: int) -> list[int]:
    """Return the cells of each piece, or an empty list if there are too many pieces.

    Cells are in proportion to `seconds`, at least one each. With the gaps between the pieces they add up to `cells`.
    """
    count = len(seconds)
    free = cells - (2 * count - 1)
    if not count or free < 0:
        return []
    total = sum(seconds) or 1.0
    ends = [round(part / total * free) for part in accumulate(seconds)]
    return [1 + end - start for start, end in zip([0, *ends], ends, strict=False)]


class Track(LineWidget):
    """Progress through all sets: heavy for what was done, dashed for what was skipped, thin for what is to come."""

    COMPONENT_CLASSES = {"track--done", "track--to-come", "track--skipped"}  # noqa: RUF012 - declared as Textual expects it
    DEFAULT_CSS = """
    Track { height: 1; width: 1fr; }
    Track > .track--done { color: $text-accent; }
    Track > .track--to-come { color: $text-disabled; }
    Track > .track--skipped { color: $text-warning; }
    """

    pieces: reactive[tuple[Piece, ...]] = reactive((), repaint=False)
    _drawn: list[_Part] | None = None
    _laid_out: tuple[list[float], int, list[int]] = [], 0, []

    def watch_pieces(self) -> None:
        """Draw the line again if it looks different."""
        if self.is_mounted and self.size and self._parts() != self._drawn:
            redraw(self)

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        if y:
            return self.line("")
        self._drawn = self._parts()
        segments = []
        for part in self._drawn:
            rest = ("╌", "track--skipped") if part.passed else ("─", "track--to-come")
            segments += [
                Segment("━" * part.full, self.get_component_rich_style("track--done")),
                Segment(rest[0] * (part.cells - part.full), self.get_component_rich_style(rest[1])),
                Segment(" ", self.line_style),
            ]
        return Strip(segments).adjust_cell_length(self.size.width, self.line_style)

    def _parts(self) -> list[_Part]:
        """Return the pieces as they are drawn, or the whole routine as one if they are too many."""
        widths = self._widths()
        if widths:
            return [_part(piece, width) for piece, width in zip(self.pieces, widths, strict=True)]
        total = sum(piece.seconds for piece in self.pieces) or 1.0
        done = sum(piece.seconds * piece.done for piece in self.pieces) / total
        return [_part(Piece(1.0, done), self.size.width)]

    def piece_at(self, column: int) -> Piece | None:
        """Return the piece in a column, or the one before a gap; None if the pieces are too many to be shown."""
        end = 0
        for piece, width in zip(self.pieces, self._widths(), strict=False):
            end += width + 1
            if column < end:
                return piece
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Name the piece below the mouse."""
        piece = self.piece_at(event.x)
        self.tooltip = Content(f"{piece.name}, {minutes_and_seconds(piece.seconds)}") if piece else None

    def _widths(self) -> list[int]:
        seconds, cells = [piece.seconds for piece in self.pieces], self.size.width
        if self._laid_out[:2] != (seconds, cells):
            self._laid_out = seconds, cells, lay_out(seconds, cells)
        return self._laid_out[2]


def _part(piece: Piece, cells: int) -> _Part:
    full = round(piece.done * cells)
    return _Part(cells, max(full, 1) if piece.done > 0 else full, piece.passed)
