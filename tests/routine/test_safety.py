"""Angle warnings: a user's own file may go beyond the comfortable range, with a warning."""

from typing import Any

import pytest

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.library import Library
from stretch_coach.routine.safety import angle_warnings


def warnings_of(pose: dict[str, Any], **more: Any) -> list[str]:
    exercise = Exercise.model_validate({"id": "mine", "name": "Mine", "instructions": ["Sit."], "pose": pose, **more})
    return [str(problem) for problem in angle_warnings(exercise)]


def test_no_bundled_exercise_has_a_warning(library: Library) -> None:
    assert {
        id_: list(angle_warnings(exercise))
        for id_, exercise in library.exercises.items()
        if list(angle_warnings(exercise))
    } == {}


@pytest.mark.parametrize(
    ("pose", "low", "high"),
    [
        ("pitch", -25, 45),
        ("yaw", -60, 60),
        ("roll", -35, 35),
        ("retraction_cm", 0, 3),
    ],
)
def test_head_angles_within_their_range_have_no_warning(pose: str, low: int, high: int) -> None:
    assert warnings_of({pose: low}) == []
    assert warnings_of({pose: high}) == []
    over, under = high + 1, low - 1
    assert warnings_of({pose: over}) == [
        f"pose.{pose}: {over} is beyond the ordinary comfortable range. Keep it between {low} and {high}."
    ]
    assert warnings_of({pose: under}) == [
        f"pose.{pose}: {under} is beyond the ordinary comfortable range. Keep it between {low} and {high}."
    ]


@pytest.mark.parametrize(("axis", "low", "high"), [("pitch", -15, 45), ("yaw", -35, 35), ("roll", -20, 20)])
def test_trunk_angles_within_their_range_have_no_warning(axis: str, low: int, high: int) -> None:
    assert warnings_of({"trunk": {axis: low}}) == []
    assert warnings_of({"trunk": {axis: high}}) == []
    (problem,) = warnings_of({"trunk": {axis: high + 1}})
    assert problem.startswith(f"pose.trunk.{axis}: {high + 1} is beyond")
    (problem,) = warnings_of({"trunk": {axis: low - 1}})
    assert problem.endswith(f"Keep it between {low} and {high}.")


@pytest.mark.parametrize(
    ("pitch", "yaw", "warned"),
    [(-5, 30, False), (-6, 10, False), (-6, 11, True), (-6, -11, True), (10, 40, False)],
)
def test_a_head_bent_back_and_turned_has_a_warning(pitch: int, yaw: int, *, warned: bool) -> None:
    assert warnings_of({"pitch": pitch, "yaw": yaw}) == warned * [
        (
            "pose bends the head back and turns it at the same time. "
            'Do one after the other, or set "level": "intermediate".'
        )
    ]
    assert warnings_of({"pitch": pitch, "yaw": yaw}, level="intermediate") == []


def test_keyframes_are_checked_too() -> None:
    frames = [{"at": 0}, {"at": 0.5, "yaw": 70}, {"at": 1}]
    problems = warnings_of({}, figure={"motion": "cycle", "seconds_per_cycle": 4, "keyframes": frames})
    assert [problem.split(":")[0] for problem in problems] == ["figure.keyframes[1].yaw"]


def test_a_warning_has_the_path_of_an_exercise_within_a_routine() -> None:
    exercise = Exercise.model_validate({"id": "a", "name": "A", "instructions": ["Sit."], "pose": {"yaw": 61}})
    (problem,) = angle_warnings(exercise, at=("exercises", "a"))
    assert problem.path == ("exercises", "a", "pose", "yaw")
