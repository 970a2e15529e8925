"""The app asks for breaks while it is open: each answer, what keeps it silent, and how the day goes on after it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from stretch_coach.breaks.commands import Command, leave, waiting
from stretch_coach.breaks.edges import Edges
from stretch_coach.breaks.keeper import load_state, state_file
from stretch_coach.breaks.notify.choose import PrompterChoice
from stretch_coach.breaks.pause import set_pause
from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.single import acquire
from stretch_coach.breaks.state import Hold, Phase
from stretch_coach.breaks.watcher import Watcher
from stretch_coach.journal.prompts import list_prompts
from stretch_coach.journal.records import Source
from stretch_coach.locking import is_locked
from stretch_coach.settings.editing import add_rule
from stretch_coach.tui.app import CoachApp
from stretch_coach.tui.asking import Asking
from stretch_coach.tui.screens.ask import AskScreen
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.help import HelpScreen
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.world import World
from tests.breaks.test_showing import Board
from tests.tui.conftest import NOON, Seat, StandingClock
from tests.tui.frames import words_of
from tests.tui.pilots import at, running, told, until


class Opened:
    """The app at home, with a rule that asks after ten active minutes."""

    def __init__(self, pilot: Pilot[int], world: World, clock: StandingClock) -> None:
        self.pilot = pilot
        self.world = world
        self.clock = clock

    @property
    def asking(self) -> Asking:
        """What asks."""
        app = self.pilot.app
        assert isinstance(app, CoachApp)
        assert app._loaded  # noqa: SLF001 - nothing outside the app needs it
        return app._loaded.asking  # noqa: SLF001 - likewise

    async def work(self, minutes: int) -> None:
        """Minutes go by, each with a look."""
        for _ in range(minutes):
            self.clock.time += 60
            await self.asking.look()
        await self.pilot.pause()

    async def asked(self) -> AskScreen:
        """Work until it asks, and past the moment in which it is deaf."""
        await self.work(10)
        screen = await at(self.pilot, AskScreen)
        self.clock.time += 1
        return screen

    async def answered(self, *answers: str) -> None:
        """Wait until the history has these answers and no others, newest first."""

        def recorded() -> list[str]:
            with self.world.history() as history:
                return [one.answer.value for one in list_prompts(history)]

        await until(self.pilot, lambda: recorded() == list(answers), f"{answers} are recorded, not {recorded()}")


@asynccontextmanager
async def opened(world: World, clock: StandingClock, **rule: object) -> AsyncIterator[Opened]:
    add_rule(world.places.settings_file, {"every": 10, "routine": "screen-break", **rule})
    async with running(world) as pilot:
        await at(pilot, HomeScreen)
        day = Opened(pilot, world, clock)
        await day.asking.look()
        yield day


async def test_it_asks_once_after_active_time(world: World, clock: StandingClock) -> None:
    async with opened(world, clock) as day:
        await day.work(9)
        assert isinstance(day.pilot.app.screen, HomeScreen)
        await day.work(1)
        await at(day.pilot, AskScreen)
        assert "Screen break." in words_of(day.pilot.app)
        await day.asking.look()
        assert sum(isinstance(one, AskScreen) for one in day.pilot.app.screen_stack) == 1


@pytest.mark.parametrize(("key", "answer"), [("z", "snoozed"), ("k", "skipped"), ("escape", "snoozed")])
async def test_it_is_answered_with_a_key(world: World, clock: StandingClock, key: str, answer: str) -> None:
    async with opened(world, clock) as day:
        await day.asked()
        await day.pilot.press(key)
        await at(day.pilot, HomeScreen)
        await day.answered(answer)


@pytest.mark.parametrize(("button", "answer"), [("snooze", "snoozed"), ("skip", "skipped")])
async def test_it_is_answered_with_a_button(world: World, clock: StandingClock, button: str, answer: str) -> None:
    async with opened(world, clock) as day:
        await day.asked()
        await day.pilot.click(f"#ask-{button}")
        await at(day.pilot, HomeScreen)
        await day.answered(answer)


async def test_what_is_snoozed_comes_back(world: World, clock: StandingClock) -> None:
    async with opened(world, clock) as day:
        await day.asked()
        await day.pilot.press("z")
        await day.answered("snoozed")
        await day.work(6)
        await at(day.pilot, AskScreen)


async def test_start_leads_the_break_in_the_app(world: World, clock: StandingClock) -> None:
    async with opened(world, clock) as day:
        await day.asked()
        await day.pilot.press("s")
        screen = await at(day.pilot, CoachScreen)
        assert screen._order.source is Source.BREAK  # noqa: SLF001 - what was ordered
        assert screen._order.routine.id == "screen-break"  # noqa: SLF001 - likewise
        await day.answered("started")


async def test_a_routine_that_is_gone_is_told_and_asked_for_again(world: World, clock: StandingClock) -> None:
    async with opened(world, clock, routine="long-gone") as day:
        await day.asked()
        await day.pilot.press("s")
        await until(day.pilot, lambda: any("long-gone" in one for one in told(day.pilot)), "it is told")
        await day.work(6)
        await at(day.pilot, AskScreen)


async def test_who_types_while_it_appears_answers_nothing(world: World, clock: StandingClock) -> None:
    async with opened(world, clock) as day:
        await day.work(10)
        await at(day.pilot, AskScreen)
        for _ in range(5):  # typing goes on, with less than half a second between two keys
            await day.pilot.press("k", "s", "enter")
            clock.time += 0.4
        assert isinstance(day.pilot.app.screen, AskScreen)
        clock.time += 0.2
        await day.pilot.press("k")
        await day.answered("skipped")


async def test_a_natural_break_takes_it_away(world: World, clock: StandingClock, seat: Seat) -> None:
    async with opened(world, clock) as day:
        await day.asked()
        for minute in range(1, 8):
            seat.idle = minute * 60.0
            await day.work(1)
        await at(day.pilot, HomeScreen)
        await day.answered("natural")


async def test_what_is_withdrawn_below_the_help_is_gone_after_it(world: World, clock: StandingClock) -> None:
    async with opened(world, clock) as day:
        await day.asked()
        day.pilot.app.push_screen(HelpScreen(day.pilot.app.screen))
        await at(day.pilot, HelpScreen)
        leave(world.places.breaks, Command(Choice.SKIP), NOON.ms / 1000)
        await day.asking.look()
        await day.pilot.press("escape")
        await at(day.pilot, HomeScreen)


async def test_a_shell_answers(world: World, clock: StandingClock) -> None:
    async with opened(world, clock) as day:
        await day.asked()
        leave(world.places.breaks, Command(Choice.SNOOZE, 20), NOON.ms / 1000)
        await day.asking.look()
        await at(day.pilot, HomeScreen)
        assert waiting(str(world.places.breaks / "commands")) == []
        await day.answered("snoozed")
        await day.work(18)
        await at(day.pilot, HomeScreen)


async def test_it_does_not_ask_over_a_session(world: World, clock: StandingClock) -> None:
    async with opened(world, clock) as day:
        await day.pilot.press("enter")
        await at(day.pilot, CoachScreen)
        await day.work(12)
        assert isinstance(day.pilot.app.screen, CoachScreen)
        await day.pilot.press("q")
        await at(day.pilot, HomeScreen)
        await day.work(1)
        await at(day.pilot, AskScreen)


async def test_what_holds_back_the_watcher_holds_back_the_app(world: World, clock: StandingClock, seat: Seat) -> None:
    async with opened(world, clock) as day:
        seat.hold = Hold.MICROPHONE
        await day.work(12)
        assert isinstance(day.pilot.app.screen, HomeScreen)
        assert "a microphone is in use" in words_of(day.pilot.app)
        seat.hold = None
        await day.work(1)
        await at(day.pilot, AskScreen)


async def test_the_lock_is_held_while_the_app_is_open_and_the_state_kept(world: World, clock: StandingClock) -> None:
    async with opened(world, clock) as day:
        assert is_locked(world.places.app_lock)
        await day.work(7)
    assert not is_locked(world.places.app_lock)
    assert load_state(world.places.breaks)[0].active >= 7 * 60


async def test_what_was_counted_before_goes_on(world: World, clock: StandingClock) -> None:
    async with opened(world, clock) as day:
        await day.work(7)
    async with running(world) as pilot:
        await at(pilot, HomeScreen)
        day = Opened(pilot, world, clock)
        await day.work(4)
        await at(pilot, AskScreen)
    assert load_state(world.places.breaks)[0].prompt


async def test_what_was_being_asked_is_shown_at_once(world: World, clock: StandingClock) -> None:
    async with opened(world, clock) as day:
        await day.asked()
    prompt = load_state(world.places.breaks)[0].prompt
    assert prompt
    assert prompt.phase is Phase.ASKING
    async with running(world) as pilot:
        await at(pilot, AskScreen)


def is_silent(watcher: Watcher) -> bool:
    return watcher.keeper.silent


async def test_while_the_app_is_open_the_watcher_is_silent_and_goes_on_after_it(
    world: World, clock: StandingClock, edges: Edges
) -> None:
    add_rule(world.places.settings_file, {"every": 10})
    edges = edges._replace(open_prompter=lambda: PrompterChoice(Board()))
    watcher = Watcher(world.places, clock, edges, world.open_history, lambda _: None)
    watcher.look()
    async with opened(world, clock, id="another") as day:
        watcher.look()
        assert is_silent(watcher)
        await day.asked()
        await day.pilot.press("k")
        await day.answered("skipped")
        await day.work(4)
    watcher.look()
    assert not is_silent(watcher)
    state = watcher.keeper.day.state
    assert 4 * 60 <= state.active_for("every-10") < 6 * 60
    assert state.asked == 1
    watcher.close()


async def test_beside_another_app_it_is_silent(world: World, clock: StandingClock) -> None:
    other = acquire(world.places.app_lock)
    assert other is not None
    async with opened(world, clock) as day:
        await day.work(15)
        assert isinstance(day.pilot.app.screen, HomeScreen)
        assert not state_file(world.places.breaks).exists()


async def test_home_tells_when_the_next_break_comes(world: World, clock: StandingClock) -> None:
    async with opened(world, clock) as day:
        await day.work(4)
        assert "after 6 more active minutes." in words_of(day.pilot.app)
        set_pause(world.places.breaks, NOON.ms / 1000 + 3600)
        await day.work(1)
        assert "Breaks are paused until" in words_of(day.pilot.app)


async def test_without_rules_home_says_how_to_plan_breaks(world: World) -> None:
    async with running(world) as pilot:
        await at(pilot, HomeScreen)
        assert "No breaks planned; b plans some." in words_of(pilot.app)


async def test_a_rule_that_is_made_meanwhile_holds_at_once(world: World, clock: StandingClock) -> None:
    async with running(world) as pilot:
        await at(pilot, HomeScreen)
        day = Opened(pilot, world, clock)
        await day.asking.look()
        add_rule(world.places.settings_file, {"every": 5})
        await day.work(6)
        await at(pilot, AskScreen)


async def test_settings_that_break_meanwhile_are_told_and_the_last_good_ones_hold(
    world: World, clock: StandingClock
) -> None:
    async with opened(world, clock) as day:
        world.places.settings_file.write_text("[breaks\n", encoding="utf-8")
        await day.asked()
        assert any("config.toml" in one for one in told(day.pilot))
