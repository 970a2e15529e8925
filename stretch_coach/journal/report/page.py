"""The history as one HTML page for a clinician or for yourself. It has no script and loads nothing from outside."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import NamedTuple

from stretch_coach.journal.comfort import ComfortChange, Trend, around_sessions, over_time
from stretch_coach.journal.report.drawing import draw_calendar, draw_comfort, draw_legend, draw_weeks
from stretch_coach.journal.report.facts import ReportFacts
from stretch_coach.phrasing import count, inflect, percent
from stretch_coach.text import clean
from stretch_coach.weekdays import name_days

_MAX_ROWS = 14
"""Rows of a table before the rest is only counted, so that the page prints on one or two sheets."""

_NOT_RECORDED = "<p>Not recorded.</p>"


class PageTexts(NamedTuple):
    """The texts of the page that do not come from the history.

    Attributes:
        exercise_names: The names of exercises by their ids.
        intended_use: What the program is for, and what it is not.
        made_on: The day on which the report is made.
        version: The version of the program.
    """

    exercise_names: Mapping[str, str]
    intended_use: str
    made_on: date
    version: str

    def exercise(self, exercise_id: str | None) -> str:
        """Return the name of an exercise, or its id where the name is unknown."""
        return "a rest" if exercise_id is None else self.exercise_names.get(exercise_id, exercise_id)


def write_report(facts: ReportFacts, texts: PageTexts) -> str:
    """Return the page. All text from the history is escaped, and a policy allows only the page's own style."""
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    days = facts.statistics.days
    span = f"{_day(days[0].day)} to {_day(days[-1].day)}"
    parts = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Exercise history, {span}</title><style>{style}</style></head><body>",
        f'<h1>Exercise history</h1><p class="lead">{span} · {count(len(days), "day")}</p>',
        '<p class="name">Name</p>',
        _tiles(facts),
        _plan(facts),
        _calendar(facts),
        _comfort(facts),
        _stops(facts, texts),
        _routines(facts),
        _exercises(facts, texts),
        _notes(facts),
        _footer(texts),
        "</body></html>\n",
    ]
    return "\n".join(part for part in parts if part)


def _tiles(facts: ReportFacts) -> str:
    planned, kept = facts.planned_days
    recorded_ms = sum(routine.recorded_ms for routine in facts.routines)
    by_hand = sum(routine.by_hand for routine in facts.routines)
    by_hand_ms = sum(routine.by_hand_ms for routine in facts.routines)
    active_days = sum(day.sessions > 0 for day in facts.statistics.days)
    if facts.plans:
        days = ("Planned days done", f"{kept} of {planned}", "at least one session")
        adherence = ("Adherence", percent(facts.adherence), "planned sessions that were done")
    else:
        days = ("Days with a session", f"{active_days} of {len(facts.statistics.days)}", "planned or not")
        adherence = ("Adherence", percent(None), "no plan was made")
    tiles = [
        days,
        adherence,
        ("Recorded", *_sessions_and_minutes(facts.recorded, recorded_ms, "the timer ran")),
        ("Self-reported", *_sessions_and_minutes(by_hand, by_hand_ms, "logged by hand")),
    ]
    boxes = "".join(f"<div><dt>{name}</dt><dd>{value}<small>{what}</small></dd></div>" for name, value, what in tiles)
    return f'<dl class="tiles">{boxes}</dl>'


def _sessions_and_minutes(sessions: int, ms: int, how: str) -> tuple[str, str]:
    return f"{sessions}", f"{inflect(sessions, 'session')} {how}, {_minutes(ms)}"


def _plan(facts: ReportFacts) -> str:
    lines = [
        f"<p>From {_day(start)}: {name_days(plan.days)}, {count(plan.per_day, 'session')} a day.</p>"
        for start, plan in facts.plans
    ]
    return _section("Plan", "".join(lines) or "<p>No plan was made.</p>")


def _calendar(facts: ReportFacts) -> str:
    found = facts.statistics
    if not any(day.sessions for day in found.days):
        return _section("Day by day", _NOT_RECORDED)
    length, longest = count(found.summary.streak.length, "day"), count(found.summary.longest, "day")
    streak = f'<p class="soft">Streak at the end: {length}; longest ever: {longest}.</p>'
    calendar = _section("Day by day", f"{draw_calendar(found.days)}{draw_legend()}{streak}")
    return calendar + _section("Minutes by week", draw_weeks(found.weeks()))


def _comfort(facts: ReportFacts) -> str:
    pairs = facts.statistics.comfort
    title = "How the neck felt <small>(self-reported)</small>"
    if not pairs:
        return _section(title, _NOT_RECORDED)
    days = facts.statistics.days
    return _section(
        title,
        '<p class="soft">0 is no discomfort, 10 the worst imaginable. ○ before a session, ● after it.</p>'
        f"{draw_comfort(pairs, days[0].day, days[-1].day)}"
        f"<p>{_change_sentence('First third vs last third, before sessions', over_time(pairs))}</p>"
        f"<p>{_change_sentence('Before vs after sessions', around_sessions(pairs))}</p>",
    )


def _change_sentence(what: str, change: ComfortChange) -> str:
    if change.earlier is None or change.later is None:
        return f"{what}: {Trend.TOO_FEW}."
    return f"{what}: {change.trend} (mean {change.earlier:.1f}, then {change.later:.1f})."


def _stops(facts: ReportFacts, texts: PageTexts) -> str:
    title = "Stopped because it hurt"
    if not facts.stops:
        return _section(title, "<p>Never in this time.</p>" if facts.recorded else _NOT_RECORDED)
    rows = [
        [
            _day(date.fromisoformat(stop.day)),
            texts.exercise(stop.exercise) + (f", {stop.side}" if stop.side else ""),
            stop.title,
            f"after {round(stop.done_ms / 1000)} s",
            stop.note or "" if facts.notes is not None else "",
        ]
        for stop in facts.stops
    ]
    note = "Note" if any(row[-1] for row in rows) else ""
    return _section(title, _table(["Day", "Exercise", "Routine", "n:Stopped", note], rows, "stops"))


def _routines(facts: ReportFacts) -> str:
    rows = [
        [
            routine.title,
            routine.completed,
            routine.partial,
            routine.stopped,
            routine.interrupted,
            _minutes(routine.recorded_ms),
            f"{routine.by_hand} ({_minutes(routine.by_hand_ms)})" if routine.by_hand else "",
        ]
        for routine in facts.routines
    ]
    head = ["Routine", "n:Completed", "n:Partial", "n:Stopped", "n:Interrupted", "n:Recorded", "n:Self-reported"]
    return _section("Routines", _table(head, rows, "routines"))


def _exercises(facts: ReportFacts, texts: PageTexts) -> str:
    rows = [
        [texts.exercise(exercise.exercise), exercise.sessions, exercise.done, f"{round(exercise.done_ms / 1000)} s"]
        for exercise in facts.exercises
    ]
    head = ["Exercise", "n:Sessions", "n:Finished, each side", "n:Time, preparation included"]
    return _section("Exercises <small>(recorded by the timer)</small>", _table(head, rows, "exercises"))


def _notes(facts: ReportFacts) -> str:
    if facts.notes is None:
        return ""
    rows = [[_day(date.fromisoformat(note.day)), note.title, note.text] for note in facts.notes]
    return _section("Notes <small>(self-reported)</small>", _table(["Day", "Routine", "Note"], rows, "notes"))


def _footer(texts: PageTexts) -> str:
    meaning = (
        "Recorded: a timer ran on the user's own computer; nobody observed the exercises. "
        "Self-reported: entered by the user. Diaries tend to overstate."
    )
    made = f"Made on {_day(texts.made_on)} with Stretch Coach {texts.version}."
    return f"<footer><p>{meaning}</p><p>{escape(texts.intended_use)}</p><p>{escape(made)}</p></footer>"


def _section(title: str, content: str) -> str:
    return f"<section><h2>{title}</h2>{content}</section>"


def _table(head: Sequence[str], rows: Sequence[Sequence[object]], what: str) -> str:
    """Return a table, and how many rows were left out. A heading that starts with `n:` is above numbers."""
    if not rows:
        return _NOT_RECORDED
    are_numbers = [name.startswith("n:") for name in head]
    headings = _row("th", [name.removeprefix("n:") for name in head], are_numbers)
    body = "".join(_row("td", row, are_numbers) for row in rows[:_MAX_ROWS])
    more = f'<p class="soft">And {len(rows) - _MAX_ROWS} more {what}.</p>' if len(rows) > _MAX_ROWS else ""
    return f"<table><thead>{headings}</thead><tbody>{body}</tbody></table>{more}"


def _row(tag: str, cells: Sequence[object], are_numbers: Sequence[bool]) -> str:
    starts = [f'<{tag} class="n">' if is_number else f"<{tag}>" for is_number in are_numbers]
    parts = [f"{start}{escape(clean(str(cell)))}</{tag}>" for start, cell in zip(starts, cells, strict=True)]
    return f"<tr>{''.join(parts)}</tr>"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _minutes(ms: int) -> str:
    return f"{round(ms / 60_000)} min"
