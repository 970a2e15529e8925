"""Text from files: what may be shown, how the rest is quoted, and how sides are filled in."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.text import fill_side, has_side, quoted
from stretch_coach.safe_text import is_safe, shown

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
ANY_TEXT = st.text(st.characters())  # also halves of surrogate pairs


@given(text=ANY_TEXT)
def test_what_is_shown_can_steer_no_terminal(text: str) -> None:
    result = shown(text)
    assert all(is_safe(one) for one in result)
    assert result.encode().decode() == result


@given(value=JSON)
def test_a_quoted_value_is_one_short_printable_line(value: object) -> None:
    result = quoted(value)
    assert len(result) < 400
    assert not any(unicodedata.category(one) in {"Cc", "Cs"} for one in result)


@given(text=st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=50))
def test_ordinary_text_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == text


def test_long_text_is_cut() -> None:
    assert shown("x" * 60) == "x" * 60
    assert shown("x" * 61) == "x" * 59 + "…"
    assert shown("x" * 61, at_most=100) == "x" * 61


@pytest.mark.parametrize("value", [None, True, 3, 2.5, [1, "a"], {"a": None}])
def test_values_are_quoted_as_they_stand_in_a_file(value: object) -> None:
    assert quoted(value) == json.dumps(value)


def test_sides_are_filled_in() -> None:
    text = "Tip your {other} ear, {side} shoulder heavy."
    assert fill_side(text, "left") == "Tip your right ear, left shoulder heavy."
    assert fill_side(text, "right") == "Tip your left ear, right shoulder heavy."
    assert fill_side("Sit tall.", None) == "Sit tall."


def test_a_side_is_noticed() -> None:
    assert has_side("to the {side}")
    assert has_side("to the {other}")
    assert not has_side("to one side")
