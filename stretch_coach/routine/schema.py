"""The JSON Schemas of routine and exercise files, made from the models, for editors to complete and check with."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.file import RoutineFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODELS: dict[str, type[BaseModel]] = {"routine": RoutineFile, "exercise": Exercise}
_TITLES = {"routine": "Stretch Coach routine", "exercise": "Stretch Coach exercise"}

NAMES = tuple(_MODELS)


def build_schema(name: str) -> dict[str, Any]:
    """The schema of a ``routine`` or ``exercise`` file.

    What the program fills in from the rest of a file (an id, short texts) is not required in the schema either.
    """
    schema = _MODELS[name].model_json_schema(by_alias=True, mode="validation")
    for part in (schema, *schema.get("$defs", {}).values()):
        if "required" in part:
            part["required"] = [key for key in part["required"] if key != "id"]
    return {"$schema": DIALECT, **schema, "title": _TITLES[name]}


def schema_text(name: str) -> str:
    """The schema as it stands in a file."""
    return json.dumps(build_schema(name), indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> None:
    """Write both schemas into a folder, as ``routine.schema.json`` and ``exercise.schema.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        (folder / f"{name}.schema.json").write_text(schema_text(name), encoding="utf-8")
