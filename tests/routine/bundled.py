"""The bundled files as they are written, and the choice of those that a rule is about."""

from collections.abc import Callable, Mapping
from typing import Any

Entry = dict[str, Any]
Entries = dict[str, Entry]


def matching(entries: Mapping[str, Entry], condition: Callable[[Entry], object]) -> list[Entry]:
    """Return the entries that a rule is about. There has to be one, or the rule would check nothing."""
    found = [entry for entry in entries.values() if condition(entry)]
    assert found, "no bundled file is of this kind"
    return found
