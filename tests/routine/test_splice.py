"""Changes to JSON in its text: they mean what they should, and nothing else changes."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.splice import as_json, insert_item, move_item, remove_entry, set_value

TEXT = """{
  "title" : "Mine",

  "steps": [
    {"exercise": "chin-tuck", "hold":5},
    { "rest": 20 }
  ]
}
"""

Values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 700) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
Indents = st.sampled_from([None, 0, 2, 4])


def test_an_item_is_inserted_on_a_line_of_its_own() -> None:
    longer = insert_item(TEXT, ("steps",), 1, {"exercise": "posture-reset", "hold": 10.0})
    assert longer == TEXT.replace('"hold":5},\n', '"hold":5},\n    {"exercise": "posture-reset", "hold": 10},\n')
    assert remove_entry(longer, ("steps", 1)) == TEXT


def test_a_new_key_finds_its_place_in_the_usual_order() -> None:
    order = ("exercise", "side", "prepare", "hold", "reps")
    text = set_value(TEXT, ("steps", 0, "prepare"), 3, order)
    assert text == TEXT.replace('"chin-tuck",', '"chin-tuck", "prepare": 3,')
    assert '"hold":5, "reps": 2}' in set_value(TEXT, ("steps", 0, "reps"), 2, order)
    assert set_value(TEXT, ("format",), 1, ("format", "title")).startswith('{\n  "format": 1,\n  "title" :')


def test_a_value_is_replaced_where_it_is() -> None:
    assert set_value(TEXT, ("steps", 0, "hold"), 12.5) == TEXT.replace('"hold":5', '"hold":12.5')


def test_items_exchange_their_places_but_not_their_spaces() -> None:
    step, rest = '{"exercise": "chin-tuck", "hold":5}', '{ "rest": 20 }'
    moved = TEXT.replace(f"{step},\n    {rest}", f"{rest},\n    {step}")
    assert move_item(TEXT, ("steps",), 0, 1) == moved
    assert move_item(moved, ("steps",), 1, 0) == TEXT


def test_the_first_item_of_an_empty_list_is_indented_as_the_file_is() -> None:
    text = '{\r\n    "steps": []\r\n}'
    assert insert_item(text, ("steps",), 0, 1) == '{\r\n    "steps": [\r\n      1\r\n    ]\r\n}'


@pytest.mark.parametrize("path", [("title", "x"), ("nothing", 0), ("steps", 7, "hold")])
def test_a_path_that_leads_nowhere_is_an_error(path: Any) -> None:
    with pytest.raises(KeyError):
        set_value(TEXT, path, 1)


@given(Values, st.lists(Values, max_size=4), st.data(), Indents)
def test_changes_of_a_list_are_the_same_as_of_its_value(
    value: Any, items: list[Any], data: st.DataObject, indent: int | None
) -> None:
    text = json.dumps({"a": items, "b": value}, indent=indent)
    at = data.draw(st.integers(0, len(items)))
    longer = insert_item(text, ("a",), at, value)
    items.insert(at, value)
    assert json.loads(longer)["a"] == items
    to = data.draw(st.integers(0, len(items) - 1))
    items.insert(to, items.pop(at))
    moved = move_item(longer, ("a",), at, to)
    assert json.loads(moved) == {"a": items, "b": value}
    assert json.loads(remove_entry(moved, ("a", to)))["a"] == items[:to] + items[to + 1 :]


@given(st.dictionaries(st.text(max_size=3), Values, max_size=4), st.text(max_size=3), Values, Indents)
def test_changes_of_an_object_are_the_same_as_of_its_value(
    content: dict[str, Any], key: str, value: Any, indent: int | None
) -> None:
    text = json.dumps(content, indent=indent)
    assert json.loads(set_value(text, (key,), value)) == content | {key: value}
    assert json.loads(set_value(text, (key,), value, (key,))) == content | {key: value}
    assert json.loads(remove_entry(text, (key,))) == {one: content[one] for one in content if one != key}


def test_whole_numbers_are_written_without_a_point() -> None:
    assert as_json({"hold": 20.0, "rest": [2.5, 3.0]}) == '{"hold": 20, "rest": [2.5, 3]}'
