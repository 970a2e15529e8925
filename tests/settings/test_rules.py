"""Break rules in the settings file: what may stand in one, and one sentence for what may not."""

from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.settings import BreakRule, Window, load_settings


def test_all_of_a_rule_can_be_set(config: Callable[[str], Path]) -> None:
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


def test_rules_without_a_name_get_one_each(config: Callable[[str], Path]) -> None:
    file = config("[[breaks.rules]]\nevery = 45\n" * 3)
    assert [rule.id for rule in load_settings(file).breaks.rules] == ["every-45", "every-45-2", "every-45-3"]


@pytest.mark.parametrize(
    ("written", "told"),
    [("09:00-24:00", "09:00-24:00"), ("22:00-02:00", "22:00-02:00"), ("0:00-24:00", "00:00-24:00")],
)
def test_a_part_of_the_day_may_end_at_midnight_or_after(config: Callable[[str], Path], written: str, told: str) -> None:
    file = config(f'[[breaks.rules]]\nevery = 45\nwindows = "{written}"\n')
    assert [str(window) for window in load_settings(file).breaks.rules[0].windows] == [told]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("every = 4", ":6: breaks.rules[1].every: 4 is not a number of active minutes. Write a whole number from 5"),
        ("days = 1\nevery = 45", ":6: breaks.rules[1].days: 1 is not weekdays."),
        ('at = ["25:00"]', ":6: breaks.rules[1].at: ['25:00'] is not a list of times of day. Write it as [\"10:30\""),
        ("at = []", ":6: breaks.rules[1].at: [] is not a list of up to 48 times."),
        ('every = 45\nwindows = ["9-17"]', ":7: breaks.rules[1].windows: ['9-17'] is not a part of the day."),
        ('every = 45\nwindows = ["09:00-09:00"]', ":7: breaks.rules[1].windows: "),
        ('at = "10:30"\nwindows = []', ":7: breaks.rules[1].windows: belongs to a rule of active minutes"),
        ('every = 45\nat = "10:30"', ":5: breaks.rules[1]: a rule has either every = 45 (active minutes) or at ="),
        ('days = "mon"', ":5: breaks.rules[1]: a rule has either every"),
        ('id = "first"\nevery = 45', ':6: breaks.rules[1].id: "first" is the id of another rule too.'),
        ('id = "A b"\nevery = 45', ':6: breaks.rules[1].id: "A b" is not a rule\'s id.'),
        ("evry = 45", ":6: breaks.rules[1].evry: is not part of a rule. Write one of: id, every, at, days"),
        ('every = 45\nroutine = ""', ':7: breaks.rules[1].routine: "" is not a routine\'s id.'),
    ],
)
def test_what_will_not_do_is_told_with_its_line_and_the_cure(
    config: Callable[[str], Path], rule: str, sentence: str
) -> None:
    file = config(f'[[breaks.rules]]\nid = "first"\nevery = 45\n\n[[breaks.rules]]\n{rule}\n')
    with pytest.raises(CoachError) as told:
        load_settings(file)
    assert str(told.value).startswith(f"{file}{sentence}")


def test_rules_are_tables(config: Callable[[str], Path]) -> None:
    with pytest.raises(CoachError, match=r"is not a list of up to 50 rules\. Write each below a line \[\[breaks"):
        load_settings(config("[breaks]\nrules = 4\n"))
