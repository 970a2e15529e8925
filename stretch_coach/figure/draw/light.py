"""Light on the picture: outlines and contact shadows between its parts, a rim on the upper left, and a backdrop."""

from math import sqrt

from stretch_coach.figure.canvas import Canvas
from stretch_coach.figure.draw.brush import Part
from stretch_coach.figure.palette import BODY, DARK, EDGE, LIGHT, TONES, Material, shade

_UNLIT = frozenset({Material.GLOW, Material.KIT, Material.GHOST, Material.FURNITURE, Material.NECK})
"""Materials without a rim of light."""


def light_edges(canvas: Canvas, step: float) -> None:
    """Outline the parts where one is more than `step` behind another, and light the upper left of the silhouette.

    Right of and below what is nearer, a soft shadow follows the outline.
    """
    width, parts, shades = canvas.width, canvas.parts, canvas.shades
    for offset in (1, width):
        for i in canvas.borders(offset):
            if offset == 1 and (i + 1) % width == 0:
                continue
            j = i + offset
            if not parts[i]:
                if shades[j] // TONES not in _UNLIT:
                    shades[j] += LIGHT - shades[j] % TONES
            elif parts[i] in _FACE and parts[j] in _FACE:
                _shade_feature(canvas, i, j, step)
            elif parts[j]:
                _outline(canvas, i, offset, step)


def _outline(canvas: Canvas, i: int, offset: int, step: float) -> None:
    """Darken the farther of two pixels, and if that is the second one, softly the one after it."""
    parts, shades, j = canvas.parts, canvas.shades, i + offset
    gap = canvas.depths[i] - canvas.depths[j]
    if gap < -step:
        shades[i] -= shades[i] % TONES
    elif gap > step:
        shades[j] -= shades[j] % TONES
        k = j + offset
        if k < len(parts) and parts[k] == parts[j] and shades[k] % TONES > DARK and parts[k] not in _SMOOTH:
            shades[k] += DARK - shades[k] % TONES


def _shade_feature(canvas: Canvas, i: int, j: int, step: float) -> None:
    """Set nose and ears off from the face, the more softly the smaller it is; an outline would look like dirt."""
    if canvas.down < _SMALL_FACE or abs(canvas.depths[i] - canvas.depths[j]) <= step:
        return
    behind = j if canvas.depths[i] > canvas.depths[j] else i
    tone = canvas.shades[behind] % TONES
    wanted = min(tone, DARK) if canvas.down < _LARGE_FACE else EDGE
    canvas.shades[behind] += wanted - tone


_FACE = frozenset({Part.HEAD, Part.NOSE, Part.EAR})
_SMALL_FACE, _LARGE_FACE = 7.0, 14.0
"""Pixels per unit below which a face is small, and from which it is large."""
_SMOOTH = frozenset({Part.HEAD, Part.NOSE, Part.MUSCLE, Part.PROP})
"""Parts on which a shadow would hide more than it shows."""


def draw_backdrop(canvas: Canvas) -> None:
    """Draw a disc, one step above the background, behind everything."""
    across, down = canvas.across / canvas.down, 1.0
    x0, y0 = canvas.width / 2, canvas.height * 0.5
    radius = min(canvas.height * 0.5, canvas.width / 2 / across)
    for row in range(canvas.height):
        up = (row + 0.5 - y0) / down
        half = sqrt(max(0.0, radius * radius - up * up)) * across
        for column in range(max(0, round(x0 - half)), min(canvas.width, round(x0 + half))):
            canvas.shades[row * canvas.width + column] = shade(Material.BACKDROP, BODY)
