"""A routine for the places where somebody feels tight, with the reason for each of its exercises. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.guide.body_map import BodyMap, FeltMuscle, Zone, felt_muscles
from stretch_coach.guide.built_routine import build_routine, fill_time
from stretch_coach.guide.profile import Profile
from stretch_coach.phrasing import count
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.format import RestStep
from stretch_coach.routine.model import Routine

MINUTES_AT_MOST = 15
_USUAL_MINUTES = 3

_FIRST = "shoulder-rolls"
"""Moves the shoulders before anything is stretched or pressed."""

_LONGEST_TITLE = 80
_MINUTE = 60.0


class Reason(NamedTuple):
    """Why an exercise is in the routine: the muscles it is for, of those that people feel in the chosen zones."""

    exercise: Exercise
    muscles: tuple[FeltMuscle, ...]

    @property
    def purpose(self) -> str:
        """What the exercise is for, in a sentence."""
        if not self.muscles:
            return "A gentle start."
        return f"For the {_listed([felt.muscle.label for felt in self.muscles])}."

    @property
    def sentence(self) -> str:
        """The whole reason in words."""
        if not self.muscles:
            return self.purpose
        zones = {zone.label: None for felt in self.muscles for zone in felt.zones}
        it = "it" if len(self.muscles) == 1 else "them"
        return f"{self.purpose} People sometimes feel {it} here: {', '.join(zones)}."


class TightPlan(NamedTuple):
    """What the body map has to say about some zones.

    Attributes:
        zones: The chosen zones.
        muscles: The muscles that people feel there, never a diagnosis.
        routine: A routine for them, or None if there is no exercise for these zones or the time is too short.
        reasons: Why each exercise of the routine is in it, in its order.
        notes: What else has to be said about these zones and muscles, such as when to see a clinician.
        has_exercises: Whether there is an exercise for these muscles, however long it takes.
    """

    zones: tuple[Zone, ...]
    muscles: tuple[FeltMuscle, ...]
    routine: Routine | None
    reasons: tuple[Reason, ...]
    notes: tuple[str, ...]
    has_exercises: bool


def default_minutes(profile: Profile) -> int:
    """Return how many minutes a routine takes if nobody says: the user's time a day, as far as that is possible."""
    return min(profile.minutes_a_day or _USUAL_MINUTES, MINUTES_AT_MOST)


def plan_for_zones(
    body_map: BodyMap, zones: Sequence[Zone], exercises: Mapping[str, Exercise], minutes: int
) -> TightPlan:
    """Return a routine for some zones that takes a given number of minutes.

    Only exercises for everybody are chosen. Those for the muscles with the most main zones come first, one for each
    muscle before a second one for any.

    Args:
        body_map: The body map.
        zones: Where it is tight; at least one.
        exercises: The exercises that may be chosen, by id.
        minutes: How long the routine takes at most, from 1 to 15. It is shorter if there are too few exercises.

    Raises:
        CoachError: The number of minutes is out of range.
    """
    if not 1 <= minutes <= MINUTES_AT_MOST:
        raise CoachError("minutes", f"{minutes} is out of range.", f"Choose 1 to {MINUTES_AT_MOST}.")
    zones = tuple(dict.fromkeys(zones))
    felt = felt_muscles(body_map, zones)
    wanted = _in_turns(felt, exercises)
    notes = [zone.note for zone in zones if zone.note]
    notes += [
        f"{one.muscle.label[0].upper()}{one.muscle.label[1:]}: {one.muscle.note}" for one in felt if one.muscle.note
    ]
    routine = _routine(zones, wanted, exercises, minutes) if wanted else None
    reasons = tuple(Reason(one, wanted.get(one.id, ())) for one in routine.exercises) if routine else ()
    return TightPlan(zones, tuple(felt), routine, reasons, tuple(notes), bool(wanted))


def _in_turns(felt: Sequence[FeltMuscle], exercises: Mapping[str, Exercise]) -> dict[str, tuple[FeltMuscle, ...]]:
    """Return the ids of exercises with the muscles each is for: the first of each muscle, then the second of each."""
    found: dict[str, tuple[FeltMuscle, ...]] = {}
    longest = max((len(one.muscle.exercises) for one in felt), default=0)
    for turn in range(longest):
        for one in felt:
            for id_ in one.muscle.exercises[turn : turn + 1]:
                if id_ in exercises and exercises[id_].level == "all":
                    found.setdefault(id_, tuple(other for other in felt if id_ in other.muscle.exercises))
    return found


def _routine(
    zones: Sequence[Zone],
    wanted: Mapping[str, tuple[FeltMuscle, ...]],
    exercises: Mapping[str, Exercise],
    minutes: int,
) -> Routine | None:
    chosen = [exercises[id_] for id_ in wanted if id_ != _FIRST]
    first = [exercises[_FIRST]] if minutes > 1 and _FIRST in exercises else []
    steps = fill_time([*first, *chosen], minutes * 60)
    while minutes > 1 and isinstance(steps[-1], RestStep) and steps[-1].rest >= _MINUTE:
        minutes -= 1
        steps = fill_time([*first, *chosen], minutes * 60)
    if not steps:
        return None
    asked = [zone for zone in zones if zone.suggest]
    places = _listed([zone.label for zone in asked])
    title = f"{places[0].upper()}{places[1:]}, {count(minutes, 'minute')}"
    return build_routine(
        "-".join(["tight", *(zone.id for zone in asked)])[:64].rstrip("-"),
        title if len(title) <= _LONGEST_TITLE else f"{count(len(asked), 'place')}, {count(minutes, 'minute')}",
        steps,
        exercises,
        summary=f"For muscles that people feel here: {places}.",
        tags=["tight"],
        warning_signs=True,
        total_seconds=minutes * 60.0,
    )


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
