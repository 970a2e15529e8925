"""First use: what this is, the warning signs, the voice, and a first session."""

from collections.abc import Callable

import pytest

from stretch_coach.journal import acknowledged
from stretch_coach.session.first_use import ASK_AGAIN_MS
from stretch_coach.tui.coaching import Order
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.gate import GateScreen, VerdictScreen
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.screens.voice_check import VoiceCheckScreen
from stretch_coach.tui.screens.welcome import WelcomeScreen
from stretch_coach.tui.widgets.sign import Sign
from stretch_coach.world import World
from tests.tui.conftest import NOON
from tests.tui.frames import words_of
from tests.tui.pilots import at, running, until


def answered(world: World) -> bool:
    with world.history() as history:
        return acknowledged.acknowledged_at(history, acknowledged.NOTICE) is not None


@pytest.mark.parametrize(("key", "screen"), [("enter", CoachScreen), ("escape", HomeScreen)])
async def test_a_new_user_is_told_asked_and_led_to_a_first_session(
    new_world: World, key: str, screen: type[CoachScreen | HomeScreen]
) -> None:
    async with running(new_world) as pilot:
        await at(pilot, WelcomeScreen)
        assert "does not diagnose or treat" in " ".join(words_of(pilot.app).split()) or "not" in words_of(pilot.app)
        await pilot.press("enter")
        await at(pilot, GateScreen)
        assert not answered(new_world)
        await pilot.press("enter")
        check = await at(pilot, VoiceCheckScreen)
        assert answered(new_world)
        await until(pilot, lambda: "off in the settings" in words_of(pilot.app), "the voice was tried")
        await pilot.press(key)
        await at(pilot, screen)
        assert not check.is_attached
        if screen is CoachScreen:
            assert "One-minute micro-break" in words_of(pilot.app)
            await pilot.press("q")
            await at(pilot, HomeScreen)


async def tick(pilot_press: Callable[..., object], gate: GateScreen, action: str) -> None:
    safety = gate._safety  # noqa: SLF001 - which sign has which action is not on the screen
    flag = next(one.id for one in safety.red_flags if one.action == action)
    next(one for one in gate.query(Sign) if one.sign_id == flag).focus()
    await pilot_press("space")  # type: ignore[misc]  # a pilot's


@pytest.mark.parametrize("action", ["emergency", "urgent"])
async def test_a_grave_sign_leaves_no_way_on(new_world: World, action: str) -> None:
    async with running(new_world) as pilot:
        await at(pilot, WelcomeScreen)
        await pilot.press("enter")
        gate = await at(pilot, GateScreen)
        await tick(pilot.press, gate, action)
        await pilot.press("n")
        assert pilot.app.screen is gate, "who ticked one cannot say that none applies"
        await pilot.click("#gate-ticked")
        verdict = await at(pilot, VerdictScreen)
        assert not verdict.query("#verdict-go-on")
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app._exit, "the app ended")  # noqa: SLF001 - no public way to know
    assert pilot.app.return_value == 0
    assert not answered(new_world)


async def test_a_mild_sign_can_be_gone_on_with_once_it_was_told(new_world: World) -> None:
    async with running(new_world) as pilot:
        await at(pilot, WelcomeScreen)
        await pilot.press("escape")
        gate = await at(pilot, GateScreen)
        await tick(pilot.press, gate, "ask-first")
        await pilot.click("#gate-ticked")
        await at(pilot, VerdictScreen)
        assert not answered(new_world)
        await pilot.click("#verdict-go-on")
        await at(pilot, VoiceCheckScreen)
        assert answered(new_world)


async def test_a_tick_can_be_taken_away(new_world: World) -> None:
    async with running(new_world) as pilot:
        await at(pilot, WelcomeScreen)
        await pilot.press("enter")
        gate = await at(pilot, GateScreen)
        await tick(pilot.press, gate, "emergency")
        assert "[x]" in words_of(pilot.app)
        await pilot.press("space")
        assert "[x]" not in words_of(pilot.app)
        assert gate.query_one("#gate-ticked").disabled
        await pilot.press("n")
        await at(pilot, VoiceCheckScreen)


async def test_who_leaves_the_signs_unanswered_is_asked_again(new_world: World) -> None:
    async with running(new_world) as pilot:
        await at(pilot, WelcomeScreen)
        await pilot.press("enter")
        await at(pilot, GateScreen)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app._exit, "the app ended")  # noqa: SLF001 - no public way to know
    assert not answered(new_world)


async def test_after_a_month_only_the_signs_are_asked(new_world: World) -> None:
    with new_world.writable_history() as history:
        acknowledged.acknowledge(history, [acknowledged.NOTICE], NOON.ms - ASK_AGAIN_MS - 1)
    async with running(new_world) as pilot:
        await at(pilot, GateScreen)
        await pilot.press("n")
        await at(pilot, HomeScreen)


async def test_who_starts_a_routine_at_once_is_asked_first_and_not_held_up(new_world: World, order: Order) -> None:
    async with running(new_world, order) as pilot:
        await at(pilot, WelcomeScreen)
        await pilot.press("enter")
        await at(pilot, GateScreen)
        await pilot.press("n")
        await at(pilot, CoachScreen)
