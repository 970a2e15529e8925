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
from stretch_coach.figure.frame import Run
from stretch_coach.figure.motion import Moment
from stretch_coach.figure.palette import Material, Palette, shade
from stretch_coach.figure.picture import to_png
from stretch_coach.routine.timeline import SegmentKind
from stretch_coach.tui.direct_update import uncovered_region, write_lines, write_sequences
from stretch_coach.tui.graphics import Graphics, Layer

LEAST_WIDE, LEAST_HIGH = 20, 9
MOST_WIDE, MOST_HIGH = 92, 42
_WIDEST = 3
"""Cells across for each cell down, beyond which only emptiness would be added."""
_LABEL_FROM = 12
"""Height from which there is a line for the name of the muscle."""


_KEPT_ROWS = 2000


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
    """Return the size of the figure in cells, or None if there is too little space for one."""
    wide, high = min(width, height * _WIDEST, MOST_WIDE), min(height, width, MOST_HIGH)
    return (wide, high) if wide >= LEAST_WIDE and high >= LEAST_HIGH else None


class FigureView(Widget):
    """Shows an animation at the playhead, or its pose, above the name of the muscle that is lit."""

    COMPONENT_CLASSES = {"figure-view--label"}  # noqa: RUF012 - declared as Textual expects it
    DEFAULT_CSS = """
    FigureView { width: 1fr; height: 1fr; }
    FigureView > .figure-view--label { color: $text-muted; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._animation: Animation | None = None
        self._playhead: Callable[[], Playhead] | None = None
        self._moment: Moment | None = None
        self._palette: Palette | None = None
        self._styles: dict[tuple[int | None, int | None], Style] = {}
        self._lines: dict[tuple[Moment | None, Size], list[Strip]] = {}
        self._rows: dict[tuple[Run, ...], Strip] = {}
        self._rows_for: tuple[int, Size] | None = None
        self._timer: Timer | None = None
        self._layer: Layer | None = None
        self._pictured = False
        self._following = lambda: self.follow()  # noqa: PLW0108 - Textual inspects a function once, a method each time

    def paint(self, palette: Palette, graphics: Graphics | None = None) -> None:
        """Change the colours; the animation keeps its frames.

        Args:
            palette: The colours.
            graphics: Where to show pictures; None draws with glyphs.
        """
        self._palette = palette
        self._close_layer()
        self._layer = graphics.layer() if graphics else None
        self._pictured = self._layer is not None
        self._clear_lines()
        self.refresh()

    def play(self, animation: Animation | None, playhead: Callable[[], Playhead] | None = None) -> None:
        """Show an animation as time passes, its pose if there is no playhead, or nothing."""
        if animation is not self._animation:
            self._lines.clear()
            if self._layer:
                self._send(self._layer.clear())
        self._animation, self._playhead, self._moment = animation, playhead, None
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
            self._update_picture()
        if at and at.moving:
            due = animation.next_change(at.kind, at.into, at.length)
            if due is not None:
                self._timer = self.set_timer(due, self._following)

    def notify_style_update(self) -> None:
        """Discard lines that were made with the previous styles."""
        super().notify_style_update()
        self._clear_lines()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return lines without the styles that Textual adds, of which the figure has none."""
        height = self.size.height
        strips = [*self._strips(), *[self._finished([])] * height][:height]
        if self._layer:
            self.call_after_refresh(self._update_picture)
        return [strip.crop(crop.x, crop.right) for strip in strips[crop.y : crop.bottom]]

    def on_mount(self) -> None:
        """Take the picture away as soon as something lies over its place."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._update_picture)
        self.watch(self.screen, "stack_updates", self._update_picture, init=False)

    def on_resize(self) -> None:
        """Place the picture again; a terminal of another size may have moved it."""
        if self._layer:
            self._layer.moved()

    def on_unmount(self) -> None:
        """Take the picture away."""
        self._close_layer()

    def _close_layer(self) -> None:
        if self._layer:
            self._send(self._layer.close())
            self._layer = None

    def _send(self, sequences: str) -> None:
        if sequences:
            write_sequences(self, sequences)

    def _update_picture(self, _: object = None) -> None:
        """Show the picture of the current moment, or glyphs while not all of its place is seen."""
        animation, moment, palette = self._animation, self._moment, self._palette
        if self._layer is None or palette is None:
            return
        region, place = uncovered_region(self), self._place()
        if self._pictured != (region is not None):
            self._pictured = not self._pictured
            self.refresh()
        if region is None or place is None or animation is None or moment is None:
            self._send(self._layer.hide())
            return
        left, top, wide, high = place
        there = Region(region.x + left, region.y + top, wide, high)
        picture = lambda: to_png(animation.picture(moment, wide, high), palette)  # noqa: E731
        self._send(self._layer.show((moment, wide, high), picture, there))

    def _finished(self, segments: list[Segment]) -> Strip:
        """Return a strip as wide as the widget, in the colours that the terminal can show."""
        strip = Strip(segments).adjust_cell_length(self.size.width, self.rich_style)
        for one in self.get_line_filters():
            strip = strip.apply_filter(one, self.background_colors[1])
        return strip

    def _clear_lines(self) -> None:
        self._styles.clear()
        self._lines.clear()
        self._rows.clear()
        self._rows_for = None

    def _refresh_changed(self, before: list[Strip]) -> None:
        """Refresh only the lines that differ; most of a body stays still while its head moves."""
        now, width = self._strips(), self.size.width
        if len(before) != len(now):
            self.refresh()
            return
        changed = {y: strip for y, (old, strip) in enumerate(zip(before, now, strict=True)) if old is not strip}
        if changed and not (self._is_mounted and write_lines(self, changed)):
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def _strips(self) -> list[Strip]:
        """Return the lines of the current moment, made once for each moment and size."""
        if self._moment is None:
            return []
        key = None if self._pictured else self._moment, self.size
        if key not in self._lines:
            self._lines[key] = self._make_blank() if self._pictured else self._make_strips()
        return self._lines[key]

    def _make_strips(self) -> list[Strip]:
        place = self._place()
        if place is None or self._animation is None or self._moment is None:
            return [self._finished([])] * self.size.height
        left, top, wide, high = place
        if self._rows_for != (left, self.size) or len(self._rows) > _KEPT_ROWS:
            self._rows_for = (left, self.size)
            self._rows = {(): self._finished([])}
        strips = [self._rows[()]] * top
        margin = Segment(" " * left, self.rich_style)
        for row in self._animation.frame(self._moment, wide, high):
            if row not in self._rows:
                segments = [margin, *(Segment(text, self._style(fore, back)) for text, fore, back in row)]
                self._rows[row] = self._finished(segments)
            strips.append(self._rows[row])
        return [*strips, self._label()] if self._label_height else strips

    def _make_blank(self) -> list[Strip]:
        """Return lines with nothing but the label, for a picture to lie on."""
        lines = [self._finished([])] * (self.size.height - self._label_height)
        return [*lines, self._label()] if self._label_height else lines

    @property
    def _label_height(self) -> int:
        """Return 1 if there is a line for the name of the muscle, otherwise 0."""
        return 1 if self.size.height >= _LABEL_FROM and self._animation and self._animation.muscles else 0

    def _label(self) -> Strip:
        """Return the name of the muscle, so that it is not shown by a colour alone."""
        width = self.size.width
        text = self._animation.muscles if self._animation else ""
        while len(text) + 2 > width and "," in text:
            text = text.rpartition(",")[0]
        text = text if len(text) + 2 <= width else text[: max(0, width - 3)] + "…"
        left = (width - len(text) - 2) // 2
        segments = [
            Segment(" " * left, self.rich_style),
            Segment("● ", self._style(shade(Material.GLOW), None)),
            Segment(text, self.rich_style + self.get_component_rich_style("figure-view--label")),
        ]
        return self._finished(segments)

    def _place(self) -> tuple[int, int, int, int] | None:
        """Return how far the figure is from the left and the top, and its size, all in cells; None without space."""
        height = self.size.height - self._label_height
        size = fit(self.size.width, height)
        if size is None:
            return None
        wide, high = size
        return (self.size.width - wide) // 2, (height - high) // 2, wide, high

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
