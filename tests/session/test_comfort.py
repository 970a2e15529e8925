"""What follows from how the neck feels: gentle routines on a bad day."""

import pytest

from stretch_coach.routine.library import Library
from stretch_coach.session.comfort import GENTLE_FROM, gentle_routines, is_too_much


def test_gentle_routines_ask_and_lock_nothing(library: Library) -> None:
    gentle = gentle_routines(library.routines)
    assert [one.id for one in gentle] == ["two-easy-minutes", "quiet-rest", "gentle-start"]
    for one in gentle:
        assert not one.locks
        assert not one.file.warning_signs


@pytest.mark.parametrize(("before", "too_much"), [(None, False), (0, False), (6, False), (7, True), (10, True)])
def test_only_gentle_routines_on_a_bad_day(library: Library, before: int | None, too_much: bool) -> None:  # noqa: FBT001 - a parameter
    assert GENTLE_FROM == 7
    assert is_too_much(library.routines["screen-break"], before) is too_much
    assert not is_too_much(library.routines["gentle-start"], before)
