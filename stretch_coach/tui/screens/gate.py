"""The warning signs, asked before the coach is used: one plain screen, all of them on it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Button, Footer, Static

from stretch_coach.routine.safety import RedFlag, Safety
from stretch_coach.session.gate import Verdict, by_gravity, judge
from stretch_coach.tui.widgets.sign import Sign


class GateScreen(Screen[bool]):
    """Ends with whether the user may go on."""

    HELP = (
        "Only you can answer these. Nothing is scored, and nothing but the day on which you answered is kept. "
        "If you are not sure about one, ask a health professional before you exercise."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "none", "None of these", id="gate.none", tooltip="None of these applies to me"),
        Binding("escape", "leave", "Leave", id="gate.leave", tooltip="Leave without answering"),
    ]

    def __init__(self, safety: Safety) -> None:
        super().__init__()
        self._safety = safety

    def compose(self) -> ComposeResult:
        """Each sign can be ticked; the answer is below."""
        yield Static(Content(self._safety.gate_intro), id="gate-intro")
        with VerticalScroll(id="gate-signs", can_focus=False):
            for action, flags in by_gravity(self._safety):
                yield Static(Content(action.label), classes="gate-action")
                for flag in flags:
                    yield Sign(flag.id, _words(flag))
        with Horizontal(id="gate-answers"):
            yield Button("None of these applies", id="gate-none", variant="primary")
            yield Button("The ticked ones apply", id="gate-ticked", disabled=True)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """The usual answer is ready to be given."""
        self.query_one("#gate-none").focus()

    @on(Sign.Ticked)
    def _ticked(self) -> None:
        ticked = bool(self._applies())
        self.query_one("#gate-ticked", Button).disabled = not ticked
        self.query_one("#gate-none", Button).disabled = ticked

    @on(Button.Pressed, "#gate-none")
    def action_none(self) -> None:
        """None applies, unless one is ticked."""
        if not self._applies():
            self.dismiss(True)

    @on(Button.Pressed, "#gate-ticked")
    def _answer(self) -> None:
        self.app.push_screen(VerdictScreen(judge(self._safety, self._applies())), self._heard)

    def _heard(self, go_on: bool | None) -> None:
        self.dismiss(bool(go_on))

    def action_leave(self) -> None:
        """Leave without an answer: the coach cannot be used then."""
        self.dismiss(False)

    def _applies(self) -> list[str]:
        return [sign.sign_id for sign in self.query(Sign) if sign.on]


class VerdictScreen(ModalScreen[bool]):
    """What to do about the signs that apply. Ends with whether the user may go on, and wants to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="verdict.close", tooltip="Leave the coach"),
    ]

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self._verdict = verdict

    def compose(self) -> ComposeResult:
        """What to do, and no other offer where there is to be none."""
        action = self._verdict.action
        with Vertical(classes="dialog"):
            if action:
                yield Static(Content(action.label), classes="dialog-title")
                yield Static(Content("\n".join([action.text, *self._verdict.advice])), id="verdict-text")
            with Horizontal(classes="dialog-buttons"):
                yield Button("Close", id="verdict-close", variant="primary")
                if self._verdict.may_go_on:
                    yield Button("I know, and go on", id="verdict-go-on")

    @on(Button.Pressed)
    def _pressed(self, message: Button.Pressed) -> None:
        self.dismiss(message.button.id == "verdict-go-on")

    def action_close(self) -> None:
        """Leave."""
        self.dismiss(False)


def _words(flag: RedFlag) -> str:
    """A sign with what counts of it."""
    signs = f" {'; '.join(flag.signs)}." if flag.signs else ""
    advice = f" {flag.advice}" if flag.advice else ""
    return f"{flag.ask}{signs}{advice}"
