"""A session led by voice: one line that says where it is; and what is heard, no face of lines writes down."""

import io
from collections.abc import Callable
from typing import TextIO

import pytest

from stretch_coach.cells import text_width
from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.cue import Cue, CueKind
from stretch_coach.session.engine import Command, Engine
from stretch_coach.session.lines import LineFace, LiveFace
from stretch_coach.session.runner import Face
from stretch_coach.session.speaker import Given
from stretch_coach.session.voice_face import VoiceFace


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


class Listening:
    """A session in which nothing but the one line is shown."""

    def __init__(self, timeline: Timeline) -> None:
        self.out = io.StringIO()
        self.face = VoiceFace(self.out)
        self.engine = Engine(timeline)
        for event in self.engine.start(0):
            self.face.show(event, self.engine, 0)

    def go(self, now: float, command: Command | None = None) -> str:
        """Look at an instant, or command something; what stands in the line."""
        engine = self.engine
        for event in engine.apply(command, now) if command else engine.advance(now):
            self.face.show(event, engine, now)
        self.face.look(engine, now)
        return self.line()

    def line(self) -> str:
        """What a terminal shows of the last row."""
        shown = ""
        for part in self.out.getvalue().rpartition("\n")[2].split("\r"):
            shown = part + shown[len(part) :]
        return shown.rstrip()


def test_the_line_says_where_the_session_is(timeline: Timeline) -> None:
    session = Listening(timeline)
    assert session.line() == "1/3  Chin tuck"
    for now in (2, 7, 10):
        assert session.go(now) == "1/3  Chin tuck"
    assert session.go(15) == "2/3  Side bend, left"
    session.go(16)
    assert session.go(20) == "2/3  Side bend, right"
    session.go(21)
    assert session.go(25) == "3/3  Rest"
    assert session.go(30) == "3/3  Rest"
    assert session.go(31) == ""
    assert "\n" not in session.out.getvalue()


def test_a_pause_says_how_to_go_on(timeline: Timeline) -> None:
    session = Listening(timeline)
    assert session.go(1, Command.PAUSE) == "Paused: space goes on"
    assert session.go(2, Command.RESUME) == "1/3  Chin tuck"
    assert session.go(60) == "Paused: space goes on"
    assert session.go(61, Command.STOP) == ""


def test_trouble_stays_above_the_line(timeline: Timeline) -> None:
    session = Listening(timeline)
    session.face.warn("The disk is full.")
    assert session.out.getvalue().rpartition("\r")[2] == "The disk is full.\n"
    session.go(2)
    assert session.line() == "1/3  Chin tuck"


def test_nothing_is_written_while_nothing_changes(timeline: Timeline) -> None:
    session = Listening(timeline)
    before = session.out.getvalue()
    session.go(2)
    assert session.out.getvalue() == before


@pytest.mark.parametrize("columns", [8, 12, 40])
def test_it_keeps_to_one_row_of_any_width(timeline: Timeline, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    session = Listening(timeline)
    for now in (2, 7, 10, 15, 16):
        session.go(now)
    session.go(17, Command.PAUSE)
    assert all(text_width(part) < columns for part in session.out.getvalue().split("\r"))


@pytest.mark.parametrize("make", [LineFace, VoiceFace, lambda out: LiveFace(out, can_resume=True)])
def test_what_is_heard_is_not_written(make: Callable[[TextIO], Face]) -> None:
    out = io.StringIO()
    make(out).hear(Given(Cue(0, 0.5, CueKind.START, "Hold."), 2.0, 2.0, heard=True))
    assert out.getvalue() == ""
