"""Which colour an ink has: derived from a few colours of the theme, so that light and dark both look right."""

from dataclasses import dataclass

from stretch_coach.figure.inks import Material

Rgb = tuple[int, int, int]

SKINS = ("fair", "light", "olive", "brown", "dark")
HAIRS = ("black", "brown", "blond", "red", "grey")

_SKINS: dict[str, tuple[Rgb, Rgb, Rgb, Rgb]] = {
    "fair": ((122, 76, 66), (205, 146, 125), (240, 190, 165), (252, 215, 194)),
    "light": ((104, 62, 48), (186, 124, 96), (226, 170, 136), (244, 201, 170)),
    "olive": ((86, 54, 38), (156, 106, 72), (198, 146, 104), (222, 176, 134)),
    "brown": ((62, 36, 26), (118, 74, 50), (158, 104, 72), (188, 134, 98)),
    "dark": ((38, 22, 18), (78, 48, 38), (112, 72, 54), (142, 98, 76)),
}
_HAIRS: dict[str, tuple[Rgb, Rgb, Rgb, Rgb]] = {
    "black": ((22, 20, 28), (44, 40, 54), (66, 60, 80), (92, 85, 108)),
    "brown": ((40, 26, 20), (74, 48, 34), (104, 68, 46), (136, 94, 64)),
    "blond": ((112, 80, 34), (172, 130, 62), (212, 172, 94), (236, 204, 134)),
    "red": ((84, 34, 18), (136, 58, 30), (176, 82, 42), (206, 112, 64)),
    "grey": ((74, 76, 84), (118, 121, 130), (156, 159, 168), (192, 195, 202)),
}
_GLOW: tuple[Rgb, Rgb, Rgb, Rgb] = ((178, 44, 28), (232, 76, 36), (255, 116, 56), (255, 166, 92))
_MOUTH: tuple[Rgb, Rgb, Rgb, Rgb] = ((96, 34, 34), (122, 50, 48), (156, 70, 66), (214, 120, 112))
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
_LEAST_CONTRAST = 1.35


@dataclass(frozen=True)
class Palette:
    """The colour of each ink. Hashable, so that what is drawn with it can be kept by it."""

    colours: tuple[Rgb, ...]

    def __getitem__(self, number: int) -> Rgb:
        """Red, green and blue of an ink, each from 0 to 255; ink 0 is the background."""
        return self.colours[number]


def make_palette(
    *, background: Rgb, surface: Rgb, accent: Rgb, dark: bool, skin: str = "light", hair: str = "brown"
) -> Palette:
    """A palette from a theme's colours.

    Args:
        background: What the figure is drawn on.
        surface: The theme's colour of panels; furniture is made of it.
        accent: The theme's accent; the shirt is derived from it.
        dark: Whether the theme is dark.
        skin: One of ``SKINS``; another name gives the second.
        hair: One of ``HAIRS``; another name gives the second.
    """
    ink_of_text = _WHITE if dark else _BLACK
    body = _SKINS.get(skin, _SKINS["light"])
    shirt = _shirt(accent, background, dark=dark)
    line = _mixed(background, ink_of_text, 0.62)
    furniture = _mixed(_mixed(surface, background, 0.3), ink_of_text, 0.22 if dark else 0.3)
    ramps: dict[Material, tuple[Rgb, Rgb, Rgb, Rgb]] = {
        Material.NOTHING: (background,) * 4,
        Material.SKIN: body,
        Material.NECK: (
            body[0],
            _mixed(body[1], body[0], 0.25),
            _mixed(body[2], body[1], 0.5),
            _mixed(body[2], body[1], 0.2),
        ),
        Material.HAND: (_mixed(body[0], body[1], 0.15), body[1], _mixed(body[2], body[3], 0.3), body[3]),
        Material.HAIR: _HAIRS.get(hair, _HAIRS["brown"]),
        Material.SHIRT: shirt,
        Material.TROUSERS: _ramp(_mixed(shirt[1], _mixed((52, 56, 70), background, 0.15), 0.72)),
        Material.SHOE: _ramp(_mixed((88, 84, 92), background, 0.2)),
        Material.EYE: ((26, 24, 32),) * 4,
        Material.WHITE: ((150, 140, 140), (206, 200, 200), (240, 236, 234), (250, 248, 246)),
        Material.MOUTH: _MOUTH,
        Material.GLOW: _GLOW,
        Material.ARROW: (_arrow(background, dark=dark),) * 4,
        Material.GHOST: (
            _mixed(background, ink_of_text, 0.13),
            *((_mixed(background, ink_of_text, 0.30 if dark else 0.34),) * 3),
        ),
        Material.FURNITURE: _ramp(furniture),
        Material.KIT: _ramp(_kit(dark=dark)),
        Material.LANDSCAPE: (
            _mixed(background, (70, 140, 90), 0.75),
            _mixed(background, (90, 170, 110), 0.85),
            _mixed(background, (90, 160, 220), 0.8),
            (246, 196, 84),
        ),
        Material.AIR: (_mixed(background, (110, 180, 220), 0.8),) * 4,
        Material.LINE_SKIN: _readable(body, background, 4.0),
        Material.LINE_HAIR: _readable(_HAIRS.get(hair, _HAIRS["brown"]), background, 3.0),
        Material.LINE_CLOTH: _readable(shirt, background, 3.0),
        Material.LINE_FURNITURE: (line,) * 4,
    }
    colours: list[Rgb] = []
    for material in Material:
        kept = _readable(ramps[material], background, _LEAST_CONTRAST) if material else ramps[material]
        colours.extend(ramps[material] if material is Material.GHOST else kept)
    return Palette(tuple(colours))


def _shirt(accent: Rgb, background: Rgb, *, dark: bool) -> tuple[Rgb, Rgb, Rgb, Rgb]:
    """The accent as cloth: calmer than a highlight, so that what glows is the muscle."""
    grey = sum(accent) // 3
    cloth = _mixed(_mixed(accent, (grey, grey, grey), 0.28), background, 0.16 if dark else 0.06)
    return _ramp(cloth)


def _ramp(body: Rgb) -> tuple[Rgb, Rgb, Rgb, Rgb]:
    return _mixed(body, _BLACK, 0.55), _mixed(body, _BLACK, 0.27), body, _mixed(body, _WHITE, 0.16)


def _arrow(background: Rgb, *, dark: bool) -> Rgb:
    return _mixed((112, 226, 196) if dark else (0, 128, 104), background, 0.05)


def _kit(*, dark: bool) -> Rgb:
    return (226, 196, 96) if dark else (190, 148, 30)


def _mixed(a: Rgb, b: Rgb, share: float) -> Rgb:
    r, g, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return r, g, blue


def luminance(colour: Rgb) -> float:
    """Relative luminance from 0 to 1, as WCAG 2 defines it."""
    r, g, b = (c / 3294.6 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour)  # noqa: PLR2004
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: Rgb, b: Rgb) -> float:
    """Contrast of two colours from 1 to 21, as WCAG 2 defines it."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def _readable(ramp: tuple[Rgb, ...], background: Rgb, least: float) -> tuple[Rgb, Rgb, Rgb, Rgb]:
    """A ramp whose middle and light tones stand out from the background; all tones move together."""
    away = _WHITE if luminance(background) < 0.2 else _BLACK  # noqa: PLR2004 - nearer to black than to white
    share = 0.0
    while share < 1 and min(contrast(_mixed(one, away, share), background) for one in ramp[2:]) < least:
        share += 0.04
    edge, shade, body, light = (_mixed(one, away, min(share, 1.0)) for one in ramp)
    return edge, shade, body, light


DESIGN = make_palette(background=(18, 22, 28), surface=(36, 40, 50), accent=(58, 140, 190), dark=True)
"""The palette by which colours are told apart when a cell has room for two only."""
