"""A whole session with its record, its lock, its signals and its commands."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stretch_coach.clock import FasterClock, Instant, SystemClock
from stretch_coach.journal.database import open_for_reading
from stretch_coach.journal.records import Outcome, SessionRecord, Source
from stretch_coach.journal.running import is_under_way
from stretch_coach.journal.sessions import list_sessions, list_steps, save_session
from stretch_coach.paths import Places
from stretch_coach.routine.model import Routine
from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.conduct import Journal, begin_record, conduct
from stretch_coach.session.cue import Level, Speaking
from stretch_coach.session.engine import Command, Engine
from stretch_coach.session.events import Event, Finished, Paused, SegmentEnded, SegmentStarted
from stretch_coach.session.speaker import Given, Speaker

if TYPE_CHECKING:
    from tests.session.conftest import NotingFace

NOON = Instant(1_795_176_000_000, 7200, "EET")


@contextmanager
def nobody_types(_obey: Callable[[Command], None]) -> Iterator[bool]:
    yield False


class TypingFace:
    """A user who types this whenever an event of this kind is shown."""

    def __init__(self, types: dict[type[Event], Command]) -> None:
        self._types = types
        self._obey: list[Callable[[Command], None]] = []
        self.shown: list[type[Event]] = []

    @contextmanager
    def listen(self, obey: Callable[[Command], None]) -> Iterator[bool]:
        self._obey.append(obey)
        yield True

    def show(self, event: Event, engine: Engine, now: float) -> None:  # noqa: ARG002 - as every face's
        self.shown.append(type(event))
        if command := self._types.get(type(event)):
            self._obey[0](command)

    def look(self, engine: Engine, now: float) -> None:
        pass

    def hear(self, given: Given) -> None:
        pass

    def warn(self, trouble: str) -> None:
        pass


def a_thousand_times_as_fast() -> FasterClock:
    return FasterClock(SystemClock(), 1000)


def on_disk(places: Places) -> list[SessionRecord]:
    with closing(open_for_reading(places.history)) as reader:
        return list_sessions(reader)


def test_its_record_begins_as_interrupted(journal: Journal, routine: Routine, timeline: Timeline) -> None:
    answering = Journal(journal.database, journal.file, journal.running, journal.day_start, Source.BREAK)
    record = begin_record(answering, routine, timeline, NOON)
    assert record._replace(id="", device="") == SessionRecord(
        id="",
        started_ms=NOON.ms,
        ended_ms=None,
        utc_offset_s=7200,
        zone="EET",
        day="2026-11-20",
        routine="mine",
        title="My break",
        planned_ms=31_000,
        done_ms=0,
        segments=9,
        segments_done=0,
        outcome=Outcome.INTERRUPTED,
        source=Source.BREAK,
        device="",
    )


def test_a_clock_that_was_set_back_is_noted(journal: Journal, routine: Routine, timeline: Timeline) -> None:
    save_session(journal.database, begin_record(journal, routine, timeline, NOON))
    two_hours_earlier = Instant(NOON.ms - 7_200_000, 7200)
    assert begin_record(journal, routine, timeline, two_hours_earlier).clock_suspect


def test_before_the_day_begins_it_belongs_to_the_day_before(
    journal: Journal, routine: Routine, timeline: Timeline
) -> None:
    at_three = Instant(NOON.ms - 11 * 3_600_000, 7200)
    assert begin_record(journal, routine, timeline, at_three).day == "2026-11-19"


def test_a_session_that_ran_to_its_end_is_recorded_as_completed(
    journal: Journal, record: SessionRecord, timeline: Timeline, face: "NotingFace", places: Places
) -> None:
    result = asyncio.run(
        conduct(
            timeline,
            face,
            a_thousand_times_as_fast(),
            journal=journal,
            record=record,
            listen=nobody_types,
        )
    )
    assert result.outcome is Outcome.COMPLETED
    assert result.done_seconds == pytest.approx(31)
    assert (result.broke_off, result.failure) == (False, None)
    (recorded,) = on_disk(places)
    assert (recorded.outcome, recorded.done_ms, recorded.segments_done) == (Outcome.COMPLETED, 31_000, 9)
    assert recorded.ended_ms is not None
    with pytest.raises(sqlite3.ProgrammingError):
        journal.database.execute("SELECT 1")


def test_while_it_runs_it_is_under_way_and_already_recorded(
    journal: Journal, record: SessionRecord, timeline: Timeline, places: Places
) -> None:
    seen: list[tuple[bool, int]] = []

    class Face:
        def show(self, event: Event, engine: Engine, now: float) -> None:  # noqa: ARG002 - as every face's
            seen.append((is_under_way(places.running, record.id), len(on_disk(places))))

        def look(self, engine: Engine, now: float) -> None:
            pass

        def hear(self, given: Given) -> None:
            pass

        def warn(self, trouble: str) -> None:
            pass

    asyncio.run(
        conduct(
            timeline,
            Face(),
            a_thousand_times_as_fast(),
            journal=journal,
            record=record,
            listen=nobody_types,
        )
    )
    assert set(seen) == {(True, 1)}
    assert not is_under_way(places.running, record.id)


def test_a_face_that_fails_leaves_an_interrupted_record_with_what_was_done(
    journal: Journal, record: SessionRecord, timeline: Timeline, places: Places
) -> None:
    class Face(TypingFace):
        def show(self, event: Event, engine: Engine, now: float) -> None:
            super().show(event, engine, now)
            if isinstance(event, SegmentEnded):
                raise BrokenPipeError("nobody reads")

    face = Face({SegmentStarted: Command.NEXT})
    with pytest.raises(BrokenPipeError):
        asyncio.run(conduct(timeline, face, SystemClock(), journal=journal, record=record, listen=face.listen))
    with closing(open_for_reading(places.history)) as reader:
        (recorded,) = list_sessions(reader)
        sides = [step.side for step in list_steps(reader, recorded.id)]
    assert recorded.outcome is Outcome.INTERRUPTED
    assert recorded.ended_ms is not None
    assert recorded.done_ms < 31_000
    assert sides == [None, "left"]
    assert not is_under_way(places.running, record.id)


def test_a_rehearsal_leaves_no_trace(timeline: Timeline, face: "NotingFace", own_home: Path) -> None:
    result = asyncio.run(
        conduct(timeline, face, a_thousand_times_as_fast(), journal=None, record=None, listen=nobody_types)
    )
    assert result.outcome is Outcome.COMPLETED
    assert not own_home.exists()


def test_what_cannot_be_recorded_is_told_in_the_result(
    journal: Journal, record: SessionRecord, timeline: Timeline, face: "NotingFace"
) -> None:
    journal.database.execute("PRAGMA query_only=1")
    result = asyncio.run(
        conduct(
            timeline,
            face,
            a_thousand_times_as_fast(),
            journal=journal,
            record=record,
            listen=nobody_types,
        )
    )
    assert result.outcome is Outcome.COMPLETED
    sentence = f"{journal.file}: cannot be opened. Check the permissions of the file and its folder."
    assert str(result.failure) == sentence
    assert face.warnings == [f"Not recorded so far: {sentence}"]


@pytest.mark.parametrize("ask", [False, True])
def test_to_end_may_first_ask_by_pausing(timeline: Timeline, *, ask: bool) -> None:
    face = TypingFace({SegmentStarted: Command.END, Paused: Command.END})
    result = asyncio.run(
        conduct(
            timeline,
            face,
            SystemClock(),
            journal=None,
            record=None,
            listen=face.listen,
            ask_before_end=ask,
        )
    )
    assert face.shown == [SegmentStarted, *([Paused] if ask else []), SegmentEnded, Finished]
    assert (result.outcome, result.broke_off) == (Outcome.PARTIAL, False)


class BurstFace(TypingFace):
    """A user who types all of this at once when the session begins."""

    def __init__(self, *burst: Command) -> None:
        super().__init__({})
        self._burst = burst

    def show(self, event: Event, engine: Engine, now: float) -> None:
        super().show(event, engine, now)
        if self.shown == [SegmentStarted]:
            for command in self._burst:
                self._obey[0](command)


@pytest.mark.parametrize(
    ("burst", "shown"),
    [
        ([Command.END, Command.END], [Paused, SegmentEnded, Finished]),
        # Each asks anew, because something else was typed in between.
        (
            [Command.END, Command.NEXT, Command.END, Command.STOP],
            [Paused, SegmentEnded, SegmentStarted, SegmentEnded, Finished],
        ),
    ],
)
def test_asking_to_end_twice_at_once_ends(timeline: Timeline, burst: list[Command], shown: list[type[Event]]) -> None:
    """Both keys come before the session has even paused."""
    face = BurstFace(*burst)
    asyncio.run(
        conduct(
            timeline,
            face,
            SystemClock(),
            journal=None,
            record=None,
            listen=face.listen,
            ask_before_end=True,
        )
    )
    assert face.shown == [SegmentStarted, *shown]


def test_what_is_said_is_told_to_the_face(timeline: Timeline, face: "NotingFace") -> None:
    clock = a_thousand_times_as_fast()
    speaker = Speaker(Speaking(Level.FULL, lambda _: 0.5), None, clock, face.hear)
    result = asyncio.run(
        conduct(timeline, face, clock, journal=None, record=None, listen=nobody_types, speaker=speaker)
    )
    assert result.outcome is Outcome.COMPLETED
    assert [one.at for one in face.given] == sorted(one.at for one in face.given)
    assert face.given[-1].cue.text == "Well done."
