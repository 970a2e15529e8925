"""`safety`: the warning signs and the stop signs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach.paths import bundled_routines
from stretch_coach.routine.safety import load_safety
from stretch_coach.text import text_width
from tests.cli.conftest import CommandResult


def words(text: str) -> str:
    return " ".join(text.split())


def test_safety_shows_its_purpose_the_warning_signs_and_the_stop_signs(
    coach: Callable[..., CommandResult], own_home: Path
) -> None:
    safety = load_safety(bundled_routines())
    ended = coach("safety")
    assert (ended.code, ended.err) == (0, "")
    shown = words(ended.out)
    for text in (*safety.intended_use, safety.review, safety.gate_intro, *safety.stop_now, safety.stop_text):
        assert words(text) in shown
    for flag in safety.red_flags:
        assert words(flag.text) in shown
    assert not own_home.exists()


def test_each_warning_sign_is_listed_below_its_action(coach: Callable[..., CommandResult]) -> None:
    safety = load_safety(bundled_routines())
    shown = words(coach("safety").out)
    for name, action in safety.actions.items():
        _, _, below = shown.partition(words(action.text))
        following = [words(other.text) for other in safety.actions.values() if words(other.text) in below]
        for flag in safety.red_flags:
            if flag.action == name:
                before_next = below[: min((below.index(text) for text in following), default=len(below))]
                assert words(flag.text) in before_next


@pytest.mark.parametrize("columns", [30, 80, 200])
def test_safety_is_wrapped_to_the_terminal_and_to_100_columns(
    coach: Callable[..., CommandResult], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = coach("safety").out.splitlines()
    assert max(map(text_width, lines)) <= min(columns, 100)
    assert any(line.startswith("  - ") for line in lines)
    assert any(line.startswith("    ") for line in lines)
