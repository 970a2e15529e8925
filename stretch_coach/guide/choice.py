"""Chooses a routine where settings, a rule or a command name several."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.guide.offers import read_offers
from stretch_coach.guide.rotation import Candidate, find_named, rotate
from stretch_coach.journal.recency import Recency, load_recency
from stretch_coach.phrasing import did_you_mean
from stretch_coach.settings.choices import EVERYTHING, rotating_names
from stretch_coach.text import clean, quoted


class RoutineChoice(NamedTuple):
    """The routine to do.

    Attributes:
        routine: Its id.
        title: Its title; empty if it is not known here, as where a single routine was named.
        reason: Why it is this one, in one sentence; empty where there was nothing to choose.
    """

    routine: str
    title: str = ""
    reason: str = ""


def choose_routine(context: Context, choice: str) -> RoutineChoice:
    """Return the routine that is meant by a setting, a rule or an argument.

    Args:
        context: The user's folders, settings, history and clock.
        choice: The name of a routine, which is returned unchanged; or several, such as `rotate: quick`.

    Raises:
        CoachError: A name means no routine, nothing that is named suits the user, or the history cannot be read.
    """
    names = rotating_names(choice)
    if not names:
        return RoutineChoice(choice)
    offers = read_offers(context.places)
    check_names(names, offers.routines)
    named = find_named([*offers.routines.values()], names)
    turn = rotate(named, read_recency(context), wall_hour(context), offers.wants)
    if turn is None:
        raise CoachError(choice, "names nothing that suits you.", "`stretch-coach profile` shows what you said.")
    return RoutineChoice(turn.routine.id, turn.routine.title, turn.reason)


def choose_for_prompt(context: Context, choice: str) -> RoutineChoice:
    """Return the routine that a break prompt offers; whatever is wrong, there is one, and the reason says what.

    Args:
        context: The user's folders, settings, history and clock.
        choice: What the rule names.
    """
    try:
        return choose_routine(context, choice)
    except CoachError as error:
        names = rotating_names(choice)
        known = find_named([*read_offers(context.places).routines.values()], names)
        return RoutineChoice(known[0].id if known else names[0], reason=clean(str(error), keep=""))


def check_names(names: tuple[str, ...], routines: Mapping[str, Candidate]) -> None:
    """Check that each name is the id of a routine, or a tag of one that is for everybody.

    Raises:
        CoachError: One is neither; it says which, and what is similar.
    """
    for name in names:
        if not find_named([*routines.values()], [name]):
            tags = {tag for one in routines.values() if find_named([one], one.tags) for tag in one.tags}
            hint = did_you_mean(name, sorted({*routines, *tags, EVERYTHING}), "`stretch-coach routines` lists ids.")
            raise CoachError(quoted(name), "is neither a routine nor a tag of one.", hint)


def read_recency(context: Context) -> Recency:
    """Return what was done lately.

    Raises:
        CoachError: The history cannot be read.
    """
    with context.history() as database:
        return load_recency(database, context.today, context.clock.wall().ms)


def wall_hour(context: Context) -> int:
    """Return the hour of the day on the wall clock, 0 to 23."""
    wall = context.clock.wall()
    return datetime.fromtimestamp(wall.ms / 1000 + wall.utc_offset_s, UTC).hour
