"""A child process that exchanges JSON lines with its parent and can never hold it up."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from stretch_coach.text import excerpt

CHILD_START_SECONDS = 2.0
"""How long a child may take to report that it is ready."""

CHILD_END_SECONDS = 0.2
"""How long a child may take to end by itself, and again to end after it was killed."""

MAX_LINES, MAX_BYTES = 100, 256 * 1024
"""How much a child may write between two requests; the list of all voices is far smaller. More is a flood."""

MAX_UNREAD_BYTES = 1024 * 1024
"""How much a child may leave unread; a whole session is far less. More means that it no longer reads."""

MAX_REASON_CHARACTERS = 200
"""How much of a reason that a child gives is shown."""

_STDIN, _STDOUT = 0, 1


class ChildError(Exception):
    """The child did not start, or failed; the text is safe to show and says why."""


class Child:
    """A running child process, made by `start`.

    Nothing waits for it without a limit. A child that floods its parent, or no longer reads, is killed.
    """

    def __init__(self, pipes: "_Pipes") -> None:
        self._pipes = pipes
        self.greeting: dict[str, Any] = {}

    @classmethod
    async def start(cls, command: Sequence[str]) -> "Child":
        """Start a child and wait until it is ready.

        Raises:
            ChildError: It did not start, was not ready in time, or reported why it cannot be.
        """
        try:
            _, pipes = await asyncio.get_running_loop().subprocess_exec(
                _Pipes,
                *command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # the terminal's Ctrl+C is for the coach, which then ends its children
            )
        except (OSError, ValueError) as error:
            raise ChildError(excerpt(str(error), MAX_REASON_CHARACTERS)) from error
        child, is_ready, greeting = cls(pipes), False, dict[str, Any]()
        try:
            async with asyncio.timeout(CHILD_START_SECONDS):
                greeting = await anext(child.messages(), greeting)
            is_ready = greeting.get("event") == "ready"
        except TimeoutError:
            greeting = {"error": "it did not start in time"}
        finally:
            if not is_ready:  # a start that was cancelled leaves no process behind either
                await child.kill()
        if not is_ready:
            raise ChildError(reason_in(greeting, "it ended while starting"))
        child.greeting = greeting
        return child

    @property
    def alive(self) -> bool:
        """Whether the process has not been seen to end."""
        return not self._pipes.ended.is_set()

    def send(self, **message: Any) -> None:
        """Write a message without waiting. It is lost if the child has ended."""
        self._pipes.write(json.dumps(message).encode() + b"\n")

    async def messages(self) -> AsyncIterator[dict[str, Any]]:
        """Yield what the child writes until it ends. Lines that are not JSON objects are skipped."""
        while (message := await self._pipes.messages.get()) is not None:
            yield message
        self._pipes.messages.put_nowait(None)  # the next caller finds the end, too

    async def close(self) -> None:
        """End the child: by closing its standard input, and by killing it if that is not enough."""
        self._pipes.close_pipe(_STDIN)
        try:
            await self._wait_for_end()
        finally:  # also when this is cancelled
            await self.kill()

    async def kill(self) -> None:
        """End the child at once: the only cure for an engine that is stuck in native code."""
        self._pipes.kill()
        await self._wait_for_end()
        self._pipes.close()
        await _wait_briefly(self._pipes.closed)

    async def _wait_for_end(self) -> None:
        await _wait_briefly(self._pipes.ended)


async def _wait_briefly(event: asyncio.Event) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(CHILD_END_SECONDS):
            await event.wait()


StartChild = Callable[[], Awaitable[Child]]
"""Starts a child, or raises ChildError."""


def start_module(module: str, *arguments: str) -> StartChild:
    """Return what starts a module of this package as a child process. It is never forked: a forked engine hangs."""
    return lambda: Child.start([sys.executable, "-m", f"stretch_coach.voice.{module}", *arguments])


def reason_in(message: dict[str, Any], otherwise: str) -> str:
    """Return the reason a message gives for a failure, safe to show on one line, or `otherwise` if it gives none."""
    return excerpt(str(message.get("error") or otherwise), MAX_REASON_CHARACTERS)


class _Pipes(asyncio.SubprocessProtocol):
    """A child's process and its pipes. `messages` ends with None when the child ends or is killed."""

    def __init__(self) -> None:
        self.messages: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self.ended = asyncio.Event()
        self.closed = asyncio.Event()
        self._unfinished_line = b""
        self._allow_reply()

    def write(self, line: bytes) -> None:
        """Write without waiting, and allow the child a reply."""
        stdin = self._transport.get_pipe_transport(_STDIN)
        if not isinstance(stdin, asyncio.WriteTransport) or stdin.is_closing():
            return
        stdin.write(line)
        self._allow_reply()
        if stdin.get_write_buffer_size() > MAX_UNREAD_BYTES:
            self.kill()

    def close_pipe(self, descriptor: int) -> None:
        """Close a pipe of the child."""
        if pipe := self._transport.get_pipe_transport(descriptor):
            pipe.close()

    def kill(self) -> None:
        """Kill the child without waiting for its end."""
        self.close_pipe(_STDOUT)
        if self.ended.is_set():
            return
        # Unless the process is known to have ended, the transport's own `kill` and `close` may notice it first, and
        # asyncio then complains on standard error about an unknown process.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(self._transport.get_pid(), signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)

    def close(self) -> None:
        """Close what is still open, without waiting for a dead child to read what it was sent."""
        stdin = self._transport.get_pipe_transport(_STDIN)
        if isinstance(stdin, asyncio.WriteTransport) and stdin.get_write_buffer_size():
            stdin.abort()
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport of the new process."""
        assert isinstance(transport, asyncio.SubprocessTransport)  # noqa: S101 - it is made by `subprocess_exec`
        self._transport = transport

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002 - only standard output is read
        """Split what the child writes into messages."""
        self._bytes_left -= len(data)
        *lines, self._unfinished_line = (self._unfinished_line + data).split(b"\n", self._lines_left + 1)
        self._lines_left -= len(lines)
        if self._lines_left < 0 or self._bytes_left < 0:
            self.kill()
            return
        for line in lines:
            # JSON that is nested too deeply raises the last.
            with contextlib.suppress(ValueError, RecursionError):
                message = json.loads(line)
                if isinstance(message, dict):
                    self.messages.put_nowait(message)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:  # noqa: ARG002 - why makes no difference
        """End the messages with standard output."""
        if fd == _STDOUT:
            self.messages.put_nowait(None)

    def process_exited(self) -> None:
        """Note that the process has ended."""
        self.ended.set()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - why makes no difference
        """Note that the process has ended and its pipes are closed."""
        self.closed.set()

    def _allow_reply(self) -> None:
        self._lines_left, self._bytes_left = MAX_LINES, MAX_BYTES
