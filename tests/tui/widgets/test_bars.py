"""Bars of blocks: never wider than asked for, in proportion, and there for whatever is more than nothing."""

from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.text import text_width
from stretch_coach.tui.widgets.bars import average_down, horizontal_bars, vertical_bars

VALUES = st.lists(st.floats(0, 1e9), max_size=60)


@given(st.lists(st.tuples(st.text(st.characters(categories=["L"]), max_size=50), st.floats(0, 1e9)), max_size=9),
       st.integers(30, 140))  # fmt: skip
def test_horizontal_bars_fit_and_show_every_value(rows: list[tuple[str, float]], width: int) -> None:
    lines = horizontal_bars([(name, value, "12, 3 min") for name, value in rows], width)
    assert all(text_width(line) <= width for line in lines)
    for (_, value), line in zip(rows, lines, strict=True):
        assert (value > 0) == ("▆" in line)


@given(VALUES, st.integers(1, 6), st.integers(1, 3))
def test_vertical_bars_are_as_high_as_their_values(values: list[float], height: int, cell: int) -> None:
    lines = vertical_bars(values, height, cell)
    assert len(lines) == height
    for number, value in enumerate(values):
        column = "".join(line[number * cell : number * cell + 1] or " " for line in lines)
        assert (value > 0) == bool(column.strip())
        if value == max(values) and value:
            assert column == "█" * height


@given(VALUES, st.integers(1, 60))
def test_averages_lie_within_the_values(values: list[float], columns: int) -> None:
    folded = average_down(values, columns)
    assert len(folded) == min(len(values), columns)
    if values:
        slack = 1e-6 * max(values)
        assert min(values) - slack <= min(folded) <= max(folded) <= max(values) + slack
