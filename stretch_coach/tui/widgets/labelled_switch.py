"""A switch with a word beside it, so that it can be read without colour."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static, Switch


class LabelledSwitch(Horizontal):
    """Shows whether something is on or off.

    Args:
        value: Whether it is on.
        switch_id: The id of the switch.
    """

    DEFAULT_CSS = """
    LabelledSwitch { height: 1; width: auto; }
    LabelledSwitch Switch { border: none; height: 1; padding: 0; }
    LabelledSwitch Static { width: 4; margin-left: 1; }
    """

    def __init__(self, value: bool, switch_id: str) -> None:
        super().__init__()
        self._value = value
        self._switch_id = switch_id

    def compose(self) -> ComposeResult:
        """Lay out the switch and the word."""
        yield Switch(self._value, id=self._switch_id)
        yield Static()

    def on_mount(self) -> None:
        """Keep the word as the switch is."""
        self.watch(self.query_one(Switch), "value", self._show)

    def _show(self, value: bool) -> None:
        self.query_one(Static).update("On" if value else "Off")
