"""A session and a day of the history in words for a person, as lines of text."""

from collections.abc import Mapping, Sequence

from textual.content import Content

from stretch_coach.journal.records import Outcome, SessionRecord, StepOutcome, StepRecord
from stretch_coach.journal.sentences import (
    comfort_words,
    long_date,
    session_result,
    session_when,
    started_at,
    step_result,
)
from stretch_coach.journal.statistics import DayFacts, DayKind
from stretch_coach.phrasing import count, minutes_and_seconds
from stretch_coach.text import cut_to_width, pad_to_width, text_width

_QUIET, _STRONG = "$text-muted", "bold"
_OUTCOME_SYMBOLS = {
    Outcome.COMPLETED: ("✓", "$text-accent"),
    Outcome.PARTIAL: ("◐", "$text-muted"),
    Outcome.STOPPED: ("!", "$text-warning"),
    Outcome.INTERRUPTED: ("◦", "$text-muted"),
}
_STEP_SYMBOLS = {
    StepOutcome.DONE: ("✓", "$text-accent"),
    StepOutcome.PARTIAL: ("◐", "$text-muted"),
    StepOutcome.SKIPPED: ("–", "$text-muted"),
    StepOutcome.STOPPED: ("!", "$text-warning"),
}
_DAY_WORDS = {
    DayKind.DONE: "Done",
    DayKind.PART: "Partly done",
    DayKind.FROZEN: "A streak freeze kept your streak",
    DayKind.REST: "Rest day",
    DayKind.OPEN: "Still open",
    DayKind.MISSED: "Nothing done",
    DayKind.BEFORE: "No plan yet",
}
_MIN_NAME, _MAX_NAME = 12, 40


def list_line(record: SessionRecord, year: int, *, shows_day: bool) -> Content:
    """Return a session for a list.

    Args:
        record: The session.
        year: The present year, which is not named.
        shows_day: Whether the day is named, or left blank because the line above names it.
    """
    start = started_at(record)
    symbol, style = _OUTCOME_SYMBOLS[record.outcome]
    day = (f"{start:%a %d %b}" if start.year == year else f"{start:%d %b %Y}") if shows_day else ""
    length = minutes_and_seconds(record.done_ms / 1000)
    if record.outcome is not Outcome.COMPLETED:
        length += f" of {minutes_and_seconds(record.planned_ms / 1000)}"
    extras = [record.outcome.value] if record.outcome is not Outcome.COMPLETED else []
    if words := comfort_words(record):
        extras.append(words)
    if record.note:
        extras.append(f"“{record.note}”")
    extra = " · ".join(extras)
    when = f"{day:<12}{start:%H:%M}  "
    after = f"  {length}" + (f" · {extra}" if extra else "")
    return Content.assemble((when, _QUIET), (f"{symbol} ", style), record.title, (after, _QUIET))


def day_text(
    facts: DayFacts,
    sessions: Sequence[tuple[SessionRecord, Sequence[StepRecord]]],
    names: Mapping[str, str],
    width: int,
) -> Content:
    """Return a day with its sessions, oldest first.

    Args:
        facts: The day.
        sessions: The sessions of the day, each with its steps, or without any where only the sessions are wanted.
        names: The names of exercises by their ids.
        width: The cells of a line.
    """
    words = _DAY_WORDS[facts.kind]
    if facts.done > facts.planned > 0:
        words += f": {facts.done} sessions, {facts.planned} planned"
    elif facts.planned:
        words += f": {facts.done} of {facts.planned} planned"
    if facts.sessions != facts.done:
        words += f", {count(facts.sessions, 'session')}"
    if facts.sessions:
        words += f", {round(facts.done_ms / 60_000)} min"
    lines = [Content.styled(long_date(facts.day), "bold $text-accent"), Content(words)]
    for record, steps in sessions:
        symbol, style = _OUTCOME_SYMBOLS[record.outcome]
        length = minutes_and_seconds(record.done_ms / 1000)
        title = _cut(record.title, max(_MIN_NAME, width - 9 - len(length) - 1))
        gap = " " * max(1, width - 9 - text_width(title) - len(length))
        when = f"{started_at(record):%H:%M}  "
        line = Content.assemble((when, _QUIET), (f"{symbol} ", style), (title, _STRONG), gap, (length, _QUIET))
        lines += [Content(""), line, *_step_lines(steps, names, width)] if steps else [line]
    return Content("\n").join(lines)


def session_text(
    record: SessionRecord, steps: Sequence[StepRecord], names: Mapping[str, str], width: int, *, has_title: bool = True
) -> Content:
    """Return a session in full: what it was, when, how it ended, and each exercise.

    Args:
        record: The session.
        steps: Its steps.
        names: The names of exercises by their ids.
        width: The cells of a line.
        has_title: Whether the title is the first line.
    """
    done = {step.number for step in steps if step.outcome is StepOutcome.DONE}
    facts = [session_when(record), session_result(record)]
    if steps:
        facts.append(f"{len(done)} of {count(len({step.number for step in steps}), 'exercise')} done")
    facts += [comfort_words(record)] if comfort_words(record) else []
    facts += ["The clock had been set back when this was recorded"] if record.clock_suspect else []
    lines = [Content.styled(record.title, "bold $text-accent")] if has_title else []
    lines += map(Content, facts)
    if record.note:
        lines.append(Content.assemble(("Note: ", _QUIET), f"“{record.note}”"))
    lines += [Content(""), *_step_lines(steps, names, width)]
    return Content("\n").join(lines)


def _step_lines(steps: Sequence[StepRecord], names: Mapping[str, str], width: int) -> list[Content]:
    if not steps:
        return [Content.styled("No step details for this session.", _QUIET)]
    results = [_step_result(step) for step in steps]
    cells = max(_MIN_NAME, min(_MAX_NAME, width - 14 - max(map(len, results))))
    lines = []
    before = 0
    for step, result in zip(steps, results, strict=True):
        symbol, style = _STEP_SYMBOLS[step.outcome]
        number = f"{step.number:>2}" if step.number != before else "  "
        before = step.number
        side = f", {step.side}" if step.side else ""
        name = _cut(names.get(step.exercise or "", step.exercise or "Rest"), cells - len(side)) + side
        after = f" {minutes_and_seconds(step.done_ms / 1000):>5}  {result}"
        what = pad_to_width(name, cells)
        lines.append(Content.assemble((f"{number}  ", _QUIET), (f"{symbol} ", style), what, (after, _QUIET)))
    return lines


def _step_result(step: StepRecord) -> str:
    """Return how a step ended; empty if it was done, which its symbol shows."""
    return "" if step.outcome is StepOutcome.DONE else step_result(step)


def _cut(text: str, cells: int) -> str:
    return text if text_width(text) <= cells else cut_to_width(text, cells - 1) + "…"
