"""The app in a world of its own: a clock that stands still unless it is told to run, and no sound."""

from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach.clock import Clock, FasterClock, Instant, SystemClock
from stretch_coach.journal import acknowledged
from stretch_coach.paths import Places, make_private_folder
from stretch_coach.settings import Settings
from stretch_coach.tui.app import CoachApp
from stretch_coach.tui.coaching import Order
from stretch_coach.world import World

NOON = Instant(1_795_176_000_000, 3600, "CET")
"""Friday, 20 November 2026, 13:00 in Central Europe."""


class StandingClock:
    """Noon, for ever; its seconds stand still too."""

    pace = 1.0

    def now(self) -> float:
        """Always the same."""
        return 100.0

    def wall(self) -> Instant:
        """Always noon."""
        return NOON


class QuickClock(FasterClock):
    """Runs three hundred times as fast, on the day of ``NOON``."""

    def __init__(self) -> None:
        super().__init__(SystemClock(), 300)

    def wall(self) -> Instant:
        """Noon, for the calendar."""
        return NOON


@pytest.fixture(autouse=True)
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """No player is opened: what is heard has tests of its own."""
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


@pytest.fixture
def settings() -> Settings:
    """A user who wants no voice, and no seconds counted down."""
    usual = Settings()
    return usual._replace(voice=usual.voice._replace(level="off"), app=usual.app._replace(lead_in=0))


@pytest.fixture
def make_world(places: Places, settings: Settings) -> Callable[[Clock], World]:
    """A user's world with a clock."""
    make_private_folder(places.config)

    def make(clock: Clock) -> World:
        return World(places, settings, clock, lambda _: None)

    return make


@pytest.fixture
def world(make_world: Callable[[Clock], World]) -> World:
    """The world of somebody who knows the coach already; time stands still in it."""
    made = make_world(StandingClock())
    remember_notice(made)
    return made


@pytest.fixture
def quick_world(make_world: Callable[[Clock], World]) -> World:
    """The same with a clock that runs fast."""
    made = make_world(QuickClock())
    remember_notice(made)
    return made


def remember_notice(world: World) -> None:
    """The user has answered the warning signs."""
    with world.writable_history() as history:
        acknowledged.acknowledge(history, [acknowledged.NOTICE], NOON.ms - 1000)


@pytest.fixture
def order(world: World) -> Order:
    """The three-minute screen break."""
    return Order(_library(world.places.routines).find("screen-break"))


def _library(own: Path):  # noqa: ANN202 - the library's type is not needed here
    from stretch_coach.paths import bundled_routines  # noqa: PLC0415
    from stretch_coach.routine.library import load_library  # noqa: PLC0415

    return load_library(bundled_routines(), own)


async def opened(app: CoachApp, pilot: object) -> None:
    """Wait until the app has gone from its opening to a screen of its own."""
