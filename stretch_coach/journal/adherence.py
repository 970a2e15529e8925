"""Adherence (the share of a plan that was done) and strength (how firm a habit is). Pure arithmetic."""

from collections import deque
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date

from stretch_coach.journal.day import DAY
from stretch_coach.journal.plan import Plan, PlanBook

HALF_LIFE_DAYS = 13.0
"""A daily habit that stops loses half of its strength in this many days."""

_WEEK = 7


def adherence(done: Mapping[date, int], plans: PlanBook, today: date, window: int, first: date) -> float | None:
    """Return the share of the planned sessions that were done in the last `window` days.

    Extra sessions do not make up for a missed day. Today counts once its plan is done.

    Args:
        done: Sessions done by day.
        plans: The plans.
        today: The last day of the window.
        window: The length of the window in days, today included.
        first: The first day that can count.

    Returns:
        From 0.0 to 1.0, or None if nothing was planned.
    """
    planned_in_all = done_in_all = 0
    for day, _, planned in plans.each_day(max(first, today - (window - 1) * DAY), today):
        made = done.get(day, 0)
        if day < today or made >= planned:
            planned_in_all += planned
            done_in_all += min(made, planned)
    return done_in_all / planned_in_all if planned_in_all else None


def strength_curve(
    done: Mapping[date, int],
    plans: PlanBook,
    first: date,
    last: date,
    *,
    skipped: AbstractSet[date] = frozenset(),
    before: float = 0.0,
) -> Iterator[tuple[date, float]]:
    """Yield each day with the strength of the habit at its end, from 0.0 to 1.0.

    Strength is an exponential average of what was done, so a single miss does not reset it. For each day
    `s = s * m + c * (1 - m)` with `m = 0.5 ** (sqrt(f) / 13)`, where `f` is the planned sessions a day and `c` is the
    share of the day's plan that was done. For a plan of less than one session a day, `c` is the share of two weeks'
    plan that was done in the last two weeks. The idea is the score of Loop Habit Tracker.

    Args:
        done: Sessions done by day, days before `first` included.
        plans: The plans.
        first: The first day.
        last: The last day.
        skipped: Days that do not change the strength.
        before: The strength before `first`.
    """
    score = before
    lately = deque((done.get(first - back * DAY, 0) for back in range(2 * _WEEK, 0, -1)), maxlen=2 * _WEEK)
    current: Plan | None = None
    per_week, keep = 0, 1.0
    for day, plan, planned in plans.each_day(first, last):
        if plan is not current:
            current, per_week = plan, plan.per_week
            keep = 0.5 ** ((per_week / _WEEK) ** 0.5 / HALF_LIFE_DAYS)
        made = done.get(day, 0)
        lately.append(made)
        resting = per_week >= _WEEK and not planned and not made
        if day not in skipped and not resting:
            # A session on a rest day counts as all of that day's plan.
            share = sum(lately) / (2 * per_week) if per_week < _WEEK else made / (planned or 1)
            score = score * keep + min(1.0, share) * (1 - keep)
        yield day, score
