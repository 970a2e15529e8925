"""The whole routine on one line: a piece for each set, filled as far as the set was done."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from stretch_coach.phrasing import minutes_and_seconds
from stretch_coach.tui.direct_update import redraw


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


class Track(Widget):
    """Progress through all sets: heavy for what was done, dashed for what was skipped, thin for what is to come."""

    COMPONENT_CLASSES = {"track--done", "track--to-come", "track--skipped"}  # noqa: RUF012 - declared as Textual expects it
    DEFAULT_CSS = """
    Track { height: 1; width: 1fr; }
    Track > .track--done { color: $text-accent; }
    Track > .track--to-come { color: $text-disabled; }
    Track > .track--skipped { color: $text-warning; }
    """

    pieces: reactive[tuple[Piece, ...]] = reactive((), repaint=False)
    _shown: Strip | None = None

    def watch_pieces(self) -> None:
        """Draw the line again if it looks different."""
        if self.is_mounted and self.size and self._line() != self._shown:
            redraw(self)

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        if y:
            return Strip.blank(self.size.width, self.rich_style)
        self._shown = self._line()
        return self._shown

    def _line(self) -> Strip:
        widths = self._widths()
        segments: list[Segment] = []
        if widths:
            for piece, width in zip(self.pieces, widths, strict=True):
                segments += [*self._piece(piece, width), Segment(" ", self.rich_style)]
        else:
            total = sum(piece.seconds for piece in self.pieces) or 1.0
            done = sum(piece.seconds * piece.done for piece in self.pieces) / total
            segments = self._piece(Piece(1.0, done), self.size.width)
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

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
        return lay_out([piece.seconds for piece in self.pieces], self.size.width)

    def _piece(self, piece: Piece, width: int) -> list[Segment]:
        full = round(piece.done * width)
        full = max(full, 1) if piece.done > 0 else full
        rest = ("╌", "track--skipped") if piece.passed else ("─", "track--to-come")
        return [
            Segment("━" * full, self.get_component_rich_style("track--done")),
            Segment(rest[0] * (width - full), self.get_component_rich_style(rest[1])),
        ]
