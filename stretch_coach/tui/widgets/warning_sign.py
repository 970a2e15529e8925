"""A warning sign that can be ticked. The tick is a letter in brackets, so that it does not depend on colour."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static


class WarningSignCheckbox(Horizontal, can_focus=True):
    """A sign with its box, wrapped to as many lines as it takes. Its screen says where the arrow keys lead.

    Args:
        sign_id: The id of the sign.
        words: The sign.
    """

    @dataclass
    class Changed(Message):
        """A sign was ticked, or its tick was removed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "tick", "Tick", id="sign.tick", tooltip="Tick or untick: this applies to me"),
        Binding("down", "screen.read(1)", show=False),
        Binding("up", "screen.read(-1)", show=False),
    ]
    DEFAULT_CSS = """
    WarningSignCheckbox { height: auto; width: 100%; }
    WarningSignCheckbox:focus { background: $surface; }
    WarningSignCheckbox > .sign--box { width: 4; color: $text-muted; }
    WarningSignCheckbox.-ticked > .sign--box { color: $text-error; text-style: bold; }
    WarningSignCheckbox > .sign--words { width: 1fr; height: auto; padding-right: 1; }
    """

    ticked: reactive[bool] = reactive(False, toggle_class="-ticked")

    def __init__(self, sign_id: str, words: str) -> None:
        super().__init__()
        self.sign_id = sign_id
        self._words = words

    def compose(self) -> ComposeResult:
        """Lay out the box and the sign."""
        yield Static(Content("[ ]"), classes="sign--box")
        yield Static(Content(self._words), classes="sign--words")

    def watch_ticked(self, ticked: bool) -> None:
        """Draw the box, and report the change to the screen."""
        if self.is_mounted:
            self.query_one(".sign--box", Static).update(Content("[x]" if ticked else "[ ]"))
            self.post_message(self.Changed())

    def action_tick(self) -> None:
        """Tick the sign, or remove the tick."""
        self.ticked = not self.ticked

    def on_click(self) -> None:
        """Tick or untick with the mouse."""
        self.focus()
        self.action_tick()
