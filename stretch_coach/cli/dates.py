"""Dates and times as options take them."""

from datetime import date, time

import click


class _Date(click.ParamType[date]):
    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day. Write it as 2026-11-20.", param, ctx)


class _TimeOfDay(click.ParamType[time]):
    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> time:
        if isinstance(value, time):
            return value
        try:
            return time.fromisoformat(str(value)).replace(second=0, microsecond=0, tzinfo=None)
        except ValueError:
            self.fail(f"{value!r} is not a time of day. Write it as 15:30.", param, ctx)


DATE = _Date()
TIME_OF_DAY = _TimeOfDay()
