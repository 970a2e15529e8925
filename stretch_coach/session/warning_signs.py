"""The warning signs asked before exercising, and what the answers mean. Nothing is scored and nothing diagnosed."""

from collections.abc import Collection
from typing import NamedTuple

from stretch_coach.routine.safety import ActionName, Safety, WarningSign, WarningSignAction

_GRAVEST_FIRST: tuple[ActionName, ...] = ("emergency", "urgent", "ask-first", "book-review")
_MUST_NOT_EXERCISE: tuple[ActionName, ...] = ("emergency", "urgent")


class Verdict(NamedTuple):
    """What to do about the warning signs that apply.

    Attributes:
        action: The gravest thing to do, or None if nothing applies.
        may_continue: Whether the user may exercise now. With an emergency or an urgent sign nothing is offered.
        advice: What else to know about the signs that apply.
    """

    action: WarningSignAction | None
    may_continue: bool
    advice: tuple[str, ...]


def judge(safety: Safety, applies: Collection[str]) -> Verdict:
    """Return what to do about warning signs; the gravest of them decides.

    Args:
        safety: The safety texts.
        applies: The ids of the warning signs that apply.
    """
    flags = [flag for flag in safety.red_flags if flag.id in applies]
    actions = {flag.action for flag in flags}
    gravest = next((name for name in _GRAVEST_FIRST if name in actions), None)
    if gravest is None:
        return Verdict(None, may_continue=True, advice=())
    advice = tuple(flag.advice for flag in flags if flag.advice and flag.action == gravest)
    return Verdict(safety.actions[gravest], gravest not in _MUST_NOT_EXERCISE, advice)


def by_gravity(safety: Safety) -> list[tuple[WarningSignAction, list[WarningSign]]]:
    """Return the warning signs grouped by what to do about them, the gravest first."""
    return [
        (safety.actions[name], [flag for flag in safety.red_flags if flag.action == name]) for name in _GRAVEST_FIRST
    ]
