"""The contrast of what is really drawn on a screen, as WCAG 2 defines it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from rich.color import Color
from textual.app import App

AA_TEXT = 4.5
_GRAPHICS = frozenset(map(chr, range(0x2500, 0x2900)))
"""Lines, blocks and Braille."""


class Poor(NamedTuple):
    """Some text that is hard to read.

    Attributes:
        text: The text.
        ratio: Its contrast, from 1 to 21.
        colours: The colours of text and background.
    """

    text: str
    ratio: float
    colours: str


def poor_texts(app: App[Any], at_least: float = AA_TEXT) -> Iterator[Poor]:
    """Return the texts on the screen whose contrast is too low."""
    for strip in app.screen._compositor.render_strips():  # noqa: SLF001 - there is no public way to what is drawn
        for segment in strip:
            words = "".join(sign for sign in segment.text if sign not in _GRAPHICS).strip()
            style = segment.style
            if words and style and style.color and style.bgcolor and style.color.triplet:
                ratio = contrast(style.color, style.bgcolor)
                if ratio < at_least:
                    yield Poor(words, round(ratio, 2), f"{style.color.name} on {style.bgcolor.name}")


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    channels = [value / 255 for value in colour.get_truecolor()]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
