"""The app in a world of its own: a clock that stands still unless it is told to run, and no sound."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stretch_coach.breaks.edges import Edges
from stretch_coach.breaks.idle.unknown import UnknownIdle
from stretch_coach.clock import Clock, FasterClock, Instant, SystemClock
from stretch_coach.journal import acknowledged
from stretch_coach.paths import Places, make_private_folder
from stretch_coach.routine.library import Library, load_library
from stretch_coach.settings import Settings
from stretch_coach.tui.coaching import Order
from stretch_coach.world import World

if TYPE_CHECKING:
    from stretch_coach.breaks.state import Hold

NOON = Instant(1_795_176_000_000, 3600, "CET")
"""Friday, 20 November 2026, 13:00 in Central Europe."""


class StandingClock:
    """Noon, for ever; its seconds stand still too, unless they are moved."""

    pace = 1.0

    def __init__(self) -> None:
        self.time = 100.0

    def now(self) -> float:
        """Always the same."""
        return self.time

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
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing moves but what the test moves, and nothing of the terminal of the tests is seen."""
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none", raising=False)
    monkeypatch.delenv("TEXTUAL_THEME", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def settings() -> Settings:
    """A user who wants no voice, and no seconds counted down."""
    usual = Settings()
    return usual._replace(voice=usual.voice._replace(level="off"), app=usual.app._replace(lead_in=0))


@pytest.fixture
def make_world(places: Places, settings: Settings) -> Callable[[Clock], World]:
    """A new user's world with a clock."""
    make_private_folder(places.config)

    def make(clock: Clock) -> World:
        return World(places, settings, clock, lambda _: None)

    return make


@pytest.fixture
def clock() -> StandingClock:
    """The clock that stands still."""
    return StandingClock()


@pytest.fixture
def new_world(make_world: Callable[[Clock], World], clock: StandingClock) -> World:
    """The world of somebody who opens the app for the first time."""
    return make_world(clock)


@pytest.fixture
def world(new_world: World) -> World:
    """The world of somebody who knows the coach already; time stands still in it."""
    remember_notice(new_world)
    return new_world


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
def order(library: Library) -> Order:
    """The three-minute screen break."""
    return Order(library.routines["screen-break"])


@pytest.fixture(autouse=True)
def bundled_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bundled routines are read once for all tests; a user's own are read each time."""

    def load(bundled: Path, own: Path) -> Library:
        return load_library(bundled, own) if own.exists() else library

    monkeypatch.setattr("stretch_coach.tui.room.load_library", load)


class Seat(UnknownIdle):
    """A seat in use, unless the test leaves it."""

    name = "played"

    def __init__(self) -> None:
        self.idle: float | None = 0.0
        self.hold: Hold | None = None

    def idle_seconds(self) -> float | None:
        """As the test says."""
        return self.idle


def _nowhere(*_: object) -> None:
    raise AssertionError("the app opens no window and shows no notice outside")


@pytest.fixture
def seat() -> Seat:
    """The seat of the test."""
    return Seat()


@pytest.fixture(autouse=True)
def edges(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> Edges:
    """The app looks at the test's seat, never at the real one."""
    edges = Edges(lambda: seat, _nowhere, lambda _: seat.hold, _nowhere, _nowhere)  # type: ignore[arg-type]  # never called
    monkeypatch.setattr("stretch_coach.tui.loaded.find_edges", lambda *_: edges)
    return edges
