"""How the neck felt over time. A change counts only if it exceeds the usual variation. Pure arithmetic."""

from collections.abc import Sequence
from enum import StrEnum
from statistics import fmean
from typing import NamedTuple

MEANINGFUL_POINTS = 2.0
"""People do not feel a smaller difference of a rating from 0 to 10 (about 2 points, Farrar 2001)."""

MEANINGFUL_SHARE = 0.3
"""Nor one of less than this share of the earlier rating (about 30%, Farrar 2001)."""

MIN_RATINGS = 5
"""Single ratings vary by more than that (up to 4 points, Kovacs 2008), so means of at least five are compared."""

WORSE_BY = 2
"""A session after which the neck feels worse by this many points was too much."""


class ComfortPair(NamedTuple):
    """How the neck felt around one session, from 0 (no discomfort) to 10 (worst imaginable), or None if not rated."""

    day: str
    before: int | None
    after: int | None


class Trend(StrEnum):
    """How ratings changed."""

    TOO_FEW = "too few ratings to tell"
    USUAL = "within normal variation"
    LOWER = "lower"
    HIGHER = "higher"


class ComfortChange(NamedTuple):
    """A trend, with the means of the earlier and the later ratings, which are None if there are too few ratings."""

    trend: Trend
    earlier: float | None = None
    later: float | None = None


def compare(earlier: Sequence[float], later: Sequence[float]) -> ComfortChange:
    """Compare the means of two groups of at least five ratings. A change is at least 2 points and 30%."""
    if min(len(earlier), len(later)) < MIN_RATINGS:
        return ComfortChange(Trend.TOO_FEW)
    before, after = fmean(earlier), fmean(later)
    difference = abs(after - before)
    if difference < MEANINGFUL_POINTS or difference < MEANINGFUL_SHARE * before:
        return ComfortChange(Trend.USUAL, before, after)
    return ComfortChange(Trend.LOWER if after < before else Trend.HIGHER, before, after)


def over_time(pairs: Sequence[ComfortPair]) -> ComfortChange:
    """Compare the first third of the ratings before sessions with the last third."""
    ratings = [pair.before for pair in pairs if pair.before is not None]
    third = max(MIN_RATINGS, len(ratings) // 3)
    return compare(ratings[:third], ratings[third:][-third:])


def around_sessions(pairs: Sequence[ComfortPair]) -> ComfortChange:
    """Compare the ratings before sessions with those after the same sessions."""
    both = [(pair.before, pair.after) for pair in pairs if pair.before is not None and pair.after is not None]
    return compare([before for before, _ in both], [after for _, after in both])
