"""The JSON Schemas of routine and exercise files, for editors to complete and check with."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.format import RoutineFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODELS: dict[str, type[BaseModel]] = {"routine": RoutineFile, "exercise": Exercise}
_TITLES = {"routine": "Stretch Coach routine", "exercise": "Stretch Coach exercise"}

NAMES = tuple(_MODELS)


def build_schema(name: str) -> dict[str, Any]:
    """Return the schema of ``routine`` or ``exercise`` files.

    An id is not required, since the program derives it from the name of the file.
    """
    schema = _MODELS[name].model_json_schema(by_alias=True, mode="validation")
    for part in (schema, *schema.get("$defs", {}).values()):
        if "required" in part:
            part["required"] = [key for key in part["required"] if key != "id"]
    return {"$schema": DIALECT, **schema, "title": _TITLES[name]}


def schema_text(name: str) -> str:
    """Return the text of the schema's file."""
    return json.dumps(build_schema(name), indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> None:
    """Write ``routine.schema.json`` and ``exercise.schema.json`` into a folder.

    What does not exist yet is created, readable by its owner alone.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in NAMES:
        file = folder / f"{name}.schema.json"
        file.touch(mode=0o600)
        file.write_text(schema_text(name), encoding="utf-8")
