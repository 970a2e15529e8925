"""Home: today, what to do now, the routines, and the ways from there."""

import json

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from stretch_coach.journal.ids import new_id
from stretch_coach.journal.records import Outcome, SessionRecord, Source, StepOutcome, StepRecord
from stretch_coach.journal.sessions import list_sessions, save_session
from stretch_coach.routine.library import Library
from stretch_coach.routine.timeline import build_timeline
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.help import HelpScreen
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.screens.settings import SettingsScreen
from stretch_coach.world import World
from tests.tui.conftest import NOON
from tests.tui.frames import words_of
from tests.tui.pilots import at, running, told, until


def interrupt(
    world: World, library: Library, routine: str = "micro-break", title: str = "One-minute micro-break"
) -> str:
    """A session of today that was broken off in its second step."""
    timeline = build_timeline(library.routines["micro-break"])
    first = timeline.segments[0]
    record = SessionRecord(
        id=new_id(NOON.ms - 600_000),
        started_ms=NOON.ms - 600_000,
        ended_ms=None,
        utc_offset_s=3600,
        zone="CET",
        day="2026-11-20",
        routine=routine,
        title=title,
        planned_ms=60_000,
        done_ms=20_000,
        segments=len(timeline.segments),
        segments_done=2,
        outcome=Outcome.INTERRUPTED,
        source=Source.TIMER,
        device=None,
    )
    assert first.exercise
    seconds = sum(timeline.segments[index].length_ms for index in timeline.sets[0])
    step = StepRecord(1, first.side, first.exercise.id, seconds, seconds, first.reps, first.reps, StepOutcome.DONE)
    with world.writable_history() as history:
        save_session(history, record, [step])
    return record.id


async def test_today_at_a_glance_and_what_to_do_now(world: World) -> None:
    async with running(world) as pilot:
        await at(pilot, HomeScreen)
        words = words_of(pilot.app)
        assert "0 of 1 session done today." in words
        assert "Now: One-minute micro-break, 1:00. One minute, nothing needed: a good first one." in words
        assert "c goes on" not in words
        assert not pilot.app.screen.check_action("go_on", ())


async def test_enter_starts_what_is_suggested_and_leaving_comes_back(world: World) -> None:
    async with running(world) as pilot:
        await at(pilot, HomeScreen)
        await pilot.press("enter")
        await at(pilot, CoachScreen)
        assert "One-minute micro-break" in words_of(pilot.app)
        await pilot.press("escape")
        await at(pilot, HomeScreen)


async def test_typing_filters_at_once_and_escape_shows_all(world: World) -> None:
    async with running(world) as pilot:
        home = await at(pilot, HomeScreen)
        options = home.query_one(OptionList)
        everything = options.option_count
        await pilot.press("slash", *"evening")
        await until(pilot, lambda: 0 < options.option_count < everything, "the list is shorter")
        assert "Evening wind-down" in words_of(pilot.app)
        await pilot.press("down", "enter")
        await at(pilot, CoachScreen)
        assert "Evening wind-down" in words_of(pilot.app)
        await pilot.press("q")
        await at(pilot, HomeScreen)
        home.query_one(Input).focus()
        await pilot.press("escape")
        await until(pilot, lambda: options.option_count == everything, "all are shown")


async def test_typing_faster_than_the_list_follows(world: World) -> None:
    async with running(world) as pilot:
        home = await at(pilot, HomeScreen)
        field = home.query_one(Input)
        for typed in ("e", "zzzz", "evening", "zzzz", "", "tow", "zzzz"):
            field.value = typed
        await until(pilot, lambda: "No routine fits" in words_of(pilot.app), "nothing fits")
        assert pilot.app.is_running


async def test_what_was_typed_stays_while_help_is_looked_at(world: World) -> None:
    async with running(world) as pilot:
        home = await at(pilot, HomeScreen)
        await pilot.press("slash", *"towel", "enter")
        await until(pilot, lambda: home.query_one(OptionList).option_count == 1, "one routine fits")
        await pilot.press("f1")
        await at(pilot, HelpScreen)
        await pilot.press("escape")
        await at(pilot, HomeScreen)
        assert home.query_one(Input).value == "towel"
        assert home.query_one(OptionList).option_count == 1


async def test_the_arrows_turn_through_the_exercises(world: World) -> None:
    async with running(world) as pilot:
        await at(pilot, HomeScreen)

        def looked_at() -> str:
            return next(line.partition("▸")[2] for line in words_of(pilot.app).splitlines() if "▸" in line)

        first = looked_at()
        await pilot.press("right")
        await pilot.pause()
        assert looked_at() != first
        await pilot.press("left")
        await pilot.pause()
        assert looked_at() == first


async def test_an_interrupted_session_is_offered_and_gone_on_with_to_its_end(
    quick_world: World, library: Library
) -> None:
    session_id = interrupt(quick_world, library)
    async with running(quick_world) as pilot:
        await at(pilot, HomeScreen)
        assert "One-minute micro-break was interrupted at 2 of" in words_of(pilot.app)
        await pilot.press("c")
        screen = await at(pilot, CoachScreen)
        await until(pilot, lambda: "It goes on at step 2." in words_of(pilot.app), "it says where it goes on")
        assert screen.query_one("#ready-start").label.plain == "Go on"  # type: ignore[attr-defined]  # a button
        await pilot.press("enter")
        await at(pilot, EndingScreen)
        assert "Well done" in words_of(pilot.app)
        await pilot.press("enter")
        await at(pilot, HomeScreen)
        assert "c goes on" not in words_of(pilot.app)
        assert "Done for today: 1 session." in words_of(pilot.app)
    with quick_world.history() as history:
        [record] = list_sessions(history)
    assert (record.id, record.outcome, record.segments_done) == (session_id, Outcome.COMPLETED, record.segments)
    assert record.done_ms == record.planned_ms


async def test_what_was_interrupted_and_is_gone_is_told(world: World, library: Library) -> None:
    interrupt(world, library, routine="gone", title="Gone [/b]")
    async with running(world) as pilot:
        await at(pilot, HomeScreen)
        await pilot.press("c")
        await pilot.pause()
        assert told(pilot) == ["The routine of Gone [/b] is no longer in the library."]


async def test_a_routine_that_changed_meanwhile_begins_anew_and_says_so(world: World, library: Library) -> None:
    interrupt(world, library, routine="evening-wind-down")
    async with running(world) as pilot:
        await at(pilot, HomeScreen)
        await pilot.press("c")
        await at(pilot, CoachScreen)
        await until(pilot, lambda: "begins anew" in " ".join(words_of(pilot.app).split()), "it says so")


@pytest.mark.parametrize(("key", "screen"), [("s", SettingsScreen), ("question_mark", HelpScreen)])
async def test_each_place_opens_and_closes(world: World, key: str, screen: type[SettingsScreen | HelpScreen]) -> None:
    async with running(world) as pilot:
        await at(pilot, HomeScreen)
        await pilot.press(key)
        await at(pilot, screen)
        await pilot.press("escape")
        await at(pilot, HomeScreen)


async def test_the_palette_starts_a_routine(world: World) -> None:
    async with running(world) as pilot:
        await at(pilot, HomeScreen)
        await pilot.press("ctrl+p")
        await at(pilot, CommandPalette)
        await pilot.press(*"start towel")
        await until(pilot, lambda: "Start: " in words_of(pilot.app), "the command is found")
        await pilot.press("escape")
        await at(pilot, HomeScreen)
        await pilot.press("ctrl+p")
        await at(pilot, CommandPalette)
        await pilot.press(*"start evening")
        await until(pilot, lambda: "Start: Evening" in words_of(pilot.app), "the command is found")
        await pilot.press("enter")
        await pilot.pause()
        if not isinstance(pilot.app.screen, CoachScreen):
            await pilot.press("enter")
        await at(pilot, CoachScreen)


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_leaving(world: World, key: str) -> None:
    async with running(world) as pilot:
        await at(pilot, HomeScreen)
        await pilot.press(key)
        await until(pilot, lambda: pilot.app._exit, "the app ended")  # noqa: SLF001 - no public way to know
    assert pilot.app.return_value == 0


async def test_an_own_routine_that_is_wrong_is_told_and_the_rest_is_there(world: World) -> None:
    world.places.routines.mkdir(parents=True)
    (world.places.routines / "broken.json").write_text(json.dumps({"title": "[/b]", "steps": "[x"}), encoding="utf-8")
    async with running(world) as pilot:
        await at(pilot, HomeScreen)
        await until(pilot, lambda: bool(told(pilot)), "it is told")
        assert "broken.json" in told(pilot)[0]
        assert "One-minute micro-break" in words_of(pilot.app)


async def test_what_is_done_counts_at_once(quick_world: World) -> None:
    async with running(quick_world) as pilot:
        await at(pilot, HomeScreen)
        await pilot.press("enter")
        screen = await at(pilot, CoachScreen)
        await until(pilot, lambda: not screen.query_one("#ready-start").disabled, "it is ready")
        await pilot.press("enter")
        await at(pilot, EndingScreen)
        await pilot.press("enter")
        await at(pilot, HomeScreen)
        assert "Done for today: 1 session." in words_of(pilot.app)
        assert "Streak: 1 day." in words_of(pilot.app)
