"""Text in a terminal's cells: its width, where it is cut, and how it is wrapped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.cells import columns, cut_to_width, text_width, wrap

# Letters of one cell, of two, of none, and of what a word is broken at; all the rest of Unicode too.
TEXTS = st.text(st.sampled_from("aB肩こ\uff26e\u0301\u200b🙆\u00a0  \t\n") | st.characters())
INDENTS = st.integers(0, 12).map(lambda cells: " " * cells)


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
def test_a_text_is_as_wide_as_a_terminal_shows_it(text: str, width: int) -> None:
    assert text_width(text) == width


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
def test_it_is_cut_where_it_no_longer_fits(text: str, cells: int, cut: str) -> None:
    assert cut_to_width(text, cells) == cut


@given(st.text(), st.integers(0, 100))
def test_what_is_cut_fits_and_one_more_would_not(text: str, cells: int) -> None:
    cut = cut_to_width(text, cells)
    assert text.startswith(cut)
    assert text_width(cut) <= cells
    assert cut == text or text_width(text[: len(cut) + 1]) > cells


@given(TEXTS, st.integers(2, 100), INDENTS)
def test_no_line_is_wider_than_its_cells(text: str, cells: int, indent: str) -> None:
    assert all(text_width(line) <= cells for line in wrap(text, cells, indent).split("\n"))


@given(TEXTS, st.integers(-5, 100), INDENTS)
def test_nothing_but_spaces_is_lost(text: str, cells: int, indent: str) -> None:
    assert "".join(wrap(text, cells, indent).split()) == "".join(text.split())


@given(TEXTS, st.integers(2, 100), INDENTS)
def test_a_word_that_fits_on_a_line_of_its_own_is_not_broken(text: str, cells: int, indent: str) -> None:
    lines = wrap(text, cells, indent).split("\n")
    room = cells - len(indent)
    whole = [word for word in text.split() if text_width(word) <= room]
    words = [word for line in lines for word in line.split()]
    assert all(word in words for word in whole)


@given(TEXTS, st.integers(14, 100), INDENTS)
def test_each_line_but_the_first_is_indented(text: str, cells: int, indent: str) -> None:
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
        # There is no room for the indent, so that it gives way.
        ("Chin tuck", 4, "      ", ["Chin", "  tu", "  ck"]),
    ],
)
def test_a_text_is_wrapped(text: str, cells: int, indent: str, lines: list[str]) -> None:
    assert wrap(text, cells, indent).split("\n") == lines


def test_the_width_is_the_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "33")
    assert columns() == 33
