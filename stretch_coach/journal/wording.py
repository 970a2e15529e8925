"""How the record is put into words, the same on every screen. Nothing here scolds."""

from datetime import date

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
