"""A session as one JSON event a line, for programs."""

import asyncio
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from stretch_coach.journal.records import SessionRecord
from stretch_coach.routine.model import Routine
from stretch_coach.routine.timeline import Timeline, build_timeline
from stretch_coach.session.cues import Cue, CueKind, CueTiming, SpeechLevel
from stretch_coach.session.engine import Engine, SessionCommand
from stretch_coach.session.faces.json_lines import JsonFace
from stretch_coach.session.prepare import PreparedSession
from stretch_coach.session.speaker import PlayedCue, Speaker
from stretch_coach.voice.tones import Tone

if TYPE_CHECKING:
    from tests.session.conftest import FakeClock

Run = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def run(routine: Routine, record: SessionRecord, clock: "FakeClock") -> Run:
    """Return the events of a session with commands at these seconds, which is advanced for some seconds."""

    def play(commands: dict[float, SessionCommand], until: float) -> list[dict[str, Any]]:
        out = io.StringIO()
        timeline = build_timeline(routine)
        face, engine = JsonFace(out), Engine(timeline)
        timing = CueTiming(SpeechLevel.FULL, lambda _: 0.5)
        speaker = Speaker(timing, None, clock, face.show_cue)
        asyncio.run(face.ready(PreparedSession(routine, timeline, timing, warnings=("Sound: bell.",))))
        face.start(record._replace(id="an-id"))
        for event in engine.start(0):
            speaker.follow(event, engine, 0)
            face.show(event, engine, 0)
        speaker.tick(engine, 0)
        now = 0.0
        while now < until:
            now += 0.5
            events = engine.apply(commands[now], now) if now in commands else engine.advance(now)
            for event in events:
                speaker.follow(event, engine, now)
            for event in events:
                face.show(event, engine, now)
            speaker.tick(engine, now)
            face.tick(engine, now)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    return play


def test_json_starts_with_the_session_and_its_first_segment(run: Run) -> None:
    assert run({}, 0) == [
        {"event": "session", "id": "an-id", "routine": "mine", "title": "My break", "total": 31.0}
        | {"notes": [], "other_doses": None},
        {"event": "warning", "text": "Sound: bell."},
        {
            "event": "segment",
            "at": 0.0,
            "t": 0.0,
            "kind": "prepare",
            "step": 1,
            "steps": 3,
            "exercise": "tuck",
            "side": None,
            "rep": 1,
            "reps": 2,
            "seconds": 2.0,
            "cautions": [],
            "avoid": None,
        },
        {
            "event": "cue",
            "at": 0.0,
            "t": 0.0,
            "kind": "instruction",
            "text": "Chin tuck. Slide your head back.",
            "spoken": False,
        },
    ]


def test_json_segments_have_their_places_on_the_timeline(run: Run) -> None:
    events = run({}, 31)
    assert [one["at"] for one in events if one["event"] == "segment"] == [0, 2, 7, 10, 15, 16, 20, 21, 25]
    segments = [one for one in events if one["event"] == "segment"]
    assert [one["kind"] for one in segments] == ["prepare", "hold", "rest", "hold", *["prepare", "hold"] * 2, "rest"]
    assert [one["side"] for one in segments][4:] == ["left", "left", "right", "right", None]
    assert segments[-1]["exercise"] is None
    assert events[-1] == {"event": "finished", "t": 31.0, "outcome": "completed", "done_seconds": 31.0}


def test_json_cues_follow_their_segments_in_order(run: Run) -> None:
    events = [one for one in run({}, 31) if one["event"] in ("segment", "cue")]
    assert [one["at"] for one in events] == sorted(one["at"] for one in events)
    shown = [(one["at"], one["kind"], one.get("text")) for one in events]
    assert shown[:8] == [
        (0, "prepare", None),
        (0, "instruction", "Chin tuck. Slide your head back."),
        (2, "hold", None),
        (2, "start", "Hold."),
        (7, "rest", None),
        (7, "stop", "Come slowly back."),
        (10, "hold", None),
        (10, "start", "Hold."),
    ]
    assert shown[-2:] == [(25.65, "stop", "Shake out your arms."), (31, "stop", "Well done.")]


@pytest.mark.parametrize("tone", [None, Tone.START])
@pytest.mark.parametrize("heard", [False, True])
def test_json_cue_is_spoken_only_if_its_words_are_heard(tone: Tone | None, *, heard: bool) -> None:
    out = io.StringIO()
    JsonFace(out).show_cue(PlayedCue(Cue(0, 0.5, CueKind.START, "Hold.", tone), 9.0, 9.012345, heard))
    spoken = heard and tone is None
    cue = {"event": "cue", "at": 9.0, "t": 9.0123, "kind": "start", "text": "Hold.", "spoken": spoken}
    assert json.loads(out.getvalue()) == cue


def test_json_has_pauses_extensions_and_the_end(run: Run) -> None:
    events = run(
        {3: SessionCommand.PAUSE, 10: SessionCommand.RESUME, 11: SessionCommand.MORE, 12: SessionCommand.STOP}, 12
    )
    assert [one for one in events[4:] if one["event"] not in ("segment", "cue")] == [
        {"event": "paused", "t": 3.0, "reason": "asked", "gap": 0.0},
        {"event": "resumed", "t": 3.0},
        {"event": "extended", "t": 4.0, "seconds": 10.0},
        {"event": "finished", "t": 5.0, "outcome": "stopped", "done_seconds": 5.0},
    ]


def test_json_gap_has_its_length(timeline: Timeline) -> None:
    out = io.StringIO()
    face, engine = JsonFace(out), Engine(timeline)
    engine.start(0)
    for event in engine.advance(7.123456):
        face.show(event, engine, 7.123456)
    assert json.loads(out.getvalue()) == {"event": "paused", "t": 0.0, "reason": "gap", "gap": 7.1235}


def test_json_keeps_the_letters_of_every_language() -> None:
    out = io.StringIO()
    JsonFace(out).warn("Schultern → 肩\n")
    assert "Schultern → 肩\\n" in out.getvalue()
    assert out.getvalue().count("\n") == 1


def test_json_warning_is_an_event() -> None:
    out = io.StringIO()
    JsonFace(out).warn("The disk is full.")
    assert json.loads(out.getvalue()) == {"event": "warning", "text": "The disk is full."}


class Pipe(io.StringIO):
    """Counts how often it was flushed."""

    flushed = 0

    def flush(self) -> None:
        self.flushed += 1


def test_json_events_are_flushed_at_once(timeline: Timeline) -> None:
    out = Pipe()
    face, engine = JsonFace(out), Engine(timeline)
    for event in engine.start(0):
        face.show(event, engine, 0)
    face.warn("Trouble.")
    assert out.flushed == out.getvalue().count("\n") == 2
