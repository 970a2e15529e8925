"""Reading JSON files: whatever is in them, the result is a document or a sentence with a place."""

import codecs
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.diagnostics import KeyPath, RoutineFileError
from stretch_coach.routine.document import BYTES_AT_MOST, DEPTH_AT_MOST, Document, read_document

Write = Callable[[Any], Path]
Read = Callable[[Any], str]


@pytest.fixture
def refusal(write: Write) -> Read:
    """Return the one problem of a file with this content."""

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


def test_a_valid_file_is_read(write: Write) -> None:
    document = read_document(write('{"title": "Ä 休憩", "steps": [1, 2.5, true, null]}'))
    assert document.data == {"title": "Ä 休憩", "steps": [1, 2.5, True, None]}


def test_windows_line_ends_do_not_shift_places(refusal: Read) -> None:
    assert refusal('{\r\n  "a": 1,\r\n  "b": x\r\n}').startswith("my.json:3:8: ")


def test_columns_count_characters_not_bytes(refusal: Read) -> None:
    assert refusal('{"ä😀": x}').startswith("my.json:1:8: ")


# Syntax


@pytest.mark.parametrize("content", ["", " \n\t\n"])
def test_an_empty_file(refusal: Read, content: str) -> None:
    assert refusal(content) == "my.json:1:1: the file is empty. `stretch-coach new` writes one to start from."


@pytest.mark.parametrize(
    ("content", "place", "what"),
    [
        pytest.param('{"a": }', "1:7", "a value is missing here.", id="no value"),
        pytest.param('{"a" 1}', "1:6", "a colon is missing after the name.", id="no colon"),
        pytest.param('{"a": 1\n "b": 2}', "2:2", "a comma or a closing bracket is missing here.", id="no comma"),
        pytest.param('{"a": [1, 2', "1:12", "a comma or a closing bracket is missing here.", id="cut off"),
        pytest.param('{"a": "bc', "1:7", 'this text is not closed. End it with ".', id="open text"),
        pytest.param('{"a": 1} {', "1:10", "there is something after the end. Remove it.", id="two values"),
        pytest.param("{'a': 1}", "1:2", "' is a single quotation mark. Write a double one", id="single quotes"),
        pytest.param('{"a": "b\nc"}', "1:9", "a line break or a control character inside a text.", id="line break"),
        pytest.param(
            '{"a": "\\x"}', "1:8", "this backslash starts no valid escape. Write it twice: \\\\.", id="backslash"
        ),
        pytest.param('{"a": "\\u12"}', "1:9", "there is an incomplete \\u escape.", id="short escape"),
        pytest.param('{"a": 01}', "1:8", "a comma or a closing bracket is missing here.", id="leading zero"),
    ],
)
def test_invalid_syntax_is_located(refusal: Read, content: str, place: str, what: str) -> None:
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
def test_a_trailing_comma_is_located(refusal: Read, content: str, place: str) -> None:
    # On every Python: before 3.13 its own reader points at the bracket and expects another value.
    expected = f"my.json:{place}: this is not valid JSON: there is an extra comma here. Remove it."
    assert refusal(content) == expected


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('{\n// no\n"a": 1}', "2:1"),
        ('{"a": 1, // no\n "b": 2}', "1:10"),
        ('{"a": 1 # no\n}', "1:9"),
        ('/* no */ {"a": 1}', "1:1"),
        ('{"a": 1} // no', "1:10"),
    ],
)
def test_a_comment_is_named(refusal: Read, content: str, place: str) -> None:
    assert refusal(content) == f"my.json:{place}: this is not valid JSON: JSON has no comments. Remove it."


@pytest.mark.parametrize(
    ("content", "place", "quote"),
    [
        ("{“a”: 1}", "1:2", "“"),
        ('{"a”: "b"}', "1:4", "”"),
        ('{"a": “b”}', "1:7", "“"),
        ('{"a": "b”}', "1:9", "”"),
        ('{"a": "b”,\n "c": 1}', "1:9", "”"),
        ('{"a": "b”\n}', "1:9", "”"),
        ('{"a": ["b”, "c"]}', "1:10", "”"),
        ('{"a": „b“}', "1:7", "„"),
        ('{"a": «b»}', "1:7", "«"),
        ("{\N{LEFT SINGLE QUOTATION MARK}a': 1}", "1:2", "\N{LEFT SINGLE QUOTATION MARK}"),
    ],
)
def test_a_typographic_quotation_mark_is_named(refusal: Read, content: str, place: str, quote: str) -> None:
    what = f'{quote} is a typographic quotation mark. Write a straight one: ".'
    assert refusal(content) == f"my.json:{place}: this is not valid JSON: {what}"


def test_typographic_quotation_marks_inside_a_text_are_not_blamed(refusal: Read) -> None:
    assert refusal('{"a": "Say “now”, then rest.", "b" 1}') == (
        "my.json:1:36: this is not valid JSON: a colon is missing after the name. Add it."
    )


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_nan_and_infinity_are_refused(refusal: Read, word: str) -> None:
    assert refusal(f'{{"a": [1, {word}]}}') == f"my.json:1:11: {word} is not a number in JSON. Write a number."


def test_nan_and_brackets_inside_a_text_are_text(write: Write) -> None:
    content = '{"title": "NaN, Infinity [[[[ \\" -Infinity"}'
    assert read_document(write(content)).data["title"] == 'NaN, Infinity [[[[ " -Infinity'


def test_a_number_with_too_many_digits_is_located(refusal: Read) -> None:
    assert refusal('{"a": 1,\n "b": %s}' % ("7" * 5000)) == (
        "my.json:2:7: a number has too many digits. Write a shorter one."
    )


# Repeated keys


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
def test_a_repeated_key_is_located(refusal: Read, content: str, place: str, name: str) -> None:
    assert refusal(content) == (
        f'my.json:{place}: the key "{name}" appears twice in one object. Remove one of the two.'
    )


def test_all_repeated_keys_and_odd_numbers_are_reported(write: Write) -> None:
    with pytest.raises(RoutineFileError) as caught:
        read_document(write('{"a": 1, "a": 2, "b": [NaN, -Infinity], "b": 3}'))
    assert [(problem.line, problem.column) for problem in caught.value.problems] == [(1, 10), (1, 24), (1, 29), (1, 41)]


def test_one_key_in_different_objects_is_valid(write: Write) -> None:
    assert read_document(write('{"a": {"a": [{"a": 1}, {"a": 2}]}}')).data


def test_a_repeated_key_with_control_characters_is_escaped(refusal: Read) -> None:
    message = refusal('{"\\u001b[31mred": 1, "\\u001b[31mred": 2}')
    assert "\x1b" not in message
    assert "\\u001b[31mred" in message


# Depth and size


def test_the_deepest_nesting_is_read(write: Write) -> None:
    assert read_document(write("[" * DEPTH_AT_MOST + "]" * DEPTH_AT_MOST)).data == json.loads("[" * 32 + "]" * 32)


def test_nesting_one_level_deeper_is_located(refusal: Read) -> None:
    message = refusal("[" * (DEPTH_AT_MOST + 1) + "]" * (DEPTH_AT_MOST + 1))
    assert message == "my.json:1:33: the file is nested too deeply. Use at most 32 levels."


@pytest.mark.parametrize("content", ["[" * 500_000, '{"a":' * 100_000, "[" * 100_000 + "]" * 100_000])
def test_absurd_nesting_is_refused(refusal: Read, content: str) -> None:
    assert "my.json:1:1: " in refusal(content)


def test_one_mebibyte_is_the_limit(write: Write, refusal: Read) -> None:
    most = json.dumps("x" * (BYTES_AT_MOST - 2))
    assert len(read_document(write(most)).data) == BYTES_AT_MOST - 2
    assert refusal(most + " ").startswith("my.json:1:1: the file is larger than 1 MiB.")


def test_ten_megabytes_are_refused(refusal: Read) -> None:
    assert "larger than 1 MiB" in refusal(b"\x00" * 10_000_000)


# Encodings


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{}".encode("utf-16"), "the file is encoded as UTF-16. Save it as UTF-8."),
        ("{}".encode("utf-16-le"), "the file is encoded as UTF-16. Save it as UTF-8."),
        ("{}".encode("utf-16-be"), "the file is encoded as UTF-16. Save it as UTF-8."),
        (codecs.BOM_UTF16_BE + "{}".encode("utf-16-be"), "the file is encoded as UTF-16. Save it as UTF-8."),
    ],
    ids=["utf-16", "utf-16-le", "utf-16-be", "utf-16-be with bom"],
)
def test_another_encoding_is_named(refusal: Read, content: bytes, sentence: str) -> None:
    assert refusal(content) == f"my.json:1:1: {sentence}"


def test_a_byte_order_mark_is_skipped(write: Write, refusal: Read) -> None:
    assert read_document(write(codecs.BOM_UTF8 + b'{"a": 1}')).data == {"a": 1}
    assert refusal(codecs.BOM_UTF8 + b'{"a": }').startswith("my.json:1:7: ")
    assert "the file is empty." in refusal(codecs.BOM_UTF8)


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
def test_a_byte_that_is_not_utf8_is_located(refusal: Read, content: bytes, place: str) -> None:
    assert refusal(content) == (f"my.json:{place}: there is a character that is not UTF-8. Save the file as UTF-8.")


# Files that cannot be read


def test_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "gone.json"
    assert refused(path) == f"{path}:1:1: there is no such file. Check the name."


def test_folder(tmp_path: Path) -> None:
    assert refused(tmp_path) == f"{tmp_path}:1:1: this is not a regular file. Choose a .json file."


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_broken_link(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "gone.json")
    assert refused(link) == f"{link}:1:1: the file this link points to does not exist. Fix or remove the link."


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_link_to_itself(tmp_path: Path) -> None:
    link = tmp_path / "loop.json"
    link.symlink_to(link)
    assert refused(link).startswith(f"{link}:1:1: the file cannot be read (")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_named_pipe_does_not_block(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    assert refused(pipe) == f"{pipe}:1:1: this is not a regular file. Choose a .json file."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_file_that_becomes_a_pipe_while_it_is_opened_does_not_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe, file = tmp_path / "pipe.json", tmp_path / "file.json"
    os.mkfifo(pipe)
    file.touch()
    regular = file.stat()
    monkeypatch.setattr(Path, "stat", lambda *_args, **_options: regular)
    assert refused(pipe) == f"{pipe}:1:1: this is not a regular file. Choose a .json file."


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_file_without_permission(write: Write) -> None:
    path = write("{}")
    path.chmod(0)
    nobody, user = 65534, os.geteuid()
    if user == 0:
        os.seteuid(nobody)  # permissions do not stop root
    try:
        assert refused(path) == "my.json:1:1: the file cannot be read (Permission denied). Check its permissions."
    finally:
        os.seteuid(user)


def test_file_name_with_control_characters_is_escaped(tmp_path: Path) -> None:
    message = refused(tmp_path / "a\x1b[2J\u202eb.json")
    assert "\x1b" not in message
    assert "\u202e" not in message
    assert "a\\u001b[2J\\u202eb.json:1:1: " in message  # Windows says that there can be no such name


def test_invalid_file_name() -> None:
    assert refused(Path("a\0b.json")) == "a\\u0000b.json:1:1: this is not a valid file name. Check the name."


def test_file_name_that_is_too_long(tmp_path: Path) -> None:
    message = refused(tmp_path / ("x" * 5000))
    assert ("there is no such file." if sys.platform == "win32" else "the file cannot be read (") in message
    assert len(message) < 600


# Places of values


def test_a_value_and_its_key_are_located() -> None:
    text = '{\n  "steps": [\n    {"hold" : 5}\n  ]\n}'
    document = Document(Path("my.json"), text, json.loads(text))
    assert document.locate(()) == (1, 1)
    assert document.locate(("steps",)) == (2, 12)
    assert document.locate(("steps",), key=True) == (2, 3)
    assert document.locate(("steps", 0)) == (3, 5)
    assert document.locate(("steps", 0, "hold")) == (3, 15)
    assert document.locate(("steps", 0, "hold"), key=True) == (3, 6)


def test_a_missing_value_has_the_place_of_what_is_around_it() -> None:
    text = '{"steps": [{"hold": 5}]}'
    document = Document(Path("my.json"), text, json.loads(text))
    assert document.locate(("steps", 0, "rest")) == (1, 12)
    assert document.locate(("steps", 7, "rest")) == (1, 11)
    assert document.locate(("nothing", "here")) == (1, 1)


KEYS = st.text(max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | st.floats(-1e9, 1e9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)
LAYOUTS = st.sampled_from([(None, (",", ":")), (None, (" ,\t", "\n:  ")), (0, (",", ": ")), (3, (",\r", " :"))])


def paths(value: Any, here: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Yield every value inside a value, with its path."""
    yield here, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*here, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*here, index))


def offset(text: str, line: int, column: int) -> int:
    """Return the offset of a line and column as an editor counts them."""
    return sum(len(line) + 1 for line in text.split("\n")[: line - 1]) + column - 1


@given(value=VALUES, layout=LAYOUTS, ascii_only=st.booleans(), lead=st.sampled_from(["", " ", "\n\n\t"]))
def test_every_value_of_any_file_is_located(
    value: Any, layout: tuple[int | None, tuple[str, str]], lead: str, *, ascii_only: bool
) -> None:
    indent, separators = layout
    text = lead + json.dumps(value, indent=indent, separators=separators, ensure_ascii=ascii_only) + "\n"
    document = Document(Path("my.json"), text, json.loads(text))
    for path, inner in paths(value):
        found, _ = json.JSONDecoder().raw_decode(text, offset(text, *document.locate(path)))
        assert found == inner
        assert type(found) is type(inner)
        assert document.holds(path)
        if path and isinstance(path[-1], str):
            name, _ = json.JSONDecoder().raw_decode(text, offset(text, *document.locate(path, key=True)))
            assert name == path[-1]


@given(value=VALUES, path=st.lists(KEYS | st.integers(0, 9), max_size=4).map(tuple))
def test_any_path_is_located_inside_the_file(value: Any, path: KeyPath) -> None:
    text = json.dumps(value, indent=1)
    line, column = Document(Path("my.json"), text, value).locate(path)
    assert 1 <= line <= text.count("\n") + 1
    assert 0 <= offset(text, line, column) < len(text)
