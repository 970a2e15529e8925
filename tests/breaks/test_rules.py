"""The windows in which a rule of active time is open, and the rules that a break satisfies."""

from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.breaks.rules import is_open, next_opening, satisfied_rules
from stretch_coach.settings import BreakRule, Window

DESK = BreakRule(
    "x",
    every=45,
    days=frozenset(range(5)),
    windows=(Window(time(9), time(12, 30)), Window(time(13, 30), time(17, 30)), Window(time(22), time(2))),
)


@pytest.mark.parametrize(
    ("wall", "opened"),
    [
        ("2026-11-23T08:59", False),
        ("2026-11-23T09:00", True),
        ("2026-11-23T12:29", True),
        ("2026-11-23T12:30", False),
        ("2026-11-23T01:00", False),  # Sunday night
        ("2026-11-24T01:59", True),
        ("2026-11-24T02:00", False),
        ("2026-11-28T01:00", True),  # the night of Friday
        ("2026-11-28T10:00", False),
        ("2026-11-28T23:00", False),
    ],
)
def test_a_window_belongs_to_the_day_on_which_it_starts(wall: str, opened: bool) -> None:  # noqa: FBT001 - a case
    assert is_open(DESK, datetime.fromisoformat(wall)) is opened


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001 - wall times
    st.sampled_from([DESK, BreakRule("y", every=5)]),
)
def test_next_opening_is_the_first_open_moment(wall: datetime, rule: BreakRule) -> None:
    opening = next_opening(rule, wall)
    assert opening is not None
    assert opening >= wall
    assert is_open(rule, opening)
    between = (opening - wall).total_seconds() / 7
    assert not any(is_open(rule, wall + part * (opening - wall) / 7) for part in range(7)) or between == 0


def test_a_break_satisfies_the_rules_that_ask_as_often_or_more_often() -> None:
    rules = [BreakRule("short", every=30), BreakRule("long", every=90), BreakRule("tea", at=(time(15),))]
    assert satisfied_rules(rules, ["short"]) == ["short"]
    assert satisfied_rules(rules, ["long"]) == ["short", "long"]
    assert satisfied_rules(rules, ["tea"]) == ["short", "long"]
