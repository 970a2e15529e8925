"""Values of settings as they are typed and shown."""

from datetime import time
from typing import Any

import pytest

from stretch_coach.settings.kinds import (
    Flag,
    Kind,
    Proportion,
    Text,
    TimeOfDay,
    WholeNumber,
    WholeNumbers,
    WordChoice,
    format_value,
    parse_text,
    plain_value,
)
from stretch_coach.text import quoted

MINUTES = WholeNumbers(WholeNumber(1, 120), at_most=6)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Flag(), "true", True),
        (WholeNumber(80, 300), "150", 150),
        (Proportion(), "0.5", 0.5),
        (WordChoice("full", "off"), "off", "off"),
        (TimeOfDay(), "05:30", "05:30"),
        (MINUTES, "[3, 6]", [3, 6]),
        (MINUTES, "3, 6", [3, 6]),
        (MINUTES, "3", [3]),
        # Text that looks like something else is text where the setting holds text.
        (Text(), "150", "150"),
        (Text(), "true", "true"),
        (Text(), '"en-gb"', "en-gb"),
        (Text(), "en gb", "en gb"),
        (Text(), "", ""),
        # What is not valid is returned as it would be read.
        (WholeNumber(80, 300), "fast", "fast"),
        (WholeNumber(80, 300), "3", 3),
        (Flag(), "[" * 10_000, "[" * 10_000),
    ],
)
def test_typed_text_becomes_the_value_it_means(kind: Kind, text: str, value: Any) -> None:
    assert parse_text(kind, text) == value


@pytest.mark.parametrize(
    ("value", "toml", "plain"),
    [
        (True, "true", "true"),
        (160, "160", "160"),
        (0.5, "0.5", "0.5"),
        (time(4), '"04:00"', "04:00"),
        ("mirror", '"mirror"', "mirror"),
        ('a "b" \\', r'"a \"b\" \\"', 'a "b" \\'),
        ((5, 10), "[5, 10]", "[5, 10]"),
    ],
)
def test_value_is_shown_as_toml_and_without_quotes(value: Any, toml: str, plain: str) -> None:
    assert (format_value(value), plain_value(value)) == (toml, plain)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x", '"x"'),
        (True, "true"),
        (["True", False], '["True", false]'),
        ("\x1b[31m", r'"\u001b[31m"'),
        ("x" * 100, '"' + "x" * 59 + '…"'),
    ],
)
def test_value_in_an_error_is_safe_and_short(value: Any, text: str) -> None:
    assert quoted(value) == text
