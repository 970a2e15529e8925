"""A session led by voice: nothing on the screen but one line."""

from typing import TextIO

from stretch_coach.cells import columns, cut_to_width, text_width
from stretch_coach.session.engine import Engine
from stretch_coach.session.events import Event, Finished, Paused, Resumed, SegmentStarted
from stretch_coach.session.speaker import Given
from stretch_coach.session.wording import exercise_text


class VoiceFace:
    """One line that says what is going on, for those who listen."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._shown = ""

    def show(self, event: Event, engine: Engine, now: float) -> None:  # noqa: ARG002 - a face may need the instant
        """Say in the one line where the session is."""
        match event:
            case SegmentStarted(segment):
                self._draw(f"{segment.step}/{engine.timeline.steps}  {exercise_text(segment)}")
            case Paused():
                self._draw("Paused: space goes on")
            case Resumed():
                self._draw(f"{engine.segment.step}/{engine.timeline.steps}  {exercise_text(engine.segment)}")
            case Finished():
                self._draw("")

    def look(self, engine: Engine, now: float) -> None:
        """The voice counts."""

    def hear(self, given: Given) -> None:
        """It is heard."""

    def warn(self, trouble: str) -> None:
        """Print it on a line of its own."""
        self._draw("")
        self._out.write(f"{trouble}\n")

    def _draw(self, line: str) -> None:
        line = cut_to_width(line, columns() - 1)
        if line != self._shown:
            blank = max(0, text_width(self._shown) - text_width(line))
            self._out.write("\r" + line + " " * blank + ("" if line else "\r"))
            self._out.flush()
            self._shown = line
