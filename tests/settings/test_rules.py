"""Break rules in the settings file: what one may have, and one sentence for everything else."""

from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.settings import BreakRule, Window, load_settings
from stretch_coach.settings.choices import rotating, rotating_names


def test_every_field_of_a_rule_is_read(config: Callable[[str], Path]) -> None:
    file = config(
        """
        [[breaks.rules]]
        id = "desk"
        every = 45
        days = "mon-fri"
        windows = ["13:30-17:30", "9:00-12:30"]
        routine = "screen-break"
        [[breaks.rules]]
        at = ["15:00", "10:30", "15:00"]
        days = ["sat", "sun"]
        """
    )
    assert load_settings(file).breaks.rules == (
        BreakRule(
            "desk",
            every=45,
            days=frozenset(range(5)),
            windows=(Window(time(9), time(12, 30)), Window(time(13, 30), time(17, 30))),
            routine="screen-break",
        ),
        BreakRule("at-10:30", at=(time(10, 30), time(15)), days=frozenset({5, 6})),
    )


@pytest.mark.parametrize(
    ("written", "routine"),
    [
        ('"screen-break"', "screen-break"),
        ('["micro-break", "screen-break", "micro-break"]', "rotate: micro-break, screen-break"),
        ('["quick"]', "rotate: quick"),
        ('"rotate: quick"', "rotate: quick"),
        ('" rotate:quick,gentle-start "', "rotate: quick, gentle-start"),
    ],
)
def test_rule_may_name_several_routines(config: Callable[[str], Path], written: str, routine: str) -> None:
    file = config(f"[[breaks.rules]]\nevery = 45\nroutine = {written}\n[start]\nroutine = {written}\n")
    settings = load_settings(file)
    assert (settings.breaks.rules[0].routine, settings.start.routine) == (routine, routine)
    names = rotating_names(routine)
    assert rotating(names) == routine if names else routine == "screen-break"


def test_rules_without_an_id_get_different_ones(config: Callable[[str], Path]) -> None:
    file = config("[[breaks.rules]]\nevery = 45\n" * 3)
    assert [rule.id for rule in load_settings(file).breaks.rules] == ["every-45", "every-45-2", "every-45-3"]


@pytest.mark.parametrize(
    ("written", "window"),
    [("09:00-24:00", "09:00-24:00"), ("22:00-02:00", "22:00-02:00"), ("0:00-24:00", "00:00-24:00")],
)
def test_window_may_end_at_midnight_or_after(config: Callable[[str], Path], written: str, window: str) -> None:
    file = config(f'[[breaks.rules]]\nevery = 45\nwindows = "{written}"\n')
    assert [str(one) for one in load_settings(file).breaks.rules[0].windows] == [window]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("every = 4", ":6: breaks.rules[1].every: 4 is not valid. Write a whole number from 5 to 480."),
        ("days = 1\nevery = 45", ":6: breaks.rules[1].days: 1 is not valid. Write weekdays, such as"),
        ('at = ["25:00"]', ':6: breaks.rules[1].at: ["25:00"] is not valid. Write up to 48 times of day'),
        ("at = []", ":6: breaks.rules[1].at: [] is not valid. Write up to 48 times of day"),
        ('every = 45\nwindows = ["9-17"]', ':7: breaks.rules[1].windows: "9-17" is not valid. Write a part of the day'),
        ('every = 45\nwindows = ["24:00-09:00"]', ':7: breaks.rules[1].windows: "24:00-09:00" is not valid.'),
        ('every = 45\nwindows = ["09:00-09:00"]', ':7: breaks.rules[1].windows: "09:00-09:00" is not valid.'),
        ('at = "10:30"\nwindows = []', ":7: breaks.rules[1].windows is for a rule of active minutes"),
        ('every = 45\nat = "10:30"', ":5: breaks.rules[1] has both every and at. Write either"),
        ('days = "mon"', ":5: breaks.rules[1] has neither every nor at. Write either"),
        ('id = "first"\nevery = 45', ':6: breaks.rules[1].id: "first" is the id of another rule too.'),
        ('id = "A b"\nevery = 45', ':6: breaks.rules[1].id: "A b" is not valid. Write an id in lowercase letters'),
        ("evry = 45", ':6: breaks.rules[1].evry is not part of a rule. Did you mean "every"?'),
        ('every = 45\nroutine = ""', ':7: breaks.rules[1].routine: "" is not valid. Write a routine\'s id'),
        ("every = 45\nroutine = []", ":7: breaks.rules[1].routine: [] is not valid. Write 1 to 20 ids or tags."),
        ("every = 45\nroutine = [3]", ":7: breaks.rules[1].routine: 3 is not valid. Write a routine's id"),
        ('every = 45\nroutine = "rotate: "', ':7: breaks.rules[1].routine: "rotate: " is not valid. Write'),
        ('every = 45\nroutine = "rotate: A b"', ':7: breaks.rules[1].routine: "rotate: A b" is not valid. Write'),
    ],
)
def test_invalid_rule_is_reported_with_its_line_and_the_cure(
    config: Callable[[str], Path], rule: str, sentence: str
) -> None:
    file = config(f'[[breaks.rules]]\nid = "first"\nevery = 45\n\n[[breaks.rules]]\n{rule}\n')
    with pytest.raises(CoachError) as raised:
        load_settings(file)
    assert str(raised.value).startswith(f"{file}{sentence}")


def test_rules_that_are_not_tables_are_refused(config: Callable[[str], Path]) -> None:
    with pytest.raises(CoachError, match=r"4 is not valid\. Write up to 50 rules, each below a line \[\[breaks"):
        load_settings(config("[breaks]\nrules = 4\n"))
