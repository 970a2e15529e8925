"""What a profile leaves out of everything there is, and what each caution leaves out by itself. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from stretch_coach.guide.profile import Profile
from stretch_coach.guide.suitability import Suitability
from stretch_coach.phrasing import count
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.library import Library
from stretch_coach.routine.safety import Filter

MILDER = "This makes routines milder, not safe."
"""What every place that asks for the profile says."""


class ProfileEffect(NamedTuple):
    """What a profile does.

    Attributes:
        exercises: How many exercises there are.
        left_out: The names of the exercises that are left out, with the reason.
        without: The titles of the routines of which nothing is left, with the reason.
    """

    exercises: int
    left_out: tuple[tuple[str, str], ...]
    without: tuple[tuple[str, str], ...]

    @property
    def sentence(self) -> str:
        """How many exercises are left out, without a full stop."""
        if not self.left_out:
            return "No exercise is left out"
        are = "is" if len(self.left_out) == 1 else "are"
        return f"{len(self.left_out)} of {count(self.exercises, 'exercise')} {are} left out"


def find_effect(suits: Suitability, library: Library) -> ProfileEffect:
    """Return what the user's profile does to the exercises and routines of a library."""
    exercises = library.exercises.values()
    return ProfileEffect(
        len(exercises),
        tuple((one.name, why) for one in exercises if (why := suits.why_not(one))),
        tuple((one.title, why) for one in library.routines.values() if (why := suits.why_nothing(one.all_exercises))),
    )


def caution_effect(caution: Filter, exercises: Iterable[Exercise]) -> list[str]:
    """Return sentences about what a caution does by itself."""
    alone = Suitability(Profile.model_validate({"cautions": (caution.id,)}), [caution])
    left_out: list[str] = []
    kept: list[str] = []
    for one in exercises:
        (left_out if alone.why_not(one) else kept).append(one.name)
    sentences = []
    if len(kept) < len(left_out):
        sentences.append(f"Leaves only {count(len(kept), 'exercise')}: {', '.join(kept)}.")
    elif left_out:
        sentences.append(f"Leaves out {count(len(left_out), 'exercise')}: {', '.join(left_out)}.")
    if caution.hold_at_most:
        sentences.append(f"Stretches are held for {caution.hold_at_most:g} s at most.")
    return sentences or ["Leaves nothing out."]
