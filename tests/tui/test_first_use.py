"""What the whole app asks before it coaches: at first use, after a month, and before what is locked."""

from datetime import date

import pytest

from stretch_coach.context import Context
from stretch_coach.journal import acknowledgements
from stretch_coach.journal.plan import Plan, load_plans
from stretch_coach.routine.library import Library
from stretch_coach.session.prepare import locks_to_confirm
from stretch_coach.session.request import SessionRequest
from stretch_coach.tui.dialogs import ConfirmDialog
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.gate import GateScreen
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.screens.profile import ProfileScreen
from stretch_coach.tui.screens.setup import SetupScreen
from stretch_coach.tui.screens.welcome import WelcomeScreen
from tests.tui.conftest import NOON
from tests.tui.driving import at, has_exited, rule_out_signs, running, shown, until
from tests.tui.frames import words_of

LOCKED = "towel-snag"


def has_answered(context: Context) -> bool:
    """Return whether the answer to the warning signs is kept."""
    with context.history() as history:
        return acknowledgements.acknowledged_at(history, acknowledgements.NOTICE) is not None


def is_locked(context: Context, library: Library) -> bool:
    """Return whether the locked routine still has to be confirmed."""
    with context.history() as history:
        return bool(locks_to_confirm(history, library.routines[LOCKED]))


def plans(context: Context) -> list[tuple[date, Plan]]:
    """Return all plans in the history."""
    with context.history() as history:
        return load_plans(history)


@pytest.mark.parametrize(("keys", "screen"), [(("enter",), CoachScreen), (("tab", "enter"), HomeScreen)])
async def test_new_user_is_led_in_three_steps_to_a_plan(
    new_context: Context, keys: tuple[str, ...], screen: type[CoachScreen | HomeScreen]
) -> None:
    async with running(new_context) as pilot:
        await at(pilot, WelcomeScreen)
        await shown(pilot, "1 of 3")
        await shown(pilot, "diagnose or treat any condition")
        await shown(pilot, "enter Continue")
        await pilot.press("enter")
        await shown(pilot, "2 of 3")
        await rule_out_signs(pilot)
        setup = await at(pilot, SetupScreen)
        await shown(pilot, "3 of 3")
        assert has_answered(new_context)
        await shown(pilot, "off in the settings")
        await pilot.press("y", "down", "space")
        await at(pilot, ProfileScreen)
        await until(pilot, new_context.places.profile.exists, "the answer is saved")
        await pilot.press("escape")
        await at(pilot, SetupScreen)
        setup.query_one("#setup-start").focus()
        await pilot.press(*keys)
        await at(pilot, screen)
        if screen is CoachScreen:
            await shown(pilot, "One-minute micro-break")
            await pilot.press("q")
            await at(pilot, HomeScreen)
        assert plans(new_context) == [(new_context.today, Plan(frozenset(range(5))))]


async def test_app_that_was_quit_at_the_signs_asks_again(new_context: Context) -> None:
    async with running(new_context) as pilot:
        await at(pilot, WelcomeScreen)
        await pilot.press("enter")
        await at(pilot, GateScreen)
        await pilot.press("escape")
        await has_exited(pilot)
    assert pilot.app.return_value == 0
    assert not has_answered(new_context)


async def test_escape_at_the_welcome_quits(new_context: Context) -> None:
    async with running(new_context) as pilot:
        await at(pilot, WelcomeScreen)
        await pilot.press("escape")
        await has_exited(pilot)
    assert not has_answered(new_context)


async def test_last_step_comes_again_if_the_app_was_quit_and_not_if_it_was_put_off(new_context: Context) -> None:
    async with running(new_context) as pilot:
        await at(pilot, WelcomeScreen)
        await pilot.press("enter")
        await rule_out_signs(pilot)
        await at(pilot, SetupScreen)
        await pilot.press("ctrl+q")
        await has_exited(pilot)
    async with running(new_context) as pilot:
        await at(pilot, SetupScreen)
        await pilot.press("escape")
        await at(pilot, HomeScreen)
    async with running(new_context) as pilot:
        await at(pilot, HomeScreen)
    assert plans(new_context) == []


async def test_plan_can_be_changed_from_home(context: Context) -> None:
    async with running(context) as pilot:
        await at(pilot, HomeScreen)
        await pilot.press("p")
        setup = await at(pilot, SetupScreen)
        assert "3 of 3" not in words_of(pilot.app)
        setup.query_one("#setup-days").focus()
        await pilot.press("7")
        setup.query_one("#setup-every").focus()
        await pilot.press("3")
        setup.query_one("#setup-start").focus()
        await pilot.press("enter")
        await at(pilot, HomeScreen)
    assert plans(context) == [(context.today, Plan(frozenset(range(6))))]
    [rule] = context.settings.breaks.rules
    assert (rule.every, rule.days) == (45, frozenset(range(6)))


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
