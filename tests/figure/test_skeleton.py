"""Anatomy: bones keep their lengths, and hands are where the exercise puts them."""

import math
from collections.abc import Iterator

import pytest
from hypothesis import given

from stretch_coach.figure.arms import FOREARM, UPPER_ARM, WRIST_TO_PALM
from stretch_coach.figure.legs import SHANK, THIGH
from stretch_coach.figure.posture import Posture, between, posture_of
from stretch_coach.figure.skeleton import Skeleton, make_skeleton
from stretch_coach.figure.stance import FLOOR, Setup, Stance, make_setup
from stretch_coach.figure.vectors import Vec, length, solve_joint, sub
from stretch_coach.routine.exercise import Exercise, HandPlace
from tests.figure.conftest import EXERCISES
from tests.figure.poses import exercises


def distance(a: Vec, b: Vec) -> float:
    return length(sub(a, b))


def joints(body: Skeleton) -> Iterator[Vec]:
    spine = body.spine
    yield from (spine.pelvis.origin, spine.chest.origin, spine.neck.origin, spine.head.origin)
    for arm in body.arms:
        yield from (arm.shoulder, arm.elbow, arm.wrist, arm.palm, arm.fingers, arm.back)
    for leg in body.legs:
        yield from (leg.hip, leg.knee, leg.ankle, leg.toe)


def place_hand(place: HandPlace, other: HandPlace = "rest", stance: Stance = Stance.SEATED) -> Skeleton:
    return make_skeleton(Posture(reach=(1.0, 1.0), height=(0.5, 0.5)), Setup(stance, (place, other)))


@given(exercises())
def test_bones_keep_their_lengths_in_any_pose(exercise: Exercise) -> None:
    posture, setup = posture_of(exercise.pose, exercise), make_setup(exercise)
    for share in (0.0, 0.4, 1.0):
        body = make_skeleton(between(Posture(), posture, share), setup)
        for arm in body.arms:
            assert distance(arm.shoulder, arm.elbow) == pytest.approx(UPPER_ARM)
            assert distance(arm.elbow, arm.wrist) == pytest.approx(FOREARM)
            assert distance(arm.wrist, arm.palm) == pytest.approx(WRIST_TO_PALM)
        for leg in body.legs:
            assert distance(leg.hip, leg.knee) == pytest.approx(THIGH)
            assert distance(leg.knee, leg.ankle) == pytest.approx(SHANK)
        assert all(math.isfinite(number) for joint in joints(body) for number in joint)
        assert distance(body.spine.head.origin, body.spine.neck.origin) < 3


def test_hands_reach_their_places_in_every_bundled_exercise(exercise: Exercise) -> None:
    """A hand whose target is out of reach would float in the air."""
    posture, setup = posture_of(exercise.pose, exercise), make_setup(exercise)
    body = make_skeleton(posture, setup)
    head, chest, pelvis = body.spine.head, body.spine.chest, body.spine.pelvis
    near: dict[HandPlace, tuple[Vec, float]] = {
        "forehead": (head.at(0, 0.4, 0.75), 0.5),
        "chin": (head.at(0, -0.9, 0.7), 0.55),
        "chest": (chest.at(0, 0.9, 0.6), 0.5),
        "belly": (pelvis.at(0, 0.7, 0.6), 0.5),
        "collarbone": (chest.at(-0.5, 1.1, 0.5), 0.4),
    }
    for index, place in enumerate(setup.places):
        arm, side = body.arms[index], 1 if index else -1
        if place in near:
            point, tolerance = near[place]
            assert distance(arm.palm, point) < tolerance, place
        elif place in ("temple", "cheek", "back-of-head", "skull-base"):
            assert distance(arm.palm, head.origin) < 1.2, place
            assert (arm.palm[0] - head.origin[0]) * side > 0, place
        elif place in ("thigh", "knee"):
            leg = body.legs[index]
            assert min(distance(arm.palm, leg.knee), distance(arm.palm, leg.hip)) < 1.6, place
        elif place == "seat-edge":
            assert distance(arm.palm, (side * 1.22, -0.42, 0.1)) < 0.15
        elif place == "opposite-shoulder":
            assert distance(arm.palm, body.arms[1 - index].shoulder) < 0.8


def test_hand_that_holds_the_other_arm_is_at_its_elbow_or_hand() -> None:
    crossed = place_hand("across-chest", "opposite-elbow")
    assert distance(crossed.arms[1].palm, crossed.arms[0].elbow) < 0.5
    stretched = place_hand("forward", "opposite-hand")
    assert distance(stretched.arms[1].palm, stretched.arms[0].palm) < 0.6


def test_clasped_hands_meet() -> None:
    for place in ("forward-clasped", "behind-back"):
        body = place_hand(place, place)
        assert distance(body.arms[0].palm, body.arms[1].palm) < 0.5


def test_hands_at_a_wall_stay_on_it_through_the_cycle() -> None:
    for name in ("wall-pushup-plus", "wall-slides"):
        exercise = EXERCISES[name]
        setup = make_setup(exercise)
        depths = {
            round(arm.palm[2], 2)
            for frame in exercise.figure.keyframes
            for arm in make_skeleton(posture_of(frame, exercise), setup).arms
        }
        assert max(depths) - min(depths) < 0.05, name


def test_nothing_sinks_into_the_floor(exercise: Exercise) -> None:
    setup = make_setup(exercise)
    body = make_skeleton(posture_of(exercise.pose, exercise), setup)
    assert (
        min(joint[1] for joint in (*(leg.ankle for leg in body.legs), *(arm.palm for arm in body.arms)))
        > FLOOR[setup.stance]
    )


def test_angles_have_the_documented_signs() -> None:
    seated = Setup(Stance.SEATED)
    neutral = make_skeleton(Posture(), seated).spine.head
    ahead = sub(neutral.at(0, 0, 1), neutral.origin)
    nod, turn, tilt = (
        make_skeleton(one, seated).spine.head for one in (Posture(pitch=30), Posture(yaw=30), Posture(roll=30))
    )
    assert sub(nod.at(0, 0, 1), nod.origin)[1] < ahead[1] - 0.4
    assert sub(turn.at(0, 0, 1), turn.origin)[0] > 0.4
    assert sub(tilt.at(0, 1, 0), tilt.origin)[0] > 0.4
    assert tilt.at(1, 0, 0)[1] < tilt.at(-1, 0, 0)[1]
    assert make_skeleton(Posture(trunk_pitch=30), seated).spine.head.origin[2] > neutral.origin[2] + 1
    assert make_skeleton(Posture(retraction=3), seated).spine.head.origin[2] < neutral.origin[2] - 0.2


def test_shoulders_lift_lower_round_and_squeeze() -> None:
    seated = Setup(Stance.SEATED)
    neutral = make_skeleton(Posture(), seated).spine.shoulders[0]
    assert make_skeleton(Posture(lift=(1, 0)), seated).spine.shoulders[0][1] > neutral[1] + 0.4
    assert make_skeleton(Posture(lift=(-1, 0)), seated).spine.shoulders[0][1] < neutral[1] - 0.15
    assert make_skeleton(Posture(forward=(1, 0)), seated).spine.shoulders[0][2] > neutral[2] + 0.2
    assert make_skeleton(Posture(forward=(-1, 0)), seated).spine.shoulders[0][2] < neutral[2] - 0.2


def test_limb_stretches_towards_a_target_out_of_reach() -> None:
    middle, end = solve_joint((0, 0, 0), (10, 0, 0), 1.0, 1.0, (0, 1, 0))
    assert distance(middle, end) == pytest.approx(1.0)
    assert end[0] == pytest.approx(2.0, abs=0.01)
    middle, end = solve_joint((0, 0, 0), (0, 0, 0), 1.0, 1.0, (0, 0, 0))
    assert distance(middle, end) == pytest.approx(1.0)
