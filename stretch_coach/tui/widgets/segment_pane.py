"""The words of the segment under way: exercise and side, what to do, the countdown, what is said, what comes next."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from stretch_coach.journal.records import Outcome
from stretch_coach.routine.text import fill_side
from stretch_coach.routine.timeline import Segment, SegmentKind, Timeline
from stretch_coach.session.cues import cue_text
from stretch_coach.session.events import PauseReason
from stretch_coach.session.speaker import Given
from stretch_coach.session.wording import following_text, kind_text
from stretch_coach.tui.widgets.countdown import Countdown

_OVER = {Outcome.COMPLETED: "Well done.", Outcome.STOPPED: "Stopped.", Outcome.PARTIAL: "Ended."}


class SegmentPane(Vertical):
    """Shows one segment at a time."""

    def compose(self) -> ComposeResult:
        """A line or a few for each thing to know."""
        yield Static(id="segment-place")
        yield Static(id="segment-exercise")
        yield Static(id="segment-side")
        yield Static(id="segment-words")
        with Horizontal(id="segment-clock"):
            yield Countdown(id="countdown")
            yield Static(id="segment-kind")
        yield Static(id="segment-caption")
        yield Static(id="segment-caution")
        yield Static(id="segment-next")

    def show_segment(self, segment: Segment, timeline: Timeline, *, explained: bool) -> None:
        """Show a segment from its beginning.

        Args:
            segment: What is under way.
            timeline: All of it.
            explained: Whether the full instructions are shown while one gets ready.
        """
        exercise = segment.exercise
        self._say("segment-place", f"{segment.step} of {timeline.steps}")
        self._say("segment-exercise", exercise.name if exercise else "Rest")
        self._say("segment-side", f"{segment.side.upper()} SIDE" if segment.side else "")
        self.query_one("#segment-side").display = segment.side is not None
        self._say("segment-words", _words(segment, explained=explained))
        self._say("segment-caption", "")
        self._say("segment-caution", _caution(segment))
        self._say("segment-next", following_text(timeline, segment))
        self._say_kind(kind_text(segment))
        self.count(segment.seconds)
        self._kind = kind_text(segment)

    def count(self, left: float) -> None:
        """Show how many seconds are left."""
        self.query_one(Countdown).count(left)

    def lead_in(self, left: int) -> None:
        """Count to the first segment."""
        self.count(left)
        self._say_kind("starting")

    def caption(self, given: Given) -> None:
        """Show what is said."""
        self._say("segment-caption", f"“{given.cue.text}”")

    def tell(self, sentence: str) -> None:
        """Show a sentence where captions stand."""
        self._say("segment-caption", sentence)

    def pause(self, reason: PauseReason, gap: float) -> None:
        """Say that the session stands still, and why if nobody asked for it."""
        self.query_one(Countdown).add_class("-paused")
        self._say_kind("paused")
        slept = f"Nobody looked at the clock for {gap:.0f} seconds: the machine slept, or the program was stopped. "
        self.tell(f"{slept if reason is PauseReason.GAP else ''}Space goes on.")

    def go_on(self) -> None:
        """Say that it goes on."""
        self.query_one(Countdown).remove_class("-paused")
        self._say_kind(self._kind)
        self.tell("")

    def finish(self, outcome: Outcome) -> None:
        """Say that it is over."""
        self._say_kind("")
        self._say("segment-words", _OVER.get(outcome, "Interrupted."))
        self._say("segment-caution", "")
        self._say("segment-next", "")

    def _say_kind(self, words: str) -> None:
        self._say("segment-kind", words)

    def _say(self, id_: str, words: str) -> None:
        self.query_one(f"#{id_}", Static).update(Content(words))


def _words(segment: Segment, *, explained: bool) -> str:
    """What to do; to someone new to it all of it, a line each."""
    exercise = segment.exercise
    if exercise and explained and segment.kind is SegmentKind.PREPARE:
        return "\n".join(fill_side(line, segment.side) for line in exercise.instructions)
    return cue_text(segment)


def _caution(segment: Segment) -> str:
    """What to heed at the moment at which it matters: before and while one does it."""
    exercise = segment.exercise
    if exercise is None or segment.kind is SegmentKind.REST:
        return ""
    strength = f"How strong: {exercise.intensity}."
    if segment.kind is SegmentKind.PREPARE or exercise.locked:
        return "\n".join([*exercise.cautions, strength]) if exercise.cautions else strength
    return strength
