"""The keys at the bottom of the screen, in every width."""

from typing import Any

import pytest
from textual.app import App

from stretch_coach.context import Context
from stretch_coach.routine.library import Library
from stretch_coach.tui.screens.home import HomeScreen
from tests.tui.coaching import coaching
from tests.tui.driving import at, running, until
from tests.tui.frames import words_of


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
