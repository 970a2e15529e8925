"""The line of keys at the bottom of every screen."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.binding import ActiveBinding
from textual.reactive import reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from stretch_coach.text import text_width

_KEPT = {"coach.stop", "dialog.stop", "coach.pause", "coach.end", "coach.help", "app.help", "home.quit"}
_FIRST = ("coach.stop", "dialog.stop")
_KEPT_NAMES = {"back", "cancel", "close", "confirm", "continue", "end", "later", "leave", "none"}
"""The last parts of the ids of bindings that answer a dialog or leave a screen."""


class Key(NamedTuple):
    """What the line says of one key.

    Attributes:
        key: The key, as Textual calls it.
        display: The key, as the line shows it.
        words: What the key does.
        enabled: Whether it does so now.
        tooltip: What the key does, in a sentence.
        kept: Whether the key stays while others make room for it.
        palette: Whether it opens the command palette, which has its place at the end of the line.
    """

    key: str
    display: str
    words: str
    enabled: bool = True
    tooltip: str = ""
    kept: bool = False
    palette: bool = False

    @property
    def parts(self) -> tuple[str, str]:
        """The key and the words beside it, with the spaces around them."""
        border = "▏" if self.palette else " "
        return f"{border}{self.display} ", f"{self.words} " if self.words else ""

    @property
    def width(self) -> int:
        """How many cells the key and its words take."""
        return text_width("".join(self.parts))


def fit_keys(keys: Sequence[Key], width: int) -> list[Key]:
    """Return the keys that fit. If not all of them do, the most important ones stay, wherever they are in the row.

    The other keys are left out first, then the words beside the keys, starting with the last key each time.
    """
    left = list(keys)
    for key in reversed(keys):
        if _width_of(left) > width and not key.kept:
            left.remove(key)
    for index in reversed(range(len(left))):
        if _width_of(left) > width:
            left[index] = left[index]._replace(words="")
    return left


def _width_of(keys: Sequence[Key]) -> int:
    return sum(key.width for key in keys)


class KeyFooter(Widget, can_focus=False):
    """Shows the keys that do something now. A click on a key presses it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {  # noqa: RUF012 - declared as Textual expects it
        "key-footer--key",
        "key-footer--words",
        "key-footer--disabled",
        "key-footer--hovered",
    }
    DEFAULT_CSS = """
    KeyFooter {
        dock: bottom;
        height: 1;
        background: $panel;
        & > .key-footer--key { color: $footer-key-foreground; text-style: bold; }
        & > .key-footer--words { color: $footer-description-foreground; }
        & > .key-footer--disabled { color: $text-muted; }
        & > .key-footer--hovered { background: $block-hover-background; }
    }
    """

    keys: reactive[tuple[Key, ...]] = reactive(())
    """All keys, in the order of the line."""
    hovered: reactive[Key | None] = reactive(None)
    """The key below the mouse."""

    def __init__(self, *, show_command_palette: bool = True) -> None:
        super().__init__()
        self._show_command_palette = show_command_palette

    def on_mount(self) -> None:
        """Follow the keys of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._keys_changed)

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        base = self.rich_style
        if y:
            return Strip.blank(self.size.width, base)
        segments: list[Segment] = []
        for key, start, _ in self._places():
            gap = start - sum(segment.cell_length for segment in segments)
            segments += [Segment(" " * gap, base), *self._segments(key)]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Point out the key below the mouse."""
        self.hovered = self._key_at(event.x)

    def on_leave(self) -> None:
        """Point out no key."""
        self.hovered = None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key."""
        key = self._key_at(event.x)
        if key is None:
            return
        if key.enabled:
            self.app.simulate_key(key.key)
        else:
            self.app.bell()

    def watch_hovered(self, hovered: Key | None) -> None:
        """Explain the key below the mouse."""
        self.tooltip = hovered.tooltip if hovered else None

    def _keys_changed(self, screen: Screen[object]) -> None:
        if screen is self.screen:
            self.keys = tuple(self._find_keys())

    def _find_keys(self) -> Iterator[Key]:
        """Yield a key for each action of the screen, then the key of the command palette."""
        active = self.screen.active_bindings
        shown: dict[str, ActiveBinding] = {}
        for each in active.values():
            if each.binding.show:
                shown.setdefault(each.binding.action, each)
        # That it hurts comes first, whatever has the focus.
        for each in sorted(shown.values(), key=lambda active: active.binding.id not in _FIRST):
            yield self._key(each)
        palette = active.get(self.app.COMMAND_PALETTE_BINDING)
        if palette and self._show_command_palette:
            yield self._key(palette)._replace(palette=True)

    def _key(self, active: ActiveBinding) -> Key:
        binding = active.binding
        return Key(
            binding.key,
            self.app.get_key_display(binding),
            binding.description,
            active.enabled,
            active.tooltip or binding.description,
            kept=_is_kept(binding.id),
        )

    def _places(self) -> Iterator[tuple[Key, int, int]]:
        """Yield each key that fits, and in which columns it is."""
        start = 0
        for key in fit_keys(self.keys, self.size.width):
            if key.palette:
                start = self.size.width - key.width
            yield key, start, start + key.width
            start += key.width

    def _key_at(self, column: int) -> Key | None:
        return next((key for key, start, end in self._places() if start <= column < end), None)

    def _segments(self, key: Key) -> Iterator[Segment]:
        for text, name in zip(key.parts, ("key", "words"), strict=True):
            style = self.get_component_rich_style(f"key-footer--{name if key.enabled else 'disabled'}")
            if key == self.hovered:
                style += self.get_component_rich_style("key-footer--hovered", partial=True)
            yield Segment(text, style)


def _is_kept(binding_id: str | None) -> bool:
    return binding_id is not None and (binding_id in _KEPT or binding_id.rpartition(".")[2] in _KEPT_NAMES)
