"""Quiet transitions: what is new fades in. Reduced motion turns them off, as does Textual's own setting."""

from textual.widget import Widget

_FADE_SECONDS = 0.18
_FIRST_OPACITY = 0.15


def fade_in(widget: Widget) -> None:
    """Let a widget appear within a moment, or at once if nothing should move."""
    if widget.app.animation_level == "none":
        return
    widget.styles.opacity = _FIRST_OPACITY
    widget.styles.animate("opacity", 1.0, duration=_FADE_SECONDS)


def fade_in_text(widget: Widget) -> None:
    """Let the text of a widget appear within a moment, or at once if nothing should move."""
    if widget.app.animation_level == "none":
        return
    widget.styles.text_opacity = _FIRST_OPACITY
    widget.styles.animate("text_opacity", 1.0, duration=_FADE_SECONDS)
