"""From a routine file to a routine: exercises, doses, sides, lengths and locks."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from stretch_coach.routine.document import read_document
from stretch_coach.routine.library import Library
from stretch_coach.routine.model import Routine
from stretch_coach.routine.resolve import parse_routine

Problems = Callable[[Any], list[str]]
Read = Callable[..., Routine]

OWN = {"name": "Look far", "instructions": ["Look out of the window."]}


@pytest.fixture
def read(write: Callable[[Any], Any], library: Library) -> Read:
    """Return a routine with these steps and more fields."""

    def read_routine(*steps: dict[str, Any], **more: Any) -> Routine:
        content = {"title": "Mine", "steps": steps, **more}
        return parse_routine(read_document(write(content)), library.exercises)

    return read_routine


def without_place(problem: str) -> str:
    return problem.split(": ", maxsplit=1)[1]


def test_a_title_and_steps_are_enough(read: Read) -> None:
    routine = read({"exercise": "chin-tuck"})
    assert (routine.id, routine.title, routine.bundled) == ("my", "Mine", False)
    assert routine.file.language == "en"
    assert not routine.file.warning_signs


def test_a_step_takes_its_dose_from_the_exercise(read: Read) -> None:
    (step,) = read({"exercise": "chin-tuck"}).steps
    assert (step.prepare, step.hold, step.reps, step.rest) == (5, 5, 10, 2)
    assert step.sides == (None,)
    assert step.seconds == 5 + 10 * 5 + 9 * 2


def test_the_dose_of_a_step_overrides_that_of_the_exercise(read: Read) -> None:
    (step,) = read({"exercise": "chin-tuck", "prepare": 0, "hold": 3, "reps": 1, "rest": 0, "say": "Glide."}).steps
    assert (step.prepare, step.hold, step.reps, step.rest, step.say) == (0, 3, 1, 0, "Glide.")


@pytest.mark.parametrize(
    ("side", "sides"),
    [({}, ("left", "right")), ({"side": "each"}, ("left", "right")), ({"side": "right"}, ("right",))],
)
def test_a_sided_exercise_is_done_on_each_side_by_default(
    read: Read, side: dict[str, str], sides: tuple[str, ...]
) -> None:
    routine = read({"exercise": "upper-trap-stretch", "hold": 20, "reps": 2, "rest": 5, **side})
    assert routine.steps[0].sides == sides
    assert routine.total_seconds == len(sides) * (5 + 2 * 20 + 5)


def test_a_rest_between_exercises(read: Read) -> None:
    routine = read({"exercise": "chin-tuck"}, {"rest": 20, "say": "Shake out your arms."})
    assert routine.steps[1].exercise is None
    assert routine.steps[1].seconds == 20
    assert [exercise.id for exercise in routine.exercises] == ["chin-tuck"]


def test_an_exercise_defined_in_the_file(read: Read) -> None:
    routine = read({"exercise": "far", "hold": 30}, exercises={"far": OWN})
    assert routine.exercises[0].name == "Look far"
    assert routine.exercises[0].id == "far"


def test_an_exercise_of_the_file_replaces_the_bundled_one(read: Read) -> None:
    routine = read({"exercise": "chin-tuck"}, exercises={"chin-tuck": OWN})
    assert routine.exercises[0].name == "Look far"


def test_exercises_are_listed_once_in_order(read: Read) -> None:
    routine = read({"exercise": "snag-c1c2"}, {"exercise": "chin-tuck"}, {"exercise": "snag-c1c2"})
    assert [exercise.id for exercise in routine.exercises] == ["snag-c1c2", "chin-tuck"]


def test_locks_have_the_cautions_of_the_exercise(read: Read) -> None:
    (lock,) = read({"exercise": "snag-c1c2"}, {"exercise": "chin-tuck"}).locks
    assert (lock.id, lock.name) == ("snag-c1c2", "Towel-guided head turn")
    assert "Stop at the first pain." in lock.cautions
    assert read({"exercise": "chin-tuck"}).locks == ()


def test_a_clinician_taught_routine_is_locked_itself(read: Read) -> None:
    (lock,) = read({"exercise": "chin-tuck"}, level="clinician-taught", cautions=["Only when taught."]).locks
    assert (lock.id, lock.name, lock.cautions) == ("my", "Mine", ("Only when taught.",))


def test_a_problem_in_an_exercise_of_the_file_is_located_there(routine_problems: Problems) -> None:
    text = """{"title": "T", "steps": [{"rest": 1}], "exercises": {
"far": {"name": "F", "instructions": ["x"], "hold": 3}}}"""
    (problem,) = routine_problems(text)
    assert problem.startswith("my.json:2:45: exercises.far.hold is not a known field.")


def test_the_id_of_an_exercise_of_the_file_is_its_key(routine_problems: Problems) -> None:
    text = """{"title": "T", "steps": [{"rest": 1}], "exercises": {
  "far": {"id": "near", "name": "F", "instructions": ["x"]}}}"""
    assert routine_problems(text) == [
        'my.json:2:17: exercises.far.id: "near" differs from its key. Write "far".',
    ]


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (
            {"exercise": "chin-tuck", "side": "left"},
            'steps[0].side: "chin-tuck" is not a sided exercise. Remove the side.',
        ),
        (
            {"exercise": "chin-tuck", "say": "Look to the {side}."},
            'steps[0].say names a side, but "chin-tuck" is not a sided exercise. Remove {side} and {other}.',
        ),
        (
            {"rest": 5, "say": "Shake your {side} arm."},
            "steps[0].say names a side, but a rest has none. Remove {side} and {other}.",
        ),
        ({"rest": 0}, "steps take no time at all. Give one of them a length."),
        (
            {"exercise": "xyzzy"},
            'steps[0].exercise: there is no exercise "xyzzy". See `stretch-coach exercises`.',
        ),
    ],
)
def test_a_step_that_does_not_fit(routine_problems: Problems, step: dict[str, Any], sentence: str) -> None:
    assert [without_place(problem) for problem in routine_problems({"title": "T", "steps": [step]})] == [sentence]


def test_every_unknown_exercise_is_reported(routine_problems: Problems) -> None:
    steps = [{"exercise": "chin-tuk"}, {"exercise": "chin-tuck"}, {"exercise": "breathin"}]
    assert [without_place(problem) for problem in routine_problems({"title": "T", "steps": steps})] == [
        'steps[0].exercise: there is no exercise "chin-tuk". Did you mean "chin-tuck"?',
        'steps[2].exercise: there is no exercise "breathin". Did you mean "breathing"?',
    ]


def test_problems_of_every_kind_are_reported_at_once(routine_problems: Problems) -> None:
    text = """{
"title": 5,
"exercises": {
  "far": {"name": "Far", "instructions": ["Look to the {side}."], "hold": 3},
  "arc": {"id": "curve", "name": "Arc", "instructions": ["x"]},
  "up": {"name": "Up", "instructions": ["x"], "figure": {"motion": "cycle"}}
},
"steps": [
  {"exercise": "chin-tuk", "hold": "5"},
  {"exercise": "chin-tuck", "side": "left", "rest": -1},
  {"exercise": "chin-tuck", "say": "Look {side}."},
  {"rest": 5, "say": "Look {other}."},
  {"exercise": "far"}
]
}
"""
    fields = [re.split(r":? ", problem)[:2] for problem in routine_problems(text)]
    assert [(place.split(":")[1], field) for place, field in fields] == [
        ("2", "title"),
        ("4", "exercises.far.instructions[0]"),
        ("4", "exercises.far.hold"),
        ("5", "exercises.arc.id"),
        ("6", "exercises.up.figure.keyframes"),
        ("6", "exercises.up.figure.seconds_per_cycle"),
        ("9", "steps[0].exercise"),
        ("9", "steps[0].hold"),
        ("10", "steps[1].side"),
        ("10", "steps[1].rest"),
        ("11", "steps[2].say"),
        ("12", "steps[3].say"),
    ]


def test_a_routine_takes_at_most_four_hours(routine_problems: Problems) -> None:
    step = {"exercise": "chin-tuck", "prepare": 0, "hold": 600, "reps": 8, "rest": 0}
    assert routine_problems({"title": "T", "steps": [step] * 3}) == []
    (problem,) = routine_problems({"title": "T", "steps": [*[step] * 3, {"rest": 1}]})
    assert without_place(problem) == "steps take 4.0 hours in all. A routine may take up to 4 hours."


@pytest.mark.parametrize(("stated", "valid"), [(73, True), (73.0, True), (72.9, False)])
def test_a_stated_total_is_checked(routine_problems: Problems, *, stated: float, valid: bool) -> None:
    problems = routine_problems({"title": "T", "total_seconds": stated, "steps": [{"exercise": "chin-tuck"}]})
    assert (problems == []) == valid
