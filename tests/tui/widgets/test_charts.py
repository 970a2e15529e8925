"""Charts of blocks: never wider than asked for, in proportion, and there for whatever is more than nothing."""

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from stretch_coach.tui.widgets.charts import (
    AXIS_CELLS,
    average_down,
    bar_rows,
    beside,
    columns_chart,
    dumbbell,
    scale_for,
    spaced,
)

VALUES = st.lists(st.floats(0, 1e9), min_size=1, max_size=60)


@given(st.lists(st.tuples(st.text(st.characters(categories=["L"]), max_size=50), st.floats(0, 1e9)), max_size=9),
       st.integers(30, 140))  # fmt: skip
def test_bars_fit_and_show_every_value(rows: list[tuple[str, float]], width: int) -> None:
    lines = bar_rows([(name, value, "12, 3 min") for name, value in rows], width)
    assert all(line.cell_length <= width for line in lines)
    for (_, value), line in zip(rows, lines, strict=True):
        assert (value > 0) == ("▆" in line.plain)


@given(VALUES, st.integers(1, 24), st.integers(1, 4))
def test_columns_are_as_high_as_their_values(values: list[float], height: int, cell: int) -> None:
    lines = columns_chart(values, height, scale_for(max(values)), cell=cell)
    assert len(lines) == height
    assert all(line.cell_length == AXIS_CELLS + cell * len(values) for line in lines)
    for number, value in enumerate(values):
        at = AXIS_CELLS + number * cell
        column = [line.plain[at] for line in lines]
        assert (value > 0) == bool(set(column) - {" ", "┈"})


@given(VALUES, st.integers(2, 24))
def test_goal_is_a_line_across_every_column(values: list[float], height: int) -> None:
    goal = max(values) / 2 + 1
    lines = columns_chart(values, height, scale_for(max(*values, goal)), cell=2, goals=[goal] * len(values))
    assert sum("━" * (2 * len(values)) in line.plain for line in lines) == 1


@given(st.floats(0, 1e9))
def test_scale_ends_at_a_round_number_not_below_the_values(most: float) -> None:
    top = scale_for(most).top
    assert most - 1e-6 * most <= top <= max(1, 2 * most)
    assert float(f"{top:.1g}") == top


@given(st.none() | st.integers(0, 10), st.none() | st.integers(0, 10), st.integers(11, 60))
def test_change_leads_from_before_to_after(before: int | None, after: int | None, width: int) -> None:
    line = dumbbell(before, after, width)
    assert line.cell_length == width
    assert ("●" in line.plain) == (after is not None)
    assert ("○" in line.plain) == (before is not None and before != after)
    if before is not None and after is not None and before != after:
        assert (line.plain.index("○") < line.plain.index("●")) == (before < after)


def test_blocks_are_beside_each_other_however_long_their_lines_are() -> None:
    lines = beside([Content("a" * 30), Content("b")], [Content("c"), Content("d"), Content("e")], 10)
    assert [line.plain.index(letter) for line, letter in zip(lines, "cde", strict=True)] == [14, 14, 14]


def test_lines_are_spaced_where_that_fits() -> None:
    lines = [Content("a"), Content("b"), Content("c")]
    assert [line.plain for line in spaced(lines, 5)] == ["a", "", "b", "", "c"]
    assert spaced(lines, 4) == lines


@given(VALUES, st.integers(1, 60))
def test_averages_lie_within_the_values(values: list[float], columns: int) -> None:
    folded = average_down(values, columns)
    assert len(folded) == min(len(values), columns)
    slack = 1e-6 * max(values)
    assert min(values) - slack <= min(folded) <= max(folded) <= max(values) + slack
