"""The record in words: the same everywhere, and never a reproach."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.freezes import Freezes
from stretch_coach.journal.streak import Streak
from stretch_coach.journal.summary import Summary
from stretch_coach.journal.wording import days_text, streak_sentence

DAY = date(2026, 11, 20)


def summary(length: int, *, at_risk: bool) -> Summary:
    streak = Streak(length, None, None, at_risk, 0)
    return Summary(streak, length, not at_risk, 0, None, None, None, Freezes(frozenset(), frozenset(), 0))


@pytest.mark.parametrize(
    ("length", "at_risk", "now", "then"),
    [
        (0, False, "No streak at the moment: today is a good day to begin one.", "No streak on 2026-11-20."),
        (1, False, "Streak: 1 day.", "Streak on 2026-11-20: 1 day."),
        (
            7,
            True,
            "Streak: 7 days, and today is still to do.",
            "Streak on 2026-11-20: 7 days, and that day is still to do.",
        ),
    ],
)
def test_the_streak_in_a_sentence(length: int, at_risk: bool, now: str, then: str) -> None:  # noqa: FBT001 - a parameter
    assert streak_sentence(summary(length, at_risk=at_risk)) == now
    assert streak_sentence(summary(length, at_risk=at_risk), DAY) == then


@given(st.integers(2, 100_000))
def test_only_one_day_is_a_day(count: int) -> None:
    assert days_text(1) == "1 day"
    assert days_text(count) == f"{count} days"
