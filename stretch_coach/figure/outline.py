"""The canvas as a braille outline: two by four dots and one colour per cell, for terminals with few or no colours."""

import re
from functools import lru_cache

from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.draw.brush import Part
from stretch_coach.figure.frame import Cell, Frame, Run, merge
from stretch_coach.figure.palette import BODY, DARK, EDGE, LIGHT, NOTHING, TONES, Material, shade

ACROSS, DOWN = 2, 4
"""Dots per cell."""
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
_FILLED = frozenset(shade(material, tone) for material in _MARKS for tone in range(TONES)) - {
    shade(Material.MOUTH, EDGE)  # an open mouth is a ring
}
"""Shades that are drawn as areas instead of by their edges."""
_FILLED_ONES = re.compile(b"[" + re.escape(bytes(sorted(_FILLED))) + b"]")
_LINES = {
    Material.SKIN: shade(Material.LINE_SKIN),
    Material.NECK: shade(Material.LINE_SKIN),
    Material.HAND: shade(Material.LINE_SKIN, LIGHT),
    Material.HAIR: shade(Material.LINE_HAIR),
    Material.SHIRT: shade(Material.LINE_CLOTH),
    Material.TROUSERS: shade(Material.LINE_CLOTH, DARK),
    Material.SHOE: shade(Material.LINE_CLOTH, DARK),
    Material.EYE: shade(Material.LINE_SKIN, LIGHT),
    Material.WHITE: shade(Material.LINE_SKIN, LIGHT),
    Material.MOUTH: shade(Material.MOUTH, LIGHT),
    Material.GLOW: shade(Material.GLOW),
    Material.FURNITURE: shade(Material.LINE_FURNITURE),
}
_PREFERRED = (Material.GLOW, Material.ARROW, Material.KIT)
"""Materials that give a cell its colour even where they cover less of it than another."""
_STEP = 0.2


def to_outline(canvas: Canvas) -> Frame:
    """Return the frame of a canvas: the edges between its parts, with lit muscles hatched."""
    dots, width = bytes(_dots(canvas)), canvas.width
    return tuple(_row(dots[top : top + DOWN * width], width) for top in range(0, len(dots), DOWN * width))


@lru_cache(maxsize=1024)
def _row(dots: bytes, width: int) -> tuple[Run, ...]:
    lines = [dots[k * width : (k + 1) * width] for k in range(DOWN)]
    cells = zip(*(half for line in lines for half in (line[::2], line[1::2])), strict=True)
    return merge([_cell(one) for one in cells])


@lru_cache(maxsize=8192)
def _cell(dots: tuple[int, ...]) -> Cell:
    """Return the braille character of eight dots, in the most common shade unless a preferred one is among them."""
    seen = [one for one in dots if one]
    if not seen:
        return " ", None, None
    mask = sum(bit for bit, one in zip(_DOTS, dots, strict=True) if one)
    kept = max(sorted(seen), key=lambda one: ((one // TONES) in _PREFERRED, seen.count(one)))
    material = Material(kept // TONES)
    return chr(_BRAILLE | mask), _LINES.get(material, shade(material, BODY)), None


def _dots(canvas: Canvas) -> bytearray:
    """Return the shade of each dot, or `NOTHING` where it is off."""
    width = canvas.width
    shades, parts, depths = canvas.shades, canvas.parts, canvas.depths
    dots = bytearray([NOTHING]) * len(shades)
    for offset in (1, width):
        for i in canvas.borders(offset):
            if offset == 1 and (i + 1) % width == 0:
                continue
            j = i + offset
            near, far = (i, j) if depths[i] >= depths[j] else (j, i)
            if _is_edge(parts[near], parts[far], depths[near] - depths[far]):
                dots[near] = shades[near]
    for i in [found.start() for found in _FILLED_ONES.finditer(shades)]:
        dots[i] = shades[i] if _is_on(shades, i, width) else NOTHING
    return dots


def _is_on(shades: bytearray, i: int, width: int) -> bool:
    """Return whether a dot of an area is on: marks are solid, muscles hatched, landscapes drawn by their lines."""
    material = shades[i] // TONES
    if material == Material.GLOW:
        return (i + i // width) % 2 == 0
    return material != Material.LANDSCAPE or shades[i] != shades[i - 1] or shades[i] != shades[i - width]


def _is_edge(near: int, far: int, step: float) -> bool:
    """Return whether a line belongs between two parts: at the outline, at a step in depth, and around hair."""
    if far == 0 or Part.HAIR in (near, far):
        return True
    return step > _STEP or Part.COLLAR in (near, far)
