"""Keys of line mode and words of a controlling program."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.session.engine import SessionCommand
from stretch_coach.session.input.keys import KEYS, KEYS_HELP, CommandLines, keys_pressed


@pytest.mark.parametrize(
    ("typed", "commands"),
    [
        (" ", [SessionCommand.TOGGLE]),
        ("n", [SessionCommand.NEXT]),
        ("p", [SessionCommand.PREVIOUS]),
        ("r", [SessionCommand.REPEAT]),
        ("+", [SessionCommand.MORE]),
        ("x", [SessionCommand.STOP]),
        ("q", [SessionCommand.END]),
        ("NX", [SessionCommand.NEXT, SessionCommand.STOP]),
        ("\x1b[C", [SessionCommand.NEXT]),
        ("\x1bOC", [SessionCommand.NEXT]),
        ("\x1b[D", [SessionCommand.PREVIOUS]),
        ("\x1bOD", [SessionCommand.PREVIOUS]),
        ("n\x1b[D+ ", [SessionCommand.NEXT, SessionCommand.PREVIOUS, SessionCommand.MORE, SessionCommand.TOGGLE]),
        ("", []),
        ("\r\n\tzä🙆", []),
    ],
)
def test_each_key_has_its_command_and_other_keys_have_none(typed: str, commands: list[SessionCommand]) -> None:
    assert list(keys_pressed(typed)) == commands


@pytest.mark.parametrize(
    "sequence", ["\x1b[A", "\x1b[3~", "\x1b[1;5C", "\x1b[15~", "\x1b[120;1u", "\x1bOP", "\x1b[?1x"]
)
def test_letters_in_the_sequences_of_other_keys_are_not_commands(sequence: str) -> None:
    assert list(keys_pressed(sequence)) == []


def test_stop_and_next_are_never_one_key_and_the_help_names_them_all() -> None:
    assert set(KEYS.values()) == {
        SessionCommand.TOGGLE,
        SessionCommand.NEXT,
        SessionCommand.PREVIOUS,
        SessionCommand.REPEAT,
        SessionCommand.MORE,
        SessionCommand.STOP,
        SessionCommand.END,
    }
    # What stops at once comes first: it is looked for in a hurry.
    assert KEYS_HELP.startswith("x it hurts, stop")
    for key in ("space pause", "n next", "p previous", "r repeat", "+ hold ten seconds more", "x it hurts", "q end"):
        assert key in KEYS_HELP


@given(st.text())
def test_any_input_is_accepted_by_the_keys(typed: str) -> None:
    assert set(keys_pressed(typed)) <= set(KEYS.values())


WORDS = ["pause", "resume", "next", "previous", "repeat", "more", "stop", "end"]


@pytest.mark.parametrize("word", WORDS)
def test_word_on_a_line_is_a_command(word: str) -> None:
    assert list(CommandLines().feed(f"{word}\n")) == [SessionCommand(word)]
    assert list(CommandLines().feed(f"  {word.upper()} \r\n")) == [SessionCommand(word)]


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("x", SessionCommand.STOP),
        (" ", SessionCommand.TOGGLE),
        (" \r", SessionCommand.TOGGLE),
        ("+", SessionCommand.MORE),
    ],
)
def test_key_on_a_line_is_a_command(line: str, command: SessionCommand) -> None:
    assert list(CommandLines().feed(f"{line}\n")) == [command]


@pytest.mark.parametrize("line", ["", "stop now", "interrupt", "toggle", "xx", '{"command": "stop"}', "\r"])
def test_other_lines_are_ignored(line: str) -> None:
    assert list(CommandLines().feed(f"{line}\n")) == []


def test_line_counts_once_it_is_complete() -> None:
    lines = CommandLines()
    assert list(lines.feed("pau")) == []
    assert list(lines.feed("se\nres")) == [SessionCommand.PAUSE]
    assert list(lines.feed("ume")) == []
    assert list(lines.feed("\n")) == [SessionCommand.RESUME]


@given(st.lists(st.sampled_from([*WORDS, "nonsense", ""]), max_size=8), st.lists(st.integers(0, 60), max_size=8))
def test_command_lines_may_arrive_in_any_parts(words: list[str], cuts: list[int]) -> None:
    text = "".join(f"{word}\n" for word in words)
    edges = sorted({0, len(text), *(cut for cut in cuts if cut <= len(text))})
    lines = CommandLines()
    got = [command for start, end in pairwise(edges) for command in lines.feed(text[start:end])]
    assert got == [SessionCommand(word) for word in words if word in WORDS]


def test_endless_line_fills_no_memory_and_is_not_a_command() -> None:
    lines = CommandLines()
    for _ in range(1000):
        assert list(lines.feed("x" * 1000)) == []
    assert all(len(value) <= 200 for value in vars(lines).values())
    assert list(lines.feed("\nstop\n")) == [SessionCommand.STOP]
