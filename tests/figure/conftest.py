"""The bundled exercises."""

import json
from pathlib import Path

import pytest

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Side

FOLDER = Path(__file__).parents[2] / "routines" / "exercises"
EXERCISES = {
    file.stem: Exercise.model_validate(json.loads(file.read_text("utf-8"))) for file in sorted(FOLDER.glob("*.json"))
}


def sides_of(exercise: Exercise) -> tuple[Side | None, ...]:
    return ("left", "right") if exercise.sided else (None,)


@pytest.fixture(params=list(EXERCISES.values()), ids=list(EXERCISES))
def exercise(request: pytest.FixtureRequest) -> Exercise:
    """Each bundled exercise in turn."""
    exercise: Exercise = request.param
    return exercise
