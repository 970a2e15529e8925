"""Text that comes from files: what may stand in it, and how to quote what may not."""

import json
import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from stretch_coach.safe_text import is_safe, shown

SIDE_PLACEHOLDERS = ("{side}", "{other}")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}?|\}")


def quoted(value: object) -> str:
    """A JSON value as it stands in a file, fit to be shown."""
    if isinstance(value, str):
        return f'"{shown(value)}"'
    return shown(json.dumps(value, ensure_ascii=True, default=str))


def refusal(message: str, cure: str) -> PydanticCustomError:
    """A validation error that already is a sentence with its cure."""
    return PydanticCustomError("refusal", "{message} {cure}", {"message": message, "cure": cure})


def _safe_text(text: str) -> str:
    for place, character in enumerate(text, start=1):
        if not is_safe(character):
            name = f"U+{ord(character):04X}"
            raise refusal(
                f"has a character that cannot be shown ({name}, character {place}).",
                "Leave out control and direction characters.",
            )
    return text


def _sentence(text: str) -> str:
    for placeholder in _PLACEHOLDER.findall(text):
        if placeholder not in SIDE_PLACEHOLDERS:
            raise refusal(f"has the placeholder {quoted(placeholder)}.", "Write {side} or {other}, or no braces.")
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
"""A sentence that is shown."""

Sentence = Annotated[Words, AfterValidator(_sentence)]
"""A sentence that is spoken and shown; ``{side}`` and ``{other}`` become left and right."""

Slug = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""An id: small letters, digits and single hyphens."""


def has_side(text: str) -> bool:
    """Whether a text names a side by a placeholder."""
    return any(placeholder in text for placeholder in SIDE_PLACEHOLDERS)


def fill_side(text: str, side: str | None) -> str:
    """The text with its placeholders filled for ``left`` or ``right``; unchanged without a side."""
    if side is None:
        return text
    other = "right" if side == "left" else "left"
    return text.replace("{side}", side).replace("{other}", other)
