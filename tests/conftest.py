"""The tests' own world: no real home, no real history."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from stretch_coach.paths import HOME_VARIABLE, Places, bundled_routines, find_places
from stretch_coach.routine.library import Library, load_library

# A slow machine is no failure: what is measured is measured in tests/bench/.
settings.register_profile("default", deadline=None)
settings.load_profile("default")


NO_SKIPS = "STRETCH_COACH_TEST_NO_SKIPS"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where nothing may be skipped, a test that is skipped has failed; one that is expected to fail has not."""
    report = yield
    if os.environ.get(NO_SKIPS) and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and {NO_SKIPS} is set: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home for each test, in which nothing exists yet."""
    home = tmp_path / "home"
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    return home


@pytest.fixture
def places(own_home: Path) -> Places:
    """The places inside the fresh home."""
    return find_places({HOME_VARIABLE: str(own_home)})


@pytest.fixture(scope="session")
def library() -> Library:
    """The bundled exercises and routines alone."""
    return load_library(bundled_routines(), Path("/nonexistent"))
