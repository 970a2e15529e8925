"""The list of routines: its rows, its search, and what stays visible."""

from textual.screen import Screen
from textual.style import Style
from textual.visual import RenderOptions
from textual.widgets import Input, Static

from stretch_coach.context import Context
from stretch_coach.routine.catalogue import make_card, make_cards
from stretch_coach.routine.library import Library
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.widgets.columns import Columns
from stretch_coach.tui.widgets.routine_list import RoutineList
from stretch_coach.tui.widgets.routine_rows import Density, Row, density, group_rows
from tests.tui.host import hosting


def lines(rows: list[Row], width: int = 40) -> list[str]:
    """Return the lines of rows."""
    options = RenderOptions(lambda _: Style(), {})
    visuals = [row.option.prompt for row in rows]
    return [
        strip.text
        for visual in visuals
        if isinstance(visual, Columns)
        for strip in visual.render_strips(width, None, Style(), options)
    ]


def test_rows_say_length_and_when_last_done_where_there_is_space(library: Library) -> None:
    cards = [make_card(library.routines["neck-and-shoulders"])]
    rows = group_rows(cards, {"neck-and-shoulders": "yesterday"}, Density.DENSE)
    assert lines(rows, 60)[1] == "  Ten-minute neck and shoulders            yesterday  10:00 "
    assert lines(rows, 40)[1] == "  Ten-minute neck and shoulders   10:00 "
    assert lines(rows, 24)[1] == "  Ten-minute ne…  10:00 "


def test_rows_take_as_much_space_as_there_is(library: Library) -> None:
    cards = make_cards(library)
    found = [density(cards, height) for height in range(200)]
    assert found == sorted(found)
    assert set(found) == set(Density)
    for height in range(200):
        rows = group_rows(cards, {}, density(cards, height))
        taken = sum(len(lines([row])) for row in rows)
        assert taken <= height or density(cards, height) is Density.DENSE


async def test_highlighted_row_stays_visible_when_the_list_becomes_lower(library: Library) -> None:
    screen = Screen[None]()
    async with hosting(screen, size=(80, 24)) as driver:
        routines = RoutineList(make_cards(library))
        await screen.mount(routines)
        await driver.pilot.pause()
        await driver.shows("Short breaks")
        routines.focus_list()
        await driver.press("end", "up")
        await driver.shows("Evening wind-down")
        await screen.mount(Static("one\ntwo\nthree\nfour\nfive"), before=routines)
        await driver.shows("five")
        await driver.shows("Evening wind-down")


async def test_first_row_is_shown_with_the_heading_above_it(library: Library) -> None:
    screen = Screen[None]()
    async with hosting(screen, size=(80, 12)) as driver:
        routines = RoutineList(make_cards(library))
        await screen.mount(routines)
        await driver.pilot.pause()
        routines.focus_list()
        await driver.press("end")
        await driver.until(lambda: "Short breaks" not in driver.text, "it scrolled")
        await driver.press("home")
        await driver.shows("Short breaks")


async def test_exercise_without_a_routine_is_found_and_one_with_routines_leads_to_them(
    library: Library, context: Context
) -> None:
    home = HomeScreen(context, make_cards(library))
    async with hosting(home, context) as driver:
        await home.show_library(library)
        await driver.press("slash", *"iso")
        home.query_one("#filter", Input).value = "wall angels"
        await driver.shows("Wall angels")
        await driver.press("down", "end", "enter")
        assert driver.app.requests == []
        home.query_one("#filter", Input).value = "chin nod"
        await driver.press("end", "enter")
        await driver.until(lambda: home.query_one("#filter", Input).value != "chin nod", "its routines are searched")


async def test_question_mark_is_not_typed_and_footer_follows_the_search(library: Library, context: Context) -> None:
    asked: list[bool] = []
    home = HomeScreen(context, make_cards(library))
    async with hosting(home, context) as driver:
        driver.app.bind("question_mark", "asked")
        driver.app.action_asked = lambda: asked.append(True)  # type: ignore[attr-defined]
        await driver.shows("/ Search")
        assert "Show all" not in driver.text
        await driver.press("slash", "t", "question_mark")
        await driver.until(lambda: asked == [True], "the app gets the key")
        assert home.query_one("#filter", Input).value == "t"
        await driver.shows("esc Show all")
        assert "/ Search" not in driver.text
        await driver.press("escape")
        await driver.until(lambda: "Show all" not in driver.text, "all are shown")
