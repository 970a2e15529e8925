"""Lines of one widget, written to the terminal without asking every other widget on the screen for its own.

Textual composes even the smallest update from all widgets, which costs more than drawing a moving figure. This uses
internals of Textual; wherever they do not fit, or something may lie over the widget, the caller refreshes as usual.
"""

from collections.abc import Mapping

from rich.console import Console
from rich.control import Control
from textual._compositor import CompositorUpdate
from textual.errors import NoWidget
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class _Lines(CompositorUpdate):
    """Strips, each at a place on the screen."""

    def __init__(self, strips: list[tuple[int, int, Strip]]) -> None:
        self._strips = strips

    def render_segments(self, console: Console) -> str:
        """Return what shows them on a terminal."""
        return "".join(Control.move_to(x, y).segment.text + strip.render(console) for x, y, strip in self._strips)


class _Sequences(CompositorUpdate):
    """Anything but lines of cells."""

    def __init__(self, sequences: str) -> None:
        self._sequences = sequences

    def render_segments(self, console: Console) -> str:  # noqa: ARG002 - Textual's signature
        """Return them."""
        return self._sequences


def write_sequences(widget: Widget, sequences: str) -> None:
    """Write sequences to the terminal; the cursor returns to its place afterwards."""
    widget.app._display(widget.screen, _Sequences(sequences))  # type: ignore[arg-type] # noqa: SLF001 - it takes any update of the compositor


def uncovered_region(widget: Widget) -> Region | None:
    """Return where a widget is on the terminal, or None if not all of it is seen."""
    screen = widget.screen
    if widget.app.screen is not screen or widget.app.is_inline:
        return None
    try:
        place = screen.find_widget(widget)
    except NoWidget:
        return None
    region = place.region
    if not place.clip.contains_region(region):
        return None
    for other, (around, visible) in screen._compositor.visible_widgets.items():  # noqa: SLF001 - from front to back
        if other is widget:
            break
        if around.intersection(visible).overlaps(region) and widget not in other.ancestors:
            return None
    return region


def redraw(widget: Widget) -> None:
    """Draw a widget again that keeps its size, without the others where that is possible."""
    if widget.is_mounted and widget.size:
        widget._layout_cache.clear()  # noqa: SLF001 - as a refresh does
        widget._set_dirty()  # noqa: SLF001 - the same
        lines = widget.render_lines(widget.outer_size.region)
        widget._repaint_regions.clear()  # noqa: SLF001 - they have just been drawn
        if write_lines(widget, dict(enumerate(lines))):
            return
    widget.refresh()


def write_lines(widget: Widget, lines: Mapping[int, Strip]) -> bool:
    """Write lines of a widget, and return whether that was possible.

    Args:
        widget: The widget.
        lines: Its changed lines by their number, each as wide as the widget and with the filters of the app applied.
    """
    app, screen = widget.app, widget.screen
    if app._batch_count or screen._layout_required:  # noqa: SLF001 - nothing public says it
        return False
    region = uncovered_region(widget)
    if region is None:
        return False
    update = _Lines([(region.x, region.y + y, strip) for y, strip in lines.items()])
    app._display(screen, update)  # type: ignore[arg-type] # noqa: SLF001 - it takes any update of the compositor
    return True
