"""A widget that draws its own lines each second, and keeps the style that they have in common."""

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget


class LineWidget(Widget):
    """Keeps the style of its text until its styles change; finding it costs more than drawing a line."""

    _kept_style: Style | None = None

    @property
    def line_style(self) -> Style:
        """The colours of the widget."""
        if self._kept_style is None:
            self._kept_style = self.rich_style
        return self._kept_style

    def notify_style_update(self) -> None:
        """Forget the style."""
        super().notify_style_update()
        self._kept_style = None

    def line(self, text: str) -> Strip:
        """Return a text as a line of the widget."""
        style = self.line_style
        return Strip([Segment(text, style)], len(text)).adjust_cell_length(self.size.width, style)
