"""One thing to be seen: a posture, with or without the aids that show the way into it."""

from dataclasses import dataclass, fields, replace
from typing import Any

from stretch_coach.figure.posture import Posture

_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Picture:
    """What is to be seen at a moment; equal while nothing changes.

    Attributes:
        posture: Where the body is.
        arrow: Whether an arrow shows the way in.
        ghost: Whether a dotted outline shows neutral.
    """

    posture: Posture
    arrow: bool = False
    ghost: bool = False


def picture_of(posture: Posture, *, arrow: bool = False, ghost: bool = False) -> Picture:
    """A picture whose numbers are rounded, so that the same moment of every repetition is the same picture."""
    rounded: dict[str, Any] = {}
    for field in fields(posture):
        value = getattr(posture, field.name)
        if isinstance(value, tuple):
            rounded[field.name] = (round(value[0], _DECIMALS), round(value[1], _DECIMALS))
        elif value is not None:
            rounded[field.name] = round(value, _DECIMALS)
    return Picture(replace(posture, **rounded), arrow, ghost)
