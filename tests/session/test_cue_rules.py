"""The plan of cues, for every bundled routine and for random ones: nothing overlaps, and what matters is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.exercise import Breath
from stretch_coach.routine.model import Routine
from stretch_coach.routine.timeline import Segment, SegmentKind, Timeline, build_timeline
from stretch_coach.session.cue_plan import (
    BREATHE_IN,
    BREATHE_OUT,
    COUNTDOWN_FROM_SECONDS,
    ENCOURAGE_FROM_SECONDS,
    HALF_WAY_FROM_SECONDS,
    plan_reentry,
    plan_segment,
)
from stretch_coach.session.cues import CUE_GAP_SECONDS, Cue, CueKind, CueTiming, SpeechLevel
from tests.session.cue_rules import (
    BUNDLED,
    CLOSE,
    TICK,
    always_given,
    assert_always_given,
    assert_well_placed,
    before,
    bundled,
    every_way,
    movement_continues,
    plans,
    routines,
    speaking,
)

RATES = st.integers(80, 300)
COUNTED = ["Three.", "Two.", "One."]


def fewest_words_seconds(timeline: Timeline, segment: Segment, how: CueTiming) -> float:
    """Return how long the openings of a segment take in the fewest words, each with the silence after it."""
    exercise = segment.exercise
    is_last_round = bool(exercise and not exercise.repetitions and segment.rep == segment.reps > 1)
    moves = bool(exercise and exercise.figure.motion in ("cycle", "still"))
    start = "Last one." if is_last_round and moves else "Hold."
    fewest = {CueKind.STOP: "Release.", CueKind.SIDE: f"{segment.side} side.", CueKind.START: start}
    return sum(how.seconds(fewest[kind]) + CUE_GAP_SECONDS for kind in always_given(timeline, segment))


def assert_countdown(timeline: Timeline, segment: Segment, cues: list[Cue], how: CueTiming) -> None:
    """Check the countdown: words where those fit a second, and all three unless the opening takes their time."""
    counted = [cue for cue in cues if cue.kind is CueKind.COUNTDOWN]
    assert [cue.text for cue in counted] == COUNTED[3 - len(counted) :]
    for cue, left in zip(counted, range(len(counted), 0, -1), strict=True):
        assert cue.offset == pytest.approx(segment.seconds - left)
        gap = CUE_GAP_SECONDS if left > 1 else 0
        fits = how.seconds(cue.text) + gap <= 1
        assert (cue.tone is None) == (fits and how.level is not SpeechLevel.TONES)
    if len(counted) < len(COUNTED):
        assert fewest_words_seconds(timeline, segment, how) > segment.seconds - len(COUNTED) - CLOSE


def assert_breath(segment: Segment, cues: list[Cue], breath: Breath) -> None:
    """Check that each phase of the breath is announced when it starts, unless another cue or the end is in the way."""
    assert {cue.kind for cue in cues} <= {CueKind.STOP, CueKind.SIDE, CueKind.START, CueKind.BREATH}
    announced = {cue.offset: cue for cue in cues if cue.kind is CueKind.BREATH}
    for at, is_in in breath.changes(segment.seconds):
        if at in announced:
            assert announced[at].text == (BREATHE_IN if is_in else BREATHE_OUT)
        elif at > 0:
            over = max((cue.end for cue in cues if cue.offset < at), default=0.0) + CUE_GAP_SECONDS
            assert over > at - CLOSE or at + TICK > segment.seconds - CLOSE


def assert_nothing_gave_way_to_less(cues: list[Cue], length: float, how: CueTiming, encouragement: str) -> None:
    """Check that whatever a hold lacks would collide with something that matters more."""
    order = [CueKind.COUNTDOWN, CueKind.HALF_WAY, CueKind.ENCOURAGEMENT]
    due = {
        CueKind.HALF_WAY: (length / 2, "Half way.", HALF_WAY_FROM_SECONDS),
        CueKind.ENCOURAGEMENT: (length / 4, encouragement, ENCOURAGE_FROM_SECONDS),
    }
    for kind, (offset, text, from_seconds) in due.items():
        given = [cue for cue in cues if cue.kind is kind]
        if how.level is not SpeechLevel.FULL or length < from_seconds:
            assert not given
        elif given:
            assert [(cue.text, cue.tone) for cue in given] == [(text, None)]
            assert given[0].offset == pytest.approx(offset)
        else:
            end = offset + how.seconds(text)
            more = [cue for cue in cues if cue.kind not in order or order.index(cue.kind) < order.index(kind)]
            obstacles = [
                cue
                for cue in more
                if cue.offset < end + CUE_GAP_SECONDS + CLOSE and offset < cue.end + CUE_GAP_SECONDS + CLOSE
            ]
            assert obstacles or end > length


def assert_instruction(timeline: Timeline, segment: Segment, cues: list[Cue], how: CueTiming) -> None:
    """Check that there is one, as short as need be, unless even that does not fit after the shortest openings.

    The name of a sided exercise takes its time: it is said together with the side.
    """
    exercise = segment.exercise
    given = [cue for cue in cues if cue.kind is CueKind.INSTRUCTION]
    named = any(f"{exercise.name}. " in cue.text for cue in cues) if exercise else False
    if given or named or exercise is None or how.level is SpeechLevel.TONES:
        assert len(given) <= 1
        return
    shortest = exercise.cue.replace("{side}", str(segment.side)).replace("{other}", "right")
    assert fewest_words_seconds(timeline, segment, how) + how.seconds(shortest) > segment.seconds - CLOSE


def assert_named(timeline: Timeline, segment: Segment, cues: list[Cue], how: CueTiming) -> None:
    """Check that an exercise is named before it starts, in this segment or the rest before, if there is time."""
    exercise = segment.exercise
    rest = before(timeline, segment)
    if exercise is None or how.level is SpeechLevel.TONES:
        return
    if rest and rest.exercise and rest.exercise.id == exercise.id:  # one repetition's words may differ from another's
        return
    if rest and rest.exercise is None:
        cues = [*plan_segment(timeline, rest.index, rest.seconds, how), *cues]
    if any(exercise.name in cue.text for cue in cues if cue.tone is None):
        return
    name = f"{exercise.name}. {segment.side} side." if segment.side else exercise.name
    openings = [kind for kind in always_given(timeline, segment) if kind is not CueKind.SIDE]
    assert (
        sum(how.seconds("Release.") + CUE_GAP_SECONDS for _ in openings) + how.seconds(name) > segment.seconds - CLOSE
    )


def assert_rules(timeline: Timeline, how: CueTiming) -> None:
    for segment, cues in plans(timeline, how):
        assert_well_placed(cues, segment.seconds)
        assert_always_given(timeline, segment, cues)
        kinds = {cue.kind for cue in cues}
        if segment.kind is SegmentKind.HOLD:
            assert segment.exercise
            assert CueKind.INSTRUCTION not in kinds
            if breath := segment.exercise.figure.breath:
                assert_breath(segment, cues, breath)
                continue
            other = "right" if segment.side == "left" else "left"
            cue = segment.exercise.cue.replace("{side}", str(segment.side)).replace("{other}", other)
            assert_nothing_gave_way_to_less(cues, segment.seconds, how, cue)
            if segment.seconds >= COUNTDOWN_FROM_SECONDS and not movement_continues(timeline, segment):
                assert_countdown(timeline, segment, cues, how)
            else:
                assert CueKind.COUNTDOWN not in kinds
        else:
            assert kinds <= {CueKind.STOP, CueKind.SIDE, CueKind.INSTRUCTION}
            if segment.kind is SegmentKind.PREPARE:
                assert_instruction(timeline, segment, cues, how)
                assert_named(timeline, segment, cues, how)
        if how.level is SpeechLevel.TONES:
            assert all(cue.tone for cue in cues)


@pytest.mark.parametrize("rate", [80, 160, 300])
def test_cues_of_bundled_routines_keep_the_rules(rate: int) -> None:
    for name in BUNDLED:
        for timeline, how in every_way(bundled().routines[name], rate):
            assert_rules(timeline, how)


@given(st.sampled_from(BUNDLED), RATES)
def test_cues_of_bundled_routines_keep_the_rules_at_any_rate(name: str, rate: int) -> None:
    for timeline, how in every_way(bundled().routines[name], rate):
        assert_rules(timeline, how)


@given(routines(), RATES)
def test_cues_of_any_routine_keep_the_rules(routine: Routine, rate: int) -> None:
    for timeline, how in every_way(routine, rate):
        assert_rules(timeline, how)


@given(routines(), RATES, st.floats(0, 1), st.sampled_from([0, 10, 20]))
def test_cues_after_a_pause_keep_the_rules(routine: Routine, rate: int, part: float, added: float) -> None:
    for timeline, how in every_way(routine, rate):
        for segment in timeline.segments:
            length = segment.seconds + added
            into = length * part
            assert_well_placed(plan_reentry(timeline, segment.index, length, into, how), length, into)


@pytest.mark.parametrize("rate", [120, 200])
@pytest.mark.parametrize("level", [SpeechLevel.FULL, SpeechLevel.BRIEF])
def test_bundled_routines_leave_time_for_words(level: SpeechLevel, rate: int) -> None:
    """Nobody has to learn what a tone means: only movements without a rest between their rounds are ticked."""
    for name in BUNDLED:
        timeline, how = build_timeline(bundled().routines[name]), speaking(rate, level)
        for segment, cues in plans(timeline, how):
            repeated = segment.rep > 1 and timeline.segments[segment.index - 1].kind is SegmentKind.HOLD
            assert [cue for cue in cues if cue.tone and not repeated] == [], name
            if segment.kind is SegmentKind.PREPARE and rate >= 200:  # a voice is quicker than the estimate
                named = segment.exercise and any(segment.exercise.name in cue.text for cue in cues)
                assert named or CueKind.INSTRUCTION in {cue.kind for cue in cues}, name
