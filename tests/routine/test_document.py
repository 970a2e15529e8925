"""Reading a file: whatever is in it, the user gets a sentence with the place, never a traceback and never a hang."""

import codecs
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.routine.complaint import RoutineFileError
from stretch_coach.routine.document import BYTES_AT_MOST, DEPTH_AT_MOST, Document, read_document

Write = Callable[[Any], Path]
Read = Callable[[Any], str]


@pytest.fixture
def refusal(write: Write) -> Read:
    """The one sentence with which a file of this content is refused."""

    def read(content: Any) -> str:
        with pytest.raises(RoutineFileError) as caught:
            read_document(write(content))
        assert len(caught.value.problems) == 1
        return str(caught.value)

    return read


def refused(path: Path) -> str:
    with pytest.raises(RoutineFileError) as caught:
        read_document(path)
    return str(caught.value)


def test_a_sound_file_is_read(write: Write) -> None:
    document = read_document(write('{"title": "Ä 休憩", "steps": [1, 2.5, true, null]}'))
    assert document.data == {"title": "Ä 休憩", "steps": [1, 2.5, True, None]}


def test_line_ends_of_windows_do_not_move_the_place(refusal: Read) -> None:
    assert refusal('{\r\n  "a": 1,\r\n  "b": x\r\n}').startswith("my.json:3:8: ")


def test_characters_are_counted_not_bytes(refusal: Read) -> None:
    assert refusal('{"ä😀": x}').startswith("my.json:1:8: ")


# Syntax


@pytest.mark.parametrize("content", ["", " \n\t\n"])
def test_an_empty_file(refusal: Read, content: str) -> None:
    assert refusal(content) == "my.json:1:1: the file is empty. `stretch-coach new` writes one to begin with."


@pytest.mark.parametrize(
    ("content", "place", "what"),
    [
        pytest.param('{"a": }', "1:7", "a value is missing here.", id="no value"),
        pytest.param('{"a" 1}', "1:6", "a colon is missing after the name.", id="no colon"),
        pytest.param('{"a": 1\n "b": 2}', "2:2", "a comma or a closing bracket is missing here.", id="no comma"),
        pytest.param('{"a": [1, 2', "1:12", "a comma or a closing bracket is missing here.", id="cut off"),
        pytest.param('{"a": "bc', "1:7", 'this text has no end. Close it with ".', id="open text"),
        pytest.param('{"a": 1} {', "1:10", "something stands after the end. Take it out.", id="two values"),
        pytest.param("{'a': 1}", "1:2", "a name in double quotes is missing here.", id="single quotes"),
        pytest.param('{\n// no\n"a": 1}', "2:1", "take out the comma or the comment before it.", id="comment"),
        pytest.param('{"a": "b\nc"}', "1:9", "a line break or a control character inside a text.", id="line break"),
        pytest.param('{"a": "\\x"}', "1:8", "a backslash that means nothing. Write it twice: \\\\.", id="backslash"),
        pytest.param('{"a": "\\u12"}', "1:9", "an unfinished \\u sign.", id="short escape"),
        pytest.param('{"a": 01}', "1:8", "a comma or a closing bracket is missing here.", id="leading zero"),
    ],
)
def test_bad_syntax_is_located(refusal: Read, content: str, place: str, what: str) -> None:
    message = refusal(content)
    assert message.startswith(f"my.json:{place}: this is not valid JSON: ")
    assert what in message


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('{"a": [1, 2,]}', "1:12"),
        ('{"a": 1,}', "1:8"),
        ('{"a": 1,\n  "b": [\n    1,\n  ]\n}', "3:6"),
    ],
)
def test_a_trailing_comma_is_pointed_at_and_named(refusal: Read, content: str, place: str) -> None:
    # On every Python: before 3.13 its own reader points at the bracket and asks for another value.
    expected = f"my.json:{place}: this is not valid JSON: there is a comma too many here. Take it out."
    assert refusal(content) == expected


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_in_json_is_refused(refusal: Read, word: str) -> None:
    assert refusal(f'{{"a": [1, {word}]}}') == f"my.json:1:11: {word} is not a number in JSON. Write a number."


def test_words_inside_texts_are_only_words(write: Write) -> None:
    content = '{"title": "NaN, Infinity [[[[ \\" -Infinity"}'
    assert read_document(write(content)).data["title"] == 'NaN, Infinity [[[[ " -Infinity'


def test_a_number_too_long_to_read_is_located(refusal: Read) -> None:
    assert refusal('{"a": 1,\n "b": %s}' % ("7" * 5000)) == (
        "my.json:2:7: a number has too many digits. Write a shorter one."
    )


# Names that stand twice


@pytest.mark.parametrize(
    ("content", "place", "name"),
    [
        ('{"a": 1,\n "a": 2}', "2:2", "a"),
        ('{"a": {"b": 1,\n  "b": 2}}', "2:3", "b"),
        ('{"steps": [{"hold": 1}, {"hold": 2, "rest": 3, "hold": 4}]}', "1:48", "hold"),
        ('{"a": 1, "\\u0061": 2}', "1:10", "a"),
        ('{"a": 1, "b": {"a": 2}, "c": [{"a": 3}], "b": 4}', "1:42", "b"),
        ('{"": 1, "": 2}', "1:9", ""),
    ],
)
def test_a_name_twice_is_pointed_at(refusal: Read, content: str, place: str, name: str) -> None:
    assert refusal(content) == (
        f'my.json:{place}: the name "{name}" stands twice in the same place. Take one of them out.'
    )


def test_the_same_name_in_different_places_is_fine(write: Write) -> None:
    assert read_document(write('{"a": {"a": [{"a": 1}, {"a": 2}]}}')).data


def test_a_name_twice_is_not_echoed_raw(refusal: Read) -> None:
    message = refusal('{"\\u001b[31mred": 1, "\\u001b[31mred": 2}')
    assert "\x1b" not in message
    assert "\\u001b[31mred" in message


# Depth and size


def test_nesting_as_deep_as_allowed_is_read(write: Write) -> None:
    assert read_document(write("[" * DEPTH_AT_MOST + "]" * DEPTH_AT_MOST)).data == json.loads("[" * 32 + "]" * 32)


def test_nesting_one_deeper_is_pointed_at(refusal: Read) -> None:
    message = refusal("[" * (DEPTH_AT_MOST + 1) + "]" * (DEPTH_AT_MOST + 1))
    assert message == "my.json:1:33: the file is nested too deeply. Use at most 32 levels."


@pytest.mark.parametrize("content", ["[" * 500_000, '{"a":' * 100_000, "[" * 100_000 + "]" * 100_000])
def test_absurd_nesting_is_refused(refusal: Read, content: str) -> None:
    assert "my.json:1:1: " in refusal(content)


def test_a_mebibyte_is_read_and_one_byte_more_is_not(write: Write, refusal: Read) -> None:
    most = json.dumps("x" * (BYTES_AT_MOST - 2))
    assert len(read_document(write(most)).data) == BYTES_AT_MOST - 2
    assert refusal(most + " ").startswith("my.json:1:1: the file is larger than 1 MiB.")


def test_ten_megabytes_are_not_even_read(refusal: Read) -> None:
    assert "larger than 1 MiB" in refusal(b"\x00" * 10_000_000)


# Encodings


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (codecs.BOM_UTF8 + b"{}", "the file starts with a byte order mark. Save it as UTF-8 without BOM."),
        ("{}".encode("utf-16"), "the file is written as UTF-16. Save it as UTF-8."),
        ("{}".encode("utf-16-le"), "the file is written as UTF-16. Save it as UTF-8."),
        ("{}".encode("utf-16-be"), "the file is written as UTF-16. Save it as UTF-8."),
        (codecs.BOM_UTF16_BE + "{}".encode("utf-16-be"), "the file is written as UTF-16. Save it as UTF-8."),
    ],
    ids=["bom", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be with bom"],
)
def test_other_encodings_are_named(refusal: Read, content: bytes, sentence: str) -> None:
    assert refusal(content) == f"my.json:1:1: {sentence}"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'{"a":\n "caf\xe9"}', "2:6"),
        ('{"ä": "'.encode() + b'\xff"}', "1:8"),
        (b"\x80", "1:1"),
        (b'"\xed\xa0\x80"', "1:2"),
    ],
    ids=["latin-1", "after a wide character", "first byte", "encoded surrogate"],
)
def test_a_byte_that_is_not_utf8_is_pointed_at(refusal: Read, content: bytes, place: str) -> None:
    assert refusal(content) == (f"my.json:{place}: there is a character that is not UTF-8. Save the file as UTF-8.")


# What is no readable file


def test_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "gone.json"
    assert refused(path) == f"{path}:1:1: there is no such file. Check the name."


def test_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path) == f"{tmp_path}:1:1: this is not a file. Name a .json file."


def test_a_link_into_nothing(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "gone.json")
    assert refused(link) == f"{link}:1:1: the file this link points to does not exist. Mend or remove the link."


def test_a_link_to_itself(tmp_path: Path) -> None:
    link = tmp_path / "loop.json"
    link.symlink_to(link)
    assert refused(link).startswith(f"{link}:1:1: the file cannot be read (")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.timeout(10)
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    assert refused(pipe) == f"{pipe}:1:1: this is not a file. Name a .json file."


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are made differently there")
def test_a_file_without_permission(write: Write) -> None:
    path = write("{}")
    path.chmod(0)
    nobody, user = 65534, os.geteuid()
    if user == 0:
        os.seteuid(nobody)  # permissions do not stop root
    try:
        assert refused(path) == "my.json:1:1: the file cannot be read (Permission denied). Check its permissions."
    finally:
        os.seteuid(user)


def test_a_name_with_control_characters_is_not_echoed_raw(tmp_path: Path) -> None:
    message = refused(tmp_path / "a\x1b[2J\u202eb.json")
    assert "\x1b" not in message
    assert "\u202e" not in message
    assert "a\\u001b[2J\\u202eb.json:1:1: there is no such file." in message


def test_a_name_that_no_file_can_have() -> None:
    assert refused(Path("a\0b.json")) == "a\\u0000b.json:1:1: this is not a name a file can have. Check the name."


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    message = refused(tmp_path / ("x" * 5000))
    assert "the file cannot be read (" in message
    assert len(message) < 600


# Finding the place of a value


def test_a_value_and_its_name_are_found() -> None:
    text = '{\n  "steps": [\n    {"hold" : 5}\n  ]\n}'
    document = Document(Path("my.json"), text, json.loads(text))
    assert document.locate(()) == (1, 1)
    assert document.locate(("steps",)) == (2, 12)
    assert document.locate(("steps",), key=True) == (2, 3)
    assert document.locate(("steps", 0)) == (3, 5)
    assert document.locate(("steps", 0, "hold")) == (3, 15)
    assert document.locate(("steps", 0, "hold"), key=True) == (3, 6)


def test_what_is_missing_is_placed_at_the_thing_around_it() -> None:
    text = '{"steps": [{"hold": 5}]}'
    document = Document(Path("my.json"), text, json.loads(text))
    assert document.locate(("steps", 0, "rest")) == (1, 12)
    assert document.locate(("steps", 7, "rest")) == (1, 11)
    assert document.locate(("nothing", "here")) == (1, 1)
