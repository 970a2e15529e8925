"""Text for a terminal: cleaned, measured in cells, cut and wrapped."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from stretch_coach.text import ONE_CELL, clean, columns, cut_to_width, excerpt, is_safe, json_text, text_width, wrap

# Letters of one, two and no cells, spaces, and the rest of Unicode.
TEXTS = st.text(st.sampled_from("aB肩こ\uff26e\u0301\u200b🙆\u00a0  \t\n") | st.characters())
INDENTS = st.integers(0, 12).map(lambda cells: " " * cells)


UNSAFE = [
    ("\x1b[31m", r"\u001b[31m"),  # an escape sequence
    ("\x9b31m", r"\u009b31m"),  # the same in one character
    ("\u202e", r"\u202e"),  # text that runs backwards
    ("\x07\x7f\r", r"\u0007\u007f\u000d"),
    ("\udce9", r"\udce9"),  # a byte of a file name that is not UTF-8
    ("\U000e0041", r"\udb40\udc41"),  # a tag, which nobody sees
]
SAFE = ["", "Chin tuck", "Schräg — ja", "肩こり", "🙆\u200d♂", "a\u00a0b"]


class TestClean:
    @pytest.mark.parametrize(("text", "cleaned"), UNSAFE)
    def test_unsafe_characters_are_escaped(self, text: str, cleaned: str) -> None:
        assert clean(f"a{text}b") == excerpt(f"a{text}b") == f"a{cleaned}b"

    @pytest.mark.parametrize("text", SAFE)
    def test_safe_text_is_kept(self, text: str) -> None:
        assert clean(text) == excerpt(text) == text

    def test_lines_and_tabs_are_kept_but_not_in_an_excerpt(self) -> None:
        assert clean("a\n\tb") == "a\n\tb"
        assert excerpt("a\n\tb") == r"a\u000a\u0009b"

    @given(st.text(st.characters()))
    def test_only_safe_characters_are_left(self, text: str) -> None:
        assert all(is_safe(character) or character in "\n\t" for character in clean(text))

    def test_long_excerpt_is_cut(self) -> None:
        assert excerpt("x" * 100) == "x" * 59 + "…"
        assert excerpt("x" * 100, at_most=100) == "x" * 100


class TestJsonText:
    @pytest.mark.parametrize(("text", "_"), UNSAFE)
    def test_unsafe_characters_are_escaped_and_read_back(self, text: str, _: str) -> None:
        written = json_text({text: [text]}, indent=1)
        assert all(is_safe(character) or character == "\n" for character in written)
        assert json.loads(written) == {text: [text]}

    def test_safe_text_stays_readable(self) -> None:
        assert json_text({"title": "肩こり"}) == '{"title": "肩こり"}'

    @given(st.recursive(st.text() | st.integers() | st.none(), st.lists, max_leaves=5))
    def test_every_value_reads_back(self, value: object) -> None:
        assert json.loads(json_text(value)) == value


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("Chin tuck", 9),
        ("Schräg — ja", 11),
        ("肩こり", 6),
        ("\uff26\uff35", 4),  # full-width letters
        ("e\u0301", 1),  # an accent of its own
        ("a\u200bb", 2),  # a space of no width
        ("🙆", 2),
    ],
)
def test_text_width(text: str, width: int) -> None:
    assert text_width(text) == width


@given(st.text(st.characters(max_codepoint=0x2FF) | st.sampled_from(sorted(ONE_CELL)), max_size=20))
def test_text_width_needs_no_table_where_every_character_takes_one_cell(text: str) -> None:
    if text.isprintable():
        assert text_width(text) == wcswidth(text) == len(text)


@pytest.mark.parametrize(
    ("text", "cells", "cut"),
    [
        ("Chin tuck", 20, "Chin tuck"),
        ("Chin tuck", 4, "Chin"),
        ("肩こり", 5, "肩こ"),
        ("肩こり", 1, ""),
        ("e\u0301e\u0301", 1, "e\u0301"),
        ("Chin", 0, ""),
        ("Chin", -1, ""),
    ],
)
def test_cut_to_width(text: str, cells: int, cut: str) -> None:
    assert cut_to_width(text, cells) == cut


@given(st.text(), st.integers(0, 100))
def test_cut_text_fits_and_one_more_character_would_not(text: str, cells: int) -> None:
    cut = cut_to_width(text, cells)
    assert text.startswith(cut)
    assert text_width(cut) <= cells
    assert cut == text or text_width(text[: len(cut) + 1]) > cells


@given(TEXTS, st.integers(2, 100), INDENTS)
def test_wrapped_lines_fit(text: str, cells: int, indent: str) -> None:
    assert all(text_width(line) <= cells for line in wrap(text, cells, indent).split("\n"))


@given(TEXTS, st.integers(-5, 100), INDENTS)
def test_wrapping_loses_only_spaces(text: str, cells: int, indent: str) -> None:
    assert "".join(wrap(text, cells, indent).split()) == "".join(text.split())


@given(TEXTS, st.integers(2, 100), INDENTS)
def test_wrapping_breaks_no_word_that_fits_on_a_line(text: str, cells: int, indent: str) -> None:
    lines = wrap(text, cells, indent).split("\n")
    width = cells - len(indent)
    whole = [word for word in text.split() if text_width(word) <= width]
    words = [word for line in lines for word in line.split()]
    assert all(word in words for word in whole)


@given(TEXTS, st.integers(14, 100), INDENTS)
def test_wrapped_lines_after_the_first_are_indented(text: str, cells: int, indent: str) -> None:
    _, *following = wrap(text, cells, indent).split("\n")
    assert all(line.startswith(indent) and line[len(indent) :].strip() for line in following)


@pytest.mark.parametrize(
    ("text", "cells", "indent", "lines"),
    [
        ("", 20, "  ", [""]),
        ("Slide your head back.", 80, "", ["Slide your head back."]),
        ("Slide your head back.", 15, "", ["Slide your head", "back."]),
        ("     Slide your head back.", 15, "     ", ["     Slide your", "     head back."]),
        ("1/3  Chin tuck: get ready, 2 s", 22, "     ", ["1/3  Chin tuck: get", "     ready, 2 s"]),
        ("  - Numbness in an arm", 14, "    ", ["  - Numbness", "    in an arm"]),
        ("肩を回す 首を回す", 8, "", ["肩を回す", "首を回す"]),
        ("肩を回す首を回す", 7, " ", ["肩を回", " す首を", " 回す"]),
        ("e\u0301" * 5, 3, "", ["e\u0301" * 3, "e\u0301" * 2]),
        ("Nackenmuskulatur", 6, "    ", ["Nacken", "    mu", "    sk", "    ul", "    at", "    ur"]),
        # The indent is shortened where the line is too narrow for it.
        ("Chin tuck", 4, "      ", ["Chin", "  tu", "  ck"]),
    ],
)
def test_wrap(text: str, cells: int, indent: str, lines: list[str]) -> None:
    assert wrap(text, cells, indent).split("\n") == lines


def test_columns_are_the_width_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "33")
    assert columns() == 33
