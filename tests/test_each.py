"""A test that takes an `Each` is run for each value, and reports every failure."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.each import Each, run_for_each


def run(test: Any, **arguments: Any) -> bool:
    info = SimpleNamespace(argnames=tuple(arguments))
    stand_in: Any = SimpleNamespace(name="test", obj=test, funcargs=arguments, _fixtureinfo=info)
    return run_for_each(stand_in)


def test_it_is_run_for_every_combination() -> None:
    seen: list[tuple[int, str, bool]] = []
    numbers, letters = Each({"one": 1, "two": 2}), Each({"a": "A", "b": "B"})
    assert run(
        lambda number, letter, plain: seen.append((number, letter, plain)), number=numbers, letter=letters, plain=True
    )
    assert seen == [(1, "A", True), (1, "B", True), (2, "A", True), (2, "B", True)]


def test_every_failure_is_reported_with_its_name() -> None:
    def odd(number: int) -> None:
        assert number % 2

    with pytest.raises(ExceptionGroup) as caught:
        run(odd, number=Each({"one": 1, "two": 2, "three": 3, "four": 4}))
    assert [failure.__notes__ for failure in caught.value.exceptions] == [["for two"], ["for four"]]


def test_another_test_is_left_to_pytest() -> None:
    assert not run(lambda _: pytest.fail("it was run"), number=1)
