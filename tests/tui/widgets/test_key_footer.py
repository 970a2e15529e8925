"""The keys at the bottom of the screen, in every width."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.binding import Binding

from stretch_coach.context import Context
from stretch_coach.routine.library import Library
from stretch_coach.tui.dialogs import EndSessionDialog
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.widgets.key_footer import Key, KeyFooter, fit_keys
from tests.tui.coaching import coaching
from tests.tui.driving import at, open_app, running, until
from tests.tui.frames import words_of
from tests.tui.host import hosting


def keys(app: App[Any]) -> str:
    return words_of(app).splitlines()[-1].strip()


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((100, 30), "x It hurts  space Pause  n Next  p Back  + 10 s  m Mute  q End  ? Help"),
        ((60, 20), "x It hurts  space Pause  n Next  p Back  q End  ? Help"),
        ((40, 12), "x It hurts  space Pause  q End  ? Help"),
        ((30, 10), "x It hurts  space  q  ?"),
        ((16, 8), "x  space  q  ?"),
    ],
)
async def test_urgent_keys_stay_in_a_narrow_session(
    context: Context, library: Library, size: tuple[int, int], shown: str
) -> None:
    async with coaching(context, library, starts=True, size=size) as coach:
        await coach.until(lambda: keys(coach.app) == shown, f"{shown} is shown, not {keys(coach.app)}")


async def test_way_out_stays_at_a_narrow_home(context: Context) -> None:
    async with running(context, size=(40, 12)) as pilot:  # help is a key of the whole app
        await at(pilot, HomeScreen)
        await until(pilot, lambda: "q Quit  ? Help" in keys(pilot.app), f"they are shown, not {keys(pilot.app)}")


async def test_other_keys_come_back_with_width(context: Context, library: Library) -> None:
    async with coaching(context, library, starts=True, size=(40, 12)) as coach:
        await coach.pilot.resize_terminal(100, 30)
        await coach.until(lambda: "n Next" in keys(coach.app), f"it is shown, not {keys(coach.app)}")


KEYS = st.lists(
    st.builds(
        Key,
        st.just("a"),
        st.sampled_from(["a", "space", "^p"]),
        st.sampled_from(["", "End", "It hurts"]),
        kept=st.booleans(),
    ),
    max_size=8,
)


@given(KEYS, st.integers(1, 120))
def test_important_keys_stay_in_order_in_any_width(keys: list[Key], width: int) -> None:
    fitted = fit_keys(keys, width)
    assert [key.display for key in fitted if key.kept] == [key.display for key in keys if key.kept]
    if sum(key.width for key in keys) <= width:
        assert fitted == keys
    elif sum(key.width for key in fitted) > width:
        assert all(key.kept and not key.words for key in fitted)


class KeysApp(App[None]):
    """One key that can be pressed, and one that cannot."""

    BINDINGS = [  # noqa: RUF012 - declared as Textual expects it
        Binding("a", "count", "Count", tooltip="Count one more"),
        Binding("b", "never", "Never"),
    ]
    counted = 0
    bells = 0

    def compose(self) -> ComposeResult:
        """Yield the footer alone."""
        yield KeyFooter()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Disable one action."""
        return None if action == "never" else True

    def action_count(self) -> None:
        """Count."""
        self.counted += 1

    def bell(self) -> None:
        """Count instead of ringing."""
        self.bells += 1


async def test_click_presses_a_key_that_is_enabled() -> None:
    app = KeysApp()
    async with open_app(app, size=(40, 4)) as pilot:
        await until(pilot, lambda: "a Count  b Never" in words_of(app), "the keys are shown")
        await pilot.click(KeyFooter, offset=(4, 0))
        await pilot.click(KeyFooter, offset=(12, 0))
        await pilot.click(KeyFooter, offset=(20, 0))
        await until(pilot, lambda: (app.counted, app.bells) == (1, 1), "one key was pressed and one refused")


async def test_key_below_the_mouse_is_explained() -> None:
    app = KeysApp()
    async with open_app(app, size=(40, 4)) as pilot:
        await until(pilot, lambda: "a Count" in words_of(app), "the keys are shown")
        footer = app.query_one(KeyFooter)
        await pilot.hover(KeyFooter, offset=(4, 0))
        assert footer.tooltip == "Count one more"
        await pilot.hover(KeyFooter, offset=(20, 0))
        assert footer.tooltip is None


@pytest.mark.parametrize("size", [(20, 6), (40, 12), (80, 24)])
async def test_it_hurts_stays_where_the_end_is_asked_about(size: tuple[int, int]) -> None:
    async with hosting(EndSessionDialog(), size=size) as dialog:
        await dialog.until(lambda: " x " in f"{words_of(dialog.app).splitlines()[-1]} ", "the key is named")
