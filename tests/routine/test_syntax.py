"""Mistakes in the syntax of a JSON file: all of them, while it stays clear what was meant."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.syntax import find_mistakes


def offsets_of_mistakes(text: str) -> list[int]:
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(text)
    return [mistake.offset for mistake in find_mistakes(text, caught.value)]


def test_every_mistake_that_can_be_passed_over_is_found() -> None:
    text = '{\n  "a": “b”, // why\n  /* where\n   to */ "c": [1, 2,],\n}'
    assert offsets_of_mistakes(text) == [text.index(mark) for mark in ("“", "//", "/*", ",]", ",\n}")]


def test_mistake_that_could_mean_anything_is_the_last() -> None:
    text = '{"a": 1 // one\n "b": 2, // two\n}'
    assert offsets_of_mistakes(text) == [text.index("//"), text.index('"b"')]


PARTS = [*"{}[]:,\"'#\n a1\\", "“", "”", "//", "/*", "*/"]
MARKS = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)


@given(MARKS)
def test_mistakes_are_in_the_text_and_come_to_an_end(text: str) -> None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        offsets = [mistake.offset for mistake in find_mistakes(text, error)]
        assert offsets
        assert len(offsets) == len({*offsets})
        assert all(0 <= offset <= len(text) for offset in offsets)
