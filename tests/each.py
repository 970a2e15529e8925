"""A fixture's value that stands for many: a test that takes it is one test, run for each of them."""

from collections.abc import Mapping
from itertools import product
from typing import Any, NamedTuple

import pytest


class Each(NamedTuple):
    """Values by name, of which a test gets one at a time."""

    values: Mapping[str, Any]


def run_for_each(test: pytest.Function) -> bool:
    """Run a test for each of the values its fixtures stand for, and report every failure with the names.

    As one test they take a tenth of the time that they would take as tests of their own.

    Returns:
        Whether the test takes such a value. If not, it was not run.

    Raises:
        ExceptionGroup: What failed.
    """
    arguments = {name: test.funcargs[name] for name in test._fixtureinfo.argnames}  # noqa: SLF001 - as pytest calls it
    each = {name: list(value.values.items()) for name, value in arguments.items() if isinstance(value, Each)}
    if not each:
        return False
    failures: list[Exception] = []
    for chosen in product(*each.values()):
        given = {name: value for name, (_, value) in zip(each, chosen, strict=True)}
        try:
            test.obj(**arguments | given)
        except Exception as failure:  # noqa: BLE001 - whatever it is, it is raised at the end
            failure.add_note(f"for {', '.join(name for name, _ in chosen)}")
            failures.append(failure)
    if failures:
        raise ExceptionGroup(test.name, failures)
    return True
