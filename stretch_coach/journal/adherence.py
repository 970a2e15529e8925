"""Adherence, the share of the plan that was done, and strength, a habit's staying power. Pure."""

from collections import deque
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date

from stretch_coach.journal.day import DAY
from stretch_coach.journal.plan import Plan, PlanBook

HALF_LIFE_DAYS = 13.0
"""Days after which a daily habit that is no longer done has half its strength."""

_WEEK = 7


def adherence(done: Mapping[date, int], plans: PlanBook, today: date, window: int, first: date) -> float | None:
    """Sessions done of those planned, over the closed days of the last ``window`` ones; from 0 to 1.

    More than planned on one day makes up for no other; today counts only once it is satisfied.

    Args:
        done: Sessions done by day.
        plans: What was planned then.
        today: The last day of the window.
        window: How many days, today included.
        first: Days before this one count as not planned.

    Returns:
        None if nothing was planned.
    """
    asked_in_all = made_in_all = 0
    day = max(first, today - (window - 1) * DAY)
    while day <= today:
        asked, made = plans.sessions(day), done.get(day, 0)
        if day < today or made >= asked:
            asked_in_all += asked
            made_in_all += min(made, asked)
        day += DAY
    return made_in_all / asked_in_all if asked_in_all else None


def strength(
    done: Mapping[date, int],
    plans: PlanBook,
    first: date,
    last: date,
    *,
    skipped: AbstractSet[date] = frozenset(),
    before: float = 0.0,
) -> float:
    """An exponential average of what was done, which one miss cannot reset; from 0 to 1.

    ``s = s * m + c * (1 - m)`` for each day, with ``m = 0.5 ** (sqrt(f) / 13)`` and f the planned sessions a day;
    c is the day's share of its plan, or for plans of less than one a day the share of two weeks' plan that the last
    two weeks had. The idea is that of the score of Loop Habit Tracker.

    Args:
        done: Sessions done by day, also before ``first``.
        plans: What was planned then.
        first: The first day that counts.
        last: The last one.
        skipped: Days that leave the strength as it is.
        before: The strength on the day before ``first``.
    """
    score = before
    for _, score in strength_curve(done, plans, first, last, skipped=skipped, before=before):  # noqa: B007 - the last
        pass
    return score


def strength_curve(
    done: Mapping[date, int],
    plans: PlanBook,
    first: date,
    last: date,
    *,
    skipped: AbstractSet[date] = frozenset(),
    before: float = 0.0,
) -> Iterator[tuple[date, float]]:
    """Each day from the first to the last with the strength at its end; see ``strength``."""
    score = before
    lately = deque((done.get(first - back * DAY, 0) for back in range(2 * _WEEK, 0, -1)), maxlen=2 * _WEEK)
    day = first
    while day <= last:
        plan, asked, made = plans.on(day), plans.sessions(day), done.get(day, 0)
        lately.append(made)
        per_day = plan.per_week / _WEEK
        resting = per_day >= 1 and not asked and not made
        if day not in skipped and not resting:
            keep = 0.5 ** (per_day**0.5 / HALF_LIFE_DAYS)
            score = score * keep + _share_done(plan, asked, made, lately) * (1 - keep)
        yield day, score
        day += DAY


def _share_done(plan: Plan, asked: int, made: int, lately: deque[int]) -> float:
    if plan.per_week < _WEEK:
        return min(1.0, sum(lately) / (2 * plan.per_week))
    # On a rest day nothing is asked, and whatever is done is all of it.
    return min(1.0, made / (asked or 1))
