"""Text from files is text, on every screen: it is shown unchanged or refused, does nothing, and controls nothing."""

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot

from stretch_coach.context import Context
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import Library, load_library
from stretch_coach.session.request import SessionRequest
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.home import HomeScreen
from tests.tui.driving import at, notifications, running, start_session, until
from tests.tui.frames import words_of
from tests.tui.hostile import CONTROLS, MARKUP, REFUSED, SHOWN, write


def look(pilot: Pilot[int]) -> str:
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


async def test_hostile_text_at_home(context: Context) -> None:
    write(context.places.routines, SHOWN)
    async with running(context, size=(120, 60)) as pilot:
        await at(pilot, HomeScreen)
        await until(pilot, lambda: "[@click=app.quit]press me[/]" in words_of(pilot.app), "it is listed")
        text = look(pilot)
        for title in MARKUP:
            assert title in text
        await pilot.press("home")
        for _ in SHOWN:
            await pilot.press("down")
            await pilot.pause()
            look(pilot)
        assert pilot.app.is_running


async def test_refusals_are_shown_as_text(context: Context) -> None:
    write(context.places.routines, REFUSED)
    async with running(context, size=(120, 60)) as pilot:
        await at(pilot, HomeScreen)
        await until(pilot, lambda: bool(notifications(pilot)), "it is reported")
        look(pilot)
        assert len(notifications(pilot)) >= len(REFUSED)


@pytest.mark.parametrize("title", SHOWN)
async def test_hostile_text_in_the_coach_and_at_its_end(context: Context, title: str) -> None:
    write(context.places.routines, [title])
    routine = own(context).routines["hostile-0"]
    async with running(context, SessionRequest(routine), size=(140, 40)) as pilot:
        screen = await start_session(pilot)
        if title in MARKUP:
            assert title in look(pilot)
        await pilot.press("n")
        await until(pilot, lambda: "Rest" in words_of(pilot.app), "the rest is there")
        look(pilot)
        await pilot.press("question_mark")
        await pilot.pause()
        look(pilot)
        screen.action_stop()
        await at(pilot, EndingScreen)
        look(pilot)


async def test_hostile_text_in_the_palette(context: Context) -> None:
    write(context.places.routines, SHOWN)
    async with running(context, size=(120, 60)) as pilot:
        await at(pilot, HomeScreen)
        await pilot.press("ctrl+p")
        await at(pilot, CommandPalette)
        await until(pilot, lambda: "Start:" in words_of(pilot.app), "they are listed")
        look(pilot)
        await pilot.press(*"press me")
        await until(pilot, lambda: "Start: [@click=app.quit]press me[/]" in words_of(pilot.app), "it is found")
        look(pilot)
        await pilot.press("escape")
        await at(pilot, HomeScreen)


async def test_clicking_on_hostile_text_runs_no_action(context: Context) -> None:
    write(context.places.routines, SHOWN)
    async with running(context, size=(120, 60)) as pilot:
        await at(pilot, HomeScreen)
        await until(pilot, lambda: "[@click=app.quit]press me[/]" in words_of(pilot.app), "it is listed")
        lines = words_of(pilot.app).splitlines()
        row = next(number for number, line in enumerate(lines) if "press me" in line)
        await pilot.click(offset=(lines[row].index("press me") + 2, row))
        await pilot.pause()
        assert pilot.app.is_running
        assert not pilot.app._exit  # noqa: SLF001 - no public way to know
