"""Programs on the screen: look through them, start one, have its day at home, and stop it."""

from datetime import date

from stretch_coach.context import Context
from stretch_coach.guide.programs import find_schedule
from stretch_coach.journal.day import DAY
from stretch_coach.journal.programs import load_program, start_program
from stretch_coach.routine.catalogue import make_cards
from stretch_coach.routine.library import Library
from stretch_coach.tui.dialogs import ConfirmDialog
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.screens.program import ProgramScreen
from stretch_coach.tui.widgets.suggestion_card import SuggestionCard
from tests.practice import practise
from tests.tui.conftest import NOON
from tests.tui.driving import at, running, shown
from tests.tui.host import hosting

TODAY = date(2026, 11, 20)


def running_program(context: Context) -> str | None:
    with context.history() as history:
        program = load_program(history)
    return program.program if program else None


async def test_program_is_started_followed_and_stopped(context: Context) -> None:
    async with running(context) as pilot:
        home = await at(pilot, HomeScreen)
        await pilot.press("g")
        screen = await at(pilot, ProgramScreen)
        await shown(pilot, "Back after a flare-up")
        assert not screen.check_action("stop", ())
        await pilot.press("down")
        await shown(pilot, "Weeks 1 to 2: Gentle start")
        await pilot.press("enter")
        await at(pilot, ConfirmDialog)
        await shown(pilot, "Start Build up in eight weeks today?")
        await pilot.press("y")
        await at(pilot, ProgramScreen)
        await shown(pilot, "Week 1, day 1 of 5: Gentle start.")
        assert running_program(context) == "build-up"
        await pilot.press("escape")
        await at(pilot, HomeScreen)
        await shown(pilot, "▶ Gentle start")
        await shown(pilot, "Week 1, day 1 of 5 · Build up in eight weeks.")
        assert home.check_action("start_suggestion", ())
        await pilot.press("g")
        await at(pilot, ProgramScreen)
        await shown(pilot, "● Build up in eight weeks")  # the one that runs comes first
        await pilot.press("d")
        await at(pilot, ConfirmDialog)
        await pilot.press("y")
        await at(pilot, ProgramScreen)
        await shown(pilot, "Back after a flare-up")
        assert running_program(context) is None


async def test_home_shows_what_is_due_done_and_a_day_of_rest(context: Context, library: Library) -> None:
    cards = make_cards(library)
    with context.writable_history() as history:
        start_program(history, "desk-days", TODAY, NOON.ms, find_schedule(library.programs["desk-days"]))
    async with hosting(HomeScreen(context, cards), context) as host:
        await host.shows("▶ One-minute micro-break 1:00")
        await host.shows("Week 1, day 1 of 5 · Desk days. Then: Three-minute screen break.")
        await host.press("space")
        assert [one.routine for one in host.app.requests] == ["micro-break"]
        with context.writable_history() as history:
            practise(history, library.routines["micro-break"], [TODAY])
            practise(history, library.routines["screen-break"], [TODAY])
        home = host.app.screen
        assert isinstance(home, HomeScreen)
        home.reload()
        await host.shows("Week 1, day 1 of 5 is done. On Monday: One-minute micro-break, Stand, walk, reach.")
        assert not home.query_one(SuggestionCard).has_class("-advice")
        with context.writable_history() as history:
            schedule = find_schedule(library.programs["build-up"])
            start_program(history, "build-up", TODAY - 2 * DAY, NOON.ms + 1, schedule)
            practise(history, library.routines["gentle-start"], [TODAY - 2 * DAY, TODAY - DAY])
        home.reload()
        await host.shows("Week 1, a day of rest. Muscles adapt on days like this one. A walk is welcome.")
        with context.writable_history() as history:
            start_program(history, "gone", TODAY, NOON.ms + 2, schedule)
        home.reload()
        await host.shows('"gone" is running, but its file is missing.')
