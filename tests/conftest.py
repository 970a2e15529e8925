"""The tests' own world: no real home, no real history."""

from pathlib import Path

import pytest
from hypothesis import settings

from stretch_coach.paths import HOME_VARIABLE, Places, bundled_routines, find_places
from stretch_coach.routine.library import Library, load_library

# A slow machine is no failure: what is measured is measured in tests/bench/.
settings.register_profile("default", deadline=None)
settings.load_profile("default")


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
