"""Explanations: how much longer a routine gets, and that the full instructions are then heard."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.format import RoutineFile
from stretch_coach.routine.model import Routine
from stretch_coach.routine.resolve import resolve_routine
from stretch_coach.routine.timeline import Timeline, build_timeline
from stretch_coach.session.cues import CueKind, CueTiming, SpeechLevel
from stretch_coach.session.explain import Explain, explained_exercises, with_explanations
from tests.session.cue_rules import BUNDLED, bundled, laid_out, plans, routines, speaking

RATES = st.integers(80, 300)
CAUTION = "Stop with tingling."
LINES = ["Sit tall and hold the seat.", "Tip your ear to the side.", "Breathe out and let go."]


def explanations(timeline: Timeline, how: CueTiming) -> list[tuple[str, str | None]]:
    """Return the exercises whose full instructions are said, each with its side."""
    return [
        (segment.exercise.id, segment.side)
        for segment, cues in plans(timeline, how)
        for cue in cues
        if segment.exercise
        and cue.kind is CueKind.INSTRUCTION
        and cue.text.endswith(segment.exercise.full_instructions(segment.side))
    ]


def assert_explained(routine: Routine, how: CueTiming) -> None:
    """Check that each exercise is explained once, on its first side, and that the total grows by no more than that."""
    longer = with_explanations(routine, how)
    as_written, timeline = build_timeline(routine), build_timeline(longer)
    explained = explanations(timeline, how)
    firsts = {step.exercise.id: step.sides[0] for step in reversed(routine.steps) if step.exercise}
    assert dict(explained) == firsts
    one_line = {one.id for one in routine.exercises if one.say == one.instructions[0] and len(one.instructions) == 1}
    assert len([name for name, _ in explained if name not in one_line]) == len(firsts.keys() - one_line)
    added = sum(step.extra_prepare for step in longer.steps)
    assert timeline.total == pytest.approx(as_written.total + added)
    assert longer.total_seconds == pytest.approx(timeline.total, abs=0.01)
    assert all(step.extra_prepare == int(step.extra_prepare) >= 0 for step in longer.steps)
    holds = [[one.seconds for one in each.segments if one.kind == "hold"] for each in (as_written, timeline)]
    assert holds[0] == holds[1]


@pytest.mark.parametrize("rate", [80, 120, 160, 220, 300])
@pytest.mark.parametrize("name", BUNDLED)
def test_new_listener_hears_all_instructions_of_bundled_exercises(name: str, rate: int) -> None:
    assert_explained(bundled().routines[name], speaking(rate, explained=True))


@given(st.sampled_from(BUNDLED), RATES, st.sampled_from([SpeechLevel.FULL, SpeechLevel.BRIEF]))
def test_new_listener_hears_all_instructions_at_any_rate(name: str, rate: int, level: SpeechLevel) -> None:
    assert_explained(bundled().routines[name], speaking(rate, level, explained=True))


@given(routines(), RATES)
def test_new_listener_hears_all_instructions_of_any_routine(routine: Routine, rate: int) -> None:
    assert_explained(routine, speaking(rate, explained=True))


@given(routines(), RATES)
def test_routine_without_new_exercises_is_unchanged(routine: Routine, rate: int) -> None:
    assert laid_out(routine, speaking(rate)).segments == build_timeline(routine).segments


@pytest.fixture
def own() -> Callable[..., Routine]:
    """Return a routine of one exercise with three instructions, in the given doses."""

    def make(*doses: dict[str, Any], sided: bool = False) -> Routine:
        exercise = {"id": "bend", "name": "Side bend", "sided": sided, "instructions": LINES, "cautions": [CAUTION]}
        steps = [{"exercise": "bend", **dose} for dose in doses]
        file = RoutineFile.model_validate(
            {"id": "own", "title": "Own", "exercises": {"bend": exercise}, "steps": steps}
        )
        routine, problems = resolve_routine(file, {}, path=Path("own.json"), bundled=False)
        assert not problems
        return routine

    return make


def test_preparation_is_lengthened_to_whole_seconds_and_no_further(own: Callable[..., Routine]) -> None:
    how = CueTiming(SpeechLevel.FULL, lambda text: len(text.split()) * 0.4, lambda _: True)
    # Eighteen words with the name, and the silence after them.
    (step,) = with_explanations(own({"prepare": 5}), how).steps
    assert step.extra_prepare == 3
    assert [one.seconds for one in laid_out(own({"prepare": 5}), how).segments] == [8, 20]
    assert with_explanations(own({"prepare": 8}), how).steps[0].extra_prepare == 0


def test_only_the_first_side_and_the_first_time_take_longer(own: Callable[..., Routine]) -> None:
    how = speaking(160, explained=True)
    routine = with_explanations(own({"prepare": 5}, {"prepare": 5}, sided=True), how)
    first, second = routine.steps
    assert (first.extra_prepare > 0, second.extra_prepare) == (True, 0)
    prepares = [one.seconds for one in build_timeline(routine).segments if one.kind == "prepare"]
    assert prepares == [5 + first.extra_prepare, 5, 5, 5]


def test_step_without_a_preparation_gets_one(own: Callable[..., Routine]) -> None:
    how = speaking(160, explained=True)
    assert explanations(laid_out(own({"prepare": 0}), how), how) == [("bend", None)]


@pytest.mark.parametrize("rate", [80, 160, 300])
@pytest.mark.parametrize("explained", [True, False])
@pytest.mark.parametrize("name", BUNDLED)
def test_new_listener_hears_the_cautions_of_each_bundled_exercise(name: str, rate: int, *, explained: bool) -> None:
    routine = bundled().routines[name]
    how = speaking(rate, explained=explained, new=True, cautions=True)
    said = [cue.text for _, cues in plans(laid_out(routine, how), how) for cue in cues if not cue.tone]
    for exercise in routine.exercises:
        assert sum(" ".join(exercise.cautions) in text for text in said) >= 1, exercise.id


def test_listener_who_knows_an_exercise_hears_its_cautions_only_where_they_fit(own: Callable[..., Routine]) -> None:
    how = speaking(160, cautions=True)
    tight, ample = own({"prepare": 2}), own({"prepare": 20})
    assert laid_out(tight, how).segments == build_timeline(tight).segments
    assert [CAUTION in _said_first(routine, how) for routine in (tight, ample)] == [False, True]


def test_no_cautions_are_spoken_to_somebody_who_watches(own: Callable[..., Routine]) -> None:
    assert CAUTION not in _said_first(own({"prepare": 20}), speaking(160, explained=True, new=True))


def _said_first(routine: Routine, how: CueTiming) -> str:
    _, cues = plans(laid_out(routine, how), how)[0]
    return " ".join(cue.text for cue in cues)


@pytest.mark.parametrize(
    ("explain", "times", "explained"),
    [
        (Explain.AUTO, None, True),
        (Explain.AUTO, 2, True),
        (Explain.AUTO, 3, False),
        (Explain.AUTO, 50, False),
        (Explain.ALWAYS, 50, True),
        (Explain.NEVER, None, False),
    ],
)
def test_exercise_is_explained_until_it_was_done_three_times(
    own: Callable[..., Routine], explain: Explain, times: int | None, *, explained: bool
) -> None:
    (exercise,) = own({}).exercises
    times_done = {"another": 9} if times is None else {exercise.id: times}
    assert explained_exercises(explain, times_done)(exercise) is explained
