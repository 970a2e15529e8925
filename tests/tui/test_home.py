"""Home: today, what to do now, the routines, and the ways from there."""

import asyncio
import json

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from stretch_coach.context import Context
from stretch_coach.guide.profile import Profile, save_profile
from stretch_coach.guide.suitability import load_suitability
from stretch_coach.journal.backups import list_backups, read_contents
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.records import Outcome, SessionRecord, Source, StepOutcome, StepRecord
from stretch_coach.journal.sessions import list_sessions, save_session
from stretch_coach.routine.catalogue import make_cards
from stretch_coach.routine.library import Library
from stretch_coach.routine.timeline import build_timeline
from stretch_coach.tui.messages import SessionRequested
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.help import HelpScreen
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.screens.settings import SettingsScreen
from stretch_coach.tui.widgets.preview import Preview
from stretch_coach.tui.widgets.routine_list import RoutineList
from tests.tui.conftest import NOON
from tests.tui.driving import at, notifications, running, shown, until
from tests.tui.frames import words_of
from tests.tui.host import hosting


def interrupt(
    context: Context, library: Library, routine: str = "micro-break", title: str = "One-minute micro-break"
) -> str:
    """Record a session of today that was interrupted in its second step."""
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
    with context.writable_history() as history:
        save_session(history, record, [step])
    return record.id


async def test_home_shows_today_and_what_to_do_now(context: Context, library: Library) -> None:
    home = HomeScreen(context, make_cards(library))
    async with hosting(home, context) as host:
        await host.shows("0 of 1 session done today.")
        await host.shows("▶ One-minute micro-break 1:00")
        await host.shows("A good first session: one minute, no equipment.")
        assert "continue" not in host.text
        assert not home.check_action("continue", ())


async def test_suggestion_has_the_focus_the_list_starts_at_its_top_and_space_starts_anywhere(
    context: Context, library: Library
) -> None:
    home = HomeScreen(context, make_cards(library))
    async with hosting(home, context, size=(80, 24)) as host:
        await host.press("enter")  # before anything is known
        await host.until(lambda: len(host.app.requests) == 1, "it starts once it is known")
        await host.shows("Short breaks")
        await host.press(*["down"] * 4, "enter")
        await host.until(lambda: len(host.app.requests) == 2, "the marked routine starts")
        await host.press("space")
        await host.until(lambda: len(host.app.requests) == 3, "the suggestion starts")
        await host.press(*["up"] * 4, "enter")
        await host.until(lambda: len(host.app.requests) == 4, "the suggestion starts from its card")
    assert [one.routine for one in host.app.requests] == [
        "micro-break",
        "one-minute-turns",
        "micro-break",
        "micro-break",
    ]


async def test_wide_card_names_the_key_that_starts_the_suggestion(context: Context, library: Library) -> None:
    async with hosting(HomeScreen(context, make_cards(library)), context, size=(200, 40)) as host:
        await host.shows("Press space to start.")


async def test_preview_plays_through_the_exercises_once(
    context: Context, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = HomeScreen(context, make_cards(library))
    async with hosting(home, context) as host:
        await home.show_library(library)
        await host.shows("▸ Sit-tall reset")
        preview = home.query_one(Preview)
        monkeypatch.setattr("stretch_coach.tui.drawing.Drawing.is_still", lambda *_: False)
        preview.play()
        for name in ("Shoulder rolls", "Chin tuck", "Far-look eye break"):
            preview.advance()
            await host.shows(f"▸ {name}")
            assert preview.is_playing
        preview.advance()
        await host.shows("▸ Sit-tall reset")
        assert not preview.is_playing


async def test_enter_starts_the_suggestion_and_ending_it_returns_home(context: Context) -> None:
    async with running(context) as pilot:
        await at(pilot, HomeScreen)
        await pilot.press("enter")
        await at(pilot, CoachScreen)
        assert "One-minute micro-break" in words_of(pilot.app)
        await pilot.press("escape")
        await at(pilot, HomeScreen)


async def test_search_filters_at_once_and_escape_shows_all(context: Context) -> None:
    async with running(context) as pilot:
        home = await at(pilot, HomeScreen)
        options = home.query_one(OptionList)
        everything = options.option_count
        await pilot.press("slash", *"wind-down")
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


async def test_search_typed_faster_than_the_list_follows(context: Context, library: Library) -> None:
    home = HomeScreen(context, make_cards(library))
    async with hosting(home, context) as host:
        await home.show_library(library)
        field = home.query_one(Input)
        for typed in ("e", "zzzz", "evening", "zzzz", "", "tow", "zzzz"):
            field.value = typed
        await host.shows("No matching routines")


async def test_search_without_a_match_says_so_where_there_is_no_room_for_the_preview(
    context: Context, library: Library
) -> None:
    home = HomeScreen(context, make_cards(library))
    async with hosting(home, context, size=(50, 24)) as host:
        await home.show_library(library)
        home.query_one(Input).value = "zzzz"
        await host.shows("No matching routines")
        await host.press("down", "enter")
        assert host.app.requests == []
        home.query_one(Input).value = "evening"
        await host.shows("Evening wind-down")
        assert "No matching routines" not in host.text


async def test_search_stays_while_help_is_open(context: Context) -> None:
    async with running(context) as pilot:
        home = await at(pilot, HomeScreen)
        options = home.query_one(OptionList)
        everything = options.option_count
        await pilot.press("slash", *"towel", "enter")
        await until(pilot, lambda: options.option_count < everything, "few fit")
        found = options.option_count
        await pilot.press("f1")
        await at(pilot, HelpScreen)
        await pilot.press("escape")
        await at(pilot, HomeScreen)
        assert home.query_one(Input).value == "towel"
        assert options.option_count == found


async def test_arrows_page_through_the_exercises(context: Context, library: Library) -> None:
    home = HomeScreen(context, make_cards(library))
    async with hosting(home, context) as host:
        await home.show_library(library)

        def marked() -> str:
            return next((line.partition("▸")[2] for line in words_of(host.app).splitlines() if "▸" in line), "")

        await host.until(lambda: bool(marked()), "the preview is there")
        first = marked()
        await host.press("right")
        await host.until(lambda: marked() not in ("", first), "the next exercise is marked")
        await host.press("left")
        await host.until(lambda: marked() == first, "the first exercise is marked again")


async def test_routine_can_be_highlighted_while_the_preview_is_mounted(context: Context, library: Library) -> None:
    home = HomeScreen(context, make_cards(library))
    async with hosting(home, context) as host:
        loading = asyncio.create_task(home.show_library(library))
        await asyncio.sleep(0)
        assert home.query(Preview), "the preview is being mounted"
        home._highlighted(RoutineList.Highlighted("micro-break"))  # noqa: SLF001 - a message would come too late
        await loading
        await host.shows(library.routines["micro-break"].title)


async def test_help_lists_the_arrows_and_continue(context: Context, library: Library) -> None:
    interrupt(context, library)
    async with running(context, size=(100, 40)) as pilot:
        await at(pilot, HomeScreen)
        await shown(pilot, "Press c to continue.")
        await pilot.press("question_mark")
        await at(pilot, HelpScreen)
        for line in ("← Show the previous exercise", "→ Show the next exercise", "c Continue the interrupted session"):
            await shown(pilot, line)


async def test_space_continues_an_interrupted_session_too(context: Context, library: Library) -> None:
    interrupt(context, library)
    async with hosting(HomeScreen(context, make_cards(library)), context) as host:
        await host.shows("Press c to continue.")
        await host.press("space")
        await host.until(lambda: bool(host.app.requests), "it is requested")
    assert host.app.requests[0].interrupted


async def test_interrupted_session_can_be_resumed_and_completed(quick_context: Context, library: Library) -> None:
    session_id = interrupt(quick_context, library)
    async with running(quick_context) as pilot:
        await at(pilot, HomeScreen)
        await shown(pilot, "One-minute micro-break 0:20 of 1:00")
        await pilot.press("c")
        screen = await at(pilot, CoachScreen)
        await until(pilot, lambda: "Resuming at step 2 of 4." in words_of(pilot.app), "it says where it resumes")
        assert screen.query_one("#ready-start").label.plain == "Resume"  # type: ignore[attr-defined]  # a button
        await pilot.press("enter")
        await at(pilot, EndingScreen)
        assert "Well done" in words_of(pilot.app)
        await pilot.press("enter")
        await at(pilot, HomeScreen)
        await shown(pilot, "Done for today: 1 session.")
        assert "continue" not in words_of(pilot.app)
    with quick_context.history() as history:
        [record] = list_sessions(history)
    assert (record.id, record.outcome, record.segments_done) == (session_id, Outcome.COMPLETED, record.segments)
    assert record.done_ms == record.planned_ms


async def test_interrupted_session_without_a_backup_is_backed_up(context: Context, library: Library) -> None:
    interrupt(context, library)
    for backup in list_backups(context.places.history, context.today):
        backup.file.unlink()
    async with running(context) as pilot:
        await at(pilot, HomeScreen)
        await until(pilot, lambda: bool(list_backups(context.places.history, context.today)), "it is backed up")
    [backup] = list_backups(context.places.history, context.today)
    assert read_contents(backup.file).sessions == 1


async def test_day_is_shown_if_the_profile_is_not_valid_but_nothing_is_suggested(
    context: Context, library: Library
) -> None:
    context.places.profile.write_text('{"cautions": ["osteo"]}', encoding="utf-8")
    home = HomeScreen(context, make_cards(library))
    async with hosting(home, context) as host:
        await host.shows("0 of 1 session done today.")
        await host.shows('"osteo" is not')
        await host.press("space")
        assert host.app.requests == []


async def test_whatever_requests_a_session_in_the_app_it_suits_the_profile(context: Context, library: Library) -> None:
    interrupt(context, library, routine="tech-neck-reset")
    save_profile(context.places.profile, Profile(cautions=("osteoporosis",)))
    suits, whole = load_suitability(context.places), library.routines["tech-neck-reset"]
    async with running(context) as pilot:
        home = await at(pilot, HomeScreen)
        await shown(pilot, "Press c to continue.")
        requests = [
            SessionRequested(whole.id),  # the list, the suggestion and the palette
            SessionRequested(whole.id, Source.BREAK),  # a break prompt
            SessionRequested(whole),  # the builder, the body map and the exercises
            None,  # the interrupted session
        ]
        for request in requests:
            if request:
                home.post_message(request)
            else:
                await pilot.press("c")
            coach = await at(pilot, CoachScreen)
            await shown(pilot, "Left out (osteoporosis or fragile bones): ")
            routine = coach._request.routine  # noqa: SLF001 - what it will run
            assert routine.steps
            assert not [one.name for one in routine.exercises if suits.why_not(one)]
            await pilot.press("q")
            await at(pilot, HomeScreen)


@pytest.mark.parametrize("routine", ["gone", "daily-strength"])
async def test_interrupted_session_of_a_routine_that_is_gone_or_left_out_is_not_offered(
    context: Context, library: Library, routine: str
) -> None:
    interrupt(context, library, routine=routine, title="Gone [/b]")
    save_profile(context.places.profile, Profile(cautions=("attack-now",)))
    home = HomeScreen(context, make_cards(library))
    async with hosting(home, context) as host:
        await host.shows("session done today.")
        assert not home.check_action("continue", ())
        assert "to continue" not in host.text


async def test_what_the_profile_leaves_nothing_of_is_marked_never_suggested_and_does_not_start(
    context: Context, library: Library
) -> None:
    save_profile(context.places.profile, Profile(cautions=("attack-now",), goal="strength", minutes_a_day=3))
    suits = load_suitability(context.places)
    left_out = {one.id for one in library.routines.values() if suits.why_nothing(one.all_exercises)}
    assert "daily-strength" in left_out
    async with running(context, size=(140, 80)) as pilot:
        home = await at(pilot, HomeScreen)
        await until(pilot, lambda: home.check_action("start_suggestion", ()) is True, "something is suggested")
        await shown(pilot, "Two-minute daily strength left out")
        assert words_of(pilot.app).count("left out") == len(left_out)
        assert home._suggestion  # noqa: SLF001 - nothing else says by id what is suggested
        assert home._suggestion.routine  # noqa: SLF001 - as above
        assert home._suggestion.routine.id not in left_out  # noqa: SLF001 - as above
        await pilot.press(*["down"] * 5)
        await shown(pilot, "Left out (a headache attack right now):")  # in the preview of eyes and jaw
        home.request("daily-strength")
        await until(pilot, lambda: bool(notifications(pilot)), "it is reported")
        assert "has nothing that suits you (a headache attack right now)" in notifications(pilot)[0]
        assert pilot.app.screen is home


async def test_changed_routine_starts_from_the_beginning_and_says_so(context: Context, library: Library) -> None:
    interrupt(context, library, routine="evening-wind-down")
    async with running(context) as pilot:
        await at(pilot, HomeScreen)
        await shown(pilot, "Press c to continue.")
        await pilot.press("c")
        await at(pilot, CoachScreen)
        await shown(pilot, "This routine has changed since")


@pytest.mark.parametrize(("key", "screen"), [("s", SettingsScreen), ("question_mark", HelpScreen)])
async def test_each_screen_opens_and_closes(
    context: Context, key: str, screen: type[SettingsScreen | HelpScreen]
) -> None:
    async with running(context) as pilot:
        await at(pilot, HomeScreen)
        await pilot.press(key)
        await at(pilot, screen)
        await pilot.press("escape")
        await at(pilot, HomeScreen)


async def test_the_palette_starts_a_routine(context: Context) -> None:
    async with running(context) as pilot:
        await at(pilot, HomeScreen)
        await shown(pilot, "Sit-tall reset")
        await pilot.press("ctrl+p")
        await at(pilot, CommandPalette)
        await pilot.press(*"start evening")
        await until(pilot, lambda: "Start Evening" in words_of(pilot.app), "the command is found")
        await pilot.press("enter")
        await pilot.pause()
        if not isinstance(pilot.app.screen, CoachScreen):
            await pilot.press("enter")
        await at(pilot, CoachScreen)


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_quitting_from_home(context: Context, key: str) -> None:
    async with running(context) as pilot:
        await at(pilot, HomeScreen)
        await pilot.press(key)
        await until(pilot, lambda: pilot.app._exit, "the app ended")  # noqa: SLF001 - no public way to know
    assert pilot.app.return_value == 0


async def test_invalid_own_routine_is_reported_and_the_rest_is_listed(context: Context) -> None:
    context.places.routines.mkdir(parents=True)
    (context.places.routines / "broken.json").write_text(json.dumps({"title": "[/b]", "steps": "[x"}), encoding="utf-8")
    async with running(context) as pilot:
        await at(pilot, HomeScreen)
        await until(pilot, lambda: bool(notifications(pilot)), "it is reported")
        assert "broken.json" in notifications(pilot)[0]
        assert "One-minute micro-break" in words_of(pilot.app)


async def test_completed_session_counts_at_once(quick_context: Context) -> None:
    async with running(quick_context) as pilot:
        await at(pilot, HomeScreen)
        await pilot.press("enter")
        screen = await at(pilot, CoachScreen)
        await until(pilot, lambda: not screen.query_one("#ready-start").disabled, "it is ready")
        await pilot.press("enter")
        await at(pilot, EndingScreen)
        await pilot.press("enter")
        await at(pilot, HomeScreen)
        await shown(pilot, "Done for today: 1 session.")
        await shown(pilot, "1-day streak.")
