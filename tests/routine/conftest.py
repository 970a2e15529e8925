"""What the tests of exercises and routines start from: the bundled files as written, and files of their own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.paths import bundled_routines
from stretch_coach.routine.check import check_exercise, check_routine
from stretch_coach.routine.complaint import RoutineFileError
from stretch_coach.routine.document import read_document
from stretch_coach.routine.library import Library

_ROUTINE_FILES = sorted(bundled_routines().glob("*.json"))
_EXERCISE_FILES = sorted((bundled_routines() / "exercises").glob("*.json"))


def _read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes ``exercise``, ``routine`` or ``bundled_file`` runs once for each, named after its file."""
    for name, files in (("exercise", _EXERCISE_FILES), ("routine", _ROUTINE_FILES)):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, [_read(path) for path in files], ids=[path.stem for path in files])
    if "bundled_file" in metafunc.fixturenames:
        files = [*_EXERCISE_FILES, *_ROUTINE_FILES]
        metafunc.parametrize("bundled_file", files, ids=[path.stem for path in files])


@pytest.fixture(scope="session")
def exercises() -> dict[str, dict[str, Any]]:
    """What the bundled exercise files say, by file name."""
    return {path.stem: _read(path) for path in _EXERCISE_FILES}


@pytest.fixture(scope="session")
def routines() -> dict[str, dict[str, Any]]:
    """What the bundled routine files say, by file name."""
    return {path.stem: _read(path) for path in _ROUTINE_FILES}


@pytest.fixture(scope="session")
def safety_texts() -> dict[str, Any]:
    """What safety.json says."""
    return _read(bundled_routines() / "safety" / "safety.json")


@pytest.fixture(scope="session")
def body_map() -> dict[str, Any]:
    """What body-map.json says."""
    return _read(bundled_routines() / "safety" / "body-map.json")


@pytest.fixture(scope="session")
def references() -> dict[str, Any]:
    """What references.json says."""
    return _read(bundled_routines() / "safety" / "references.json")


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], Path]:
    """Write ``my.json`` into the current folder: bytes and text as they are, anything else as JSON."""
    monkeypatch.chdir(tmp_path)

    def do(content: Any) -> Path:
        path = Path("my.json")
        text = content if isinstance(content, str | bytes) else json.dumps(content)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return do


@pytest.fixture
def told(write: Callable[[Any], Path], library: Library) -> Callable[[Any], list[str]]:
    """What the user is told about a routine file with this content, a line for each problem; empty if it is fine."""

    def check(content: Any) -> list[str]:
        try:
            check_routine(read_document(write(content)), library.exercises)
        except RoutineFileError as error:
            return [str(one) for one in error.problems]
        return []

    return check


@pytest.fixture
def told_of_exercise(write: Callable[[Any], Path]) -> Callable[[Any], list[str]]:
    """What the user is told about an exercise file with this content, a line for each problem."""

    def check(content: Any) -> list[str]:
        try:
            check_exercise(read_document(write(content)))
        except RoutineFileError as error:
            return [str(one) for one in error.problems]
        return []

    return check
