"""Inks: what a pixel shows, as one number. A material in four tones, from its dark edge to its light side."""

from enum import IntEnum

TONES = 4
EDGE, SHADE, BODY, LIGHT = range(TONES)
NOTHING = 0
"""The ink of what is left free."""


class Material(IntEnum):
    """What the figure is made of. The lines are for the outline style, where colour must stand on its own."""

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


def ink(material: Material, tone: int = BODY) -> int:
    """The number of a material's tone."""
    return material * TONES + tone


def material_of(number: int) -> Material:
    """Of which material an ink is."""
    return Material(number // TONES)
