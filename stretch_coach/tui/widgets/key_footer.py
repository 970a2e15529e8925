"""The line of keys at the bottom of every screen."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey  # what the footer consists of; it has no public name

from stretch_coach.text import text_width

_KEPT = {"coach.stop", "coach.pause", "coach.end", "coach.help", "app.help", "home.quit"}
_KEPT_NAMES = {"back", "cancel", "close", "confirm", "continue", "end", "later", "leave", "none"}
"""The last parts of the ids of bindings that answer a dialog or leave a screen."""

_PALETTE_CLASS = "-command-palette"
_PADDING, _PALETTE_PADDING = 3, 2
"""Cells that the footer adds to a key that has words beside it, and to the key of the command palette."""


class KeyFooter(Footer):
    """Shows the keys that fit. If not all of them do, the most important ones stay, wherever they are in the row.

    The other keys are left out first, then the words beside the keys, starting with the last key each time.
    """

    def __init__(self, *, show_command_palette: bool = True) -> None:
        super().__init__(show_command_palette=show_command_palette)
        self._fitted_width = 0

    def compose(self) -> ComposeResult:
        """Lay out the keys that fit."""
        self._fitted_width = width = self.size.width
        keys = [key for key in super().compose() if isinstance(key, FooterKey)]
        if width:
            keys = self._leave_out(keys, width)
            _shorten(keys, width)
        yield from keys

    def on_resize(self) -> None:
        """Choose the keys again for another width."""
        if self.size.width != self._fitted_width:
            self.refresh(recompose=True)

    def _leave_out(self, keys: Sequence[FooterKey], width: int) -> list[FooterKey]:
        """Return the keys that fit, leaving out no more of the less important ones than necessary."""
        kept = {active.binding.action for active in self.screen.active_bindings.values() if _is_kept(active.binding.id)}
        left = list(keys)
        for key in reversed(keys):
            if _width_of(left) <= width:
                break
            if key.action not in kept:
                left.remove(key)
        return left


def _is_kept(binding_id: str | None) -> bool:
    return binding_id is not None and (binding_id in _KEPT or binding_id.rpartition(".")[2] in _KEPT_NAMES)


def _shorten(keys: Sequence[FooterKey], width: int) -> None:
    """Remove the words beside as many keys as do not fit."""
    for key in reversed(keys):
        if _width_of(keys) <= width:
            break
        key.description = ""
        key.key_display = f" {key.key_display} "  # which the footer pads only where words follow


def _width_of(keys: Sequence[FooterKey]) -> int:
    return sum(
        text_width(key.key_display)
        + (text_width(key.description) + _PADDING if key.description else 0)
        + (_PALETTE_PADDING if key.has_class(_PALETTE_CLASS) else 0)
        for key in keys
    )
