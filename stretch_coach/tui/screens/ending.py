"""The screen after a session: what was done, what it means for the day, and how the neck feels now."""

from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Static

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.journal.records import Outcome, StepOutcome, StepRecord
from stretch_coach.journal.sentences import streak_sentence, today_sentence
from stretch_coach.journal.sessions import list_steps
from stretch_coach.journal.summary import load_today
from stretch_coach.phrasing import minutes_and_seconds
from stretch_coach.routine.safety import Safety
from stretch_coach.routine.timeline import Segment
from stretch_coach.session.live import FinishedSession
from stretch_coach.session.session_text import exercise_text
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.scale import NECK_QUESTION, Scale

_HEADINGS = {
    Outcome.COMPLETED: "Well done",
    Outcome.PARTIAL: "Ended early",
    Outcome.STOPPED: "Stopped because it hurt",
    Outcome.INTERRUPTED: "Interrupted",
}
_STEP_WORDS = {
    StepOutcome.DONE: "✓ done",
    StepOutcome.PARTIAL: "◐ partly done",
    StepOutcome.SKIPPED: "╌ skipped",
    StepOutcome.STOPPED: "■ stopped",
}
_NOT_REACHED = "· not reached"


class Feedback(NamedTuple):
    """The user's feedback about a session.

    Attributes:
        comfort: How the neck feels now, from 0 to 10, or None if it was not rated.
        note: What hurt, as a note on the session; empty for no note.
    """

    comfort: int | None = None
    note: str = ""


class EndingScreen(Screen[Feedback]):
    """Shows what was done; its result is what the user said about it.

    After a session that was stopped because it hurt, the stop signs come first and nothing mentions the streak.

    Args:
        context: The user's history and clock.
        safety: The safety texts.
        finished: The session.
        asks: Whether to ask how the neck feels.
    """

    HELP = "What you did is already saved. The rating is optional; press Enter to skip it."
    BINDINGS: ClassVar[list[BindingType]] = [
        # The footer names the first key that does not belong to the focused button or scale.
        Binding("enter,escape,space,q", "close", "Close", id="ending.close", tooltip="Close"),
        Binding("h", "hurt", "This hurt", id="ending.hurt", tooltip="Note which exercise hurt for your report"),
    ]
    AUTO_FOCUS = ""  # focusing a widget would scroll to it
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    EndingScreen {
        #ending { padding: 1 2; scrollbar-size-vertical: 1; }
        #ending-heading { text-style: bold; color: $text-success; }
        #ending-heading.-stopped { color: $text-error; }
        #ending-heading.-partial, #ending-heading.-interrupted { color: $text-accent; }
        #ending-stop { margin: 1 0; }
        #ending-hurt { margin-bottom: 1; }
        #ending-done, #ending-steps { margin: 1 0; }
        #ending-steps { color: $text-muted; }
        &.-low #ending { padding: 0 1; }
        &.-low #ending-stop, &.-low #ending-done, &.-low #ending-hurt { margin: 0; }
        &.-mid #ending { padding: 0 2; }
    }
    """

    def __init__(self, context: Context, safety: Safety, finished: FinishedSession, *, asks: bool) -> None:
        super().__init__()
        self.context = context
        self._safety = safety
        self._finished = finished
        self._asks = asks
        self._note = ""
        self._steps = self._read_steps()
        self._hurt_segment = self._find_stop()

    def compose(self) -> ComposeResult:
        """Lay out heading and result. If it hurt, the stop signs and the button that closes the screen come first."""
        outcome = self._finished.outcome
        stopped = outcome is Outcome.STOPPED
        with VerticalScroll(id="ending", can_focus=False):
            yield Static(_HEADINGS[outcome], id="ending-heading", classes=f"-{outcome.value}")
            if stopped:
                yield Static(Content("\n".join(self._stop_lines())), id="ending-stop")
                if self._hurt_segment:
                    yield Static(Content(self._hurt_line()), id="ending-hurt")
                yield Button("Close", variant="primary")
            yield Static(Content("\n".join(self._result_lines())), id="ending-done")
            if self._asks:
                yield Static(NECK_QUESTION, id="ending-question")
                yield Scale(id="ending-scale")
            yield Static(Content("\n".join(self._step_lines())), id="ending-steps")
            if not stopped:
                yield Button("Close", variant="primary")
        yield KeyFooter(show_command_palette=False)

    def on_mount(self) -> None:
        """Focus the scale; after a session that hurt, the button that closes the screen, with the text at its top."""
        waits_for_number = self._asks and self._finished.outcome is not Outcome.STOPPED
        self.set_focus(self.query_one(Scale if waits_for_number else Button), scroll_visible=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer to note what hurt only if something did."""
        return action != "hurt" or self._hurt_segment is not None

    @on(Scale.Chosen)
    @on(Button.Pressed)
    def action_close(self) -> None:
        """Close with the user's feedback."""
        self.dismiss(Feedback(self.query_one(Scale).value if self._asks else None, self._note))

    def action_hurt(self) -> None:
        """Note which exercise hurt, or withdraw that."""
        segment = self._hurt_segment
        if segment:
            self._note = "" if self._note else f"Hurt: {exercise_text(segment)}"
            line = self.query_one("#ending-hurt", Static)
            line.update(Content(self._hurt_line()))
            line.scroll_visible(animate=False)  # a low terminal shows only the signs above it

    def _stop_lines(self) -> list[str]:
        signs = [f"• {sign}" for sign in self._safety.stop_now]
        return [self._safety.stop_text, "", "These are signs to stop for the day:", *signs]

    def _result_lines(self) -> list[str]:
        finished = result = self._finished
        lines = [f"{minutes_and_seconds(result.done_seconds)} of {minutes_and_seconds(finished.timeline.total)}"]
        if finished.record is None:
            return [*lines, "This was a rehearsal: nothing was recorded."]
        if result.failure:
            return [*lines, f"Not recorded: {result.failure}"]
        if result.outcome is Outcome.STOPPED:
            return [*lines, "Rest for today. Your streak can wait."]
        try:
            with self.context.history() as database:
                today = load_today(database, self.context.today, self.context.counting_rules)
        except CoachError as error:
            return [*lines, str(error)]
        return [*lines, today_sentence(today), streak_sentence(today.summary)]

    def _hurt_line(self) -> str:
        if self._note:
            return f"Noted for your report. {self._note}"
        return f"Was it {exercise_text(self._hurt_segment)}? Press h to note that." if self._hurt_segment else ""

    def _step_lines(self) -> list[str]:
        """Return a line for each set: how it ended, and what it was."""
        if self._steps is None:
            return []
        firsts = [self._finished.timeline.segments[indices.start] for indices in self._finished.timeline.sets]
        return [f"{self._step_words(first):<15} {exercise_text(first)}" for first in firsts if first.exercise]

    def _step_words(self, first: Segment) -> str:
        step = self._steps.get((first.step, first.side)) if self._steps else None
        return _STEP_WORDS[step.outcome] if step else _NOT_REACHED

    def _find_stop(self) -> Segment | None:
        """Return the first segment of the set that was stopped because it hurt."""
        if self._finished.outcome is not Outcome.STOPPED:
            return None
        for indices in self._finished.timeline.sets:
            first = self._finished.timeline.segments[indices.start]
            step = (self._steps or {}).get((first.step, first.side))
            if first.exercise and step and step.outcome is StepOutcome.STOPPED:
                return first
        return None

    def _read_steps(self) -> dict[tuple[int, str | None], StepRecord] | None:
        """Return the recorded steps by number and side, or None if there are none or they cannot be read."""
        if self._finished.record is None:
            return None
        try:
            with self.context.history() as database:
                return {(step.number, step.side): step for step in list_steps(database, self._finished.record.id)}
        except CoachError:
            return None  # the result has the error
