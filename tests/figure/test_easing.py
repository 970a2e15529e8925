"""Motion: gentle at both ends, round in between, hands first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.figure.easing import Cycle, eased, moved
from stretch_coach.figure.posture import Posture, posture_of
from tests.figure.conftest import EXERCISES


@given(st.floats(-1, 2))
def test_easing_stays_between_its_ends(share: float) -> None:
    assert 0 <= eased(share) <= 1


def test_easing_starts_and_ends_gently() -> None:
    assert (eased(0), eased(0.5), eased(1)) == (0, 0.5, 1)
    assert eased(0.05) < 0.01
    assert eased(0.95) > 0.99


@given(st.floats(0, 1))
def test_a_way_back_is_the_way_there_reversed(share: float) -> None:
    start, end = Posture(), Posture(roll=30, reach=(1.0, 1.0), lift=(0.5, -0.5))
    there, back = moved(start, end, share), moved(end, start, 1 - share)
    assert there.roll == pytest.approx(back.roll)
    assert there.reach == pytest.approx(back.reach)


def test_hands_go_before_the_head() -> None:
    halfway = moved(Posture(), Posture(roll=30, reach=(1.0, 1.0)), 0.5)
    assert halfway.reach[0] > 0.85
    assert halfway.roll < 12


def frames_of(name: str) -> tuple[list[float], list[Posture]]:
    exercise = EXERCISES[name]
    frames = exercise.figure.keyframes
    return [frame.at for frame in frames], [posture_of(frame, exercise) for frame in frames]


@pytest.mark.parametrize("name", [name for name, one in EXERCISES.items() if one.figure.motion == "cycle"])
def test_a_cycle_goes_through_its_keyframes_and_never_beyond(name: str) -> None:
    times, postures = frames_of(name)
    cycle = Cycle(times, postures)
    for at, posture in zip(times, postures, strict=True):
        seen = cycle.at(at)
        assert seen.pitch == pytest.approx(posture.pitch)
        assert seen.yaw == pytest.approx(posture.yaw)
        assert seen.lift == pytest.approx(posture.lift)
    for k in range(101):
        seen = cycle.at(k / 100)
        for axis in ("pitch", "yaw", "roll", "trunk_pitch"):
            values = [getattr(posture, axis) for posture in postures]
            assert min(values) - 1e-9 <= getattr(seen, axis) <= max(values) + 1e-9


def test_a_half_circle_does_not_stop_in_its_middle() -> None:
    cycle = Cycle(*frames_of("half-circles"))
    assert cycle.at(0.26).roll - cycle.at(0.24).roll > 1.5
