"""The screen after a session: what comes first, what the user can say about it, and which keys close it."""

from collections.abc import Sequence

import pytest

from stretch_coach.context import Context
from stretch_coach.guide.programs import find_schedule
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.programs import start_program
from stretch_coach.journal.records import Outcome, SessionRecord, Source, StepOutcome, StepRecord
from stretch_coach.journal.sessions import save_session
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import Library
from stretch_coach.routine.safety import load_safety
from stretch_coach.routine.timeline import build_timeline
from stretch_coach.session.live import FinishedSession
from stretch_coach.tui.screens.ending import EndingScreen, Feedback
from tests.tui.conftest import NOON
from tests.tui.host import hosting

SIZES = [(40, 12), (80, 24), (140, 40)]


def finish(context: Context, library: Library, outcome: Outcome, last: StepOutcome) -> FinishedSession:
    """Record a session that ended in its first set that has sides, and return it."""
    timeline = build_timeline(library.routines["screen-break"])
    firsts = [timeline.segments[indices.start] for indices in timeline.sets]
    reached = next(number for number, first in enumerate(firsts, start=1) if first.side)
    ms = NOON.ms - 120_000
    times = (ms, ms + 90_000, NOON.utc_offset_s, NOON.zone, "2026-11-20")
    counts = (180_000, 90_000, len(timeline.segments), 2)
    record = SessionRecord(
        new_id(ms), *times, "screen-break", "Three-minute screen break", *counts, outcome, Source.TIMER, None
    )
    steps = []
    for number, first in enumerate(firsts[:reached], start=1):
        assert first.exercise
        ended = last if number == reached else StepOutcome.DONE
        steps.append(StepRecord(first.step, first.side, first.exercise.id, 10_000, 5_000, 1, 0, ended))
    save(context, record, steps)
    return FinishedSession(outcome, 90.0, timeline, record)


def save(context: Context, record: SessionRecord, steps: Sequence[StepRecord]) -> None:
    with context.writable_history() as history:
        save_session(history, record, steps)


def screen_of(context: Context, finished: FinishedSession) -> EndingScreen:
    return EndingScreen(context, load_safety(bundled_routines()), finished, asks=True, before=6)


class TestAfterItHurt:
    @pytest.fixture
    def finished(self, context: Context, library: Library) -> FinishedSession:
        """Return a session that was stopped because it hurt."""
        return finish(context, library, Outcome.STOPPED, StepOutcome.STOPPED)

    @pytest.mark.parametrize("size", SIZES)
    async def test_stop_signs_are_at_the_top_and_enter_closes(
        self, context: Context, finished: FinishedSession, size: tuple[int, int]
    ) -> None:
        async with hosting(screen_of(context, finished), context, size) as ending:
            await ending.shows("Stopped because it hurt")
            await ending.shows("Stop now and do no more today.")
            await ending.shows("esc Close")
            for word in ("streak", "of 3:00", "done", "Next"):
                assert word not in ending.text
            await ending.press("enter")
            await ending.until(lambda: ending.app.results == [Feedback(None, "")], "it is closed")

    @pytest.mark.parametrize("size", SIZES)
    async def test_key_names_what_hurt_where_the_user_can_see_it(
        self, context: Context, finished: FinishedSession, size: tuple[int, int]
    ) -> None:
        async with hosting(screen_of(context, finished), context, size) as ending:
            await ending.shows("h This hurt")
            await ending.press("h")
            await ending.shows("Noted for your report. Hurt:")
            await ending.press("enter")
            await ending.until(lambda: bool(ending.app.results), "it is closed")
        [feedback] = ending.app.results
        assert feedback.note.startswith("Hurt: ")
        assert feedback.note.endswith((", left", ", right"))

    async def test_second_press_withdraws_what_hurt(self, context: Context, finished: FinishedSession) -> None:
        async with hosting(screen_of(context, finished), context) as ending:
            await ending.press("h", "h")
            await ending.shows("Press h to note that.")
            await ending.press("enter")
            await ending.until(lambda: ending.app.results == [Feedback(None, "")], "nothing is noted")


async def test_key_for_what_hurt_is_offered_only_if_it_hurt(context: Context, library: Library) -> None:
    finished = finish(context, library, Outcome.PARTIAL, StepOutcome.PARTIAL)
    async with hosting(screen_of(context, finished), context) as ending:
        await ending.shows("Ended early")
        assert "This hurt" not in ending.text
        await ending.press("h", "3", "enter")
        await ending.until(lambda: ending.app.results == [Feedback(3, "")], "it is closed")


async def test_completed_session_shows_the_week_the_plan_and_before_and_after(
    context: Context, library: Library
) -> None:
    finished = finish(context, library, Outcome.COMPLETED, StepOutcome.DONE)
    async with hosting(screen_of(context, finished), context) as ending:
        for text in ("Well done", "Three-minute screen break", "Your first session.", "Sa Su Mo Tu We Th Fr", "●"):
            await ending.shows(text)
        await ending.shows("Done for today: 1 session. 1-day streak. Next: tomorrow.")
        await ending.shows("Before: 6.")
        await ending.press("3")
        await ending.shows("Before 6 → after 3.")
        await ending.press("9")
        await ending.shows("Before 6 → after 9. Rest a while")


async def test_a_program_says_what_comes_next(context: Context, library: Library) -> None:
    today, program = context.today, library.programs["desk-days"]
    with context.writable_history() as history:
        start_program(history, "desk-days", today, NOON.ms, find_schedule(program))
    finished = finish(context, library, Outcome.COMPLETED, StepOutcome.DONE)
    async with hosting(screen_of(context, finished), context) as ending:
        await ending.shows("1-day streak. Next: One-minute micro-break.")


@pytest.mark.parametrize("size", SIZES)
async def test_question_and_scale_are_visible_at_once(
    context: Context, library: Library, size: tuple[int, int]
) -> None:
    finished = finish(context, library, Outcome.COMPLETED, StepOutcome.DONE)
    async with hosting(screen_of(context, finished), context, size) as ending:
        await ending.shows("How does your neck feel now?")
        await ending.shows("9 10")
