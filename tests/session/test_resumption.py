"""Resuming an interrupted session: what was done is kept, and it continues at the preparation of a set."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.records import Outcome, SessionRecord, StepOutcome, StepRecord
from stretch_coach.journal.running import mark_running
from stretch_coach.journal.sessions import save_session
from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.engine import Engine, SessionCommand, State
from stretch_coach.session.recorder import SessionJournal
from stretch_coach.session.resumption import InterruptedSession, Resumption, find_interrupted, plan_resumption
from stretch_coach.session.tally import tally_set

TODAY = date(2026, 11, 20)
TUCK_HALF = StepRecord(1, None, "tuck", 15_000, 8_500, 2, 1, StepOutcome.PARTIAL)
TUCK_DONE = StepRecord(1, None, "tuck", 15_000, 15_000, 2, 2, StepOutcome.DONE)
TUCK_SKIPPED = StepRecord(1, None, "tuck", 15_000, 0, 2, 0, StepOutcome.SKIPPED)
LEFT_HALF = StepRecord(2, "left", "bend", 5_000, 3_000, 1, 0, StepOutcome.PARTIAL)


def resumed(record: SessionRecord, timeline: Timeline, *steps: StepRecord) -> Resumption | None:
    return plan_resumption(InterruptedSession(record, list(steps)), timeline)


def test_starts_from_the_beginning_when_nothing_was_reached(record: SessionRecord, timeline: Timeline) -> None:
    assert resumed(record, timeline) == Resumption(0, [0.0] * 9)


def test_done_time_is_divided_among_segments_in_order(record: SessionRecord, timeline: Timeline) -> None:
    assert resumed(record, timeline, TUCK_HALF) == Resumption(0, [2, 5, 1.5, 0, 0, 0, 0, 0, 0])


def test_half_done_set_restarts_with_its_preparation(record: SessionRecord, timeline: Timeline) -> None:
    assert resumed(record, timeline, TUCK_DONE, LEFT_HALF) == Resumption(4, [2, 5, 3, 5, 1, 2, 0, 0, 0])


def test_completed_set_is_not_repeated(record: SessionRecord, timeline: Timeline) -> None:
    assert resumed(record, timeline, TUCK_DONE) == Resumption(4, [2, 5, 3, 5, 0, 0, 0, 0, 0])


def test_skipped_set_is_not_offered_once_a_later_one_was_reached(record: SessionRecord, timeline: Timeline) -> None:
    assert resumed(record, timeline, TUCK_SKIPPED, LEFT_HALF) == Resumption(4, [0, 0, 0, 0, 1, 2, 0, 0, 0])


def test_set_that_died_in_its_first_hold_is_not_skipped(record: SessionRecord, timeline: Timeline) -> None:
    only_prepared = TUCK_SKIPPED._replace(done_ms=2_000)
    assert resumed(record, timeline, only_prepared) == Resumption(0, [2, 0, 0, 0, 0, 0, 0, 0, 0])


def test_extended_set_counts_once(record: SessionRecord, timeline: Timeline) -> None:
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
def test_changed_routine_cannot_be_resumed(record: SessionRecord, timeline: Timeline, step: StepRecord) -> None:
    assert resumed(record, timeline, step) is None


def test_only_skipped_sets_are_left(record: SessionRecord, timeline: Timeline) -> None:
    rest = StepRecord(3, None, None, 6_000, 6_000, 1, 1, StepOutcome.DONE)
    left_done = LEFT_HALF._replace(done_ms=5_000, outcome=StepOutcome.DONE)
    assert resumed(record, timeline, TUCK_DONE, left_done, rest) == Resumption(6, [2, 5, 3, 5, 1, 4, 0, 0, 6])


def test_nothing_is_left_when_every_set_was_completed(record: SessionRecord, timeline: Timeline) -> None:
    rest = StepRecord(3, None, None, 6_000, 6_000, 1, 1, StepOutcome.DONE)
    sides = [LEFT_HALF._replace(side=side, done_ms=5_000, outcome=StepOutcome.DONE) for side in ("left", "right")]
    assert resumed(record, timeline, TUCK_DONE, *sides, rest) is None


@given(st.lists(st.floats(0.01, 9), min_size=1, max_size=12), st.booleans())
def test_interruption_anywhere_loses_nothing(
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
        engine.apply(SessionCommand.NEXT, now)
    at = timeline.set_of(engine.segment.index)
    finished = engine.state is State.FINISHED
    engine.apply(SessionCommand.INTERRUPT, now)
    steps = [tally_set(timeline, number, engine.done) for number in range(at + 1)]
    record = SessionRecord("", 0, None, 0, "", "", "", "", 0, 0, 0, 0, Outcome.INTERRUPTED, None, None)  # type: ignore[arg-type]  # only its steps matter
    resumption = plan_resumption(InterruptedSession(record, steps), timeline)
    if resumption is None:
        assert finished
        return
    assert resumption.done is not None
    done_before = sum(resumption.done)
    assert done_before == pytest.approx(engine.done_seconds, abs=0.001 * len(steps))
    assert resumption.first in [indices.start for indices in timeline.sets]
    assert skips or timeline.set_of(resumption.first) in (at, at + 1)
    again = Engine(timeline, gap_seconds=60, first=resumption.first, done=resumption.done)
    again.start(0.0)
    while (due := again.next_due()) is not None:
        again.advance(due)
    assert done_before - 0.001 <= again.done_seconds <= timeline.total + 0.001
    assert skips or again.outcome is Outcome.COMPLETED


def test_finds_only_an_interrupted_session_of_today_that_is_not_running(
    journal: SessionJournal, record: SessionRecord
) -> None:
    def found(running: Path = journal.running, today: date = TODAY) -> InterruptedSession | None:
        return find_interrupted(journal.database, running, today)

    assert found() is None
    save_session(journal.database, record, [TUCK_HALF])
    assert found() == InterruptedSession(record, [TUCK_HALF])
    assert found(today=date(2026, 11, 21)) is None
    with mark_running(journal.running, record.id):
        assert found() is None
    save_session(journal.database, record._replace(segments_done=9))
    assert found() is None
    save_session(journal.database, record._replace(outcome=Outcome.PARTIAL, ended_ms=record.started_ms + 9000))
    assert found() is None
