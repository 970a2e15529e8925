"""What a user is told about a file that is wrong: the file, the place, the field, what is wrong, what to write."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.routine.complaint import Located, Problem, RoutineFileError, field_name
from stretch_coach.routine.document import BYTES_AT_MOST

Told = Callable[[Any], list[str]]

STEP = {"exercise": "chin-tuck"}


def routine(**more: Any) -> dict[str, Any]:
    return {"title": "Mine", "steps": [STEP], **more}


def test_the_example_of_the_handbook_to_the_letter(told: Told) -> None:
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
    assert told(text) == ['my.json:14:17: steps[2].hold: "30s" is not a number of seconds. Write 30.']


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ({"hold": "30s"}, 'hold: "30s" is not a number of seconds. Write 30.'),
        ({"hold": "2.5"}, 'hold: "2.5" is not a number of seconds. Write 2.5.'),
        ({"hold": "a while"}, 'hold: "a while" is not a number of seconds. Write 10.'),
        ({"hold": True}, "hold: true is not a number of seconds. Write 10."),
        ({"hold": [30]}, "hold: [30] is not a number of seconds. Write 10."),
        ({"hold": 0.5}, "hold: 0.5 is too little. Write 1 or more."),
        ({"hold": 601}, "hold: 601 is too much. Write 600 or less."),
        ({"hold": -5}, "hold: -5 is too little. Write 1 or more."),
        ({"prepare": -1}, "prepare: -1 is too little. Write 0 or more."),
        ({"rest": 601}, "rest: 601 is too much. Write 600 or less."),
        ({"reps": 0}, "reps: 0 is too little. Write 1 or more."),
        ({"reps": 101}, "reps: 101 is too much. Write 100 or less."),
        ({"reps": 2.5}, "reps: 2.5 is not a whole number. Write 2."),
        ({"reps": "2.5 times"}, 'reps: "2.5 times" is not a whole number. Write 2.'),
        ({"reps": 0.2}, "reps: 0.2 is not a whole number. Write 10."),
        ({"reps": 1e300}, "reps: 1e+300 is not a whole number. Write 10."),
        ({"reps": "3"}, 'reps: "3" is not a whole number. Write 3.'),
        ({"side": "lefft"}, 'side: "lefft" is not known. Did you mean "left"?'),
        ({"side": "both"}, 'side: "both" is not known. Write one of: left, right, each.'),
        ({"side": 1}, "side: 1 is not known. Write one of: left, right, each."),
        ({"say": 5}, 'say: 5 is not text. Write it in double quotes, such as "…".'),
        ({"say": " "}, "say: is empty. Write some words, or leave it out."),
        ({"say": "Look {up}."}, 'say: has the placeholder "{up}". Write {side} or {other}, or no braces.'),
        ({"say": "Look {side"}, 'say: has the placeholder "{side". Write {side} or {other}, or no braces.'),
        ({"holds": 5}, 'holds: is not a field here. Did you mean "hold"?'),
        (
            {"exercise": "Upper Trap Stretch"},
            'exercise: "Upper Trap Stretch" is not an id. Write "upper-trap-stretch".',
        ),
        ({"exercise": "!"}, 'exercise: "!" is not an id. Write small letters, digits and hyphens.'),
        ({"exercise": "chin-tack"}, 'exercise: there is no exercise "chin-tack". Did you mean "chin-tuck"?'),
    ],
)
def test_a_wrong_step(told: Told, step: dict[str, Any], sentence: str) -> None:
    problems = told(routine(steps=[STEP, {"exercise": "upper-trap-stretch"} | step]))
    assert [one.split(": ", maxsplit=1)[1] for one in problems] == [f"steps[1].{sentence}"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("format", 2, "format: 2 is not a version of this format. Write 1."),
        ("format", True, "format: true is not a version of this format. Write 1."),
        ("id", "My break", 'id: "My break" is not an id. Write "my-break".'),
        ("title", "", "title: is empty. Write some words, or leave it out."),
        ("title", "x" * 81, "title: is too long. Write at most 80 characters."),
        ("title", None, 'title: null is not text. Write it in double quotes, such as "…".'),
        ("summary", "x" * 401, "summary: is too long. Write at most 400 characters."),
        ("language", "English", 'language: "English" is not the code of a language. Write one such as "en".'),
        ("level", "advance", 'level: "advance" is not known. Did you mean "advanced"?'),
        ("tags", "desk", 'tags: "desk" is not a list. Write it in square brackets: […].'),
        ("tags", ["At desk"], 'tags[0]: "At desk" is not an id. Write "at-desk".'),
        ("warning_signs", "yes", 'warning_signs: "yes" is not yes or no. Write true or false, without quotes.'),
        ("steps", [], "steps: has 0 entries. Write at least 1."),
        ("steps", [STEP] * 501, "steps: has 501 entries. Write at most 500."),
        ("steps", {}, "steps: {} is not a list. Write it in square brackets: […]."),
        ("steps", ["chin-tuck"], 'steps[0]: "chin-tuck" is not an object. Write it in braces: {…}.'),
        ("steps", [{}], 'steps[0].exercise: is missing. Write "exercise": "chin-tuck".'),
        ("exercises", [], "exercises: [] is not an object. Write it in braces: {…}."),
        ("evidence", {"grade": "D", "note": "x"}, 'evidence.grade: "D" is not known. Write one of: A, B, C.'),
        (
            "evidence",
            {"grade": "A", "note": "x", "sources": ["tun 16"]},
            'evidence.sources[0]: "tun 16" is not the code of a source. Write capitals and digits, such as "TUN16".',
        ),
        ("total_seconds", 74, "total_seconds: is 74, but the steps take 73. Write 73."),
        ("subtitle", "x", 'subtitle: is not a field here. Did you mean "title"?'),
    ],
)
def test_a_wrong_routine(told: Told, field: str, value: Any, sentence: str) -> None:
    problems = told(routine(**{field: value}))
    assert [one.split(": ", maxsplit=1)[1] for one in problems] == [sentence]


def test_a_list_or_a_number_is_no_routine(told: Told) -> None:
    assert told([]) == ["my.json:1:1: [] is not an object. Write it in braces: {…}."]
    assert told("\n 5") == ["my.json:2:2: 5 is not an object. Write it in braces: {…}."]


def test_what_is_missing_is_told_with_an_example(told: Told) -> None:
    assert told("\n{}") == [
        'my.json:2:1: title: is missing. Write "title": "My short break".',
        'my.json:2:1: steps: is missing. Write "steps": [{"exercise": "chin-tuck"}].',
    ]


def test_a_number_beyond_all_numbers(told: Told) -> None:
    text = '{"title": "T", "steps": [{"exercise": "chin-tuck", "hold": 1e999}]}'
    assert told(text) == ["my.json:1:60: steps[0].hold: Infinity is not a number of seconds. Write 10."]


def test_a_very_long_number_is_cut_in_the_sentence(told: Told) -> None:
    text = '{"title": "T", "steps": [{"exercise": "chin-tuck", "reps": %s}]}' % ("9" * 4000)
    (problem,) = told(text)
    assert problem.startswith("my.json:1:60: steps[0].reps: 9999")
    assert problem.endswith("… is too much. Write 100 or less.")
    assert len(problem) < 160


def test_a_very_long_number_in_quotes_is_cut_too(told: Told) -> None:
    (problem,) = told(routine(steps=[STEP | {"hold": "9" * 5000}]))
    assert problem.endswith('9…" is not a number of seconds. Write 999999.')


def test_half_of_a_surrogate_pair_is_no_text(told: Told) -> None:
    (problem,) = told('{"title": "T\\ud800", "steps": [{"exercise": "chin-tuck"}]}')
    assert problem == 'my.json:1:11: title: "T\\ud800" is not text. Take out the unfinished \\u sign.'


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "T", "\\ud800": 1, "steps": [{"exercise": "chin-tuck"}]}',
        '{"title": "T", "exercises": {"\\udfff": {}}, "steps": [{"exercise": "chin-tuck"}]}',
        '{"title": "T", "steps": [{"exercise": "chin-tuck", "\\ud800": 5}]}',
    ],
)
def test_half_of_a_surrogate_pair_as_a_name_is_told_in_text_that_can_be_printed(told: Told, text: str) -> None:
    for problem in told(text):
        assert problem.encode()


@pytest.mark.parametrize("character", ["\x1b", "\x00", "\n", "\x85", "\u202e", "\u2066", "\u200e", "\ufeff", "\u2028"])
def test_characters_that_steer_a_terminal_are_refused_and_never_echoed(told: Told, character: str) -> None:
    for field in ("title", "summary", "need"):
        (problem,) = told(routine(**{field: f"ab{character}c"}))
        expected = f"{field}: has a character that cannot be shown (U+{ord(character):04X}, character 3)."
        assert expected in problem
        assert character not in problem


@pytest.mark.parametrize("text", ["naïve — 休憩 …", "👩\u200d🚀 up", "क्\u200dष", "שלום"])
def test_all_languages_and_emoji_are_fine(told: Told, text: str) -> None:
    assert told(routine(title=text)) == []


def test_a_strange_name_is_quoted_not_echoed(told: Told) -> None:
    (problem,) = told(routine(**{"\x1b[31m\u202e": 1}))
    assert '"\\u001b[31m\\u202e": is not a field here.' in problem


def test_a_name_as_long_as_a_book_is_cut(told: Told) -> None:
    (problem,) = told(routine(**{"x" * 5000: 1}))
    assert problem.split(": ")[1] == f'"{"x" * 59}…"'
    assert len(problem) < 400


@pytest.mark.parametrize("name", ["[key]", "an exercise", "a rest", "function-after[x()]"])
def test_names_that_the_checker_uses_itself_are_ordinary_names(told: Told, name: str) -> None:
    (problem,) = told(routine(**{name: 1}))
    assert problem.startswith(f'my.json:1:57: "{name}": is not a field here.')
    (problem,) = told(routine(steps=[STEP | {name: 1}]))
    assert problem.startswith(f'my.json:1:55: steps[0]."{name}": is not a field here.')
    problems = told(routine(exercises={name: {"name": "Look up", "instructions": ["Look up."]}}))
    assert [one.split(": ", maxsplit=1)[1].split(" is not")[0] for one in problems] == [f'exercises."{name}": "{name}"']
    problems = told(routine(exercises={name: 5}))
    assert any(f'exercises."{name}": 5 is not an object.' in one for one in problems)


def test_everything_wrong_is_told_in_the_order_of_the_file(told: Told) -> None:
    text = '{\n"steps": [{"exercise": "chin-tuck", "hold": "5"}, {"rest": -1}],\n"title": 5,\n"x": 1}'
    places = [problem.split(": ")[0] for problem in told(text)]
    assert places == ["my.json:2:45", "my.json:2:60", "my.json:3:10", "my.json:4:1"]


@pytest.mark.parametrize(
    "content",
    [
        "{" + ",".join(f'"k{index}":1' for index in range(80_000)) + "}",
        '{"title":"T","cautions":[' + ",".join("1" for _ in range(300_000)) + '],"steps":[{"exercise":"chin-tuck"}]}',
    ],
    ids=["80,000 unknown names", "300,000 wrong entries"],
)
@pytest.mark.timeout(60)
def test_a_file_that_is_something_else_is_told_at_once(told: Told, content: str) -> None:
    # Looking for the place of each of so many problems would take hours.
    assert len(content) < BYTES_AT_MOST
    assert 1 <= len(told(content)) <= 100


# The error as the commands show it


def located(line: int, column: int, *, path: tuple[str | int, ...] = ()) -> Located:
    return Located(Path("my.json"), line, column, Problem(path, "is wrong.", "Right it."))


def test_one_problem_is_one_line() -> None:
    assert str(RoutineFileError([located(3, 4, path=("id",))])) == "my.json:3:4: id: is wrong. Right it."


def test_of_more_problems_the_first_in_the_file_is_told_and_the_rest_counted() -> None:
    error = RoutineFileError([located(9, 1), located(2, 7), located(2, 1)])
    assert str(error) == "my.json:2:1: is wrong. Right it. (And 2 more: see `stretch-coach check`.)"
    assert [(one.line, one.column) for one in error.problems] == [(2, 1), (2, 7), (9, 1)]


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
def test_a_field_is_named_as_one_writes_it(path: tuple[str | int, ...], name: str) -> None:
    assert field_name(path) == name


def test_a_correct_file_is_told_nothing(told: Told) -> None:
    assert told(json.dumps(routine(), indent=4)) == []
