"""Prompts in the app: shown, answered and withdrawn, and what they ask the app to do."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Button, Static

from stretch_coach.breaks.commands import SentAnswer, send
from stretch_coach.breaks.prompt import Choice, Deferral, Phase
from stretch_coach.breaks.store import load_day
from stretch_coach.context import Context
from stretch_coach.files import is_locked
from stretch_coach.journal.records import Source
from stretch_coach.paths import make_private_folder
from stretch_coach.routine.library import Library
from stretch_coach.settings import Settings
from stretch_coach.settings.edit import add_rule, change_setting
from stretch_coach.tui.app import CoachApp
from stretch_coach.tui.messages import SessionRequested
from stretch_coach.tui.screens.break_prompt import BreakPromptScreen
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.home import HomeScreen
from tests.breaks.fakes import FakeIdle, SettableClock
from tests.journal.stored import stored_prompts
from tests.tui.break_host import BreakHost
from tests.tui.conftest import NOON, FrozenClock
from tests.tui.driving import at, running, until

Opened = Callable[..., "AsyncIterator[tuple[BreakHost, Pilot[int]]]"]


@pytest.fixture
def context(make_context: Callable[[object], Context]) -> Context:
    """A user whose two clocks move together."""
    return make_context(SettableClock(NOON.ms / 1000))


def set_up(context: Context, edit: Callable[[Path], Settings]) -> None:
    """Change what the settings file says of breaks before the app opens."""
    context.settings = context.settings._replace(breaks=edit(context.places.settings_file).breaks)


@asynccontextmanager
async def opened(context: Context, library: Library, **rule: object) -> AsyncIterator[tuple[BreakHost, Pilot[int]]]:
    """Run an app with a rule of ten active minutes."""
    set_up(context, lambda file: add_rule(file, {"every": 10, "routine": "screen-break", **rule}))
    host = BreakHost(context, library)
    async with host.run_test() as pilot:
        await host.prompts.tick()
        yield host, pilot


@asynccontextmanager
async def asked(context: Context, library: Library, **rule: object) -> AsyncIterator[tuple[BreakHost, Pilot[int]]]:
    """Run it until it has asked and no longer ignores keys."""
    async with opened(context, library, **rule) as (host, pilot):
        await host.work(10)
        await at(pilot, BreakPromptScreen)
        assert isinstance(context.clock, SettableClock)
        context.clock.seconds += 1
        yield host, pilot


def recorded(context: Context) -> list[str]:
    with context.history() as history:
        return [one.answer.value for one in stored_prompts(history)]


def is_asking(host: BreakHost) -> bool:
    return isinstance(host.screen, BreakPromptScreen)


class TestAsking:
    async def test_asks_once_after_active_time_with_the_title_of_the_routine(
        self, context: Context, library: Library
    ) -> None:
        async with opened(context, library) as (host, pilot):
            await host.work(9)
            assert not is_asking(host)
            await host.work(1)
            screen = await at(pilot, BreakPromptScreen)
            assert str(screen.query(Static)[1].render()) == f"{library.routines['screen-break'].title}."
            assert [button.id for button in screen.query(Button)] == ["prompt-start", "prompt-snooze", "prompt-skip"]
            await host.prompts.tick()
            assert sum(isinstance(one, BreakPromptScreen) for one in host.screen_stack) == 1
            assert host.rung == 1

    async def test_is_silent_if_the_user_wants_that(self, context: Context, library: Library) -> None:
        set_up(context, lambda file: change_setting(file, "breaks.sound", value=False))
        async with asked(context, library) as (host, _):
            assert host.rung == 0

    async def test_announces_a_prompt(self, context: Context, library: Library) -> None:
        set_up(context, lambda file: change_setting(file, "breaks.heads_up", 60))
        async with opened(context, library) as (host, _):
            await host.work(9)
            title = library.routines["screen-break"].title
            assert host.announced == [f"A break is coming up: {title} in 60 seconds."]

    async def test_nothing_is_asked_over_a_session(self, context: Context, library: Library) -> None:
        async with opened(context, library) as (host, pilot):
            host.is_busy = True
            await host.work(12)
            assert not is_asking(host)
            assert "the app is busy with a session" in host.prompts.next_prompt()
            host.is_busy = False
            await host.work(1)
            await at(pilot, BreakPromptScreen)

    async def test_deferrals_of_the_watcher_apply_to_the_app(self, context: Context, library: Library) -> None:
        async with opened(context, library) as (host, _):
            host.desktop.deferral = Deferral.MICROPHONE
            await host.work(12)
            assert not is_asking(host)
            assert "a microphone is in use" in host.prompts.next_prompt()

    async def test_a_prompt_that_was_shown_before_is_shown_at_once(self, context: Context, library: Library) -> None:
        async with asked(context, library):
            pass
        host = BreakHost(context, library)
        async with host.run_test() as pilot:
            await host.prompts.tick()
            await at(pilot, BreakPromptScreen)


class TestAnswering:
    @pytest.mark.parametrize(("key", "answer"), [("z", "snoozed"), ("k", "skipped"), ("escape", "snoozed")])
    async def test_with_a_key(self, context: Context, library: Library, key: str, answer: str) -> None:
        async with asked(context, library) as (host, pilot):
            await pilot.press(key)
            await until(pilot, lambda: recorded(context) == [answer], "it is recorded")
            assert not is_asking(host)

    @pytest.mark.parametrize(("button", "answer"), [("snooze", "snoozed"), ("skip", "skipped")])
    async def test_with_a_button(self, context: Context, library: Library, button: str, answer: str) -> None:
        async with asked(context, library) as (host, pilot):
            await pilot.click(f"#prompt-{button}")
            await until(pilot, lambda: recorded(context) == [answer], "it is recorded")
            assert not is_asking(host)

    async def test_start_requests_the_session(self, context: Context, library: Library) -> None:
        async with asked(context, library) as (host, pilot):
            await pilot.press("s")
            await until(pilot, lambda: bool(host.requests), "a session is requested")
            assert host.requests == [SessionRequested("screen-break", Source.BREAK)]
            assert recorded(context) == ["started"]

    async def test_a_snoozed_prompt_returns(self, context: Context, library: Library) -> None:
        async with asked(context, library) as (host, pilot):
            await pilot.press("z")
            await until(pilot, lambda: recorded(context) == ["snoozed"], "it is recorded")
            await host.work(6)
            await at(pilot, BreakPromptScreen)

    async def test_the_last_prompt_cannot_be_snoozed(self, context: Context, library: Library) -> None:
        set_up(context, lambda file: change_setting(file, "breaks.snooze_limit", 0))
        async with asked(context, library) as (host, pilot):
            assert not host.screen.query("#prompt-snooze")
            await pilot.press("z")
            assert is_asking(host)
            await pilot.press("escape")
            await until(pilot, lambda: recorded(context) == ["skipped"], "it is recorded")

    async def test_keys_typed_while_the_prompt_appears_are_ignored(self, context: Context, library: Library) -> None:
        async with opened(context, library) as (host, pilot):
            await host.work(10)
            await at(pilot, BreakPromptScreen)
            assert isinstance(context.clock, SettableClock)
            for _ in range(3):  # less than half a second between two keys
                await pilot.press("k", "s", "enter")
                context.clock.seconds += 0.4
            assert is_asking(host)
            context.clock.seconds += 0.2
            await pilot.press("k")
            await until(pilot, lambda: recorded(context) == ["skipped"], "it is recorded")

    async def test_a_routine_that_is_gone_is_reported_and_asked_for_again(
        self, context: Context, library: Library
    ) -> None:
        async with asked(context, library, routine="long-gone") as (host, pilot):
            await pilot.press("s")
            await until(pilot, lambda: any("long-gone" in one for one in host.warnings), "it is reported")
            await until(pilot, lambda: phase(context) is Phase.SNOOZED, "it is postponed")
            assert host.requests == []


def phase(context: Context) -> Phase | None:
    prompt = load_day(context.places.breaks).state.prompt
    return prompt.phase if prompt else None


class TestWithdrawing:
    async def test_an_answer_from_a_shell_closes_the_prompt(self, context: Context, library: Library) -> None:
        async with asked(context, library) as (host, _):
            send(context.places.breaks, SentAnswer(Choice.SNOOZE, 20), context.clock.wall().ms / 1000)
            await host.prompts.tick()
            assert not is_asking(host)
            assert recorded(context) == ["snoozed"]

    async def test_a_natural_break_closes_the_prompt(self, context: Context, library: Library) -> None:
        async with asked(context, library) as (host, _):
            assert isinstance(host.desktop.idle, FakeIdle)
            for minute in range(1, 8):
                host.desktop.idle.idle = minute * 60.0
                await host.work(1)
            assert not is_asking(host)
            assert recorded(context) == ["natural"]

    async def test_a_prompt_withdrawn_below_another_screen_closes_after_it(
        self, context: Context, library: Library
    ) -> None:
        async with asked(context, library) as (host, pilot):
            await host.push_screen(Screen())
            send(context.places.breaks, SentAnswer(Choice.SKIP), context.clock.wall().ms / 1000)
            await host.prompts.tick()
            assert any(isinstance(one, BreakPromptScreen) for one in host.screen_stack)
            host.pop_screen()
            await until(pilot, lambda: len(host.screen_stack) == 1, "the prompt is gone too")


class TestSettings:
    async def test_a_changed_rule_reaches_the_app(self, context: Context, library: Library) -> None:
        async with opened(context, library) as (host, pilot):
            add_rule(context.places.settings_file, {"every": 5})
            await host.work(6)
            await at(pilot, BreakPromptScreen)
            assert [rule.every for rule in context.settings.breaks.rules] == [10, 5]

    async def test_setting_changed_in_a_shell_applies_in_the_app(self, context: Context, library: Library) -> None:
        async with opened(context, library) as (host, _):
            seen: list[Settings] = []
            context.subscribe(seen.append)
            change_setting(context.places.settings_file, "voice.rate", 99)
            await host.work(1)
            assert context.settings.voice.rate == 99
            assert seen == [context.settings]

    async def test_an_invalid_file_is_reported_and_the_last_valid_rules_apply(
        self, context: Context, library: Library
    ) -> None:
        async with opened(context, library) as (host, pilot):
            context.places.settings_file.write_text("[breaks\n", encoding="utf-8")
            await host.work(10)
            await at(pilot, BreakPromptScreen)
            assert len(host.warnings) == 1
            assert "config.toml" in host.warnings[0]


class TestSentence:
    async def test_says_when_the_next_break_comes(self, context: Context, library: Library) -> None:
        async with opened(context, library) as (host, pilot):
            await host.work(4)
            await pilot.pause()
            assert host.sentence.endswith("after 6 more active minutes.")
            assert host.prompts.next_prompt() == host.sentence

    async def test_says_how_to_add_a_rule(self, context: Context, library: Library) -> None:
        host = BreakHost(context, library)
        async with host.run_test():
            assert host.prompts.next_prompt() == "No break reminders. Press b to add one."
            await host.prompts.tick()
            assert host.prompts.next_prompt() == "No break reminders. Press b to add one."

    async def test_is_empty_until_the_day_is_known(self, context: Context, library: Library) -> None:
        set_up(context, lambda file: add_rule(file, {"every": 5}))
        host = BreakHost(context, library)
        async with host.run_test():
            assert host.prompts.next_prompt() == ""


class TestTrouble:
    async def test_lock_that_cannot_be_taken_is_reported_once(self, context: Context, library: Library) -> None:
        set_up(context, lambda file: add_rule(file, {"every": 10}))
        make_private_folder(context.places.breaks)
        context.places.app_lock.mkdir(parents=True)
        host = BreakHost(context, library)
        async with host.run_test():
            await host.work(3)
            assert len(host.warnings) == 1
            assert f"{context.places.app_lock.name} cannot be opened" in host.warnings[0]
            context.places.app_lock.rmdir()
            await host.work(1)
            assert host.prompts.next_prompt().startswith("Next break")


class TestClosing:
    async def test_stores_the_state_and_releases_the_lock(self, context: Context, library: Library) -> None:
        async with opened(context, library) as (host, _):
            assert is_locked(context.places.app_lock)
            await host.work(7)
        assert not is_locked(context.places.app_lock)
        assert load_day(context.places.breaks).state.active >= 7 * 60

    async def test_a_state_that_cannot_be_written_is_reported(self, context: Context, library: Library) -> None:
        async with opened(context, library) as (host, _):
            context.places.breaks.rename(context.places.breaks.with_name("elsewhere"))
            context.places.breaks.write_text("in the way", encoding="utf-8")
        assert any("breaks" in warning for warning in host.warnings)


class TestWholeApp:
    async def test_start_runs_the_break_in_the_app(
        self, new_context: Context, clock: FrozenClock, library: Library
    ) -> None:
        from tests.tui.conftest import remember_notice  # noqa: PLC0415 - beside the fixture of the same context

        assert library
        remember_notice(new_context)
        set_up(new_context, lambda file: add_rule(file, {"every": 10, "routine": "screen-break"}))
        async with running(new_context) as pilot:
            await at(pilot, HomeScreen)
            app = pilot.app
            assert isinstance(app, CoachApp)
            assert app._services  # noqa: SLF001 - nothing outside the app needs it
            for _ in range(11):
                clock.time += 60
                await app._services.prompts.tick()  # noqa: SLF001 - likewise
            await at(pilot, BreakPromptScreen)
            clock.time += 1
            await pilot.press("s")
            await at(pilot, CoachScreen)


async def test_invalid_settings_that_the_app_asked_about_are_not_reported_again(
    context: Context, library: Library
) -> None:
    context.places.settings_file.write_text("[voice]\nrate = 1\n", encoding="utf-8")
    context.reload_settings()
    host = BreakHost(context, library)
    async with host.run_test():
        await host.prompts.tick()
        assert host.warnings == []
        context.places.settings_file.write_text("[voice]\nrate = 22\n", encoding="utf-8")  # another mistake
        await host.work(1)
        assert "voice.rate: 22" in host.warnings[0]
