"""The screen after a session: what was done, what it means for the day, and how the neck feels now."""

from contextlib import suppress
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, Static

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.guide.programs import next_in_program
from stretch_coach.journal.glance import Glance, load_glance, next_sentence
from stretch_coach.journal.records import Outcome, StepOutcome, StepRecord
from stretch_coach.journal.sentences import streak_sentence, today_sentence
from stretch_coach.journal.sessions import list_steps
from stretch_coach.phrasing import minutes_and_seconds
from stretch_coach.routine.safety import Safety
from stretch_coach.routine.timeline import Segment
from stretch_coach.session.comfort import change_sentence
from stretch_coach.session.encouragement import gather, warm_sentence
from stretch_coach.session.live import FinishedSession
from stretch_coach.session.session_text import exercise_text
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.widgets.columns import Columns, Line
from stretch_coach.tui.widgets.day_strip import day_strip
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.scale import ENDS, NECK_QUESTION, Scale

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


class _Week(Widget, can_focus=False):
    """Shows the last seven days, in as many cells as there are.

    Args:
        glance: The day at a glance.
    """

    def __init__(self, glance: Glance) -> None:
        super().__init__(id="ending-week")
        self._glance = glance

    def render(self) -> Content:
        """Return the strip."""
        streak = self._glance.today.summary.streak
        lines = day_strip(self._glance.week, streak, self.size.width, minutes=True)
        return Content("\n").join(lines)


class EndingScreen(Screen[Feedback]):
    """Shows what was done; its result is what the user said about it.

    After a session that was stopped because it hurt, the stop signs come first, and nothing counts or asks for more.

    Args:
        context: The user's history and clock.
        safety: The safety texts.
        finished: The session.
        asks: Whether to ask how the neck feels.
        before: How the neck felt before the session, or None if it was not rated.
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
        align: center middle;
        #ending {
            width: 92; max-width: 100%; height: auto; max-height: 100%; padding: 1 3; scrollbar-size-vertical: 1;
            border: round $border; border-title-style: bold; border-title-color: $text-success;
        }
        #ending.-stopped { border-title-color: $text-error; }
        #ending.-partial, #ending.-interrupted { border-title-color: $text-accent; }
        #ending Static { height: auto; }
        #ending-what { text-style: bold; }
        #ending-warm { color: $text-accent; margin-bottom: 1; }
        #ending-week { height: 3; max-width: 56; }
        #ending-question { margin-top: 1; }
        #ending-change, #ending-steps { color: $text-muted; }
        #ending-hurt { margin-top: 1; }
        #ending-next, #ending-steps, Button { margin-top: 1; }
        &.-mid #ending { padding: 0 2; }
        &.-medium #ending { width: 80; }
        &.-mid Button, &.-low Button { height: 1; border: none !important; }
        &.-low Button { margin-top: 0; }
        &.-low #ending { padding: 0 1; border: none; border-top: solid $border; height: 1fr; }
        &.-low #ending-week { display: none; }
        &.-low #ending Static { margin: 0; }
    }
    """

    def __init__(
        self,
        context: Context,
        safety: Safety,
        finished: FinishedSession,
        *,
        asks: bool,
        before: int | None = None,
    ) -> None:
        super().__init__()
        self.context = context
        self._safety = safety
        self._finished = finished
        self._asks = asks
        self._before = before
        self._note = ""
        self._steps = self._read_steps()
        self._hurt_segment = self._find_stop()

    def compose(self) -> ComposeResult:
        """Lay out heading and result. If it hurt, the stop signs and the button that closes the screen come first."""
        outcome = self._finished.outcome
        with VerticalScroll(id="ending", can_focus=False, classes=f"-{outcome.value}"):
            if outcome is Outcome.STOPPED:
                yield from self._compose_stop()
            else:
                yield from self._compose_result()
        yield KeyFooter(show_command_palette=False)

    def _compose_result(self) -> ComposeResult:
        yield Static(self._what(), id="ending-what")
        glance, trouble = self._look()
        if glance:
            yield from self._compose_day(glance)
        if trouble:
            yield Static(Content(trouble), id="ending-trouble")
        yield from self._compose_question()
        yield Button("Close", variant="primary")
        if steps := self._step_lines():
            yield Static(Columns(*steps), id="ending-steps")

    def _compose_stop(self) -> ComposeResult:
        yield Static(Content("\n".join(self._stop_lines())), id="ending-stop")
        if self._hurt_segment:
            yield Static(Content(self._hurt_line()), id="ending-hurt")
        if self._finished.failure:
            yield Static(Content(f"Not recorded: {self._finished.failure}"), id="ending-trouble")
        yield Button("Close", variant="primary")
        yield from self._compose_question()

    def _compose_day(self, glance: Glance) -> ComposeResult:
        finished = self._finished
        if finished.record:
            facts = gather(glance, finished.record, finished.outcome, finished.done_seconds)
            yield Static(Content(warm_sentence(facts, len(glance.recent))), id="ending-warm")
        yield _Week(glance)
        summary = glance.today.summary
        streak = streak_sentence(summary) if summary.streak.length else ""
        sentences = [today_sentence(glance.today), streak, self._next(glance)]
        yield Static(Content(" ".join(filter(None, sentences))), id="ending-next")

    def _compose_question(self) -> ComposeResult:
        if self._asks:
            yield Static(NECK_QUESTION, id="ending-question")
            yield Scale(id="ending-scale")
            yield Static(self._below_scale(None), id="ending-change")

    def on_mount(self) -> None:
        """Focus the scale; after a session that hurt, the button that closes the screen, with the text at its top."""
        stopped = self._finished.outcome is Outcome.STOPPED
        self.query_one("#ending", VerticalScroll).border_title = _HEADINGS[self._finished.outcome]
        self.set_focus(self.query_one(Scale if self._asks and not stopped else Button), scroll_visible=False)
        if self._asks:
            self.watch(self.query_one(Scale), "value", self._rated, init=False)

    def _rated(self, value: int | None) -> None:
        self.query_one("#ending-change", Static).update(self._below_scale(value))

    def _below_scale(self, value: int | None) -> Content:
        """Return how the neck felt before and after, and what the ends of the scale mean."""
        return Content(f"{change_sentence(self._before, value)} {ENDS}".strip())

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

    def _what(self) -> Columns:
        """Return the routine, and how much of it was done."""
        finished = self._finished
        title = finished.record.title if finished.record else "Rehearsal"
        done, planned = minutes_and_seconds(finished.done_seconds), minutes_and_seconds(finished.timeline.total)
        return Columns(Line(Content(title), Content.styled(f"{done} of {planned}", "$text-accent")))

    def _look(self) -> tuple[Glance | None, str]:
        """Return the day at a glance, or why there is none."""
        if self._finished.record is None:
            return None, "This was a rehearsal: nothing was recorded."
        if self._finished.failure:
            return None, f"Not recorded: {self._finished.failure}"
        try:
            with self.context.history() as database:
                return load_glance(database, self.context.today, self.context.counting_rules), ""
        except CoachError as error:
            return None, str(error)

    def _next(self, glance: Glance) -> str:
        """Return what comes next in the program that runs, or by the plan; nothing on a day on which something hurt."""
        if glance.today.summary.hurt:
            return ""
        with suppress(CoachError):  # home says what is wrong with a program
            return next_in_program(self.context) or next_sentence(glance)
        return next_sentence(glance)

    def _hurt_line(self) -> str:
        if self._note:
            return f"Noted for your report. {self._note}"
        return f"Was it {exercise_text(self._hurt_segment)}? Press h to note that." if self._hurt_segment else ""

    def _step_lines(self) -> list[Line]:
        """Return a line for each set, with how it ended; none if all of them are done."""
        if self._steps is None:
            return []
        firsts = [self._finished.timeline.segments[indices.start] for indices in self._finished.timeline.sets]
        ended = [(self._step_words(first), exercise_text(first)) for first in firsts if first.exercise]
        if all(words == _STEP_WORDS[StepOutcome.DONE] for words, _ in ended):
            return []
        return [Line(Content(f"{words:<15} {name}")) for words, name in ended]

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
