"""Line mode for pipes and files: one line a segment, and nothing of any file's text that a terminal would obey."""

import io
from collections.abc import Callable

from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.engine import Command, Engine
from stretch_coach.session.lines import LineFace


def printed(timeline: Timeline, commands: dict[float, Command], until: float) -> list[str]:
    """The lines of a session in which something is commanded at these seconds."""
    out = io.StringIO()
    face, engine = LineFace(out), Engine(timeline)
    events, now = engine.start(0), 0.0
    while True:
        for event in events:
            face.show(event, engine, now)
        face.look(engine, now)
        if now >= until:
            return out.getvalue().splitlines()
        now += 0.5
        events = engine.apply(commands[now], now) if now in commands else engine.advance(now)


def test_a_whole_session(timeline: Timeline) -> None:
    assert printed(timeline, {}, 31) == [
        " 0:00  1/3  Chin tuck: get ready, 2 s  Slide your head back.",
        " 0:02  1/3  Chin tuck: hold 1 of 2, 5 s  Chin in.",
        " 0:07  1/3  Chin tuck: rest, 3 s  Come slowly back.",
        " 0:10  1/3  Chin tuck: hold 2 of 2, 5 s  Chin in.",
        " 0:15  2/3  Side bend, left: get ready, 1 s  Let your right ear sink.",
        " 0:16  2/3  Side bend, left: hold, 4 s  Feel the left side.",
        " 0:20  2/3  Side bend, right: get ready, 1 s  Let your left ear sink.",
        " 0:21  2/3  Side bend, right: hold, 4 s  Feel the right side.",
        " 0:25  3/3  Rest, 6 s  Shake out your arms.",
    ]


def test_what_is_commanded_is_told(timeline: Timeline) -> None:
    commands = {3.0: Command.PAUSE, 9.0: Command.RESUME, 10.0: Command.MORE, 11.0: Command.STOP}
    assert printed(timeline, commands, 11)[2:] == [
        "       Paused.",
        "       Going on.",
        "       10 seconds more.",
    ]


def test_a_gap_is_told_with_its_reason(timeline: Timeline) -> None:
    out = io.StringIO()
    face, engine = LineFace(out), Engine(timeline)
    engine.start(0)
    for event in engine.advance(3600):
        face.show(event, engine, 3600)
    assert out.getvalue() == "       Paused: nobody looked at the clock for 3600 seconds (sleep, or stopped).\n"


def test_parts_of_seconds_are_written_short(timeline_of: Callable[..., Timeline]) -> None:
    lines = printed(timeline_of({"rest": 2.5, "say": "Shake."}), {}, 0)
    assert lines == [" 0:00  1/1  Rest, 2.5 s  Shake."]


def test_a_rest_without_words_is_told_once(timeline_of: Callable[..., Timeline]) -> None:
    assert printed(timeline_of({"rest": 20}), {}, 0) == [" 0:00  1/1  Rest, 20 s"]


def test_trouble_is_told_among_the_lines() -> None:
    out = io.StringIO()
    LineFace(out).warn("The disk is full.")
    assert out.getvalue() == "       The disk is full.\n"
