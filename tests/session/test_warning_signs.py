"""The warning signs: when they are asked, and what the answers mean."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.paths import bundled_routines
from stretch_coach.routine.safety import Safety, load_safety
from stretch_coach.session.warning_signs import Verdict, by_gravity, judge

SAFETY = load_safety(bundled_routines())
IDS = [flag.id for flag in SAFETY.red_flags]
ORDER = ["emergency", "urgent", "ask-first", "book-review"]


def flags(safety: Safety, action: str) -> list[str]:
    return [flag.id for flag in safety.red_flags if flag.action == action]


def test_no_sign_permits_exercise() -> None:
    assert judge(SAFETY, []) == Verdict(None, may_continue=True, advice=())


@pytest.mark.parametrize("flag", IDS)
def test_each_sign_has_the_verdict_of_its_action(flag: str) -> None:
    verdict = judge(SAFETY, [flag])
    [sign] = [one for one in SAFETY.red_flags if one.id == flag]
    assert verdict.action == SAFETY.actions[sign.action]
    assert verdict.may_continue == (sign.action in ("ask-first", "book-review"))
    assert verdict.advice == ((sign.advice,) if sign.advice else ())


@pytest.mark.parametrize(("graver", "milder"), list(combinations(ORDER, 2)))
def test_gravest_sign_decides(graver: str, milder: str) -> None:
    both = [*flags(SAFETY, milder)[:1], *flags(SAFETY, graver)[:1]]
    assert judge(SAFETY, both).action == SAFETY.actions[graver]  # type: ignore[index]  # the names of the actions


@given(st.sets(st.sampled_from(IDS)), st.sets(st.sampled_from(IDS)))
def test_more_signs_never_permit_more(some: set[str], more: set[str]) -> None:
    assert judge(SAFETY, some).may_continue >= judge(SAFETY, some | more).may_continue


def test_every_sign_is_asked_once_with_its_action() -> None:
    asked = [flag.id for _, found in by_gravity(SAFETY) for flag in found]
    assert sorted(asked) == sorted(IDS)
    assert [action.label for action, _ in by_gravity(SAFETY)] == [SAFETY.actions[name].label for name in ORDER]  # type: ignore[index]  # the same
