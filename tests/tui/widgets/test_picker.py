"""The picker: one or several options by arrows, digits, space and the mouse."""

from textual.screen import Screen

from stretch_coach.tui.widgets.picker import Picker
from tests.tui.host import hosting


async def test_one_option_is_always_chosen() -> None:
    screen, picker = Screen[None](), Picker(["one", "two", "three"], [1], id="pick")
    async with hosting(screen, size=(40, 12)) as driver:
        await screen.mount(picker)
        picker.focus()
        await driver.press("space")
        assert picker.value == 1
        await driver.press("right", "right")
        assert picker.value == 0
        await driver.press("3")
        assert picker.chosen == {2}
        await driver.pilot.click(picker, offset=(1, 0))
        assert picker.value == 0
        await driver.shows("(•) one ( ) two ( ) three")


async def test_several_options_are_chosen_and_wrapped_where_it_is_narrow() -> None:
    screen, picker = Screen[None](), Picker(["Mo", "Tu", "We", "Th", "Fr", "Sa"], [0], several=True, id="pick")
    async with hosting(screen, size=(20, 12)) as driver:
        await screen.mount(picker)
        picker.focus()
        await driver.press("right", "space", "4")
        assert picker.chosen == {0, 1, 3}
        await driver.press("4", "left", "left", "left", "space")
        assert picker.chosen == {1}
        await driver.pilot.click(picker, offset=(0, 1))
        assert picker.chosen == {1, 2}
        assert picker.size.height == 3
