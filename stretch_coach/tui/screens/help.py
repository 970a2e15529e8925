"""The keys of the screen below, and a few words about it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

_KEY_CELLS = 14


class HelpScreen(ModalScreen[None]):
    """Made from the bindings of a screen, so that it never says anything else than what the keys do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter,f1", "close", "Close", id="help.close", tooltip="Close this help"),
    ]

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self._of = screen

    def compose(self) -> ComposeResult:
        """The words, then the keys."""
        with Vertical(classes="dialog -tall"):
            yield Static("Help", classes="dialog-title")
            with VerticalScroll():
                if self._of.HELP:
                    yield Static(Content(self._of.HELP.strip()), id="help-words")
                yield Static(Content("\n".join(self._key_lines())), id="help-keys")
            yield Static("Esc closes this.", classes="dialog-hint")

    def action_close(self) -> None:
        """Close."""
        self.dismiss()

    def _key_lines(self) -> list[str]:
        """Each action once, with all its keys and what its tooltip says."""
        keys: dict[str, list[str]] = {}
        words: dict[str, str] = {}
        for active in self._of.active_bindings.values():
            binding = active.binding
            if binding.id is None:
                continue  # Textual's own, such as moving the focus
            keys.setdefault(binding.id, []).append(self.app.get_key_display(binding))
            words[binding.id] = binding.tooltip or binding.description
        return [f"{' '.join(dict.fromkeys(keys[id_])):<{_KEY_CELLS}} {words[id_]}" for id_ in keys]
