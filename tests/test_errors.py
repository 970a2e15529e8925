"""The one kind of error a user is told about reads as one line: where, what is wrong, and the cure."""

import pytest

from stretch_coach.errors import CoachError


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (CoachError("my.json:14:17", "is no number.", "Write 30."), "my.json:14:17: is no number. Write 30."),
        (CoachError("history", "is in use."), "history: is in use."),
    ],
)
def test_it_reads_as_one_line(error: CoachError, line: str) -> None:
    assert str(error) == line


def test_its_parts_can_be_shown_apart() -> None:
    error = CoachError("history", "is in use.", "Try again.")
    assert (error.title, error.message, error.hint) == ("history", "is in use.", "Try again.")
