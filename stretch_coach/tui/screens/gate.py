"""The warning signs, asked before the coach may be used."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Button, Static

from stretch_coach.routine.safety import Safety
from stretch_coach.session.warning_signs import Verdict, by_gravity, judge
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.dialogs import ConfirmDialog
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.warning_sign import WarningSignCheckbox


class GateScreen(Screen[bool]):
    """Asks about the warning signs; its result is whether the user may continue.

    None of them can be ruled out before the last one has been on the screen.

    Args:
        safety: The safety texts.
    """

    HELP = (
        "Only you can answer these. Nothing is scored, and only the day of your answer is kept. "
        "If you are not sure about a sign, ask a health professional before you exercise."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "none", "None of these", id="gate.none", tooltip="None of these apply to me"),
        Binding("escape", "leave", "Quit", id="gate.leave", tooltip="Quit without an answer"),
    ]
    AUTO_FOCUS = ""  # focusing a widget would scroll to it
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    GateScreen {
        #gate-intro { text-style: bold; color: $text-accent; padding: 0 1; }
        #gate-signs { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        .gate-action { text-style: bold; color: $text-warning; margin-top: 1; }
        #gate-answers { height: auto; padding: 0 1; }
        Button { margin-right: 2; }
        &.-narrow #gate-answers { layout: vertical; }
    }
    """

    _signs = query_one("#gate-signs", VerticalScroll)
    _none = query_one("#gate-none", Button)
    _ticked = query_one("#gate-ticked", Button)

    def __init__(self, safety: Safety) -> None:
        super().__init__()
        self._safety = safety
        self._saw_all = False

    def compose(self) -> ComposeResult:
        """Lay out the signs above the answers."""
        yield Static(Content(self._safety.gate_intro), id="gate-intro")
        with VerticalScroll(id="gate-signs", can_focus=False):
            for action, flags in by_gravity(self._safety):
                yield Static(Content(action.label), classes="gate-action")
                for flag in flags:
                    yield WarningSignCheckbox(flag.id, flag.text)
        with Horizontal(id="gate-answers"):
            yield Button("None of these apply", id="gate-none", variant="primary", disabled=True)
            yield Button("The ones I ticked apply", id="gate-ticked", disabled=True)
        yield KeyFooter(show_command_palette=False)

    def on_mount(self) -> None:
        """Start at the top, and watch how far the user reads."""
        self.set_focus(self.query(WarningSignCheckbox).first(), scroll_visible=False)
        self.watch(self._signs, "scroll_y", self._read_on)
        self.call_after_refresh(self._read_on)

    def on_resize(self) -> None:
        """Check whether all signs fit now."""
        self.call_after_refresh(self._read_on)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Show the key for no sign, but disable it while the button is disabled."""
        return (None if self._none.disabled else True) if action == "none" and self.is_mounted else True

    @on(Button.Pressed, "#gate-none")
    def action_none(self) -> None:
        """Continue, because no sign applies."""
        self.dismiss(True)

    @on(Button.Pressed, "#gate-ticked")
    def action_judge(self) -> None:
        """Show what the ticked signs mean."""
        self.app.push_screen(_verdict_dialog(judge(self._safety, self._applying())), self._judged)

    def action_read(self, by: int) -> None:
        """Show more of a sign that is taller than the screen, or move to the next (1) or the previous (-1)."""
        sign, window = self.focused, self._signs.scrollable_content_region
        if sign is None:
            return
        hidden = sign.region.bottom - window.bottom if by > 0 else window.y - sign.region.y
        if hidden > 0:
            self._signs.scroll_relative(y=by * min(hidden, max(1, window.height - 2)), animate=False)
        elif by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_leave(self) -> None:
        """Quit without an answer."""
        self.dismiss(False)

    @on(WarningSignCheckbox.Changed)
    def _update_answers(self) -> None:
        ticked = bool(self._applying())
        self._ticked.disabled = not ticked
        self._none.disabled = ticked or not self._saw_all
        self.refresh_bindings()

    def _read_on(self) -> None:
        if not self._saw_all and self._signs.size.height and self._signs.is_vertical_scroll_end:
            self._saw_all = True
            self._update_answers()

    def _judged(self, may_continue: bool | None) -> None:
        self.dismiss(bool(may_continue))

    def _applying(self) -> list[str]:
        return [sign.sign_id for sign in self.query(WarningSignCheckbox) if sign.ticked]


def _verdict_dialog(verdict: Verdict) -> ConfirmDialog:
    """Return the dialog that says what to do about the signs that apply. It offers to continue only if that is safe."""
    action = verdict.action
    title = action.label if action else ""
    text = "\n".join([action.text, *verdict.advice]) if action else ""
    confirm = "I understand, continue" if verdict.may_continue else None
    return ConfirmDialog(title, text, confirm=confirm, cancel="Close")
