"""A session as one JSON event a line, for programs. Documented in docs/events.md."""

import json
from typing import Any, TextIO

from stretch_coach.routine.timeline import Segment
from stretch_coach.session.engine import Engine
from stretch_coach.session.events import Event, Extended, Finished, Paused, Resumed, SegmentEnded, SegmentStarted
from stretch_coach.session.speaker import Given


class JsonFace:
    """Writes events; all times are seconds, ``at`` on the timeline and ``t`` as they were."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def begin(self, session_id: str | None, routine: str, title: str, total: float) -> None:
        """The first event: which session this is."""
        self._write("session", id=session_id, routine=routine, title=title, total=total)

    def show(self, event: Event, engine: Engine, now: float) -> None:  # noqa: ARG002 - a face may need the instant
        """Write an event."""
        match event:
            case SegmentStarted(segment, at, t):
                self._write("segment", at=at, t=_rounded(t), **_segment_json(segment, engine))
            case Paused(t, reason, gap):
                self._write("paused", t=_rounded(t), reason=reason.value, gap=_rounded(gap))
            case Resumed(t):
                self._write("resumed", t=_rounded(t))
            case Extended(_, t, seconds):
                self._write("extended", t=_rounded(t), seconds=seconds)
            case Finished(t, outcome):
                done = _rounded(engine.done_seconds)
                self._write("finished", t=_rounded(t), outcome=outcome.value, done_seconds=done)
            case SegmentEnded():
                pass  # the next event tells

    def look(self, engine: Engine, now: float) -> None:
        """A program counts down by itself."""

    def hear(self, given: Given) -> None:
        """Write a cue."""
        cue = given.cue
        spoken = given.heard and cue.tone is None
        self._write("cue", at=given.at, t=_rounded(given.t), kind=cue.kind.value, text=cue.text, spoken=spoken)

    def warn(self, trouble: str) -> None:
        """Write it as an event."""
        self._write("warning", text=trouble)

    def _write(self, event: str, **values: Any) -> None:
        self._out.write(json.dumps({"event": event, **values}, ensure_ascii=False) + "\n")
        self._out.flush()


def _segment_json(segment: Segment, engine: Engine) -> dict[str, Any]:
    return {
        "kind": segment.kind.value,
        "step": segment.step,
        "steps": engine.timeline.steps,
        "exercise": segment.exercise.id if segment.exercise else None,
        "side": segment.side,
        "rep": segment.rep,
        "reps": segment.reps,
        "seconds": segment.seconds,
    }


def _rounded(seconds: float) -> float:
    digits = 4
    return round(seconds, digits)
