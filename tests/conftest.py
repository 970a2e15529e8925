"""What every test gets: a fresh home, and the bundled library."""

import gc
import os
import signal
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path
from signal import SIG_DFL, default_int_handler

import pytest
from hypothesis import settings

from stretch_coach.paths import HOME_VARIABLE, Places, bundled_routines, find_places
from stretch_coach.routine.library import Library, load_library
from tests.each import run_for_each

EXAMPLES = 40

# A slow machine is no failure; tests/bench measures. `--hypothesis-profile thorough` tries four times as many examples.
settings.register_profile("default", deadline=None, max_examples=EXAMPLES)
settings.register_profile("thorough", deadline=None, max_examples=4 * EXAMPLES)
settings.load_profile("default")


def pytest_configure() -> None:
    """Receive every signal. A shell lets what it runs in the background ignore some, and the coach respects that."""
    for name, usual in (("SIGINT", default_int_handler), ("SIGQUIT", SIG_DFL), ("SIGHUP", SIG_DFL)):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, usual)


def pytest_collection_finish() -> None:
    """Look for garbage less often, and never among what was imported, which takes longer than the tests of the app."""
    gc.freeze()
    gc.set_threshold(10_000, 100, 100)


NO_SKIPS = "STRETCH_COACH_TEST_NO_SKIPS"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the tests of real processes unless the command line names them: `uv run pytest tests/e2e`."""
    named = any("e2e" in argument for argument in config.args)
    return True if collection_path.name == "e2e" and not named else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that is skipped, though not one that is expected to fail, if nothing may be skipped."""
    report = yield
    if os.environ.get(NO_SKIPS) and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and {NO_SKIPS} is set: {report.longrepr}"
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that takes an `Each` for each of its values."""
    return run_for_each(pyfuncitem) or None


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield paths at which nothing exists yet. Unlike `tmp_path`, they cost nothing in a test that writes no file."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / f"home-{number}" for number in count())


@pytest.fixture(autouse=True)
def own_home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a fresh home, in which nothing exists yet."""
    home = next(homes)
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    return home


@pytest.fixture
def places(own_home: Path) -> Places:
    """Return the places inside the fresh home."""
    return find_places({HOME_VARIABLE: str(own_home)})


@pytest.fixture(scope="session")
def library() -> Library:
    """Return the bundled exercises and routines, without any of the user's."""
    return load_library(bundled_routines(), Path("/nonexistent"))
