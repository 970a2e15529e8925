"""The record as one page for a clinician or for oneself: HTML that asks for nothing outside itself."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import NamedTuple

from stretch_coach.journal.comfort import Change, Trend, around_sessions, over_time
from stretch_coach.journal.plan import Plan
from stretch_coach.journal.report_drawing import draw_calendar, draw_comfort, draw_key, draw_weeks
from stretch_coach.journal.report_facts import ExerciseFacts, RoutineFacts, Stop
from stretch_coach.journal.statistics import DayKind, Statistics
from stretch_coach.journal.wording import days_text
from stretch_coach.weekdays import name_days

_ROWS = 14
"""Rows of a table, so that the page stays one or two; the rest is summed up."""


class ReportFacts(NamedTuple):
    """All that the report tells.

    Attributes:
        statistics: The record over the span.
        plans: The plans of that time, each with the first day of the span it holds for.
        routines: The routines, the most done first.
        exercises: The exercises, the most done first.
        stops: Where it hurt, the newest first.
        notes: Day, title and note; empty where they are not wanted.
        names: What exercises are called, by their ids.
        wording: What the program is, and is not.
        made_on: The day the report is made.
        version: The program's version.
    """

    statistics: Statistics
    plans: Sequence[tuple[date, Plan]]
    routines: Sequence[RoutineFacts]
    exercises: Sequence[ExerciseFacts]
    stops: Sequence[Stop]
    notes: Sequence[tuple[str, str, str]]
    names: Mapping[str, str]
    wording: Sequence[str]
    made_on: date
    version: str


def write_report(facts: ReportFacts) -> str:
    """The page. It has no script and no address, and one style, named by its hash; all that is told stands as text."""
    style = Path(__file__).with_name("report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    days = facts.statistics.days
    span = f"{_day(days[0].day)} to {_day(days[-1].day)}"
    parts = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Exercise record, {span}</title><style>{style}</style></head><body>",
        f'<h1>Exercise record</h1><p class="lead">{span} · {days_text(len(days))}</p>',
        _tiles(facts),
        _plan(facts),
        _calendar(facts),
        _comfort(facts),
        _stops(facts),
        _routines(facts),
        _exercises(facts),
        _notes(facts),
        _footer(facts),
        "</body></html>\n",
    ]
    return "\n".join(part for part in parts if part)


def _tiles(facts: ReportFacts) -> str:
    found = facts.statistics
    planned = [day for day in found.days if day.planned and day.kind not in (DayKind.BEFORE, DayKind.OPEN)]
    kept = sum(day.kind is DayKind.DONE for day in planned)
    recorded = sum(one.completed + one.partial + one.stopped + one.interrupted for one in facts.routines)
    recorded_ms = sum(one.recorded_ms for one in facts.routines)
    by_hand = sum(one.by_hand for one in facts.routines)
    by_hand_ms = sum(one.by_hand_ms for one in facts.routines)
    tiles = [
        ("Planned days done", f"{kept} of {len(planned)}", "at least one session"),
        ("Adherence", _percent(found.adherence()), "sessions done of those planned"),
        ("Recorded", f"{recorded}", f"{_sessions(recorded)} the timer ran, {_minutes(recorded_ms)}"),
        ("Self-reported", f"{by_hand}", f"{_sessions(by_hand)} noted by hand, {_minutes(by_hand_ms)}"),
    ]
    boxes = "".join(f"<div><dt>{name}</dt><dd>{value}<small>{what}</small></dd></div>" for name, value, what in tiles)
    return f'<dl class="tiles">{boxes}</dl>'


def _plan(facts: ReportFacts) -> str:
    lines = []
    for start, plan in facts.plans:
        sessions = "1 session" if plan.per_day == 1 else f"{plan.per_day} sessions"
        lines.append(f"From {_day(start)}: {name_days(plan.days)}, {sessions} a day")
    return f"<section><h2>Plan of that time</h2>{''.join(f'<p>{line}.</p>' for line in lines)}</section>"


def _calendar(facts: ReportFacts) -> str:
    found = facts.statistics
    length, longest = days_text(found.summary.streak.length), days_text(found.summary.longest)
    streak = f"Streak at the end: {length}; longest ever: {longest}."
    return (
        f"<section><h2>Day by day</h2>{draw_calendar(found.days)}{draw_key()}"
        f'<p class="soft">{streak}</p></section>'
        f"<section><h2>Minutes by week</h2>{draw_weeks(found.weeks())}</section>"
    )


def _comfort(facts: ReportFacts) -> str:
    pairs = facts.statistics.comfort
    if not pairs:
        return ""
    days = facts.statistics.days
    return (
        "<section><h2>How the neck felt <small>(self-reported)</small></h2>"
        '<p class="soft">0 is no discomfort, 10 the worst imaginable. ○ before a session, ● after it.</p>'
        f"{draw_comfort(pairs, days[0].day, days[-1].day)}"
        f"<p>{_said('From the beginning of this time to its end', over_time(pairs))}</p>"
        f"<p>{_said('From before sessions to after them', around_sessions(pairs))}</p></section>"
    )


def _said(what: str, change: Change) -> str:
    if change.trend is Trend.TOO_FEW or change.earlier is None or change.later is None:
        return f"{what}: {Trend.TOO_FEW}."
    return f"{what}: {change.trend} (mean {change.earlier:.1f}, then {change.later:.1f})."


def _stops(facts: ReportFacts) -> str:
    if not facts.stops:
        return "<section><h2>Stopped because it hurt</h2><p>None in this time.</p></section>"
    rows = [
        [
            _day(date.fromisoformat(one.day)),
            _exercise(facts, one.exercise) + (f", {one.side}" if one.side else ""),
            one.title,
            f"after {round(one.done_ms / 1000)} s",
            one.note if facts.notes and one.note else "",
        ]
        for one in facts.stops
    ]
    head = ["Day", "Step", "Routine", "n:Stopped", ""]
    return f'<section class="long"><h2>Stopped because it hurt</h2>{_table(head, rows, "stops")}</section>'


def _routines(facts: ReportFacts) -> str:
    rows = [
        [
            one.title,
            one.completed,
            one.partial,
            one.stopped,
            one.interrupted,
            _minutes(one.recorded_ms),
            f"{one.by_hand} ({_minutes(one.by_hand_ms)})" if one.by_hand else "",
        ]
        for one in facts.routines
    ]
    head = ["Routine", "n:Completed", "n:Partial", "n:Stopped", "n:Broken off", "n:Recorded", "n:Self-reported"]
    return f'<section class="long"><h2>Routines</h2>{_table(head, rows, "routines")}</section>' if rows else ""


def _exercises(facts: ReportFacts) -> str:
    rows = [
        [_exercise(facts, one.exercise), one.sessions, one.done, f"{round(one.done_ms / 1000)} s"]
        for one in facts.exercises
    ]
    head = ["Exercise", "n:Sessions", "n:Done to the end, each side", "n:Time, getting ready included"]
    told = '<p class="soft">Recorded by the timer.</p>'
    return f'<section class="long"><h2>Exercises</h2>{told}{_table(head, rows, "exercises")}</section>' if rows else ""


def _notes(facts: ReportFacts) -> str:
    rows = [[_day(date.fromisoformat(day)), title, note] for day, title, note in facts.notes]
    head = ["Day", "Routine", "Note"]
    title = "Notes <small>(self-reported)</small>"
    return f'<section class="long"><h2>{title}</h2>{_table(head, rows, "notes")}</section>' if rows else ""


def _footer(facts: ReportFacts) -> str:
    wording = " ".join(facts.wording)
    recorded = (
        "Recorded: a timer ran on the user's own computer; nobody observed the exercises. "
        "Self-reported: entered by the user. Diaries tend to overstate."
    )
    made = f"Made on {_day(facts.made_on)} with Stretch Coach {facts.version}."
    return f"<footer><p>{recorded}</p><p>{escape(wording)}</p><p>{escape(made)}</p></footer>"


def _table(head: Sequence[str], rows: Sequence[Sequence[object]], what: str) -> str:
    """A table; a heading that begins with ``n:`` is of numbers. Rows that do not fit are counted."""
    numbers = [name.startswith("n:") for name in head]
    heads = "".join(_cell("th", name.removeprefix("n:"), number) for name, number in zip(head, numbers, strict=True))
    body = "".join(
        f"<tr>{''.join(_cell('td', value, number) for value, number in zip(row, numbers, strict=True))}</tr>"
        for row in rows[:_ROWS]
    )
    more = f'<p class="soft">And {len(rows) - _ROWS} more {what}.</p>' if len(rows) > _ROWS else ""
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cell(tag: str, value: object, number: bool) -> str:  # noqa: FBT001 - a column's kind
    kind = ' class="n"' if number else ""
    return f"<{tag}{kind}>{escape(str(value))}</{tag}>"


def _exercise(facts: ReportFacts, exercise: str | None) -> str:
    return "a rest" if exercise is None else facts.names.get(exercise, exercise)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _sessions(count: int) -> str:
    return "session" if count == 1 else "sessions"


def _minutes(ms: int) -> str:
    return f"{round(ms / 60_000)} min"


def _percent(share: float | None) -> str:
    return "\N{EN DASH}" if share is None else f"{share:.0%}"
