"""A simulated year of five breaks a day: no routine too often, and every exercise that suits at least weekly."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple, get_args

import pytest

from stretch_coach.guide.offers import read_offers
from stretch_coach.guide.profile import Caution, Profile, save_profile
from stretch_coach.guide.rotation import find_named, rotate
from stretch_coach.guide.suitability import load_suitability
from stretch_coach.journal.recency import Recency
from stretch_coach.paths import Places
from stretch_coach.routine.library import Library

FIRST_DAY = date(2026, 1, 5)
HOURS = (9, 11, 14, 16, 19)
"""Four in the working day, and one in the evening, for which some routines are made."""

DAY_MS, HOUR_MS = 86_400_000, 3_600_000
WEEK, SEASON, YEAR = 7, 56, 364


class Break(NamedTuple):
    """A break of the simulation."""

    day: int
    routine: str
    exercises: frozenset[str]


def simulate(places: Places, library: Library, profile: Profile, name: str, days: int) -> Iterator[Break]:
    """Yield the breaks of some days, each of which is taken."""
    save_profile(places.profile, profile)
    offers, suits = read_offers(places), load_suitability(places)
    named = find_named([*offers.routines.values()], [name])
    last_day: dict[str, date] = {}
    last_turn: dict[str, int] = {}
    last_done: dict[str, int] = {}
    for number in range(days):
        today, turns = FIRST_DAY + timedelta(number), Counter[str]()
        for hour in HOURS:
            now_ms = number * DAY_MS + hour * HOUR_MS
            turn = rotate(named, Recency(today, now_ms, last_day, last_turn, turns), hour, offers.wants)
            assert turn
            id_ = turn.routine.id
            suited = suits.suit(library.routines[id_], last_done).routine
            assert suited.total_seconds <= library.routines[id_].total_seconds
            done = frozenset(exercise.id for exercise in suited.exercises)
            last_day[id_], last_turn[id_] = today, now_ms
            turns[id_] += 1
            last_done |= dict.fromkeys(done, now_ms)
            yield Break(number, id_, done)


def longest_gaps(breaks: list[Break], days: int) -> dict[str, int]:
    """Return the longest time between two days with each exercise, and before the first and after the last of them."""
    gaps: dict[str, int] = {}
    last: dict[str, int] = {}
    for one in breaks:
        for exercise in one.exercises:
            gaps[exercise] = max(gaps.get(exercise, 0), one.day - last.get(exercise, -1))
            last[exercise] = one.day
    return {exercise: max(gap, days - last[exercise]) for exercise, gap in gaps.items()}


def possible(library: Library, profile: Profile, places: Places, name: str) -> set[str]:
    """Return the exercises that suit the profile and may be done in the routines that a name means."""
    save_profile(places.profile, profile)
    suits = load_suitability(places)
    named = find_named([*read_offers(places).routines.values()], [name])
    exercises = {one.id: one for each in named for one in library.routines[each.id].all_exercises}
    return set(suits.suitable(exercises))


BREAKS_A_DAY = len(HOURS)
MOST_A_DAY = 2


@pytest.mark.parametrize("name", ["quick", "all"])
def test_a_year_without_a_profile(places: Places, library: Library, name: str) -> None:
    breaks = list(simulate(places, library, Profile(), name, YEAR))
    assert max(Counter((one.day, one.routine) for one in breaks).values()) <= MOST_A_DAY
    gaps = longest_gaps(breaks, YEAR)
    assert set(gaps) == possible(library, Profile(), places, name)
    assert max(gaps.values()) <= WEEK


def test_a_goal_leaves_the_others_their_weekly_turn(places: Places, library: Library) -> None:
    profile = Profile(goal="move")
    breaks = list(simulate(places, library, profile, "all", SEASON))
    assert max(Counter((one.day, one.routine) for one in breaks).values()) <= MOST_A_DAY
    assert max(longest_gaps(breaks, SEASON).values()) <= WEEK


@pytest.mark.parametrize("caution", get_args(Caution))
def test_a_season_with_each_filter(places: Places, library: Library, caution: Caution) -> None:
    """As far as the library allows: where a filter leaves few routines anything, they share the day evenly."""
    profile = Profile(cautions=(caution,))
    breaks = list(simulate(places, library, profile, "all", SEASON))
    routines = {one.routine for one in breaks}
    assert max(Counter((one.day, one.routine) for one in breaks).values()) <= max(
        MOST_A_DAY, -(-BREAKS_A_DAY // len(routines))
    )
    gaps = longest_gaps(breaks, SEASON)
    assert set(gaps) == possible(library, profile, places, "all")
    assert max(gaps.values()) <= WEEK
