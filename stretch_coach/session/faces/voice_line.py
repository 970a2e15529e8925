"""A session that is led by the voice: the terminal shows a single line."""

from typing import TextIO

from stretch_coach.journal.records import SessionRecord
from stretch_coach.routine.timeline import Segment
from stretch_coach.session.engine import Engine
from stretch_coach.session.events import Event, Finished, Paused, PauseReason, Resumed, SegmentStarted
from stretch_coach.session.faces.lines import ready_texts
from stretch_coach.session.prepare import PreparedSession
from stretch_coach.session.session_text import PAUSED_KEYS, Cautions, change_text, error_text, exercise_text
from stretch_coach.session.speaker import PlayedCue
from stretch_coach.text import clean, columns, cut_to_width, text_width


class VoiceFace:
    """Shows one line for those who listen.

    Args:
        out: Where to write.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._line = ""
        self._cautions = Cautions()
        self._prints_cautions = False

    async def ready(self, prepared: PreparedSession) -> None:
        """Print what will be done."""
        self._prints_cautions = not prepared.timing.speaks_cautions
        for sentence in ready_texts(prepared):
            self.warn(sentence)

    def count_in(self, seconds: int) -> None:
        """Show the seconds that are left."""
        self._draw(f"Starting in {seconds}")

    def start(self, record: SessionRecord | None) -> None:
        """Show nothing: the first segment follows."""

    def show(self, event: Event, engine: Engine, now: float) -> None:  # noqa: ARG002 - every face's signature
        """Show where the session is."""
        match event:
            case SegmentStarted(segment):
                for caution in self._cautions.new(segment) if self._prints_cautions else ():
                    self.warn(caution)
                self._draw(_place(segment, engine))
            case Paused():
                if event.reason is PauseReason.GAP:
                    self.warn(change_text(event))
                self._draw(PAUSED_KEYS)
            case Resumed():
                self._draw(_place(engine.segment, engine))
            case Finished():
                self._draw("")

    def tick(self, engine: Engine, now: float) -> None:
        """Show nothing: the voice counts."""

    def show_cue(self, played: PlayedCue) -> None:
        """Show nothing: the cue is heard."""

    def warn(self, sentence: str) -> None:
        """Print the warning on a line of its own."""
        self._draw("")
        self._out.write(f"{clean(sentence)}\n")
        self._out.flush()

    def _draw(self, line: str) -> None:
        line = cut_to_width(clean(line), columns() - 1)
        if line != self._line:
            blank = max(0, text_width(self._line) - text_width(line))
            self._out.write("\r" + line + " " * blank + ("" if line else "\r"))
            self._out.flush()
            self._line = line


def _place(segment: Segment, engine: Engine) -> str:
    error = error_text(segment, 0.0, segment.seconds)
    avoid = f"  Avoid: {error}" if error else ""
    return f"{segment.step}/{engine.timeline.steps}  {exercise_text(segment)}{avoid}"
