"""A child process that speaks JSON lines: started, written to, listened to, and ended, whatever state it is in."""

import asyncio
import contextlib
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from typing import Any

START_SECONDS = 2.0
"""How long a child may take to say that it is ready; a session waits no longer for one that hangs."""

END_SECONDS = 0.2


class ChildError(Exception):
    """The child could not be started, or has gone; the text says why."""


def child_command(module: str, *arguments: str) -> list[str]:
    """How one of our own child processes is started: anew, because an engine that is forked hangs."""
    return [sys.executable, "-m", f"stretch_coach.voice.{module}", *arguments]


class Child:
    """One running child.

    Made by ``start``. Writing never waits: a child that does not read must not delay a session.
    """

    def __init__(self, process: asyncio.subprocess.Process, hello: dict[str, Any]) -> None:
        self._process = process
        self.hello = hello

    @classmethod
    async def start(cls, command: Sequence[str]) -> "Child":
        """Start a child and wait for its first words.

        Raises:
            ChildError: It did not start, did not say that it is ready, or said why it is not.
        """
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # the terminal's Ctrl+C is for the coach, which then ends its children
            )
        except OSError as error:
            raise ChildError(str(error)) from error
        child = cls(process, {})
        try:
            async with asyncio.timeout(START_SECONDS):
                child.hello = await child._first_words()
        except TimeoutError:
            await child.kill()
            raise ChildError("it did not start in time") from None
        except asyncio.CancelledError:  # nobody wants it any more
            await child.kill()
            raise
        if child.hello.get("event") != "ready":
            await child.kill()
            raise ChildError(str(child.hello.get("error", "it ended while starting")))
        return child

    async def _first_words(self) -> dict[str, Any]:
        async for message in self.messages():
            return message
        return {}

    @property
    def alive(self) -> bool:
        """Whether the process runs, as far as is known."""
        return self._process.returncode is None

    def send(self, **message: Any) -> None:
        """Write a message, and forget it if nobody is there."""
        stdin = self._process.stdin
        if self.alive and stdin and not stdin.is_closing():
            stdin.write(json.dumps(message).encode() + b"\n")

    async def messages(self) -> AsyncIterator[dict[str, Any]]:
        """What the child says, until it is gone; lines that are no messages are passed over."""
        assert self._process.stdout  # noqa: S101 - it was asked for
        while True:
            try:
                line = await self._process.stdout.readline()
            except ValueError:  # a line beyond all bounds
                continue
            if not line:
                return
            with contextlib.suppress(ValueError):
                message = json.loads(line)
                if isinstance(message, dict):
                    yield message

    async def close(self) -> None:
        """End it: politely, then at once."""
        if self._process.stdin:
            self._process.stdin.close()
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(END_SECONDS):
                    await self._process.wait()
        finally:  # also when nobody waits for it any more
            await self.kill()

    async def kill(self) -> None:
        """End it at once, which is the only cure for an engine stuck in native code."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
