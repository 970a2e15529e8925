"""Fixtures for the bundled files as they are written, and for files that a test writes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.paths import bundled_routines
from stretch_coach.routine.diagnostics import RoutineFileError
from stretch_coach.routine.document import read_document
from stretch_coach.routine.format import parse_exercise
from stretch_coach.routine.library import Library
from stretch_coach.routine.resolve import parse_routine
from tests.each import Each

_ROUTINE_FILES = sorted(bundled_routines().glob("*.json"))
_EXERCISE_FILES = sorted((bundled_routines() / "exercises").glob("*.json"))


def _read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


@pytest.fixture(scope="session")
def exercise(exercises: dict[str, dict[str, Any]]) -> Each:
    """Each bundled exercise in turn, as its file says."""
    return Each(exercises)


@pytest.fixture(scope="session")
def routine(routines: dict[str, dict[str, Any]]) -> Each:
    """Each bundled routine in turn, as its file says."""
    return Each(routines)


@pytest.fixture(scope="session")
def bundled_file() -> Each:
    """The path of each bundled exercise and routine in turn."""
    return Each({path.stem: path for path in (*_EXERCISE_FILES, *_ROUTINE_FILES)})


@pytest.fixture(scope="session")
def exercises() -> dict[str, dict[str, Any]]:
    """Return what the bundled exercise files say, by file name."""
    return {path.stem: _read(path) for path in _EXERCISE_FILES}


@pytest.fixture(scope="session")
def routines() -> dict[str, dict[str, Any]]:
    """Return what the bundled routine files say, by file name."""
    return {path.stem: _read(path) for path in _ROUTINE_FILES}


@pytest.fixture(scope="session")
def safety_texts() -> dict[str, Any]:
    """Return what safety.json says."""
    return _read(bundled_routines() / "safety" / "safety.json")


@pytest.fixture(scope="session")
def body_map() -> dict[str, Any]:
    """Return what body-map.json says."""
    return _read(bundled_routines() / "safety" / "body-map.json")


@pytest.fixture(scope="session")
def references() -> dict[str, Any]:
    """Return what references.json says."""
    return _read(bundled_routines() / "safety" / "references.json")


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], Path]:
    """Write ``my.json`` into the current folder; content that is neither text nor bytes is written as JSON."""
    monkeypatch.chdir(tmp_path)

    def write_file(content: Any) -> Path:
        path = Path("my.json")
        text = content if isinstance(content, str | bytes) else json.dumps(content)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write_file


def _problems(parse: Callable[[], object]) -> list[str]:
    try:
        parse()
    except RoutineFileError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.fixture
def routine_problems(write: Callable[[Any], Path], library: Library) -> Callable[[Any], list[str]]:
    """Return the problems of a routine file with this content, each as its sentence; none if it is valid."""
    return lambda content: _problems(lambda: parse_routine(read_document(write(content)), library.exercises))


@pytest.fixture
def exercise_problems(write: Callable[[Any], Path]) -> Callable[[Any], list[str]]:
    """Return the problems of an exercise file with this content, each as its sentence; none if it is valid."""
    return lambda content: _problems(lambda: parse_exercise(read_document(write(content))))
