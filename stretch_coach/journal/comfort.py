"""How the neck felt, over time: said to have changed only where it did by more than from day to day. Pure."""

from collections.abc import Sequence
from enum import StrEnum
from statistics import fmean
from typing import NamedTuple

MEANINGFUL_POINTS = 2.0
"""A smaller difference of a 0 to 10 rating is not felt to be one (about 2 points, Farrar 2001)."""

MEANINGFUL_SHARE = 0.3
"""Nor is one of less than this share of where it began (about 30 %, Farrar 2001)."""

RATINGS_AT_LEAST = 5
"""Single ratings vary by more than that (up to 4 points, Kovacs 2008): means of several are compared."""


class ComfortPair(NamedTuple):
    """How the neck felt around one session: 0 is no discomfort, 10 the worst imaginable; none where it was not said."""

    day: str
    before: int | None
    after: int | None


class Trend(StrEnum):
    """What ratings come to."""

    TOO_FEW = "too few ratings to say"
    USUAL = "within normal day-to-day variation"
    LOWER = "lower"
    HIGHER = "higher"


class Change(NamedTuple):
    """Two means, and whether they differ by more than usual; the means are none where there are too few ratings."""

    trend: Trend
    earlier: float | None = None
    later: float | None = None


def compare(earlier: Sequence[float], later: Sequence[float]) -> Change:
    """Whether ratings changed: by at least 2 points and 30 %, the means of at least five each."""
    if min(len(earlier), len(later)) < RATINGS_AT_LEAST:
        return Change(Trend.TOO_FEW)
    begun, ended = fmean(earlier), fmean(later)
    difference = abs(ended - begun)
    if difference < MEANINGFUL_POINTS or difference < MEANINGFUL_SHARE * begun:
        return Change(Trend.USUAL, begun, ended)
    return Change(Trend.LOWER if ended < begun else Trend.HIGHER, begun, ended)


def over_time(pairs: Sequence[ComfortPair]) -> Change:
    """The ratings before sessions: those of the first third against those of the last."""
    ratings = [pair.before for pair in pairs if pair.before is not None]
    third = max(RATINGS_AT_LEAST, len(ratings) // 3)
    return compare(ratings[:third], ratings[third:][-third:])


def around_sessions(pairs: Sequence[ComfortPair]) -> Change:
    """The ratings before sessions against those after the same sessions."""
    both = [(pair.before, pair.after) for pair in pairs if pair.before is not None and pair.after is not None]
    return compare([before for before, _ in both], [after for _, after in both])
