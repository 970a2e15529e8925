"""Line mode: a session as lines of text, with a live countdown on a terminal."""

import math
from typing import TextIO

from stretch_coach.journal.records import SessionRecord
from stretch_coach.phrasing import count, minutes_and_seconds, percent
from stretch_coach.routine.timeline import SegmentKind
from stretch_coach.session.engine import Engine, State
from stretch_coach.session.events import Event, Extended, Finished, Paused, PauseReason, Resumed, SegmentStarted
from stretch_coach.session.input.keys import KEYS_HELP
from stretch_coach.session.prepare import PreparedSession
from stretch_coach.session.session_text import (
    PAUSED_KEYS,
    Cautions,
    Errors,
    change_text,
    extra_text,
    heading_text,
    kind_text,
    moment_text,
)
from stretch_coach.session.speaker import PlayedCue
from stretch_coach.text import clean, columns, cut_to_width, text_width, wrap

_BAR_CELLS = 20
_INDENT = " " * 7
_LIVE_INDENT = " " * 5


class LineFace:
    """Shows one line for each segment: for pipes, files and logs.

    Args:
        out: Where to write.
        has_keys: Whether there is a keyboard, so that the keys are worth a line.
    """

    def __init__(self, out: TextIO, *, has_keys: bool = False) -> None:
        self._out = out
        self._has_keys = has_keys
        self._counts_in = False
        self._cautions, self._errors = Cautions(), Errors()

    async def ready(self, prepared: PreparedSession) -> None:
        """Print what will be done."""
        for text in ready_texts(prepared):
            self._print(text)
        if self._has_keys:
            self._print(KEYS_HELP)
        self._print("")

    def count_in(self, seconds: int) -> None:
        """Print when the session starts, once."""
        if not self._counts_in:
            self._counts_in = True
            self._print(f"{_INDENT}Starting in {seconds} s.")

    def start(self, record: SessionRecord | None) -> None:
        """Print nothing: the first segment follows."""

    def show(self, event: Event, engine: Engine, now: float) -> None:  # noqa: ARG002 - every face's signature
        """Print an event that a reader wants to know about."""
        match event:
            case SegmentStarted(segment, at):
                place = f"{segment.step}/{engine.timeline.steps}"
                heading = f"{heading_text(segment)}, {segment.seconds:g} s"
                self._print(f"{minutes_and_seconds(at):>5}  {place}  {heading}  {extra_text(segment)}")
                for text in (*self._errors.new(segment), *self._cautions.new(segment)):
                    self._print(f"{_INDENT}{text}")
            case Paused() | Resumed() | Extended():
                self._print(f"{_INDENT}{change_text(event)}")

    def tick(self, engine: Engine, now: float) -> None:
        """Print nothing: there is no countdown."""

    def show_cue(self, played: PlayedCue) -> None:
        """Print nothing: the segment's line has the words."""

    def warn(self, sentence: str) -> None:
        """Print the warning between the lines."""
        self._print(f"{_INDENT}{sentence}")

    def _print(self, line: str) -> None:
        self._out.write(clean(line).rstrip() + "\n")
        self._out.flush()


class LiveFace(LineFace):
    """Shows the words of each segment, and below them one line that counts down: for terminals."""

    def __init__(self, out: TextIO, *, has_keys: bool) -> None:
        super().__init__(out, has_keys=has_keys)
        self._live = ""
        self._full, self._empty = _bar_characters(out)

    def count_in(self, seconds: int) -> None:
        """Show the seconds that are left."""
        self._draw(f"{_LIVE_INDENT}Starting in {seconds}")

    def show(self, event: Event, engine: Engine, now: float) -> None:
        """Print what happened, and count down below it."""
        match event:
            case SegmentStarted(segment):
                place = f"{segment.step}/{engine.timeline.steps}"
                self._print(f"{place:<4} {heading_text(segment)}, {segment.seconds:g} s")
                for text in (extra_text(segment), *self._errors.new(segment), *self._cautions.new(segment)):
                    if text:
                        self._print(f"{_LIVE_INDENT}{text}")
            case Paused(reason=PauseReason.GAP) | Extended():
                self._print(f"{_LIVE_INDENT}{change_text(event)}")
            case Finished():
                self._erase()
        self.tick(engine, now)

    def tick(self, engine: Engine, now: float) -> None:
        """Draw the countdown if it changed."""
        if engine.state is State.FINISHED:
            return
        left = minutes_and_seconds(math.ceil(engine.remaining(now)))
        progress = self._paused_text() if engine.state is State.PAUSED else self._bar(engine, now)
        self._draw(f"{_LIVE_INDENT}{left}  {self._now_text(engine, now)}  {progress}")

    def warn(self, sentence: str) -> None:
        """Print the warning above the countdown."""
        self._print(f"{_LIVE_INDENT}{sentence}")

    def _now_text(self, engine: Engine, now: float) -> str:
        """Return what happens now; in a breath, also which way the air goes."""
        segment, elapsed = engine.segment, engine.segment_elapsed(now)
        if not (segment.exercise and segment.exercise.figure.breath and segment.kind is SegmentKind.HOLD):
            return kind_text(segment)
        return f"{kind_text(segment)}  {moment_text(segment, elapsed)}"

    def _paused_text(self) -> str:
        return PAUSED_KEYS if self._has_keys else "Paused"

    def _bar(self, engine: Engine, now: float) -> str:
        """Return how much of the routine is over, as a bar and in whole percent that are over."""
        segment = engine.segment
        done = min(segment.end, segment.start + engine.segment_elapsed(now)) / engine.timeline.total
        full = round(done * _BAR_CELLS)
        return f"{self._full * full}{self._empty * (_BAR_CELLS - full)} {percent(math.floor(done * 100) / 100)}"

    def _draw(self, line: str) -> None:
        width = columns() - 1
        line = cut_to_width(clean(line), width)
        if line == self._live:
            return
        blank = max(0, text_width(self._live) - text_width(line))
        self._out.write("\r" + line + " " * min(blank, width - text_width(line)))
        self._out.flush()
        self._live = line

    def _erase(self) -> None:
        if self._live:
            width = min(text_width(self._live), columns() - 1)
            self._out.write("\r" + " " * width + "\r")
            self._out.flush()
            self._live = ""

    def _print(self, line: str) -> None:
        self._erase()
        super()._print(wrap(line, columns() - 1, indent=_LIVE_INDENT))


def ready_texts(prepared: PreparedSession) -> list[str]:
    """Return what will be done and how long it takes, and what else to say before it starts."""
    timeline = prepared.timeline
    title = f"{prepared.routine.title}: {count(timeline.steps, 'step')}, {minutes_and_seconds(timeline.total)}"
    offer = [f"{prepared.offer} For that, start with --other-doses."] if prepared.offer else []
    return [title, *prepared.notes, *offer, *prepared.warnings]


def _bar_characters(out: TextIO) -> tuple[str, str]:
    try:
        "█░".encode(out.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return "#", "."
    return "█", "░"
