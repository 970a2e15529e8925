"""How the neck felt: a change counts only above both thresholds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.comfort import ComfortPair, Trend, around_sessions, compare, over_time


@pytest.mark.parametrize(
    ("earlier", "later", "trend"),
    [
        ([6, 6, 6, 6], [1] * 5, Trend.TOO_FEW),
        ([6] * 5, [4] * 5, Trend.LOWER),
        ([4] * 5, [6] * 5, Trend.HIGHER),
        ([6] * 5, [4.1] * 5, Trend.USUAL),
        ([8] * 5, [6] * 5, Trend.USUAL),  # two points, but only a quarter
        ([0] * 5, [0] * 5, Trend.USUAL),
    ],
)
def test_comfort_changes_only_above_both_thresholds(earlier: list[float], later: list[float], trend: Trend) -> None:
    assert compare(earlier, later).trend is trend


def test_comfort_over_time_compares_first_and_last_third() -> None:
    pairs = [ComfortPair("", before, None) for before in [7] * 6 + [5] * 6 + [3] * 6]
    assert over_time(pairs) == (Trend.LOWER, 7, 3)
    assert over_time(pairs[:9]).trend is Trend.TOO_FEW
    assert around_sessions(pairs).trend is Trend.TOO_FEW


@given(st.lists(st.builds(ComfortPair, st.just(""), st.integers(0, 10), st.integers(0, 10)), max_size=40))
def test_comfort_changes_by_at_least_two_points(pairs: list[ComfortPair]) -> None:
    change = around_sessions(pairs)
    if change.trend in (Trend.LOWER, Trend.HIGHER):
        assert change.earlier is not None
        assert change.later is not None
        assert abs(change.earlier - change.later) >= 2
    if len(pairs) < 5:
        assert change.trend is Trend.TOO_FEW
