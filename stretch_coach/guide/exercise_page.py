"""All that is known about an exercise, in words: for the library on the screen and for the command. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from stretch_coach.guide.body_map import BodyMap
from stretch_coach.guide.built_routine import build_routine
from stretch_coach.journal.glance import days_ago
from stretch_coach.phrasing import count
from stretch_coach.routine.catalogue import ExerciseCard, make_exercise_card
from stretch_coach.routine.exercise import GRADES, Exercise, ExerciseKind, Position
from stretch_coach.routine.fields import fill_side
from stretch_coach.routine.format import ExerciseStep
from stretch_coach.routine.model import Routine
from stretch_coach.routine.safety import Reference

POSITIONS: dict[Position, str] = {
    "seated": "seated",
    "standing": "standing",
    "seated-or-standing": "seated or standing",
    "seated-or-lying": "seated or lying",
    "lying": "lying",
    "hands-and-knees": "on hands and knees",
}
KINDS: dict[ExerciseKind, str] = {
    "stretch": "Stretches",
    "mobility": "Movements",
    "strength": "Strength",
    "isometric": "Strength without moving",
    "posture": "Posture",
    "relax": "To relax",
    "eye": "For the eyes",
    "mobilise": "With help of a towel",
}
"""The headings of the library, in order."""

TAUGHT = "Taught by a clinician"
"""The heading of the exercises that are locked until a clinician has taught them."""

_LONGEST_ID = 64


class Section(NamedTuple):
    """Lines below a heading, numbered if their order matters."""

    heading: str
    lines: tuple[str, ...]
    numbered: bool = False


def facts_about(exercise: Exercise) -> list[tuple[str, str]]:
    """Return what an exercise is, as pairs of a name and a text."""
    facts = [
        ("Also called", ", ".join(exercise.aliases)),
        ("For", ", ".join(exercise.targets)),
        ("Position", POSITIONS[exercise.position]),
        ("Needs", ", ".join(_needs(exercise))),
        ("Dose", dose_words(exercise)),
        ("Effort", exercise.intensity),
    ]
    return [(name, text) for name, text in facts if text]


def page_sections(
    exercise: Exercise, references: Mapping[str, Reference], routines: Iterable[Routine]
) -> list[Section]:
    """Return how to do an exercise, what to avoid, its evidence, and the routines that have it; no section is empty.

    Args:
        exercise: The exercise.
        references: The sources by their codes.
        routines: All routines.
    """
    side = "left" if exercise.sided else None
    titles = [routine.title for routine in routines if exercise.id in {one.id for one in routine.all_exercises}]
    sections = [
        Section("How to do it", tuple(fill_side(line, side) for line in exercise.instructions), numbered=True),
        Section("Common errors", tuple(exercise.errors)),
        Section("Cautions", tuple(exercise.cautions)),
    ]
    if evidence := exercise.evidence:
        sources = [f"{one.citation}. {one.address}" for code in evidence.sources if (one := references.get(code))]
        sections.append(Section(f"Evidence {evidence.grade} ({GRADES[evidence.grade]})", (evidence.note, *sources)))
    sections.append(Section("In these routines", tuple(titles)))
    return [section for section in sections if section.lines]


def dose_words(exercise: Exercise) -> str:
    """Return how often and how long an exercise is done by default."""
    dose, each = exercise.dose, ", on each side" if exercise.sided else ""
    repetitions = f"{count(dose.reps, exercise.rep_name)} of " if dose.reps > 1 else ""
    return f"{repetitions}{dose.hold:g} s{each}"


def done_sentence(day: date | None, times: int, today: date) -> str:
    """Return when an exercise was last done, and in how many sessions so far."""
    if day is None:
        return "You haven't done it yet."
    return f"Last done {days_ago((today - day).days)}; in {count(times, 'session')} so far."


def search_card(exercise: Exercise, body_map: BodyMap) -> ExerciseCard:
    """Return the card by which an exercise is found: also by position, need, group, and where its muscles are felt."""
    places = [zone.label for zone in body_map.zones for one in _muscles(body_map, exercise) if zone.id in one]
    needs = [f"needs {need}" for need in _needs(exercise)] or ["needs nothing"]
    card = make_exercise_card(exercise)
    facts = [POSITIONS[exercise.position], *needs, group_of(exercise).lower()]
    facts += [f"felt: {place}" for place in dict.fromkeys(places)]
    return card._replace(aliases=(*card.aliases, *facts))


def group_of(exercise: Exercise) -> str:
    """Return the heading below which the library lists an exercise."""
    return TAUGHT if exercise.locked else KINDS[exercise.kind]


def routine_of(exercise: Exercise, exercises: Mapping[str, Exercise]) -> Routine:
    """Return a routine of one exercise alone, with its usual dose."""
    id_ = f"exercise-{exercise.id}"[:_LONGEST_ID].rstrip("-")
    return build_routine(id_, exercise.name, [ExerciseStep(exercise=exercise.id)], exercises)


def _muscles(body_map: BodyMap, exercise: Exercise) -> list[dict[str, int]]:
    """Return the zones of the muscles that an exercise is for."""
    return [one.zones for one in body_map.muscles if exercise.id in one.exercises]


def _needs(exercise: Exercise) -> list[str]:
    """Return what an exercise needs, in words."""
    names = {"stable-chair": "a chair that cannot roll", "floor": "space on the floor"}
    tags = [tag.removeprefix("needs-") for tag in exercise.tags if tag == "floor" or tag.startswith("needs-")]
    return [names.get(tag, f"a {tag}") for tag in tags]
