"""The pane before a session starts: what will be done, the cautions, and how the neck feels."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Button, Static

from stretch_coach.phrasing import count, minutes_and_seconds
from stretch_coach.routine.model import Routine
from stretch_coach.routine.safety import Safety
from stretch_coach.session.comfort import is_too_much
from stretch_coach.session.prepare import PreparedSession
from stretch_coach.tui.keymap import key_for
from stretch_coach.tui.widgets.scale import ENDS, Scale


class ReadyPane(VerticalScroll, can_focus=False):
    """Asks at most one question, which Enter skips.

    Args:
        routine: What will be done.
        safety: The safety texts.
        asks: Whether to ask how the neck feels.
        gentler: What to offer instead when the neck feels bad; None for nothing.
    """

    SCOPED_CSS = False  # how close things are depends on the size of the screen
    DEFAULT_CSS = """
    ReadyPane {
        height: 1fr;
        align-vertical: middle;
        scrollbar-size-vertical: 1;
        #ready-title { text-style: bold; color: $text-accent; margin-bottom: 1; }
        #ready-what { margin-bottom: 1; }
        #ready-offer { color: $text-accent; margin-bottom: 1; display: none; }
        #ready-cautions { color: $text-warning; margin-bottom: 1; }
        #ready-ends { color: $text-muted; margin-bottom: 1; }
        #ready-refusal { color: $text-error; }
        #ready-buttons { height: auto; }
        #ready-buttons Button { margin-right: 2; }
    }
    .-low ReadyPane { align-vertical: top; }
    .-low ReadyPane #ready-title { display: none; }
    .-low ReadyPane #ready-what, .-low ReadyPane #ready-cautions, .-low ReadyPane #ready-ends { margin-bottom: 0; }
    .-low ReadyPane #ready-offer { margin-bottom: 0; }
    .-mid ReadyPane #ready-buttons Button { height: 1; border: none; }
    .-mid ReadyPane #ready-title { margin-bottom: 0; }
    .-narrow ReadyPane #ready-buttons { layout: vertical; }
    """

    @dataclass
    class StartRequested(Message):
        """The user is ready. `comfort` is how the neck feels, from 0 to 10, or None if it was not rated."""

        comfort: int | None

    @dataclass
    class GentlerChosen(Message):
        """The user prefers the gentler routine."""

        routine: Routine

    @dataclass
    class OtherDosesChosen(Message):
        """The user prefers the other doses."""

    def __init__(self, routine: Routine, safety: Safety, *, asks: bool, gentler: Routine | None) -> None:
        super().__init__(id="ready")
        self._routine = routine
        self._safety = safety
        self._asks = asks
        self._gentler = gentler

    def compose(self) -> ComposeResult:
        """Yield the texts, the question and the buttons."""
        yield Static(Content(self._routine.title), id="ready-title")
        yield Static(Content(self._routine.file.summary or ""), id="ready-what")
        yield Static(id="ready-offer")
        yield Static(Content("\n".join([*self._routine.file.cautions, self._safety.session_line])), id="ready-cautions")
        if self._asks:
            yield Static("How does your neck feel? Enter to skip.", id="ready-question")
            yield Scale(id="ready-scale")
            yield Static(ENDS, id="ready-ends")
        yield Static(id="ready-refusal")
        with Horizontal(id="ready-buttons"):
            yield Button("Preparing…", id="ready-start", variant="primary", disabled=True)
            if self._gentler:
                yield Button(Content(f"{self._gentler.title} instead"), id="ready-instead")

    def on_mount(self) -> None:
        """Let the neck be rated while the session is being prepared."""
        if self._asks:  # without scrolling: in a low terminal, the cautions above come first
            self.query_one(Scale).focus(scroll_visible=False)

    @property
    def comfort(self) -> int | None:
        """The rating chosen so far, from 0 to 10, or None."""
        return self.query_one(Scale).value if self._asks else None

    def show_prepared(self, prepared: PreparedSession) -> None:
        """Show what will be done, and let the user start."""
        timeline = prepared.timeline
        length = f"{count(timeline.steps, 'step')} · {minutes_and_seconds(timeline.total)}"
        lines = [self._routine.file.summary or "", length, *prepared.notes, *prepared.warnings]
        self.query_one("#ready-what", Static).update(Content("\n".join(filter(None, lines))))
        if prepared.offer:
            offer = self.query_one("#ready-offer", Static)
            offer.update(Content(f"{prepared.offer} Press {key_for(self.screen, 'coach.doses')} for that."))
            offer.display = True
        start = self.query_one("#ready-start", Button)
        start.disabled = False
        start.label = "Resume" if prepared.resumption.first else "Start"
        if not self._asks:
            start.focus(scroll_visible=False)

    def wait_for_start(self) -> None:
        """Say that the session starts by itself as soon as it can."""
        self.query_one("#ready-start", Button).label = "Starting…"

    def refuses(self, comfort: int | None) -> bool:
        """Return whether the routine is too much for a neck with this rating; if so, say so."""
        too_much = is_too_much(self._routine, comfort)
        offer = f" {self._gentler.title} is made for days like this." if self._gentler else ""
        sentence = f"That is a lot. Leave this routine for another day.{offer}" if too_much else ""
        self.query_one("#ready-refusal", Static).update(Content(sentence))
        if too_much and self._gentler:
            self.query_one("#ready-instead", Button).focus()
        return too_much

    @on(Scale.Chosen)
    def _scale_chosen(self, message: Scale.Chosen) -> None:
        message.stop()
        self.post_message(self.StartRequested(message.value))

    @on(Button.Pressed, "#ready-start")
    def _start_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        self.post_message(self.StartRequested(self.comfort))

    @on(Click, "#ready-offer")
    def _offer_clicked(self) -> None:
        self.post_message(self.OtherDosesChosen())

    @on(Button.Pressed, "#ready-instead")
    def _instead_pressed(self, message: Button.Pressed) -> None:
        message.stop()
        if self._gentler:
            self.post_message(self.GentlerChosen(self._gentler))
