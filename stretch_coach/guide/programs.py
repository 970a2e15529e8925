"""Where somebody is in a program: a pure function of the program, its first day, and what was done since.

A day of the program waits until its routines are done, all on one day; a day of rest passes by itself. So a missed day
moves everything after it, and nothing is lost.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.guide.offers import PASSING_CAUTIONS, Offers, read_offers
from stretch_coach.journal.day import DAY
from stretch_coach.journal.programs import RunningProgram, Schedule, left_of, load_done, load_program, walk
from stretch_coach.paths import bundled_routines
from stretch_coach.phrasing import count
from stretch_coach.routine.library import load_programs
from stretch_coach.routine.program import Program, ProgramDay, WeekEntry

if TYPE_CHECKING:
    from stretch_coach.routine.diagnostics import RoutineFileError

_LOOK_AHEAD = 8
_NOTHING_SUITS = "Nothing of this day suits you. Your profile says what is left out."
_PAUSES = "Today it does not suit you, so the program waits."


class ProgramStatus(NamedTuple):
    """Where somebody is in a program.

    Attributes:
        program: The program.
        days: Its days, without the routines of which nothing suits the user.
        from_day: Its first day.
        today: The day.
        position: How many of its days are behind, which is the index of the present one.
        day: The present day of the program; None once all are behind.
        week_since: The first day of the present week.
        left: The ids of the routines that are left to do today, in order.
        is_done: Whether the present day's routines are done, so that the next day follows tomorrow.
        waits: Whether the program is not for this weekday.
        pauses: Whether the present day does not suit the user for now, so that the program waits.
        next_day: When the day after the present one follows, or the present one if the program waits.
    """

    program: Program
    days: tuple[ProgramDay, ...]
    from_day: date
    today: date
    position: int
    day: ProgramDay | None
    week_since: date
    left: tuple[str, ...] = ()
    is_done: bool = False
    waits: bool = False
    pauses: bool = False
    next_day: date | None = None

    @property
    def following(self) -> ProgramDay | None:
        """The day of the program after the present one, or None at its end."""
        return self.days[self.position + 1] if self.position + 1 < len(self.days) else None

    @property
    def done_days(self) -> int:
        """How many days with routines are done, today's included."""
        return _training_days(self.days[: self.position + self.is_done])

    @property
    def all_days(self) -> int:
        """How many days with routines the program has."""
        return _training_days(self.days)


def find_status(
    program: Program,
    from_day: date,
    done: Mapping[date, Mapping[str, int]],
    today: date,
    unsuitable: Collection[str] = (),
    *,
    unsuitable_now: Collection[str] = (),
) -> ProgramStatus:
    """Return where somebody is in a program.

    Args:
        program: The program.
        from_day: Its first day.
        done: How often each routine was done on each day since then, by its id.
        today: The day. One before the first day, after a journey or a change of the clock, counts as that.
        unsuitable: The ids of routines of which nothing suits the user. A day without another one is a day of rest.
        unsuitable_now: The same for what will pass. On a day with one of these, the program waits.
    """
    days, position, week_since = tuple(_without(day, unsuitable) for day in program.days), 0, from_day
    for when, index in walk(_schedule(program, days), from_day, done, today):
        if position < index < len(days) and days[index].week > days[position].week:
            week_since = when
        position = index
    if position == len(days):
        return ProgramStatus(program, days, from_day, today, position, None, week_since)
    day, waits = days[position], not _is_for(program, today)
    left = () if waits else tuple(left_of(day.routines, done.get(today, {})))
    is_done = not waits and bool(day.routines) and not left
    pauses = not is_done and any(routine in unsuitable_now for routine in day.routines)
    next_day = next(when for when in _calendar(program, today + DAY, today + _LOOK_AHEAD * DAY))
    left = () if pauses else left
    return ProgramStatus(
        program, days, from_day, today, position, day, week_since, left, is_done, waits, pauses, next_day
    )


def find_schedule(program: Program) -> Schedule:
    """Return the days of a program as the history keeps them."""
    return _schedule(program, program.days)


def _schedule(program: Program, days: Sequence[ProgramDay]) -> Schedule:
    return Schedule(tuple(day.routines for day in days), program.weekdays)


def load_status(context: Context) -> ProgramStatus | None:
    """Return where the user is in the program that runs, or None if none does.

    Raises:
        CoachError: The history cannot be read, or the program's file is missing or not valid.
    """
    with context.history() as history:
        running = load_program(history)
        if running is None:
            return None
        done = load_done(history, running.from_day, context.counting_rules)
    program = _find_program(context, running)
    if not context.places.profile.exists():
        return find_status(program, running.from_day, done, context.today)
    lasting = _unsuitable(read_offers(context.places, without=PASSING_CAUTIONS))
    now = _unsuitable(read_offers(context.places)) - lasting
    return find_status(program, running.from_day, done, context.today, lasting, unsuitable_now=now)


def _unsuitable(offers: Offers) -> set[str]:
    """Return the ids of the routines of which nothing suits the user's profile."""
    return {id_ for id_, routine in offers.routines.items() if not routine.suited}


def _find_program(context: Context, running: RunningProgram) -> Program:
    errors: list[RoutineFileError] = []
    programs = load_programs(bundled_routines(), context.places.routines, errors)
    if running.program in programs:
        return programs[running.program]
    for error in errors:
        if error.file.stem == running.program:
            raise error
    missing = f'"{running.program}" is running, but its file is missing.'
    raise CoachError("program", missing, "Stop it with `stretch-coach program stop`.")


def day_name(status: ProgramStatus) -> str:
    """Return which day it is, such as `Week 2, day 3 of 5`, or `Week 2, a day of rest`."""
    day = status.day
    if day is None:
        return "Finished"
    if status.waits or not day.routines:
        return f"Week {day.week}, a day of rest"
    return f"Week {day.week}, day {day.number} of {day.of}"


def today_sentences(status: ProgramStatus, titles: Mapping[str, str]) -> list[str]:
    """Return what the program has for today, in sentences.

    Args:
        status: Where the user is.
        titles: The titles of routines by id.
    """
    day = status.day
    if day is None:
        return [_finished(status)]
    if status.waits or not day.routines:
        rest = day.rest if not status.waits else f"{status.program.title} is for {status.program.weekday_names}."
        return [f"{day_name(status)}.", rest, next_sentence(status, titles)]
    if status.pauses:
        return [f"{day_name(status)}.", _PAUSES]
    if status.is_done:
        return [f"{day_name(status)} is done.", next_sentence(status, titles) or _finished(status)]
    return [f"{day_name(status)}: {name_routines(status.left, titles)}."]


def _finished(status: ProgramStatus) -> str:
    return f"You have finished {status.program.title}: {count(status.all_days, 'day')} done."


def next_sentence(status: ProgramStatus, titles: Mapping[str, str]) -> str:
    """Return what follows the present day, and when; empty at the end of the program."""
    following = status.day if status.waits or status.pauses else status.following
    if following is None or status.next_day is None:
        return ""
    days = (status.next_day - status.today).days
    when = "Tomorrow" if days == 1 else f"On {status.next_day:%A}"
    return f"{when}: {name_routines(following.routines, titles) or 'rest'}."


def reason_sentence(status: ProgramStatus, titles: Mapping[str, str]) -> str:
    """Return why the first of the routines that are left is due, and which ones follow it today."""
    then = f" Then: {name_routines(status.left[1:], titles)}." if status.left[1:] else ""
    return f"{day_name(status)} · {status.program.title}.{then}"


def next_in_program(context: Context) -> str:
    """Return what the running program asks for after a session; empty if it asks for nothing.

    Raises:
        CoachError: The history cannot be read, or the program's file is missing or not valid.
    """
    status = load_status(context)
    if status is None or status.day is None:
        return ""
    titles = {id_: routine.title for id_, routine in read_offers(context.places).routines.items()}
    if status.left:
        return f"Next: {name_routines(status.left, titles)}."
    if status.is_done:
        return " ".join(today_sentences(status, titles))
    return next_sentence(status, titles)


def name_routines(routines: Sequence[str], titles: Mapping[str, str]) -> str:
    """Return the titles of routines, each once, with how often if that is more than once."""
    times = Counter(routines)
    return ", ".join(
        f"{titles.get(id_, id_)}{f' ({often} times)' if often > 1 else ''}" for id_, often in times.items()
    )


def week_lines(week: WeekEntry, titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the days of a week, such as `Days 1 to 2`, with their routines; `Rest`, which has no number, with none.

    Equal days that follow each other are on one line.
    """
    last = 0
    for routines, days in groupby(week.days, key=lambda day: day.routines):
        if routines is None:
            yield from (("Rest", "") for _ in days)
            continue
        first, last = last + 1, last + sum(1 for _ in days)
        which = f"Day {first}" if first == last else f"Days {first} to {last}"
        yield which, name_routines(routines, titles)


def program_steps(status: ProgramStatus | None, routine: str) -> int:
    """Return how many steps above the written doses the present day of a program asks for in one of its routines."""
    day = status.day if status else None
    return day.steps if day and routine in day.routines else 0


def _without(day: ProgramDay, unsuitable: Collection[str]) -> ProgramDay:
    """Return a day of a program without the routines of which nothing suits the user."""
    routines = tuple(routine for routine in day.routines if routine not in unsuitable)
    return day._replace(routines=routines, rest=day.rest or ("" if routines else _NOTHING_SUITS))


def _calendar(program: Program, first: date, end: date) -> Iterator[date]:
    """Yield the days of the calendar that the program is for, from the first until before the end."""
    day = first
    while day < end:
        if _is_for(program, day):
            yield day
        day += DAY


def _is_for(program: Program, day: date) -> bool:
    return day.weekday() in program.weekdays


def _training_days(days: Sequence[ProgramDay]) -> int:
    return sum(bool(day.routines) for day in days)
