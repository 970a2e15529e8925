"""Pixels as a braille outline: two by four dots and one colour a cell, for terminals with few colours or none."""

from functools import lru_cache

from stretch_coach.figure.brush import Part
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.frame import Cell, Frame, merged
from stretch_coach.figure.inks import BODY, EDGE, LIGHT, NOTHING, SHADE, TONES, Material, ink

ACROSS, DOWN = 2, 4
"""Dots in a cell."""
_DOTS = (0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80)  # row by row
_BRAILLE = 0x2800

_MARKS = (
    Material.EYE,
    Material.MOUTH,
    Material.ARROW,
    Material.GHOST,
    Material.AIR,
    Material.GLOW,
    Material.LANDSCAPE,
)
_FILLED = frozenset(ink(material, tone) for material in _MARKS for tone in range(TONES)) - {ink(Material.MOUTH, EDGE)}
"""What is drawn as it is, not by its edges; an open mouth is a ring."""
_LINES = {
    Material.SKIN: ink(Material.LINE_SKIN),
    Material.NECK: ink(Material.LINE_SKIN),
    Material.HAND: ink(Material.LINE_SKIN, LIGHT),
    Material.HAIR: ink(Material.LINE_HAIR),
    Material.SHIRT: ink(Material.LINE_CLOTH),
    Material.TROUSERS: ink(Material.LINE_CLOTH, SHADE),
    Material.SHOE: ink(Material.LINE_CLOTH, SHADE),
    Material.EYE: ink(Material.LINE_SKIN, LIGHT),
    Material.WHITE: ink(Material.LINE_SKIN, LIGHT),
    Material.MOUTH: ink(Material.MOUTH, LIGHT),
    Material.GLOW: ink(Material.GLOW),
    Material.FURNITURE: ink(Material.LINE_FURNITURE),
}
_FIRST = (Material.GLOW, Material.ARROW, Material.KIT)
_STEP = 0.2


def to_outline(canvas: Canvas) -> Frame:
    """The frame of a canvas: only edges between parts, with the lit muscles hatched."""
    lit = _lit_dots(canvas)
    width = canvas.width
    rows = []
    for top in range(0, canvas.height * width, DOWN * width):
        lines = [lit[top + k * width : top + (k + 1) * width] for k in range(DOWN)]
        dots = zip(*(half for line in lines for half in (line[::2], line[1::2])), strict=True)
        rows.append(merged([_cell(one) for one in dots]))
    return tuple(rows)


@lru_cache(maxsize=8192)
def _cell(dots: tuple[int, ...]) -> Cell:
    """The braille letter of eight dots, in the ink of a muscle, an arrow or a band, else in the commonest."""
    seen = [number for number in dots if number]
    if not seen:
        return " ", None, None
    mask = sum(bit for bit, number in zip(_DOTS, dots, strict=True) if number)
    kept = max(sorted(seen), key=lambda one: ((one // TONES) in _FIRST, seen.count(one)))
    material = Material(kept // TONES)
    return chr(_BRAILLE | mask), _LINES.get(material, ink(material, BODY)), None


def _lit_dots(canvas: Canvas) -> list[int]:
    """For each dot the ink it is lit by, or nothing."""
    width = canvas.width
    inks, part, depth = canvas.ink, canvas.part, canvas.depth
    lit = [NOTHING] * len(inks)
    for offset in (1, width):
        borders = [i for i, (a, b) in enumerate(zip(part, part[offset:], strict=False)) if a != b]
        for i in borders:
            if offset == 1 and (i + 1) % width == 0:
                continue
            j = i + offset
            near, far = (i, j) if depth[i] >= depth[j] else (j, i)
            if _is_edge(part[near], part[far], depth[near] - depth[far]):
                lit[near] = inks[near]
    for i in [i for i, number in enumerate(inks) if number in _FILLED]:
        lit[i] = inks[i] if _is_filled(inks, i, width) else NOTHING
    return lit


def _is_filled(inks: list[int], i: int, width: int) -> bool:
    """Marks are solid, muscles hatched, and of a landscape the lines between its parts are seen."""
    material = inks[i] // TONES
    if material == Material.GLOW:
        return (i + i // width) % 2 == 0
    return material != Material.LANDSCAPE or inks[i] != inks[i - 1] or inks[i] != inks[i - width]


def _is_edge(near: int, far: int, step: float) -> bool:
    """Whether a line belongs between two parts: at the outline, at a step in depth, and around hair."""
    if far == 0 or Part.HAIR in (near, far):
        return True
    return step > _STEP or Part.COLLAR in (near, far)
