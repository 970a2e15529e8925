"""The settings screen: each kind of field is written at once, invalid values are reported, invalid files kept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from datetime import time

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from stretch_coach.context import Context
from stretch_coach.routine.library import Library
from stretch_coach.settings import load_settings
from stretch_coach.settings.edit import change_setting
from stretch_coach.settings.schema import RULES, SETTINGS
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.screens.settings import SettingsScreen
from stretch_coach.tui.widgets.figure_view import FigureView
from stretch_coach.tui.widgets.setting_field import SettingField
from stretch_coach.tui.widgets.setting_help import SettingHelp
from tests.tui.driving import at, running, until
from tests.tui.frames import words_of
from tests.tui.host import HostApp, hosting


class Opened:
    """The settings screen, and what it was seen to do."""

    def __init__(self, pilot: Pilot[None], screen: SettingsScreen, warnings: list[str]) -> None:
        self.pilot = pilot
        self.screen = screen
        self.warnings = warnings

    def field(self, name: str) -> SettingField:
        return self.screen.query_one(f"#{name.replace('.', '-')}", SettingField)

    def shown(self, name: str) -> str:
        """Return the line of a setting."""
        return self.field(name).render().plain

    async def press(self, name: str, *keys: str) -> None:
        """Press keys on a field."""
        self.screen.set_focus(self.field(name))
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def choose(self, name: str, label: str) -> None:
        """Choose from the open list of a field."""
        await self.press(name, "enter")
        [choices] = self.field(name).query(OptionList)
        choices.highlighted = [str(option.prompt) for option in choices.options].index(label)
        await self.pilot.press("enter")
        await self.pilot.pause()

    async def type(self, name: str, text: str, key: str = "enter") -> None:
        """Replace what a field has by a text, and press a key."""
        await self.press(name, "enter")
        self.field(name).query_one(Input).value = text
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
        for setting in SETTINGS.values():
            if setting is not RULES:
                assert setting.title[:20] in opened.shown(setting.name)
        # A routine is chosen by its title. A value that is not among the choices is shown.
        assert "One-minute micro-break" in opened.shown("start.routine")
        assert "gone [/b]" in opened.shown("app.theme")
        assert "(empty)" in opened.shown("voice.voice")
        await opened.press("voice.rate", "down", "up")
        help_ = opened.screen.query_one(SettingHelp)
        assert [str(one.content) for one in help_.query(Static)][:3] == [
            "Speed",
            "Words a minute. (80 to 300)",
            "Default: 160   F3 restores it.\nIn the file: voice.rate",
        ]
        for name in ("voice.voice", "voice.rate", "app.theme"):
            await opened.press(name, "enter", "escape")
        assert opened.screen.focused is opened.field("app.theme")
    assert written(context) == ""


async def test_choices_flags_numbers_times_and_texts_are_written(context: Context, library: Library) -> None:
    async with settings_screen(context, library) as opened:
        await opened.choose("app.view", "Teacher")
        await opened.choose("start.routine", "Three-minute screen break")
        await opened.press("app.motion", "right")
        assert opened.screen.query_one(FigureView).display
        await opened.press("record.partial_counts", "space")
        await opened.press("breaks.sound", "left")
        await opened.press("voice.rate", "enter", *"200", "enter")
        await opened.type("record.day_start", "05:30")
        await opened.type("voice.voice", "en-us")
        await opened.type("voice.volume", "0.5")
        await opened.type("breaks.snooze", "3, 6", key="tab")
        assert not list(opened.screen.query(".setting-problem"))
        assert "[3, 6]" in opened.shown("breaks.snooze")
    settings = load_settings(context.places.settings_file)
    assert (settings.app.view, settings.app.motion, settings.start.routine) == ("teacher", "reduced", "screen-break")
    assert (settings.record.partial_counts, settings.record.day_start) == (True, time(5, 30))
    assert (settings.voice.rate, settings.voice.voice, settings.voice.volume) == (200, "en-us", 0.5)
    assert (settings.breaks.sound, settings.breaks.snooze) == (False, (3, 6))
    assert settings == context.settings._replace(voice=settings.voice)


async def test_default_is_restored_and_a_change_made_elsewhere_is_shown(context: Context, library: Library) -> None:
    async with settings_screen(context, library) as opened:
        await opened.type("voice.rate", "200")
        await opened.press("voice.rate", "f3")
        assert context.settings.voice.rate == 160
        assert "160" in opened.shown("voice.rate")
        assert "rate" not in written(context)
        for name, value in {"voice.rate": 99, "app.view": "teacher", "app.title": False}.items():
            context.edit_settings(lambda file, name=name, value=value: change_setting(file, name, value))  # type: ignore[misc]
        assert "99" in opened.shown("voice.rate")
        assert "Teacher" in opened.shown("app.view")
        assert opened.shown("app.title").endswith("Off")


async def test_highlighted_choice_is_tried_and_not_written(context: Context, library: Library) -> None:
    async with settings_screen(context, library) as opened:
        await opened.press("app.skin", "enter", "down", "down")
        assert context.settings.app.skin == "light"
        await opened.pilot.press("escape")
        await opened.pilot.pause()
        assert context.settings.app.skin == ""
        assert "Default" in opened.shown("app.skin")
        await opened.press("app.skin", "enter", "down", "enter")
        assert (context.settings.app.skin, "fair" in written(context)) == ("fair", True)
        await opened.press("app.skin", "enter", "down", "tab")
        assert context.settings.app.skin == "fair"


async def test_error_is_below_the_field_and_nothing_is_written(context: Context, library: Library) -> None:
    invalid = {"voice.rate": "999999", "voice.volume": "[/b]", "app.lead_in": "[@click=app.quit]x[/]"}
    async with settings_screen(context, library) as opened:
        for name, typed in invalid.items():
            await opened.type(name, typed)
            assert "is not valid" in opened.field(name).problem
        assert "160" in opened.shown("voice.rate")
        problems = [str(one.content) for one in opened.screen.query(".setting-problem").results(Static)]
        assert sum("Write a whole number from 80 to 300." in one for one in problems) == 1
        assert len(problems) == len(invalid)
        for name in invalid:
            await opened.press(name, "enter", "enter")
        assert not list(opened.screen.query(".setting-problem"))
        assert opened.warnings == []
    assert written(context) == ""


async def test_invalid_file_is_reported_and_not_written_over(context: Context, library: Library) -> None:
    invalid = "[app\nview = mirror\n"
    context.places.settings_file.write_text(invalid, encoding="utf-8")
    async with settings_screen(context, library) as opened:
        await opened.choose("app.view", "Teacher")
        assert opened.field("app.view").problem.startswith(f"{context.places.settings_file}:1")
        assert "Mirror" in opened.shown("app.view")
    assert written(context) == invalid


async def test_voice_can_be_heard(context: Context, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    class Voice:
        trouble = ""

        async def say_now(self, text: str) -> float:
            said.append(text)
            return 1.0

        async def close(self) -> None:
            said.append("closed")

    async def open_voice(*_: object) -> tuple[Voice, None]:
        return Voice(), None

    monkeypatch.setattr("stretch_coach.voice.voice.open_voice", open_voice)
    context.settings = context.settings.with_value(SETTINGS["voice.level"], "full")
    async with settings_screen(context, library) as opened:
        await opened.press("app.title", "f6")
        assert said == []
        await opened.press("voice.rate", "f6")
        await until(opened.pilot, lambda: "closed" in said, "it was said")
        assert said[0].startswith("Tilt your head")


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
        assert "99" in opened.shown("voice.rate")
        await opened.pilot.press("f2")
        title = str(opened.screen.query_one("#settings-title", Static).content)
        assert title.startswith(f"{context.places.settings_file}:2: voice.rate: 1 is not valid.")
        assert context.settings.voice.rate == 99


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
            field = screen.query_one("#app-theme", SettingField)
            await pilot.press("enter", "down")
            await until(pilot, lambda: pilot.app.theme != "coach-dark", "another one is tried")
            await pilot.press("escape")
            await until(pilot, lambda: pilot.app.theme == "coach-dark", "it is over")
            assert written(context) == ""
            field.post_message(SettingField.Edited(field, "coach-light"))
            await until(pilot, lambda: pilot.app.theme == "coach-light", "it is applied")
            assert 'theme = "coach-light"' in written(context)
            field.post_message(SettingField.Edited(field, ""))
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
            field = screen.query_one("#app-theme", SettingField)
            field.post_message(SettingField.Edited(field, "nord"))
            await until(pilot, lambda: pilot.app.theme == "nord", "it is applied")
            field.post_message(SettingField.Edited(field, ""))
            await until(pilot, lambda: pilot.app.theme == "coach-light", "the environment's is applied")
        assert "coach-light" not in written(context)

    async def test_unknown_theme_does_not_keep_the_app_from_opening(self, context: Context) -> None:
        context.settings = context.settings.with_value(SETTINGS["app.theme"], "gone [/b]")
        async with running(context) as pilot:
            await at(pilot, HomeScreen)
            assert pilot.app.theme == "coach-dark"
