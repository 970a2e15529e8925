"""The user's profile: cautions, equipment, place, goal and time. It stays on the machine."""

import json
import os
from pathlib import Path
from typing import Annotated, Literal

from stretch_coach.files import atomic_write
from stretch_coach.paths import make_private_folder
from stretch_coach.routine.document import read_document
from stretch_coach.routine.fields import Strict, bounded
from stretch_coach.routine.format import file_error, validate

Caution = Literal[
    "beginner",
    "headache",
    "age-65-plus",
    "osteoporosis",
    "ra-instability",
    "hypermobility",
    "dizziness",
    "hypertension",
    "radiculopathy",
    "attack-now",
]
Kit = Literal["desk", "wall", "doorway", "stable-chair", "band", "towel", "floor"]
Spot = Literal["home", "office", "travel"]
Goal = Literal["ease", "strength", "move", "unwind"]

GOAL_NAMES: dict[Goal, str] = {
    "ease": "go easy on the neck",
    "strength": "get stronger",
    "move": "move more",
    "unwind": "wind down",
}
MOST_MINUTES_A_DAY = 60


class Profile(Strict):
    """What the user has said about themselves; everything is optional.

    `cautions` are ids of the filters in `safety.json`. `kit` is the equipment at hand, where null means that nothing is
    known about it, so that nothing is left out. `place` is where the user exercises. `goal` and `minutes_a_day` decide
    what is suggested, and leave nothing out.
    """

    format: Literal[1] = 1
    cautions: tuple[Caution, ...] = ()
    kit: tuple[Kit, ...] | None = None
    place: Spot | None = None
    goal: Goal | None = None
    minutes_a_day: Annotated[int, bounded(1, MOST_MINUTES_A_DAY)] | None = None


def load_profile(file: Path) -> Profile:
    """Return the user's profile; without a file, one that leaves nothing out.

    Raises:
        RoutineFileError: The file is not valid. What it says about cautions must not be ignored.
    """
    if not os.path.lexists(file):  # a link that leads nowhere is refused: it may have named cautions
        return Profile()
    document = read_document(file)
    profile, problems = validate(document, Profile)
    if profile is None:
        raise file_error(document, problems)
    return profile


def save_profile(file: Path, profile: Profile) -> None:
    """Write a profile to the user's file, which only the user can read.

    Raises:
        CoachError: Its folder cannot be created.
        OSError: It cannot be written.
    """
    make_private_folder(file.parent)
    with atomic_write(file) as stream:
        stream.write(json.dumps(profile.model_dump(mode="json", exclude_none=True), indent=2) + "\n")
