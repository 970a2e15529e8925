"""What to do now, and why: one routine, or none on a day on which something hurt. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from stretch_coach.journal.records import Outcome, SessionRecord
from stretch_coach.routine.model import Routine
from stretch_coach.session.comfort import Comfort, advise, gentle_routines

EVENING_FROM_HOUR = 19
QUICK_SECONDS = 300.0
"""What is done besides the plan should be short."""

_FIRST = "micro-break"
_EVENING_TAG = "evening"


class Suggestion(NamedTuple):
    """A routine with the reason for it; no routine where it is better to leave it."""

    routine: Routine | None
    reason: str


class Situation(NamedTuple):
    """What a suggestion is made from.

    Attributes:
        routines: The routines there are, by id.
        usual: The id of the routine that is started when none is named.
        hour: The hour of the day by the wall clock, 0 to 23.
        planned: Sessions planned today.
        done: Sessions done today.
        today: Today's sessions, newest first.
        lately: Those of the last weeks, newest first.
    """

    routines: Mapping[str, Routine]
    usual: str
    hour: int
    planned: int
    done: int
    today: Sequence[SessionRecord]
    lately: Sequence[SessionRecord]


def suggest(now: Situation) -> Suggestion:
    """What to do now."""
    if any(one.outcome is Outcome.STOPPED for one in now.today):
        return Suggestion(None, "You stopped today because it hurt. Leave it for today.")
    advice = advise([Comfort(one.comfort_before, one.comfort_after) for one in now.lately])
    if advice:
        gentle = gentle_routines(now.routines) if advice.gentler else []
        return Suggestion(gentle[0] if gentle else None, advice.sentence)
    open_routines = {id_: one for id_, one in now.routines.items() if not one.locks}
    completed = Counter(one.routine for one in now.lately if one.outcome is Outcome.COMPLETED)
    if not completed and _FIRST in open_routines:
        return Suggestion(open_routines[_FIRST], "One minute, nothing needed: a good first one.")
    evening = next((one for one in open_routines.values() if _EVENING_TAG in one.file.tags), None)
    if evening and now.hour >= EVENING_FROM_HOUR and all(one.routine != evening.id for one in now.today):
        return Suggestion(evening, "A calm end of the day.")
    if now.done < now.planned:
        return _of_the_plan(now, open_routines, completed)
    return _besides(now, open_routines)


def _of_the_plan(now: Situation, routines: Mapping[str, Routine], completed: Counter[str]) -> Suggestion:
    left = now.planned - now.done
    planned = "One session is" if left == 1 else f"{left} sessions are"
    favourite = next((id_ for id_, times in completed.most_common() if times > 1 and id_ in routines), None)
    if favourite:
        return Suggestion(routines[favourite], f"{planned} still planned for today, and this is the one you do most.")
    usual = routines.get(now.usual) or min(routines.values(), key=lambda one: one.total_seconds, default=None)
    return Suggestion(usual, f"{planned} still planned for today.")


def _besides(now: Situation, routines: Mapping[str, Routine]) -> Suggestion:
    """Something short that was not done for longest."""
    newest = {one.routine: one.started_ms for one in reversed(now.lately)}
    short = [one for one in routines.values() if one.total_seconds <= QUICK_SECONDS and one.file.level == "all"]
    oldest = min(short, key=lambda one: (newest.get(one.id, 0), one.total_seconds), default=None)
    done = "The plan is done" if now.planned else "Nothing is planned today"
    return Suggestion(oldest, f"{done}. If you like a short one: you have not done this for a while.")
