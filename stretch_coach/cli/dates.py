"""Dates and times as options take them."""

from datetime import date, datetime, time

import click

_FIRST_YEAR, _LAST_YEAR = 1970, 2999


class _Date(click.ParamType[date]):
    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            self.fail(f"{value!r} is not a day. Write it as 2026-11-20.", param, ctx)
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            self.fail(f"{value!r} is too far away. Write a day from {_FIRST_YEAR} to {_LAST_YEAR}.", param, ctx)
        return day


class _TimeOfDay(click.ParamType[time]):
    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> time:
        if isinstance(value, time):
            return value
        try:
            return datetime.strptime(str(value), "%H:%M").time()  # noqa: DTZ007 - on the user's own clock
        except ValueError:
            self.fail(f"{value!r} is not a time of day. Write it as 15:30.", param, ctx)


DATE = _Date()
TIME_OF_DAY = _TimeOfDay()
