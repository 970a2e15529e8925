"""The warning signs: the gravest that applies decides, and the grave ones leave no way on."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.paths import bundled_routines
from stretch_coach.routine.safety import Safety, load_safety
from stretch_coach.session.gate import Verdict, by_gravity, judge

SAFETY = load_safety(bundled_routines())
IDS = [flag.id for flag in SAFETY.red_flags]
ORDER = ["emergency", "urgent", "ask-first", "book-review"]


def flags(safety: Safety, action: str) -> list[str]:
    return [flag.id for flag in safety.red_flags if flag.action == action]


def test_nothing_ticked_forbids_nothing() -> None:
    assert judge(SAFETY, []) == Verdict(None, may_go_on=True, advice=())


@pytest.mark.parametrize("flag", IDS)
def test_each_sign_says_what_its_action_says(flag: str) -> None:
    verdict = judge(SAFETY, [flag])
    [sign] = [one for one in SAFETY.red_flags if one.id == flag]
    assert verdict.action == SAFETY.actions[sign.action]
    assert verdict.may_go_on == (sign.action in ("ask-first", "book-review"))
    assert verdict.advice == ((sign.advice,) if sign.advice else ())


@pytest.mark.parametrize(("graver", "milder"), list(combinations(ORDER, 2)))
def test_the_gravest_decides(graver: str, milder: str) -> None:
    both = [*flags(SAFETY, milder)[:1], *flags(SAFETY, graver)[:1]]
    assert judge(SAFETY, both).action == SAFETY.actions[graver]  # type: ignore[index]  # the names of the actions


@given(st.sets(st.sampled_from(IDS)), st.sets(st.sampled_from(IDS)))
def test_ticking_more_never_permits_more(some: set[str], more: set[str]) -> None:
    assert judge(SAFETY, some).may_go_on >= judge(SAFETY, some | more).may_go_on


def test_every_sign_is_asked_once_below_its_action() -> None:
    asked = [flag.id for _, found in by_gravity(SAFETY) for flag in found]
    assert sorted(asked) == sorted(IDS)
    assert [action.label for action, _ in by_gravity(SAFETY)] == [SAFETY.actions[name].label for name in ORDER]  # type: ignore[index]  # the same
