"""Dates and times of options: there is one way of writing each, so that none is mistaken for another."""

from collections.abc import Callable
from datetime import date, time

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.cli.options import DATE, TIME_OF_DAY
from tests.cli.conftest import CommandResult


@given(st.dates(date(1970, 1, 1), date(2999, 12, 31)))
def test_date_from_1970_to_2999(day: date) -> None:
    assert DATE.convert(day.isoformat(), None, None) == day


@pytest.mark.parametrize(
    "written",
    [
        *("", "soon", "20261120", "2026-W47-5", "2026-324", "2026-11-20T12:00", "20.11.2026", "2026/11/20", "26-11-20"),
        *("2026-1-2", " 2026-11-20", "2026-11-20\n", "2026-02-29", "2026-13-01", "2026-00-01", "\u0662026-11-20"),
    ],
)
def test_invalid_date_says_how_to_write_one(written: str) -> None:
    with pytest.raises(click.BadParameter) as refused:
        DATE.convert(written, None, None)
    assert refused.value.message == f"{written!r} is not a date. Write it as 2026-11-20."


@pytest.mark.parametrize("written", ["1969-12-31", "3000-01-01", "0001-01-01", "9999-12-31"])
def test_date_out_of_range_is_refused(written: str) -> None:
    with pytest.raises(click.BadParameter) as refused:
        DATE.convert(written, None, None)
    assert refused.value.message == f"{written!r} is out of range. Write a year from 1970 to 2999."


@pytest.mark.parametrize(
    ("written", "at"), [("15:30", time(15, 30)), ("4:05", time(4, 5)), ("04:05", time(4, 5)), ("0:00", time(0))]
)
def test_time_of_day(written: str, at: time) -> None:
    assert TIME_OF_DAY.convert(written, None, None) == at


@pytest.mark.parametrize(
    "written",
    ["", "now", "15", "1530", "15.30", "15:3", "3:5", "15:30:00", "24:00", "12:60", "3pm", "15:30+01:00", "1\u0665:30"],
)
def test_invalid_time_says_how_to_write_one(written: str) -> None:
    with pytest.raises(click.BadParameter) as refused:
        TIME_OF_DAY.convert(written, None, None)
    assert refused.value.message == f"{written!r} is not a time of day. Write it as 15:30."


@pytest.mark.parametrize("day", ["1970-01-01", "2999-12-31"])
def test_commands_accept_the_first_and_last_date(coach: Callable[..., CommandResult], day: str) -> None:
    coach("log", "micro-break", "--on", "1970-01-02")
    coach("plan", "--days", "mon-fri", "--from", day)
    for arguments in (["streak", "--on", day], ["streak", "--on", day, "--json"], ["plan", "--withdraw", day]):
        assert coach(*arguments).code == 0
