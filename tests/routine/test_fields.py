"""Text in files: what is safe to show, how values are quoted, and how sides are filled in."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.fields import fill_side, has_side
from stretch_coach.text import excerpt, is_safe, quoted

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
ANY_TEXT = st.text(st.characters())  # includes halves of surrogate pairs


@given(text=ANY_TEXT)
def test_shown_text_is_safe_and_can_be_encoded(text: str) -> None:
    result = excerpt(text)
    assert all(is_safe(character) for character in result)
    assert result.encode().decode() == result


@given(value=JSON)
def test_a_quoted_value_is_one_short_printable_line(value: object) -> None:
    result = quoted(value)
    assert len(result) < 400
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in result)


@given(text=st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=50))
def test_ordinary_text_is_shown_unchanged(text: str) -> None:
    assert excerpt(text) == text


def test_long_text_is_cut() -> None:
    assert excerpt("x" * 60) == "x" * 60
    assert excerpt("x" * 61) == "x" * 59 + "…"
    assert excerpt("x" * 61, at_most=100) == "x" * 61


@pytest.mark.parametrize("value", [None, True, 3, 2.5, [1, "a"], {"a": None}])
def test_values_are_quoted_as_json(value: object) -> None:
    assert quoted(value) == json.dumps(value)


def test_fill_side() -> None:
    text = "Tip your {other} ear, {side} shoulder heavy."
    assert fill_side(text, "left") == "Tip your right ear, left shoulder heavy."
    assert fill_side(text, "right") == "Tip your left ear, right shoulder heavy."
    assert fill_side("Sit tall.", None) == "Sit tall."


def test_has_side() -> None:
    assert has_side("to the {side}")
    assert has_side("to the {other}")
    assert not has_side("to one side")
