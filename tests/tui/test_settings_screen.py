"""The settings: each kind of field written at once, bad values told, and a broken file never touched."""

from datetime import time

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input, Select, Switch

from stretch_coach.settings import load_settings
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.screens.settings import SettingsScreen
from stretch_coach.world import World
from tests.tui.frames import words_of
from tests.tui.pilots import at, running, told, until


async def opened(pilot: Pilot[int]) -> SettingsScreen:
    await at(pilot, HomeScreen)
    await pilot.press("s")
    return await at(pilot, SettingsScreen)


def written(world: World) -> str:
    file = world.places.settings_file
    return file.read_text(encoding="utf-8") if file.exists() else ""


async def test_looking_changes_nothing(world: World) -> None:
    async with running(world) as pilot:
        await opened(pilot)
        await pilot.press(*["tab"] * 30, "escape")
        await at(pilot, HomeScreen)
    assert written(world) == ""


async def test_a_choice_a_switch_a_number_a_time_and_a_word(world: World) -> None:
    async with running(world) as pilot:
        screen = await opened(pilot)
        screen.query_one("#app-view", Select).value = "teacher"
        screen.query_one("#record-partial_counts", Switch).toggle()
        for id_, typed in [
            ("voice-rate", "200"),
            ("record-day_start", "05:30"),
            ("voice-voice", "en-us"),
            ("voice-volume", "0.5"),
        ]:
            field = screen.query_one(f"#{id_}", Input)
            field.focus()
            field.value = typed
            await pilot.press("enter")
            await pilot.pause()
        await until(pilot, lambda: "volume" in written(world), "it is written")
        assert told(pilot) == []
    settings = load_settings(world.places.settings_file)
    assert settings.app.view == "teacher"
    assert settings.record.partial_counts
    assert settings.record.day_start == time(5, 30)
    assert (settings.voice.rate, settings.voice.voice, settings.voice.volume) == (200, "en-us", 0.5)


async def test_what_is_typed_is_taken_when_one_goes_on(world: World) -> None:
    async with running(world) as pilot:
        screen = await opened(pilot)
        field = screen.query_one("#voice-rate", Input)
        field.focus()
        field.value = "180"
        await pilot.press("tab")
        await until(pilot, lambda: "180" in written(world), "it is written")


async def test_comments_stay(world: World) -> None:
    world.places.settings_file.write_text('# mine\n[app]\nview = "mirror" # as in a glass\n', encoding="utf-8")
    async with running(world) as pilot:
        screen = await opened(pilot)
        screen.query_one("#app-view", Select).value = "teacher"
        await until(pilot, lambda: "teacher" in written(world), "it is written")
    assert written(world).startswith("# mine\n")
    assert "# as in a glass" in written(world)


@pytest.mark.parametrize(
    ("id_", "typed"),
    [
        ("voice-rate", "fast"),
        ("voice-rate", "999999"),
        ("voice-volume", "[/b]"),
        ("record-day_start", "25:99"),
        ("app-lead_in", "[@click=app.quit]x[/]"),
        ("app-lead_in", "-1"),
    ],
)
async def test_a_value_that_does_not_fit_is_told_and_not_written(world: World, id_: str, typed: str) -> None:
    async with running(world) as pilot:
        screen = await opened(pilot)
        field = screen.query_one(f"#{id_}", Input)
        field.focus()
        field.value = typed
        await pilot.press("enter")
        await until(pilot, lambda: bool(told(pilot)), "it is told")
    assert written(world) == ""


async def test_a_broken_file_is_never_overwritten(world: World) -> None:
    broken = "[app\nview = mirror\n"
    world.places.settings_file.write_text(broken, encoding="utf-8")
    async with running(world) as pilot:
        screen = await opened(pilot)
        screen.query_one("#app-view", Select).value = "teacher"
        await until(pilot, lambda: bool(told(pilot)), "it is told")
        assert "config.toml" in told(pilot)[0]
    assert written(world) == broken


async def test_a_theme_is_worn_and_kept(world: World) -> None:
    async with running(world) as pilot:
        screen = await opened(pilot)
        screen.query_one("#app-theme", Select).value = "coach-light"
        await until(pilot, lambda: pilot.app.theme == "coach-light", "it is worn")
        assert 'theme = "coach-light"' in written(world)
        screen.query_one("#app-theme", Select).value = "usual"
        await until(pilot, lambda: pilot.app.theme == "coach-dark", "the usual one is worn")
        assert "coach" not in written(world)


async def test_a_theme_that_the_palette_chose_is_kept(world: World) -> None:
    async with running(world) as pilot:
        await at(pilot, HomeScreen)
        pilot.app.search_themes()
        await at(pilot, CommandPalette)
        await pilot.press(*"coach-light")
        await until(pilot, lambda: "coach-light" in words_of(pilot.app), "it is found")
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.theme == "coach-light", "it is worn")
        await until(pilot, lambda: "coach-light" in written(world), "it is kept")


async def test_the_terminals_wish_for_a_theme_is_not_written_down(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXTUAL_THEME", "coach-light")
    async with running(world) as pilot:
        screen = await opened(pilot)
        assert pilot.app.theme == "coach-light"
        screen.query_one("#app-theme", Select).value = "nord"
        await until(pilot, lambda: pilot.app.theme == "nord", "it is worn")
        screen.query_one("#app-theme", Select).value = "usual"
        await until(pilot, lambda: pilot.app.theme == "coach-light", "the terminal's is worn")
        await pilot.pause()
    assert "coach-light" not in written(world)


async def test_an_unknown_theme_is_no_reason_not_to_open(world: World) -> None:
    app = world.settings.app._replace(theme="gone [/b]")
    async with running(world._replace(settings=world.settings._replace(app=app))) as pilot:
        screen = await opened(pilot)
        assert pilot.app.theme == "coach-dark"
        assert screen.query_one("#app-theme", Select).value == "gone [/b]"
