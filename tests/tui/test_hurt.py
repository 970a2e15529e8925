"""`x` means that it hurts: it works in every layer of a session, and nothing urges the user to do more that day."""

from datetime import timedelta

import pytest
from textual.command import CommandPalette
from textual.widgets import Input

from stretch_coach.breaks.pause import paused_until
from stretch_coach.context import Context
from stretch_coach.journal.records import Outcome
from stretch_coach.journal.sessions import list_sessions
from stretch_coach.journal.summary import load_summary
from stretch_coach.session.request import SessionRequest
from stretch_coach.settings.edit import add_rule
from stretch_coach.tui.dialogs import EndSessionDialog
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.help import HelpScreen
from stretch_coach.tui.screens.home import HomeScreen
from tests.tui.conftest import NOON
from tests.tui.driving import at, running, shown, start_session
from tests.tui.frames import words_of


def outcomes(context: Context) -> list[Outcome]:
    with context.history() as history:
        return [record.outcome for record in list_sessions(history)]


@pytest.mark.parametrize(
    ("keys", "top"),
    [
        (["question_mark"], HelpScreen),
        (["q"], EndSessionDialog),
        (["space"], CoachScreen),
        (["space", "question_mark"], HelpScreen),
        (["ctrl+p"], CommandPalette),
    ],
)
async def test_x_works_in_every_layer(
    context: Context,
    session_request: SessionRequest,
    keys: list[str],
    top: type[CoachScreen | HelpScreen | EndSessionDialog | CommandPalette],
) -> None:
    async with running(context, session_request) as pilot:
        await start_session(pilot)
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await at(pilot, top)
        await pilot.press("x")
        await at(pilot, EndingScreen)
        assert "Stopped because it hurt" in words_of(pilot.app)
    assert outcomes(context) == [Outcome.STOPPED]


async def test_x_works_over_the_themes(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request) as pilot:
        await start_session(pilot)
        pilot.app.search_themes()
        await at(pilot, CommandPalette)
        await pilot.press("x")
        await at(pilot, EndingScreen)
    assert outcomes(context) == [Outcome.STOPPED]


async def test_x_is_a_search_in_the_palette_of_other_screens_and_their_help_ignores_it(context: Context) -> None:
    async with running(context) as pilot:
        await at(pilot, HomeScreen)
        await pilot.press("ctrl+p")
        palette = await at(pilot, CommandPalette)
        await pilot.press("x")
        assert palette.query_one(Input).value == "x"
        await pilot.press("escape")
        await at(pilot, HomeScreen)
        await pilot.press("question_mark")
        await at(pilot, HelpScreen)
        await pilot.press("x")
        await at(pilot, HelpScreen)
    assert outcomes(context) == []


async def test_nothing_urges_to_do_more_after_it_hurt(context: Context) -> None:
    context.edit_settings(lambda file: add_rule(file, {"every": 45}))
    context.settings = context.settings._replace(app=context.settings.app._replace(lead_in=0))
    async with running(context) as pilot:
        await at(pilot, HomeScreen)
        await shown(pilot, "▶ One-minute micro-break")
        await pilot.press("enter")
        await start_session(pilot)
        await pilot.press("x")
        await at(pilot, EndingScreen)
        assert "streak right now" not in words_of(pilot.app)
        await pilot.press("enter")
        await at(pilot, HomeScreen)
        await shown(pilot, "You stopped because it hurt. Rest for today.")
        await shown(pilot, "A day to rest.")
        words = " ".join(words_of(pilot.app).split())
        assert "Today is a good day" not in words
        assert "session done today" not in words
        assert not pilot.app.screen.check_action("continue", ())
        await pilot.press("h")
        await shown(pilot, "No streak right now.")
        assert "Today is a good day" not in words_of(pilot.app)
    assert paused_until(context.places.breaks, NOON.ms / 1000), "no break is offered"
    with context.history() as history:
        assert load_summary(history, context.today).hurt
        assert not load_summary(history, context.today + timedelta(days=1)).hurt
