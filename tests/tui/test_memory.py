"""The app keeps nothing of a session in memory once its screens are closed."""

import gc
from typing import Any

from textual.pilot import Pilot

from stretch_coach.context import Context
from stretch_coach.tui.messages import SessionRequested
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.home import HomeScreen
from tests.tui.driving import at, running

FEW = 20
"""Fewer than a session's widgets, and more than come and go by themselves, such as the parts of a toast."""


async def run_session(pilot: Pilot[Any]) -> None:
    pilot.app.post_message(SessionRequested("micro-break"))
    await at(pilot, CoachScreen)
    await pilot.press("enter")
    await at(pilot, EndingScreen)
    await pilot.press("enter")
    await at(pilot, HomeScreen)
    await pilot.pause()


def count_in_memory(kind: str) -> int:
    return sum(type(one).__name__ == kind for one in gc.get_objects())


async def test_sessions_leave_nothing_in_memory(quick_context: Context) -> None:
    async with running(quick_context) as pilot:
        await at(pilot, HomeScreen)
        await run_session(pilot)
        gc.collect()
        drawn = count_in_memory("StylesCache")  # which has the lines that a widget has drawn
        await run_session(pilot)
        gc.collect()
        assert count_in_memory("CoachScreen") == 0
        assert count_in_memory("StylesCache") < drawn + FEW
