"""``safety``: all that is to be known before and while exercising, to be read at any time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach.cells import text_width
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.safety import load_safety
from tests.cli.conftest import Ended


def words(text: str) -> str:
    return " ".join(text.split())


def test_it_shows_what_this_is_for_the_warning_signs_and_when_to_stop(
    coach: Callable[..., Ended], own_home: Path
) -> None:
    safety = load_safety(bundled_routines())
    ended = coach("safety")
    assert (ended.code, ended.err) == (0, "")
    shown = words(ended.out)
    for text in (*safety.intended_use, safety.review, safety.gate_intro, *safety.stop_now, safety.stop_text):
        assert words(text) in shown
    for flag in safety.red_flags:
        assert all(words(text) in shown for text in (flag.ask, *flag.signs, flag.advice or ""))
    assert not own_home.exists()


def test_each_warning_sign_stands_below_what_to_do_about_it(coach: Callable[..., Ended]) -> None:
    safety = load_safety(bundled_routines())
    shown = words(coach("safety").out)
    for name, action in safety.actions.items():
        _, _, below = shown.partition(words(action.text))
        following = [words(other.text) for other in safety.actions.values() if words(other.text) in below]
        for flag in safety.red_flags:
            if flag.action == name:
                before_next = below[: min((below.index(text) for text in following), default=len(below))]
                assert words(flag.ask) in before_next


@pytest.mark.parametrize("columns", [30, 80, 200])
def test_it_is_wrapped_to_the_terminal_and_never_too_wide_to_read(
    coach: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = coach("safety").out.splitlines()
    assert max(map(text_width, lines)) <= min(columns, 100)
    assert any(line.startswith("  - ") for line in lines)
    assert any(line.startswith("    ") for line in lines)
