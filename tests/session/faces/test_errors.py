"""Common errors in every face: one at a time, in a hold, and the next one in the next hold."""

import io
import json
from collections.abc import Callable

import pytest

from stretch_coach.routine.library import Library
from stretch_coach.routine.timeline import Timeline, build_timeline
from stretch_coach.session.engine import Engine
from stretch_coach.session.faces.json_lines import JsonFace
from stretch_coach.session.faces.lines import LineFace, LiveFace
from stretch_coach.session.faces.voice_line import VoiceFace
from stretch_coach.session.runner import Face


@pytest.fixture
def rolls(library: Library) -> Timeline:
    return build_timeline(library.routines["micro-break"])


def shown(face: Face, timeline: Timeline) -> None:
    """Show the first half minute of a session, a quarter of a second at a time."""
    engine = Engine(timeline)
    events = engine.start(0)
    for quarter in range(120):
        events += engine.advance(quarter / 4)
        for event in events:
            face.show(event, engine, quarter / 4)
        face.tick(engine, quarter / 4)
        events = []


@pytest.mark.parametrize("make", [LineFace, lambda out: LiveFace(out, has_keys=False), VoiceFace])
def test_every_face_shows_what_to_avoid(rolls: Timeline, make: Callable[[io.StringIO], Face]) -> None:
    out = io.StringIO()
    shown(make(out), rolls)
    said = out.getvalue()
    for error in ("bracing like a soldier", "rolling only forward", "poking the chin", "looking down or up"):
        assert said.count(f"Avoid: {error}") == 1 or isinstance(make(out), VoiceFace), said
        assert f"Avoid: {error}" in said


def test_programs_get_what_to_avoid_with_each_hold(rolls: Timeline) -> None:
    out = io.StringIO()
    shown(JsonFace(out), rolls)
    segments = [json.loads(line) for line in out.getvalue().splitlines() if '"segment"' in line]
    assert all((segment["avoid"] is None) == (segment["kind"] != "hold") for segment in segments)
