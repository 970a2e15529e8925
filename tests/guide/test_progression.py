"""Doses grow only with practice, never past what an exercise allows; a step that was declined is not offered soon."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from stretch_coach.guide.doses import LONGEST_SHARE, changed_exercises, dose_changes, with_steps
from stretch_coach.guide.progression import (
    BACK_TO_WRITTEN_DAYS,
    DECLINED_DAYS,
    QUIET_DAYS,
    Back,
    advise_doses,
    find_standing,
    follow_program,
    practice_since,
)
from stretch_coach.journal.day import DAY
from stretch_coach.journal.doses import STEPS_AT_MOST, STEPS_BACK, DoseChoice, Practice
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import load_library
from stretch_coach.routine.model import Routine, Step

LIBRARY = load_library(bundled_routines(), Path("/nonexistent"))
FIRST = date(2026, 9, 1)
TUCK, STRETCH = "chin-tuck", "upper-trap-stretch"
EVERY_SECOND_DAY = range(0, 15, 2)


def practised(day: int, *, finished: bool = True, worse: bool = False, exercise: str = TUCK) -> Practice:
    return Practice(day * 10 + 5, FIRST + day * DAY, exercise, finished, worse)


def chose(day: int, steps: int, *, accepted: bool = True, exercise: str = TUCK) -> DoseChoice:
    return DoseChoice(exercise, steps, accepted, day * 10, FIRST + day * DAY)


def on(days: Iterable[int]) -> list[Practice]:
    return [practised(day) for day in days]


PRACTICE = st.lists(
    st.builds(practised, st.integers(0, 200), finished=st.booleans(), worse=st.sampled_from([False] * 4 + [True])),
    max_size=40,
).map(lambda all_: sorted(all_, key=lambda one: one.at_ms))
CHOICES = st.lists(
    st.builds(chose, st.integers(0, 200), st.integers(STEPS_BACK, STEPS_AT_MOST), accepted=st.booleans()), max_size=5
).map(lambda all_: sorted(all_, key=lambda one: one.at_ms))


class TestStanding:
    def test_step_up_is_ready_after_six_good_days_in_two_weeks(self) -> None:
        assert not find_standing(on(EVERY_SECOND_DAY), [], FIRST + 13 * DAY).is_ready
        ready = find_standing(on(EVERY_SECOND_DAY), [], FIRST + 14 * DAY)
        assert (ready.steps, ready.is_ready) == (0, True)
        assert not find_standing(on([0, 1, 2, 14, 15]), [], FIRST + 15 * DAY).is_ready

    def test_unfinished_days_do_not_count(self) -> None:
        half = [practised(day, finished=False) for day in EVERY_SECOND_DAY]
        assert not find_standing(half, [], FIRST + 15 * DAY).is_ready

    def test_worse_day_is_one_step_back_however_often_it_was_worse(self) -> None:
        worse = [*on([1]), practised(2, worse=True), practised(2, worse=True)]
        back = find_standing(worse, [chose(0, 2)], FIRST + 2 * DAY)
        assert (back.steps, back.back, back.before) == (1, Back.WORSE, 2)
        assert find_standing([*worse, practised(3)], [chose(0, 2)], FIRST + 3 * DAY).back is None

    def test_below_the_written_dose_three_good_days_lead_back(self) -> None:
        worse = [practised(0, worse=True), *on(range(1, 1 + BACK_TO_WRITTEN_DAYS))]
        standing = find_standing(worse, [], FIRST + 4 * DAY)
        assert (standing.steps, standing.is_ready) == (-1, True)

    def test_each_two_weeks_of_pause_are_a_step_back_to_the_written_dose(self) -> None:
        practice, choices = on([1]), [chose(0, 3)]
        found = [find_standing(practice, choices, FIRST + (1 + pause) * DAY) for pause in (13, 14, 28, 42, 100)]
        assert [one.steps for one in found] == [3, 2, 1, 0, 0]
        assert [one.back for one in found] == [None, *[Back.PAUSE] * 4]
        assert found[1].before == 3

    def test_choice_to_stay_undoes_a_step_back(self) -> None:
        stayed = find_standing(on([1]), [chose(0, 2), chose(20, 2)], FIRST + 20 * DAY)
        assert (stayed.steps, stayed.back) == (2, None)
        worse = [*on([1]), practised(2, worse=True)]
        assert find_standing(worse, [chose(0, 2), chose(3, 2)], FIRST + 3 * DAY).steps == 2

    @given(PRACTICE, CHOICES, st.integers(200, 260))
    def test_steps_stay_within_their_bounds(
        self, practice: list[Practice], choices: list[DoseChoice], today: int
    ) -> None:
        standing = find_standing(practice, choices, FIRST + today * DAY)
        assert STEPS_BACK <= standing.steps <= STEPS_AT_MOST
        assert not (standing.is_ready and standing.steps == STEPS_AT_MOST)
        assert not (standing.is_ready and standing.back)

    @given(PRACTICE, CHOICES, st.integers(200, 230))
    def test_nothing_grows_by_itself(self, practice: list[Practice], choices: list[DoseChoice], today: int) -> None:
        most = max([0, *(one.steps for one in choices if one.accepted)])
        assert find_standing(practice, choices, FIRST + today * DAY).steps <= most

    @given(PRACTICE, st.integers(0, 200))
    def test_what_was_declined_is_not_offered_for_four_weeks(self, practice: list[Practice], declined: int) -> None:
        choices = [chose(declined, 1, accepted=False)]
        for later in range(declined, declined + DECLINED_DAYS):
            known = [one for one in practice if one.day <= FIRST + later * DAY]
            standing = find_standing(known, choices, FIRST + later * DAY)
            assert not standing.is_ready or standing.steps < 0

    @given(PRACTICE, st.integers(0, 210))
    def test_worse_day_never_raises_a_dose(self, practice: list[Practice], day: int) -> None:
        worse = sorted([*practice, practised(day, worse=True)], key=lambda one: one.at_ms)
        today = FIRST + 220 * DAY
        assert find_standing(worse, [], today).steps <= max(0, find_standing(practice, [], today).steps)


class TestAdvice:
    def test_nothing_is_offered_for_a_week_after_any_choice_and_after_a_worse_day(self) -> None:
        today = FIRST + 20 * DAY
        ready = on(range(6, 21))
        assert advise_doses([TUCK], ready, [], today).offered == {TUCK: 1}
        lately = [chose(20 - QUIET_DAYS + 1, 1, exercise="desk-lean")]
        assert advise_doses([TUCK], ready, lately, today).offered == {TUCK: 0}
        other = [*ready, practised(18, worse=True, exercise="desk-lean")]
        assert advise_doses([TUCK, "desk-lean"], other, [], today).offered == {TUCK: 0, "desk-lean": -1}

    def test_practice_is_needed_since_the_last_choice(self) -> None:
        today = FIRST + 300 * DAY
        assert practice_since([TUCK], [], today) == today - 90 * DAY
        assert (
            practice_since([TUCK], [chose(10, 1), chose(20, 2), chose(5, 1, exercise="x")], today) == FIRST + 20 * DAY
        )


class TestDoses:
    @given(
        st.sampled_from(sorted(LIBRARY.routines)),
        st.dictionaries(st.sampled_from(sorted(LIBRARY.exercises)), st.integers(STEPS_BACK, STEPS_AT_MOST)),
    )
    def test_no_dose_exceeds_what_is_written_or_the_exercise_allows(self, name: str, steps: dict[str, int]) -> None:
        written = LIBRARY.routines[name]
        routine = with_steps(written, steps)
        assert routine.total_seconds <= written.total_seconds * LONGEST_SHARE
        for step, before in zip(routine.steps, written.steps, strict=True):
            assert (step.exercise, step.sides, step.prepare, step.say) == (
                before.exercise,
                before.sides,
                before.prepare,
                before.say,
            )
            if step.exercise is None:
                continue
            own, wanted = step.exercise.dose, steps.get(step.exercise.id, 0)
            assert step.hold <= max(own.hold, before.hold)
            assert step.reps <= max(own.reps, before.reps)
            assert min(step.hold, step.reps) >= 1
            change = (step.hold * step.reps) - (before.hold * before.reps)
            assert change * wanted >= 0
            if step.exercise.locked or step.exercise.kind in ("relax", "eye", "posture", "mobilise"):
                assert step == before

    def test_steps_up_lengthen_holds_first_and_then_repeat(self) -> None:
        routine = LIBRARY.routines["screen-break"]
        doses = [(step.hold, step.reps) for one in range(4) for step in _steps_of(with_steps(routine, {STRETCH: one}))]
        assert doses == [(20, 1), (25, 1), (30, 1), (30, 1)]  # a third step would take over a quarter longer

    def test_repetition_that_is_added_to_one_gets_the_rest_of_the_exercise(self) -> None:
        routine = LIBRARY.routines["neck-and-shoulders"]
        [step] = _steps_of(with_steps(routine, {STRETCH: 1}))
        assert (step.reps, step.hold, step.rest) == (2, 30, 5)

    def test_step_down_shortens(self) -> None:
        routine = LIBRARY.routines["micro-break"]
        shorter = with_steps(routine, {TUCK: -1, "shoulder-rolls": -1})
        assert dose_changes(shorter, routine) == [
            "Shoulder rolls 2 rounds instead of 3",
            "Chin tuck 1 hold instead of 2",
        ]
        assert list(changed_exercises(shorter, routine)) == ["shoulder-rolls", TUCK]
        assert with_steps(routine, {}) is routine

    def test_many_changes_are_counted(self) -> None:
        routine = LIBRARY.routines["gentle-start"]
        changed = with_steps(routine, dict.fromkeys((one.id for one in routine.exercises), 1))
        assert dose_changes(changed, routine)[-1].endswith("more exercises")


def _steps_of(routine: Routine) -> list[Step]:
    return [step for step in routine.steps if step.exercise and step.exercise.id == STRETCH]


@settings(max_examples=150)
@given(
    st.sampled_from(sorted(LIBRARY.routines)),
    st.lists(
        st.tuples(st.integers(0, 90), st.booleans(), st.sampled_from([False] * 4 + [True]), st.integers(0, 9)),
        max_size=60,
    ),
    st.lists(st.tuples(st.integers(0, 90), st.integers(STEPS_BACK, STEPS_AT_MOST), st.booleans()), max_size=4),
)
def test_whatever_the_history_no_dose_exceeds_its_caps(
    name: str, sessions: list[tuple[int, bool, bool, int]], chosen: list[tuple[int, int, bool]]
) -> None:
    written = LIBRARY.routines[name]
    ids = [one.id for one in written.exercises]
    practice = [
        practised(day, finished=finished, worse=worse, exercise=ids[which % len(ids)])
        for day, finished, worse, which in sorted(sessions)
    ]
    choices = [chose(day, steps, accepted=accepted, exercise=ids[0]) for day, steps, accepted in sorted(chosen)]
    advice = advise_doses(ids, practice, choices, FIRST + 91 * DAY)
    program = follow_program(advice, STEPS_AT_MOST, FIRST + 60 * DAY, practice, choices)
    for steps in (advice.steps, advice.before, advice.offered, program.steps, program.offered):
        routine = with_steps(written, steps)
        assert routine.total_seconds <= written.total_seconds * LONGEST_SHARE
        for step, before in zip(routine.steps, written.steps, strict=True):
            if step.exercise:
                assert step.hold <= max(before.hold, step.exercise.dose.hold)
                assert step.reps <= max(before.reps, step.exercise.dose.reps)
