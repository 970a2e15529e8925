"""The settings screen: each kind of field is written at once, invalid values are reported, invalid files kept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from datetime import time

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input, Select, Static, Switch

from stretch_coach.context import Context
from stretch_coach.routine.library import Library
from stretch_coach.settings import load_settings
from stretch_coach.settings.edit import change_setting
from stretch_coach.settings.schema import RULES, SETTINGS
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.screens.settings import SettingsScreen
from tests.tui.driving import at, running, until
from tests.tui.frames import words_of
from tests.tui.host import HostApp, hosting


class Opened:
    """The settings screen, and what it was seen to do."""

    def __init__(self, pilot: Pilot[None], screen: SettingsScreen, warnings: list[str]) -> None:
        self.pilot = pilot
        self.screen = screen
        self.warnings = warnings

    def select(self, name: str) -> "Select[str]":
        return self.screen.query_one(f"#{name.replace('.', '-')}", Select)

    def switch(self, name: str) -> Switch:
        return self.screen.query_one(f"#{name.replace('.', '-')}", Switch)

    def field(self, name: str) -> Input:
        return self.screen.query_one(f"#{name.replace('.', '-')}", Input)

    async def type(self, name: str, text: str, key: str = "enter") -> None:
        """Replace what a field has by a text, and press a key."""
        field = self.field(name)
        field.focus()
        field.value = text
        await self.pilot.press(key)
        await self.pilot.pause()


@asynccontextmanager
async def settings_screen(context: Context, library: Library) -> AsyncIterator[Opened]:
    screen = SettingsScreen(context, library)
    async with hosting(screen, context, (110, 30)) as host:
        yield Opened(host.pilot, screen, host.app.warnings)


def written(context: Context) -> str:
    file = context.places.settings_file
    return file.read_text(encoding="utf-8") if file.exists() else ""


async def test_every_setting_but_the_rules_has_a_field(context: Context, library: Library) -> None:
    context.settings = context.settings.with_value(SETTINGS["app.theme"], "gone [/b]")
    async with settings_screen(context, library) as opened:
        texts = [str(one.content) for one in opened.screen.query(Static)]
        for setting in SETTINGS.values():
            if setting is not RULES:
                assert opened.screen.query_one(f"#{setting.section}-{setting.key}").focusable
                assert setting.title in texts
        # A routine is chosen by its title. A value that is not among the choices is shown.
        assert "One-minute micro-break" in texts
        assert opened.select("app.theme").value == "gone [/b]"
        opened.screen.query_one("#voice-rate").focus()
        await opened.pilot.pause()
        assert str(opened.screen.query_one("#settings-help", Static).content) == "Words a minute. (80 to 300)"
        for field in opened.screen.query(Input):
            field.focus()
            await opened.pilot.pause()
    assert written(context) == ""


async def test_choices_flags_numbers_times_and_texts_are_written(context: Context, library: Library) -> None:
    async with settings_screen(context, library) as opened:
        opened.select("app.view").value = "teacher"
        opened.select("start.routine").value = "screen-break"
        opened.switch("record.partial_counts").toggle()
        opened.switch("breaks.sound").toggle()
        await opened.type("voice.rate", "200")
        await opened.type("record.day_start", "05:30")
        await opened.type("voice.voice", "en-us")
        await opened.type("voice.volume", "0.5")
        await opened.type("breaks.snooze", "3, 6", key="tab")
        assert opened.warnings == []
    settings = load_settings(context.places.settings_file)
    assert (settings.app.view, settings.start.routine) == ("teacher", "screen-break")
    assert (settings.record.partial_counts, settings.record.day_start) == (True, time(5, 30))
    assert (settings.voice.rate, settings.voice.voice, settings.voice.volume) == (200, "en-us", 0.5)
    assert (settings.breaks.sound, settings.breaks.snooze) == (False, (3, 6))
    assert settings == context.settings._replace(voice=settings.voice)


async def test_invalid_values_are_reported_once_and_not_written(context: Context, library: Library) -> None:
    invalid = {"voice.rate": "999999", "voice.volume": "[/b]", "app.lead_in": "[@click=app.quit]x[/]"}
    async with settings_screen(context, library) as opened:
        for name, typed in invalid.items():
            await opened.type(name, typed)
        assert opened.field("voice.rate").value == "160"
        await opened.type("voice.rate", "888888", key="tab")
        assert [one.partition(": ")[0] for one in opened.warnings] == [*invalid, "voice.rate"]
    assert written(context) == ""


async def test_invalid_file_is_reported_and_not_written_over(context: Context, library: Library) -> None:
    invalid = "[app\nview = mirror\n"
    context.places.settings_file.write_text(invalid, encoding="utf-8")
    async with settings_screen(context, library) as opened:
        opened.select("app.view").value = "teacher"
        await opened.pilot.pause()
        assert [one.startswith(f"{context.places.settings_file}:1") for one in opened.warnings] == [True]
    assert written(context) == invalid


async def test_file_is_opened_in_the_editor_and_read_again(
    context: Context, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["[voice]\nrate = 99\n", "[voice]\nrate = 1\n"]
    monkeypatch.setattr(HostApp, "suspend", nullcontext)
    monkeypatch.setattr(
        "stretch_coach.tui.repairs.edit_file", lambda file: file.write_text(texts.pop(0), encoding="utf-8")
    )
    async with settings_screen(context, library) as opened:
        await opened.pilot.press("f2")
        assert opened.screen.query_one("#voice-rate", Input).value == "99"
        await opened.pilot.press("f2")
        [warning] = opened.warnings
        assert warning.startswith(f"{context.places.settings_file}:2: voice.rate: 1 is not valid.")
        assert context.settings.voice.rate == 99


async def test_change_made_elsewhere_is_shown(context: Context, library: Library) -> None:
    async with settings_screen(context, library) as opened:
        for name, value in {"voice.rate": 99, "app.view": "teacher", "app.title": False}.items():
            context.edit_settings(lambda file, name=name, value=value: change_setting(file, name, value))  # type: ignore[misc]
        assert opened.screen.query_one("#voice-rate", Input).value == "99"
        assert opened.select("app.view").value == "teacher"
        assert opened.switch("app.title").value is False


class TestTheme:
    """In the whole app, which applies the theme."""

    @staticmethod
    async def open_settings(pilot: Pilot[int]) -> SettingsScreen:
        await at(pilot, HomeScreen)
        await pilot.press("s")
        return await at(pilot, SettingsScreen)

    async def test_chosen_theme_is_applied_and_kept(self, context: Context) -> None:
        async with running(context) as pilot:
            screen = await self.open_settings(pilot)
            screen.query_one("#app-theme", Select).value = "coach-light"
            await until(pilot, lambda: pilot.app.theme == "coach-light", "it is applied")
            assert 'theme = "coach-light"' in written(context)
            screen.query_one("#app-theme", Select).value = ""
            await until(pilot, lambda: pilot.app.theme == "coach-dark", "the default is applied")
            assert "coach" not in written(context)

    async def test_theme_chosen_in_the_palette_is_kept(self, context: Context) -> None:
        async with running(context) as pilot:
            await at(pilot, HomeScreen)
            pilot.app.search_themes()
            await at(pilot, CommandPalette)
            await pilot.press(*"coach-light")
            await until(pilot, lambda: "coach-light" in words_of(pilot.app), "it is found")
            await pilot.press("enter")
            await until(pilot, lambda: pilot.app.theme == "coach-light", "it is applied")
            await until(pilot, lambda: "coach-light" in written(context), "it is kept")

    async def test_theme_of_the_environment_is_not_written(
        self, context: Context, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TEXTUAL_THEME", "coach-light")
        async with running(context) as pilot:
            screen = await self.open_settings(pilot)
            assert pilot.app.theme == "coach-light"
            screen.query_one("#app-theme", Select).value = "nord"
            await until(pilot, lambda: pilot.app.theme == "nord", "it is applied")
            screen.query_one("#app-theme", Select).value = ""
            await until(pilot, lambda: pilot.app.theme == "coach-light", "the environment's is applied")
        assert "coach-light" not in written(context)

    async def test_unknown_theme_does_not_keep_the_app_from_opening(self, context: Context) -> None:
        context.settings = context.settings.with_value(SETTINGS["app.theme"], "gone [/b]")
        async with running(context) as pilot:
            await at(pilot, HomeScreen)
            assert pilot.app.theme == "coach-dark"


async def test_switch_says_whether_it_is_on(context: Context, library: Library) -> None:
    async with settings_screen(context, library) as opened:
        switch = opened.switch("app.title")
        assert switch.parent
        word = switch.parent.query_one(Static)
        assert str(word.content) == "On"
        switch.focus()
        await opened.pilot.press("space")
        await until(opened.pilot, lambda: str(word.content) == "Off", "it is off")
        # As a command in a shell does.
        context.edit_settings(lambda file: change_setting(file, "app.title", value=True))
        await until(opened.pilot, lambda: str(word.content) == "On", "it is on again")
