"""The warning signs, asked before the coach may be used."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
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
    """Asks about the warning signs, one group at a time; its result is whether the user may continue.

    The gravest group comes first. No group can be ruled out before its last sign has been on the screen.

    Args:
        safety: The safety texts.
        new: Whether this is first use, whose second step it is.
    """

    HELP = (
        "Only you can answer these. Nothing is scored, and only the day of your answer is kept. "
        "If you are not sure about a sign, ask a health professional before you exercise."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "none", "None of these", id="gate.none", tooltip="None of these apply to me"),
        Binding("t", "judge", "Ticked", id="gate.ticked", tooltip="See what the signs that I ticked mean"),
        Binding("left,backspace", "back", "Back", key_display="←", id="gate.back", tooltip="The previous group"),
        Binding("escape", "leave", "Quit", id="gate.leave", tooltip="Quit without an answer"),
    ]
    AUTO_FOCUS = ""  # focusing a widget would scroll to it
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    GateScreen {
        align: center middle;
        #gate {
            width: 100; max-width: 100%; height: auto; max-height: 100%; padding: 0 1;
            border: round $border; border-title-color: $text-accent; border-title-style: bold;
            border-subtitle-color: $text-muted;
        }
        #gate-intro { text-style: bold; }
        .gate-signs { height: auto; max-height: 70vh; scrollbar-size-vertical: 1; }
        .gate-action { text-style: bold; color: $text-warning; }
        WarningSignCheckbox { margin-top: 1; }
        #gate-answers { height: auto; margin-top: 1; }
        Button { margin-right: 2; }
        &.-narrow #gate-answers { layout: vertical; margin-top: 0; }
        &.-low #gate { border: none; border-top: solid $border; padding: 0; height: 1fr; }
        &.-mid #gate { height: 1fr; }
        &.-mid .gate-signs, &.-low .gate-signs { height: 1fr; max-height: 100%; }
        &.-mid WarningSignCheckbox, &.-low WarningSignCheckbox { margin-top: 0; }
        &.-mid #gate-answers, &.-low #gate-answers { margin-top: 0; }
        &.-mid Button { height: 1; min-width: 10; border: none !important; }
    }
    """

    _none = query_one("#gate-none", Button)
    _ticked = query_one("#gate-ticked", Button)

    def __init__(self, safety: Safety, *, new: bool = False) -> None:
        super().__init__()
        self._safety = safety
        self._new = new
        self._groups = by_gravity(safety)
        self._page = 0
        self._read: set[int] = set()

    def compose(self) -> ComposeResult:
        """Lay out the groups, of which one is shown at a time, above the answers."""
        with Vertical(id="gate"):
            yield Static(Content(self._safety.gate_intro), id="gate-intro")
            for page, (action, flags) in enumerate(self._groups):
                with VerticalScroll(id=f"gate-group-{page}", classes="gate-signs", can_focus=False):
                    yield Static(Content(action.label), classes="gate-action")
                    for flag in flags:
                        yield WarningSignCheckbox(flag.id, flag.text)
            with Horizontal(id="gate-answers"):
                yield Button("None of these apply", id="gate-none", variant="primary", disabled=True)
                yield Button("The ones I ticked apply", id="gate-ticked", disabled=True)
        yield KeyFooter(show_command_palette=False)

    def on_mount(self) -> None:
        """Start with the gravest group, and watch how far the user reads."""
        for signs in self.query(".gate-signs"):
            self.watch(signs, "scroll_y", self._read_on)
        self._show_page(0)

    def on_resize(self) -> None:
        """Check whether all signs of the group fit now."""
        self.call_after_refresh(self._read_on)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Show the key for no sign, but disable it while the button is disabled."""
        if not self.is_mounted:
            return True
        match action:
            case "none":
                return None if self._none.disabled else True
            case "judge":
                return not self._ticked.disabled
            case "back":
                return self._page > 0
            case _:
                return True

    @on(Button.Pressed, "#gate-none")
    def action_none(self) -> None:
        """Show the next group, because no sign of this one applies; after the last group, continue."""
        if self._page + 1 < len(self._groups):
            self._show_page(self._page + 1)
        else:
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
        elif sign is self._signs.query(WarningSignCheckbox).first():
            self._signs.scroll_home(animate=False)
        else:
            self.focus_previous()

    def action_back(self) -> None:
        """Return to the previous group."""
        self._show_page(self._page - 1)

    def action_leave(self) -> None:
        """Quit without an answer."""
        self.dismiss(False)

    @property
    def _signs(self) -> VerticalScroll:
        return self.query_one(f"#gate-group-{self._page}", VerticalScroll)

    def _show_page(self, page: int) -> None:
        """Show a group from its top."""
        self._page = page
        for number, signs in enumerate(self.query(".gate-signs")):
            signs.display = number == page
        panel = self.query_one("#gate", Vertical)
        panel.border_title = f"{'2 of 3 · ' if self._new else ''}Warning signs"
        panel.border_subtitle = f"group {page + 1} of {len(self._groups)}" + (" · ● ● ○" if self._new else "")
        self._signs.scroll_home(animate=False)
        self.set_focus(self._signs.query(WarningSignCheckbox).first(), scroll_visible=False)
        self._update_answers()
        self.call_after_refresh(self._read_on)

    @on(WarningSignCheckbox.Changed)
    def _update_answers(self) -> None:
        ticked = bool(self._applying())
        self._ticked.disabled = not ticked
        self._none.disabled = ticked or self._page not in self._read
        self.refresh_bindings()

    def _read_on(self) -> None:
        if self._page not in self._read and self._signs.size.height and self._signs.is_vertical_scroll_end:
            self._read.add(self._page)
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
