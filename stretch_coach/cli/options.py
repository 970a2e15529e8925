"""The types of options that several commands have: dates and times of day."""

import re
from datetime import date, time

import click

from stretch_coach.journal.day import FIRST_YEAR, LAST_YEAR


class _Date(click.ParamType[date]):
    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(_only(r"\d{4}-\d\d-\d\d", value))
        except ValueError:
            self.fail(f"{value!r} is not a date. Write it as 2026-11-20.", param, ctx)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail(f"{value!r} is out of range. Write a year from {FIRST_YEAR} to {LAST_YEAR}.", param, ctx)
        return day


class _TimeOfDay(click.ParamType[time]):
    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> time:
        if isinstance(value, time):
            return value
        try:
            hours, minutes = _only(r"\d?\d:\d\d", value).split(":")
            return time(int(hours), int(minutes))
        except ValueError:
            self.fail(f"{value!r} is not a time of day. Write it as 15:30.", param, ctx)


DATE = _Date()
"""A date, written as `YYYY-MM-DD`, in the years that a history can have."""

TIME_OF_DAY = _TimeOfDay()
"""A time of day, written as `HH:MM`."""


def _only(form: str, value: object) -> str:
    """Return the value if it has exactly this form. Python's own parsers accept many others."""
    if not re.fullmatch(form, str(value), re.ASCII):
        raise ValueError
    return str(value)
