"""The angle caps: what goes beyond the ordinary comfortable range is allowed in a user's own file, and said."""

from typing import Any

import pytest

from stretch_coach.routine.caps import beyond_caps
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.library import Library


def told(pose: dict[str, Any], **more: Any) -> list[str]:
    exercise = Exercise.model_validate({"id": "mine", "name": "Mine", "instructions": ["Sit."], "pose": pose, **more})
    return [str(problem) for problem in beyond_caps(exercise)]


def test_nothing_bundled_goes_beyond(library: Library) -> None:
    assert {id_: list(beyond_caps(one)) for id_, one in library.exercises.items() if list(beyond_caps(one))} == {}


@pytest.mark.parametrize(
    ("pose", "low", "high"),
    [
        ("pitch", -25, 45),
        ("yaw", -60, 60),
        ("roll", -35, 35),
        ("retraction_cm", 0, 3),
    ],
)
def test_the_head_may_go_to_its_caps_and_no_further(pose: str, low: int, high: int) -> None:
    assert told({pose: low}) == []
    assert told({pose: high}) == []
    over, under = high + 1, low - 1
    assert told({pose: over}) == [
        f"pose.{pose}: {over} is beyond the ordinary comfortable range. Keep it from {low} to {high}."
    ]
    assert told({pose: under}) == [
        f"pose.{pose}: {under} is beyond the ordinary comfortable range. Keep it from {low} to {high}."
    ]


@pytest.mark.parametrize(("axis", "low", "high"), [("pitch", -15, 45), ("yaw", -35, 35), ("roll", -20, 20)])
def test_the_trunk_may_go_to_its_caps_and_no_further(axis: str, low: int, high: int) -> None:
    assert told({"trunk": {axis: low}}) == []
    assert told({"trunk": {axis: high}}) == []
    (problem,) = told({"trunk": {axis: high + 1}})
    assert problem.startswith(f"pose.trunk.{axis}: {high + 1} is beyond")
    (problem,) = told({"trunk": {axis: low - 1}})
    assert problem.endswith(f"Keep it from {low} to {high}.")


@pytest.mark.parametrize(
    ("pitch", "yaw", "warned"),
    [(-5, 30, False), (-6, 10, False), (-6, 11, True), (-6, -11, True), (10, 40, False)],
)
def test_bending_back_and_turning_at_once_is_said(pitch: int, yaw: int, *, warned: bool) -> None:
    assert told({"pitch": pitch, "yaw": yaw}) == warned * [
        'pose: bends the head back and turns it at once. Keep them apart, or write "level": "intermediate".'
    ]
    assert told({"pitch": pitch, "yaw": yaw}, level="intermediate") == []


def test_every_keyframe_is_looked_at() -> None:
    frames = [{"at": 0}, {"at": 0.5, "yaw": 70}, {"at": 1}]
    problems = told({}, figure={"motion": "cycle", "seconds_per_cycle": 4, "keyframes": frames})
    assert [one.split(":")[0] for one in problems] == ["figure.keyframes[1].yaw"]


def test_an_exercise_in_place_is_named_where_it_stands() -> None:
    exercise = Exercise.model_validate({"id": "a", "name": "A", "instructions": ["Sit."], "pose": {"yaw": 61}})
    (problem,) = beyond_caps(exercise, at=("exercises", "a"))
    assert problem.path == ("exercises", "a", "pose", "yaw")
