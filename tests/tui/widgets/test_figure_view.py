"""How large the figure is drawn."""

from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.tui.widgets.figure_view import CELLS_HIGH, CELLS_WIDE, LEAST_HIGH, LEAST_WIDE, MOST_WIDE, fit


@given(st.integers(0, 400), st.integers(0, 200))
def test_it_fits_keeps_its_proportion_and_is_never_too_small(width: int, height: int) -> None:
    size = fit(width, height)
    if size is None:
        assert width < LEAST_WIDE or height < LEAST_HIGH
        return
    wide, high = size
    assert LEAST_WIDE <= wide <= min(width, MOST_WIDE)
    assert LEAST_HIGH <= high <= height
    assert abs(high - wide * CELLS_HIGH / CELLS_WIDE) < 1


def test_the_size_it_is_designed_for() -> None:
    assert fit(CELLS_WIDE, CELLS_HIGH) == (CELLS_WIDE, CELLS_HIGH)
    assert fit(1000, 1000) == (MOST_WIDE, MOST_WIDE * CELLS_HIGH // CELLS_WIDE)


@given(st.integers(0, 200), st.integers(0, 100))
def test_more_room_never_draws_it_smaller(width: int, height: int) -> None:
    small, large = fit(width, height), fit(width + 1, height + 1)
    assert small is None or (large is not None and large[0] >= small[0])
