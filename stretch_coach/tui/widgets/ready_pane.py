"""What is shown before a session begins: what will be done, what to heed, and how the neck feels."""

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static

from stretch_coach.routine.model import Routine
from stretch_coach.routine.safety import Safety
from stretch_coach.session.comfort import is_too_much
from stretch_coach.session.resuming import Resumption
from stretch_coach.session.voicing import Stage
from stretch_coach.session.wording import clock_text
from stretch_coach.tui.widgets.scale import Scale


class ReadyPane(VerticalScroll, can_focus=False):
    """Asks at most one thing, which Enter skips.

    Args:
        routine: What will be done.
        safety: The safety texts.
        asks: Whether it asks how the neck feels.
        gentler: What is offered in place of the routine when the neck feels bad.
    """

    class Begun(Message):
        """The user is ready, with a neck that feels so; none if it was not told."""

        def __init__(self, comfort: int | None) -> None:
            super().__init__()
            self.comfort = comfort

    class Instead(Message):
        """The user would rather do another routine."""

        def __init__(self, routine: Routine) -> None:
            super().__init__()
            self.routine = routine

    def __init__(self, routine: Routine, safety: Safety, *, asks: bool, gentler: Routine | None) -> None:
        super().__init__(id="ready")
        self._routine = routine
        self._safety = safety
        self._asks = asks
        self._gentler = gentler

    def compose(self) -> ComposeResult:
        """Words, the question, and a button."""
        yield Static(id="ready-what")
        yield Static(Content("\n".join([*self._routine.file.cautions, self._safety.session_line])), id="ready-cautions")
        if self._asks:
            yield Static(
                "How does your neck feel now? 0 no discomfort, 10 the worst. Enter skips.", id="ready-question"
            )
            yield Scale(id="ready-scale")
        yield Static(id="ready-refusal")
        yield Button("Start", id="ready-start", variant="primary", disabled=True, compact=True)
        if self._gentler:
            yield Button(Content(f"{self._gentler.title} instead"), id="ready-instead", compact=True)

    @property
    def comfort(self) -> int | None:
        """What was chosen so far."""
        return self.query_one(Scale).value if self._asks else None

    def show_what(self, stage: Stage, resumption: Resumption | None, *, was_interrupted: bool) -> None:
        """Show what will be done, now that it is known.

        Args:
            stage: What will be done.
            resumption: Where it goes on, if it can.
            was_interrupted: Whether it was meant to go on.
        """
        timeline = stage.timeline
        steps = "1 step" if timeline.steps == 1 else f"{timeline.steps} steps"
        lines = [self._routine.file.summary or "", f"{steps}, {clock_text(timeline.total)}."]
        if timeline.total > self._routine.total_seconds:
            more = clock_text(timeline.total - self._routine.total_seconds)
            lines.append(f"That is {more} more than written, because what is new to you is explained.")
        if stage.trouble:
            lines.append(stage.trouble)
        if resumption:
            lines.append(f"It goes on at step {timeline.segments[resumption.first].step}.")
        elif was_interrupted:
            lines.append("The routine is another one by now: it begins anew.")
        self.query_one("#ready-what", Static).update(Content("\n".join(filter(None, lines))))
        start = self.query_one("#ready-start", Button)
        start.disabled = False
        start.label = "Go on" if resumption else "Start"
        (self.query_one(Scale) if self._asks else start).focus()

    def refuses(self, comfort: int | None) -> bool:
        """Whether the routine is too much for a neck that feels so; then it says so."""
        too_much = is_too_much(self._routine, comfort)
        offer = f" {self._gentler.title} is made for such a day." if self._gentler else ""
        words = f"That is a lot: leave this routine for today.{offer}" if too_much else ""
        self.query_one("#ready-refusal", Static).update(Content(words))
        if too_much and self._gentler:
            self.query_one("#ready-instead", Button).focus()
        return too_much

    @on(Scale.Chosen)
    def _scale_chosen(self, message: Scale.Chosen) -> None:
        message.stop()
        self.post_message(self.Begun(message.value))

    @on(Button.Pressed, "#ready-start")
    def _start_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        self.post_message(self.Begun(self.comfort))

    @on(Button.Pressed, "#ready-instead")
    def _instead_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        if self._gentler:
            self.post_message(self.Instead(self._gentler))
