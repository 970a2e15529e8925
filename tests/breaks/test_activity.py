"""Active time and absences, whatever the seat shows."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.breaks.activity import MAX_STEP_SECONDS, Observation, Seat, observe

SAMPLES = st.lists(
    st.tuples(
        st.floats(0, 400), st.one_of(st.none(), st.floats(0, 2000), st.floats(0, 30)), st.sampled_from([False, True])
    ),
    max_size=60,
)


def observe_all(samples: list[tuple[float, float | None, bool]]) -> list[Observation]:
    seat, observations = Seat(), []
    for step, idle, locked in samples:
        observations.append(observe(seat, step, idle, locked=locked, natural_seconds=300))
        seat = observations[-1].seat
    return observations


@given(SAMPLES)
def test_active_time_never_exceeds_real_time_and_is_none_while_away(
    samples: list[tuple[float, float | None, bool]],
) -> None:
    for (step, idle, locked), observation in zip(samples, observe_all(samples), strict=True):
        assert 0 <= observation.active_seconds <= step
        if locked or step > MAX_STEP_SECONDS or (idle or 0) >= 60:
            assert observation.active_seconds == 0
            assert observation.seat.away


@given(SAMPLES)
def test_an_absence_is_a_natural_break_once_and_only_if_it_is_long(
    samples: list[tuple[float, float | None, bool]],
) -> None:
    was_away = rested = False
    for observation in observe_all(samples):
        if observation.seat.away and not was_away:
            rested = False
        if observation.natural_break:
            assert not rested
            assert observation.seat.away_seconds >= 300
            rested = True
        was_away = observation.seat.away


@given(SAMPLES)
def test_an_absence_ends_with_the_second_sample_in_use(samples: list[tuple[float, float | None, bool]]) -> None:
    for before, after in pairwise(observe_all(samples)):
        if before.seat.away and not after.seat.away:
            assert before.seat.signs == 1


def test_an_unknown_seat_counts_as_in_use() -> None:
    assert sum(one.active_seconds for one in observe_all([(30.0, None, False)] * 10)) == 300
