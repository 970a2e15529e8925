"""The keys at the bottom of the screen, in every width."""

import pytest
from textual.pilot import Pilot

from stretch_coach.context import Context
from stretch_coach.session.request import SessionRequest
from stretch_coach.tui.screens.home import HomeScreen
from tests.tui.driving import at, running, start_session, until
from tests.tui.frames import words_of


def keys(pilot: Pilot[int]) -> str:
    return words_of(pilot.app).splitlines()[-1].strip()


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
    context: Context, session_request: SessionRequest, size: tuple[int, int], shown: str
) -> None:
    async with running(context, session_request, size=size) as pilot:
        await start_session(pilot)
        await until(pilot, lambda: keys(pilot) == shown, f"{shown} is shown, not {keys(pilot)}")


async def test_way_out_stays_at_a_narrow_home(context: Context) -> None:
    async with running(context, size=(40, 12)) as pilot:
        await at(pilot, HomeScreen)
        await until(pilot, lambda: "q Quit  ? Help" in keys(pilot), f"they are shown, not {keys(pilot)}")


async def test_other_keys_come_back_with_width(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request, size=(40, 12)) as pilot:
        await start_session(pilot)
        await pilot.resize_terminal(100, 30)
        await until(pilot, lambda: "n Next" in keys(pilot), f"it is shown, not {keys(pilot)}")
