"""The warning signs asked before exercising, and what the answers mean. Nothing is scored and nothing diagnosed."""

from collections.abc import Collection
from typing import NamedTuple

from stretch_coach.routine.safety import Action, ActionName, RedFlag, Safety

_GRAVEST_FIRST: tuple[ActionName, ...] = ("emergency", "urgent", "ask-first", "book-review")
_ENDS_THE_MATTER: tuple[ActionName, ...] = ("emergency", "urgent")


class Verdict(NamedTuple):
    """What to do about the warning signs that apply.

    Attributes:
        action: The gravest thing to do; none if nothing applies.
        may_go_on: Whether the coach may be used now: with emergency and urgent signs there is no timer, and no other
            offer.
        advice: What else is to be known of the signs that apply.
    """

    action: Action | None
    may_go_on: bool
    advice: tuple[str, ...]


def judge(safety: Safety, applies: Collection[str]) -> Verdict:
    """What the ids of the warning signs that apply mean, the gravest deciding."""
    flags = [flag for flag in safety.red_flags if flag.id in applies]
    named = {flag.action for flag in flags}
    gravest = next((name for name in _GRAVEST_FIRST if name in named), None)
    advice = tuple(flag.advice for flag in flags if flag.advice and flag.action == gravest)
    if gravest is None:
        return Verdict(None, may_go_on=True, advice=())
    return Verdict(safety.actions[gravest], gravest not in _ENDS_THE_MATTER, advice)


def by_gravity(safety: Safety) -> list[tuple[Action, list[RedFlag]]]:
    """The warning signs below what to do about them, the gravest first."""
    return [
        (safety.actions[name], [flag for flag in safety.red_flags if flag.action == name]) for name in _GRAVEST_FIRST
    ]
