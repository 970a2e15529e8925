"""What a child writes, and what it costs its parent. Real processes are in tests/e2e/test_voice_children.py."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from stretch_coach.voice.child import MAX_BYTES, MAX_LINES, MAX_REASON_CHARACTERS, MAX_UNREAD_BYTES, _Pipes, reason_in


class Pipe(asyncio.WriteTransport):
    """A pipe to a child that reads nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.is_closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += bytes(data)

    def get_write_buffer_size(self) -> int:
        return len(self.written)

    def is_closing(self) -> bool:
        return self.is_closed

    def close(self) -> None:
        self.is_closed = True


class Transport(asyncio.SubprocessTransport):
    """The transport of a process that does not exist."""

    def __init__(self) -> None:
        super().__init__()
        self.pipes = [Pipe(), Pipe()]

    def get_pipe_transport(self, fd: int) -> Pipe:
        return self.pipes[fd]

    def get_pid(self) -> int:
        return 4321


@pytest.fixture
def killed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the processes that are killed."""
    pids: list[int] = []
    monkeypatch.setattr("os.kill", lambda pid, _: pids.append(pid))
    return pids


@pytest.fixture
def pipes() -> _Pipes:
    pipes = _Pipes()
    pipes.connection_made(Transport())
    return pipes


def received(pipes: _Pipes) -> list[dict[str, Any] | None]:
    """Return the messages so far."""
    return [pipes.messages.get_nowait() for _ in range(pipes.messages.qsize())]


class TestMessages:
    @pytest.mark.parametrize("size", [1, 3, 1000])
    def test_messages_arrive_whole_however_they_are_cut(self, pipes: _Pipes, size: int) -> None:
        messages = [{"event": "a", "text": "肩\n"}, {"event": "b"}]
        raw = b"".join(json.dumps(message).encode() + b"\n" for message in messages)
        for start in range(0, len(raw), size):
            pipes.pipe_data_received(1, raw[start : start + size])
        assert received(pipes) == messages

    @pytest.mark.parametrize(
        "noise",
        [
            b"Audio saved to somewhere",
            b"",
            b"{[",
            b"[1]",
            b"null",
            b'"ready"',
            b"\xff\xfe\0",
            b"[" * 50_000,
            b"1" * 5000,
        ],
    )
    def test_lines_that_are_not_objects_are_skipped(self, pipes: _Pipes, noise: bytes) -> None:
        pipes.pipe_data_received(1, noise + b'\n{"event": "next"}\n')
        assert received(pipes) == [{"event": "next"}]

    def test_messages_end_with_the_childs_output(self, pipes: _Pipes) -> None:
        pipes.pipe_data_received(1, b'{"event": "last"}\n{"unfinished')
        pipes.pipe_connection_lost(1, None)
        assert received(pipes) == [{"event": "last"}, None]

    def test_a_closed_input_is_not_the_end(self, pipes: _Pipes) -> None:
        pipes.pipe_connection_lost(0, None)
        assert received(pipes) == []


class TestFloods:
    @pytest.mark.parametrize(
        "flood", [lambda: b"{}\n" * (MAX_LINES + 1), lambda: b"x" * (MAX_BYTES + 1), lambda: b"\n" * MAX_BYTES]
    )
    def test_a_child_that_writes_without_end_is_killed(
        self, pipes: _Pipes, killed: list[int], flood: Callable[[], bytes]
    ) -> None:
        pipes.pipe_data_received(1, flood())
        assert killed == [4321]
        assert received(pipes) == []

    def test_every_request_allows_a_reply(self, pipes: _Pipes, killed: list[int]) -> None:
        reply = json.dumps({"event": "voices", "voices": ["x" * (MAX_BYTES // 2)]}).encode() + b"\n"
        for _ in range(10):
            pipes.write(b"{}\n")
            pipes.pipe_data_received(1, reply)
        assert killed == []
        assert len(received(pipes)) == 10

    def test_a_child_that_reads_nothing_is_killed(self, pipes: _Pipes, killed: list[int]) -> None:
        line = b"x" * 1000
        for _ in range(MAX_UNREAD_BYTES // len(line)):
            pipes.write(line)
        assert killed == []
        pipes.write(line)
        assert killed == [4321]


def test_nothing_is_written_to_a_closed_pipe(pipes: _Pipes) -> None:
    transport = Transport()
    pipes.connection_made(transport)
    transport.pipes[0].close()
    pipes.write(b"{}\n")
    assert transport.pipes[0].written == b""


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ({"error": "no device"}, "no device"),
        ({"error": "\x1b[31mred\n\x07"}, "\\u001b[31mred\\u000a\\u0007"),
        ({"error": ""}, "it ended"),
        ({}, "it ended"),
        ({"error": {"nested": [1]}}, "{'nested': [1]}"),
    ],
)
def test_reasons_are_safe_to_show(message: dict[str, Any], reason: str) -> None:
    assert reason_in(message, "it ended") == reason


def test_long_reasons_are_cut() -> None:
    assert len(reason_in({"error": "x" * 10_000}, "")) == MAX_REASON_CHARACTERS
