"""Fakes of child processes: scripted, instant, and able to misbehave in every way."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from stretch_coach.voice.child import Child, ChildError
from stretch_coach.voice.sound import write_wav
from tests.voice.sounds import hum

Behaviour = Callable[["FakeChild", dict[str, Any]], None]
"""What a child does when it gets a message."""


def ignore(child: "FakeChild", message: dict[str, Any]) -> None:
    """Do nothing, like a child that hangs."""


def render(child: "FakeChild", message: dict[str, Any]) -> None:
    """Render a hum, except for texts that name a misfortune."""
    text = message.get("text", "")
    if message.get("op") == "voices":
        child.reply(event="voices", voices=[["gmw/en", "English", ["en-gb", "en"]]])
    elif "hang" in text:
        return
    elif "crash" in text:
        child.die()
    elif "silent" in text:
        child.reply(event="error", id=message["id"], error="SoundError: the engine wrote silence")
    else:
        if "noise" in text:
            child.reply(event="done", id="another text")
        if "lie" not in text:
            write_wav(Path(message["path"]), hum(0.5))
        child.reply(event="done", id=message["id"], seconds=0.5)


def play(child: "FakeChild", message: dict[str, Any]) -> None:
    """Answer pings as a device does that takes sound."""
    if message["op"] == "ping":
        child.reply(event="pong", bursts=len(child.sent))


class FakeChild(Child):
    """A child that behaves as instructed."""

    def __init__(self, behave: Behaviour, **greeting: Any) -> None:
        self.greeting = greeting
        self.sent: list[dict[str, Any]] = []
        self.is_alive = True
        self._behave = behave
        self._replies: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._arrivals: asyncio.Queue[None] = asyncio.Queue()

    @property
    def alive(self) -> bool:
        return self.is_alive

    def send(self, **message: Any) -> None:
        if self.is_alive:
            self.sent.append(message)
            self._arrivals.put_nowait(None)
            self._behave(self, message)

    def reply(self, **message: Any) -> None:
        """Write a message to the parent."""
        self._replies.put_nowait(message)

    def die(self) -> None:
        """End, as if killed."""
        self.is_alive = False
        self._replies.put_nowait(None)

    async def wait_received(self, count: int) -> list[dict[str, Any]]:
        """Wait until `count` messages have come, and return the first ones."""
        while len(self.sent) < count:
            await self._arrivals.get()
        return self.sent[:count]

    async def messages(self) -> AsyncIterator[dict[str, Any]]:
        while (message := await self._replies.get()) is not None:
            yield message
        self._replies.put_nowait(None)

    async def close(self) -> None:
        self.die()

    async def kill(self) -> None:
        self.die()


class Starter:
    """Starts fake children: one for each of the given starts, the last of which is repeated.

    Args:
        starts: Behaviours, or the reasons why a start fails.
        greeting: What each child reports when it is ready.
    """

    def __init__(self, *starts: Behaviour | str, **greeting: Any) -> None:
        self._starts = list(starts)
        self._greeting = greeting
        self.count = 0
        self.children: list[FakeChild] = []
        self._news = asyncio.Queue[None]()

    async def __call__(self) -> FakeChild:
        start = self._starts[min(self.count, len(self._starts) - 1)]
        self.count += 1
        self._news.put_nowait(None)
        if isinstance(start, str):
            raise ChildError(start)
        self.children.append(FakeChild(start, **self._greeting))
        return self.children[-1]

    async def wait_started(self, count: int) -> None:
        """Wait until `count` starts were tried."""
        while self.count < count:
            await self._news.get()
