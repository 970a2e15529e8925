"""The suggestion of what to do now, and why: a routine, or none on a day on which something hurt. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, NamedTuple

from stretch_coach.guide.rotation import EVENING_TAG, Candidate, Wants, find_named, is_evening, rotate
from stretch_coach.journal.recency import Recency
from stretch_coach.journal.records import Outcome, SessionRecord
from stretch_coach.journal.sentences import HURT_TODAY
from stretch_coach.phrasing import count
from stretch_coach.routine.catalogue import RoutineFacts
from stretch_coach.session.comfort import AnyRoutine, Comfort, advise, gentle_routines
from stretch_coach.settings.choices import rotating_names

SHORT_SECONDS = 300.0
"""The longest routine that is suggested beyond the plan."""

_FIRST = "micro-break"
_FOR_ALL = ("all", None)
_NOTHING_SUITS = "No routine suits you now. Your profile says what is left out."


class Suggestion(NamedTuple, Generic[AnyRoutine]):
    """A routine and the reason for it. `routine` is None if it is better to rest."""

    routine: AnyRoutine | None
    reason: str


class Aim(NamedTuple):
    """What the user wants, as far as they have said.

    Attributes:
        goal: The goal in words; empty if there is none.
        tag: The tag of the routines for it; empty if there is no goal.
        minutes: How many minutes a day, or None if that is not known.
    """

    goal: str = ""
    tag: str = ""
    minutes: int | None = None


class ProgramToday(NamedTuple):
    """What the program that runs has for today.

    Attributes:
        routine: The id of the routine that is due next, or empty if none is.
        sentence: Why it is due, or what the day is for otherwise.
        is_done: Whether today's routines are done.
    """

    routine: str
    sentence: str
    is_done: bool = False


class Situation(NamedTuple, Generic[AnyRoutine]):
    """The facts on which a suggestion is based.

    Attributes:
        routines: The routines that may be suggested, by id.
        default_routine: What starts when nothing is named: a routine, or several in turn.
        hour: The hour of the day on the wall clock, 0 to 23.
        planned: How many sessions are planned for today.
        done: How many sessions of today count as done.
        today: Today's sessions, newest first.
        recent: The sessions of the last weeks, newest first.
        recency: When each routine had its last turn.
        aim: What the user wants.
        program: What the program that runs has for today, or None if none runs.
    """

    routines: Mapping[str, AnyRoutine]
    default_routine: str
    hour: int
    planned: int
    done: int
    today: Sequence[SessionRecord]
    recent: Sequence[SessionRecord]
    recency: Recency
    aim: Aim = Aim()
    program: ProgramToday | None = None


def hurt_today(today: Sequence[SessionRecord]) -> bool:
    """Return whether one of today's sessions was stopped because it hurt."""
    return any(record.outcome is Outcome.STOPPED for record in today)


def suggest(situation: Situation[AnyRoutine]) -> Suggestion[AnyRoutine]:
    """Return what to do now, and why."""
    if hurt_today(situation.today):
        return Suggestion(None, HURT_TODAY)
    ratings = [Comfort(record.comfort_before, record.comfort_after) for record in situation.recent]
    if advice := advise(ratings):
        gentle = gentle_routines(situation.routines) if advice.gentler else []
        return Suggestion(gentle[0] if gentle else None, advice.sentence)
    program = situation.program
    if program and not (program.is_done and situation.done < situation.planned):
        return Suggestion(situation.routines.get(program.routine), program.sentence)
    unlocked = {id_: routine for id_, routine in situation.routines.items() if not routine.locked}
    return _suggest_one(situation, unlocked) if unlocked else Suggestion(None, _NOTHING_SUITS)


def _suggest_one(situation: Situation[AnyRoutine], unlocked: Mapping[str, AnyRoutine]) -> Suggestion[AnyRoutine]:
    completed = Counter(record.routine for record in situation.recent if record.outcome is Outcome.COMPLETED)
    if not completed and _FIRST in unlocked:
        return Suggestion(unlocked[_FIRST], "A good first session: one minute, no equipment.")
    evening = {id_: one for id_, one in unlocked.items() if EVENING_TAG in one.tags}
    if is_evening(situation.hour) and evening and not any(one.routine in evening for one in situation.today):
        return _whose_turn(situation, evening, evening, "A calm end to the day.", says_since=False)
    if situation.done < situation.planned:
        return _from_plan(situation, unlocked, completed)
    return _beyond_plan(situation, unlocked)


def _from_plan(
    situation: Situation[AnyRoutine], routines: Mapping[str, AnyRoutine], completed: Counter[str]
) -> Suggestion[AnyRoutine]:
    left = f"{count(situation.planned - situation.done, 'session')} left today."
    left = f"One{left[1:]}" if left.startswith("1 ") else left
    routines = _in_time(situation, routines)
    usual = find_named([*map(_candidate, routines.values())], rotating_names(situation.default_routine))
    if usual:
        return _whose_turn(situation, routines, [one.id for one in usual], left)
    aimed = [id_ for id_, one in routines.items() if situation.aim.tag in one.tags and one.level in _FOR_ALL]
    if aimed:
        sentence = f"{left} For your goal: {situation.aim.goal}."
        return _whose_turn(situation, routines, aimed, sentence, says_since=False)
    favourites = [id_ for id_, times in completed.items() if times > 1 and id_ in routines]
    if len(favourites) > 1:
        return _whose_turn(situation, routines, favourites, left)
    if favourites:
        return Suggestion(routines[favourites[0]], f"{left} This is your most-used routine.")
    shortest = min(routines.values(), key=lambda routine: routine.total_seconds, default=None)
    return Suggestion(routines.get(situation.default_routine) or shortest, left)


def _beyond_plan(situation: Situation[AnyRoutine], routines: Mapping[str, AnyRoutine]) -> Suggestion[AnyRoutine]:
    """Suggest the short routine whose turn it is."""
    short = [id_ for id_, one in routines.items() if one.total_seconds <= SHORT_SECONDS and one.level in _FOR_ALL]
    plan = "Today's plan is done." if situation.planned else "Nothing is planned for today."
    return _whose_turn(situation, routines, short, f"{plan} Want a short one?" if short else plan)


def _whose_turn(
    situation: Situation[AnyRoutine],
    routines: Mapping[str, AnyRoutine],
    ids: Iterable[str],
    sentence: str,
    *,
    says_since: bool = True,
) -> Suggestion[AnyRoutine]:
    """Return the routine whose turn it is among some, with a sentence, and then why it is this one if that is said."""
    named = [_candidate(routines[id_]) for id_ in ids]
    turn = rotate(named, situation.recency, situation.hour, Wants(situation.aim.tag))
    if turn is None:
        return Suggestion(None, sentence)
    return Suggestion(routines[turn.routine.id], f"{sentence} {turn.reason}" if says_since else sentence)


def _candidate(routine: RoutineFacts) -> Candidate:
    level = routine.level or "all"
    return Candidate(routine.id, routine.title, routine.total_seconds, routine.tags, level, routine.locked)


def _in_time(situation: Situation[AnyRoutine], routines: Mapping[str, AnyRoutine]) -> Mapping[str, AnyRoutine]:
    """Return the routines that fit into what is left of the user's time today; all of them if none does."""
    if situation.aim.minutes is None:
        return routines
    left = situation.aim.minutes * 60 - sum(record.done_ms for record in situation.today) / 1000
    fitting = {id_: one for id_, one in routines.items() if one.total_seconds <= left}
    return fitting or routines
