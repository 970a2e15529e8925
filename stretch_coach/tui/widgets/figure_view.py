"""The figure on the screen: drawn only when its picture changes."""

from collections.abc import Callable
from typing import NamedTuple

from rich.color import Color as RichColor
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from stretch_coach.figure.film import Film
from stretch_coach.figure.frame import Frame
from stretch_coach.figure.palette import Palette
from stretch_coach.figure.picture import Picture
from stretch_coach.routine.timeline import SegmentKind

CELLS_WIDE, CELLS_HIGH = 40, 18
"""The size the figure is designed for; others keep its proportion."""

LEAST_WIDE, LEAST_HIGH = 20, 9
MOST_WIDE = 60


class Moment(NamedTuple):
    """``into`` of ``length`` seconds of a segment; ``moving`` while time goes on."""

    kind: SegmentKind
    into: float
    length: float
    moving: bool


def fit(width: int, height: int) -> tuple[int, int] | None:
    """The largest figure for so many cells, in its own proportion; none where there is too little room."""
    wide = min(width, height * CELLS_WIDE // CELLS_HIGH, MOST_WIDE)
    high = wide * CELLS_HIGH // CELLS_WIDE
    return (wide, high) if wide >= LEAST_WIDE and high >= LEAST_HIGH else None


class FigureView(Widget):
    """Shows a film at the moment it is told, or its still picture."""

    DEFAULT_CSS = "FigureView { width: 1fr; height: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._film: Film | None = None
        self._where: Callable[[], Moment] | None = None
        self._picture: Picture | None = None
        self._palette: Palette | None = None
        self._styles: dict[tuple[int | None, int | None], Style] = {}
        self._drawn: dict[tuple[Picture, Size], list[Strip]] = {}
        self._timer: Timer | None = None

    def paint(self, palette: Palette) -> None:
        """Draw with other colours; no frame is drawn anew for it."""
        self._palette = palette
        self._styles.clear()
        self._drawn.clear()
        self.refresh()

    def play(self, film: Film | None, where: Callable[[], Moment] | None = None) -> None:
        """Show a film as time goes on, or standing still where no moment is told; nothing without one."""
        self._film, self._where, self._picture = film, where, None
        self._drawn.clear()
        self.follow()
        self.refresh()

    def follow(self) -> None:
        """Look at the moment again: time may have been stopped, or gone on, or moved."""
        if self._timer:
            self._timer.stop()
            self._timer = None
        film = self._film
        if film is None:
            return
        moment = self._where() if self._where else None
        picture = film.picture(moment.kind, moment.into, moment.length) if moment else film.still_picture()
        if picture != self._picture:
            before, self._picture = self._strips(), picture
            self._refresh_from(before)
        if moment and moment.moving:
            due = film.next_change(moment.kind, moment.into, moment.length)
            if due is not None:
                self._timer = self.set_timer(due, self.follow)

    def notify_style_update(self) -> None:
        """What was put together in other styles is of no use any more."""
        super().notify_style_update()
        self._styles.clear()
        self._drawn.clear()

    def render_line(self, y: int) -> Strip:
        """One line of the frame, in the middle of the room there is."""
        strips = self._strips()
        return strips[y] if y < len(strips) else Strip.blank(self.size.width, self.rich_style)

    def _refresh_from(self, before: list[Strip]) -> None:
        """Draw the lines that are other ones than before; most of a body stands still while its head moves."""
        now, width = self._strips(), self.size.width
        changed = [y for y, strips in enumerate(zip(before, now, strict=False)) if strips[0] != strips[1]]
        if len(before) != len(now):
            self.refresh()
        elif changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def _strips(self) -> list[Strip]:
        """The lines of the picture, each put together once."""
        if self._picture is None:
            return []
        key = self._picture, self.size
        if key not in self._drawn:
            self._drawn[key] = self._put_together()
        return self._drawn[key]

    def _put_together(self) -> list[Strip]:
        width, height = self.size
        frame, left, top = self._frame()
        strips = [Strip.blank(width, self.rich_style)] * (top if frame else height)
        for row in frame:
            segments = [Segment(" " * left, self.rich_style)]
            segments += [Segment(run.text, self._style(run.ink, run.ground)) for run in row]
            strips.append(Strip(segments).adjust_cell_length(width, self.rich_style))
        return strips

    def _frame(self) -> tuple[Frame, int, int]:
        """The frame, and how far it is from the left and from the top."""
        size = fit(*self.size)
        if self._film is None or self._picture is None or size is None:
            return (), 0, 0
        wide, high = size
        return self._film.frame(self._picture, wide, high), (self.size.width - wide) // 2, self.size.height - high

    def _style(self, ink: int | None, ground: int | None) -> Style:
        style = self._styles.get((ink, ground))
        if style is None:
            style = self._styles[ink, ground] = self.rich_style + Style(
                color=self._colour(ink), bgcolor=self._colour(ground)
            )
        return style

    def _colour(self, ink: int | None) -> RichColor | None:
        if ink is None or self._palette is None:
            return None
        return RichColor.from_triplet(ColorTriplet(*self._palette[ink]))
