"""Text that comes from outside: what may stand in it, and how it is made fit to be shown."""

import unicodedata

_JOINERS = "\u200c\u200d"  # inside emoji and Indic words; they steer nothing
SHOWN_AT_MOST = 60


def is_safe(character: str) -> bool:
    """Whether a character can be shown anywhere: no control, no bidi override, no half of a surrogate pair."""
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} or character in _JOINERS


def shown(text: str, at_most: int = SHOWN_AT_MOST) -> str:
    """A text made fit to be shown: unsafe characters written by their number, and cut when it is long."""
    cut = text if len(text) <= at_most else text[: at_most - 1] + "…"
    return "".join(one if is_safe(one) else f"\\u{ord(one):04x}" for one in cut)
