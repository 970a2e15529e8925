"""Exercise files: what may be left out, the defaults, and what is invalid."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from stretch_coach.routine.document import read_document
from stretch_coach.routine.exercise import Dose, Exercise
from stretch_coach.routine.format import parse_exercise

Problems = Callable[[Any], list[str]]
Write = Callable[[Any], Any]

LEAST = {"name": "Look far", "instructions": ["Look out of the window.", "Blink slowly."]}
FRAMES = [{"at": 0}, {"at": 0.5, "yaw": 30}, {"at": 1}]
CYCLE = {"motion": "cycle", "keyframes": FRAMES, "seconds_per_cycle": 4}


@pytest.fixture
def read(write: Write) -> Callable[[Any], Exercise]:
    def do(content: Any) -> Exercise:
        return parse_exercise(read_document(write(content)))

    return do


def test_a_name_and_instructions_are_enough(read: Callable[[Any], Exercise]) -> None:
    exercise = read(LEAST)
    assert exercise.id == "my"  # the file is my.json
    assert exercise.say == "Look out of the window."
    assert exercise.cue == "Look far"
    assert exercise.release == "Come slowly back."
    assert exercise.setup_seconds == 4  # seven words at 160 a minute take 2.6 seconds, plus one
    assert exercise.dose == Dose(hold=20, reps=1, rest=5)
    assert (exercise.kind, exercise.level, exercise.position) == ("stretch", "all", "seated")
    assert not exercise.sided
    assert not exercise.locked
    assert exercise.figure.motion == "hold"
    assert exercise.full_instructions(None) == "Look out of the window. Blink slowly."


def test_given_fields_override_the_defaults(read: Callable[[Any], Exercise]) -> None:
    exercise = read(LEAST | {"id": "far", "say": "Look.", "cue": "Far.", "setup_seconds": 9, "dose": {"hold": 60}})
    assert (exercise.id, exercise.say, exercise.cue, exercise.setup_seconds) == ("far", "Look.", "Far.", 9)
    assert exercise.dose == Dose(hold=60, reps=1, rest=5)


def test_a_sided_exercise_fills_in_each_side(read: Callable[[Any], Exercise]) -> None:
    exercise = read(LEAST | {"sided": True, "instructions": ["Tip your {other} ear.", "Let your {side} hand hang."]})
    assert exercise.full_instructions("left") == "Tip your right ear. Let your left hand hang."
    assert exercise.full_instructions("right") == "Tip your left ear. Let your right hand hang."


@pytest.mark.parametrize(
    ("figure", "name"),
    [
        ({}, "hold"),
        ({"motion": "pulse"}, "hold"),
        ({"motion": "still"}, "hold"),
        (CYCLE, "round"),
        ({"focus": "breath", "seconds_per_cycle": 10}, "breath"),
    ],
)
def test_repetitions_of_a_movement_are_rounds_and_all_others_holds(
    read: Callable[[Any], Exercise], figure: dict[str, Any], name: str
) -> None:
    assert read(LEAST | {"figure": figure}).rep_name == name


OWN: list[dict[str, Any]] = [
    {"say": "Start at the temples.", "cue": "Temples."},
    {"say": "Now the jaw.", "cue": "Jaw.", "pose": {"yaw": 9}},
]


def test_repetitions_that_differ_take_turns(read: Callable[[Any], Exercise]) -> None:
    exercise = read(LEAST | {"repetitions": OWN})
    forms = [exercise.in_repetition(number) for number in (1, 2, 3)]
    assert [form.cue for form in forms] == ["Temples.", "Jaw.", "Temples."]
    assert [form.say for form in forms[:2]] == ["Start at the temples.", "Now the jaw."]
    assert [form.pose.yaw for form in forms] == [0, 9, 0]
    assert {form.id for form in forms} == {exercise.id}
    plain = read(LEAST)
    assert plain.in_repetition(5) is plain


def test_a_repetition_may_bring_hands_and_muscles_of_its_own(read: Callable[[Any], Exercise]) -> None:
    own = [*OWN[:1], OWN[1] | {"hands": {"target": "cheek", "other": "cheek"}, "highlight": ["masseter"]}]
    exercise = read(LEAST | {"figure": {"camera": "back", "highlight": ["temporalis"]}, "repetitions": own})
    first, second = (exercise.in_repetition(number).figure for number in (1, 2))
    assert (first.hands.target, first.highlight) == ("rest", ["temporalis"])
    assert (second.hands.target, second.highlight, second.camera) == ("cheek", ["masseter"], "back")


def test_a_breath_changes_where_the_figure_says(read: Callable[[Any], Exercise]) -> None:
    figure = {"focus": "breath", "motion": "still", "seconds_per_cycle": 10, "breath_in_seconds": 4}
    breath = read(LEAST | {"figure": figure}).figure.breath
    assert breath
    assert list(breath.changes(14)) == [(0, True), (4, False), (10, True)]
    assert [breath.is_in(at) for at in (0, 3.9, 4, 9.9, 10)] == [True, True, False, False, True]
    assert read(LEAST | {"figure": figure | {"focus": "body"}}).figure.breath is None
    usual = read(LEAST | {"figure": {"focus": "breath", "seconds_per_cycle": 10}}).figure.breath
    assert usual
    assert usual.inhale == 4


@pytest.mark.parametrize("more", [{"level": "clinician-taught"}, {"tags": ["clinician-taught"]}])
def test_a_clinician_taught_exercise_is_locked(read: Callable[[Any], Exercise], more: dict[str, Any]) -> None:
    assert read(LEAST | more).locked


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (
            {"repetitions": [{"say": "Now the {side} jaw.", "cue": "Jaw."}]},
            'repetitions[0] names a side, but the exercise is not sided. Add "sided": true.',
        ),
        ({"repetitions": [{"say": "Now the jaw."}]}, 'repetitions[0].cue is missing. Add "cue": ….'),
        ({"name": ""}, "name is empty. Write some words, or leave it out."),
        ({"name": 5}, 'name: 5 is not text. Write it in double quotes, such as "…".'),
        ({"instructions": []}, "instructions has 0 entries. Write at least 1."),
        ({"instructions": "Sit."}, 'instructions: "Sit." is not a list. Write it in square brackets: […].'),
        ({"instructions": ["Sit.", 3]}, 'instructions[1]: 3 is not text. Write it in double quotes, such as "…".'),
        ({"instructions": ["x"] * 21}, "instructions has 21 entries. Write at most 20."),
        ({"kind": "stretching"}, 'kind: "stretching" is not a known value. Did you mean "stretch"?'),
        ({"tags": ["needs-dork"]}, 'tags[0]: "needs-dork" is not a known value. Did you mean "needs-desk"?'),
        ({"sided": "yes"}, 'sided: "yes" is neither true nor false. Write true or false, without quotes.'),
        ({"dose": {"hold": 0}}, "dose.hold: 0 is too small. Write 1 or more."),
        ({"dose": {"times": 3}}, "dose.times is not a known field. Remove it; the fields are hold, reps, rest."),
        ({"pose": {"pitch": 91}}, "pose.pitch: 91 is too large. Write 90 or less."),
        ({"pose": {"pitch": "12 degrees"}}, 'pose.pitch: "12 degrees" is not a number. Write 12.'),
        ({"pose": {"jaw_open": "wide"}}, 'pose.jaw_open: "wide" is not a number. Write 0.5.'),
        ({"pose": {"jaw_open": [1]}}, "pose.jaw_open: [1] is not a number. Write 0.5."),
        ({"pose": {"trunk": {"pich": 5}}}, 'pose.trunk.pich is not a known field. Did you mean "pitch"?'),
        (
            {"figure": {"hands": {"target": "knees"}}},
            'figure.hands.target: "knees" is not a known value. Did you mean "knee"?',
        ),
        ({"say": "Turn to the {side}."}, 'say names a side, but the exercise is not sided. Add "sided": true.'),
        (
            {"instructions": ["Sit.", "Lift your {other} arm."]},
            'instructions[1] names a side, but the exercise is not sided. Add "sided": true.',
        ),
        (
            {"figure": {"motion": "cycle", "keyframes": FRAMES}},
            'figure.seconds_per_cycle is missing. Add "seconds_per_cycle": 4.',
        ),
        (
            {"figure": CYCLE | {"motion": "hold"}},
            'figure.keyframes: only belongs to the motion "cycle", not to "hold". Remove one of the two.',
        ),
        (
            {"figure": CYCLE | {"keyframes": [*FRAMES[:2], {"at": 0.5}, FRAMES[2]]}},
            'figure.keyframes is out of order. Make "at" rise from 0 to 1.',
        ),
        (
            {"figure": CYCLE | {"keyframes": FRAMES[:2]}},
            'figure.keyframes is out of order. Make "at" rise from 0 to 1.',
        ),
        (
            {"figure": CYCLE | {"keyframes": [*FRAMES[:2], {"at": 1, "roll": 5}]}},
            "figure.keyframes does not return to its start. Make the last keyframe the same as the first.",
        ),
        (
            {"figure": CYCLE | {"keyframes": [FRAMES[0], {"at": 0.5, "yow": 30}, FRAMES[2]]}},
            'figure.keyframes[1].yow is not a known field. Did you mean "yaw"?',
        ),
    ],
)
def test_invalid_exercise_field(exercise_problems: Problems, more: dict[str, Any], sentence: str) -> None:
    problems = exercise_problems(LEAST | more)
    assert [problem.split(": ", maxsplit=1)[1] for problem in problems] == [sentence]


def test_fields_derived_from_invalid_ones_are_not_reported(exercise_problems: Problems) -> None:
    # The cue is derived from the name, and the sentence from the first instruction.
    problems = exercise_problems({"name": 5, "instructions": ["\x07"]})
    assert [re.split(r": | has ", problem)[1] for problem in problems] == ["name", "instructions[0]"]


def test_a_file_name_without_letters_gives_an_id(write: Write) -> None:
    path = write(LEAST).rename("休憩.json")
    assert parse_exercise(read_document(path)).id == "unnamed"


@pytest.mark.parametrize(
    ("name", "id_"),
    [("My Break.json", "my-break"), ("--x__Y--.json", "x-y"), (f"{'a' * 70}.json", "a" * 64)],
)
def test_the_default_id_is_the_file_name(write: Write, name: str, id_: str) -> None:
    assert parse_exercise(read_document(write(LEAST).rename(name))).id == id_
