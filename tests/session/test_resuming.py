"""Going on with an interrupted session: what is known of it is kept, and a set begins where one can get ready."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.records import Outcome, SessionRecord, StepOutcome, StepRecord
from stretch_coach.journal.running import under_way
from stretch_coach.journal.sessions import save_session
from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.conduct import Journal
from stretch_coach.session.engine import Command, Engine, State
from stretch_coach.session.resuming import Interrupted, Resumption, find_interrupted, resume
from stretch_coach.session.tally import tally_set

TODAY = date(2026, 11, 20)
TUCK_HALF = StepRecord(1, None, "tuck", 15_000, 8_500, 2, 1, StepOutcome.PARTIAL)
TUCK_DONE = StepRecord(1, None, "tuck", 15_000, 15_000, 2, 2, StepOutcome.DONE)
TUCK_SKIPPED = StepRecord(1, None, "tuck", 15_000, 0, 2, 0, StepOutcome.SKIPPED)
LEFT_HALF = StepRecord(2, "left", "bend", 5_000, 3_000, 1, 0, StepOutcome.PARTIAL)


def resumed(record: SessionRecord, timeline: Timeline, *steps: StepRecord) -> Resumption | None:
    return resume(Interrupted(record, list(steps)), timeline)


def test_nothing_reached_begins_at_the_beginning(record: SessionRecord, timeline: Timeline) -> None:
    assert resumed(record, timeline) == Resumption(0, [0.0] * 9)


def test_what_was_done_is_given_to_the_segments_in_the_order_in_which_they_ran(
    record: SessionRecord, timeline: Timeline
) -> None:
    assert resumed(record, timeline, TUCK_HALF) == Resumption(0, [2, 5, 1.5, 0, 0, 0, 0, 0, 0])


def test_a_half_done_set_begins_anew_with_the_time_to_get_ready(record: SessionRecord, timeline: Timeline) -> None:
    assert resumed(record, timeline, TUCK_DONE, LEFT_HALF) == Resumption(4, [2, 5, 3, 5, 1, 2, 0, 0, 0])


def test_what_was_done_is_not_done_again(record: SessionRecord, timeline: Timeline) -> None:
    assert resumed(record, timeline, TUCK_DONE) == Resumption(4, [2, 5, 3, 5, 0, 0, 0, 0, 0])


def test_what_was_left_out_is_not_done_again_once_something_later_was_reached(
    record: SessionRecord, timeline: Timeline
) -> None:
    assert resumed(record, timeline, TUCK_SKIPPED, LEFT_HALF) == Resumption(4, [0, 0, 0, 0, 1, 2, 0, 0, 0])


def test_a_set_in_whose_first_hold_the_program_died_is_not_left_out(record: SessionRecord, timeline: Timeline) -> None:
    only_prepared = TUCK_SKIPPED._replace(done_ms=2_000)
    assert resumed(record, timeline, only_prepared) == Resumption(0, [2, 0, 0, 0, 0, 0, 0, 0, 0])


def test_more_than_was_planned_counts_as_the_whole_set(record: SessionRecord, timeline: Timeline) -> None:
    resumption = resumed(record, timeline, TUCK_DONE._replace(done_ms=25_000))
    assert resumption == Resumption(4, [2, 5, 3, 5, 0, 0, 0, 0, 0])


@pytest.mark.parametrize(
    "step",
    [
        TUCK_HALF._replace(exercise="nod"),
        TUCK_HALF._replace(reps=3),
        TUCK_HALF._replace(side="left"),
        TUCK_HALF._replace(number=9),
    ],
)
def test_a_routine_that_is_another_one_by_now_is_not_gone_on_with(
    record: SessionRecord, timeline: Timeline, step: StepRecord
) -> None:
    assert resumed(record, timeline, step) is None


def test_where_nothing_is_left_there_is_nothing_to_go_on_with(record: SessionRecord, timeline: Timeline) -> None:
    rest = StepRecord(4, None, None, 6_000, 6_000, 1, 1, StepOutcome.DONE)
    assert resumed(record, timeline, rest._replace(number=3)) is None


@given(st.lists(st.floats(0.01, 9), min_size=1, max_size=12), st.booleans())
def test_an_interruption_anywhere_loses_nothing_and_ends_as_if_it_had_not_been(
    timeline_of: Callable[..., Timeline],
    waits: list[float],
    skips: bool,  # noqa: FBT001 - drawn
) -> None:
    timeline = timeline_of(
        {"exercise": "tuck", "prepare": 2, "hold": 5, "reps": 2, "rest": 3},
        {"exercise": "bend", "side": "each", "prepare": 1, "hold": 4, "reps": 1},
    )
    engine = Engine(timeline, gap_seconds=60)
    now = 0.0
    engine.start(now)
    for wait in waits:
        now += wait
        engine.advance(now)
    if skips:
        engine.apply(Command.NEXT, now)
    at = timeline.set_of(engine.segment.index)
    finished = engine.state is State.FINISHED
    engine.apply(Command.INTERRUPT, now)
    steps = [tally_set(timeline, number, engine.done) for number in range(at + 1)]
    record = SessionRecord("", 0, None, 0, "", "", "", "", 0, 0, 0, 0, Outcome.INTERRUPTED, None, None)  # type: ignore[arg-type]  # it is not looked at
    resumption = resume(Interrupted(record, steps), timeline)
    if resumption is None:
        assert finished or at == len(timeline.sets) - 1
        return
    assert resumption.done is not None
    known = sum(resumption.done)
    assert known == pytest.approx(engine.done_seconds, abs=0.001 * len(steps))
    assert resumption.first in [indices.start for indices in timeline.sets]
    assert timeline.set_of(resumption.first) in (at, at + 1)
    again = Engine(timeline, gap_seconds=60, first=resumption.first, done=resumption.done)
    again.start(0.0)
    while (due := again.next_due()) is not None:
        again.advance(due)
    assert known - 0.001 <= again.done_seconds <= timeline.total + 0.001
    assert skips or again.outcome is Outcome.COMPLETED


def test_only_an_interrupted_session_of_today_that_nobody_does_now_is_found(
    journal: Journal, record: SessionRecord
) -> None:
    def found(running: Path = journal.running, today: date = TODAY) -> Interrupted | None:
        return find_interrupted(journal.database, running, today)

    assert found() is None
    save_session(journal.database, record, [TUCK_HALF])
    assert found() == Interrupted(record, [TUCK_HALF])
    assert found(today=date(2026, 11, 21)) is None
    with under_way(journal.running, record.id):
        assert found() is None
    save_session(journal.database, record._replace(segments_done=9))
    assert found() is None
    save_session(journal.database, record._replace(outcome=Outcome.PARTIAL, ended_ms=record.started_ms + 9000))
    assert found() is None
