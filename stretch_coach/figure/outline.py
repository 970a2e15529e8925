"""Pixels as a braille outline: two by four dots and one colour a cell, for terminals with few colours or none."""

from stretch_coach.figure.brush import Part
from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.frame import Cell, Frame, merged
from stretch_coach.figure.inks import BODY, LIGHT, NOTHING, SHADE, TONES, Material, ink

ACROSS, DOWN = 2, 4
"""Dots in a cell."""
_DOTS = (0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80)  # row by row
_BRAILLE = 0x2800

_SOLID = {Material.EYE, Material.MOUTH, Material.ARROW, Material.GHOST, Material.AIR}
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
    for top in range(0, canvas.height, DOWN):
        cells: list[Cell] = [(" ", None, None)] * (width // ACROSS)
        for column in range(width // ACROSS):
            start = top * width + column * ACROSS
            mask, seen = 0, []
            for k, dot in enumerate(_DOTS):
                i = start + (k >> 1) * width + (k & 1)
                if lit[i]:
                    mask |= dot
                    seen.append(lit[i])
            if mask:
                cells[column] = (chr(_BRAILLE | mask), _colour(seen), None)
        rows.append(merged(cells))
    return tuple(rows)


def _colour(seen: list[int]) -> int:
    """The ink of a cell: a muscle's, an arrow's or a band's before all, else the commonest."""
    kept = max(seen, key=lambda one: ((one // TONES) in _FIRST, seen.count(one)))
    material = Material(kept // TONES)
    return _LINES.get(material, ink(material, BODY))


def _lit_dots(canvas: Canvas) -> list[int]:
    """For each dot the ink it is lit by, or nothing."""
    width, height = canvas.width, canvas.height
    inks, part, depth = canvas.ink, canvas.part, canvas.depth
    lit = [NOTHING] * (width * height)
    solid = {material * TONES + tone for material in _SOLID for tone in range(TONES)}
    glow = {Material.GLOW * TONES + tone for tone in range(TONES)}
    for offset in (1, width):
        for i, (a, b) in enumerate(zip(part, part[offset:], strict=False)):
            if a == b or (offset == 1 and (i + 1) % width == 0):
                continue
            j = i + offset
            near, far = (i, j) if depth[i] >= depth[j] else (j, i)
            if _is_edge(part[near], part[far], depth[near] - depth[far]):
                lit[near] = inks[near]
    for i, number in enumerate(inks):
        if number // TONES == Material.LANDSCAPE:
            lit[i] = number if number != inks[i - 1] or number != inks[i - width] else NOTHING
        elif number in solid:
            lit[i] = number
        elif number in glow:
            lit[i] = number if (i + i // width) % 2 == 0 else NOTHING
    return lit


def _is_edge(near: int, far: int, step: float) -> bool:
    """Whether a line belongs between two parts: at the outline, at a step in depth, and around hair."""
    if far == 0 or Part.HAIR in (near, far):
        return True
    return step > _STEP or Part.COLLAR in (near, far)
