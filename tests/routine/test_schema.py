"""The JSON Schemas beside the routines: they accept and refuse what the program does."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import Library
from stretch_coach.routine.schema import DIALECT, NAMES, build_schema, schema_text, write_schemas

FOLDER = bundled_routines() / "schema"

STEP = {"exercise": "chin-tuck"}
ROUTINE = {"title": "Mine", "steps": [STEP]}
EXERCISE = {"name": "Mine", "instructions": ["Sit."]}


@pytest.fixture(scope="session")
def accepts() -> Callable[[str, Any], bool]:
    """Return whether the committed schema of this name accepts a content."""
    validators = {
        name: Draft202012Validator(json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")))
        for name in NAMES
    }
    return lambda name, content: bool(validators[name].is_valid(content))


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_schema_is_up_to_date(name: str) -> None:
    assert (FOLDER / f"{name}.schema.json").read_text(encoding="utf-8") == schema_text(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_is_valid(name: str) -> None:
    schema = build_schema(name)
    assert schema["$schema"] == DIALECT
    Draft202012Validator.check_schema(schema)


def test_write_schemas(tmp_path: Path) -> None:
    write_schemas(tmp_path / "new" / "schema")
    written = sorted(path.name for path in (tmp_path / "new" / "schema").iterdir())
    assert written == ["exercise.schema.json", "program.schema.json", "routine.schema.json"]
    text = (tmp_path / "new" / "schema" / "routine.schema.json").read_text(encoding="utf-8")
    assert text == schema_text("routine")


def test_the_schema_offers_the_exercises_of_the_library(library: Library) -> None:
    schema = build_schema("routine", library.exercises)
    Draft202012Validator.check_schema(schema)
    is_valid = Draft202012Validator(schema).is_valid
    step = {"exercise": "chin-tuk"}
    assert schema["$defs"]["ExerciseStep"]["properties"]["exercise"]["anyOf"][0]["enum"] == sorted(library.exercises)
    assert is_valid({"title": "Mine", "steps": [{"exercise": "chin-tuck"}, {"rest": 5}]})
    assert not is_valid({"title": "Mine", "steps": [step]})
    assert is_valid({"title": "Mine", "steps": [{"exercise": "chin-tuck", "swap": ["chin-nod"]}]})
    assert not is_valid({"title": "Mine", "steps": [{"exercise": "chin-tuck", "swap": ["chin-nud"]}]})
    assert is_valid({"title": "Mine", "steps": [step], "exercises": {"chin-tuk": EXERCISE}})
    for routine in library.routines.values():
        assert is_valid(json.loads(routine.path.read_text(encoding="utf-8")))


def test_every_bundled_file_matches_its_schema(bundled_file: Path, accepts: Callable[[str, Any], bool]) -> None:
    name = "exercise" if bundled_file.parent.name == "exercises" else "routine"
    assert accepts(name, json.loads(bundled_file.read_text(encoding="utf-8")))


def test_every_bundled_file_refers_to_its_schema(bundled_file: Path) -> None:
    named = json.loads(bundled_file.read_text(encoding="utf-8"))["$schema"]
    assert (bundled_file.parent / named).resolve() in {path.resolve() for path in FOLDER.iterdir()}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("routine", ROUTINE),
        ("routine", ROUTINE | {"steps": [STEP, {"rest": 20, "say": "Shake out your arms."}]}),
        ("routine", ROUTINE | {"exercises": {"my-own": EXERCISE}}),
        ("exercise", EXERCISE),
    ],
)
def test_the_schema_accepts_valid_files(name: str, content: Any, accepts: Callable[[str, Any], bool]) -> None:
    assert accepts(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("routine", []),
        ("routine", {"steps": [STEP]}),
        ("routine", {"title": "Mine"}),
        ("routine", ROUTINE | {"steps": []}),
        ("routine", ROUTINE | {"steps": [STEP | {"hold": "30s"}]}),
        ("routine", ROUTINE | {"steps": [STEP | {"hold": 0}]}),
        ("routine", ROUTINE | {"steps": [STEP | {"hold": 601}]}),
        ("routine", ROUTINE | {"steps": [STEP | {"reps": 1.5}]}),
        ("routine", ROUTINE | {"steps": [STEP | {"side": "both"}]}),
        ("routine", ROUTINE | {"steps": [STEP | {"holds": 5}]}),
        ("routine", ROUTINE | {"steps": [{"exercise": "Chin tuck"}]}),
        ("routine", ROUTINE | {"format": 2}),
        ("routine", ROUTINE | {"titel": "Mine"}),
        ("routine", ROUTINE | {"exercises": {"my-own": {"name": "No instructions"}}}),
        ("exercise", {"name": "Mine"}),
        ("exercise", EXERCISE | {"kind": "stretching"}),
        ("exercise", EXERCISE | {"tags": ["needs-dork"]}),
        ("exercise", EXERCISE | {"dose": {"hold": "long"}}),
        ("exercise", EXERCISE | {"sided": "yes"}),
        ("exercise", EXERCISE | {"figure": {"hands": {"target": "knees"}}}),
    ],
)
def test_the_schema_refuses_what_the_program_refuses(
    name: str, content: Any, accepts: Callable[[str, Any], bool], routine_problems: Any, exercise_problems: Any
) -> None:
    assert not accepts(name, content)
    assert (routine_problems if name == "routine" else exercise_problems)(content)
