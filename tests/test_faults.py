"""Every row of docs/faults.md names a test that exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROWS = [
    [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for line in (ROOT / "docs" / "faults.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| fault "))
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_row_names_a_test(row: list[str]) -> None:
    fault, seen, _, test = row
    assert fault
    assert seen
    file, *names = test.strip("`").split("::")
    body: list[ast.stmt] = ast.parse((ROOT / file).read_text(encoding="utf-8")).body
    for name in names:
        found = [node for node in body if getattr(node, "name", "") == name]
        assert found, f"{file} has no {'::'.join(names)}"
        body = getattr(found[0], "body", [])
