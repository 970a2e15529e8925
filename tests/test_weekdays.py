import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.weekdays import name_days, parse_days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("mon,wed,fri", {0, 2, 4}),
        ("sat-mon", {5, 6, 0}),
        ("fri-fri", {4}),
        ("mon-wed, sat", {0, 1, 2, 5}),
        ("Monday, TUES", {0, 1}),
        (" daily ", set(range(7))),
        ("every day", set(range(7))),
        ("Weekdays", {0, 1, 2, 3, 4}),
        ("weekends", {5, 6}),
        ("th", {3}),
    ],
)
def test_parse_days(text: str, days: set[int]) -> None:
    assert parse_days(text) == days


@pytest.mark.parametrize(
    "text", ["", "m", "xyz", "mon,,fri", "mondayish", "1-5", "mon-fri-sun", "mon-", "-fri", "-", "weekdays,sat"]
)
def test_parse_days_reports_what_is_not_a_weekday(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a weekday\. Write mon, tue"):
        parse_days(text)


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (set(range(7)), "daily"),
        ({0, 1, 2, 3, 4}, "mon-fri"),
        ({0, 2, 4}, "mon,wed,fri"),
        ({5, 6}, "sat,sun"),
        ({0, 1, 2, 5}, "mon-wed,sat"),
    ],
)
def test_name_days(days: set[int], name: str) -> None:
    assert name_days(frozenset(days)) == name


@given(st.frozensets(st.integers(0, 6), min_size=1))
def test_named_days_parse_to_the_same_days(days: frozenset[int]) -> None:
    assert parse_days(name_days(days)) == days
