"""The preferred player: a child process with an open sound device, which starts each sound at its exact sample."""

import asyncio
import time
from pathlib import Path

from stretch_coach.text import excerpt
from stretch_coach.voice.child import Child, ChildError, StartChild, start_module
from stretch_coach.voice.tones import Tone

MAX_RESTARTS = 20
"""A child that dies more often in one session is given up."""

CHECK_SECONDS = 2.0
"""How often the device is checked for taking sound."""


class DevicePlayer:
    """Plays through the play child, and restarts it when it dies. Made by `open`."""

    def __init__(self, child: Child, start_child: StartChild) -> None:
        self.plays_speech = self.plays_tones = True
        self._child = child
        self._start_child = start_child
        self._loads: dict[str, dict[str, object]] = {}
        self._plays: list[tuple[float, str]] = []
        self._bursts = 0  # how often the device has taken sound
        self._tasks = [asyncio.create_task(self._keep_alive()), asyncio.create_task(self._check())]

    @classmethod
    async def open(cls, start_child: StartChild | None = None) -> "DevicePlayer":
        """Open the sound device.

        Args:
            start_child: Starts the child; the real one unless a test passes another.

        Raises:
            ChildError: There is no device, or no library to play with.
        """
        start_child = start_child or start_module("play_child")
        return cls(await start_child(), start_child)

    @property
    def name(self) -> str:
        """The sound system it plays through."""
        return excerpt(str(self._child.greeting.get("device", "sound device")))

    def load(self, key: str, path: Path) -> None:
        """Load a rendered cue."""
        self._load(key, {"op": "load", "key": key, "path": str(path)})

    def load_tone(self, tone: Tone, volume: float) -> None:
        """Load a tone under its own value as the key."""
        self._load(tone.value, {"op": "tone", "key": tone.value, "tone": tone.value, "volume": volume})

    def play(self, key: str, at: float) -> None:
        """Play a sound at an instant of `time.monotonic()`."""
        self._plays = [*self._future_plays(), (at, key)]
        self._child.send(op="play", key=key, at=at)

    def cancel_pending(self) -> None:
        """Drop the sounds that have not started."""
        self._plays.clear()
        self._child.send(op="cancel")

    def stop(self) -> None:
        """Stop the sound that is playing, and drop the pending ones."""
        self._plays.clear()
        self._child.send(op="stop")

    async def close(self) -> None:
        """End the child."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._child.close()

    def _load(self, key: str, message: dict[str, object]) -> None:
        if self._loads.get(key) != message:
            self._loads[key] = message
            self._child.send(**message)

    def _future_plays(self) -> list[tuple[float, str]]:
        now = time.monotonic()
        return [(at, key) for at, key in self._plays if at > now]

    async def _check(self) -> None:
        """Kill a child whose device no longer takes sound; `_keep_alive` then starts another."""
        while True:
            before = self._bursts
            # Twice, because this process may have been suspended for a while, with the replies waiting to be read.
            for _ in range(2):
                await asyncio.sleep(CHECK_SECONDS)
                self._child.send(op="ping")
            await asyncio.sleep(CHECK_SECONDS)
            if self._bursts == before:
                await self._child.kill()

    async def _keep_alive(self) -> None:
        """Whenever the child dies, start another and send it everything it needs, unless that fails."""
        for _ in range(MAX_RESTARTS):
            async for message in self._child.messages():
                bursts = message.get("bursts")
                if isinstance(bursts, int):
                    self._bursts = bursts
            await self._child.kill()
            try:
                self._child = await self._start_child()
            except ChildError:
                break
            for message in self._loads.values():
                self._child.send(**message)
            for at, key in self._future_plays():
                self._child.send(op="play", key=key, at=at)
        await self._child.kill()
        self.plays_speech = self.plays_tones = False
