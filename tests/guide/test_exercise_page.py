"""What the exercise library says of each exercise, and by which words it finds them."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from stretch_coach.guide.body_map import load_body_map
from stretch_coach.guide.exercise_page import (
    POSITIONS,
    done_sentence,
    facts_about,
    group_of,
    page_sections,
    routine_of,
    search_card,
)
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import load_library
from stretch_coach.routine.safety import load_references
from stretch_coach.routine.search import search

LIBRARY = load_library(bundled_routines(), Path("/nonexistent"))
CARDS = [search_card(one, load_body_map(bundled_routines())) for one in LIBRARY.exercises.values()]
REFERENCES = load_references(bundled_routines())
TODAY = date(2026, 11, 20)


def found(words: str) -> dict[str, str]:
    """Return the ids of what is found, with the reason for each."""
    return {hit.card.id: hit.reason for hit in search(words, (), CARDS).exercises}


@pytest.mark.parametrize(
    ("words", "exercise", "reason"),
    [
        ("levator", "levator-stretch", "Levator scapulae"),
        ("felt top", "neck-flexion-stretch", "Felt: top of the head"),
        ("hands and knees", "thread-needle", "On hands and knees"),
        ("needs band", "band-lateral-raise", "Needs a band"),
        ("needs nothing", "breathing", "Needs nothing"),
        ("taught", "towel", ""),
    ],
)
def test_exercises_are_found_by_muscle_place_position_and_need(words: str, exercise: str, reason: str) -> None:
    hits = found(words)
    if exercise == "towel":
        assert {"snag-c1c2", "snag-headache"} <= hits.keys()
    else:
        assert hits[exercise] == reason


def test_every_exercise_says_everything_about_itself() -> None:
    for exercise in LIBRARY.exercises.values():
        facts = dict(facts_about(exercise))
        assert facts["Position"] == POSITIONS[exercise.position]
        assert facts["Effort"] == exercise.intensity
        sections = {one.heading: one for one in page_sections(exercise, REFERENCES, LIBRARY.routines.values())}
        assert len(sections["How to do it"].lines) == len(exercise.instructions)
        assert "{" not in "".join(line for one in sections.values() for line in one.lines)
        assert exercise.evidence
        [evidence] = [one for heading, one in sections.items() if heading.startswith("Evidence")]
        assert evidence.lines[0] == exercise.evidence.note
        assert len(evidence.lines) == 1 + len(exercise.evidence.sources)
        assert sections.get("In these routines", evidence).lines
        assert group_of(exercise)


def test_every_exercise_can_be_started_alone() -> None:
    for exercise in LIBRARY.exercises.values():
        routine = routine_of(exercise, LIBRARY.exercises)
        assert [step.exercise for step in routine.steps] == [exercise]
        assert routine.locked == exercise.locked


def test_when_it_was_last_done_is_said_in_words() -> None:
    assert done_sentence(None, 0, TODAY) == "You haven't done it yet."
    assert done_sentence(TODAY - timedelta(days=1), 3, TODAY) == "Last done yesterday; in 3 sessions so far."
