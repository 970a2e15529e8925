"""How the record is put into words, the same on every screen. Nothing here scolds."""

from datetime import date, datetime, timedelta, timezone

from stretch_coach.journal.records import SessionRecord, StepRecord
from stretch_coach.journal.summary import Summary


def streak_sentence(summary: Summary, on: date | None = None) -> str:
    """The streak in one sentence, which never scolds: of today, or of another day."""
    if not summary.streak.length:
        return f"No streak on {on}." if on else "No streak at the moment: today is a good day to begin one."
    sentence = (
        f"Streak on {on}: {days_text(summary.streak.length)}" if on else f"Streak: {days_text(summary.streak.length)}"
    )
    open_day = "that day" if on else "today"
    return f"{sentence}, and {open_day} is still to do." if summary.streak.at_risk else f"{sentence}."


def days_text(count: int) -> str:
    """A number of days, such as ``1 day``."""
    return "1 day" if count == 1 else f"{count} days"


def begun(record: SessionRecord) -> datetime:
    """When a session began, by the wall clock of that time."""
    return datetime.fromtimestamp(record.started_ms / 1000, timezone(timedelta(seconds=record.utc_offset_s)))


def clock_text(ms: int) -> str:
    """Minutes and seconds, such as ``3:05``."""
    seconds = round(ms / 1000)
    return f"{seconds // 60}:{seconds % 60:02d}"


def session_line(record: SessionRecord) -> str:
    """A session on one line of a list."""
    minutes = f"{clock_text(record.done_ms)} of {clock_text(record.planned_ms)}"
    note = f"  “{record.note}”" if record.note else ""
    return f"{begun(record):%Y-%m-%d %H:%M}  {minutes:>14}  {_how(record):<18}  {record.title}{note}"


def session_facts(record: SessionRecord) -> list[tuple[str, str]]:
    """All that is known of a session but its steps, each with its name."""
    said = {
        "id": record.id,
        "routine": record.routine,
        "begun": f"{begun(record):%Y-%m-%d %H:%M}",
        "day": record.day,
        "done": f"{clock_text(record.done_ms)} of {clock_text(record.planned_ms)}",
        "outcome": _how(record),
        "note": record.note,
        "before": None if record.comfort_before is None else f"{record.comfort_before} of 10",
        "after": None if record.comfort_after is None else f"{record.comfort_after} of 10",
        "clock": "had been set back when it began" if record.clock_suspect else None,
        "deleted": "yes" if record.deleted else None,
    }
    return [(name, value) for name, value in said.items() if value is not None]


def step_sentence(step: StepRecord, name: str | None = None) -> str:
    """A step of a session on one line, its exercise by its name if that is known."""
    what = (name or step.exercise or "rest") + (f", {step.side}" if step.side else "")
    done = f"{clock_text(step.done_ms)} of {clock_text(step.planned_ms)}, {step.reps_done} of {step.reps}"
    return f"{step.number:>3}  {what:<30}  {done:<20}  {step.outcome.value}"


def _how(record: SessionRecord) -> str:
    return record.outcome.value + ("" if record.source == "timer" else f", {record.source.value}")
