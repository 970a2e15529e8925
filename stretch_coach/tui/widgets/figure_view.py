"""The figure on the screen, drawn only when what it shows changes."""

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

from stretch_coach.figure.animation import Animation
from stretch_coach.figure.frame import Frame
from stretch_coach.figure.motion import Moment
from stretch_coach.figure.palette import Palette
from stretch_coach.routine.timeline import SegmentKind

CELLS_WIDE, CELLS_HIGH = 40, 18
"""The size the figure is designed for; every other size keeps its proportion."""

LEAST_WIDE, LEAST_HIGH = 20, 9
MOST_WIDE = 80


class Playhead(NamedTuple):
    """Where a session is in a segment.

    Attributes:
        kind: The kind of segment.
        into: Seconds into the segment.
        length: Seconds the segment takes.
        moving: Whether time is passing.
    """

    kind: SegmentKind
    into: float
    length: float
    moving: bool


def fit(width: int, height: int) -> tuple[int, int] | None:
    """Return the largest figure, in cells, that fits in its own proportion, or None if there is too little space."""
    wide = min(width, height * CELLS_WIDE // CELLS_HIGH, MOST_WIDE)
    high = wide * CELLS_HIGH // CELLS_WIDE
    return (wide, high) if wide >= LEAST_WIDE and high >= LEAST_HIGH else None


class FigureView(Widget):
    """Shows an animation at the playhead, or its pose."""

    DEFAULT_CSS = "FigureView { width: 1fr; height: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._animation: Animation | None = None
        self._playhead: Callable[[], Playhead] | None = None
        self._moment: Moment | None = None
        self._palette: Palette | None = None
        self._styles: dict[tuple[int | None, int | None], Style] = {}
        self._lines: dict[tuple[Moment, Size], list[Strip]] = {}
        self._timer: Timer | None = None

    def paint(self, palette: Palette) -> None:
        """Change the colours; the animation keeps its frames."""
        self._palette = palette
        self._clear_lines()
        self.refresh()

    def play(self, animation: Animation | None, playhead: Callable[[], Playhead] | None = None) -> None:
        """Show an animation as time passes, its pose if there is no playhead, or nothing."""
        self._animation, self._playhead, self._moment = animation, playhead, None
        self._lines.clear()
        self.follow()
        self.refresh()

    def follow(self) -> None:
        """Show what the playhead says now, for example after a pause."""
        if self._timer:
            self._timer.stop()
            self._timer = None
        animation = self._animation
        if animation is None:
            return
        at = self._playhead() if self._playhead else None
        moment = animation.moment_at(at.kind, at.into, at.length) if at else animation.pose_moment()
        if moment != self._moment:
            before, self._moment = self._strips(), moment
            self._refresh_changed(before)
        if at and at.moving:
            due = animation.next_change(at.kind, at.into, at.length)
            if due is not None:
                self._timer = self.set_timer(due, self.follow)

    def notify_style_update(self) -> None:
        """Discard lines that were made with the previous styles."""
        super().notify_style_update()
        self._clear_lines()

    def render_line(self, y: int) -> Strip:
        """Return one line of the frame, which is in the middle of the widget."""
        strips = self._strips()
        return strips[y] if y < len(strips) else Strip.blank(self.size.width, self.rich_style)

    def _clear_lines(self) -> None:
        self._styles.clear()
        self._lines.clear()

    def _refresh_changed(self, before: list[Strip]) -> None:
        """Refresh only the lines that differ; most of a body stays still while its head moves."""
        now, width = self._strips(), self.size.width
        changed = [y for y, strips in enumerate(zip(before, now, strict=False)) if strips[0] != strips[1]]
        if len(before) != len(now):
            self.refresh()
        elif changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def _strips(self) -> list[Strip]:
        """Return the lines of the current moment, made once for each moment and size."""
        if self._moment is None:
            return []
        key = self._moment, self.size
        if key not in self._lines:
            self._lines[key] = self._make_strips()
        return self._lines[key]

    def _make_strips(self) -> list[Strip]:
        width, height = self.size
        frame, left, top = self._frame()
        strips = [Strip.blank(width, self.rich_style)] * (top if frame else height)
        for row in frame:
            segments = [Segment(" " * left, self.rich_style)]
            segments += [Segment(run.text, self._style(run.foreground, run.background)) for run in row]
            strips.append(Strip(segments).adjust_cell_length(width, self.rich_style))
        return strips

    def _frame(self) -> tuple[Frame, int, int]:
        """Return the frame, and how many cells it is from the left and from the top."""
        size = fit(*self.size)
        if self._animation is None or self._moment is None or size is None:
            return (), 0, 0
        wide, high = size
        return (
            self._animation.frame(self._moment, wide, high),
            (self.size.width - wide) // 2,
            (self.size.height - high) // 2,
        )

    def _style(self, foreground: int | None, background: int | None) -> Style:
        style = self._styles.get((foreground, background))
        if style is None:
            style = self.rich_style + Style(color=self._colour(foreground), bgcolor=self._colour(background))
            self._styles[foreground, background] = style
        return style

    def _colour(self, shade: int | None) -> RichColor | None:
        if shade is None or self._palette is None:
            return None
        return RichColor.from_triplet(ColorTriplet(*self._palette[shade]))
