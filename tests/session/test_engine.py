"""The timing of a session that nobody interferes with: every event at its exact instant, however late one looks."""

import random
from collections.abc import Callable
from itertools import pairwise

import pytest

from stretch_coach.journal.records import Outcome
from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.engine import Engine, SessionCommand, State
from stretch_coach.session.events import Event, Finished, SegmentEnded, SegmentStarted

OFFSETS = [0, 2, 7, 10, 15, 16, 20, 21, 25]
TOTAL = 31
BEGUN = 1000.0


def run_through(engine: Engine, lateness: Callable[[], float] = lambda: 0.0) -> list[tuple[float, Event]]:
    """Every event with the instant at which it was noticed; looks at each deadline and at least each second."""
    now = BEGUN
    noticed = [(now, event) for event in engine.start(now)]
    while (due := engine.next_due()) is not None:
        now = min(due, now + 1) + lateness()
        noticed += [(now, event) for event in engine.advance(now)]
    return noticed


def test_every_segment_begins_at_its_place_on_the_timeline(timeline: Timeline) -> None:
    noticed = run_through(Engine(timeline))
    begun = [(now - BEGUN, event) for now, event in noticed if isinstance(event, SegmentStarted)]
    assert [now for now, _ in begun] == OFFSETS
    assert [(event.segment, event.at, event.t) for _, event in begun] == [
        (segment, offset, offset) for segment, offset in zip(timeline.segments, OFFSETS, strict=True)
    ]


def test_one_ends_where_the_next_begins_and_the_session_with_the_last(timeline: Timeline) -> None:
    events = [event for _, event in run_through(Engine(timeline))]
    ends = [*OFFSETS[1:], TOTAL]
    expected: list[Event] = []
    for segment, end in zip(timeline.segments, ends, strict=True):
        expected.append(SegmentStarted(segment, segment.start, segment.start))
        expected.append(SegmentEnded(segment, end, segment.seconds, complete=True))
    assert events == [*expected, Finished(TOTAL, Outcome.COMPLETED)]


def test_at_the_end_everything_was_done(timeline: Timeline) -> None:
    engine = Engine(timeline)
    run_through(engine)
    assert engine.state is State.FINISHED
    assert engine.outcome is Outcome.COMPLETED
    assert list(engine.done) == [segment.seconds for segment in timeline.segments]
    assert engine.done_seconds == TOTAL
    assert engine.next_due() is None
    assert engine.advance(BEGUN + 9999) == []


@pytest.mark.parametrize("seed", range(20))
def test_looking_late_does_not_add_up(timeline_of: Callable[..., Timeline], seed: int) -> None:
    """An hour in which every look at the clock is up to 4 s late."""
    dice = random.Random(seed)  # noqa: S311 - dice
    engine = Engine(timeline_of({"exercise": "tuck", "prepare": 0, "hold": 30, "reps": 100, "rest": 6}))
    noticed = run_through(engine, lambda: dice.uniform(0, 3.9))
    begun = [(now, event) for now, event in noticed if isinstance(event, SegmentStarted)]
    assert [event.at for _, event in begun] == [segment.start for segment in engine.timeline.segments]
    assert all(0 <= now - BEGUN - event.at < 3.9 for now, event in begun)
    end, finished = noticed[-1]
    assert isinstance(finished, Finished)
    assert 0 <= end - BEGUN - engine.timeline.total < 3.9
    assert engine.done_seconds == pytest.approx(engine.timeline.total)


def test_segments_shorter_than_the_lateness_all_happen_in_order(timeline: Timeline) -> None:
    engine = Engine(timeline)
    engine.start(BEGUN)
    for seconds in range(4, 20, 4):
        engine.advance(BEGUN + seconds)
    events = engine.advance(BEGUN + 21)
    assert [(type(event), getattr(event, "segment", None)) for event in events] == [
        (SegmentEnded, timeline.segments[5]),
        (SegmentStarted, timeline.segments[6]),
        (SegmentEnded, timeline.segments[6]),
        (SegmentStarted, timeline.segments[7]),
    ]
    assert engine.next_due() == BEGUN + 25


def test_what_is_noticed_late_is_told_with_its_real_time(timeline: Timeline) -> None:
    engine = Engine(timeline)
    engine.start(BEGUN)
    engine.advance(BEGUN + 1)
    engine.advance(BEGUN + 6)
    assert [event.t for event in engine.advance(BEGUN + 10.5)] == [10.5] * 4
    assert engine.segment is timeline.segments[3]
    assert engine.session_elapsed(BEGUN + 10.5) == 10.5


def test_the_countdown_follows_the_clock(timeline: Timeline) -> None:
    engine = Engine(timeline)
    assert (engine.remaining(0), engine.next_due()) == (2, None)
    engine.start(BEGUN)
    assert [engine.remaining(BEGUN + seconds) for seconds in (0, 0.5, 1.25, 2, 3)] == [2, 1.5, 0.75, 0, 0]
    engine.advance(BEGUN + 2.25)
    assert engine.segment is timeline.segments[1]
    assert (
        engine.segment_elapsed(BEGUN + 2.25),
        engine.remaining(BEGUN + 2.25),
        engine.session_elapsed(BEGUN + 2.25),
    ) == (0.25, 4.75, 2.25)


def test_after_three_years_without_a_restart_nothing_is_lost(timeline: Timeline) -> None:
    """Instants as large as that have fewer digits behind the point."""
    engine = Engine(timeline)
    now = begun = 1e8 + 0.1
    engine.start(begun)
    deadlines = []
    while (due := engine.next_due()) is not None:
        now = min(due, now + 1)
        if engine.advance(now):
            deadlines.append(now)
    assert len(deadlines) == len(timeline.segments)
    assert all(earlier < later for earlier, later in pairwise(deadlines))
    assert deadlines[-1] - begun == pytest.approx(TOTAL, abs=1e-6)
    assert engine.outcome is Outcome.COMPLETED


@pytest.mark.parametrize(("skipped", "outcome"), [(0, Outcome.COMPLETED), (1, Outcome.PARTIAL)])
def test_where_nothing_is_held_the_rests_count(
    timeline_of: Callable[..., Timeline], skipped: int, outcome: Outcome
) -> None:
    engine = Engine(timeline_of({"rest": 5}, {"rest": 5}))
    engine.start(BEGUN)
    for _ in range(skipped):
        engine.apply(SessionCommand.NEXT, BEGUN + 1)
    while (due := engine.next_due()) is not None:
        engine.advance(due)
    assert engine.outcome is outcome


def test_it_is_begun_once(timeline: Timeline) -> None:
    engine = Engine(timeline)
    engine.start(BEGUN)
    with pytest.raises(ValueError, match="running cannot be started"):
        engine.start(BEGUN)


def test_there_must_be_something_to_run() -> None:
    with pytest.raises(ValueError, match="without segments"):
        Engine(Timeline((), steps=0))
