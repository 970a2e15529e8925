"""What a routine file means: exercises looked up, doses completed, sides and lengths sound."""

from collections.abc import Callable
from typing import Any

import pytest

from stretch_coach.routine.check import check_routine
from stretch_coach.routine.document import read_document
from stretch_coach.routine.library import Library
from stretch_coach.routine.model import Routine

Told = Callable[[Any], list[str]]
Read = Callable[..., Routine]

OWN = {"name": "Look far", "instructions": ["Look out of the window."]}


@pytest.fixture
def read(write: Callable[[Any], Any], library: Library) -> Read:
    """A routine of these steps, and more where it is given."""

    def do(*steps: dict[str, Any], **more: Any) -> Routine:
        content = {"title": "Mine", "steps": steps, **more}
        return check_routine(read_document(write(content)), library.exercises)

    return do


def rest_of(problem: str) -> str:
    return problem.split(": ", maxsplit=1)[1]


def test_a_routine_of_the_users_own_needs_a_title_and_steps(read: Read) -> None:
    routine = read({"exercise": "chin-tuck"})
    assert (routine.id, routine.title, routine.bundled) == ("my", "Mine", False)
    assert routine.file.language == "en"
    assert not routine.file.warning_signs


def test_what_a_step_leaves_out_comes_from_the_exercise(read: Read) -> None:
    (step,) = read({"exercise": "chin-tuck"}).steps
    assert (step.prepare, step.hold, step.reps, step.rest) == (5, 5, 10, 2)
    assert step.sides == (None,)
    assert step.seconds == 5 + 10 * 5 + 9 * 2


def test_what_a_step_says_wins(read: Read) -> None:
    (step,) = read({"exercise": "chin-tuck", "prepare": 0, "hold": 3, "reps": 1, "rest": 0, "say": "Glide."}).steps
    assert (step.prepare, step.hold, step.reps, step.rest, step.say) == (0, 3, 1, 0, "Glide.")


@pytest.mark.parametrize(
    ("side", "sides"),
    [({}, ("left", "right")), ({"side": "each"}, ("left", "right")), ({"side": "right"}, ("right",))],
)
def test_a_sided_exercise_is_done_on_each_side_unless_told_otherwise(
    read: Read, side: dict[str, str], sides: tuple[str, ...]
) -> None:
    routine = read({"exercise": "upper-trap-stretch", "hold": 20, "reps": 2, "rest": 5, **side})
    assert routine.steps[0].sides == sides
    assert routine.total_seconds == len(sides) * (5 + 2 * 20 + 5)


def test_a_rest_between_exercises(read: Read) -> None:
    routine = read({"exercise": "chin-tuck"}, {"rest": 20, "say": "Shake out your arms."})
    assert routine.steps[1].exercise is None
    assert routine.steps[1].seconds == 20
    assert [one.id for one in routine.exercises] == ["chin-tuck"]


def test_an_exercise_defined_in_place(read: Read) -> None:
    routine = read({"exercise": "far", "hold": 30}, exercises={"far": OWN})
    assert routine.exercises[0].name == "Look far"
    assert routine.exercises[0].id == "far"


def test_an_exercise_defined_in_place_replaces_the_bundled_one(read: Read) -> None:
    routine = read({"exercise": "chin-tuck"}, exercises={"chin-tuck": OWN})
    assert routine.exercises[0].name == "Look far"


def test_exercises_are_listed_once_in_order(read: Read) -> None:
    routine = read({"exercise": "snag-c1c2"}, {"exercise": "chin-tuck"}, {"exercise": "snag-c1c2"})
    assert [one.id for one in routine.exercises] == ["snag-c1c2", "chin-tuck"]


def test_what_has_to_be_taught_is_locked_with_its_cautions(read: Read) -> None:
    (lock,) = read({"exercise": "snag-c1c2"}, {"exercise": "chin-tuck"}).locks
    assert (lock.id, lock.name) == ("snag-c1c2", "Towel-guided head turn")
    assert "Stop at the first pain." in lock.cautions
    assert read({"exercise": "chin-tuck"}).locks == ()


def test_a_routine_can_be_locked_as_a_whole(read: Read) -> None:
    (lock,) = read({"exercise": "chin-tuck"}, level="clinician-taught", cautions=["Only when taught."]).locks
    assert (lock.id, lock.name, lock.cautions) == ("my", "Mine", ("Only when taught.",))


def test_a_mistake_in_an_exercise_in_place_is_placed_there(told: Told) -> None:
    text = """{"title": "T", "steps": [{"rest": 1}], "exercises": {
"far": {"name": "F", "instructions": ["x"], "hold": 3}}}"""
    (problem,) = told(text)
    assert problem.startswith("my.json:2:45: exercises.far.hold: is not a field here.")


def test_an_exercise_in_place_goes_by_the_name_it_stands_under(told: Told) -> None:
    text = """{"title": "T", "steps": [{"rest": 1}], "exercises": {
  "far": {"id": "near", "name": "F", "instructions": ["x"]}}}"""
    assert told(text) == [
        'my.json:2:17: exercises.far.id: "near" is not the name it stands under. Write "far".',
    ]


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (
            {"exercise": "chin-tuck", "side": "left"},
            'steps[0].side: "chin-tuck" is not done side by side. Leave side out.',
        ),
        (
            {"exercise": "chin-tuck", "say": "Look to the {side}."},
            'steps[0].say: names a side, but "chin-tuck" has none. Write the words without {side} and {other}.',
        ),
        (
            {"rest": 5, "say": "Shake your {side} arm."},
            "steps[0]: say names a side, but a rest has none. Write the words without {side} and {other}.",
        ),
        ({"rest": 0}, "steps: take no time at all. Give one of them a length."),
        (
            {"exercise": "xyzzy"},
            'steps[0].exercise: there is no exercise "xyzzy". Write an id from `stretch-coach routines --exercises`.',
        ),
    ],
)
def test_a_step_that_makes_no_sense(told: Told, step: dict[str, Any], sentence: str) -> None:
    assert [rest_of(one) for one in told({"title": "T", "steps": [step]})] == [sentence]


def test_every_unknown_exercise_is_told(told: Told) -> None:
    steps = [{"exercise": "chin-tuk"}, {"exercise": "chin-tuck"}, {"exercise": "breathin"}]
    assert [rest_of(one) for one in told({"title": "T", "steps": steps})] == [
        'steps[0].exercise: there is no exercise "chin-tuk". Did you mean "chin-tuck"?',
        'steps[2].exercise: there is no exercise "breathin". Did you mean "breathing"?',
    ]


def test_four_hours_are_the_most(told: Told) -> None:
    step = {"exercise": "chin-tuck", "prepare": 0, "hold": 600, "reps": 8, "rest": 0}
    assert told({"title": "T", "steps": [step] * 3}) == []
    (problem,) = told({"title": "T", "steps": [*[step] * 3, {"rest": 1}]})
    assert rest_of(problem) == "steps: take 4.0 hours in all. Keep a routine within 4 hours."


@pytest.mark.parametrize(("said", "right"), [(73, True), (73.0, True), (72.9, False)])
def test_a_total_that_is_given_is_checked(told: Told, *, said: float, right: bool) -> None:
    problems = told({"title": "T", "total_seconds": said, "steps": [{"exercise": "chin-tuck"}]})
    assert (problems == []) == right
