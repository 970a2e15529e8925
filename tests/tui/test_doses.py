"""The screen before a session offers other doses; one key takes them, and what was chosen is remembered."""

from datetime import date

from stretch_coach.context import Context
from stretch_coach.journal.day import DAY
from stretch_coach.journal.doses import DoseChoice, load_choices
from stretch_coach.routine.library import Library
from stretch_coach.session.request import SessionRequest
from stretch_coach.tui.screens.coach import CoachScreen
from tests.practice import practise
from tests.tui.driving import at, running, shown, start_session
from tests.tui.frames import words_of

TODAY = date(2026, 11, 20)


def choices(context: Context) -> list[DoseChoice]:
    with context.history() as history:
        return load_choices(history)


async def test_other_doses_are_offered_before_the_start(context: Context, library: Library) -> None:
    routine = library.routines["micro-break"]
    with context.writable_history() as history:
        practise(history, routine, [TODAY - ago * DAY for ago in range(15, 0, -2)])
    async with running(context, SessionRequest(routine)) as pilot:
        await at(pilot, CoachScreen)
        await shown(pilot, "4 steps · 1:00")
        await shown(pilot, "You could do a little")
        await shown(pilot, "Press d for that.")
        await pilot.press("d")
        await shown(pilot, "4 steps · 1:10")
        await shown(pilot, "As before: 1:00 in all.")
        assert await pilot.click("#ready-offer")
        await shown(pilot, "4 steps · 1:00")
        await pilot.press("d")
        await shown(pilot, "4 steps · 1:10")
        assert choices(context) == []  # only what is started is remembered
        screen = await start_session(pilot)
        assert "As before" not in words_of(pilot.app)
        assert not screen.check_action("other_doses", ())
        assert {(one.exercise, one.steps, one.accepted) for one in choices(context)} == {
            ("chin-tuck", 1, True),
            ("shoulder-rolls", 1, True),
        }
