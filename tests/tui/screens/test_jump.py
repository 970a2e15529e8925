"""Jumping: a letter on each part, and `x` that is none of them."""

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Button, Input, Static

from stretch_coach.context import Context
from stretch_coach.journal.records import Outcome
from stretch_coach.journal.sessions import list_sessions
from stretch_coach.session.request import SessionRequest
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.jump import LETTERS, JumpScreen
from tests.tui.driving import at, running, start_session
from tests.tui.frames import words_of
from tests.tui.host import hosting


class Parts(Screen[None]):
    """Two buttons that can have the focus, one that cannot, and one that is hidden."""

    def compose(self) -> ComposeResult:
        """Yield them."""
        yield Button("One", id="one")
        yield Button("Two", disabled=True)
        yield Input(id="three")
        hidden = Button("Four")
        hidden.display = False
        yield hidden


def test_letters_are_keys_that_mean_nothing_else() -> None:
    assert "x" not in LETTERS
    assert len(set(LETTERS)) == len(LETTERS)


async def test_letter_moves_the_focus() -> None:
    async with hosting(Parts()) as driver:
        for how in ("key", "mouse"):
            driver.app.shown.set_focus(None)
            await driver.app.push_screen(JumpScreen(driver.app.shown))
            await driver.pilot.pause()
            labels = driver.app.screen.query(Static)
            assert [str(one.content) for one in labels] == ["a", "s"]
            assert words_of(driver.app).splitlines()[0].startswith(" a")
            await (driver.press("s") if how == "key" else driver.pilot.click(labels[1]))
            assert driver.app.screen is driver.app.shown
            assert driver.app.focused is driver.app.shown.query_one("#three")


async def test_other_keys_leave_the_focus_where_it_is() -> None:
    async with hosting(Parts()) as driver:
        before = driver.app.focused
        for key in ("escape", "m", "f5"):
            await driver.app.push_screen(JumpScreen(driver.app.shown))
            await driver.press(key)
            assert driver.app.screen is driver.app.shown
            assert driver.app.focused is before


async def test_x_means_that_it_hurts_over_a_session(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request) as pilot:
        await start_session(pilot)
        await pilot.press("ctrl+o")
        await at(pilot, JumpScreen)
        await pilot.press("x")
        await at(pilot, EndingScreen)
    with context.history() as history:
        assert [record.outcome for record in list_sessions(history)] == [Outcome.STOPPED]
