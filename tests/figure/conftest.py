"""The bundled exercises."""

import json
from pathlib import Path

import pytest

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Side
from tests.each import Each

FOLDER = Path(__file__).parents[2] / "routines" / "exercises"
EXERCISES = {
    file.stem: Exercise.model_validate(json.loads(file.read_text("utf-8"))) for file in sorted(FOLDER.glob("*.json"))
}


def sides_of(exercise: Exercise) -> tuple[Side | None, ...]:
    return ("left", "right") if exercise.sided else (None,)


@pytest.fixture(scope="session")
def exercise() -> Each:
    """Each bundled exercise in turn."""
    return Each(EXERCISES)
