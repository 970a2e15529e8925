"""Who is at the screen: the accounting keeps its word whatever the seat shows."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.breaks.activity import LONGEST_STEP_SECONDS, Observed, Seat, observe

LOOKS = st.lists(
    st.tuples(
        st.floats(0, 400), st.one_of(st.none(), st.floats(0, 2000), st.floats(0, 30)), st.sampled_from([False, True])
    ),
    max_size=60,
)


def look_all(looks: list[tuple[float, float | None, bool]]) -> list[Observed]:
    seat, seen = Seat(), []
    for step, idle, locked in looks:
        seen.append(observe(seat, step, idle, locked=locked, natural_seconds=300))
        seat = seen[-1].seat
    return seen


@given(LOOKS)
def test_no_more_is_credited_than_went_by_and_nothing_for_who_is_away(
    looks: list[tuple[float, float | None, bool]],
) -> None:
    for (step, idle, locked), seen in zip(looks, look_all(looks), strict=True):
        assert 0 <= seen.active_seconds <= step
        if locked or step > LONGEST_STEP_SECONDS or (idle or 0) >= 60:
            assert seen.active_seconds == 0
            assert seen.seat.away


@given(LOOKS)
def test_each_absence_is_a_break_once_at_most_and_only_if_it_is_long(
    looks: list[tuple[float, float | None, bool]],
) -> None:
    was_away = rested = False
    for seen in look_all(looks):
        if seen.seat.away and not was_away:
            rested = False
        if seen.natural_break:
            assert not rested
            assert seen.seat.away_seconds >= 300
            rested = True
        was_away = seen.seat.away


@given(LOOKS)
def test_it_takes_two_looks_to_be_back(looks: list[tuple[float, float | None, bool]]) -> None:
    seen = look_all(looks)
    for before, after in pairwise(seen):
        if before.seat.away and not after.seat.away:
            assert before.seat.signs == 1


def test_a_seat_of_which_nothing_is_known_is_taken_to_be_used() -> None:
    assert sum(one.active_seconds for one in look_all([(30.0, None, False)] * 10)) == 300
