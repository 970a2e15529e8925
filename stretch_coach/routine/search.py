"""The search for routines and exercises: what is found, in which order, and why. Pure."""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from stretch_coach.routine.catalogue import ExerciseCard, RoutineCard

_NAMED_EXERCISES = 2
"""How many exercises a reason names."""

_PLAIN_WORDS = 3
"""A target of more words than this describes; one of fewer is the name of a muscle."""


class Place(IntEnum):
    """Where a word was found, the best place first."""

    TITLE = 0
    PURPOSE = 1
    EXERCISE = 2
    MUSCLE = 3
    ALIAS = 4
    EFFECT = 5
    TAG = 6


class Hit(NamedTuple):
    """A routine or an exercise that was found.

    Attributes:
        card: The routine or the exercise.
        rank: What hits are sorted by, the smallest first.
        reason: What matched, if the title does not show it; else empty.
    """

    card: RoutineCard | ExerciseCard
    rank: tuple[int, ...]
    reason: str = ""


class Hits(NamedTuple):
    """What a search found, the best first.

    Attributes:
        routines: The routines.
        exercises: The exercises, including those that no routine has.
    """

    routines: tuple[Hit, ...]
    exercises: tuple[Hit, ...]


class _Match(NamedTuple):
    """The best place of one word: where, whether inside a word rather than at its start, and the text found."""

    place: Place
    inside: bool
    text: str


def search(query: str, routines: Iterable[RoutineCard], exercises: Iterable[ExerciseCard] = ()) -> Hits:
    """Return the routines and exercises that have every word of `query`; for an empty query, all routines."""
    words = query.casefold().split()
    found = [hit for card in routines if (hit := _find_routine(card, words))]
    also = [hit for one in exercises if (hit := _find_exercise(one, words))] if words else []
    return Hits(tuple(sorted(found, key=_order)), tuple(sorted(also, key=_order)))


def spans(text: str, query: str) -> list[tuple[int, int]]:
    """Return where the words of `query` are in a text, as pairs of first index and the one after the last."""
    folded = text.casefold()
    if len(folded) != len(text):  # folding changed the length, so that its indices say nothing about the text
        return []
    starts = ((folded.find(word), len(word)) for word in query.casefold().split())
    return [(start, start + length) for start, length in starts if start >= 0]


def _order(hit: Hit) -> tuple[object, ...]:
    card = hit.card
    name = card.title if isinstance(card, RoutineCard) else card.name
    return (*hit.rank, name, card.id)


def _find_routine(card: RoutineCard, words: Sequence[str]) -> Hit | None:
    texts = [(Place.TITLE, card.title), (Place.PURPOSE, card.purpose)]
    texts += [text for one in card.exercises for text in _exercise_texts(one)]
    texts += [(Place.TAG, tag) for tag in (card.level or "", *card.tags)]
    matches = [match for word in words if (match := _best(word, texts))]
    if len(matches) < len(words):
        return None
    worst = max(matches, default=None)
    if worst is None:
        return Hit(card, (0,))
    having = _having(card, words)
    direct = sum(match.place < Place.EFFECT for match, _ in having)
    # Of two routines for a muscle, the better one has more exercises for it, and fewer others.
    focus = -100 * direct * direct // max(1, len(card.exercises))
    return Hit(card, (_level(worst.place), worst.inside, focus, int(card.total_seconds)), _reason(worst, having))


def _find_exercise(one: ExerciseCard, words: Sequence[str]) -> Hit | None:
    matches = [match for word in words if (match := _best(word, _exercise_texts(one)))]
    if len(matches) < len(words):
        return None
    worst = max(matches)
    reason = "" if worst.place is Place.EXERCISE else worst.text[:1].upper() + worst.text[1:]
    # Of two exercises for a muscle, the better one is for fewer others.
    return Hit(one, (_level(worst.place), worst.inside, len(one.targets)), reason)


def _level(place: Place) -> int:
    """Return the rank of a place. A muscle and another name of an exercise are equally good."""
    return min(place, Place.MUSCLE) if place < Place.EFFECT else place


def _exercise_texts(one: ExerciseCard) -> list[tuple[Place, str]]:
    aliases = [(Place.ALIAS, alias) for alias in one.aliases]
    targets = [
        (Place.MUSCLE if len(target.split()) <= _PLAIN_WORDS else Place.EFFECT, target) for target in one.targets
    ]
    return [(Place.EXERCISE, one.name), *aliases, *targets]


def _best(word: str, texts: Iterable[tuple[Place, str]]) -> _Match | None:
    """Return the best match of a word, or None. Of equally good texts the shortest is a plain name."""
    matches = [
        _Match(place, not _at_start(word, text.casefold()), text) for place, text in texts if word in text.casefold()
    ]
    return min(matches, key=lambda match: (match.place, match.inside, len(match.text), match.text), default=None)


def _at_start(word: str, text: str) -> bool:
    """Return whether a text has the word at the start of one of its words."""
    at = text.find(word)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(word, at + 1)
    return at >= 0


def _having(card: RoutineCard, words: Sequence[str]) -> list[tuple[_Match, ExerciseCard]]:
    """Return the exercises of a routine that have any of the words, the best matches first."""
    found = []
    for one in card.exercises:
        matches = [match for word in words if (match := _best(word, _exercise_texts(one)))]
        if matches:
            found.append((min(matches), one))
    return sorted(found)


def _reason(worst: _Match, having: Sequence[tuple[_Match, ExerciseCard]]) -> str:
    text = worst.text[:1].upper() + worst.text[1:]
    match worst.place:
        case Place.TITLE:
            return ""
        case Place.PURPOSE:
            return text
        case Place.TAG:
            return text.replace("-", " ")
        case Place.EXERCISE:
            return f"With {worst.text}"
        case Place.ALIAS:
            name = next(one.name for _, one in having if worst.text in one.aliases)
            return f"With {name} ({worst.text})"
        case _:
            names = [one.name for match, one in having if match.place == worst.place]
            more = f" and {len(names) - _NAMED_EXERCISES} more" if len(names) > _NAMED_EXERCISES else ""
            return f"{text}: {', '.join(names[:_NAMED_EXERCISES])}{more}" if names else text
