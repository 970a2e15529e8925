"""A short text that changes each second, mostly without changing its width."""

from textual.geometry import Size
from textual.strip import Strip

from stretch_coach.tui.direct_update import redraw
from stretch_coach.tui.widgets.line_widget import LineWidget


class Ticker(LineWidget):
    """Shows a text on one line."""

    DEFAULT_CSS = "Ticker { width: auto; height: 1; }"
    _text = ""

    def show(self, text: str) -> None:
        """Show a text; only one of another width moves what is beside it."""
        changed, grown = text != self._text, len(text) != len(self._text)
        self._text = text
        if grown:
            self.refresh(layout=True)
        elif changed:
            redraw(self)

    def render_line(self, y: int) -> Strip:
        """Return the text, which needs neither wrapping nor styles."""
        return self.line("" if y else self._text)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - Textual's signature
        """Return the width of the text."""
        return len(self._text)
