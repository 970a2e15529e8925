"""What the whole app asks before it coaches: at first use, after a month, and before what is locked."""

import pytest

from stretch_coach.context import Context
from stretch_coach.journal import acknowledgements
from stretch_coach.routine.library import Library
from stretch_coach.session.prepare import locks_to_confirm
from stretch_coach.session.request import SessionRequest
from stretch_coach.tui.dialogs import ConfirmDialog
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.gate import GateScreen
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.screens.voice_check import VoiceCheckScreen
from stretch_coach.tui.screens.welcome import WelcomeScreen
from tests.tui.conftest import NOON
from tests.tui.driving import at, has_exited, rule_out_signs, running, shown

LOCKED = "towel-snag"


def has_answered(context: Context) -> bool:
    """Return whether the answer to the warning signs is kept."""
    with context.history() as history:
        return acknowledgements.acknowledged_at(history, acknowledgements.NOTICE) is not None


def is_locked(context: Context, library: Library) -> bool:
    """Return whether the locked routine still has to be confirmed."""
    with context.history() as history:
        return bool(locks_to_confirm(history, library.routines[LOCKED]))


@pytest.mark.parametrize(("key", "screen"), [("enter", CoachScreen), ("escape", HomeScreen)])
async def test_new_user_is_led_from_the_welcome_to_a_first_session(
    new_context: Context, key: str, screen: type[CoachScreen | HomeScreen]
) -> None:
    async with running(new_context) as pilot:
        await at(pilot, WelcomeScreen)
        await shown(pilot, "does not diagnose or treat any condition")
        await shown(pilot, "enter Continue")
        await pilot.press("enter")
        await rule_out_signs(pilot)
        await at(pilot, VoiceCheckScreen)
        assert has_answered(new_context)
        await shown(pilot, "off in the settings")
        await pilot.press(key)
        await at(pilot, screen)
        if screen is CoachScreen:
            await shown(pilot, "One-minute micro-break")
            await pilot.press("q")
            await at(pilot, HomeScreen)


async def test_app_that_was_quit_at_the_signs_asks_again(new_context: Context) -> None:
    async with running(new_context) as pilot:
        await at(pilot, WelcomeScreen)
        await pilot.press("escape")
        await at(pilot, GateScreen)
        await pilot.press("escape")
        await has_exited(pilot)
    assert pilot.app.return_value == 0
    assert not has_answered(new_context)


async def test_after_a_month_only_the_signs_are_asked(new_context: Context) -> None:
    with new_context.writable_history() as history:
        at_ms = NOON.ms - acknowledgements.NOTICE_VALID_MS - 1
        acknowledgements.acknowledge(history, [acknowledgements.NOTICE], at_ms)
    async with running(new_context) as pilot:
        await rule_out_signs(pilot)
        await at(pilot, HomeScreen)


async def test_requested_session_comes_straight_after_the_signs(
    new_context: Context, session_request: SessionRequest
) -> None:
    async with running(new_context, session_request) as pilot:
        await at(pilot, WelcomeScreen)
        await pilot.press("enter")
        await rule_out_signs(pilot)
        await at(pilot, CoachScreen)


async def test_locked_routine_stays_locked_unless_confirmed(context: Context, library: Library) -> None:
    async with running(context, SessionRequest(library.routines[LOCKED])) as pilot:
        await rule_out_signs(pilot)
        await at(pilot, ConfirmDialog)
        await shown(pilot, "Locked")
        await pilot.press("enter")
        await has_exited(pilot)
    assert is_locked(context, library)


async def test_locked_routine_is_confirmed_once(context: Context, library: Library) -> None:
    for asked in (True, False):
        async with running(context, SessionRequest(library.routines[LOCKED])) as pilot:
            await rule_out_signs(pilot)
            if asked:
                await at(pilot, ConfirmDialog)
                await pilot.click("#confirm")
            await at(pilot, CoachScreen)
        assert not is_locked(context, library)


@pytest.mark.parametrize("key", ["escape", "ctrl+q"])
async def test_routine_with_warning_signs_asks_each_time(context: Context, library: Library, key: str) -> None:
    async with running(context, SessionRequest(library.routines["upper-neck-ease"])) as pilot:
        await at(pilot, GateScreen)
        await pilot.press(key)
        await has_exited(pilot)
    assert has_answered(context), "the earlier answer is kept"
