"""The scene of an exercise: the body, its props, its face, and the marks on top."""

from typing import NamedTuple

from stretch_coach.figure.camera import fit_scale, make_box, make_canvas, make_lens
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.draw.arrows import Point, arrows_for
from stretch_coach.figure.draw.body import draw_body, draw_trunk_and_head
from stretch_coach.figure.draw.brush import Brush, Layers, paint
from stretch_coach.figure.draw.face import draw_face
from stretch_coach.figure.draw.layout import Silhouette, place_arrows
from stretch_coach.figure.draw.light import draw_backdrop, light_edges
from stretch_coach.figure.draw.marks import draw_arrow, draw_ghost, draw_hints, ghost_dots
from stretch_coach.figure.draw.muscles import draw_muscles
from stretch_coach.figure.draw.props import draw_props
from stretch_coach.figure.motion import Moment, Movement
from stretch_coach.figure.posture import Posture, between
from stretch_coach.figure.skeleton import make_skeleton
from stretch_coach.figure.stance import make_setup
from stretch_coach.routine.exercise import Exercise

_EDGE_STEP = 0.2
_LEFT_ONLY, _BOTH = (-1,), (-1, 1)
_KEPT_LAYOUTS = 4

Grid = tuple[int, int]


class _Layout(NamedTuple):
    """What depends on the size alone: the part of the view, the arrows and the ghost in it, and what was drawn."""

    arrows: list[list[Point]]
    ghost: list[int]
    layers: Layers


class Scene:
    """One exercise, drawn for side left and seen in a mirror, at any size.

    Args:
        exercise: What the body does.
        movement: How it moves.
        pixels: Pixels across and down in each cell.
        backdrop: Whether there is a backdrop behind the body.
    """

    def __init__(self, exercise: Exercise, movement: Movement, pixels: Grid, *, backdrop: bool = False) -> None:
        self._exercise, self._movement = exercise, movement
        self._pixels, self._has_backdrop = pixels, backdrop
        self._setup = make_setup(exercise)
        self._lens = make_lens(exercise, self._setup)
        self._layouts: dict[Grid, _Layout] = {}

    def draw(self, moment: Moment, columns: int, rows: int) -> Canvas:
        """Return a canvas with everything on it, for a picture of some columns and rows of cells."""
        layout = self._layout((columns, rows))
        canvas = self._body(moment.posture, layout.layers)
        if moment.ghost:
            draw_ghost(canvas, layout.ghost)
        if moment.arrow:
            for path in layout.arrows:
                draw_arrow(canvas, path, self._pixels, moment.dash)
        return canvas

    def _body(self, posture: Posture, layers: Layers) -> Canvas:
        figure = self._exercise.figure
        skeleton = make_skeleton(posture, self._setup)
        brush = Brush(self._lens)
        draw_body(brush, skeleton, posture)
        if posture.effort > 0:
            draw_muscles(brush, skeleton, figure.highlight, _LEFT_ONLY if self._exercise.sided else _BOTH)
        draw_props(brush, skeleton, self._exercise)
        canvas = layers.draw(brush.solids)
        light_edges(canvas, _EDGE_STEP)
        draw_face(canvas, self._lens, skeleton.spine.head, posture)
        draw_hints(canvas, self._lens, skeleton, figure.focus, posture)
        return canvas

    def _layout(self, grid: Grid) -> _Layout:
        """Return the layout for a size, found once."""
        if grid not in self._layouts:
            if len(self._layouts) >= _KEPT_LAYOUTS:
                self._layouts.clear()
            self._layouts[grid] = self._make_layout(grid)
        return self._layouts[grid]

    def _make_layout(self, grid: Grid) -> _Layout:
        movement, focus, setup = self._movement, self._exercise.figure.focus, self._setup
        postures = movement.extremes
        skeletons = [make_skeleton(one, setup) for one in postures]
        box = make_box(self._exercise, setup, self._lens, skeletons)
        arrows = arrows_for(self._exercise, setup, movement, self._lens)
        around = [*skeletons, make_skeleton(between(postures[0], postures[-1], 0.5), setup)]
        paths, grown = place_arrows(
            arrows,
            lambda cell: Silhouette(around, self._lens, box, cell),
            box,
            lambda box: fit_scale(box, focus, *grid),
        )
        blank = make_canvas(grown, focus, grid, self._pixels)
        neutral, brush = blank.copy(), Brush(self._lens)
        draw_trunk_and_head(brush, skeletons[0])
        paint(neutral, brush.solids)
        if self._has_backdrop:
            draw_backdrop(blank)
        return _Layout(paths, ghost_dots(neutral), Layers(blank))
