"""Places of values in random JSON: the offset that is told is exactly where the value stands."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.complaint import KeyPath
from stretch_coach.routine.document import Document

KEYS = st.text(max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | st.floats(-1e9, 1e9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)
LAYOUTS = st.sampled_from([(None, (",", ":")), (None, (" ,\t", "\n:  ")), (0, (",", ": ")), (3, (",\r", " :"))])


def paths(value: Any, here: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Every value inside a value, with the keys and indexes that lead to it."""
    yield here, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*here, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*here, index))


def offset(text: str, line: int, column: int) -> int:
    """Where a line and column are, counted the way an editor does."""
    return sum(len(one) + 1 for one in text.split("\n")[: line - 1]) + column - 1


@given(value=VALUES, layout=LAYOUTS, ascii_only=st.booleans(), lead=st.sampled_from(["", " ", "\n\n\t"]))
def test_each_value_is_found_where_it_stands(
    value: Any, layout: tuple[int | None, tuple[str, str]], lead: str, *, ascii_only: bool
) -> None:
    indent, separators = layout
    text = lead + json.dumps(value, indent=indent, separators=separators, ensure_ascii=ascii_only) + "\n"
    document = Document(Path("my.json"), text, json.loads(text))
    for path, inner in paths(value):
        found, _ = json.JSONDecoder().raw_decode(text, offset(text, *document.locate(path)))
        assert found == inner
        assert type(found) is type(inner)
        assert document.holds(path)
        if path and isinstance(path[-1], str):
            name, _ = json.JSONDecoder().raw_decode(text, offset(text, *document.locate(path, key=True)))
            assert name == path[-1]


@given(value=VALUES, path=st.lists(KEYS | st.integers(0, 9), max_size=4).map(tuple))
def test_a_path_that_leads_nowhere_is_placed_inside_the_file(value: Any, path: KeyPath) -> None:
    text = json.dumps(value, indent=1)
    line, column = Document(Path("my.json"), text, value).locate(path)
    assert 1 <= line <= text.count("\n") + 1
    assert 0 <= offset(text, line, column) < len(text)
