"""The JSON Schemas of routine, exercise and program files, for editors to complete and check with."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.format import RoutineFile
from stretch_coach.routine.program import ProgramFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODELS: dict[str, type[BaseModel]] = {"routine": RoutineFile, "exercise": Exercise, "program": ProgramFile}
_TITLES = {name: f"Stretch Coach {name}" for name in _MODELS}

NAMES = tuple(_MODELS)


def build_schema(name: str, exercises: Iterable[str] = (), routines: Iterable[str] = ()) -> dict[str, Any]:
    """Return the schema of ``routine``, ``exercise`` or ``program`` files.

    An id is not required, since the program derives it from the name of the file.

    Args:
        name: ``routine``, ``exercise`` or ``program``.
        exercises: The ids of exercises for an editor to offer in the steps of a routine; none leaves them open.
        routines: The ids of routines that the days of a program may have; none leaves them open.
    """
    schema = _MODELS[name].model_json_schema(by_alias=True, mode="validation")
    for part in (schema, *schema.get("$defs", {}).values()):
        if "required" in part:
            part["required"] = [key for key in part["required"] if key != "id"]
    ids = sorted(exercises)
    if name == "routine" and ids:
        _offer_exercises(schema, ids)
    ids = sorted(routines)
    if name == "program" and ids:
        day = schema["$defs"]["DayEntry"]["properties"]["routines"]
        day["anyOf"] = [{**kind, "items": {"enum": ids}} if "items" in kind else kind for kind in day["anyOf"]]
    return {"$schema": DIALECT, **schema, "title": _TITLES[name]}


def _offer_exercises(schema: dict[str, Any], ids: list[str]) -> None:
    """Name the exercises that a step may have. A file that defines exercises itself may name others too."""
    step = schema["$defs"]["ExerciseStep"]["properties"]
    step["exercise"] = _one_of(step["exercise"], ids)
    step["swap"]["items"] = _one_of(step["swap"]["items"], ids)
    known = {"exercise": {"enum": ids}, "swap": {"items": {"enum": ids}}}
    schema["if"] = {"not": {"required": ["exercises"]}}
    schema["then"] = {"properties": {"steps": {"items": {"properties": known}}}}


def _one_of(any_id: dict[str, Any], ids: list[str]) -> dict[str, Any]:
    """Return the schema of an id for which an editor offers these ones first."""
    about: dict[str, Any] = {key: any_id[key] for key in ("title", "description") if key in any_id}
    rules = {key: value for key, value in any_id.items() if key not in about}
    return {**about, "anyOf": [{"enum": ids}, rules]}


def schema_text(name: str, exercises: Iterable[str] = (), routines: Iterable[str] = ()) -> str:
    """Return the text of the schema's file; the arguments are the same as for `build_schema`."""
    return json.dumps(build_schema(name, exercises, routines), indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path, exercises: Iterable[str] = (), routines: Iterable[str] = ()) -> None:
    """Write the schema of each kind of file, such as ``routine.schema.json``, into a folder.

    What does not exist yet is created, readable by its owner alone.

    Args:
        folder: The folder.
        exercises: The ids of exercises for an editor to offer in the steps of a routine.
        routines: The ids of routines for an editor to offer in the days of a program.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in NAMES:
        file = folder / f"{name}.schema.json"
        file.touch(mode=0o600)
        file.write_text(schema_text(name, exercises, routines), encoding="utf-8")
