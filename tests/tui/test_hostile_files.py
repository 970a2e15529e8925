"""Text from files is text, on every screen: it is shown as it stands or refused, does nothing, and steers nothing."""

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot

from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import Library, load_library
from stretch_coach.tui.coaching import Order
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.world import World
from tests.tui.frames import words_of
from tests.tui.hostile import CONTROLS, MARKUP, REFUSED, SHOWN, write
from tests.tui.pilots import at, begun, running, told, until


def look(pilot: Pilot[int]) -> str:
    """What stands on the screen, once nothing in it steers the terminal or can be clicked."""
    app = pilot.app
    text = words_of(app)
    assert not [one for one in CONTROLS if one != "\n" and one in text]
    for strip in app.screen._compositor.render_strips():  # noqa: SLF001 - there is no public way to it
        for segment in strip:
            meta = segment.style.meta if segment.style else {}
            assert not [name for name in meta if name.startswith("@") and "app.quit" in str(meta[name])]
            assert not (segment.style and segment.style.link)
    return text


def own(world: World) -> Library:
    return load_library(bundled_routines(), world.places.routines)


def test_what_is_to_be_refused_is_and_the_rest_is_there(world: World) -> None:
    write(world.places.routines, [*SHOWN, *REFUSED])
    library = own(world)
    ids = {id_ for id_ in library.routines if id_.startswith("hostile")}
    assert ids == {f"hostile-{number}" for number in range(len(SHOWN))}
    assert {problem.file.stem for problem in library.problems} == {
        f"hostile-{number}" for number in range(len(SHOWN), len(SHOWN) + len(REFUSED))
    }
    assert not [one for problem in library.problems for one in CONTROLS if one in str(problem)]


async def test_at_home(world: World) -> None:
    write(world.places.routines, SHOWN)
    async with running(world, size=(120, 60)) as pilot:
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


async def test_refusals_are_told_as_text(world: World) -> None:
    write(world.places.routines, REFUSED)
    async with running(world, size=(120, 60)) as pilot:
        await at(pilot, HomeScreen)
        await until(pilot, lambda: bool(told(pilot)), "it is told")
        look(pilot)
        assert len(told(pilot)) >= len(REFUSED)


@pytest.mark.parametrize("title", SHOWN)
async def test_in_the_coach_and_at_its_end(world: World, title: str) -> None:
    write(world.places.routines, [title])
    routine = own(world).routines["hostile-0"]
    async with running(world, Order(routine), size=(140, 40)) as pilot:
        screen = await begun(pilot)
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


async def test_in_the_palette(world: World) -> None:
    write(world.places.routines, SHOWN)
    async with running(world, size=(120, 60)) as pilot:
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


async def test_clicking_on_it_only_looks_at_it(world: World) -> None:
    write(world.places.routines, SHOWN)
    async with running(world, size=(120, 60)) as pilot:
        await at(pilot, HomeScreen)
        await until(pilot, lambda: "[@click=app.quit]press me[/]" in words_of(pilot.app), "it is listed")
        lines = words_of(pilot.app).splitlines()
        row = next(number for number, line in enumerate(lines) if "press me" in line)
        await pilot.click(offset=(lines[row].index("press me") + 2, row))
        await pilot.pause()
        assert pilot.app.is_running
        assert not pilot.app._exit  # noqa: SLF001 - no public way to know
