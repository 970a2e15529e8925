"""One warm sentence after a session: always true, never a claim about health, and not always the same. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from stretch_coach.journal.glance import Glance
from stretch_coach.journal.records import Outcome, SessionRecord
from stretch_coach.phrasing import count

_LONG_GAP_DAYS = 7
_FEW = 3
_ROUND_STREAKS = frozenset({7, 14, 21, 30, 50, 75, 100, 150, 200, 250, 300, 365})
_TENTHS = 10


class Facts(NamedTuple):
    """What is known about a session that was just finished.

    Attributes:
        outcome: How it ended.
        title: The title of its routine.
        minutes: How many minutes it took, rounded.
        is_first: It is the first session of the history.
        days_since: Days since the day of the session before it, or None if that is unknown.
        times: How often its routine was completed in the last four weeks, this time included.
        is_new: Its routine was not done before.
        streak: The length of the streak.
        is_longest: No streak was longer, and this session made it so.
        planned: Sessions planned for the day.
        done: Sessions of the day that count.
        week_sessions: Sessions in the last seven days that count.
        week_minutes: Minutes in the last seven days, rounded.
    """

    outcome: Outcome
    title: str
    minutes: int
    is_first: bool
    days_since: int | None
    times: int
    is_new: bool
    streak: int
    is_longest: bool
    planned: int
    done: int
    week_sessions: int
    week_minutes: int


def gather(glance: Glance, record: SessionRecord, outcome: Outcome, done_seconds: float) -> Facts:
    """Return what is known about a session.

    Args:
        glance: Its day at a glance, with the session in it.
        record: Its record at its start.
        outcome: How it ended.
        done_seconds: How many seconds of it were done.
    """
    others = [one for one in glance.recent if one.id != record.id]
    same = [one for one in others if one.routine == record.routine]
    today = glance.today
    return Facts(
        outcome=outcome,
        title=record.title,
        minutes=round(done_seconds / 60),
        is_first=not others and not glance.long_ago,
        days_since=(today.day - date.fromisoformat(others[0].day)).days if others else None,
        times=sum(one.outcome is Outcome.COMPLETED for one in same) + (outcome is Outcome.COMPLETED),
        is_new=not same and record.routine not in glance.long_ago,
        streak=today.summary.streak.length,
        is_longest=today.summary.streak.length >= today.summary.longest and today.done == 1,
        planned=today.planned,
        done=today.done,
        week_sessions=sum(day.done for day in glance.week),
        week_minutes=round(sum(day.done_ms for day in glance.week) / 60_000),
    )


def warm_sentence(facts: Facts, turn: int) -> str:
    """Return a sentence about a session; empty after one that was stopped because it hurt.

    Args:
        facts: What is known about it.
        turn: Any number that grows from session to session, so that the sentence changes.
    """
    if facts.outcome is Outcome.STOPPED:
        return ""
    if facts.outcome is not Outcome.COMPLETED:
        return _pick(["What you did is kept.", "Some of it is more than none of it.", "Stopping early is fine."], turn)
    return _pick(_milestones(facts) or _ordinary(facts), turn)


def _milestones(facts: Facts) -> list[str]:
    """Return what can be said only on a day like this."""
    if facts.is_first:
        return ["Your first session. Welcome."]
    found = []
    if facts.days_since is not None and facts.days_since >= _LONG_GAP_DAYS:
        found.append(f"Good to have you back after {facts.days_since} days.")
    if facts.streak in _ROUND_STREAKS and facts.done == 1:
        found.append(f"That makes it a {facts.streak}-day streak.")
    if facts.is_longest and facts.streak > _FEW:
        found.append(f"{facts.streak} days: no streak of yours was longer.")
    if facts.times and facts.times % _TENTHS == 0:
        found.append(f"{facts.title}: {facts.times} times in four weeks. You could lead it yourself.")
    return found


def _ordinary(facts: Facts) -> list[str]:
    """Return what is true of many sessions."""
    found = ["You took the time, and you finished it.", "Done, and it counts."]
    if facts.is_new:
        found = [f"{facts.title} was new to you. Now you know it."]
    if facts.planned and facts.done == facts.planned:
        found.append("Everything you planned for today is done.")
    if facts.planned and facts.done > facts.planned:
        found.append("That is more than you planned for today.")
    if not facts.planned:
        found.append("A rest day by your plan, and you came anyway.")
    if facts.week_sessions > _FEW:
        found.append(f"{facts.week_sessions} sessions in the last seven days.")
    if facts.week_minutes > facts.minutes + 1:
        found.append(f"{count(facts.week_minutes, 'minute')} for yourself in the last seven days.")
    return found


def _pick(sentences: Sequence[str], turn: int) -> str:
    return sentences[turn % len(sentences)]
