"""The first choice to play: a child process with one warm device, which starts each sound to the sample."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from stretch_coach.voice.child import Child, ChildError, child_command
from stretch_coach.voice.tones import Tone

STARTS_AT_MOST = 20
"""A child that dies more often than this in one session is given up."""

CHECK_SECONDS = 2.0
"""How often it is looked whether the device still takes sound."""


class DevicePlayer:
    """The play child with its warm device, started again if it dies."""

    def __init__(self, child: Child, command: Sequence[str]) -> None:
        self.speaks = self.sounds = True
        self._child = child
        self._command = command
        self._loads: dict[str, dict[str, object]] = {}
        self._plays: list[tuple[float, str]] = []
        self._closing = False
        self._fed = 0
        self._tasks = [asyncio.create_task(self._keep_alive()), asyncio.create_task(self._check())]

    @classmethod
    async def open(cls, command: Sequence[str] | None = None) -> "DevicePlayer":
        """Start the child.

        Raises:
            ChildError: There is no device, or no library to play with.
        """
        command = command or child_command("play_child")
        return cls(await Child.start(command), command)

    @property
    def name(self) -> str:
        """The sound system it plays through."""
        return str(self._child.hello.get("device", "sound device"))

    def load(self, key: str, path: Path) -> None:
        """Make a rendered cue ready."""
        self._load(key, {"op": "load", "key": key, "path": str(path)})

    def load_tone(self, tone: Tone, volume: float) -> None:
        """Make a tone ready."""
        self._load(tone.value, {"op": "tone", "key": tone.value, "tone": tone.value, "volume": volume})

    def play(self, key: str, at: float) -> None:
        """Play at an instant."""
        now = time.monotonic()
        self._plays = [*((when, what) for when, what in self._plays if when > now), (at, key)]
        self._child.send(op="play", key=key, at=at)

    def forget(self) -> None:
        """Forget what waits."""
        self._plays.clear()
        self._child.send(op="forget")

    def hush(self) -> None:
        """Be silent at once."""
        self._plays.clear()
        self._child.send(op="hush")

    async def close(self) -> None:
        """End the child."""
        self._closing = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._child.close()

    def _load(self, key: str, message: dict[str, object]) -> None:
        if key not in self._loads:
            self._loads[key] = message
            self._child.send(**message)

    async def _check(self) -> None:
        """End a child whose device takes no more sound, which ``_keep_alive`` then replaces."""
        while not self._closing:
            fed = self._fed
            # Twice, because our own process may have been stopped for a while, and its answers wait unread.
            for _ in range(2):
                await asyncio.sleep(CHECK_SECONDS)
                self._child.send(op="ping")
            await asyncio.sleep(CHECK_SECONDS)
            if self._fed == fed:
                await self._child.kill()

    async def _keep_alive(self) -> None:
        """When the child dies, start another and give it what it needs, as long as that works."""
        for _ in range(STARTS_AT_MOST):
            async for message in self._child.messages():
                self._fed = message.get("fed", self._fed)
            await self._child.kill()
            try:
                self._child = await Child.start(self._command)
            except ChildError:
                break
            for message in self._loads.values():
                self._child.send(**message)
            for at, key in self._plays:
                if at > time.monotonic():
                    self._child.send(op="play", key=key, at=at)
        self.speaks = self.sounds = False
