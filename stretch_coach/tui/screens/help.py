"""The help: the keys of the screen below it, and a few words about that screen."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.actions import parse
from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from stretch_coach.context import Context
from stretch_coach.text import pad_to_width
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.keymap import name_keys
from stretch_coach.tui.transitions import fade_in

_KEY_CELLS = 11


class HelpScreen(ModalScreen[None]):
    """Lists the bindings of a screen, so that help always says what the keys do.

    Over a session, `x` still means that it hurts.

    Args:
        screen: The screen to explain.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter,f1", "close", "Close", id="help.close", tooltip="Close this help"),
        Binding("x", "app.stop_session", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    HelpScreen {
        #help-words { margin-bottom: 1; color: $text-muted; }
        #help-words, #help-keys { padding-right: 1; }
        VerticalScroll { scrollbar-size-vertical: 1; }
        .dialog-hint { margin-top: 1; }
        &.-low .dialog-hint { margin-top: 0; }
    }
    """

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._explained = screen
        context: Context | None = getattr(screen, "context", None)
        self._changed_keys = context.settings.keys if context else ()

    def compose(self) -> ComposeResult:
        """Lay out the words above the keys."""
        with Vertical(classes="dialog -tall"):
            yield Static("Help", classes="dialog-title")
            with VerticalScroll():
                if self._explained.HELP:
                    yield Static(Content(name_keys(self._explained.HELP.strip(), self._changed_keys)), id="help-words")
                yield Static(Content("\n").join(self._key_lines()), id="help-keys")
            yield Static("Press Esc to close.", classes="dialog-hint")

    def on_mount(self) -> None:
        """Appear within a moment."""
        fade_in(self.query_one(".dialog", Vertical))

    def on_click(self, event: Click) -> None:
        """Close with a click beside the help, or on the line that says how to close it."""
        widget = self.get_widget_at(event.screen_x, event.screen_y)[0]
        if widget is self or widget.has_class("dialog-hint"):
            self.dismiss()

    def action_close(self) -> None:
        """Close the help."""
        self.dismiss()

    def _key_lines(self) -> list[Content]:
        """Return a line for each thing to do: all its keys, and what it does."""
        keys: dict[str, list[str]] = {}
        active = [one.binding for one in self._explained.active_bindings.values()]
        for binding in [*active, *self._passed_on(active)]:
            if binding.id is not None:  # the others are Textual's own, such as moving the focus
                words = binding.tooltip or binding.description
                keys.setdefault(words, []).append(self.app.get_key_display(binding))
        return [
            Content.assemble(
                (pad_to_width(" ".join(dict.fromkeys(shown)), _KEY_CELLS), "bold $footer-key-foreground"), " ", words
            )
            for words, shown in keys.items()
        ]

    def _passed_on(self, active: Sequence[Binding]) -> list[Binding]:
        """Return the bindings whose keys the focused widget has too but passes on, as a list does with left."""
        ids = {binding.id for binding in active}
        own = (binding for _, binding in BindingsMap(self._explained.BINDINGS) if binding.id not in ids)
        return [one for one in own if self._explained.check_action(*parse(one.action)[1:]) is not False]
