import pytest

from stretch_coach.errors import CoachError


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (CoachError("my.json:14:17", "is not a number.", "Write 30."), "my.json:14:17: is not a number. Write 30."),
        (CoachError("history", "is in use."), "history is in use."),
        (CoachError("history", "no session has this id."), "history: no session has this id."),
    ],
)
def test_coach_error_reads_as_one_line_of_place_message_and_hint(error: CoachError, line: str) -> None:
    assert str(error) == line
