"""Everything that is drawn for one exercise: the body with what it needs, its face, and the marks on top."""

from stretch_coach.figure.arrows import arrows_for
from stretch_coach.figure.body import draw_body, draw_trunk_and_head
from stretch_coach.figure.brush import Brush
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.features import draw_face
from stretch_coach.figure.framing import make_box, make_canvas
from stretch_coach.figure.lens import make_lens
from stretch_coach.figure.marks import draw_arrow, draw_ghost, ghost_dots
from stretch_coach.figure.motion import Motion
from stretch_coach.figure.muscles import draw_muscles
from stretch_coach.figure.picture import Picture
from stretch_coach.figure.posture import Posture
from stretch_coach.figure.props import draw_props
from stretch_coach.figure.signs import draw_signs
from stretch_coach.figure.skeleton import Setting, make_skeleton
from stretch_coach.figure.spine import STANCES, Stance
from stretch_coach.figure.wall_arms import Wall
from stretch_coach.routine.exercise import Exercise

_EDGE = 0.2
_LEFT_ONLY, _BOTH = (-1,), (-1, 1)


class Scene:
    """One exercise as it is drawn for side left, seen in a mirror; pictures of any size."""

    def __init__(self, exercise: Exercise, motion: Motion) -> None:
        self._exercise, self._motion = exercise, motion
        self._setting = setting_of(exercise)
        self._lens = make_lens(exercise, self._setting.stance, self._setting.wall)
        self._arrows = arrows_for(exercise, self._setting, motion.neutral, motion.frames, motion.pose)
        self._box = make_box(self._setting, self._lens, exercise.figure.focus, motion.extremes, self._arrows)
        self._ghosts: dict[tuple[int, int], list[int]] = {}

    def draw(self, picture: Picture, width: int, height: int, pixel_aspect: float) -> Canvas:
        """A canvas of pixels with everything on it.

        Args:
            picture: What is to be seen.
            width: Pixels across.
            height: Pixels down.
            pixel_aspect: Width of a pixel divided by its height.
        """
        canvas = self._body(picture.posture, width, height, pixel_aspect)
        if picture.ghost:
            draw_ghost(canvas, self._ghost(width, height, pixel_aspect))
        if picture.arrow:
            for arrow in self._arrows:
                draw_arrow(canvas, self._lens, arrow)
        return canvas

    def _body(self, posture: Posture, width: int, height: int, pixel_aspect: float) -> Canvas:
        figure = self._exercise.figure
        canvas = make_canvas(self._box, figure.focus, width, height, pixel_aspect)
        brush = Brush(canvas, self._lens)
        skeleton = make_skeleton(posture, self._setting)
        draw_body(brush, skeleton, posture.breath, posture.jaw)
        draw_muscles(brush, skeleton, figure.highlight, _LEFT_ONLY if self._exercise.sided else _BOTH, posture.effort)
        draw_props(brush, skeleton, self._exercise)
        canvas.darken_edges(_EDGE)
        draw_face(canvas, self._lens, skeleton.spine.head, posture.jaw, posture.lids)
        draw_signs(canvas, brush, skeleton, figure.focus, posture)
        return canvas

    def _ghost(self, width: int, height: int, pixel_aspect: float) -> list[int]:
        """The ghost depends on the size alone: it is drawn once."""
        size = (width, height)
        if size not in self._ghosts:
            if len(self._ghosts) >= 4:  # noqa: PLR2004 - a window that is being resized needs no more
                self._ghosts.clear()
            canvas = make_canvas(self._box, self._exercise.figure.focus, width, height, pixel_aspect)
            neutral = make_skeleton(self._motion.neutral, self._setting)
            draw_trunk_and_head(Brush(canvas, self._lens), neutral)
            self._ghosts[size] = ghost_dots(canvas)
        return self._ghosts[size]


def setting_of(exercise: Exercise) -> Setting:
    """What an exercise rests on, where its hands go, and where a wall is.

    Whoever is seen from the front at a wall has it behind the back; else it is faced. There the hands are planted when
    no keyframe moves them up or down, and the forearms slide when one does.
    """
    hands = exercise.figure.hands
    places = (hands.target, hands.other)
    wall = Wall.NONE
    if "wall" in places and exercise.figure.camera == "front":
        wall = Wall.BEHIND
    elif "wall" in places:
        heights = {(frame.arm_height.target, frame.arm_height.other) for frame in exercise.figure.keyframes}
        wall = Wall.SLIDING if len(heights) > 1 else Wall.PLANTED
    stance = STANCES[exercise.position]
    if wall is not Wall.NONE and stance is Stance.SEATED:
        stance = Stance.STANDING
    return Setting(stance, places, wall)
