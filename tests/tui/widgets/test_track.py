"""The whole routine as a line: laid out so that nothing is lost and nothing is too small to be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from stretch_coach.tui.widgets.track import Piece, Track, lay_out
from tests.tui.driving import open_app

LENGTHS = st.lists(st.floats(0.001, 14_400), min_size=1, max_size=200)


@given(LENGTHS, st.integers(0, 300))
def test_parts_and_gaps_fill_the_line_exactly(seconds: list[float], cells: int) -> None:
    widths = lay_out(seconds, cells)
    if not widths:
        assert cells < 2 * len(seconds) - 1, "only where a cell each with a gap between them does not fit"
        return
    assert len(widths) == len(seconds)
    assert all(width >= 1 for width in widths)
    assert sum(widths) + len(widths) - 1 == cells


@given(st.integers(1, 40), st.integers(1, 40), st.integers(100, 300))
def test_longer_segments_are_never_drawn_shorter(first: int, second: int, cells: int) -> None:
    one, two = lay_out([first, second], cells)
    assert abs(one - two) <= 1 or (one > two) == (first > second)


@pytest.mark.parametrize(
    ("seconds", "cells", "widths"), [([], 10, []), ([0.0, 0.0], 3, [1, 1]), ([5], 1, [1]), ([5], 0, [])]
)
def test_track_at_its_first_and_last_moment(seconds: list[float], cells: int, widths: list[int]) -> None:
    assert lay_out(seconds, cells) == widths


async def test_mouse_names_each_piece() -> None:
    class TrackApp(App[None]):
        def compose(self) -> ComposeResult:
            yield Track()

    app = TrackApp()
    async with open_app(app, size=(21, 3)) as pilot:
        track = app.query_one(Track)
        track.pieces = (Piece(60, 1, name="Chin tuck"), Piece(60, 0, name="[Shrug]"))
        for column, tooltip in [(0, "Chin tuck, 1:00"), (12, "[Shrug], 1:00")]:
            await pilot.hover(Track, offset=(column, 0))
            assert str(track.tooltip) == tooltip
