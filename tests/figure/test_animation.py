"""What is shown when: preparing, holding, resting; and how it is drawn."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stretch_coach.figure import palette
from stretch_coach.figure.animation import Animation, Style, View, is_flipped
from stretch_coach.figure.frame import Frame, Run
from stretch_coach.figure.palette import TONES, Material
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.timeline import SegmentKind
from tests.figure.conftest import EXERCISES, sides_of
from tests.figure.poses import exercises

PREPARE, HOLD, REST = SegmentKind.PREPARE, SegmentKind.HOLD, SegmentKind.REST
SIZE = (40, 18)
GLOWS = frozenset(palette.GLOWS)
KINDS = st.sampled_from(list(SegmentKind))
NAMES = st.sampled_from(sorted(EXERCISES))


_KEPT: dict[tuple[str, Style, bool], Animation] = {}


def animate(exercise: Exercise, style: Style = Style.BLOCKS, *, reduced_motion: bool = False) -> Animation:
    """Return an animation, which keeps what it has drawn of a bundled exercise from test to test."""
    animation = Animation(exercise, sides_of(exercise)[0], style=style, reduced_motion=reduced_motion)
    is_bundled = EXERCISES.get(exercise.id) is exercise
    return _KEPT.setdefault((exercise.id, style, reduced_motion), animation) if is_bundled else animation


def width(row: tuple[Run, ...]) -> int:
    return sum(len(run.text) for run in row)


def shades(frame: Frame) -> set[int]:
    return {one for row in frame for run in row for one in (run.foreground, run.background) if one is not None}


def material_of(shade: int) -> Material:
    return Material(shade // TONES)


def materials_by_cell(frame: Frame) -> list[list[set[Material]]]:
    return [
        [
            {material_of(one) for one in (run.foreground if letter != " " else None, run.background) if one}
            for run in row
            for letter in run.text
        ]
        for row in frame
    ]


def lit_columns(animation: Animation) -> list[int]:
    frame = animation.frame(animation.moment_at(HOLD, 0.0, 20.0), *SIZE)
    return [x for row in materials_by_cell(frame) for x, cell in enumerate(row) if cell & GLOWS]


class TestFrames:
    @pytest.mark.parametrize("style", list(Style))
    def test_rows_are_exactly_as_wide_as_requested(self, exercise: Exercise, style: Style) -> None:
        animation = animate(exercise, style)
        for columns, rows in ((20, 9), (33, 12)):
            for kind, into in ((PREPARE, 1.2), (HOLD, 1.0)):
                frame = animation.frame(animation.moment_at(kind, into, 5.0), columns, rows)
                assert len(frame) == rows
                assert {width(row) for row in frame} == {columns}
                assert all(0 < one < len(Material) * TONES for one in shades(frame))

    @given(exercises(), st.integers(1, 24), st.integers(1, 12), st.sampled_from(list(Style)))
    def test_any_valid_exercise_is_drawn_at_any_size(
        self, exercise: Exercise, columns: int, rows: int, style: Style
    ) -> None:
        animation = animate(exercise, style)
        frame = animation.frame(animation.pose_moment(), columns, rows)
        assert len(frame) == rows
        assert {width(row) for row in frame} == {columns}

    def test_size_of_zero_draws_nothing(self) -> None:
        animation = animate(EXERCISES["chin-tuck"])
        assert animation.frame(animation.pose_moment(), 0, 5) == ()

    def test_minimal_exercise_is_a_calm_seated_body(self) -> None:
        minimal = Exercise.model_validate({"id": "own", "name": "My own", "instructions": ["Shake it out."]})
        animation = Animation(minimal, None)
        assert animation.moment_at(HOLD, 0.0, 20.0).posture.pitch == 0
        assert len(shades(animation.frame(animation.pose_moment(), *SIZE))) > 8

    def test_bounded_number_of_frames_is_kept(self) -> None:
        animation = animate(EXERCISES["neck-rotation"])
        moment = animation.moment_at(HOLD, 0.0, 8.0)
        first = animation.frame(moment, 10, 5)
        assert animation.frame(moment, 10, 5) is first
        moments = {animation.moment_at(HOLD, step / 6, 8.0) for step in range(48)}
        for rows in range(6, 10):
            for moment in moments:
                animation.frame(moment, 10, rows)
        assert len(moments) * 4 > 160
        assert len(animation._frames) <= 160  # noqa: SLF001 - the bound itself

    def test_picture_is_the_frame_in_more_pixels(self) -> None:
        animation = animate(EXERCISES["upper-trap-stretch"])
        moments = {animation.moment_at(HOLD, step / 4, 20.0) for step in range(80)}
        glows = set()
        for moment in moments:
            picture = animation.picture(moment, *SIZE)
            assert len(picture.shades) == picture.width * picture.height
            drawn = {one // TONES for one in picture.shades}
            assert {one // TONES for one in shades(animation.frame(moment, *SIZE))} <= drawn
            glows |= {Material(one) for one in drawn} & set(GLOWS)
        assert len(glows) > 1
        assert len(animation._pictures) <= 24  # noqa: SLF001 - the bound itself


class TestSides:
    def test_right_side_in_a_mirror_is_the_left_one_flipped(self, exercise: Exercise) -> None:
        if not exercise.sided:
            return
        left, right = animate(exercise), Animation(exercise, "right")
        a = materials_by_cell(left.frame(left.moment_at(PREPARE, 1.2, 5.0), *SIZE))
        b = materials_by_cell(right.frame(right.moment_at(PREPARE, 1.2, 5.0), *SIZE))
        assert [row[::-1] for row in b] == a

    def test_teacher_faces_the_user(self) -> None:
        exercise = EXERCISES["upper-trap-stretch"]
        mirror, teacher = Animation(exercise, "right", View.MIRROR), Animation(exercise, "left", View.TEACHER)
        assert mirror.frame(mirror.pose_moment(), *SIZE) == teacher.frame(teacher.pose_moment(), *SIZE)

    def test_left_muscle_is_on_the_left_in_a_mirror_and_on_the_right_of_a_teacher(self) -> None:
        exercise = EXERCISES["upper-trap-stretch"]
        assert max(lit_columns(Animation(exercise, "left", View.MIRROR))) < 20
        assert min(lit_columns(Animation(exercise, "right", View.MIRROR))) >= 20
        assert min(lit_columns(Animation(exercise, "left", View.TEACHER))) >= 20
        assert max(lit_columns(Animation(exercise, "right", View.TEACHER))) < 20

    def test_right_is_on_the_right_from_behind_in_either_view(self) -> None:
        given = EXERCISES["iso-side"].model_dump(exclude={"schema_"})
        behind = Exercise.model_validate(given | {"figure": given["figure"] | {"camera": "back"}})
        for view in View:
            assert is_flipped(behind, "left", view)
            assert not is_flipped(behind, "right", view)
            assert max(lit_columns(Animation(behind, "left", view))) < 20


HIDDEN_MUSCLES = {"wall-angels"}
"""Exercises seen from the front, with only back muscles lit."""


class TestPose:
    def test_lit_muscle_is_visible(self, exercise: Exercise) -> None:
        if not exercise.figure.highlight or exercise.id in HIDDEN_MUSCLES:
            return
        for style in Style:
            animation = animate(exercise, style)
            frame = animation.frame(animation.pose_moment(), *SIZE)
            lit = [cell for row in materials_by_cell(frame) for cell in row if Material.GLOW in cell]
            assert len(lit) >= 2, style

    def test_neutral_lights_no_muscle_and_differs_from_the_pose(self, exercise: Exercise) -> None:
        animation = animate(exercise)
        neutral = animation.frame(animation.moment_at(PREPARE, 0.0, 5.0), *SIZE)
        assert Material.GLOW not in {material_of(one) for one in shades(neutral)}
        if exercise.figure.motion != "still":
            assert neutral != animation.frame(animation.moment_at(PREPARE, 3.0, 5.0), *SIZE)


class TestSegments:
    def test_held_stretch_does_not_move(self, exercise: Exercise) -> None:
        if exercise.figure.motion != "hold":
            return
        animation = animate(exercise)
        postures = {animation.moment_at(HOLD, t * 0.7, 20.0).posture for t in range(28)}
        assert len({replace(one, chest=0.0, effort=1.0, lids=0.0) for one in postures}) == 1
        assert {one.lids for one in postures} == {0.0, 1.0}
        assert len({one.chest for one in postures}) > 2

    def test_glow_grows_during_a_hold_and_fades_at_release(self) -> None:
        animation = animate(EXERCISES["upper-trap-stretch"])
        efforts = [animation.moment_at(HOLD, t, 30.0).posture.effort for t in (0.0, 2.5, 27.5)]
        assert efforts == sorted(efforts)
        assert efforts[0] < efforts[-1]
        fading = [animation.moment_at(REST, t / 10, 6.0).posture.effort for t in range(8)]
        assert fading[0] == 1.0
        assert fading == sorted(fading, reverse=True)
        assert fading[-1] == 0.0

    def test_eyes_lead_a_turn(self) -> None:
        animation = animate(EXERCISES["neck-rotation-stretch"])
        started = animation.moment_at(PREPARE, 0.5, 5.0).posture
        assert started.gaze[0] > 0.8
        assert started.yaw < 5
        assert animation.moment_at(PREPARE, 4.0, 5.0).posture.gaze == (0.0, 0.0)

    def test_hold_starts_where_prepare_and_rest_end(self, exercise: Exercise) -> None:
        animation = animate(exercise)
        start = animation.moment_at(HOLD, 0.0, 20.0).posture
        for kind, seconds in ((PREPARE, 5.0), (PREPARE, 25.0), (REST, 6.0)):
            end = animation.moment_at(kind, seconds - 1e-6, seconds).posture
            assert end.reach == pytest.approx(start.reach, abs=0.1)
            assert end.pitch == pytest.approx(start.pitch, abs=3)
            assert end.yaw == pytest.approx(start.yaw, abs=4)
            assert end.roll == pytest.approx(start.roll, abs=3)

    def test_finished_move_stays_at_its_end(self, exercise: Exercise) -> None:
        animation = animate(exercise)
        end, held = animation.moment_at(PREPARE, 5.0, 5.0).posture, animation.moment_at(HOLD, 0.0, 20.0).posture
        assert replace(end, effort=held.effort, gaze=held.gaze) == held
        assert animation.moment_at(PREPARE, 9.0, 5.0) == animation.moment_at(PREPARE, 5.0, 5.0)
        end = animation.moment_at(REST, 6.0, 6.0).posture
        assert replace(end, effort=held.effort, gaze=held.gaze) == held

    def test_before_and_after_a_segment_are_its_ends(self, exercise: Exercise) -> None:
        animation = animate(exercise)
        for kind in SegmentKind:
            assert animation.moment_at(kind, -1.0, 5.0) == animation.moment_at(kind, 0.0, 5.0)
            assert animation.next_change(kind, 6.0, 5.0) is None
            animation.moment_at(kind, 0.0, 0.0)

    def test_arrow_is_shown_while_moving_in_and_throughout_a_press(self, exercise: Exercise) -> None:
        animation = animate(exercise)
        held = {animation.moment_at(HOLD, t * 1.0, 10.0).arrow for t in range(10)}
        assert held == {exercise.figure.motion == "pulse"}
        assert animation.moment_at(PREPARE, 1.0, 5.0).arrow

    def test_long_prepare_repeats_the_way_in(self) -> None:
        animation = animate(EXERCISES["upper-trap-stretch"])
        arrows = [animation.moment_at(PREPARE, t, 25.0).arrow for t in (1.0, 5.0, 9.0, 12.0, 16.0, 24.0)]
        assert arrows == [True, False, True, False, True, False]
        assert [animation.moment_at(PREPARE, t, 9.0).arrow for t in (1.0, 5.0, 8.5)] == [True, False, False]

    def test_rest_returns_to_neutral(self) -> None:
        animation = animate(EXERCISES["upper-trap-stretch"])
        assert animation.moment_at(REST, 1.6, 5.0) == animation.moment_at(REST, 2.5, 5.0)
        assert animation.moment_at(REST, 2.0, 5.0).posture.roll == 0
        assert animation.moment_at(REST, 0.0, 5.0).posture.roll == 32

    def test_reduced_motion_shows_only_start_and_pose(self, exercise: Exercise) -> None:
        animation = animate(exercise, reduced_motion=True)
        for kind in SegmentKind:
            shown = {animation.moment_at(kind, t * 0.5, 10.0) for t in range(20)}
            assert len(shown) <= (2 if kind is PREPARE else 1)


class TestMovements:
    def test_cycle_plays_its_keyframes(self) -> None:
        animation = animate(EXERCISES["neck-rotation"])
        turns = [animation.moment_at(HOLD, t, 32.0).posture.yaw for t in (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)]
        assert turns == pytest.approx([0, 45, 0, -45, 0, 45], abs=0.5)
        assert animation.moment_at(HOLD, 2.0, 32.0) == animation.moment_at(HOLD, 10.0, 32.0)

    def test_press_pulses_once_in_two_seconds(self) -> None:
        animation = animate(EXERCISES["iso-side"])
        efforts = [animation.moment_at(HOLD, t, 6.0).posture.effort for t in (0.0, 0.5, 1.0, 1.5, 2.0)]
        assert efforts[0] == efforts[4] < efforts[1] == efforts[3] < efforts[2] == 1.0

    def test_breath_fills_the_belly_and_empties_it(self) -> None:
        animation = animate(EXERCISES["breathing"])
        breaths = [animation.moment_at(HOLD, t, 60.0).posture.breath for t in (0.0, 2.0, 4.0, 7.0, 9.9)]
        assert breaths[0] < breaths[1] < breaths[2] > breaths[3] > breaths[4]
        assert breaths[2] == pytest.approx(1, abs=0.05)

    def test_eyes_blink(self) -> None:
        eyes = animate(EXERCISES["eye-20"])
        assert {eyes.moment_at(HOLD, t * 0.1, 20.0).posture.lids for t in range(100)} == {0.0, 1.0}

    def test_legs_walk(self) -> None:
        legs = animate(EXERCISES["stand-walk"])
        assert len({legs.moment_at(HOLD, t * 0.1, 20.0).posture.stride for t in range(15)}) > 10

    def test_mouth_opens(self) -> None:
        jaw = animate(EXERCISES["jaw-opening"])
        shut, wide_open = (jaw.frame(jaw.moment_at(HOLD, t, 5.0), *SIZE) for t in (0.0, 2.5))
        assert shut != wide_open


class TestNextChange:
    @given(name=NAMES, kind=KINDS, length=st.floats(0.5, 40), share=st.floats(0, 1), reduced_motion=st.booleans())
    def test_moment_lasts_exactly_until_its_next_change(
        self, name: str, kind: SegmentKind, length: float, share: float, *, reduced_motion: bool
    ) -> None:
        animation = animate(EXERCISES[name], reduced_motion=reduced_motion)
        into = length * share * 0.999
        now = animation.moment_at(kind, into, length)
        until = animation.next_change(kind, into, length)
        if until is None:
            assert all(animation.moment_at(kind, into + (length - into) * k / 40, length) == now for k in range(40))
            return
        assert until > 0
        assert animation.moment_at(kind, into + until, length) != now
        if until > 4e-3:
            assert all(animation.moment_at(kind, into + (until - 2e-3) * k / 5, length) == now for k in range(5))

    @given(NAMES, KINDS, st.floats(0.5, 20))
    @settings(max_examples=20, deadline=None)
    def test_at_most_twelve_changes_a_second(self, name: str, kind: SegmentKind, length: float) -> None:
        animation = animate(EXERCISES[name])
        into, changes = 0.0, 0
        while (until := animation.next_change(kind, into, length)) is not None and changes < 700:
            into += until
            changes += 1
        assert changes <= length * 12.5 + 3
