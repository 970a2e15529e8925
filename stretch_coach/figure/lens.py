"""From which side the body is seen."""

from dataclasses import dataclass

from stretch_coach.figure.spine import Stance
from stretch_coach.figure.vectors import Matrix, Vec, about_x, about_y, times, turned
from stretch_coach.figure.wall_arms import WALL_AHEAD, Wall
from stretch_coach.routine.exercise import Exercise

_AZIMUTH = {"front": 0.0, "profile": -78.0, "three-quarter": -38.0, "back": 180.0}
_ELEVATION = {"front": 4.0, "profile": 3.0, "three-quarter": 9.0, "back": 4.0}
_FROM_BEHIND = -122.0
_OF_THE_LYING = {"front": (0.0, 84.0), "profile": (-80.0, 0.0), "three-quarter": (-50.0, 35.0), "back": (-80.0, 0.0)}
"""A face that looks up is seen from above; a back that lies on the floor is not seen at all."""
_ASIDE = -60.0
_SEEN_FROM_ASIDE = {"forward", "forward-clasped", "behind-back"}
_ON_THE_BACK = {
    "rhomboids",
    "middle-lower-trapezius",
    "rear-shoulder",
    "back-extensors",
    "suboccipitals",
    "neck-extensors",
    "splenius",
}


@dataclass(frozen=True, slots=True)
class Lens:
    """How the world is turned before it is drawn: right, up, toward the viewer."""

    turn: Matrix

    def see(self, point: Vec) -> Vec:
        """A point of the world as the viewer sees it."""
        return turned(self.turn, point)


def make_lens(exercise: Exercise, stance: Stance, wall: Wall) -> Lens:
    """The lens for an exercise drawn for side left.

    From three-quarters, who faces a wall or has only muscles of the back lit is seen from behind, since from the front
    there would be nothing to see. On hands and knees the body is seen from the side to which the hand is threaded.
    """
    camera = exercise.figure.camera
    azimuth, elevation = _AZIMUTH[camera], _ELEVATION[camera]
    if stance is Stance.LYING:
        azimuth, elevation = _OF_THE_LYING[camera]
    elif camera == "three-quarter":
        lit = set(exercise.figure.highlight)
        places = {exercise.figure.hands.target, exercise.figure.hands.other}
        if stance is Stance.ALL_FOURS:
            azimuth, elevation = 52.0, 16.0
        elif wall in WALL_AHEAD or (lit and lit <= _ON_THE_BACK):
            azimuth = _FROM_BEHIND
        elif places & _SEEN_FROM_ASIDE or exercise.figure.focus == "legs":
            azimuth = _ASIDE
        elif "forehead" in places:
            azimuth = -azimuth  # the arm would hide the face
    return Lens(times(about_x(elevation), about_y(-azimuth)))
