"""Changes to JSON in its text: what is not changed stays as somebody wrote it, with its order and its spaces. Pure.

Each function takes a text of valid JSON and returns another one. A path is the keys and indexes (from 0) to a value.
"""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from stretch_coach.routine.diagnostics import KeyPath
from stretch_coach.routine.document import Entry, entries, skip_space


class _Container(NamedTuple):
    """An object or an array in a text: the offsets of its brackets, and its entries."""

    opening: int
    closing: int
    entries: tuple[Entry, ...]


def set_value(text: str, path: KeyPath, value: Any, order: Sequence[str] = ()) -> str:
    """Return the text with another value at a path whose last part is a key; an object without it gets the key.

    Args:
        text: The JSON.
        path: The path of the value. Everything but the last key has to exist.
        value: The value.
        order: The usual order of the keys, by which a new one finds its place; without one it comes last.

    Raises:
        KeyError: The path does not lead to an object.
    """
    container = _find(text, path[:-1])
    key = path[-1]
    found = next((entry for entry in container.entries if entry.key == key), None)
    written = as_json(value)
    if found:
        return text[: found.value] + written + text[found.end :]
    before = order[: order.index(key)] if key in order else [str(entry.key) for entry in container.entries]
    index = max((number for number, entry in enumerate(container.entries, 1) if entry.key in before), default=0)
    return _insert(text, container, index, f"{as_json(key)}: {written}")


def insert_item(text: str, path: KeyPath, index: int, value: Any) -> str:
    """Return the text with a value inserted into the array at a path, so that it has that index.

    Raises:
        KeyError: The path does not lead to an array.
    """
    return _insert(text, _find(text, path), index, as_json(value))


def remove_entry(text: str, path: KeyPath) -> str:
    """Return the text without the entry at a path; if there is none, the text unchanged.

    Raises:
        KeyError: The path does not lead into an object or an array.
    """
    container = _find(text, path[:-1])
    there = container.entries
    index = next((number for number, entry in enumerate(there) if entry.key == path[-1]), None)
    if index is None:
        return text
    if len(there) == 1:
        return text[: container.opening + 1] + text[container.closing :]
    if index == 0:
        return text[: there[0].start] + text[there[1].start :]
    return text[: there[index - 1].end] + text[there[index].end :]


def move_item(text: str, path: KeyPath, index: int, to: int) -> str:
    """Return the text with an item of the array at a path moved from one index to another; the spaces between stay.

    Raises:
        KeyError: The path does not lead to an array.
    """
    there = _find(text, path).entries
    items = [text[entry.start : entry.end] for entry in there]
    items.insert(to, items.pop(index))
    for entry, item in reversed(list(zip(there, items, strict=True))):
        text = text[: entry.start] + item + text[entry.end :]
    return text


def as_json(value: Any) -> str:
    """Return a value as a person would write it on one line: whole numbers without a point."""
    return json.dumps(plain_numbers(value), ensure_ascii=False)


def plain_numbers(value: Any) -> Any:
    """Return a JSON value with whole numbers as a person would write them: 10 rather than 10.0."""
    if isinstance(value, dict):
        return {key: plain_numbers(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain_numbers(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _find(text: str, path: KeyPath) -> _Container:
    start = skip_space(text, 0)
    for part in path:
        start = next((entry.value for entry in entries(text, start) if entry.key == part), -1)
        if start < 0:
            raise KeyError(part)
    if text[start] not in "{[":
        raise KeyError(path[-1] if path else "")
    found = tuple(entries(text, start))
    return _Container(start, skip_space(text, found[-1].end if found else start + 1), found)


def _insert(text: str, container: _Container, index: int, written: str) -> str:
    """Return the text with an entry at an index, separated from the others as they are from each other."""
    opening, closing, there = container
    if not there:
        return text[: opening + 1] + _first(text, opening, written) + text[closing:]
    gaps = [_space_before(text, entry.start) for entry in there]
    gap = min(gaps if "\n" in gaps[0] else gaps[1:], key=len, default=gaps[0] or " ")
    if index == 0:
        start = there[0].start
        return f"{text[:start]}{written},{gap}{text[start:]}"
    end = there[index - 1].end
    return f"{text[:end]},{gap}{written}{text[end:]}"


def _first(text: str, opening: int, written: str) -> str:
    """Return the first entry of a container with the spaces around it: on its own line if the file has several."""
    if "\n" not in text:
        return written
    line_end = "\r\n" if "\r\n" in text else "\n"
    line = text[text.rfind("\n", 0, opening) + 1 : opening]
    indent = line[: len(line) - len(line.lstrip())]
    return f"{line_end}{indent}  {written}{line_end}{indent}"


def _space_before(text: str, offset: int) -> str:
    before = text[:offset]
    return before[len(before.rstrip(" \t\n\r")) :]
