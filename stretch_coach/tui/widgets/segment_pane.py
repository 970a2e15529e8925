"""The words of the current segment: the exercise and side, what to do, the countdown, what is said, what comes next."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from stretch_coach.journal.records import Outcome
from stretch_coach.routine.fields import fill_side
from stretch_coach.routine.timeline import Segment, SegmentKind, Timeline
from stretch_coach.session.events import Paused, PauseReason
from stretch_coach.session.session_text import change_text, cue_text, kind_text, next_text
from stretch_coach.session.speaker import PlayedCue
from stretch_coach.tui.widgets.countdown import Countdown, SegmentBar

_ENDINGS = {
    Outcome.COMPLETED: "Well done.",
    Outcome.STOPPED: "Stopped.",
    Outcome.PARTIAL: "Ended.",
    Outcome.INTERRUPTED: "Interrupted.",
}


class SegmentPane(Vertical):
    """Shows one segment at a time."""

    def compose(self) -> ComposeResult:
        """Yield a line or a few for each thing to know."""
        yield Static(id="segment-space")
        yield Static(id="segment-place")
        yield Static(id="segment-exercise")
        yield Static(id="segment-side")
        with Horizontal(id="segment-clock"):
            yield Countdown(id="countdown")
            yield Static(id="segment-kind")
        yield SegmentBar(id="segment-bar")
        yield Static(id="segment-words")
        yield Static(id="segment-caption")
        yield Static(id="segment-caution")
        yield Static(id="segment-next")

    def show_segment(self, segment: Segment, timeline: Timeline, *, explained: bool) -> None:
        """Show a segment from its start.

        Args:
            segment: The segment.
            timeline: The timeline it belongs to.
            explained: Whether to show all instructions while the user gets ready.
        """
        exercise = segment.exercise
        self._kind = kind_text(segment)
        self._update("segment-place", f"{segment.step} of {timeline.steps}")
        self._update("segment-exercise", exercise.name if exercise else "Rest")
        self._update("segment-side", f"{segment.side.upper()} SIDE" if segment.side else "")
        self.query_one("#segment-side", Static).display = segment.side is not None
        self._update("segment-words", _instructions(segment, explained=explained))
        self._update("segment-caption", "")
        self._update("segment-caution", _cautions(segment))
        self._update("segment-next", next_text(timeline, segment))
        self._update("segment-kind", self._kind)
        self.count(segment.seconds, segment.seconds)

    def count(self, left: float, length: float) -> None:
        """Show how many of the segment's seconds are left."""
        self.query_one(Countdown).count(left)
        self.query_one(SegmentBar).fill(1 - left / length)

    def count_in(self, seconds: int) -> None:
        """Count down to the first segment."""
        self.query_one(Countdown).count(seconds)
        self._update("segment-kind", "starting")

    def show_cue(self, played: PlayedCue) -> None:
        """Show what is said."""
        self._update("segment-caption", f"“{played.cue.text}”")

    def warn(self, sentence: str) -> None:
        """Show a sentence in place of what is said."""
        self._update("segment-caption", sentence)

    def pause(self, event: Paused) -> None:
        """Show that the session is paused, and why unless the user asked for it."""
        self._set_paused(paused=True)
        self._update("segment-kind", "paused")
        reason = f"{change_text(event)} " if event.reason is PauseReason.GAP else ""
        self.warn(f"{reason}Press space to resume.")

    def resume(self) -> None:
        """Show that the session runs again."""
        self._set_paused(paused=False)
        self._update("segment-kind", self._kind)
        self.warn("")

    def finish(self, outcome: Outcome) -> None:
        """Show that the session is over."""
        self._update("segment-kind", "")
        self._update("segment-words", _ENDINGS[outcome])
        self._update("segment-caution", "")
        self._update("segment-next", "")

    def _set_paused(self, *, paused: bool) -> None:
        self.query_one(Countdown).set_class(paused, "-paused")
        self.query_one(SegmentBar).set_class(paused, "-paused")

    def _update(self, id_: str, text: str) -> None:
        self.query_one(f"#{id_}", Static).update(Content(text))


def _instructions(segment: Segment, *, explained: bool) -> str:
    """Return what to do; for someone new to the exercise all of it, one line each."""
    exercise = segment.exercise
    if exercise and explained and segment.kind is SegmentKind.PREPARE:
        return "\n".join(fill_side(line, segment.side) for line in exercise.instructions)
    return cue_text(segment)


def _cautions(segment: Segment) -> str:
    """Return the cautions before the exercise, and its intensity before and during it."""
    exercise = segment.exercise
    if exercise is None or segment.kind is SegmentKind.REST:
        return ""
    intensity = f"Effort: {exercise.intensity}"
    if segment.kind is SegmentKind.PREPARE or exercise.locked:
        return "\n".join([*exercise.cautions, intensity])
    return intensity
