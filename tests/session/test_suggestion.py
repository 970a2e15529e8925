"""What to do now: one routine with its reason, never a locked one, and nothing on a day on which something hurt."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.records import Outcome, SessionRecord, Source
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import load_library
from stretch_coach.session.suggestion import QUICK_SECONDS, Situation, suggest

LIBRARY = load_library(bundled_routines(), Path("/nonexistent"))
IDS = sorted(LIBRARY.routines)


def session(routine: str, outcome: Outcome = Outcome.COMPLETED, started_ms: int = 1) -> SessionRecord:
    return SessionRecord(
        "0", started_ms, 2, 0, None, "2026-11-20", routine, routine, 1, 1, 1, 1, outcome, Source.TIMER, None
    )


def situation(  # what a usual afternoon is like
    *,
    hour: int = 14,
    planned: int = 1,
    done: int = 0,
    today: tuple[SessionRecord, ...] = (),
    lately: tuple = (),  # type: ignore[type-arg]
) -> Situation:
    lately = lately or (session("screen-break"), *today)
    return Situation(LIBRARY.routines, "micro-break", hour, planned, done, today, lately)


def suggested(now: Situation) -> tuple[str | None, str]:
    routine, reason = suggest(now)
    return (routine.id if routine else None), reason


def test_after_a_stop_nothing() -> None:
    stopped = session("screen-break", Outcome.STOPPED)
    assert suggested(situation(today=(session("micro-break"), stopped))) == (
        None,
        "You stopped today because it hurt. Leave it for today.",
    )


def test_who_has_done_none_begins_with_the_shortest() -> None:
    partial = session("screen-break", Outcome.PARTIAL)
    assert suggested(situation(lately=(partial,)))[0] == "micro-break"
    assert "first one" in suggested(situation(lately=(partial,)))[1]


@pytest.mark.parametrize(
    ("hour", "routine"), [(18, "micro-break"), (19, "evening-wind-down"), (23, "evening-wind-down")]
)
def test_the_evening_ends_calmly(hour: int, routine: str) -> None:
    assert suggested(situation(hour=hour))[0] == routine


def test_once_an_evening_is_enough() -> None:
    done = session("evening-wind-down")
    assert suggested(situation(hour=21, planned=2, done=1, today=(done,)))[0] == "micro-break"


def test_the_plan_is_done_with_what_is_done_most() -> None:
    often = (session("tech-neck-reset"), session("tech-neck-reset"), session("screen-break"))
    assert suggested(situation(planned=3, lately=often)) == (
        "tech-neck-reset",
        "3 sessions are still planned for today, and this is the one you do most.",
    )


def test_else_with_the_usual_routine() -> None:
    assert suggested(situation()) == ("micro-break", "One session is still planned for today.")


def test_an_unknown_usual_routine_becomes_the_shortest() -> None:
    routine, _ = suggest(situation()._replace(usual="gone"))
    assert routine
    assert routine.total_seconds == min(one.total_seconds for one in LIBRARY.routines.values())


def test_besides_the_plan_something_short_that_was_not_done_for_longest() -> None:
    lately = tuple(session(id_, started_ms=1000 - number) for number, id_ in enumerate(IDS) if id_ != "screen-break")
    assert suggested(situation(done=1, lately=lately)) == (
        "screen-break",
        "The plan is done. If you like a short one: you have not done this for a while.",
    )
    assert suggested(situation(planned=0, lately=lately))[1].startswith("Nothing is planned today.")


def test_an_empty_library_suggests_nothing() -> None:
    for planned in (0, 1):
        assert suggest(situation(planned=planned)._replace(routines={})).routine is None


SESSIONS = st.lists(
    st.builds(session, st.sampled_from(IDS), st.sampled_from(Outcome), st.integers(1, 10**12)), max_size=6
)


@given(st.integers(0, 23), st.integers(0, 3), st.integers(0, 4), SESSIONS, SESSIONS)
def test_never_a_locked_one_never_after_a_stop_and_always_a_reason(
    hour: int, planned: int, done: int, today: list[SessionRecord], before: list[SessionRecord]
) -> None:
    now = Situation(LIBRARY.routines, "deep-neck-endurance", hour, planned, done, today, [*today, *before])
    routine, reason = suggest(now)
    stopped = any(one.outcome is Outcome.STOPPED for one in today)
    assert (routine is None) == stopped
    assert reason.endswith(".")
    if routine:
        assert not routine.locks
        if "have not done this" in reason:
            assert routine.total_seconds <= QUICK_SECONDS
