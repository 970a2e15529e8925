"""The timing of a session without commands: every event at its exact instant, however late it is advanced."""

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
START = 1000.0


def run_through(engine: Engine, lateness: Callable[[], float] = lambda: 0.0) -> list[tuple[float, Event]]:
    """Return every event and when it was noticed, advancing at each deadline and at least each second."""
    now = START
    noticed = [(now, event) for event in engine.start(now)]
    while (due := engine.next_due()) is not None:
        now = min(due, now + 1) + lateness()
        noticed += [(now, event) for event in engine.advance(now)]
    return noticed


def test_segments_start_at_their_places_on_the_timeline(timeline: Timeline) -> None:
    noticed = run_through(Engine(timeline))
    started = [(now - START, event) for now, event in noticed if isinstance(event, SegmentStarted)]
    assert [now for now, _ in started] == OFFSETS
    assert [(event.segment, event.at, event.t) for _, event in started] == [
        (segment, offset, offset) for segment, offset in zip(timeline.segments, OFFSETS, strict=True)
    ]


def test_segments_end_where_the_next_starts_and_the_session_with_the_last(timeline: Timeline) -> None:
    events = [event for _, event in run_through(Engine(timeline))]
    ends = [*OFFSETS[1:], TOTAL]
    expected: list[Event] = []
    for segment, end in zip(timeline.segments, ends, strict=True):
        expected.append(SegmentStarted(segment, segment.start, segment.start))
        expected.append(SegmentEnded(segment, end, segment.seconds, complete=True))
    assert events == [*expected, Finished(TOTAL, Outcome.COMPLETED)]


def test_everything_is_done_at_the_end(timeline: Timeline) -> None:
    engine = Engine(timeline)
    run_through(engine)
    assert engine.state is State.FINISHED
    assert engine.outcome is Outcome.COMPLETED
    assert list(engine.done) == [segment.seconds for segment in timeline.segments]
    assert engine.done_seconds == TOTAL
    assert engine.next_due() is None
    assert engine.advance(START + 9999) == []


@pytest.mark.parametrize("seed", range(20))
def test_advancing_late_does_not_add_up(timeline_of: Callable[..., Timeline], seed: int) -> None:
    """Advance up to 4 s late for an hour."""
    dice = random.Random(seed)  # noqa: S311 - dice
    engine = Engine(timeline_of({"exercise": "tuck", "prepare": 0, "hold": 30, "reps": 100, "rest": 6}))
    noticed = run_through(engine, lambda: dice.uniform(0, 3.9))
    started = [(now, event) for now, event in noticed if isinstance(event, SegmentStarted)]
    assert [event.at for _, event in started] == [segment.start for segment in engine.timeline.segments]
    assert all(0 <= now - START - event.at < 3.9 for now, event in started)
    end, finished = noticed[-1]
    assert isinstance(finished, Finished)
    assert 0 <= end - START - engine.timeline.total < 3.9
    assert engine.done_seconds == pytest.approx(engine.timeline.total)


def test_segments_shorter_than_the_delay_all_happen_in_order(timeline: Timeline) -> None:
    engine = Engine(timeline)
    engine.start(START)
    for seconds in range(4, 20, 4):
        engine.advance(START + seconds)
    events = engine.advance(START + 21)
    assert [(type(event), getattr(event, "segment", None)) for event in events] == [
        (SegmentEnded, timeline.segments[5]),
        (SegmentStarted, timeline.segments[6]),
        (SegmentEnded, timeline.segments[6]),
        (SegmentStarted, timeline.segments[7]),
    ]
    assert engine.next_due() == START + 25


def test_late_events_have_the_time_at_which_they_were_noticed(timeline: Timeline) -> None:
    engine = Engine(timeline)
    engine.start(START)
    engine.advance(START + 1)
    engine.advance(START + 6)
    assert [event.t for event in engine.advance(START + 10.5)] == [10.5] * 4
    assert engine.segment is timeline.segments[3]
    assert engine.session_elapsed(START + 10.5) == 10.5


def test_countdown_follows_the_clock(timeline: Timeline) -> None:
    engine = Engine(timeline)
    assert (engine.remaining(0), engine.next_due()) == (2, None)
    engine.start(START)
    assert [engine.remaining(START + seconds) for seconds in (0, 0.5, 1.25, 2, 3)] == [2, 1.5, 0.75, 0, 0]
    engine.advance(START + 2.25)
    assert engine.segment is timeline.segments[1]
    assert (
        engine.segment_elapsed(START + 2.25),
        engine.remaining(START + 2.25),
        engine.session_elapsed(START + 2.25),
    ) == (0.25, 4.75, 2.25)


def test_clock_readings_after_three_years_of_uptime_are_exact_enough(timeline: Timeline) -> None:
    """Clock readings that large have fewer digits after the decimal point."""
    engine = Engine(timeline)
    now = start = 1e8 + 0.1
    engine.start(start)
    deadlines = []
    while (due := engine.next_due()) is not None:
        now = min(due, now + 1)
        if engine.advance(now):
            deadlines.append(now)
    assert len(deadlines) == len(timeline.segments)
    assert all(earlier < later for earlier, later in pairwise(deadlines))
    assert deadlines[-1] - start == pytest.approx(TOTAL, abs=1e-6)
    assert engine.outcome is Outcome.COMPLETED


@pytest.mark.parametrize(("skipped", "outcome"), [(0, Outcome.COMPLETED), (1, Outcome.PARTIAL)])
def test_rests_count_in_a_routine_without_holds(
    timeline_of: Callable[..., Timeline], skipped: int, outcome: Outcome
) -> None:
    engine = Engine(timeline_of({"rest": 5}, {"rest": 5}))
    engine.start(START)
    for _ in range(skipped):
        engine.apply(SessionCommand.NEXT, START + 1)
    while (due := engine.next_due()) is not None:
        engine.advance(due)
    assert engine.outcome is outcome


def test_session_starts_only_once(timeline: Timeline) -> None:
    engine = Engine(timeline)
    engine.start(START)
    with pytest.raises(ValueError, match="running cannot be started"):
        engine.start(START)


def test_timeline_without_segments_is_refused() -> None:
    with pytest.raises(ValueError, match="without segments"):
        Engine(Timeline((), steps=0))
