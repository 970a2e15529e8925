"""The sentence about each mistake in a file: where it is, which field, what is wrong, what to write."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.routine.diagnostics import LocatedProblem, Problem, RoutineFileError, field_name
from stretch_coach.routine.document import BYTES_AT_MOST

Problems = Callable[[Any], list[str]]

STEP = {"exercise": "chin-tuck"}


def routine(**more: Any) -> dict[str, Any]:
    return {"title": "Mine", "steps": [STEP], **more}


def test_a_problem_names_file_line_column_field_fault_and_cure(routine_problems: Problems) -> None:
    text = """{
  "$schema": "schema/routine.schema.json",
  "format": 1,
  "id": "mine",
  "title": "Mine",
  "summary": "Three steps.",
  "language": "en",
  "level": "all",
  "tags": ["desk"],
  "steps": [
    {"exercise": "posture-reset", "prepare": 5, "hold": 10},
    {"exercise": "shoulder-rolls", "hold": 8},
    {"exercise": "upper-trap-stretch",
        "hold": "30s"}
  ]
}
"""
    assert routine_problems(text) == ['my.json:14:17: steps[2].hold: "30s" is not a number of seconds. Write 30.']


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ({"hold": "30s"}, 'hold: "30s" is not a number of seconds. Write 30.'),
        ({"hold": "2.5"}, 'hold: "2.5" is not a number of seconds. Write 2.5.'),
        ({"hold": "a while"}, 'hold: "a while" is not a number of seconds. Write 10.'),
        ({"hold": True}, "hold: true is not a number of seconds. Write 10."),
        ({"hold": [30]}, "hold: [30] is not a number of seconds. Write 10."),
        ({"hold": 0.5}, "hold: 0.5 is too small. Write 1 or more."),
        ({"hold": 601}, "hold: 601 is too large. Write 600 or less."),
        ({"hold": -5}, "hold: -5 is too small. Write 1 or more."),
        ({"prepare": -1}, "prepare: -1 is too small. Write 0 or more."),
        ({"rest": 601}, "rest: 601 is too large. Write 600 or less."),
        ({"reps": 0}, "reps: 0 is too small. Write 1 or more."),
        ({"reps": 101}, "reps: 101 is too large. Write 100 or less."),
        ({"reps": 2.5}, "reps: 2.5 is not a whole number. Write 2."),
        ({"reps": "2.5 times"}, 'reps: "2.5 times" is not a whole number. Write 2.'),
        ({"reps": 0.2}, "reps: 0.2 is not a whole number. Write 10."),
        ({"reps": 1e300}, "reps: 1e+300 is not a whole number. Write 10."),
        ({"reps": "3"}, 'reps: "3" is not a whole number. Write 3.'),
        ({"side": "lefft"}, 'side: "lefft" is not a known value. Did you mean "left"?'),
        ({"side": "both"}, 'side: "both" is not a known value. Write one of: left, right, each.'),
        ({"side": 1}, "side: 1 is not a known value. Write one of: left, right, each."),
        ({"say": 5}, 'say: 5 is not text. Write it in double quotes, such as "…".'),
        ({"say": " "}, "say is empty. Write some words, or leave it out."),
        (
            {"say": "Look {up}."},
            'say has an unknown placeholder, "{up}". Use {side} or {other}, or remove the braces.',
        ),
        (
            {"say": "Look {side"},
            'say has an unknown placeholder, "{side". Use {side} or {other}, or remove the braces.',
        ),
        ({"holds": 5}, 'holds is not a known field. Did you mean "hold"?'),
        (
            {"exercise": "Upper Trap Stretch"},
            'exercise: "Upper Trap Stretch" is not an id. Write "upper-trap-stretch".',
        ),
        ({"exercise": "!"}, 'exercise: "!" is not an id. Use lowercase letters, digits and hyphens.'),
        ({"exercise": "chin-tack"}, 'exercise: there is no exercise "chin-tack". Did you mean "chin-tuck"?'),
    ],
)
def test_invalid_step(routine_problems: Problems, step: dict[str, Any], sentence: str) -> None:
    problems = routine_problems(routine(steps=[STEP, {"exercise": "upper-trap-stretch"} | step]))
    assert [problem.split(": ", maxsplit=1)[1] for problem in problems] == [f"steps[1].{sentence}"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("format", 2, "format: 2 is not a version of this format. Write 1."),
        ("format", True, "format: true is not a version of this format. Write 1."),
        ("id", "My break", 'id: "My break" is not an id. Write "my-break".'),
        ("title", "", "title is empty. Write some words, or leave it out."),
        ("title", "x" * 81, "title is too long. Write at most 80 characters."),
        ("title", None, 'title: null is not text. Write it in double quotes, such as "…".'),
        ("summary", "x" * 401, "summary is too long. Write at most 400 characters."),
        ("language", "English", 'language: "English" is not a language code. Write one such as "en".'),
        ("level", "advance", 'level: "advance" is not a known value. Did you mean "advanced"?'),
        ("tags", "desk", 'tags: "desk" is not a list. Write it in square brackets: […].'),
        ("tags", ["At desk"], 'tags[0]: "At desk" is not an id. Write "at-desk".'),
        (
            "warning_signs",
            "yes",
            'warning_signs: "yes" is neither true nor false. Write true or false, without quotes.',
        ),
        ("steps", [], "steps has 0 entries. Write at least 1."),
        ("steps", [STEP] * 501, "steps has 501 entries. Write at most 500."),
        ("steps", {}, "steps: {} is not a list. Write it in square brackets: […]."),
        ("steps", ["chin-tuck"], 'steps[0]: "chin-tuck" is not an object. Write it in braces: {…}.'),
        ("steps", [{}], 'steps[0].exercise is missing. Add "exercise": "chin-tuck".'),
        ("exercises", [], "exercises: [] is not an object. Write it in braces: {…}."),
        ("evidence", {"grade": "D", "note": "x"}, 'evidence.grade: "D" is not a known value. Write one of: A, B, C.'),
        (
            "evidence",
            {"grade": "A", "note": "x", "sources": ["tun 16"]},
            'evidence.sources[0]: "tun 16" is not the code of a source. Write capitals and digits, such as "TUN16".',
        ),
        ("total_seconds", 74, "total_seconds is 74, but the steps take 73. Write 73."),
        ("subtitle", "x", 'subtitle is not a known field. Did you mean "title"?'),
    ],
)
def test_invalid_routine_field(routine_problems: Problems, field: str, value: Any, sentence: str) -> None:
    problems = routine_problems(routine(**{field: value}))
    assert [problem.split(": ", maxsplit=1)[1] for problem in problems] == [sentence]


def test_a_file_that_is_not_an_object(routine_problems: Problems) -> None:
    assert routine_problems([]) == ["my.json:1:1: [] is not an object. Write it in braces: {…}."]
    assert routine_problems("\n 5") == ["my.json:2:2: 5 is not an object. Write it in braces: {…}."]


def test_a_missing_field_comes_with_an_example(routine_problems: Problems) -> None:
    assert routine_problems("\n{}") == [
        'my.json:2:1: title is missing. Add "title": "My short break".',
        'my.json:2:1: steps is missing. Add "steps": [{"exercise": "chin-tuck"}].',
    ]


def test_an_infinite_number(routine_problems: Problems) -> None:
    text = '{"title": "T", "steps": [{"exercise": "chin-tuck", "hold": 1e999}]}'
    assert routine_problems(text) == ["my.json:1:60: steps[0].hold: Infinity is not a number of seconds. Write 10."]


def test_a_very_long_number_is_cut(routine_problems: Problems) -> None:
    text = '{"title": "T", "steps": [{"exercise": "chin-tuck", "reps": %s}]}' % ("9" * 4000)
    (problem,) = routine_problems(text)
    assert problem.startswith("my.json:1:60: steps[0].reps: 9999")
    assert problem.endswith("… is too large. Write 100 or less.")
    assert len(problem) < 160


def test_a_very_long_number_in_quotes_is_cut_too(routine_problems: Problems) -> None:
    (problem,) = routine_problems(routine(steps=[STEP | {"hold": "9" * 5000}]))
    assert problem.endswith('9…" is not a number of seconds. Write 999999.')


def test_half_of_a_surrogate_pair_is_not_text(routine_problems: Problems) -> None:
    (problem,) = routine_problems('{"title": "T\\ud800", "steps": [{"exercise": "chin-tuck"}]}')
    assert problem == 'my.json:1:11: title: "T\\ud800" is not text. Complete or remove the \\u escape.'


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "T", "\\ud800": 1, "steps": [{"exercise": "chin-tuck"}]}',
        '{"title": "T", "exercises": {"\\udfff": {}}, "steps": [{"exercise": "chin-tuck"}]}',
        '{"title": "T", "steps": [{"exercise": "chin-tuck", "\\ud800": 5}]}',
    ],
)
def test_half_of_a_surrogate_pair_as_a_key_can_be_printed(routine_problems: Problems, text: str) -> None:
    for problem in routine_problems(text):
        assert problem.encode()


@pytest.mark.parametrize("character", ["\x1b", "\x00", "\n", "\x85", "\u202e", "\u2066", "\u200e", "\ufeff", "\u2028"])
def test_control_characters_are_refused_and_not_echoed(routine_problems: Problems, character: str) -> None:
    for field in ("title", "summary", "need"):
        (problem,) = routine_problems(routine(**{field: f"ab{character}c"}))
        expected = f"{field} has a character that cannot be shown (U+{ord(character):04X}, character 3)."
        assert expected in problem
        assert character not in problem


@pytest.mark.parametrize("text", ["naïve — 休憩 …", "👩\u200d🚀 up", "क्\u200dष", "שלום"])
def test_all_languages_and_emoji_are_valid_text(routine_problems: Problems, text: str) -> None:
    assert routine_problems(routine(title=text)) == []


def test_a_key_with_control_characters_is_escaped(routine_problems: Problems) -> None:
    (problem,) = routine_problems(routine(**{"\x1b[31m\u202e": 1}))
    assert '"\\u001b[31m\\u202e" is not a known field.' in problem


def test_a_very_long_key_is_cut(routine_problems: Problems) -> None:
    (problem,) = routine_problems(routine(**{"x" * 5000: 1}))
    assert problem.split(": ")[1].startswith(f'"{"x" * 59}…" is not')
    assert len(problem) < 400


@pytest.mark.parametrize("name", ["[key]", "an exercise", "a rest", "function-after[x()]"])
def test_keys_that_validation_uses_internally_are_ordinary_keys(routine_problems: Problems, name: str) -> None:
    (problem,) = routine_problems(routine(**{name: 1}))
    assert problem.startswith(f'my.json:1:57: "{name}" is not a known field.')
    (problem,) = routine_problems(routine(steps=[STEP | {name: 1}]))
    assert problem.startswith(f'my.json:1:55: steps[0]."{name}" is not a known field.')
    problems = routine_problems(routine(exercises={name: {"name": "Look up", "instructions": ["Look up."]}}))
    assert [problem.split(": ", maxsplit=1)[1].split(" is not")[0] for problem in problems] == [
        f'exercises."{name}": "{name}"'
    ]
    problems = routine_problems(routine(exercises={name: 5}))
    assert any(f'exercises."{name}": 5 is not an object.' in problem for problem in problems)


def test_problems_come_in_the_order_of_the_file(routine_problems: Problems) -> None:
    text = '{\n"steps": [{"exercise": "chin-tuck", "hold": "5"}, {"rest": -1}],\n"title": 5,\n"x": 1}'
    places = [problem.split(": ")[0] for problem in routine_problems(text)]
    assert places == ["my.json:2:45", "my.json:2:60", "my.json:3:10", "my.json:4:1"]


@pytest.mark.parametrize(
    "content",
    [
        "{" + ",".join(f'"k{index}":1' for index in range(30_000)) + "}",
        '{"title":"T","cautions":[' + ",".join("1" for _ in range(100_000)) + '],"steps":[{"exercise":"chin-tuck"}]}',
    ],
    ids=["30,000 unknown keys", "100,000 invalid entries"],
)
def test_a_file_of_something_else_gives_at_most_100_problems(routine_problems: Problems, content: str) -> None:
    # Locating each of so many problems would take hours.
    assert len(content) < BYTES_AT_MOST
    assert 1 <= len(routine_problems(content)) <= 100


def located(line: int, column: int, *, path: tuple[str | int, ...] = ()) -> LocatedProblem:
    return LocatedProblem(Path("my.json"), line, column, Problem(path, "is wrong.", "Right it."))


def test_an_error_with_one_problem_is_its_sentence() -> None:
    assert str(RoutineFileError([located(3, 4, path=("id",))])) == "my.json:3:4: id is wrong. Right it."


def test_an_error_with_several_problems_shows_the_first_and_counts_the_rest() -> None:
    error = RoutineFileError([located(9, 1), located(2, 7), located(2, 1)])
    assert str(error) == "my.json:2:1: is wrong. Right it. (And 2 more: see `stretch-coach check`.)"
    assert [(problem.line, problem.column) for problem in error.problems] == [(2, 1), (2, 7), (9, 1)]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ((), ""),
        (("steps", 2, "hold"), "steps[2].hold"),
        (("$schema",), "$schema"),
        (("exercises", "my-own", "figure", "keyframes", 0), "exercises.my-own.figure.keyframes[0]"),
        (("two words", "x"), '"two words".x'),
        (("a", ""), 'a.""'),
    ],
)
def test_field_name(path: tuple[str | int, ...], name: str) -> None:
    assert field_name(path) == name


def test_a_valid_file_has_no_problems(routine_problems: Problems) -> None:
    assert routine_problems(json.dumps(routine(), indent=4)) == []
