"""Days and plans for tests. 1 November 2026 is a Sunday."""

from datetime import date


def november(*days: int) -> frozenset[date]:
    """Return days of November 2026."""
    return frozenset(date(2026, 11, day) for day in days)


def every_day(_day: date) -> bool:
    """Plan something on every day."""
    return True


def weekdays(day: date) -> bool:
    """Plan something from Monday to Friday."""
    return day.weekday() < 5
