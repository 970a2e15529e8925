"""What exactly is said: openings, instructions, explanations, and what is said after a pause."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.format import RoutineFile
from stretch_coach.routine.model import Routine
from stretch_coach.routine.resolve import resolve_routine
from stretch_coach.routine.timeline import SegmentKind, Timeline, build_timeline
from stretch_coach.session.cue_plan import closing_cue, plan_reentry, plan_segment, texts_to_say
from stretch_coach.session.cues import Cue, CueKind, CueTiming, SpeechLevel
from stretch_coach.voice.tones import Tone
from tests.session.cue_rules import every_way, plans, routines, speaking

TimelineOf = Callable[..., Timeline]
BEND = {"exercise": "bend", "side": "each", "reps": 1}


def timeline_with(exercises: dict[str, Any], step: dict[str, Any]) -> Timeline:
    """Return the timeline of one step with an exercise of its own."""
    content = {"id": "mine", "title": "Mine", "exercises": exercises, "steps": [step]}
    routine, problems = resolve_routine(RoutineFile.model_validate(content), {}, path=Path("mine.json"), bundled=False)
    assert not problems
    return build_timeline(routine)


def said(timeline: Timeline, how: CueTiming) -> list[list[str]]:
    """Return the texts of each segment, with tones in brackets."""
    return [[f"[{cue.tone}]" if cue.tone else cue.text for cue in cues] for _, cues in plans(timeline, how)]


def kinds(cues: list[Cue]) -> list[CueKind]:
    return [cue.kind for cue in cues]


def test_cues_of_a_routine_with_time_for_everything(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        {"exercise": "tuck", "prepare": 9, "hold": 10, "reps": 2, "rest": 5},
        {**BEND, "prepare": 9, "hold": 30},
        {"rest": 9, "say": "Shake out your arms."},
    )
    count = ["Three.", "Two.", "One."]
    left, right = "Feel the left side.", "Feel the right side."
    assert said(timeline, speaking(160)) == [
        ["Chin tuck. Slide your head back."],
        ["Hold.", *count],
        ["Come slowly back."],
        ["Hold.", *count],
        ["Come slowly back.", "Side bend. Left side.", "Let your right ear sink."],
        ["Hold.", left, "Half way.", *count],
        ["Back from the left.", "Now the right side.", "Let your left ear sink."],
        ["Hold.", right, "Half way.", *count],
        ["Back from the right.", "Shake out your arms."],
    ]
    assert closing_cue(timeline, speaking(160)) == Cue(0, 0.3 + 2 * 60 / 160, CueKind.STOP, "Well done.")


def test_brief_speech_leaves_out_what_is_not_needed(timeline_of: TimelineOf) -> None:
    timeline = timeline_of({**BEND, "prepare": 9, "hold": 30})
    assert said(timeline, speaking(160, SpeechLevel.BRIEF))[:2] == [
        ["Side bend. Left side.", "Feel the left side."],
        ["Hold.", "Three.", "Two.", "One."],
    ]


def test_tones_replace_all_words(timeline_of: TimelineOf) -> None:
    timeline = timeline_of({**BEND, "prepare": 9, "hold": 30}, {"rest": 5})
    count = ["[count]"] * 3
    assert said(timeline, speaking(160, SpeechLevel.TONES)) == [
        ["[side]"],
        ["[start]", *count],
        ["[end]", "[side]"],
        ["[start]", *count],
        ["[end]", "[rest]"],
    ]
    closing = closing_cue(timeline, speaking(160, SpeechLevel.TONES))
    assert closing
    assert closing.tone is Tone.END


def test_speech_that_is_off_plans_no_cues(timeline: Timeline) -> None:
    off = speaking(160, SpeechLevel.OFF)
    assert said(timeline, off) == [[]] * len(timeline.segments)
    assert plan_reentry(timeline, 1, 5, 2, off) == []
    assert closing_cue(timeline, off) is None
    assert texts_to_say(timeline, off) == texts_to_say(timeline, speaking(160, SpeechLevel.TONES)) == []


def test_rounds_without_a_rest_are_ticked(timeline_of: TimelineOf) -> None:
    timeline = timeline_of({"exercise": "tuck", "prepare": 5, "hold": 10, "reps": 3, "rest": 0})
    assert said(timeline, speaking(160)) == [
        ["Chin tuck. Slide your head back."],
        ["Hold."],
        ["[count]"],
        ["[count]", "Three.", "Two.", "One."],
    ]


def moving(reps: int, rest: float, **more: str) -> dict[str, Any]:
    frames = [{"at": 0}, {"at": 0.5, "yaw": 30}, {"at": 1}]
    figure = {"motion": "cycle", "keyframes": frames, "seconds_per_cycle": 4}
    exercise = {"id": "turn", "name": "Turns", "instructions": ["Turn."], "figure": figure, **more}
    step = {"exercise": "turn", "prepare": 5, "hold": 4, "reps": reps, "rest": rest}
    return {"exercises": {"turn": exercise}, "step": step}


def starts(timeline: Timeline) -> list[str]:
    """Return how each hold, round or breath starts."""
    holds = [cues for segment, cues in plans(timeline, speaking(160)) if segment.kind is SegmentKind.HOLD]
    opened = [next(cue for cue in cues if cue.kind is CueKind.START) for cues in holds]
    return [f"[{cue.tone}]" if cue.tone else cue.text for cue in opened]


def test_a_movement_begins_once_and_its_last_round_is_announced() -> None:
    assert starts(timeline_with(**moving(4, 0))) == ["Begin.", "[count]", "[count]", "Last one."]
    assert starts(timeline_with(**moving(3, 2))) == ["Begin.", "Again.", "Last one."]
    assert starts(timeline_with(**moving(1, 0))) == ["Begin."]
    assert starts(timeline_with(**moving(2, 0, start="Turn."))) == ["Turn.", "Last one."]


BREATHING = {
    "exercises": {
        "breathe": {
            "id": "breathe",
            "name": "Breathing",
            "instructions": ["Breathe."],
            "figure": {"focus": "breath", "motion": "still", "seconds_per_cycle": 10, "breath_in_seconds": 4},
        }
    }
}


def test_a_breath_is_spoken_as_breath() -> None:
    step = {"exercise": "breathe", "prepare": 5, "hold": 10, "reps": 3, "rest": 0}
    breathing = timeline_with(**BREATHING, step=step)
    assert said(breathing, speaking(160))[1:] == [["In…", "Out…"], ["In…", "Out…"], ["Last breath. In…", "Out…"]]
    assert said(breathing, speaking(160, SpeechLevel.BRIEF))[1] == ["In…", "Out…"]
    assert said(breathing, speaking(160, SpeechLevel.TONES))[1:] == [["[in]", "[out]"]] * 3
    offsets = [cue.offset for cue in plan_segment(breathing, 1, 10, speaking(160))]
    assert offsets == [0, 4]
    long = timeline_with(**BREATHING, step={**step, "hold": 24, "reps": 1})
    assert [cue.offset for cue in plan_segment(long, 1, 24, speaking(160))] == [0, 4, 10, 14, 20]


def test_a_breath_resumes_in_its_phase_after_a_pause() -> None:
    breathing = timeline_with(**BREATHING, step={"exercise": "breathe", "prepare": 5, "hold": 20, "reps": 1})

    def after(into: float) -> list[tuple[float, str]]:
        return [(cue.offset, cue.text) for cue in plan_reentry(breathing, 1, 20, into, speaking(160))]

    assert after(2) == [(2, "In…"), (4, "Out…"), (10, "In…"), (14, "Out…")]
    assert after(6) == [(6, "Out…"), (10, "In…"), (14, "Out…")]


def test_what_changes_from_one_repetition_to_the_next_is_said_before_it() -> None:
    own = [{"say": "Circle on your temples.", "cue": "Temples."}, {"say": "Now your jaw.", "cue": "Jaw."}]
    massage = {"id": "massage", "name": "Circles", "instructions": ["Circle."], "repetitions": own}
    step = {"exercise": "massage", "prepare": 5, "hold": 20, "reps": 3, "rest": 3}
    with_rests = timeline_with(exercises={"massage": massage}, step=step)
    assert [texts[0] for texts in said(with_rests, speaking(160))] == [
        "Circles. Circle on your temples.",
        "Hold.",
        "Now your jaw.",
        "Hold.",
        "Circle on your temples.",
        "Hold.",
    ]
    assert [texts[1] for texts in said(with_rests, speaking(160)) if len(texts) > 1] == ["Temples.", "Jaw.", "Temples."]
    at_once = timeline_with(exercises={"massage": massage}, step={**step, "rest": 0})
    assert starts(at_once) == ["Hold.", "Now your jaw.", "Circle on your temples."]


def test_cues_short_of_time_are_shortened_and_finally_tones(timeline_of: TimelineOf) -> None:
    def openings(prepare: float) -> list[str]:
        return said(timeline_of({**BEND, "prepare": prepare, "hold": 10}), speaking(160))[2]

    assert openings(9) == ["Back from the left.", "Now the right side.", "Let your left ear sink."]
    assert openings(5.6) == ["Release.", "Now the right side.", "Let your left ear sink."]
    assert openings(4.9) == ["Release.", "Now the right side.", "Feel the right side."]
    assert openings(4.5) == ["Release.", "Right side.", "Let your left ear sink."]
    assert openings(4) == ["Release.", "Right side.", "Feel the right side."]
    assert openings(3) == ["Release.", "Now the right side."]
    assert openings(1.5) == ["Release.", "[side]"]
    assert openings(0.8) == ["[end]", "[side]"]
    assert openings(0.3) == ["[count]", "[count]"]
    assert openings(0.2) == ["[count]"]
    assert openings(0.05) == []


def test_name_is_said_before_how_to_get_there(timeline_of: TimelineOf) -> None:
    def openings(prepare: float) -> list[str]:
        steps = {**BEND, "prepare": 5, "hold": 5}, {"exercise": "tuck", "prepare": prepare, "hold": 5}
        return said(timeline_of(*steps), speaking(160))[4]

    assert openings(9) == ["Back from the right.", "Chin tuck. Slide your head back."]
    assert openings(3.2) == ["Back from the right.", "Chin tuck"]
    assert openings(2) == ["Release.", "Chin tuck"]


def test_name_with_its_side_is_said_before_how_to_get_there(timeline_of: TimelineOf) -> None:
    def openings(prepare: float) -> list[str]:
        steps = {"exercise": "tuck", "prepare": 5, "hold": 5, "reps": 1}, {**BEND, "prepare": prepare, "hold": 5}
        return said(timeline_of(*steps), speaking(160))[2]

    assert openings(9) == ["Come slowly back.", "Side bend. Left side.", "Let your right ear sink."]
    assert openings(4) == ["Come slowly back.", "Side bend. Left side."]
    assert openings(3) == ["Release.", "Side bend. Left side."]
    assert openings(2.3) == ["Release.", "Left side."]


def test_name_in_the_rest_before_is_not_repeated_alone(timeline_of: TimelineOf) -> None:
    def openings(rest: float) -> list[str]:
        steps = {"rest": rest}, {"exercise": "tuck", "prepare": 1.3, "hold": 5}
        return said(timeline_of(*steps), speaking(160))[1]

    assert openings(5) == ["Chin in."]
    assert openings(1) == ["Chin tuck"]


def test_opening_leaves_time_for_the_countdown(timeline_of: TimelineOf) -> None:
    timeline = timeline_of({**BEND, "prepare": 0, "hold": 8})
    assert said(timeline, speaking(140))[1] == ["Release.", "Now the right side.", "Hold.", "Three.", "Two.", "One."]


def test_countdown_of_a_slow_voice_is_ticked(timeline_of: TimelineOf) -> None:
    timeline = timeline_of({"exercise": "tuck", "prepare": 5, "hold": 20, "reps": 1})
    assert said(timeline, speaking(80))[1][-3:] == ["[count]"] * 3
    assert said(timeline, speaking(110))[1][-3:] == ["Three.", "Two.", "One."]


def test_exercise_is_explained_once_on_its_first_side(timeline_of: TimelineOf) -> None:
    timeline = timeline_of(
        {**BEND, "prepare": 30, "hold": 8, "say": "Sink to the {other}."},
        {**BEND, "prepare": 30, "hold": 8, "say": "Sink to the {other}."},
    )
    instructions = [
        cue.text
        for _, cues in plans(timeline, speaking(160, explained=True))
        for cue in cues
        if cue.kind is CueKind.INSTRUCTION
    ]
    assert instructions == ["Let your right ear sink.", "Sink to the left.", "Sink to the right.", "Sink to the left."]


def test_reentry_is_a_short_word_and_then_the_remaining_cues(timeline_of: TimelineOf) -> None:
    timeline = timeline_of({**BEND, "prepare": 9, "hold": 30}, {"rest": 9})

    def after(index: int, into: float) -> list[tuple[float, str]]:
        how = speaking(160)
        return [
            (cue.offset, cue.text) for cue in plan_reentry(timeline, index, timeline.segments[index].seconds, into, how)
        ]

    count = [(27, "Three."), (28, "Two."), (29, "One.")]
    assert after(0, 4) == [(4, "Left side.")]
    assert after(1, 7.4) == [(7.4, "Hold."), (15, "Half way."), *count]
    assert after(1, 15) == [(15, "Hold."), *count]
    assert after(1, 28.2) == [(28.2, "Hold.")]
    assert after(4, 1) == [(1, "Rest.")]


def test_reentry_at_the_start_of_a_segment_has_all_its_cues(timeline: Timeline) -> None:
    for segment in timeline.segments:
        whole = plan_segment(timeline, segment.index, segment.seconds, speaking(160))
        assert plan_reentry(timeline, segment.index, segment.seconds, 0, speaking(160)) == whole


def quickened(how: CueTiming, part: float) -> CueTiming:
    return replace(how, seconds=lambda text: how.seconds(text) * part)


@given(routines(), st.integers(80, 300), st.sampled_from([0, 10, 20, 30]), st.floats(0, 1), st.floats(0.3, 1))
def test_every_cue_is_among_the_texts_to_render(
    routine: Routine, rate: int, added: float, part: float, quicker: float
) -> None:
    """Texts are chosen by their rendered lengths, which are shorter than the estimate, and segments may be extended."""
    for timeline, how in every_way(routine, rate):
        texts = texts_to_say(timeline, how)
        assert len(texts) == len(set(texts))
        rendered = quickened(how, quicker)
        closing = closing_cue(timeline, rendered)
        given = [closing] if closing else []
        for segment in timeline.segments:
            length = segment.seconds + added
            given += plan_segment(timeline, segment.index, length, rendered)
            given += plan_reentry(timeline, segment.index, length, part * length, rendered)
        assert {cue.text for cue in given if cue.tone is None} <= set(texts)


def test_texts_to_render_are_in_the_order_in_which_they_are_needed(timeline: Timeline) -> None:
    texts = texts_to_say(timeline, speaking(160))
    assert texts[:4] == ["Chin tuck. Slide your head back.", "Chin tuck. Chin in.", "Chin tuck", "Hold."]
    # Last what only a pause, another rest or ten seconds more call for.
    assert texts[-6:] == ["Get ready.", "Chin in.", "Three.", "Two.", "One.", "Half way."]
