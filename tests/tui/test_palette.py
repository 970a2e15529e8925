"""What the command palette offers, where, and what its commands do."""

from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from stretch_coach.breaks.pause import paused_until
from stretch_coach.context import Context
from stretch_coach.journal.records import Outcome
from stretch_coach.journal.sessions import list_sessions
from stretch_coach.session.request import SessionRequest
from stretch_coach.settings.edit import add_rule
from stretch_coach.tui.commands import pause_breaks, resume_breaks
from stretch_coach.tui.exports import export_history, export_report
from stretch_coach.tui.palette import ChoicePalette, CoachPalette
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.history import HistoryScreen
from stretch_coach.tui.screens.home import HomeScreen
from tests.tui.conftest import NOON
from tests.tui.driving import at, notifications, running, start_session, until


def offered(app: object) -> dict[str, str]:
    """Return the help of each command that is offered on the present screen."""
    return {one.title: one.help for one in app.get_system_commands(app.screen)}  # type: ignore[attr-defined]


async def loaded(pilot: Pilot[int]) -> None:
    """Wait until the routines are there."""
    await until(pilot, lambda: "Start One-minute micro-break" in offered(pilot.app), "the routines are loaded")


async def test_each_screen_offers_what_makes_sense_there(context: Context) -> None:
    context.edit_settings(lambda file: add_rule(file, {"every": 45}))
    async with running(context) as pilot:
        await at(pilot, HomeScreen)
        await loaded(pilot)
        home = offered(pilot.app)
        everywhere = {"Theme", "Figure", "Speech", "Motion", "Jump", "Help", "Export the history", "Report", "Quit"}
        assert everywhere <= {*home}
        assert {"History", "Settings", "Pause breaks for 2 h", "Start One-minute micro-break"} <= {*home}
        assert home["History"].endswith(" · h"), "it names the key"
        assert "Mute" not in home
        await pilot.press("h")
        await at(pilot, HistoryScreen)
        history = offered(pilot.app)
        assert everywhere | {"Breaks", "Settings"} <= {*history}
        assert "History" not in history


async def test_session_offers_its_own_keys_and_nothing_that_leaves_it(
    context: Context, session_request: SessionRequest
) -> None:
    async with running(context, session_request) as pilot:
        await start_session(pilot)
        commands = offered(pilot.app)
        assert {"It hurts", "Pause", "Mute", "Figure", "Theme", "Speech"} <= {*commands}
        assert not {"History", "Settings", "Report", "Start One-minute micro-break"} & {*commands}


async def test_x_can_be_part_of_a_search_once_something_was_typed(
    context: Context, session_request: SessionRequest
) -> None:
    async with running(context, session_request) as pilot:
        await start_session(pilot)
        await pilot.press("ctrl+p")
        palette = await at(pilot, CoachPalette)
        await pilot.press("e", "x")
        assert palette.query_one(Input).value == "ex"
        await pilot.press("home", "delete")
        await until(pilot, lambda: palette.query_one(Input).value == "x", "only x is left")
        assert pilot.app.screen is palette
        await pilot.press("escape")
        await at(pilot, CoachScreen)
    with context.history() as history:
        assert Outcome.STOPPED not in [record.outcome for record in list_sessions(history)]


async def test_command_is_found_by_what_it_does_and_chooses_a_setting(context: Context) -> None:
    async with running(context) as pilot:
        await at(pilot, HomeScreen)
        await loaded(pilot)
        await pilot.press("ctrl+p")
        await at(pilot, CoachPalette)
        await pilot.press(*"motion")
        await pilot.pause()
        await pilot.press("enter")
        palette = await at(pilot, ChoicePalette)
        options = palette.query_one(OptionList)
        await until(pilot, lambda: options.option_count == 2, "both words are offered")
        await pilot.press("down", "enter")
        await until(pilot, lambda: context.settings.app.motion == "reduced", "it is written")


async def test_exports_are_written_and_named(context: Context) -> None:
    async with running(context) as pilot:
        await at(pilot, HomeScreen)
        await loaded(pilot)
        for title, name in [("Export the history", "history-2026-11-20.jsonl"), ("Report", "report-2026-11-20.html")]:
            next(one for one in pilot.app.get_system_commands(pilot.app.screen) if one.title == title).callback()
            await until(pilot, lambda name=name: any(name in one for one in notifications(pilot)), "it is named")  # type: ignore[misc]
            assert list((context.places.data / "exports").glob(f"*{name}"))


def test_breaks_are_paused_and_resumed(context: Context) -> None:
    pause_breaks(context, "2h")
    assert paused_until(context.places.breaks, NOON.ms / 1000) == NOON.ms / 1000 + 7200
    resume_breaks(context)
    assert paused_until(context.places.breaks, NOON.ms / 1000) is None


def test_export_functions_exist_for_an_empty_history(context: Context, library: object) -> None:
    assert export_history(context).read_text(encoding="utf-8").startswith("{")
    assert "<html" in export_report(context, library).read_text(encoding="utf-8")  # type: ignore[arg-type]
