"""The scene of an exercise: the body, its props, its face, and the marks on top."""

from stretch_coach.figure.camera import make_box, make_canvas, make_lens
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.draw.arrows import arrows_for
from stretch_coach.figure.draw.body import draw_body, draw_trunk_and_head
from stretch_coach.figure.draw.brush import Brush
from stretch_coach.figure.draw.face import draw_face
from stretch_coach.figure.draw.marks import draw_arrow, draw_ghost, draw_signs, ghost_dots
from stretch_coach.figure.draw.muscles import draw_muscles
from stretch_coach.figure.draw.props import draw_props
from stretch_coach.figure.motion import Moment, Movement
from stretch_coach.figure.posture import Posture
from stretch_coach.figure.skeleton import make_skeleton
from stretch_coach.figure.stance import make_setup
from stretch_coach.routine.exercise import Exercise

_EDGE_STEP = 0.2
_LEFT_ONLY, _BOTH = (-1,), (-1, 1)
_KEPT_GHOSTS = 4


class Scene:
    """One exercise, drawn for side left and seen in a mirror, at any size."""

    def __init__(self, exercise: Exercise, movement: Movement) -> None:
        self._exercise, self._movement = exercise, movement
        self._setup = make_setup(exercise)
        self._lens = make_lens(exercise, self._setup)
        self._arrows = arrows_for(exercise, self._setup, movement)
        paths = [arrow.path for arrow in self._arrows]
        self._box = make_box(self._setup, self._lens, exercise.figure.focus, movement.extremes, paths)
        self._ghosts: dict[tuple[int, int], list[int]] = {}

    def draw(self, moment: Moment, width: int, height: int, pixel_aspect: float) -> Canvas:
        """Return a canvas with everything on it.

        Args:
            moment: What to show.
            width: Pixels across.
            height: Pixels down.
            pixel_aspect: Width of a pixel divided by its height.
        """
        canvas = self._body(moment.posture, width, height, pixel_aspect)
        if moment.ghost:
            draw_ghost(canvas, self._ghost(width, height, pixel_aspect))
        if moment.arrow:
            for arrow in self._arrows:
                draw_arrow(canvas, self._lens, arrow)
        return canvas

    def _body(self, posture: Posture, width: int, height: int, pixel_aspect: float) -> Canvas:
        figure = self._exercise.figure
        canvas = make_canvas(self._box, figure.focus, width, height, pixel_aspect)
        brush = Brush(canvas, self._lens)
        skeleton = make_skeleton(posture, self._setup)
        draw_body(brush, skeleton, posture.breath, posture.jaw)
        draw_muscles(brush, skeleton, figure.highlight, _LEFT_ONLY if self._exercise.sided else _BOTH, posture.effort)
        draw_props(brush, skeleton, self._exercise)
        canvas.darken_edges(_EDGE_STEP)
        draw_face(canvas, self._lens, skeleton.spine.head, posture.jaw, posture.lids)
        draw_signs(brush, skeleton, figure.focus, posture)
        return canvas

    def _ghost(self, width: int, height: int, pixel_aspect: float) -> list[int]:
        """Return the pixels of the ghost, which depend only on the size and are found once."""
        size = (width, height)
        if size not in self._ghosts:
            if len(self._ghosts) >= _KEPT_GHOSTS:
                self._ghosts.clear()
            canvas = make_canvas(self._box, self._exercise.figure.focus, width, height, pixel_aspect)
            neutral = make_skeleton(self._movement.neutral, self._setup)
            draw_trunk_and_head(Brush(canvas, self._lens), neutral)
            self._ghosts[size] = ghost_dots(canvas)
        return self._ghosts[size]
