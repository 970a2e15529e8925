"""The coach's own themes, and colours that can be read in every theme; each of Textual's can be chosen too."""

from collections.abc import Mapping

from textual.color import Color
from textual.theme import Theme

DARK = Theme(
    name="coach-dark",
    dark=True,
    background="#12151c",
    surface="#1a1f29",
    panel="#232b38",
    foreground="#dfe4ec",
    primary="#4a9fc4",
    secondary="#8fa3bf",
    accent="#7fd6c2",
    warning="#f0b35a",
    error="#ef6f66",
    success="#86c98a",
    variables={
        "footer-key-foreground": "#f0b35a",
        "button-focus-text-style": "bold underline",
        "border": "#2f3a4a",
        "input-selection-background": "#4a9fc4 35%",
    },
)

LIGHT = Theme(
    name="coach-light",
    dark=False,
    background="#faf8f3",
    surface="#f2eee6",
    panel="#e7e1d5",
    foreground="#242a33",
    primary="#1f6f94",
    secondary="#5b6878",
    accent="#0d7a68",
    warning="#9a5b00",
    error="#b3261e",
    success="#2e7d32",
    variables={
        "footer-key-foreground": "#9a5b00",
        "button-focus-text-style": "bold underline",
        "border": "#cfc6b5",
        "input-selection-background": "#1f6f94 25%",
    },
)

THEMES = (DARK, LIGHT)

_LEAST_CONTRAST = 4.6
"""A little more than the 4.5 that WCAG AA asks for, because colours are rounded."""

_CURSOR_TINT, _FOCUS_TINT = 0.22, 0.05
_TEXTS = ("accent", "primary", "secondary", "success", "warning", "error")


def with_readable_colours(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a theme, with every colour that is used for text readable on its backgrounds.

    Where a theme's own colour has too little contrast, it is moved towards black or white. The cursor of lists is a
    tint rather than a bright bar, so that the colours of a row can be read on it too.
    """
    named = {name: Color.parse(variables[name]) for name in ("background", "surface", "panel", "foreground", "primary")}
    if any(colour.ansi is not None for colour in named.values()):
        return dict(variables)  # the terminal's own colours
    foreground = named["foreground"]
    plain = [named[name] for name in ("background", "surface", "panel")]
    cursor = named["background"].blend(named["primary"], _CURSOR_TINT)
    behind = [*plain, *(one.blend(foreground, _FOCUS_TINT) for one in [*plain, cursor]), cursor]
    quiet = named["background"].blend(foreground, 0.6)
    readable = {
        "foreground": foreground,
        "text-muted": quiet,
        "text-disabled": quiet,
        "footer-key-foreground": Color.parse(variables["footer-key-foreground"]),
        "block-cursor-foreground": foreground,
        "block-cursor-blurred-foreground": foreground,
        **{f"text-{name}": Color.parse(variables[name]) for name in _TEXTS},
    }
    colours = {name: _move_until_readable(colour, behind).hex for name, colour in readable.items()}
    return {
        **variables,
        **colours,
        "button-color-foreground": _text_colour_on(
            [named["primary"], named["primary"].blend(foreground, _FOCUS_TINT)]
        ).hex,
        "block-cursor-background": cursor.hex,
        "block-cursor-blurred-background": cursor.hex,
    }


def _move_until_readable(colour: Color, behind: list[Color]) -> Color:
    """Return the colour nearest to a given one that can be read on all others."""
    is_dark = sum(_luminance(one) for one in behind) / len(behind) < 0.2  # noqa: PLR2004 - where white is easier to read
    end = Color(255, 255, 255) if is_dark else Color(0, 0, 0)
    steps = 40
    moved = (colour.blend(end, step / steps) for step in range(steps + 1))
    return next((one for one in moved if all(_contrast(one, other) >= _LEAST_CONTRAST for other in behind)), end)


def _text_colour_on(behind: list[Color]) -> Color:
    """Return black or white, whichever can be read better."""
    candidates = [Color(0, 0, 0), Color(255, 255, 255)]
    return max(candidates, key=lambda text: min(_contrast(text, one) for one in behind))


def _contrast(one: Color, other: Color) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the standard's
        for value in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
