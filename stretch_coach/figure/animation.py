"""The animation of an exercise on one side, without a clock: what is shown at each instant, and how it is drawn."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Generic, TypeVar

from stretch_coach.figure import outline
from stretch_coach.figure.blocks import QUADRANTS, Cells, to_blocks
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.draw.muscles import muscle_text
from stretch_coach.figure.draw.scene import Scene
from stretch_coach.figure.frame import Frame, Run
from stretch_coach.figure.motion import GLOW_LEVELS, Moment, Movement, Span
from stretch_coach.figure.palette import GLOWS, TONES, Material, shade
from stretch_coach.figure.picture import COARSE, FINE, Picture, grid_for
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Side
from stretch_coach.routine.timeline import SegmentKind

_KEPT_FRAMES, _KEPT_PICTURES = 160, 24
_KEPT_LENGTHS = 16
"""A step has three segment lengths; more come only from extending it by ten seconds."""
_JUST_AFTER = 1e-3


Key = tuple[Moment, int, int]
Kind = TypeVar("Kind")


class View(StrEnum):
    """How left and right are shown: as in a mirror, or as by a teacher who faces the user."""

    MIRROR = "mirror"
    TEACHER = "teacher"


class Style(StrEnum):
    """How the figure is drawn: in coloured blocks, or as an outline for terminals with few colours."""

    BLOCKS = "blocks"
    OUTLINE = "outline"


def is_flipped(exercise: Exercise, side: Side | None, view: View) -> bool:
    """Return whether a picture drawn for side left, as in a mirror, has to be flipped.

    This is the only place that knows about sides. The right side is the mirror image of the left one. A teacher's right
    is on the viewer's left. A body that is seen from behind has its right on the viewer's right in either view.
    """
    behind = exercise.figure.camera == "back"
    return (side == "right") != (behind or view is View.TEACHER)


class Animation:
    """The animation of an exercise on one side. It is cheap to make and keeps a bounded number of drawn frames.

    Args:
        exercise: What the body does.
        side: The side of the target muscle, or None if the exercise has no sides.
        view: How left and right are shown.
        style: How it is drawn.
        cells: How blocks divide a cell.
        reduced_motion: Whether to show only the start and the pose, without pulse or breath.

    Attributes:
        muscles: The names of the muscles that light up, and their side; empty if none does.
    """

    def __init__(
        self,
        exercise: Exercise,
        side: Side | None,
        view: View = View.MIRROR,
        style: Style = Style.BLOCKS,
        *,
        cells: Cells = QUADRANTS,
        reduced_motion: bool = False,
    ) -> None:
        self._movement = Movement(exercise, reduced=reduced_motion)
        pixels = Cells(outline.ACROSS, outline.DOWN, "") if style is Style.OUTLINE else cells
        self._scene = Scene(exercise, self._movement, (pixels.across, pixels.down), backdrop=style is Style.BLOCKS)
        self._picture_scenes = {grid: Scene(exercise, self._movement, grid, backdrop=True) for grid in (FINE, COARSE)}
        self._style, self._cells = style, cells
        self._flipped = is_flipped(exercise, side, view)
        self.muscles = muscle_text(exercise.figure.highlight, side)
        self._spans: dict[tuple[SegmentKind, float], list[Span]] = {}
        self._frames = _Latest[Frame](_KEPT_FRAMES)
        self._pictures = _Latest[Picture](_KEPT_PICTURES)

    def moment_at(self, kind: SegmentKind, into: float, length: float) -> Moment:
        """Return what is shown `into` seconds into a segment of `length` seconds."""
        return _span_at(self._spans_of(kind, length), into).moment_at(into)

    def next_change(self, kind: SegmentKind, into: float, length: float) -> float | None:
        """Return in how many seconds the moment changes, above 0, or None if it lasts until the segment ends."""
        spans = self._spans_of(kind, length)
        now = _span_at(spans, into).moment_at(into)
        for span in spans:
            for change in _possible_changes(span, into):
                after = change + _JUST_AFTER
                if after >= length:
                    break
                if into < change and _span_at(spans, after).moment_at(after) != now:
                    return after - into
        return None

    def pose_moment(self) -> Moment:
        """Return the pose with all that explains it, for a preview."""
        return self._movement.pose_moment()

    def frame(self, moment: Moment, columns: int, rows: int) -> Frame:
        """Return a moment drawn in a number of cells."""
        full, glow = _lit(moment)
        if glow < GLOW_LEVELS:  # only the colours differ from a full glow
            return self._frames.get((moment, columns, rows), lambda: _dimmed(self.frame(full, columns, rows), glow))
        return self._frames.get((moment, columns, rows), lambda: self._draw(moment, columns, rows))

    def picture(self, moment: Moment, columns: int, rows: int) -> Picture:
        """Return a moment as a picture as large as a number of cells."""
        full, glow = _lit(moment)
        picture = self._pictures.get((full, columns, rows), lambda: self._draw_picture(full, columns, rows))
        if glow == GLOW_LEVELS:
            return picture
        return picture._replace(shades=picture.shades.translate(bytes(_dim(one, glow) for one in range(256))))

    def _draw(self, moment: Moment, columns: int, rows: int) -> Frame:
        if columns < 1 or rows < 1:
            return ()
        canvas = self._canvas(self._scene, moment, columns, rows)
        return to_blocks(canvas, self._cells) if self._style is Style.BLOCKS else outline.to_outline(canvas)

    def _draw_picture(self, moment: Moment, columns: int, rows: int) -> Picture:
        canvas = self._canvas(self._picture_scenes[grid_for(columns, rows)], moment, columns, rows)
        return Picture(canvas.width, canvas.height, bytes(canvas.shades))

    def _canvas(self, scene: Scene, moment: Moment, columns: int, rows: int) -> Canvas:
        canvas = scene.draw(moment, columns, rows)
        if self._flipped:
            _flip(canvas)
        return canvas

    def _spans_of(self, kind: SegmentKind, length: float) -> list[Span]:
        key = (kind, length)
        if key not in self._spans:
            if len(self._spans) >= _KEPT_LENGTHS:
                self._spans.clear()
            self._spans[key] = self._movement.spans(kind, length)
        return self._spans[key]


class _Latest(Generic[Kind]):
    """Keeps the latest of what was drawn, at most `limit` of them."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[Key, Kind] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key, draw: Callable[[], Kind]) -> Kind:
        """Return what is kept for a key, or else drawn."""
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = draw()
            if len(self._kept) > self._limit:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return kept


def _lit(moment: Moment) -> tuple[Moment, int]:
    """Return a moment with a full glow, and the level of its own; one without a glow is unchanged."""
    glow = round(moment.posture.effort * GLOW_LEVELS)
    if 0 < glow < GLOW_LEVELS:
        return replace(moment, posture=replace(moment.posture, effort=1.0)), glow
    return moment, GLOW_LEVELS


def _dim(one: int, glow: int) -> int:
    """Return a shade as it is when muscles glow at a level below the full one."""
    first = shade(Material.GLOW, 0)
    return one - first + shade(GLOWS[glow - 1], 0) if first <= one < first + TONES else one


def _dimmed(frame: Frame, glow: int) -> Frame:
    """Return a frame whose muscles glow at a level below the full one."""

    def dim(one: int | None) -> int | None:
        return None if one is None else _dim(one, glow)

    return tuple(tuple(Run(run.text, dim(run.foreground), dim(run.background)) for run in row) for row in frame)


def _span_at(spans: list[Span], into: float) -> Span:
    """Return the span at a time: the first before the segment starts, the last after it ends."""
    return next((span for span in spans if into < span.end), spans[-1])


def _possible_changes(span: Span, into: float) -> Iterator[float]:
    """Yield the times at which a span may show something else: each step of one period, and its start and end."""
    yield span.start
    if span.steps > 1:
        first = span.step_at(max(into, span.start)) + 1
        for k in range(first, first + span.steps):
            tick = span.start + k * span.period / span.steps
            if tick >= span.end:
                break
            yield tick
    yield span.end


def _flip(canvas: Canvas) -> None:
    """Swap left and right."""
    width = canvas.width
    for start in range(0, width * canvas.height, width):
        row = slice(start, start + width)
        canvas.shades[row] = canvas.shades[row][::-1]
        canvas.parts[row] = canvas.parts[row][::-1]
        canvas.depths[row] = canvas.depths[row][::-1]
