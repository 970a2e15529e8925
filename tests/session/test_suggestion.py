"""What to do now: one routine with a reason, never a locked one, and nothing on a day on which something hurt."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.recency import Recency
from stretch_coach.journal.records import Outcome, SessionRecord, Source
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import load_library
from stretch_coach.routine.model import Routine
from stretch_coach.session.suggestion import SHORT_SECONDS, Aim, Situation, suggest

LIBRARY = load_library(bundled_routines(), Path("/nonexistent"))
IDS = sorted(LIBRARY.routines)
DAY_MS = 86_400_000


def session(routine: str, outcome: Outcome = Outcome.COMPLETED, started_ms: int = 1) -> SessionRecord:
    return SessionRecord(
        "0", started_ms, 2, 0, None, "2026-11-20", routine, routine, 1, 1, 1, 1, outcome, Source.TIMER, None
    )


def situation(  # an ordinary afternoon
    *,
    hour: int = 14,
    planned: int = 1,
    done: int = 0,
    today: tuple[SessionRecord, ...] = (),
    recent: tuple = (),  # type: ignore[type-arg]
) -> Situation[Routine]:
    recent = recent or (session("screen-break"), *today)
    return Situation(LIBRARY.routines, "micro-break", hour, planned, done, today, recent, lately(recent))


def lately(sessions: Sequence[SessionRecord]) -> Recency:
    """Return what was done lately by some sessions, newest first."""
    return Recency(
        date(2026, 11, 20),
        DAY_MS,
        {one.routine: date(2026, 11, 19) for one in sessions},
        {one.routine: one.started_ms for one in reversed(sessions)},
    )


def suggested(situation: Situation[Routine]) -> tuple[str | None, str]:
    routine, reason = suggest(situation)
    return (routine.id if routine else None), reason


def test_nothing_after_a_stop() -> None:
    stopped = session("screen-break", Outcome.STOPPED)
    assert suggested(situation(today=(session("micro-break"), stopped))) == (
        None,
        "You stopped because it hurt. Rest for today.",
    )


def test_new_user_starts_with_the_micro_break() -> None:
    partial = session("screen-break", Outcome.PARTIAL)
    assert suggested(situation(recent=(partial,)))[0] == "micro-break"
    assert "first session" in suggested(situation(recent=(partial,)))[1]


@pytest.mark.parametrize(("hour", "routine"), [(18, "micro-break"), (19, "evening-four"), (23, "evening-four")])
def test_evening_routine_in_the_evening(hour: int, routine: str) -> None:
    assert suggested(situation(hour=hour))[0] == routine


def test_evening_routine_once_an_evening() -> None:
    for id_ in ("evening-wind-down", "evening-four"):
        assert suggested(situation(hour=21, planned=2, done=1, today=(session(id_),)))[0] == "micro-break"


def test_evening_routines_take_turns() -> None:
    recent = (session("evening-four"), session("micro-break"))
    assert suggested(situation(hour=21, recent=recent))[0] == "evening-wind-down"


def test_plan_suggests_the_most_used_routine() -> None:
    often = (session("tech-neck-reset"), session("tech-neck-reset"), session("screen-break"))
    assert suggested(situation(planned=3, recent=often)) == (
        "tech-neck-reset",
        "3 sessions left today. This is your most-used routine.",
    )


def test_plan_takes_turns_among_what_is_done_often() -> None:
    often = tuple(session(id_, started_ms=ms) for ms, id_ in enumerate(["tech-neck-reset", "screen-break"] * 2))[::-1]
    assert suggested(situation(planned=3, recent=often)) == (
        "tech-neck-reset",
        "3 sessions left today. Not done since yesterday.",
    )


def test_plan_takes_turns_among_what_is_usual() -> None:
    quick = situation()._replace(default_routine="rotate: screen-break, stand-and-walk")
    assert suggested(quick) == ("stand-and-walk", "One session left today. You haven't tried this one yet.")
    assert suggested(quick._replace(default_routine="rotate: gone"))[0] in LIBRARY.routines


def test_plan_falls_back_on_the_default_routine() -> None:
    assert suggested(situation()) == ("micro-break", "One session left today.")


def test_plan_suggests_what_the_goal_is_for_and_was_not_done_for_longest() -> None:
    strong = situation(planned=2)._replace(aim=Aim("get stronger", "strength"))
    assert suggested(strong) == ("daily-strength", "2 sessions left today. For your goal: get stronger.")
    short = situation()._replace(aim=Aim("move more", "quick", 2))
    quick = [one.id for one in LIBRARY.routines.values() if "quick" in one.tags and one.total_seconds <= 120]
    recent = tuple(session(id_, started_ms=9 - number) for number, id_ in enumerate(quick) if id_ != "stand-and-walk")
    assert suggested(short._replace(recent=recent, recency=lately(recent)))[0] == "stand-and-walk"


def test_plan_suggests_nothing_longer_than_the_time_that_is_left() -> None:
    long = (session("neck-and-shoulders"), session("neck-and-shoulders"))
    usual = situation(recent=long)
    assert suggested(usual)[0] == "neck-and-shoulders"
    assert suggested(usual._replace(aim=Aim(minutes=5)))[0] == "micro-break"
    spent = session("screen-break")._replace(done_ms=60_000)
    assert suggested(usual._replace(aim=Aim(minutes=11), today=(spent,)))[0] == "neck-and-shoulders"
    assert suggested(usual._replace(aim=Aim(minutes=10), today=(spent,)))[0] == "micro-break"


def test_unknown_default_routine_becomes_the_shortest() -> None:
    routine, _ = suggest(situation()._replace(default_routine="gone"))
    assert routine
    assert routine.total_seconds == min(one.total_seconds for one in LIBRARY.routines.values())


def test_beyond_the_plan_a_short_routine_not_done_for_longest() -> None:
    recent = tuple(session(id_, started_ms=1000 - number) for number, id_ in enumerate(IDS) if id_ != "screen-break")
    assert suggested(situation(done=1, recent=recent)) == (
        "screen-break",
        "Today's plan is done. Want a short one? You haven't tried this one yet.",
    )
    assert suggested(situation(planned=0, recent=recent))[1].startswith("Nothing is planned for today.")
    recent = (*recent, session("screen-break", started_ms=1))
    reason = "Today's plan is done. Want a short one? Not done since yesterday."
    assert suggested(situation(done=1, recent=recent)) == ("screen-break", reason)


def test_empty_library_suggests_nothing() -> None:
    for planned in (0, 1):
        assert suggest(situation(planned=planned)._replace(routines={})).routine is None


SESSIONS = st.lists(
    st.builds(session, st.sampled_from(IDS), st.sampled_from(Outcome), st.integers(1, 10**12)), max_size=6
)


@given(st.integers(0, 23), st.integers(0, 3), st.integers(0, 4), SESSIONS, SESSIONS)
def test_never_locked_never_after_a_stop_and_always_with_a_reason(
    hour: int, planned: int, done: int, today: list[SessionRecord], before: list[SessionRecord]
) -> None:
    now = Situation(
        LIBRARY.routines,
        "deep-neck-endurance",
        hour,
        planned,
        done,
        today,
        [*today, *before],
        lately([*today, *before]),
    )
    routine, reason = suggest(now)
    stopped = any(one.outcome is Outcome.STOPPED for one in today)
    assert (routine is None) == stopped
    assert reason.endswith(".")
    if routine:
        assert not routine.locks
        if "Want a short one?" in reason:
            assert routine.total_seconds <= SHORT_SECONDS
