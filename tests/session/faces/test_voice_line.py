"""A session led by the voice: a single line."""

import io
from collections.abc import Callable
from typing import TextIO

import pytest

from stretch_coach.routine.model import Routine
from stretch_coach.routine.timeline import Timeline, build_timeline
from stretch_coach.session.cues import Cue, CueKind, CueTiming, SpeechLevel
from stretch_coach.session.engine import Engine, SessionCommand
from stretch_coach.session.faces.lines import LineFace, LiveFace
from stretch_coach.session.faces.voice_line import VoiceFace
from stretch_coach.session.prepare import PreparedSession
from stretch_coach.session.runner import Face
from stretch_coach.session.speaker import PlayedCue
from stretch_coach.text import text_width


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


class VoiceSession:
    """A session of which only one line is shown."""

    def __init__(self, timeline: Timeline) -> None:
        self.out = io.StringIO()
        self.face = VoiceFace(self.out)
        self.engine = Engine(timeline)
        for event in self.engine.start(0):
            self.face.show(event, self.engine, 0)

    def run(self, now: float, command: SessionCommand | None = None) -> str:
        """Advance to an instant, obey a command, and return the line."""
        engine = self.engine
        for event in engine.apply(command, now) if command else engine.advance(now):
            self.face.show(event, engine, now)
        self.face.tick(engine, now)
        return self.line()

    def line(self) -> str:
        """Return what a terminal shows in the last row."""
        shown = ""
        for part in self.out.getvalue().rpartition("\n")[2].split("\r"):
            shown = part + shown[len(part) :]
        return shown.rstrip()


def test_line_shows_the_exercise_and_side(timeline: Timeline) -> None:
    session = VoiceSession(timeline)
    assert session.line() == "1/3  Chin tuck"
    for now in (2, 7, 10):
        assert session.run(now) == "1/3  Chin tuck"
    assert session.run(15) == "2/3  Side bend, left"
    session.run(16)
    assert session.run(20) == "2/3  Side bend, right"
    session.run(21)
    assert session.run(25) == "3/3  Rest"
    assert session.run(30) == "3/3  Rest"
    assert session.run(31) == ""
    assert "\n" not in session.out.getvalue()


def test_pause_for_a_gap_says_why(timeline: Timeline) -> None:
    session = VoiceSession(timeline)
    session.run(1)
    assert session.run(60) == "Paused: space to resume, q to end"
    assert "Paused: the computer slept or the program was suspended for 59 s." in session.out.getvalue()


def test_pause_says_how_to_resume(timeline: Timeline) -> None:
    session = VoiceSession(timeline)
    assert session.run(1, SessionCommand.PAUSE) == "Paused: space to resume, q to end"
    assert session.run(2, SessionCommand.RESUME) == "1/3  Chin tuck"
    assert session.run(60) == "Paused: space to resume, q to end"
    assert session.run(61, SessionCommand.STOP) == ""


@pytest.mark.parametrize("speaks", [True, False])
async def test_cautions_are_printed_once_where_they_are_not_spoken(routine: Routine, *, speaks: bool) -> None:
    out = io.StringIO()
    face, timeline = VoiceFace(out), build_timeline(routine)
    timing = CueTiming(SpeechLevel.TONES, lambda _: 0.0, speaks_cautions=speaks)
    await face.ready(PreparedSession(routine, timeline, timing))
    engine = Engine(timeline)
    for now in range(0, 24, 4):
        for event in engine.advance(now) if now else engine.start(now):
            face.show(event, engine, now)
    assert out.getvalue().count("Caution: Stop with tingling.\n") == (not speaks)


def test_warning_stays_above_the_line(timeline: Timeline) -> None:
    session = VoiceSession(timeline)
    session.face.warn("The disk is full.")
    assert session.out.getvalue().rpartition("\r")[2] == "The disk is full.\n"
    session.run(2)
    assert session.line() == "1/3  Chin tuck"


def test_nothing_is_written_while_nothing_changes(timeline: Timeline) -> None:
    session = VoiceSession(timeline)
    before = session.out.getvalue()
    session.run(2)
    assert session.out.getvalue() == before


@pytest.mark.parametrize("columns", [8, 12, 40])
def test_keeps_to_one_row_at_any_width(timeline: Timeline, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    session = VoiceSession(timeline)
    for now in (2, 7, 10, 15, 16):
        session.run(now)
    session.run(17, SessionCommand.PAUSE)
    assert all(text_width(part) < columns for part in session.out.getvalue().split("\r"))


@pytest.mark.parametrize("make", [LineFace, VoiceFace, lambda out: LiveFace(out, has_keys=True)])
def test_cues_are_not_written(make: Callable[[TextIO], Face]) -> None:
    out = io.StringIO()
    make(out).show_cue(PlayedCue(Cue(0, 0.5, CueKind.START, "Hold."), 2.0, 2.0, heard=True))
    assert out.getvalue() == ""
