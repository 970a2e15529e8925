"""The countdown in both sizes, and the bar below it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from stretch_coach.tui.widgets.countdown import LARGE_SCALES, Countdown, SegmentBar, digit_rows, large_digits
from tests.tui.driving import open_app, until
from tests.tui.frames import words_of


class ClockApp(App[None]):
    """The countdown and the bar alone."""

    CSS = ".-large { height: 5; } .-larger { height: 8; }"

    def compose(self) -> ComposeResult:
        """Yield both."""
        yield Countdown()
        yield SegmentBar()


@given(st.from_regex(r"[0-9]{1,3}:[0-5][0-9]", fullmatch=True), st.sampled_from([*LARGE_SCALES]))
def test_large_digits_are_a_block(text: str, height: int) -> None:
    rows = large_digits(text, height)
    assert len(rows) == height
    assert len({len(row) for row in rows}) == 1
    assert {*"".join(rows)} <= set("█▀▄ ")


@pytest.mark.parametrize("height", LARGE_SCALES)
def test_large_digits_differ(height: int) -> None:
    assert len({tuple(large_digits(digit, height)) for digit in "0123456789:"}) == 11


@given(st.integers(1, 300), st.integers(1, 100))
def test_digits_grow_with_the_screen_and_leave_space_for_the_words(columns: int, rows: int) -> None:
    high = digit_rows(columns, rows)
    assert high <= digit_rows(columns + 1, rows)
    assert high <= digit_rows(columns, rows + 1)
    assert high <= rows / 4
    assert not high or len(large_digits("0:30", high)[0]) <= columns / 2


async def test_height_makes_the_digits_large() -> None:
    app = ClockApp()
    async with open_app(app, size=(60, 10)) as pilot:
        countdown = app.query_one(Countdown)
        countdown.count(23.2)
        await until(pilot, lambda: "┌─┘" in words_of(app), "the digits are small")
        countdown.add_class("-large")
        await until(pilot, lambda: all(row in words_of(app) for row in large_digits("0:24")), "they are large")
        countdown.add_class("-larger")
        await until(pilot, lambda: all(row in words_of(app) for row in large_digits("0:24", 8)), "they are larger")


@pytest.mark.parametrize(
    ("share", "line"), [(-1, "─" * 8), (0, "─" * 8), (0.5, "━━━━────"), (0.56, "━━━━╸───"), (1, "━" * 8), (2, "━" * 8)]
)
async def test_bar_fills_by_half_cells(share: float, line: str) -> None:
    app = ClockApp()
    async with open_app(app, size=(8, 10)) as pilot:
        await until(pilot, lambda: "─" * 8 in words_of(app), "it is empty")
        app.query_one(SegmentBar).fill(share)
        await until(pilot, lambda: line in words_of(app), f"it is {line}, not {words_of(app)}")
