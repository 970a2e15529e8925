"""A resting body from the front and from the back, with the places that the body map knows, of which some are lit."""

from enum import StrEnum
from typing import NamedTuple

from stretch_coach.figure import outline
from stretch_coach.figure.animation import Style
from stretch_coach.figure.blocks import QUADRANTS, Cells, to_blocks
from stretch_coach.figure.camera import Box, Lens, make_canvas
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.draw.body import draw_body
from stretch_coach.figure.draw.brush import Brush, Layers, Part
from stretch_coach.figure.draw.face import draw_face
from stretch_coach.figure.draw.light import light_edges
from stretch_coach.figure.frame import Frame
from stretch_coach.figure.palette import Material
from stretch_coach.figure.posture import Posture
from stretch_coach.figure.skeleton import Skeleton, make_skeleton
from stretch_coach.figure.stance import Setup, Stance
from stretch_coach.figure.vectors import LocalFrame, Vec, compose, rotation_x, rotation_y

LEAST_WIDE, LEAST_HIGH = 16, 10
"""Cells below which the places could not be distinguished."""

_ELEVATION, _EDGE_STEP = 4.0, 0.2
_BOX = Box(left=-1.75, right=1.75, bottom=1.5, top=5.08, cut=True)


class Facing(StrEnum):
    """From where the body is seen."""

    FRONT = "front"
    BACK = "back"


class _Place(NamedTuple):
    """A place: from where it is seen, the frame that it is fixed to, its centre on the right, and its radii.

    `label` is where its letter is, if not at the centre; `paired` is whether it is on both sides.
    """

    facing: Facing
    on: str
    centre: Vec
    radii: Vec
    label: Vec | None = None
    paired: bool = True


_FRONT, _BACK = Facing.FRONT, Facing.BACK
_PLACES: dict[str, _Place] = {
    "forehead": _Place(_FRONT, "head", (0.0, 0.42, 0.66), (0.42, 0.14, 0.2), paired=False),
    "brow": _Place(_FRONT, "head", (0.3, 0.18, 0.76), (0.2, 0.07, 0.12), (-0.32, 0.2, 0.8)),
    "behind-eye": _Place(_FRONT, "head", (0.3, -0.02, 0.74), (0.15, 0.1, 0.14), (0.32, -0.04, 0.8)),
    "temple": _Place(_FRONT, "head", (0.66, 0.24, 0.24), (0.12, 0.2, 0.2), (0.72, 0.26, 0.2)),
    "crown": _Place(_FRONT, "head", (0.0, 0.8, 0.1), (0.36, 0.16, 0.3), (0.0, 0.82, 0.1), paired=False),
    "ear": _Place(_FRONT, "head", (0.76, -0.08, -0.02), (0.14, 0.22, 0.16), (-0.8, -0.08, 0.0)),
    "cheek-jaw": _Place(_FRONT, "head", (0.42, -0.52, 0.42), (0.16, 0.22, 0.18), (0.44, -0.52, 0.5)),
    "side-of-neck": _Place(_FRONT, "neck", (0.36, 0.35, 0.12), (0.13, 0.36, 0.18), (-0.4, 0.35, 0.2)),
    "arm-hand": _Place(_FRONT, "shoulder", (0.25, -1.1, 0.1), (0.34, 0.55, 0.36), (0.22, -0.95, 0.4)),
    "base-of-skull": _Place(_BACK, "head", (0.22, -0.5, -0.62), (0.3, 0.13, 0.2), (0.0, -0.5, -0.7)),
    "back-of-neck": _Place(_BACK, "neck", (0.16, 0.2, -0.32), (0.16, 0.34, 0.16), (0.0, 0.2, -0.4)),
    "shoulder-angle": _Place(_BACK, "shoulder", (-0.5, 0.42, -0.2), (0.36, 0.16, 0.2), (-0.5, 0.4, -0.3)),
    "between-blades": _Place(_BACK, "chest", (0.24, 0.75, -0.56), (0.2, 0.42, 0.12), (0.0, 0.75, -0.6)),
}
PLACES = tuple(_PLACES)
"""The ids of the places that the pictures show, as in the body map."""


class BodyPicture:
    """Draws the body from one side.

    Args:
        facing: From where it is seen.
        style: How it is drawn.
        cells: How blocks divide a cell.
    """

    def __init__(self, facing: Facing, style: Style = Style.BLOCKS, cells: Cells = QUADRANTS) -> None:
        self.facing = facing
        self._style, self._cells = style, cells
        azimuth = 180.0 if facing is Facing.BACK else 0.0
        self._lens = Lens(compose(rotation_x(_ELEVATION), rotation_y(-azimuth)))
        self._skeleton = make_skeleton(Posture(), Setup(Stance.SEATED))
        self._grid = (0, 0)
        self._layers = Layers(self._canvas(1, 1))
        self._drawn_for: tuple[int, int, frozenset[str]] | None = None
        self._drawn: Frame = ()

    def frame(self, columns: int, rows: int, lit: frozenset[str]) -> Frame:
        """Return the picture in a number of cells, with the places of these ids lit."""
        if self._drawn_for != (columns, rows, lit):
            self._drawn_for, self._drawn = (columns, rows, lit), self._draw(columns, rows, lit)
        return self._drawn

    def _draw(self, columns: int, rows: int, lit: frozenset[str]) -> Frame:
        brush = Brush(self._lens)
        draw_body(brush, self._skeleton, Posture())
        for id_ in sorted(lit & _PLACES.keys()):
            self._light(brush, _PLACES[id_])
        if self._grid != (columns, rows):
            self._grid, self._layers = (columns, rows), Layers(self._canvas(columns, rows))
        canvas = self._layers.draw(brush.solids)
        light_edges(canvas, _EDGE_STEP)
        draw_face(canvas, self._lens, self._skeleton.spine.head, Posture())
        return to_blocks(canvas, self._cells) if self._style is Style.BLOCKS else outline.to_outline(canvas)

    def labels(self, columns: int, rows: int) -> dict[str, tuple[int, int]]:
        """Return the column and the row of the label of each place that is seen from here, by its id."""
        canvas, (across, down) = self._canvas(columns, rows), self._pixels
        found = {}
        for id_, place in _PLACES.items():
            if place.facing is self.facing:
                x, y = canvas.pixel(self._lens.see(self._frame(place.on, 1).at(*(place.label or place.centre))))
                found[id_] = min(max(int(x // across), 0), columns - 1), min(max(int(y // down), 0), rows - 1)
        return found

    @property
    def _pixels(self) -> tuple[int, int]:
        """Pixels across and down in each cell."""
        if self._style is Style.OUTLINE:
            return outline.ACROSS, outline.DOWN
        return self._cells.across, self._cells.down

    def _canvas(self, columns: int, rows: int) -> Canvas:
        return make_canvas(_BOX, "jaw", (columns, rows), self._pixels)

    def _light(self, brush: Brush, place: _Place) -> None:
        for side in (-1, 1) if place.paired else (1,):
            x, y, z = place.centre
            brush.ball(self._frame(place.on, side), (side * x, y, z), place.radii, Material.GLOW, Part.MUSCLE)

    def _frame(self, name: str, side: int) -> LocalFrame:
        return frame_of(self._skeleton, name, side)


def frame_of(skeleton: Skeleton, name: str, side: int) -> LocalFrame:
    """Return a frame of the spine by its name, or the shoulder joint of a side: -1 for left, 1 for right."""
    spine = skeleton.spine
    if name == "shoulder":
        return LocalFrame(spine.shoulders[1 if side > 0 else 0], spine.chest.rotation)
    return spine.frame(name)
