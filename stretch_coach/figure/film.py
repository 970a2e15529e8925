"""One exercise on one side as a film without a clock: what is to be seen at a moment of a segment, and its frames."""

from collections import OrderedDict
from enum import StrEnum

from stretch_coach.figure import blocks, outline
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.frame import Frame
from stretch_coach.figure.motion import Motion, Piece
from stretch_coach.figure.picture import Picture
from stretch_coach.figure.scene import Scene
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Side
from stretch_coach.routine.timeline import SegmentKind

_KEPT_FRAMES = 160
_CELL_ASPECT = 0.5
"""Width of a terminal's cell divided by its height."""
_JUST_AFTER = 1e-3


class View(StrEnum):
    """How left and right are shown: as in a mirror, or as by a teacher who faces the user."""

    MIRROR = "mirror"
    TEACHER = "teacher"


class Style(StrEnum):
    """How the figure is drawn: in coloured blocks, or as an outline for terminals with few colours."""

    BLOCKS = "blocks"
    OUTLINE = "outline"


def is_flipped(exercise: Exercise, side: Side | None, view: View) -> bool:
    """Whether a picture made for side left, seen in a mirror, has to be flipped. The one place that knows sides.

    The right side is the left one's mirror image. A teacher's right is on the viewer's left. Seen from behind, as
    somebody who stands behind one would, the own right is on the viewer's right in either view.
    """
    behind = exercise.figure.camera == "back"
    return (side == "right") != (behind or view is View.TEACHER)


class Film:
    """One exercise on one side. Cheap to make, pure, without a clock; frames are drawn once and kept, within bounds."""

    def __init__(
        self,
        exercise: Exercise,
        side: Side | None,
        view: View = View.MIRROR,
        style: Style = Style.BLOCKS,
        *,
        still: bool = False,
    ) -> None:
        """Make the film of an exercise.

        Args:
            exercise: What the body does.
            side: The side of the target muscle; none for what is not sided.
            view: How left and right are shown.
            style: How it is drawn.
            still: Reduced motion: only the start and the end, no pulse, no breath.
        """
        self._motion = Motion(exercise, still=still)
        self._scene = Scene(exercise, self._motion)
        self._style = style
        self._flipped = is_flipped(exercise, side, view)
        self._pieces: dict[tuple[SegmentKind, float], list[Piece]] = {}
        self._frames: OrderedDict[tuple[Picture, int, int], Frame] = OrderedDict()

    def picture(self, kind: SegmentKind, into: float, length: float) -> Picture:
        """What is to be seen ``into`` seconds into a segment of that kind and length in seconds."""
        return _piece_at(self._pieces_of(kind, length), into).picture(into)

    def next_change(self, kind: SegmentKind, into: float, length: float) -> float | None:
        """Seconds until the picture changes, above 0; none if it stays for the rest of the segment."""
        pieces = self._pieces_of(kind, length)
        now = _piece_at(pieces, into).picture(into)
        for piece in pieces:
            for moment in _moments(piece, into):
                after = moment + _JUST_AFTER
                if into < moment and after < length and _piece_at(pieces, after).picture(after) != now:
                    return after - into
        return None

    def still_picture(self) -> Picture:
        """The pose at its end with all that explains it, for previews."""
        return self._motion.pose_picture()

    def frame(self, picture: Picture, columns: int, rows: int) -> Frame:
        """A picture in so many cells; drawn once, then kept for the next time."""
        key = (picture, columns, rows)
        frame = self._frames.get(key)
        if frame is None:
            frame = self._drawn(picture, columns, rows)
            self._frames[key] = frame
            if len(self._frames) > _KEPT_FRAMES:
                self._frames.popitem(last=False)
        else:
            self._frames.move_to_end(key)
        return frame

    def _drawn(self, picture: Picture, columns: int, rows: int) -> Frame:
        if columns < 1 or rows < 1:
            return ()
        style = blocks if self._style is Style.BLOCKS else outline
        aspect = _CELL_ASPECT / style.ACROSS * style.DOWN
        canvas = self._scene.draw(picture, columns * style.ACROSS, rows * style.DOWN, aspect)
        if self._flipped:
            _flip(canvas)
        return blocks.to_blocks(canvas) if self._style is Style.BLOCKS else outline.to_outline(canvas)

    def _pieces_of(self, kind: SegmentKind, length: float) -> list[Piece]:
        key = (kind, length)
        if key not in self._pieces:
            if len(self._pieces) >= 16:  # noqa: PLR2004 - a step has three lengths; more only by ten seconds more
                self._pieces.clear()
            self._pieces[key] = self._motion.pieces(kind, length)
        return self._pieces[key]


def _piece_at(pieces: list[Piece], into: float) -> Piece:
    """The piece under way at a moment; the first before, the last after the segment."""
    return next((piece for piece in pieces if into < piece.end), pieces[-1])


def _moments(piece: Piece, into: float) -> list[float]:
    """The next moments of a piece at which its picture may change, for one period at most, then its end."""
    if piece.steps == 1:
        return [piece.start, piece.end]
    first = piece.step_at(max(into, piece.start)) + 1
    ticks = [piece.start + k * piece.period / piece.steps for k in range(first, first + piece.steps)]
    return [piece.start, *(tick for tick in ticks if tick < piece.end), piece.end]


def _flip(canvas: Canvas) -> None:
    """Left becomes right."""
    width = canvas.width
    for start in range(0, width * canvas.height, width):
        row = slice(start, start + width)
        canvas.ink[row] = canvas.ink[row][::-1]
        canvas.part[row] = canvas.part[row][::-1]
        canvas.depth[row] = canvas.depth[row][::-1]
