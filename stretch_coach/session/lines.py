"""Line mode: a session as lines of text, with a live countdown where there is a terminal."""

from typing import TextIO

from stretch_coach.cells import columns, cut_to_width, text_width, wrap
from stretch_coach.routine.timeline import Segment
from stretch_coach.session.cues import cue_text
from stretch_coach.session.engine import Engine, State
from stretch_coach.session.events import Event, Extended, Finished, Paused, PauseReason, Resumed, SegmentStarted
from stretch_coach.session.speaker import Given
from stretch_coach.session.wording import clock_text, exercise_text, kind_text

_BAR_CELLS = 20
_INDENT = 5


class LineFace:
    """One line a segment, for pipes, files and logs."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def show(self, event: Event, engine: Engine, now: float) -> None:  # noqa: ARG002 - a face may need the instant
        """Print an event that a reader wants to know of."""
        match event:
            case SegmentStarted(segment, at):
                words = "" if segment.exercise is None and segment.say is None else cue_text(segment)
                self._print(f"{clock_text(at):>5}  {_segment_line(segment, engine)}  {words}")
            case Paused(reason=PauseReason.GAP, gap=gap):
                self._print(f"       Paused: nobody looked at the clock for {gap:.0f} seconds (sleep, or stopped).")
            case Paused():
                self._print("       Paused.")
            case Resumed():
                self._print("       Going on.")
            case Extended(seconds=seconds):
                self._print(f"       {seconds:.0f} seconds more.")

    def look(self, engine: Engine, now: float) -> None:
        """A line once printed stays as it is."""

    def hear(self, given: Given) -> None:
        """The segment's line has the words already."""

    def warn(self, trouble: str) -> None:
        """Print it among the lines."""
        self._print(f"       {trouble}")

    def _print(self, line: str) -> None:
        self._out.write(line.rstrip() + "\n")
        self._out.flush()


class LiveFace:
    """For a terminal: each segment's words, and below them one line that counts down."""

    def __init__(self, out: TextIO, *, can_resume: bool) -> None:
        self._out = out
        self._can_resume = can_resume
        self._live = ""
        self._full, self._empty = _bar_characters(out)

    def show(self, event: Event, engine: Engine, now: float) -> None:
        """Print what happened and go on counting below it."""
        match event:
            case SegmentStarted(segment):
                self._print_wrapped(_segment_line(segment, engine))
                self._print_wrapped(" " * _INDENT + cue_text(segment))
            case Paused(reason=PauseReason.GAP, gap=gap):
                self._print(f"     Paused, because nothing happened for {gap:.0f} seconds (sleep, or stopped).")
            case Extended(seconds=seconds):
                self._print(f"     {seconds:.0f} seconds more.")
            case Finished():
                self._erase()
        self.look(engine, now)

    def look(self, engine: Engine, now: float) -> None:
        """Draw the countdown anew if it changed."""
        if engine.state is State.FINISHED:
            return
        segment = engine.segment
        total = engine.timeline.total
        gone = min(segment.end, segment.start + engine.into(now)) / total
        full = round(gone * _BAR_CELLS)
        bar = self._full * full + self._empty * (_BAR_CELLS - full)
        line = f"     {clock_text(engine.remaining(now))}  {kind_text(segment)}  {bar} {int(gone * 100)}%"
        if engine.state is State.PAUSED:
            line += "  Paused: space goes on, q ends" if self._can_resume else "  Paused"
        self._draw(line)

    def hear(self, given: Given) -> None:
        """The words stand above the countdown already."""

    def warn(self, trouble: str) -> None:
        """Print it above the countdown."""
        self._print_wrapped(f"     {trouble}")

    def _draw(self, line: str) -> None:
        room = columns() - 1
        line = cut_to_width(line, room)
        if line == self._live:
            return
        blank = max(0, text_width(self._live) - text_width(line))
        self._out.write("\r" + line + " " * min(blank, room - text_width(line)))
        self._out.flush()
        self._live = line

    def _erase(self) -> None:
        if self._live:
            width = min(text_width(self._live), columns() - 1)
            self._out.write("\r" + " " * width + "\r")
            self._out.flush()
            self._live = ""

    def _print_wrapped(self, line: str) -> None:
        self._print(wrap(line, columns() - 1, indent=" " * _INDENT))

    def _print(self, line: str) -> None:
        self._erase()
        self._out.write(line.rstrip() + "\n")
        self._out.flush()


def _segment_line(segment: Segment, engine: Engine) -> str:
    seconds = f"{segment.seconds:g} s"
    place = f"{segment.step}/{engine.timeline.steps}"
    what = exercise_text(segment)
    return (
        f"{place:<4} {what}, {seconds}"
        if segment.exercise is None
        else (f"{place:<4} {what}: {kind_text(segment)}, {seconds}")
    )


def _bar_characters(out: TextIO) -> tuple[str, str]:
    try:
        "█░".encode(out.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return "#", "."
    return "█", "░"
