"""A program over weeks: which routines on which day. Its file, and the days that follow from it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, model_validator

from stretch_coach.phrasing import did_you_mean
from stretch_coach.routine.diagnostics import Problem, field_error
from stretch_coach.routine.document import Document
from stretch_coach.routine.exercise import Evidence
from stretch_coach.routine.fields import Label, Slug, Strict, Words, bounded
from stretch_coach.routine.format import FormatVersion, file_error, validate
from stretch_coach.weekdays import WEEKDAYS, name_days

WEEKS_AT_MOST = 52

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class DayEntry(Strict):
    """A day of a program: routines, or a rest."""

    routines: Annotated[list[Slug], Field(min_length=1, max_length=8)] | None = None
    """The ids of the routines of this day, in order. One that is named twice is done twice."""
    rest: Words | None = None
    """A day of rest, with a sentence about it."""

    @model_validator(mode="after")
    def _is_one_of_both(self) -> "DayEntry":
        if (self.routines is None) == (self.rest is None):
            both = "has both routines and a rest." if self.rest else "has neither routines nor a rest."
            raise field_error(both, 'Write {"routines": ["micro-break"]} or {"rest": "Rest today."}.')
        return self


class WeekEntry(Strict):
    """A week of a program, or several that are the same."""

    title: Label
    """What these weeks are about, in a few words."""
    note: Words | None = None
    times: Annotated[int, bounded(1, 12)] = 1
    """How many weeks are like this one."""
    steps: Annotated[int, bounded(0, 3)] = 0
    """How many steps the doses are above the written ones, see docs/progress.md."""
    days: Annotated[list[DayEntry], Field(min_length=1, max_length=7)]
    """The days in order. A day that is missed comes again on the next one."""


class ProgramFile(Strict):
    """What ``routines/programs/*.json`` may hold."""

    schema_: Annotated[str | None, Field(alias="$schema", max_length=400)] = None
    format: FormatVersion = 1
    """The version of this format."""
    id: Slug
    """The program's name in commands; by default the name of the file."""
    title: Label
    summary: Words | None = None
    need: Words | None = None
    cautions: list[Words] = []
    evidence: Evidence | None = None
    weekdays: Annotated[list[Weekday], Field(min_length=1, max_length=7)] | None = None
    """The weekdays that the program is for; on the others it waits. By default all of them."""
    weeks: Annotated[list[WeekEntry], Field(min_length=1, max_length=26)]

    @model_validator(mode="after")
    def _fits_into_a_year(self) -> "ProgramFile":
        weeks = sum(week.times for week in self.weeks)
        if weeks > WEEKS_AT_MOST:
            raise field_error(f"takes {weeks} weeks.", f"A program may take up to {WEEKS_AT_MOST}.")
        if not any(day.routines for week in self.weeks for day in week.days):
            raise field_error("has no day with a routine.", "Give one of its days a routine.")
        return self


class ProgramDay(NamedTuple):
    """A day of a program.

    Attributes:
        week: The number of its week, from 1.
        title: What the week is about.
        number: Which of the week's days with routines it is, from 1; a day of rest has the number of the one before.
        of: How many days with routines the week has.
        routines: The ids of its routines; empty on a day of rest.
        rest: The sentence of a day of rest; empty otherwise.
        steps: How many steps the doses are above the written ones.
    """

    week: int
    title: str
    number: int
    of: int
    routines: tuple[str, ...]
    rest: str
    steps: int


@dataclass(frozen=True)
class Program:
    """A program with its days.

    Attributes:
        file: What its file says.
        path: Its file.
        bundled: Whether it came with Stretch Coach.
    """

    file: ProgramFile
    path: Path
    bundled: bool = False

    @property
    def id(self) -> str:
        """The program's id."""
        return self.file.id

    @property
    def title(self) -> str:
        """The program's title."""
        return self.file.title

    @cached_property
    def weeks(self) -> int:
        """How many weeks it has."""
        return sum(week.times for week in self.file.weeks)

    @cached_property
    def days(self) -> tuple[ProgramDay, ...]:
        """All its days in order."""
        return tuple(_days(self.file))

    @property
    def weekday_names(self) -> str:
        """The weekdays that it is for, as people write them, such as `mon-fri`."""
        return name_days(self.weekdays)

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays that it is for, from 0 for Monday."""
        return frozenset(map(WEEKDAYS.index, self.file.weekdays or WEEKDAYS))

    @property
    def routines(self) -> tuple[str, ...]:
        """The ids of its routines in the order in which they first come."""
        return tuple(dict.fromkeys(routine for day in self.days for routine in day.routines))


def parse_program(document: Document, routines: Collection[str] | None = None, *, bundled: bool = False) -> Program:
    """Return the program that a file defines.

    Args:
        document: The file.
        routines: The ids of the routines that it may name, or None not to check that.
        bundled: Whether the file came with Stretch Coach.

    Raises:
        RoutineFileError: It does not define a valid one.
    """
    file, problems = validate(document, ProgramFile)
    if file is None:
        raise file_error(document, problems)
    unknown = list(_unknown_routines(file, routines)) if routines is not None else []
    if unknown:
        raise file_error(document, unknown)
    return Program(file, document.path, bundled)


def is_program(data: object) -> bool:
    """Return whether what a file says is meant to be a program."""
    return isinstance(data, dict) and "weeks" in data and "steps" not in data


def _unknown_routines(file: ProgramFile, known: Collection[str]) -> Iterator[Problem]:
    for week_index, week in enumerate(file.weeks):
        for day_index, day in enumerate(week.days):
            for index, routine in enumerate(day.routines or ()):
                if routine not in known:
                    path = ("weeks", week_index, "days", day_index, "routines", index)
                    cure = did_you_mean(routine, known, "See `stretch-coach routines`.")
                    yield Problem(path, f'there is no routine "{routine}".', cure)


def _days(file: ProgramFile) -> Iterator[ProgramDay]:
    week = 0
    for entry in file.weeks:
        of = sum(day.routines is not None for day in entry.days)
        for _ in range(entry.times):
            week += 1
            number = 0
            for day in entry.days:
                number += day.routines is not None
                yield ProgramDay(week, entry.title, number, of, tuple(day.routines or ()), day.rest or "", entry.steps)
