"""What the app makes of the bytes of a terminal, and of a terminal that is gone."""

import errno
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from stretch_coach.tui.driver import InputDecoder, LastingFile


def keys(decoder: InputDecoder, *parts: bytes) -> list[str]:
    return [message.key for part in parts for message in decoder.feed(part) if isinstance(message, events.Key)]


class TestInputDecoder:
    @pytest.mark.parametrize(
        "garbage",
        [
            pytest.param(b"\x1b[M\x23\x8e\x2a", id="mouse report beyond column 95"),
            pytest.param(b"\xe9", id="beginning of a character that never comes"),
            pytest.param(b"\xed\xa0\x80", id="surrogate in UTF-8"),
            pytest.param(b"\x1b[55357u", id="surrogate as a key"),
            pytest.param(b"\x1b[99999999u", id="no code point"),
            pytest.param(b"\x1b[1:2u", id="key with two code points"),
        ],
    )
    def test_garbage_is_dropped_and_the_next_key_arrives(self, garbage: bytes) -> None:
        assert keys(InputDecoder("utf-8"), garbage + b"x") == ["x"]
        assert keys(InputDecoder("utf-8"), garbage, b"x") == ["x"]

    def test_characters_may_come_in_parts(self) -> None:
        assert keys(InputDecoder("utf-8"), b"\xc3", b"\xa9") == ["é"]

    def test_other_encodings(self) -> None:
        assert keys(InputDecoder("iso8859-1"), b"\xe9") == ["é"]
        assert keys(InputDecoder("ascii"), b"\xe9x") == ["x"]
        assert keys(InputDecoder("no such encoding"), "é".encode()) == ["é"]

    @given(st.lists(st.binary(max_size=40) | st.sampled_from([b"\x1b[", b"\x1b[<", b";", b"9" * 9, b"u", b"M", b"t"])))
    def test_no_bytes_raise(self, parts: list[bytes]) -> None:
        decoder = InputDecoder("utf-8")
        for part in parts:
            list(decoder.feed(part))
            list(decoder.tick())


class TestLastingFile:
    def test_discards_what_a_lost_terminal_does_not_take(self) -> None:
        class Lost(io.StringIO):
            def write(self, _: str) -> int:
                raise OSError(errno.EIO, "Input/output error")

            def flush(self) -> None:
                raise OSError(errno.EIO, "Input/output error")

        file = LastingFile(Lost())
        assert file.write("text") == 4
        file.flush()

    def test_shows_stand_ins_for_what_the_encoding_does_not_have(self) -> None:
        raw = io.BytesIO()
        file = LastingFile(io.TextIOWrapper(raw, encoding="ascii", write_through=True))
        assert file.write("a─b\udcff") == 4
        assert raw.getvalue() == b"a-b?"

    def test_discards_what_a_closed_stream_does_not_take(self) -> None:
        stream = io.StringIO()
        stream.close()
        assert LastingFile(stream).write("text") == 4
