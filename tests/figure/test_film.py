"""What is to be seen when: getting ready, holding, resting; and what it is drawn as."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stretch_coach.figure.film import Film, Style, View, is_flipped
from stretch_coach.figure.frame import Frame, Run
from stretch_coach.figure.inks import Material, material_of
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.timeline import SegmentKind
from tests.figure.conftest import EXERCISES, sides_of
from tests.figure.poses import exercises

PREPARE, HOLD, REST = SegmentKind.PREPARE, SegmentKind.HOLD, SegmentKind.REST
SIZES = [(20, 9), (40, 18), (60, 27)]
INKS = len(Material) * 4
KINDS = st.sampled_from(list(SegmentKind))
NAMES = st.sampled_from(sorted(EXERCISES))


def film_of(exercise: Exercise, style: Style = Style.BLOCKS, *, still: bool = False) -> Film:
    return Film(exercise, sides_of(exercise)[0], style=style, still=still)


def width(row: tuple[Run, ...]) -> int:
    return sum(len(run.text) for run in row)


def inks(frame: Frame) -> set[int]:
    return {one for row in frame for run in row for one in (run.ink, run.ground) if one is not None}


def cells(frame: Frame) -> list[list[tuple[str, int | None, int | None]]]:
    return [
        [(letter, run.ink if letter != " " else None, run.ground) for run in row for letter in run.text]
        for row in frame
    ]


def materials_by_cell(frame: Frame) -> list[list[set[int]]]:
    return [[{one // 4 for one in (ink, ground) if one} for _, ink, ground in row] for row in cells(frame)]


@pytest.mark.parametrize("style", list(Style))
def test_every_exercise_draws_at_every_size_in_rows_of_exact_width(exercise: Exercise, style: Style) -> None:
    for side in sides_of(exercise):
        film = Film(exercise, side, style=style)
        for columns, rows in SIZES:
            for kind, into in ((PREPARE, 0.0), (PREPARE, 1.2), (HOLD, 1.0), (REST, 0.5)):
                frame = film.frame(film.picture(kind, into, 5.0), columns, rows)
                assert len(frame) == rows
                assert {width(row) for row in frame} == {columns}
                assert all(0 < one < INKS for one in inks(frame))


@given(exercises(), st.integers(1, 24), st.integers(1, 12), st.sampled_from(list(Style)))
@settings(max_examples=60, deadline=None)
def test_any_valid_exercise_draws_at_any_size(exercise: Exercise, columns: int, rows: int, style: Style) -> None:
    film = Film(exercise, "left" if exercise.sided else None, style=style)
    frame = film.frame(film.still_picture(), columns, rows)
    assert len(frame) == rows
    assert {width(row) for row in frame} == {columns}


def test_an_own_exercise_with_name_and_instructions_is_a_calm_seated_body() -> None:
    own = Exercise.model_validate({"id": "own", "name": "My own", "instructions": ["Shake it out."]})
    film = Film(own, None)
    assert film.picture(HOLD, 0.0, 20.0).posture.pitch == 0
    assert film.next_change(HOLD, 0.0, 20.0) is None
    assert len(inks(film.frame(film.still_picture(), 40, 18))) > 8


def test_no_room_is_no_picture() -> None:
    film = film_of(EXERCISES["chin-tuck"])
    assert film.frame(film.still_picture(), 0, 5) == ()


def test_the_right_side_in_a_mirror_is_the_left_one_flipped(exercise: Exercise) -> None:
    if not exercise.sided:
        return
    left, right = Film(exercise, "left"), Film(exercise, "right")
    for share in (0.0, 1.2, 4.0):
        a = materials_by_cell(left.frame(left.picture(PREPARE, share, 5.0), 40, 18))
        b = materials_by_cell(right.frame(right.picture(PREPARE, share, 5.0), 40, 18))
        assert [row[::-1] for row in b] == a


def test_a_teacher_faces_the_user() -> None:
    exercise = EXERCISES["upper-trap-stretch"]
    mirror, teacher = Film(exercise, "right", View.MIRROR), Film(exercise, "left", View.TEACHER)
    assert mirror.frame(mirror.still_picture(), 40, 18) == teacher.frame(teacher.still_picture(), 40, 18)


def lit_columns(film: Film) -> list[int]:
    frame = film.frame(film.picture(HOLD, 0.0, 20.0), 40, 18)
    return [
        x
        for row in cells(frame)
        for x, (_, ink, ground) in enumerate(row)
        if any(one is not None and material_of(one) is Material.GLOW for one in (ink, ground))
    ]


def test_in_a_mirror_the_left_muscle_is_on_the_left_and_a_teachers_on_the_right() -> None:
    exercise = EXERCISES["upper-trap-stretch"]
    assert max(lit_columns(Film(exercise, "left", View.MIRROR))) < 20
    assert min(lit_columns(Film(exercise, "right", View.MIRROR))) >= 20
    assert min(lit_columns(Film(exercise, "left", View.TEACHER))) >= 20
    assert max(lit_columns(Film(exercise, "right", View.TEACHER))) < 20


def test_from_behind_the_own_right_is_on_the_right_in_either_view() -> None:
    given = EXERCISES["iso-side"].model_dump(exclude={"schema_"})
    behind = Exercise.model_validate(given | {"figure": given["figure"] | {"camera": "back"}})
    for view in View:
        assert is_flipped(behind, "left", view)
        assert not is_flipped(behind, "right", view)
        assert max(lit_columns(Film(behind, "left", view))) < 20


ON_THE_FAR_SIDE = {"wall-angels"}
"""Seen from the front, with only muscles of the back lit."""


def test_the_lit_muscle_is_seen(exercise: Exercise) -> None:
    if not exercise.figure.highlight or exercise.id in ON_THE_FAR_SIDE:
        return
    for style in Style:
        film = film_of(exercise, style)
        frame = film.frame(film.still_picture(), 40, 18)
        lit = [row for row in materials_by_cell(frame) for cell in row if Material.GLOW in cell]
        assert len(lit) >= 2, style


def test_no_muscle_is_lit_in_neutral(exercise: Exercise) -> None:
    film = film_of(exercise)
    frame = film.frame(film.picture(PREPARE, 0.0, 5.0), 40, 18)
    assert Material.GLOW not in {material_of(one) for one in inks(frame)}


def test_the_pose_looks_different_from_neutral(exercise: Exercise) -> None:
    if exercise.figure.motion == "still":
        return
    film = film_of(exercise)
    start, end = film.picture(PREPARE, 0.0, 5.0), film.picture(PREPARE, 3.0, 5.0)
    assert start != end
    assert film.frame(start, 40, 18) != film.frame(end, 40, 18)


def test_a_held_stretch_does_not_move_at_all(exercise: Exercise) -> None:
    if exercise.figure.motion != "hold":
        return
    film = film_of(exercise)
    assert len({film.picture(HOLD, t * 0.37, 20.0) for t in range(54)}) == 1
    assert film.next_change(HOLD, 0.0, 20.0) is None


def test_the_hold_begins_where_getting_ready_and_resting_end(exercise: Exercise) -> None:
    film = film_of(exercise)
    begun = film.picture(HOLD, 0.0, 20.0).posture
    for kind, seconds in ((PREPARE, 5.0), (PREPARE, 25.0), (REST, 6.0)):
        ended = film.picture(kind, seconds - 1e-6, seconds).posture
        assert ended.reach == pytest.approx(begun.reach, abs=0.1)
        assert ended.pitch == pytest.approx(begun.pitch, abs=3)
        assert ended.yaw == pytest.approx(begun.yaw, abs=4)
        assert ended.roll == pytest.approx(begun.roll, abs=3)


def test_a_move_that_is_over_stays_at_its_end(exercise: Exercise) -> None:
    film = film_of(exercise)
    assert film.picture(PREPARE, 5.0, 5.0).posture == film.picture(HOLD, 0.0, 20.0).posture
    assert film.picture(PREPARE, 9.0, 5.0) == film.picture(PREPARE, 5.0, 5.0)
    assert film.picture(REST, 6.0, 6.0).posture == film.picture(HOLD, 0.0, 20.0).posture


@pytest.mark.parametrize("kind", list(SegmentKind))
def test_moments_outside_of_a_segment_are_its_first_and_last(exercise: Exercise, kind: SegmentKind) -> None:
    film = film_of(exercise)
    assert film.picture(kind, -1.0, 5.0) == film.picture(kind, 0.0, 5.0)
    assert film.next_change(kind, 6.0, 5.0) is None
    assert film.picture(kind, 0.0, 0.0) == film.picture(kind, 0.0, 0.0)


def test_a_long_prepare_shows_the_way_again() -> None:
    film = film_of(EXERCISES["upper-trap-stretch"])
    arrows = [film.picture(PREPARE, t, 25.0).arrow for t in (1.0, 5.0, 9.0, 12.0, 16.0, 24.0)]
    assert arrows == [True, False, True, False, True, False]
    assert [film.picture(PREPARE, t, 9.0).arrow for t in (1.0, 5.0, 8.5)] == [True, False, False]


def test_an_arrow_is_there_only_while_moving_in(exercise: Exercise) -> None:
    film = film_of(exercise)
    assert not any(film.picture(HOLD, t * 0.5, 10.0).arrow for t in range(20))
    assert film.picture(PREPARE, 1.0, 5.0).arrow


def test_a_rest_goes_back_to_neutral() -> None:
    film = film_of(EXERCISES["upper-trap-stretch"])
    assert film.picture(REST, 1.6, 5.0) == film.picture(REST, 2.5, 5.0)
    assert film.picture(REST, 2.0, 5.0).posture.roll == 0
    assert film.picture(REST, 0.0, 5.0).posture.roll == 32


def test_a_cycle_plays_its_keyframes() -> None:
    film = film_of(EXERCISES["neck-rotation"])
    turns = [film.picture(HOLD, t, 32.0).posture.yaw for t in (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)]
    assert turns == pytest.approx([0, 45, 0, -45, 0, 45], abs=0.5)
    assert film.picture(HOLD, 2.0, 32.0) == film.picture(HOLD, 10.0, 32.0)


def test_a_press_swells_and_ebbs_once_in_two_seconds() -> None:
    film = film_of(EXERCISES["iso-side"])
    efforts = [film.picture(HOLD, t, 6.0).posture.effort for t in (0.0, 0.5, 1.0, 1.5, 2.0)]
    assert efforts[0] == efforts[4] < efforts[1] == efforts[3] < efforts[2] == 1.0


def test_breath_rises_while_breathing_in_and_falls_for_the_rest() -> None:
    film = film_of(EXERCISES["breathing"])
    breaths = [film.picture(HOLD, t, 60.0).posture.breath for t in (0.0, 2.0, 4.0, 7.0, 9.9)]
    assert breaths[0] < breaths[1] < breaths[2] > breaths[3] > breaths[4]
    assert breaths[2] == pytest.approx(1, abs=0.05)


def test_eyes_blink_and_legs_walk_and_a_mouth_opens() -> None:
    eyes = film_of(EXERCISES["eye-20"])
    assert {eyes.picture(HOLD, t * 0.1, 20.0).posture.lids for t in range(100)} == {0.0, 1.0}
    legs = film_of(EXERCISES["stand-walk"])
    assert len({legs.picture(HOLD, t * 0.1, 20.0).posture.stride for t in range(15)}) > 10
    jaw = film_of(EXERCISES["jaw-opening"])
    shut, open_wide = (jaw.frame(jaw.picture(HOLD, t, 5.0), 40, 18) for t in (0.0, 2.5))
    assert shut != open_wide


@pytest.mark.parametrize("kind", list(SegmentKind))
def test_without_motion_there_is_a_start_and_an_end(exercise: Exercise, kind: SegmentKind) -> None:
    film = film_of(exercise, still=True)
    seen = {film.picture(kind, t * 0.1, 10.0) for t in range(100)}
    assert len(seen) <= (2 if kind is PREPARE else 1)


@given(name=NAMES, kind=KINDS, length=st.floats(0.5, 40), share=st.floats(0, 1), still=st.booleans())
@settings(max_examples=200, deadline=None)
def test_the_next_change_is_when_the_picture_changes(
    name: str, kind: SegmentKind, length: float, share: float, *, still: bool
) -> None:
    film = film_of(EXERCISES[name], still=still)
    into = length * share * 0.999
    now = film.picture(kind, into, length)
    until = film.next_change(kind, into, length)
    if until is None:
        assert all(film.picture(kind, into + (length - into) * k / 40, length) == now for k in range(40))
        return
    assert until > 0
    assert film.picture(kind, into + until, length) != now
    assert all(film.picture(kind, into + (until - 2e-3) * k / 5, length) == now for k in range(5) if until > 4e-3)


@given(NAMES, KINDS, st.floats(0.5, 40))
@settings(max_examples=60, deadline=None)
def test_frames_never_come_faster_than_twelve_a_second(name: str, kind: SegmentKind, length: float) -> None:
    film = film_of(EXERCISES[name])
    into, changes = 0.0, 0
    while (until := film.next_change(kind, into, length)) is not None and changes < 700:
        into += until
        changes += 1
    assert changes <= length * 12.5 + 3


def test_a_film_keeps_a_bounded_number_of_frames() -> None:
    film = film_of(EXERCISES["neck-rotation"])
    picture = film.picture(HOLD, 0.0, 8.0)
    first = film.frame(picture, 10, 5)
    assert film.frame(picture, 10, 5) is first
    for step in range(400):
        film.frame(picture, 1 + step % 20, 1 + step // 20)
    assert len(film._frames) <= 160  # noqa: SLF001 - the bound itself
