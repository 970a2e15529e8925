"""Postures in between: gentle at both ends, round in a cycle, hands first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.figure.posture import Cycle, Posture, ease, move, posture_of
from tests.figure.conftest import EXERCISES


class TestMove:
    @given(st.floats(-1, 2))
    def test_easing_stays_between_0_and_1(self, share: float) -> None:
        assert 0 <= ease(share) <= 1

    def test_easing_starts_and_ends_gently(self) -> None:
        assert (ease(0), ease(0.5), ease(1)) == (0, 0.5, 1)
        assert ease(0.05) < 0.01
        assert ease(0.95) > 0.99

    @given(st.floats(0, 1))
    def test_way_back_is_the_way_there_reversed(self, share: float) -> None:
        start, end = Posture(), Posture(roll=30, reach=(1.0, 1.0), lift=(0.5, -0.5))
        there, back = move(start, end, share), move(end, start, 1 - share)
        assert there.roll == pytest.approx(back.roll)
        assert there.reach == pytest.approx(back.reach)

    def test_hands_move_before_the_head(self) -> None:
        halfway = move(Posture(), Posture(roll=30, reach=(1.0, 1.0)), 0.5)
        assert halfway.reach[0] > 0.85
        assert halfway.roll < 12


def keyframes_of(name: str) -> tuple[list[float], list[Posture]]:
    exercise = EXERCISES[name]
    frames = exercise.figure.keyframes
    return [frame.at for frame in frames], [posture_of(frame, exercise) for frame in frames]


class TestCycle:
    @pytest.mark.parametrize("name", [name for name, one in EXERCISES.items() if one.figure.motion == "cycle"])
    def test_cycle_reaches_its_keyframes_and_never_exceeds_them(self, name: str) -> None:
        times, postures = keyframes_of(name)
        cycle = Cycle(times, postures)
        for at, posture in zip(times, postures, strict=True):
            reached = cycle.at(at)
            assert reached.pitch == pytest.approx(posture.pitch)
            assert reached.yaw == pytest.approx(posture.yaw)
            assert reached.lift == pytest.approx(posture.lift)
        for k in range(101):
            reached = cycle.at(k / 100)
            for axis in ("pitch", "yaw", "roll", "trunk_pitch"):
                values = [getattr(posture, axis) for posture in postures]
                assert min(values) - 1e-9 <= getattr(reached, axis) <= max(values) + 1e-9

    def test_half_circle_does_not_stop_in_its_middle(self) -> None:
        cycle = Cycle(*keyframes_of("half-circles"))
        assert cycle.at(0.26).roll - cycle.at(0.24).roll > 1.5
