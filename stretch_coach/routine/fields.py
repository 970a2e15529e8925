"""The types that fields of routine and exercise files have: texts, ids, durations."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from stretch_coach.routine.diagnostics import field_error
from stretch_coach.text import is_safe, quoted

SIDE_PLACEHOLDERS = ("{side}", "{other}")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}?|\}")


class Strict(BaseModel):
    """A part of a file: it has no unknown keys and cannot be changed after validation."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


def _safe_text(text: str) -> str:
    for position, character in enumerate(text, start=1):
        if not is_safe(character):
            raise field_error(
                f"has a character that cannot be shown (U+{ord(character):04X}, character {position}).",
                "Remove control and direction characters.",
            )
    return text


def _sentence(text: str) -> str:
    for placeholder in _PLACEHOLDER.findall(text):
        if placeholder not in SIDE_PLACEHOLDERS:
            raise field_error(
                f"has an unknown placeholder, {quoted(placeholder)}.", "Use {side} or {other}, or remove the braces."
            )
    return text


Label = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=80),
    AfterValidator(_safe_text),
]
"""A name or title, shown on one line."""

Words = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=400),
    AfterValidator(_safe_text),
]
"""A text that is shown."""

Sentence = Annotated[Words, AfterValidator(_sentence)]
"""A text that is spoken and shown; ``{side}`` and ``{other}`` become left and right."""

Slug = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""An id: lowercase letters, digits and single hyphens."""

Level = Literal["all", "intermediate", "advanced", "clinician-taught"]
"""Who may do an exercise or a routine."""


def bounded(low: float, high: float) -> Any:
    """Return the constraints of a finite number from `low` to `high`, both included."""
    return Field(strict=True, ge=low, le=high, allow_inf_nan=False)


def _whole_milliseconds(seconds: float) -> float:
    return round(seconds, 3)


HoldSeconds = Annotated[float, bounded(1, 600), AfterValidator(_whole_milliseconds)]
PauseSeconds = Annotated[float, bounded(0, 600), AfterValidator(_whole_milliseconds)]
Reps = Annotated[int, bounded(1, 100)]


def has_side(text: str) -> bool:
    """Return whether a text has a placeholder for a side."""
    return any(placeholder in text for placeholder in SIDE_PLACEHOLDERS)


def fill_side(text: str, side: str | None) -> str:
    """Return a text with its placeholders replaced.

    Args:
        text: The text.
        side: What ``{side}`` becomes, ``left`` or ``right``; with `None` the text is returned unchanged.
    """
    if side is None:
        return text
    other = "right" if side == "left" else "left"
    return text.replace("{side}", side).replace("{other}", other)
