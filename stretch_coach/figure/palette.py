"""Materials, their shades, and the colour of each shade: derived from a theme, so that light and dark both look right.

A shade is one number for a material in one of four tones, from its dark edge to its light side.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

Rgb = tuple[int, int, int]
Ramp = tuple[Rgb, Rgb, Rgb, Rgb]
"""The colours of a material's four tones."""

TONES = 4
EDGE, DARK, BODY, LIGHT = range(TONES)
NOTHING = 0
"""The shade of a pixel on which nothing is drawn."""


class Material(IntEnum):
    """The materials of the figure. The lines are for the outline style, in which only their colours differ."""

    NOTHING = 0
    SKIN = 1
    NECK = 2
    HAND = 3
    HAIR = 4
    SHIRT = 5
    TROUSERS = 6
    SHOE = 7
    EYE = 8
    WHITE = 9
    MOUTH = 10
    GLOW = 11
    ARROW = 12
    GHOST = 13
    FURNITURE = 14
    KIT = 15
    LANDSCAPE = 16
    LINE_SKIN = 17
    LINE_HAIR = 18
    LINE_CLOTH = 19
    LINE_FURNITURE = 20
    AIR = 21
    BACKDROP = 22
    GLOW_1 = 23
    GLOW_2 = 24
    GLOW_3 = 25
    GLOW_4 = 26


GLOWS = (Material.GLOW_1, Material.GLOW_2, Material.GLOW_3, Material.GLOW_4, Material.GLOW)
"""A lit muscle, from a faint glow to a full one."""


def shade(material: Material, tone: int = BODY) -> int:
    """Return the shade of a material in a tone."""
    return material * TONES + tone


SKINS = ("fair", "light", "olive", "brown", "dark")
HAIRS = ("black", "brown", "blond", "red", "grey")

_SKINS: dict[str, Ramp] = {
    "fair": ((122, 76, 66), (205, 146, 125), (240, 190, 165), (252, 215, 194)),
    "light": ((104, 62, 48), (186, 124, 96), (226, 170, 136), (244, 201, 170)),
    "olive": ((86, 54, 38), (156, 106, 72), (198, 146, 104), (222, 176, 134)),
    "brown": ((62, 36, 26), (118, 74, 50), (158, 104, 72), (188, 134, 98)),
    "dark": ((38, 22, 18), (78, 48, 38), (112, 72, 54), (142, 98, 76)),
}
_HAIRS: dict[str, Ramp] = {
    "black": ((22, 20, 28), (44, 40, 54), (66, 60, 80), (92, 85, 108)),
    "brown": ((40, 26, 20), (74, 48, 34), (104, 68, 46), (136, 94, 64)),
    "blond": ((112, 80, 34), (172, 130, 62), (212, 172, 94), (236, 204, 134)),
    "red": ((84, 34, 18), (136, 58, 30), (176, 82, 42), (206, 112, 64)),
    "grey": ((74, 76, 84), (118, 121, 130), (156, 159, 168), (192, 195, 202)),
}
_GLOW: Ramp = ((178, 44, 28), (232, 76, 36), (255, 116, 56), (255, 166, 92))
_EMBERS: Ramp = ((112, 40, 34), (142, 52, 42), (168, 66, 50), (190, 88, 66))
_MOUTH: Ramp = ((96, 34, 34), (122, 50, 48), (156, 70, 66), (214, 120, 112))
_EYE: Ramp = ((26, 24, 32),) * 4
_EYE_WHITE: Ramp = ((150, 140, 140), (206, 200, 200), (240, 236, 234), (250, 248, 246))
_SUN = (246, 196, 84)
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
_LEAST_CONTRAST, _LEAST_LINE_CONTRAST, _LEAST_SKIN_LINE_CONTRAST = 1.35, 3.0, 4.0


@dataclass(frozen=True)
class Palette:
    """The colour of each shade. It is hashable, so that drawn lines can be kept by palette."""

    colours: tuple[Rgb, ...]

    def __getitem__(self, shade: int) -> Rgb:
        """Return red, green and blue of a shade, each from 0 to 255; shade 0 is the background."""
        return self.colours[shade]


class _Theme(NamedTuple):
    """The colours of a theme from which a palette is derived."""

    background: Rgb
    surface: Rgb
    accent: Rgb
    dark: bool

    def towards_text(self, colour: Rgb, share: float) -> Rgb:
        """Return a colour mixed with the colour of text."""
        return _mix(colour, _WHITE if self.dark else _BLACK, share)

    def towards_background(self, colour: Rgb, share: float) -> Rgb:
        """Return a colour mixed with the background."""
        return _mix(colour, self.background, share)


def make_palette(
    *, background: Rgb, surface: Rgb, accent: Rgb, dark: bool, skin: str = "light", hair: str = "brown"
) -> Palette:
    """Return the palette for a theme.

    Args:
        background: The colour behind the figure.
        surface: The colour of panels, from which furniture is made.
        accent: The accent colour, from which the shirt is made.
        dark: Whether the theme is dark.
        skin: A name in `SKINS`; any other gives "light".
        hair: A name in `HAIRS`; any other gives "brown".
    """
    theme = _Theme(background, surface, accent, dark)
    body, hairs, shirt = _SKINS.get(skin, _SKINS["light"]), _HAIRS.get(hair, _HAIRS["brown"]), _shirt(theme)
    solids = _person(theme, body, hairs, shirt) | _things(theme) | _lines(theme, body, hairs, shirt)
    ramps = {material: _legible(ramp, background) for material, ramp in solids.items()} | _faint(theme)
    return Palette(tuple(colour for material in Material for colour in ramps[material]))


def _person(theme: _Theme, body: Ramp, hair: Ramp, shirt: Ramp) -> dict[Material, Ramp]:
    trousers = _mix(shirt[DARK], theme.towards_background((52, 56, 70), 0.15), 0.72)
    neck = (
        body[EDGE],
        _mix(body[DARK], body[EDGE], 0.25),
        _mix(body[BODY], body[DARK], 0.5),
        _mix(body[BODY], body[DARK], 0.2),
    )
    hand = (_mix(body[EDGE], body[DARK], 0.15), body[DARK], _mix(body[BODY], body[LIGHT], 0.3), body[LIGHT])
    return {
        Material.SKIN: body,
        Material.NECK: neck,
        Material.HAND: hand,
        Material.HAIR: hair,
        Material.SHIRT: shirt,
        Material.TROUSERS: _ramp(trousers),
        Material.SHOE: _ramp(theme.towards_background((88, 84, 92), 0.2)),
        Material.EYE: _EYE,
        Material.WHITE: _EYE_WHITE,
        Material.MOUTH: _MOUTH,
        **{glow: _glow(number / (len(GLOWS) - 1)) for number, glow in enumerate(GLOWS)},
    }


def _glow(strength: float) -> Ramp:
    """Return the colours of a muscle that glows faintly (0) to fully (1)."""
    edge, dark, body, light = (_mix(faint, full, strength) for faint, full in zip(_EMBERS, _GLOW, strict=True))
    return edge, dark, body, light


def _things(theme: _Theme) -> dict[Material, Ramp]:
    furniture = theme.towards_text(theme.towards_background(theme.surface, 0.3), 0.22 if theme.dark else 0.3)
    arrow = theme.towards_background((112, 226, 196) if theme.dark else (0, 128, 104), 0.05)
    landscape = (
        _mix(theme.background, (70, 140, 90), 0.75),
        _mix(theme.background, (90, 170, 110), 0.85),
        _mix(theme.background, (90, 160, 220), 0.8),
        _SUN,
    )
    return {
        Material.ARROW: (arrow,) * 4,
        Material.FURNITURE: _ramp(furniture),
        Material.KIT: _ramp((226, 196, 96) if theme.dark else (190, 148, 30)),
        Material.LANDSCAPE: landscape,
        Material.AIR: (_mix(theme.background, (110, 180, 220), 0.8),) * 4,
    }


def _faint(theme: _Theme) -> dict[Material, Ramp]:
    """Return the shades of what should be faint or invisible."""
    brick = theme.towards_text(theme.background, 0.13)
    dots = theme.towards_text(theme.background, 0.30 if theme.dark else 0.34)
    step = theme.towards_text(theme.background, 0.045 if theme.dark else 0.035)
    return {
        Material.NOTHING: (theme.background,) * 4,
        Material.GHOST: (brick, dots, dots, dots),
        Material.BACKDROP: (step,) * 4,
    }


def _lines(theme: _Theme, body: Ramp, hair: Ramp, shirt: Ramp) -> dict[Material, Ramp]:
    return {
        Material.LINE_SKIN: _legible(body, theme.background, _LEAST_SKIN_LINE_CONTRAST),
        Material.LINE_HAIR: _legible(hair, theme.background, _LEAST_LINE_CONTRAST),
        Material.LINE_CLOTH: _legible(shirt, theme.background, _LEAST_LINE_CONTRAST),
        Material.LINE_FURNITURE: (theme.towards_text(theme.background, 0.62),) * 4,
    }


def _shirt(theme: _Theme) -> Ramp:
    """Return the accent as the colour of cloth, calmer than a highlight, so that only the muscle glows."""
    grey = sum(theme.accent) // 3
    cloth = _mix(theme.accent, (grey, grey, grey), 0.28)
    return _ramp(theme.towards_background(cloth, 0.16 if theme.dark else 0.06))


def _ramp(body: Rgb) -> Ramp:
    return _mix(body, _BLACK, 0.55), _mix(body, _BLACK, 0.27), body, _mix(body, _WHITE, 0.22)


def _mix(a: Rgb, b: Rgb, share: float) -> Rgb:
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


def luminance(colour: Rgb) -> float:
    """Return the relative luminance of WCAG 2, from 0 to 1."""
    r, g, b = (c / 3294.6 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour)  # noqa: PLR2004 - as defined
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: Rgb, b: Rgb) -> float:
    """Return the contrast of WCAG 2 between two colours, from 1 to 21."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def _legible(ramp: Ramp, background: Rgb, least: float = _LEAST_CONTRAST) -> Ramp:
    """Return a ramp moved, as a whole, so far that its middle and light tones stand out from the background."""
    away = _WHITE if luminance(background) < 0.2 else _BLACK  # noqa: PLR2004 - nearer to black than to white
    share = 0.0
    while share < 1 and min(contrast(_mix(one, away, share), background) for one in ramp[BODY:]) < least:
        share += 0.04
    edge, dark, body, light = (_mix(one, away, min(share, 1.0)) for one in ramp)
    return edge, dark, body, light


DESIGN = make_palette(background=(18, 22, 28), surface=(36, 40, 50), accent=(58, 140, 190), dark=True)
"""The palette in which colours are compared when a cell has space for only two."""
