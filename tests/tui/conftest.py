"""Fixtures for tests of the app: a clock that only a test moves, no sound, and no desktop."""

from collections.abc import Callable, Hashable
from pathlib import Path

import pytest
from textual.css.model import RuleSet

from stretch_coach.clock import Clock, FasterClock, Instant, SystemClock
from stretch_coach.context import Context
from stretch_coach.journal import acknowledgements
from stretch_coach.paths import Places, make_private_folder
from stretch_coach.routine.library import Library, load_library
from stretch_coach.session.request import SessionRequest
from stretch_coach.settings import Settings
from tests.breaks.fakes import FakeDesktop
from tests.tui.economy import draw_frames, keep_parsed_styles, kept_animation

NOON = Instant(1_795_176_000_000, 3600, "CET")
"""Friday, 20 November 2026, 13:00 in Central Europe."""


class FrozenClock:
    """Shows noon until a test moves it."""

    pace = 1.0

    def __init__(self) -> None:
        self.time = 100.0

    def now(self) -> float:
        """Return the seconds that the test has set."""
        return self.time

    def wall(self) -> Instant:
        """Return noon."""
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


@pytest.fixture(scope="session")
def parsed_styles() -> dict[Hashable, list[RuleSet]]:
    """Return the rules of the style sheets that were parsed so far."""
    return {}


@pytest.fixture(autouse=True)
def economy(parsed_styles: dict[Hashable, list[RuleSet]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Screens are cheap to open."""
    keep_parsed_styles(monkeypatch, parsed_styles)
    draw_frames(monkeypatch)
    monkeypatch.setattr("stretch_coach.tui.drawing.Animation", kept_animation)


@pytest.fixture
def settings() -> Settings:
    """A user who wants no voice, and no seconds counted down."""
    usual = Settings()
    return usual._replace(voice=usual.voice._replace(level="off"), app=usual.app._replace(lead_in=0))


@pytest.fixture
def make_context(places: Places, settings: Settings) -> Callable[[Clock], Context]:
    """A new user's context with a clock."""
    make_private_folder(places.config)

    def make(clock: Clock) -> Context:
        return Context(places, settings, clock, lambda _: None)

    return make


@pytest.fixture
def clock() -> FrozenClock:
    """Return a clock that only the test moves."""
    return FrozenClock()


@pytest.fixture
def new_context(make_context: Callable[[Clock], Context], clock: FrozenClock) -> Context:
    """The context of somebody who opens the app for the first time."""
    return make_context(clock)


@pytest.fixture
def context(new_context: Context) -> Context:
    """Return the context of somebody who knows the coach, with a clock that only the test moves."""
    remember_notice(new_context)
    return new_context


@pytest.fixture
def quick_context(make_context: Callable[[Clock], Context], monkeypatch: pytest.MonkeyPatch) -> Context:
    """Return the context of somebody who knows the coach, with a clock that runs fast.

    There are no break prompts: they would tick a hundred times a second, and the tests wait until the app is idle.
    """
    monkeypatch.setattr("stretch_coach.tui.break_prompts.BreakPrompts.start", lambda _: None)
    made = make_context(QuickClock())
    remember_notice(made)
    return made


def remember_notice(context: Context) -> None:
    """Record that the user has answered the warning signs."""
    with context.writable_history() as history:
        acknowledgements.acknowledge(history, [acknowledgements.NOTICE], NOON.ms - 1000)


@pytest.fixture
def session_request(library: Library) -> SessionRequest:
    """The three-minute screen break."""
    return SessionRequest(library.routines["screen-break"])


@pytest.fixture(autouse=True)
def bundled_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bundled routines are read once for all tests; a user's own are read each time."""

    def load(bundled: Path, own: Path) -> Library:
        return load_library(bundled, own) if own.exists() else library

    monkeypatch.setattr("stretch_coach.tui.services.load_library", load)


@pytest.fixture(autouse=True)
def desktop(monkeypatch: pytest.MonkeyPatch) -> FakeDesktop:
    """The desktop of the app, so that it never sees the real one."""
    fake = FakeDesktop()
    monkeypatch.setattr("stretch_coach.tui.services.Desktop", lambda *_: fake)
    return fake
