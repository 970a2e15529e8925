"""The one dialog that asks for a confirmation, and the questions that several places ask."""

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.transitions import fade_in
from stretch_coach.tui.widgets.key_footer import KeyFooter


class ConfirmDialog(ModalScreen[bool]):
    """Asks a question; its result is whether the user confirmed. The keys are named after the buttons.

    Args:
        question: The title.
        text: What the user should know before answering; may be empty.
        confirm: The label of the button that confirms. None leaves only the other one.
        cancel: The label of the other button, usually the one that changes nothing.
        suggest: Whether the button that confirms has the focus, rather than the other one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "confirm", "Yes", id="dialog.confirm", tooltip="Confirm"),
        Binding("n,escape", "cancel", "No", id="dialog.cancel", tooltip="Change nothing"),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(
        self, question: str, text: str = "", *, confirm: str | None = "Yes", cancel: str = "No", suggest: bool = False
    ) -> None:
        super().__init__()
        self._suggest = suggest
        self._question = question
        self._text = text
        self._confirm = confirm
        self._cancel = cancel

    def compose(self) -> ComposeResult:
        """Show the question, the text and the buttons."""
        with Vertical(classes="dialog"):
            with VerticalScroll(can_focus=False, classes="dialog-body"):
                yield Static(Content(self._question), classes="dialog-title", id="question")
                if self._text:
                    yield Static(Content(self._text), id="text")
            with Horizontal(classes="dialog-buttons"):
                yield Button(Content(self._cancel), id="cancel", variant="default" if self._suggest else "primary")
                if self._confirm is not None:
                    yield Button(
                        Content(self._confirm), id="confirm", variant="primary" if self._suggest else "default"
                    )
        yield KeyFooter(show_command_palette=False)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that do something now, for the footer."""
        labels = {"confirm": self._confirm, "cancel": self._cancel}
        return {
            key: active._replace(
                binding=replace(
                    active.binding, description=labels.get(active.binding.action) or active.binding.description
                )
            )
            for key, active in super().active_bindings.items()
        }

    def on_mount(self) -> None:
        """Focus the suggested button."""
        self.query_one("#confirm" if self._suggest else "#cancel", Button).focus()
        fade_in(self.query_one(".dialog", Vertical))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Disable the confirming key where there is nothing to confirm."""
        return action != "confirm" or self._confirm is not None

    @on(Button.Pressed, "#confirm")
    def action_confirm(self) -> None:
        """Close with True."""
        self.dismiss(True)

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Close with False."""
        self.dismiss(False)


class EndSessionDialog(ConfirmDialog):
    """Asks whether to end a session early. The keys of the coach screen keep their meaning."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "app.stop_session", "It hurts", id="dialog.stop", tooltip="It hurts: end the session at once"),
        Binding("q", "end", "End", id="dialog.end", tooltip="End the session"),
        Binding("space,escape", "continue", "Continue", id="dialog.continue", tooltip="Continue the session"),
    ]

    def __init__(self) -> None:
        super().__init__("End this session? Your progress is saved.", confirm="End", cancel="Continue")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Leave out the keys of a plain question."""
        return action not in ("confirm", "cancel")

    def action_end(self) -> None:
        """End the session."""
        self.dismiss(True)

    def action_continue(self) -> None:
        """Continue the session."""
        self.dismiss(False)
