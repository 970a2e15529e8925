"""Line mode for pipes and files: one line per segment."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from stretch_coach.routine.model import Routine
from stretch_coach.routine.timeline import Timeline, build_timeline
from stretch_coach.session.cues import CueTiming, SpeechLevel
from stretch_coach.session.engine import Engine, SessionCommand
from stretch_coach.session.faces.lines import LineFace
from stretch_coach.session.input.keys import KEYS_HELP
from stretch_coach.session.prepare import PreparedSession

SILENT = CueTiming(SpeechLevel.OFF, lambda _: 0.0)


def printed(timeline: Timeline, commands: dict[float, SessionCommand], until: float) -> list[str]:
    """Return the lines of a session until a second, with commands at these seconds."""
    out = io.StringIO()
    face, engine = LineFace(out), Engine(timeline)
    events, now = engine.start(0), 0.0
    while True:
        for event in events:
            face.show(event, engine, now)
        face.tick(engine, now)
        if now >= until:
            return out.getvalue().splitlines()
        now += 0.5
        events = engine.apply(commands[now], now) if now in commands else engine.advance(now)


async def test_title_notes_and_keys_come_first(routine: Routine) -> None:
    out = io.StringIO()
    notes, warnings = ("Includes 0:40 of extra instructions.",), ("Sound: bell.",)
    prepared = PreparedSession(routine, build_timeline(routine), SILENT, notes=notes, warnings=warnings)
    await LineFace(out, has_keys=True).ready(prepared)
    assert out.getvalue().splitlines() == ["My break: 3 steps, 0:31", *notes, *warnings, KEYS_HELP, ""]


def test_lead_in_is_one_line() -> None:
    out = io.StringIO()
    face = LineFace(out)
    for seconds in (3, 2, 1):
        face.count_in(seconds)
    assert out.getvalue() == "       Starting in 3 s.\n"


def test_segments_are_lines_and_cautions_come_once(timeline: Timeline) -> None:
    assert printed(timeline, {}, 31) == [
        " 0:00  1/3  Chin tuck: get ready, 2 s  Slide your head back.",
        " 0:02  1/3  Chin tuck: hold 1 of 2, 5 s  Chin in.",
        " 0:07  1/3  Chin tuck: rest, 3 s  Come slowly back.",
        " 0:10  1/3  Chin tuck: hold 2 of 2, 5 s  Chin in.",
        " 0:15  2/3  Side bend, left: get ready, 1 s  Let your right ear sink.",
        "       Caution: Stop with tingling.",
        "       Caution: Keep it small.",
        " 0:16  2/3  Side bend, left: hold, 4 s  Feel the left side.",
        " 0:20  2/3  Side bend, right: get ready, 1 s  Let your left ear sink.",
        " 0:21  2/3  Side bend, right: hold, 4 s  Feel the right side.",
        " 0:25  3/3  Rest, 6 s  Shake out your arms.",
    ]


def test_pause_resume_and_extension_are_lines(timeline: Timeline) -> None:
    commands = {
        3.0: SessionCommand.PAUSE,
        9.0: SessionCommand.RESUME,
        10.0: SessionCommand.MORE,
        11.0: SessionCommand.STOP,
    }
    assert printed(timeline, commands, 11)[2:] == [
        "       Paused.",
        "       Resumed.",
        "       10 seconds more.",
    ]


def test_gap_is_explained(timeline: Timeline) -> None:
    out = io.StringIO()
    face, engine = LineFace(out), Engine(timeline)
    engine.start(0)
    for event in engine.advance(3600):
        face.show(event, engine, 3600)
    assert out.getvalue() == "       Paused: the computer slept or the program was suspended for 3600 s.\n"


@pytest.mark.parametrize(
    ("step", "line"),
    [
        ({"rest": 2.5, "say": "Shake."}, " 0:00  1/1  Rest, 2.5 s  Shake."),
        ({"rest": 20}, " 0:00  1/1  Rest, 20 s"),
        ({"exercise": "tuck", "prepare": 3, "say": "Chin tuck."}, " 0:00  1/1  Chin tuck: get ready, 3 s"),
    ],
)
def test_nothing_is_said_twice_in_a_line(timeline_of: Callable[..., Timeline], step: dict[str, Any], line: str) -> None:
    assert printed(timeline_of(step), {}, 0) == [line]


def test_warning_is_a_line() -> None:
    out = io.StringIO()
    LineFace(out).warn("The disk is full.")
    assert out.getvalue() == "       The disk is full.\n"


def test_escape_sequences_do_not_reach_the_terminal() -> None:
    out = io.StringIO()
    LineFace(out).warn("/home/\x1b[2Jx/history.db is not a file.")
    assert "\x1b" not in out.getvalue()
