"""What is drawn directly looks as if the whole screen had been drawn again, and only where nothing lies over it."""

from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.strip import Strip

from stretch_coach.tui import direct_update
from stretch_coach.tui.widgets.countdown import Countdown, SegmentBar
from stretch_coach.tui.widgets.ticker import Ticker
from stretch_coach.tui.widgets.track import Piece, Track
from tests.tui.frames import frame_of


class TickingApp(App[None]):
    """An app with everything that changes each second."""

    def compose(self) -> ComposeResult:
        yield Ticker()
        yield Countdown()
        yield SegmentBar()
        yield Track()


def tick(app: TickingApp, second: int) -> None:
    app.query_one(Ticker).show(f"{second:02} to go")
    app.query_one(Countdown).count(second)
    app.query_one(SegmentBar).fill(second / 20)
    app.query_one(Track).pieces = (Piece(20, second / 20), Piece(20, 0.0))


async def test_direct_update_equals_a_refresh_of_the_whole_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Any] = []
    monkeypatch.setattr(TickingApp, "_display", lambda _, __, update: written.append(update))
    app = TickingApp()
    async with app.run_test(size=(40, 10)) as pilot:
        tick(app, 10)
        await pilot.pause()
        shown = {frame_of(app)}
        for second in (11, 12, 13):
            written.clear()
            tick(app, second)
            assert {type(one) for one in written} == {direct_update._Lines}  # noqa: SLF001 - how it was drawn
            direct = frame_of(app)
            app.screen.refresh(layout=True)
            await pilot.pause()
            assert frame_of(app) == direct
            shown.add(direct)
        assert len(shown) == 4


async def test_widget_below_another_is_refreshed_as_usual() -> None:
    app = TickingApp()
    async with app.run_test(size=(40, 10)) as pilot:
        tick(app, 10)
        await pilot.pause()
        countdown = app.query_one(Countdown)
        lines = {0: Strip.blank(countdown.size.width)}
        assert direct_update.write_lines(countdown, lines)
        with app.batch_update():
            assert not direct_update.write_lines(countdown, lines)
        app.query_one(Track).styles.offset = (0, -3)
        await pilot.pause()
        assert app.query_one(Track).region.overlaps(countdown.region)
        assert not direct_update.write_lines(countdown, lines)
        tick(app, 11)
        await pilot.pause()
        assert "11 to go" in frame_of(app)
