"""The history in sentences, the same on every screen and in every command. None of them scolds."""

from datetime import date, datetime, timedelta, timezone

from stretch_coach.journal.records import Outcome, SessionRecord, Source, StepOutcome, StepRecord
from stretch_coach.journal.summary import Summary, Today
from stretch_coach.phrasing import count, minutes_and_seconds

HURT_TODAY = "You stopped because it hurt. Rest for today."
"""What is said in place of any suggestion on a day on which a session was stopped."""

_MINUTE_MS = 60_000
_SOURCES = {Source.TIMER: "", Source.BREAK: "break", Source.MANUAL: "by hand"}
_SOURCE_WORDS = {Source.TIMER: "", Source.BREAK: "from a break prompt", Source.MANUAL: "logged by hand"}
_OUTCOME_WORDS = {Outcome.STOPPED: "stopped because it hurt"}
_STEP_WORDS = {StepOutcome.STOPPED: "stopped, it hurt"}


def streak_sentence(summary: Summary, on: date | None = None) -> str:
    """Return the streak in one sentence. On a day on which something hurt, it asks for nothing.

    Args:
        summary: The numbers on the day.
        on: The day to name in the sentence, or None for today.
    """
    length, when = summary.streak.length, f" on {on}" if on else ""
    if not length:
        if on:
            return f"No streak{when}."
        return "No streak right now." if summary.hurt else "No streak right now. Today is a good day to start one."
    sentence = f"{length}-day streak{when}."
    if summary.streak.at_risk and summary.hurt and not on:
        return f"{sentence} It can wait."
    if not summary.streak.at_risk:
        return sentence
    return f"{sentence} That day's session was not done yet." if on else f"{sentence} Do today's session to keep it."


def today_sentence(today: Today) -> str:
    """Return a day's sessions against its plan in one sentence."""
    done = count(today.done, "session")
    if today.summary.hurt:
        return f"A day to rest; {done} done." if today.done else "A day to rest."
    if not today.planned:
        return f"Rest day; {done} done anyway." if today.done else "Rest day."
    if today.done >= today.planned:
        return f"Done for today: {done}."
    return f"{today.done} of {count(today.planned, 'session')} done today."


def started_at(record: SessionRecord) -> datetime:
    """Return when a session started, by the wall clock of that place and time."""
    return datetime.fromtimestamp(record.started_ms / 1000, timezone(timedelta(seconds=record.utc_offset_s)))


def session_name(record: SessionRecord) -> str:
    """Return the title of a session with its date and time."""
    return f"{record.title} ({started_at(record):%Y-%m-%d %H:%M})"


def session_line(record: SessionRecord) -> str:
    """Return a session on one line of a list."""
    note = f"  “{record.note}”" if record.note else ""
    source = f" ({words})" if (words := _SOURCES[record.source]) else ""
    started = f"{started_at(record):%Y-%m-%d %H:%M}"
    return f"{started}  {_done_of_planned(record):>14}  {record.outcome.value:<11}  {record.title}{source}{note}"


def session_facts(record: SessionRecord) -> list[tuple[str, str]]:
    """Return what is known of a session, apart from its steps, as names and values."""
    facts = {
        "id": record.id,
        "routine": record.routine,
        "started": f"{started_at(record):%Y-%m-%d %H:%M}",
        "day": record.day,
        "done": _done_of_planned(record),
        "outcome": _outcome(record),
        "note": record.note,
        "before": None if record.comfort_before is None else f"{record.comfort_before} of 10",
        "after": None if record.comfort_after is None else f"{record.comfort_after} of 10",
        "clock": "it had been set back when this was recorded" if record.clock_suspect else None,
        "deleted": "yes" if record.deleted else None,
    }
    return [(name, value) for name, value in facts.items() if value is not None]


def session_when(record: SessionRecord) -> str:
    """Return when a session was, by the wall clock of that day, such as `Friday 20 November 2026, 12:00 to 12:03`."""
    start = started_at(record)
    end = record.ended_ms and record._replace(started_ms=record.ended_ms)
    until = f" to {started_at(end):%H:%M}" if end and end.started_ms >= record.started_ms + _MINUTE_MS else ""
    counted = "" if f"{start:%Y-%m-%d}" == record.day else f", counted for {record.day}"
    return f"{long_date(start.date())}, {start:%H:%M}{until}{counted}"


def session_result(record: SessionRecord) -> str:
    """Return how a session ended, such as `Completed, 3:00 of 3:00, from a break prompt`."""
    outcome = _OUTCOME_WORDS.get(record.outcome, record.outcome.value)
    parts = [outcome.capitalize(), _done_of_planned(record), _SOURCE_WORDS[record.source]]
    return ", ".join(filter(None, parts))


def comfort_words(record: SessionRecord) -> str:
    """Return how the neck felt around a session, such as `Neck: 5 before, 3 after`; empty if it was not rated."""
    ratings = ((record.comfort_before, "before"), (record.comfort_after, "after"))
    found = [f"{rating} {when}" for rating, when in ratings if rating is not None]
    return f"Neck: {', '.join(found)}" if found else ""


def long_date(day: date) -> str:
    """Return a day in words, such as `Friday 20 November 2026`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def step_result(step: StepRecord) -> str:
    """Return how a step ended, such as `done`, or `partial, 1 of 2` where not all repetitions were done."""
    words = _STEP_WORDS.get(step.outcome, step.outcome.value)
    return words if step.outcome is StepOutcome.DONE else f"{words}, {step.reps_done} of {step.reps}"


def step_line(step: StepRecord, name: str | None = None) -> str:
    """Return a step of a session on one line.

    Args:
        step: The step.
        name: The name of its exercise, or None where only the id is known.
    """
    what = (name or step.exercise or "rest") + (f", {step.side}" if step.side else "")
    done = f"{_done_of_planned(step)}, {step.reps_done} of {step.reps}"
    return f"{step.number:>3}  {what:<30}  {done:<20}  {step.outcome.value}"


def _done_of_planned(part: SessionRecord | StepRecord) -> str:
    return f"{minutes_and_seconds(part.done_ms / 1000)} of {minutes_and_seconds(part.planned_ms / 1000)}"


def _outcome(record: SessionRecord) -> str:
    return ", ".join(filter(None, [record.outcome.value, _SOURCES[record.source]]))
