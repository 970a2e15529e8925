"""A session as JSON events, one per line, for programs. Documented in docs/events.md."""

from typing import Any, TextIO

from stretch_coach.journal.records import SessionRecord
from stretch_coach.routine.timeline import Segment
from stretch_coach.session.engine import Engine
from stretch_coach.session.events import Event, Extended, Finished, Paused, Resumed, SegmentEnded, SegmentStarted
from stretch_coach.session.prepare import PreparedSession
from stretch_coach.session.session_text import error_text
from stretch_coach.session.speaker import PlayedCue
from stretch_coach.text import json_text

_DIGITS = 4


class JsonFace:
    """Writes events. All times are in seconds: `at` on the timeline, `t` as the session really ran.

    Args:
        out: Where to write.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._prepared: PreparedSession | None = None

    async def ready(self, prepared: PreparedSession) -> None:
        """Remember what will be done until the session has an id."""
        self._prepared = prepared

    def count_in(self, seconds: int) -> None:
        """Write nothing: programs get no lead-in."""

    def start(self, record: SessionRecord | None) -> None:
        """Write the first event, which identifies the session."""
        if self._prepared:
            prepared, routine = self._prepared, self._prepared.routine
            about = {"id": record.id if record else None, "routine": routine.id, "title": routine.title}
            said = {"notes": list(prepared.notes), "other_doses": prepared.offer or None}
            self._write("session", **about, total=prepared.timeline.total, **said)
            for sentence in self._prepared.warnings:
                self.warn(sentence)

    def show(self, event: Event, engine: Engine, now: float) -> None:  # noqa: ARG002 - every face's signature
        """Write an event."""
        match event:
            case SegmentStarted(segment, at, t):
                self._write("segment", at=at, t=_rounded(t), **_segment_fields(segment, engine))
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
                pass  # the next event implies it

    def tick(self, engine: Engine, now: float) -> None:
        """Write nothing: a program can count down by itself."""

    def show_cue(self, played: PlayedCue) -> None:
        """Write a cue."""
        cue = played.cue
        spoken = played.heard and cue.tone is None
        self._write("cue", at=played.at, t=_rounded(played.t), kind=cue.kind.value, text=cue.text, spoken=spoken)

    def warn(self, sentence: str) -> None:
        """Write a warning as an event."""
        self._write("warning", text=sentence)

    def _write(self, event: str, **values: Any) -> None:
        self._out.write(json_text({"event": event, **values}) + "\n")
        self._out.flush()


def _segment_fields(segment: Segment, engine: Engine) -> dict[str, Any]:
    exercise = segment.exercise
    is_first = exercise is not None and engine.timeline.debuts[exercise.id] == segment.index
    return {
        "kind": segment.kind.value,
        "step": segment.step,
        "steps": engine.timeline.steps,
        "exercise": exercise.id if exercise else None,
        "side": segment.side,
        "rep": segment.rep,
        "reps": segment.reps,
        "seconds": segment.seconds,
        "cautions": list(exercise.cautions) if exercise and is_first else [],
        "avoid": error_text(segment, 0.0, segment.seconds) or None,
    }


def _rounded(seconds: float) -> float:
    return round(seconds, _DIGITS)
