"""A warning sign that can be ticked; a tick is a letter in brackets, not only a colour."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static


class Sign(Horizontal, can_focus=True):
    """One sign, over as many lines as it takes.

    Args:
        sign_id: Which one.
        words: What is asked.
    """

    class Ticked(Message):
        """A sign was ticked, or no longer is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "tick", "Tick", id="sign.tick", tooltip="This applies to me, or does not"),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]
    DEFAULT_CSS = """
    Sign { height: auto; width: 100%; }
    Sign:focus { background: $surface; }
    Sign > .sign--box { width: 4; color: $text-muted; }
    Sign.-on > .sign--box { color: $error; text-style: bold; }
    Sign > .sign--words { width: 1fr; height: auto; }
    """

    on: reactive[bool] = reactive(False, toggle_class="-on")

    def __init__(self, sign_id: str, words: str) -> None:
        super().__init__()
        self.sign_id = sign_id
        self._words = words

    def compose(self) -> ComposeResult:
        """The box and the words."""
        yield Static(Content("[ ]"), classes="sign--box")
        yield Static(Content(self._words), classes="sign--words")

    def action_tick(self) -> None:
        """Tick it, or take the tick away."""
        self.on = not self.on
        self.query_one(".sign--box", Static).update(Content("[x]" if self.on else "[ ]"))
        self.post_message(self.Ticked())

    def on_click(self) -> None:
        """A click does the same."""
        self.focus()
        self.action_tick()
