"""Line mode for pipes and files: one line a segment, and nothing of any file's text that a terminal would obey."""

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.engine import Command, Engine
from stretch_coach.session.lines import LineFace, cut_to_width, text_width


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
    lines = printed(timeline_of({"rest": 2.5}), {}, 0)
    assert lines == [" 0:00  1/1  Rest, 2.5 s  Rest."]


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("Chin tuck", 9),
        ("Schräg — ja", 11),
        ("肩こり", 6),
        ("\uff26\uff35", 4),  # full-width letters
        ("e\u0301", 1),  # an accent of its own
        ("a\u200bb", 2),  # a space of no width
        ("🙆", 2),
    ],
)
def test_a_text_is_as_wide_as_a_terminal_shows_it(text: str, width: int) -> None:
    assert text_width(text) == width


@pytest.mark.parametrize(
    ("text", "cells", "cut"),
    [
        ("Chin tuck", 20, "Chin tuck"),
        ("Chin tuck", 4, "Chin"),
        ("肩こり", 5, "肩こ"),
        ("肩こり", 1, ""),
        ("e\u0301e\u0301", 1, "e\u0301"),
        ("Chin", 0, ""),
        ("Chin", -1, ""),
    ],
)
def test_it_is_cut_where_it_no_longer_fits(text: str, cells: int, cut: str) -> None:
    assert cut_to_width(text, cells) == cut


@given(st.text(), st.integers(0, 100))
def test_what_is_cut_fits_and_one_more_would_not(text: str, cells: int) -> None:
    cut = cut_to_width(text, cells)
    assert text.startswith(cut)
    assert text_width(cut) <= cells
    assert cut == text or text_width(text[: len(cut) + 1]) > cells
