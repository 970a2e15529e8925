"""Which of several routines comes next: the one that had its turn least recently, and why. Pure.

The same history at the same moment always gives the same choice. The break watcher uses this, so it needs no models.
"""

from collections.abc import Sequence
from typing import NamedTuple

from stretch_coach.journal.recency import RECENT_DAYS, Recency
from stretch_coach.settings.choices import EVERYTHING

EVENING_TAG = "evening"
GOAL_TAGS = {"ease": "gentle", "strength": "strength", "move": "quick", "unwind": "evening"}
"""The tag of the routines that are for each goal. It is the tag of a group in the list of routines, too."""

NOT_TRIED = "You haven't tried this one yet."

_EVENING_FROM_HOUR, _EVENING_UNTIL_HOUR = 19, 4
_WANTED_SHARE, _WANTED_MOST_DAYS = 0.5, 0.75
"""How much longer a routine for the user's goal counts as waiting: this share, up to as many days.

The limit keeps the turns of all others weekly, with every routine in turn and five breaks a day.
"""

_MOSTLY = 0.5
"""A routine of which the profile leaves less than this share comes only after all others."""

_DAY_MS = 86_400_000
_NAMED_BY_WEEKDAY_DAYS = 6


class Candidate(NamedTuple):
    """A routine that may be chosen.

    Attributes:
        id: Its id.
        title: Its title.
        seconds: How long it takes.
        tags: What kind of routine it is.
        level: Who it is for.
        locked: Whether a clinician has to have taught it.
        suited: The share of its exercises, from 0 to 1, that suit the user or can be swapped for one that does.
    """

    id: str
    title: str
    seconds: float
    tags: tuple[str, ...] = ()
    level: str = "all"
    locked: bool = False
    suited: float = 1.0


class Wants(NamedTuple):
    """What the user's profile asks for.

    Attributes:
        tag: The tag of the routines for the user's goal; empty for none.
    """

    tag: str = ""

    def is_for(self, candidate: Candidate) -> bool:
        """Return whether a routine is for the goal."""
        return self.tag in candidate.tags


class Turn(NamedTuple):
    """The routine that comes next, and the reason in one sentence."""

    routine: Candidate
    reason: str


def find_named(candidates: Sequence[Candidate], names: Sequence[str]) -> list[Candidate]:
    """Return the routines that ids and tags name, each once.

    An id names its routine, whatever it is. A tag, or the word `all`, names the routines that are for everybody.
    """
    for_everybody = [one for one in candidates if one.level == "all" and not one.locked]
    found: dict[str, Candidate] = {}
    for name in names:
        found |= {one.id: one for one in candidates if one.id == name}
        found |= {one.id: one for one in for_everybody if name == EVERYTHING or name in one.tags}
    return list(found.values())


def rotate(named: Sequence[Candidate], recency: Recency, hour: int, wants: Wants = Wants()) -> Turn | None:  # noqa: B008 - it is immutable
    """Return whose turn it is, or None if nothing of any routine suits the user.

    A routine that had its turn today comes after those that had not. Then the time of day decides, as far as a routine
    is for the evening, and whether the profile leaves most of it. Then it is the one that had its turn least recently,
    where those for the user's goal count as waiting longer.

    Args:
        named: The routines to choose from.
        recency: What was done lately.
        hour: The hour of the day on the wall clock, 0 to 23.
        wants: What the user's profile asks for.
    """
    allowed = [one for one in named if one.suited > 0]
    if not allowed:
        return None

    def rank(one: Candidate, wants: Wants) -> tuple[int, bool, bool, float, float, str]:
        waited = _days_since_turn(one, recency)
        waited += min(waited * _WANTED_SHARE, _WANTED_MOST_DAYS) if wants.is_for(one) else 0
        fits = is_evening(hour) == (EVENING_TAG in one.tags)
        return recency.turns_today.get(one.id, 0), not fits, one.suited < _MOSTLY, -waited, one.seconds, one.id

    chosen = min(allowed, key=lambda one: rank(one, wants))
    if len(allowed) == 1 < len(named):
        return Turn(chosen, "The only one of these that suits you.")
    since = since_sentence(chosen.id, recency)
    if is_evening(hour) and EVENING_TAG in chosen.tags and not all(EVENING_TAG in one.tags for one in allowed):
        return Turn(chosen, _prefixed("For the evening", since))
    if chosen != min(allowed, key=lambda one: rank(one, Wants())):
        return Turn(chosen, _prefixed("For your goal", since))
    return Turn(chosen, since)


def is_evening(hour: int) -> bool:
    """Return whether an hour of the day, 0 to 23, is one at which to wind down."""
    return hour >= _EVENING_FROM_HOUR or hour < _EVENING_UNTIL_HOUR


def since_sentence(routine: str, recency: Recency) -> str:
    """Return when a routine was last done, as the sentence that explains its turn."""
    day = recency.last_day.get(routine)
    if day is None:
        return "Not done for more than four weeks." if routine in recency.long_ago else NOT_TRIED
    days = (recency.today - day).days
    if days <= 0:
        return "You have done the others more recently."
    if days == 1:
        return "Not done since yesterday."
    return f"Not done since {day:%A}." if days <= _NAMED_BY_WEEKDAY_DAYS else f"Not done for {days} days."


def _days_since_turn(one: Candidate, recency: Recency) -> float:
    last = recency.last_turn_ms.get(one.id)
    return RECENT_DAYS + 1 if last is None else min(RECENT_DAYS, max(0, recency.now_ms - last) / _DAY_MS)


def _prefixed(why: str, sentence: str) -> str:
    return f"{why}: {sentence[0].lower()}{sentence[1:]}"
