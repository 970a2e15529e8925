"""Text from files is text, on every screen: it is shown unchanged or refused, does nothing, and controls nothing."""

import json
from typing import Any

from textual.command import CommandPalette
from textual.pilot import Pilot

from stretch_coach.context import Context
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import Library, load_library
from stretch_coach.routine.safety import load_safety
from stretch_coach.session.request import SessionRequest
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.screens.problems import ProblemsScreen
from tests.tui.coaching import coaching
from tests.tui.driving import at, notifications, running, until
from tests.tui.frames import words_of
from tests.tui.hostile import CONTROLS, MARKUP, REFUSED, SHOWN, routine, write

PRESS_ME = MARKUP[0]


def look(pilot: Pilot[Any]) -> str:
    """Return what is on the screen, once nothing in it steers the terminal or can be clicked."""
    app = pilot.app
    text = words_of(app)
    assert not [one for one in CONTROLS if one != "\n" and one in text]
    for strip in app.screen._compositor.render_strips():  # noqa: SLF001 - there is no public way to it
        for segment in strip:
            meta = segment.style.meta if segment.style else {}
            assert not [name for name in meta if name.startswith("@") and "app.quit" in str(meta[name])]
            assert not (segment.style and segment.style.link)
    return text


def own(context: Context) -> Library:
    return load_library(bundled_routines(), context.places.routines)


def test_hostile_files_are_refused_and_the_rest_is_listed(context: Context) -> None:
    write(context.places.routines, [*SHOWN, *REFUSED])
    library = own(context)
    ids = {id_ for id_ in library.routines if id_.startswith("hostile")}
    assert ids == {f"hostile-{number}" for number in range(len(SHOWN))}
    assert {problem.file.stem for problem in library.errors} == {
        f"hostile-{number}" for number in range(len(SHOWN), len(SHOWN) + len(REFUSED))
    }
    assert not [one for problem in library.errors for one in CONTROLS if one in str(problem)]


async def test_hostile_text_at_home_and_in_the_palette(context: Context) -> None:
    write(context.places.routines, SHOWN)
    async with running(context, size=(120, 60)) as pilot:
        await at(pilot, HomeScreen)
        await until(pilot, lambda: PRESS_ME in words_of(pilot.app), "it is listed")
        text = look(pilot)
        for title in MARKUP:
            assert title in text
        await pilot.press("home")
        for _ in SHOWN:
            await pilot.press("down")
            look(pilot)
        await pilot.press("ctrl+p")
        await at(pilot, CommandPalette)
        await pilot.press(*"press me")
        await until(pilot, lambda: f"Start {PRESS_ME}" in words_of(pilot.app), "it is found")
        look(pilot)
        await pilot.press("escape")
        await at(pilot, HomeScreen)
        lines = words_of(pilot.app).splitlines()
        row = next(number for number, line in enumerate(lines) if "press me" in line)
        await pilot.click(offset=(lines[row].index("press me") + 2, row))
        await at(pilot, CoachScreen)


async def test_refusals_are_shown_as_text(context: Context) -> None:
    write(context.places.routines, REFUSED)
    async with running(context, size=(120, 60)) as pilot:
        await at(pilot, HomeScreen)
        await until(pilot, lambda: bool(notifications(pilot)), "it is reported")
        look(pilot)
        number = len(own(context).errors)
        assert number >= len(REFUSED)
        assert notifications(pilot)[0].startswith(f"{number} of your files cannot be used.")
        next(one for one in pilot.app.get_system_commands(pilot.app.screen) if one.title == "Problems").callback()
        await at(pilot, ProblemsScreen)
        look(pilot)


async def test_hostile_text_in_the_coach_and_at_its_end(context: Context, library: Library) -> None:
    context.places.routines.mkdir(parents=True)
    (context.places.routines / "hostile-0.json").write_text(json.dumps(routine(0, *SHOWN)), encoding="utf-8")
    session_request = SessionRequest(own(context).routines["hostile-0"])
    async with coaching(context, library, session_request, starts=True, size=(140, 40)) as coach:
        await coach.press("question_mark")
        look(coach.pilot)
        await coach.press("escape", "space")
        seen = ""
        while not coach.app.results:
            seen += look(coach.pilot)
            await coach.press("n")
        assert [text for text in MARKUP if text not in seen] == []
        [finished] = coach.app.results
        await coach.app.push_screen(EndingScreen(context, load_safety(bundled_routines()), finished, asks=True))
        look(coach.pilot)
