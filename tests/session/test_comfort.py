"""How the neck feels, and what follows: gentle routines on a bad day, and advice when sessions made it worse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.library import Library
from stretch_coach.session.comfort import GENTLE_FROM, Comfort, advice_after, gentle_routines, is_too_much

WORSE, SAME, UNTOLD = Comfort(2, 4), Comfort(2, 3), Comfort(2, None)


def test_what_is_gentle_asks_and_locks_nothing(library: Library) -> None:
    gentle = gentle_routines(library.routines)
    assert [one.id for one in gentle] == ["gentle-start"]
    for one in gentle:
        assert not one.locks
        assert not one.file.warning_signs


@pytest.mark.parametrize(("before", "too_much"), [(None, False), (0, False), (6, False), (7, True), (10, True)])
def test_a_bad_day_is_for_gentle_routines_alone(library: Library, before: int | None, too_much: bool) -> None:  # noqa: FBT001 - a parameter
    assert GENTLE_FROM == 7
    assert is_too_much(library.routines["screen-break"], before) is too_much
    assert not is_too_much(library.routines["gentle-start"], before)


@pytest.mark.parametrize(
    ("newest_first", "says"),
    [
        ([], None),
        ([WORSE], None),
        ([WORSE, WORSE], "gentler routine"),
        ([WORSE, WORSE, SAME], "gentler routine"),
        ([WORSE, WORSE, WORSE], "health professional"),
        ([WORSE] * 9, "health professional"),
        ([SAME, WORSE, WORSE, WORSE], None),
        ([UNTOLD, WORSE, WORSE], None),
        ([WORSE, UNTOLD, WORSE], None),
    ],
)
def test_advice_comes_after_two_worse_sessions_in_a_row(newest_first: list[Comfort], says: str | None) -> None:
    advice = advice_after(newest_first)
    assert (advice is None) if says is None else (advice is not None and says in advice)


@given(st.lists(st.builds(Comfort, st.integers(0, 10) | st.none(), st.integers(0, 10) | st.none())))
def test_a_session_that_did_no_harm_ends_all_advice(before: list[Comfort]) -> None:
    assert advice_after([Comfort(5, 5), *before]) is None
