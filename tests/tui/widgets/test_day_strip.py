"""The strip of days: a symbol for each day that colour only repeats, and a line that joins the days of the streak."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.day import DAY
from stretch_coach.journal.statistics import DayFacts, DayKind
from stretch_coach.journal.streak import Streak
from stretch_coach.tui.widgets.day_strip import day_strip, day_symbol, short_strip

FRIDAY = date(2026, 11, 20)
NONE = Streak(0, None, None, at_risk=False)


def days(*kinds: DayKind) -> list[DayFacts]:
    """Return days of these kinds that end on Friday, with two minutes each where something was done."""
    first = FRIDAY - (len(kinds) - 1) * DAY
    done = {DayKind.DONE: 120_000, DayKind.PART: 120_000}
    return [DayFacts(first + n * DAY, kind, 1, 0, 0, done.get(kind, 0), 0, 0.0) for n, kind in enumerate(kinds)]


def plain(*kinds: DayKind, streak: Streak = NONE, width: int = 56) -> list[str]:
    return [line.plain.rstrip() for line in day_strip(days(*kinds), streak, width, minutes=True)]


def test_strip_names_days_and_joins_the_streak() -> None:
    streak = Streak(2, FRIDAY - 3 * DAY, FRIDAY - DAY, at_risk=True)
    kinds = (DayKind.MISSED, DayKind.DONE, DayKind.FROZEN, DayKind.DONE, DayKind.OPEN)
    assert plain(*kinds, streak=streak, width=20) == ["Mo  Tu  We  Th  Fr", "□   ●━━━*━━━●   ○", "    2 m     2 m"]


def test_symbols_differ_without_colour() -> None:
    symbols = [day_symbol(one).plain for one in days(*DayKind)]
    assert len(set(symbols)) == len(DayKind)


@given(st.lists(st.sampled_from(DayKind), min_size=1, max_size=7), st.integers(0, 120))
def test_strip_is_never_wider_than_its_place(kinds: list[DayKind], width: int) -> None:
    for line in day_strip(days(*kinds), NONE, width, minutes=True):
        assert line.cell_length <= width


@given(st.lists(st.sampled_from(DayKind), max_size=7))
def test_short_strip_has_a_cell_for_each_day(kinds: list[DayKind]) -> None:
    assert short_strip(days(*kinds)).cell_length == len(kinds)
