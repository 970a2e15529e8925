"""Which routines a search finds, where, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.screen import Screen
from textual.widgets import Input, Static

from stretch_coach.context import Context
from stretch_coach.routine.catalogue import make_card, make_cards
from stretch_coach.routine.library import Library
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.widgets.routine_list import RoutineList, find
from tests.tui.host import hosting


@pytest.mark.parametrize("query", ["", "  ", "micro", "MICRO-break", "one minute", "minute ONE"])
def test_title_is_found_in_any_order_and_case(library: Library, query: str) -> None:
    match = find(make_card(library.routines["micro-break"]), query)
    assert match
    assert match.rank == 0


def test_exercises_muscles_and_tags_are_found_after_titles(library: Library) -> None:
    routine = library.routines["screen-break"]
    card, exercise = make_card(routine), routine.exercises[0]
    assert [find(card, tag) for tag in routine.tags if find(card, tag) is None] == []
    for word in [exercise.name, *exercise.targets]:
        match = find(card, word)
        assert match, word
        assert match.rank < 2 or word.casefold() in match.keyword.casefold()
    assert find(card, f"{exercise.name} zzz") is None


@given(st.text(), st.text())
def test_longer_search_never_finds_more(library: Library, query: str, more: str) -> None:
    for card in map(make_card, library.routines.values()):
        assert find(card, query) or not find(card, f"{query} {more}")


def test_plain_name_is_the_reason_rather_than_a_description(library: Library) -> None:
    card = make_card(library.routines["micro-break"])._replace(
        keywords=("lets scalenes and upper trapezius let go", "upper trapezius", "trapezius of both sides")
    )
    match = find(card, "trap")
    assert match
    assert match.keyword == "upper trapezius"


async def test_suggested_routine_stays_visible_when_the_list_becomes_lower(library: Library) -> None:
    screen = Screen[None]()
    async with hosting(screen, size=(80, 24)) as driver:
        routines = RoutineList(make_cards(library))
        await screen.mount(routines)
        await driver.pilot.pause()
        routines.suggest("evening-wind-down")
        await driver.shows("Evening wind-down")
        await screen.mount(Static("one\ntwo\nthree\nfour\nfive"), before=routines)
        await driver.shows("five")
        await driver.shows("Evening wind-down")


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
