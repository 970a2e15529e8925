"""The body map on the screen: the body from the front and from the back, with a letter at each place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.color import Color as RichColor
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from stretch_coach.figure.animation import Style as FigureStyle
from stretch_coach.figure.blocks import Cells
from stretch_coach.figure.body_picture import LEAST_HIGH, LEAST_WIDE, BodyPicture, Facing
from stretch_coach.figure.frame import Run
from stretch_coach.figure.palette import Palette

_GAP = 2
_WIDEST, _HIGHEST = 44, 24
_ROWS_PER_COLUMN = 0.62
_CAPTIONS = {Facing.FRONT: "front", Facing.BACK: "back"}
_NEAR_COLUMNS, _NEAR_ROWS = 3, 1
"""How far from a letter a click may be."""


class Label(NamedTuple):
    """Where the letter of a place is."""

    column: int
    row: int
    id: str


class BodyMapView(Widget, can_focus=False):
    """Shows the body twice. A click on a place toggles it; the place under the pointer is named.

    Args:
        letters: The letter of each place, by its id.
        names: The name of each place, by its id.
    """

    @dataclass
    class Toggled(Message):
        """The user clicked a place, by its id."""

        place: str

    COMPONENT_CLASSES: ClassVar[set[str]] = {"map--label", "map--chosen", "map--cursor", "map--caption"}
    DEFAULT_CSS = """
    BodyMapView { width: 1fr; height: 1fr; }
    BodyMapView > .map--label { background: $panel; color: $footer-key-foreground; text-style: bold; }
    BodyMapView > .map--chosen { background: $warning; color: $background; text-style: bold; }
    BodyMapView > .map--cursor { text-style: bold underline; }
    BodyMapView > .map--caption { color: $text-muted; }
    """

    chosen: reactive[frozenset[str]] = reactive(frozenset())
    """The ids of the places that are lit."""
    cursor: reactive[str] = reactive("")
    """The id of the place whose letter is marked."""

    def __init__(self, letters: Mapping[str, str], names: Mapping[str, str]) -> None:
        super().__init__()
        self._letters = letters
        self._names = names
        self._pictures: tuple[BodyPicture, ...] = ()
        self._palette: Palette | None = None
        self._drawn_for: tuple[Size, frozenset[str], str] | None = None
        self._drawn: list[Strip] = []

    def paint(self, palette: Palette, style: FigureStyle, cells: Cells) -> None:
        """Use other colours, or draw in another way."""
        self._pictures = tuple(BodyPicture(facing, style, cells) for facing in Facing)
        self._palette = palette
        self._drawn_for = None
        self.refresh()

    @property
    def _grid(self) -> tuple[int, int]:
        """Columns and rows of one picture."""
        columns = min((self.size.width - _GAP) // 2, _WIDEST, int((self.size.height - 1) / _ROWS_PER_COLUMN))
        return columns, min(self.size.height - 1, _HIGHEST, int(columns * _ROWS_PER_COLUMN) + 1)

    @property
    def is_shown(self) -> bool:
        """Whether there is enough space for the pictures."""
        columns, rows = self._grid
        return bool(self._pictures) and columns >= LEAST_WIDE and rows >= LEAST_HIGH

    def render_line(self, y: int) -> Strip:
        """Draw a line of both pictures, or of the captions below them."""
        key = self.size, self.chosen, self.cursor
        if key != self._drawn_for:
            self._drawn_for, self._drawn = key, self._draw() if self.is_shown else []
        return self._drawn[y] if y < len(self._drawn) else Strip.blank(self.size.width, self.rich_style)

    def notify_style_update(self) -> None:
        """Discard lines that were made with the previous styles."""
        super().notify_style_update()
        self._drawn_for = None

    def _draw(self) -> list[Strip]:
        """Return the lines of both pictures, and the captions."""
        base, width = self.rich_style, self.size.width
        columns, rows = self._grid
        gap = Segment(" " * _GAP, base)
        lines: list[list[Segment]] = [[] for _ in range(rows)]
        for picture in self._pictures:
            cells = [self._cells(row) for row in picture.frame(columns, rows, self.chosen)]
            for column, row, id_ in self._labels(picture):
                cells[row][column] = Segment(self._letters[id_], self._label_style(id_, cells[row][column]))
            for line, row_cells in zip(lines, cells, strict=True):
                line += [*row_cells, gap]
        captions = (" " * _GAP).join(_CAPTIONS[one.facing].center(columns) for one in self._pictures)
        lines.append([Segment(captions, self.get_component_rich_style("map--caption"))])
        return [Strip(line).simplify().adjust_cell_length(width, base) for line in lines]

    def on_click(self, event: events.Click) -> None:
        """Report the place under the pointer."""
        if place := self._place_at(event.x, event.y):
            self.post_message(self.Toggled(place))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Name the place under the pointer."""
        self.tooltip = self._names.get(self._place_at(event.x, event.y))

    def labels_of(self, picture: int) -> list[Label]:
        """Return where the letters on a picture are, in cells of the widget: 0 for the front, 1 for the back."""
        columns, _ = self._grid
        labels = self._labels(self._pictures[picture])
        return [one._replace(column=one.column + picture * (columns + _GAP)) for one in labels]

    def _place_at(self, x: int, y: int) -> str:
        """Return the id of the place at a cell of the widget, or an empty text if there is none near."""
        columns, _ = self._grid
        index, column = divmod(x, columns + _GAP) if columns > 0 else (len(self._pictures), 0)
        if not self.is_shown or index >= len(self._pictures):
            return ""
        away = {
            label.id: (abs(label.row - y), abs(label.column - column)) for label in self._labels(self._pictures[index])
        }
        near = {id_: one for id_, one in away.items() if one[0] <= _NEAR_ROWS and one[1] <= _NEAR_COLUMNS}
        return min(near, key=lambda id_: sum(near[id_]), default="")

    def _labels(self, picture: BodyPicture) -> list[Label]:
        return [Label(column, row, id_) for id_, (column, row) in picture.labels(*self._grid).items()]

    def _label_style(self, id_: str, below: Segment) -> Style:
        name = "map--chosen" if id_ in self.chosen else "map--label"
        style = (below.style or self.rich_style) + self.get_component_rich_style(name)
        return style + self.get_component_rich_style("map--cursor", partial=True) if id_ == self.cursor else style

    def _cells(self, row: tuple[Run, ...]) -> list[Segment]:
        """Return a row of a picture cell by cell."""
        cells = []
        for text, foreground, background in row:
            style = self.rich_style + Style(color=self._colour(foreground), bgcolor=self._colour(background))
            cells += [Segment(letter, style) for letter in text]
        return cells

    def _colour(self, shade: int | None) -> RichColor | None:
        if shade is None or self._palette is None:
            return None
        return RichColor.from_triplet(ColorTriplet(*self._palette[shade]))
