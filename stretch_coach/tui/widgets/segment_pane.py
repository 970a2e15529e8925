"""The words of the current segment: the exercise and side, what to do, the countdown, what is said, what comes next."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from stretch_coach.journal.records import Outcome
from stretch_coach.routine.fields import fill_side
from stretch_coach.routine.timeline import Segment, SegmentKind, Timeline
from stretch_coach.session.events import Paused, PauseReason
from stretch_coach.session.session_text import change_text, cue_text, error_text, kind_text, moment_text, next_text
from stretch_coach.session.speaker import PlayedCue
from stretch_coach.tui.keymap import key_for
from stretch_coach.tui.transitions import fade_in_text
from stretch_coach.tui.widgets.countdown import Countdown, SegmentBar

_ENDINGS = {
    Outcome.COMPLETED: "Well done.",
    Outcome.STOPPED: "Stopped.",
    Outcome.PARTIAL: "Ended.",
    Outcome.INTERRUPTED: "Interrupted.",
}


_NEXT = "Next: "


class SegmentPane(Vertical):
    """Shows one segment at a time, what matters most in the largest letters."""

    _side = ""
    _kind = ""
    _name = ""
    _segment: Segment | None = None
    _moment = ("", "")

    SCOPED_CSS = False  # how much is shown depends on the size of the screen
    DEFAULT_CSS = """
    SegmentPane {
        height: 1fr;
        #segment-space { height: 0; }
        #segment-exercise { text-style: bold; height: auto; }
        #segment-place { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #countdown { margin-top: 1; }
        #segment-bar { max-width: 60; margin-top: 1; }
        #segment-words { height: auto; margin-top: 1; }
        #segment-caption { height: auto; min-height: 1; color: $text-secondary; text-style: italic; }
        #segment-caution { height: auto; color: $text-warning; }
        .segment-fact { height: auto; }
        .segment-label { width: 8; color: $text-muted; }
        .segment-value { width: 1fr; height: auto; color: $text-muted; }
        #segment-facts { height: auto; margin-top: 1; }
        .-empty { display: none; }
    }
    .-low SegmentPane {
        #countdown, #segment-bar, #segment-words, #segment-facts { margin-top: 0; }
        #segment-caution, #segment-effort { display: none; }
    }
    .-mid SegmentPane #segment-bar { margin-top: 0; }
    .-digits-5 SegmentPane #countdown { height: 5; }
    .-digits-8 SegmentPane #countdown { height: 8; }
    .-digits-10 SegmentPane #countdown { height: 10; }
    .-digits-5 SegmentPane #segment-space { height: 1; }
    .-high SegmentPane #segment-space { height: 12%; }
    .-digits-8 SegmentPane #segment-space { height: 16%; }
    .-digits-10 SegmentPane #segment-space { height: 20%; }
    .-high SegmentPane #segment-caption { margin-top: 1; }
    """

    def compose(self) -> ComposeResult:
        """Yield a line or a few for each thing to know."""
        yield Static(id="segment-space")
        yield Static(id="segment-exercise")
        yield Static(id="segment-place")
        yield Countdown(id="countdown")
        yield SegmentBar(id="segment-bar")
        yield Static(id="segment-words")
        yield Static(id="segment-caption")
        yield Static(id="segment-caution")
        with Vertical(id="segment-facts"):
            for id_, label in (("segment-effort", "Effort"), ("segment-next", "Next"), ("segment-avoid", "Avoid")):
                with Horizontal(classes="segment-fact", id=id_):
                    yield Static(label, classes="segment-label")
                    yield Static(classes="segment-value")

    def show_segment(self, segment: Segment, timeline: Timeline, *, explained: bool) -> None:
        """Show a segment from its start.

        Args:
            segment: The segment.
            timeline: The timeline it belongs to.
            explained: Whether to show all instructions while the user gets ready.
        """
        exercise = segment.exercise
        name = exercise.name if exercise else "Rest"
        if name != self._name:
            self._name = name
            fade_in_text(self.query_one("#segment-exercise", Static))
            fade_in_text(self.query_one("#segment-words", Static))
        self._side = f"{segment.side.upper()} SIDE" if segment.side else ""
        self._kind = kind_text(segment)
        self._update("segment-exercise", name)
        self._show_place(self._kind if exercise else "")
        self._update("segment-words", _instructions(segment, explained=explained))
        self._update("segment-caption", "")
        self._show_cautions(_cautions(segment))
        self._show_fact("segment-effort", _effort(segment))
        self._show_fact("segment-next", next_text(timeline, segment).removeprefix(_NEXT))
        self._segment, self._moment = segment, ("", "")
        self.count(segment.seconds, segment.seconds)

    def count(self, left: float, length: float) -> None:
        """Show how many of the segment's seconds are left, and what belongs to this moment of it."""
        self.query_one(Countdown).count(left)
        self.query_one(SegmentBar).fill(1 - left / length)
        self._show_moment(length - left, length)

    def _show_moment(self, elapsed: float, length: float) -> None:
        """Show which way the air goes, and what to avoid."""
        segment = self._segment
        if segment is None:
            return
        before, self._moment = self._moment, (moment_text(segment, elapsed), error_text(segment, elapsed, length))
        if self._moment[0] != before[0] and segment.kind is SegmentKind.HOLD:
            self._update("segment-words", self._moment[0])
        if self._moment[1] != before[1] or not before[0]:
            self._show_fact("segment-avoid", self._moment[1])

    def count_in(self, seconds: int) -> None:
        """Count down to the first segment."""
        self.query_one(Countdown).count(seconds)
        self._show_place("starting")

    def show_cue(self, played: PlayedCue) -> None:
        """Show what is said."""
        self._update("segment-caption", f"“{played.cue.text}”")

    def warn(self, sentence: str) -> None:
        """Show a sentence in place of what is said."""
        self._update("segment-caption", sentence)

    def pause(self, event: Paused) -> None:
        """Show that the session is paused, and why unless the user asked for it."""
        self._set_paused(paused=True)
        self._show_place("paused", "$text-warning bold")
        reason = f"{change_text(event)} " if event.reason is PauseReason.GAP else ""
        self.warn(f"{reason}Press {key_for(self.screen, 'coach.pause')} to resume.")

    def resume(self) -> None:
        """Show that the session runs again."""
        self._set_paused(paused=False)
        self._show_place(self._kind)
        self.warn("")

    def finish(self, outcome: Outcome) -> None:
        """Show that the session is over."""
        self._show_place("")
        self._update("segment-words", _ENDINGS[outcome])
        self._show_cautions("")
        self._segment = None
        for id_ in ("segment-avoid", "segment-effort", "segment-next"):
            self._show_fact(id_, "")

    def _set_paused(self, *, paused: bool) -> None:
        self.query_one(Countdown).set_class(paused, "-paused")
        self.query_one(SegmentBar).set_class(paused, "-paused")

    def _show_place(self, words: str, style: str = "") -> None:
        """Show the side, and what is done now."""
        between = " · " if self._side and words else ""
        place = Content.assemble((self._side, "$text-accent bold"), between, (words, style))
        self.query_one("#segment-place", Static).update(place)

    def _show_cautions(self, words: str) -> None:
        self.query_one("#segment-caution", Static).set_class(not words, "-empty")
        self._update("segment-caution", words)

    def _show_fact(self, id_: str, words: str) -> None:
        fact = self.query_one(f"#{id_}", Horizontal)
        fact.set_class(not words, "-empty")
        fact.query_one(".segment-value", Static).update(Content(words))

    def _update(self, id_: str, text: str) -> None:
        self.query_one(f"#{id_}", Static).update(Content(text))


def _instructions(segment: Segment, *, explained: bool) -> str:
    """Return what to do; for someone new to the exercise all of it, one line each."""
    exercise = segment.exercise
    if exercise and explained and segment.kind is SegmentKind.PREPARE:
        return "\n".join(fill_side(line, segment.side) for line in exercise.instructions)
    return cue_text(segment)


def _cautions(segment: Segment) -> str:
    """Return the cautions while the user gets ready, and throughout if a clinician had to teach the exercise."""
    exercise = segment.exercise
    if exercise is None or segment.kind is SegmentKind.REST:
        return ""
    return "\n".join(exercise.cautions) if segment.kind is SegmentKind.PREPARE or exercise.locked else ""


def _effort(segment: Segment) -> str:
    """Return how much effort the exercise takes, or an empty text for a rest."""
    return segment.exercise.intensity if segment.exercise and segment.kind is not SegmentKind.REST else ""
