"""Words that change from session to session: always the same ones for the same history."""

from dataclasses import replace

import pytest

from stretch_coach.context import Context
from stretch_coach.journal.sessions import count_sessions
from stretch_coach.paths import Places
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.library import Library
from stretch_coach.routine.timeline import build_timeline
from stretch_coach.session import prepare
from stretch_coach.session.cue_plan import closing_cue, texts_to_say
from stretch_coach.session.cues import CueTiming, SpeechLevel, estimate_seconds
from stretch_coach.session.request import SessionRequest
from stretch_coach.session.variants import CLOSING, HALF_WAY, NEXT, choose_words, vary_words
from stretch_coach.settings import Settings
from tests.clocks import FixedClock

RATE = 160


def seconds(text: str) -> float:
    return estimate_seconds(text, RATE)


def test_words_take_turns_and_begin_again() -> None:
    exercise = Exercise(
        id="nod", name="Nod", instructions=["Nod."], say="A.", say_variants=["B.", "C."], cue="D", cue_variants=["E"]
    )
    assert [exercise.worded(turn).say for turn in range(4)] == ["A.", "B.", "C.", "A."]
    assert [exercise.worded(turn).cue for turn in range(4)] == ["D", "E", "D", "E"]
    assert exercise.worded(0) is exercise
    assert exercise.worded(5).instructions == exercise.instructions


def test_sentences_of_the_coach_take_turns(library: Library) -> None:
    timeline = build_timeline(library.routines["micro-break"])
    found = []
    for turn in range(4):
        timing = CueTiming(SpeechLevel.FULL, seconds, turn=turn)
        cue = closing_cue(timeline, timing)
        assert cue
        assert choose_words(HALF_WAY, turn) in texts_to_say(timeline, timing)
        found.append(next(words for words in CLOSING if cue.text.endswith(f" {words}")))
    assert found == [*CLOSING, CLOSING[0]]
    assert all(words.format("Nod").count("Nod") == 1 for words in NEXT)


def test_variants_of_bundled_exercises_take_no_longer_than_the_words_they_stand_for(library: Library) -> None:
    for exercise in library.exercises.values():
        for field in ("say", "cue", "release"):
            own, variants = getattr(exercise, field), getattr(exercise, f"{field}_variants")
            for words in variants:
                assert words != own
                assert seconds(words) <= seconds(own) + 0.5, words
                assert ("{side}" in words or "{other}" in words) == ("{side}" in own or "{other}" in own), words


def test_only_words_change(library: Library) -> None:
    routine = library.routines["micro-break"]
    varied = vary_words(routine, dict.fromkeys(library.exercises, 1))
    assert varied.total_seconds == routine.total_seconds
    assert [one.id for one in varied.exercises] == [one.id for one in routine.exercises]


async def test_session_has_the_words_of_its_turn(
    places: Places, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise = library.exercises["chin-tuck"].model_copy(update={"say_variants": ["Glide back."]})
    routine = library.routines["micro-break"]
    steps = [
        replace(one, exercise=exercise if one.exercise and one.exercise.id == exercise.id else one.exercise)
        for one in routine.steps
    ]
    monkeypatch.setattr(prepare, "_times_done", lambda _: {"chin-tuck": 1})
    context = Context(places, Settings(), FixedClock(), lambda _: None)
    request = SessionRequest(replace(routine, steps=tuple(steps)), muted=True)
    async with prepare.prepare_session(context, request, None) as prepared:
        said = {one.exercise.say for one in prepared.timeline.segments if one.exercise}
    assert "Glide back." in said
    with context.writable_history() as history:
        assert count_sessions(history) == 0
