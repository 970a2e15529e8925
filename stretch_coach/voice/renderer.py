"""Renders cues with a child process, from the cache where it can; a child that hangs or dies costs one cue."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.voice.cache import Cache, Manner
from stretch_coach.voice.child import Child, ChildError, child_command
from stretch_coach.voice.choice import VoiceInfo
from stretch_coach.voice.sources import Source

DEADLINE_SECONDS = 2.0
"""How long one cue may take; ten milliseconds are usual."""

TRIES = 2


class Clip(NamedTuple):
    """A rendered cue."""

    path: Path
    seconds: float


class Renderer:
    """Gives the sound of texts.

    Args:
        cache: Where rendered cues are kept.
        manner: How they are said.
        language: The language of the texts.
        source: Which voice is preferred.
        command: How the child is started, for tests.
    """

    def __init__(
        self, cache: Cache, manner: Manner, language: str, source: Source, command: Sequence[str] | None = None
    ) -> None:
        self._cache = cache
        self._manner = manner
        self._language = language
        self._command = command or child_command("render_child", source.value)
        self._child: Child | None = None
        self._ever_started = False
        self.hopeful = True
        self.trouble: str | None = None

    def cached(self, text: str) -> Clip | None:
        """The cue if it was rendered before; starts nothing."""
        found = self._cache.find(text, self._manner)
        return Clip(*found) if found else None

    async def render(self, text: str) -> Clip | None:
        """The cue, rendered now if need be; none if it cannot be, and then ``trouble`` says why."""
        if clip := self.cached(text):
            return clip
        if not self.hopeful:
            return None
        for _ in range(TRIES):
            try:
                return await self._ask(text)
            except (ChildError, CoachError, TimeoutError, OSError) as error:
                self.trouble = str(error) or "the speech engine did not answer in time"
                await self.close()
        # An engine that did work may work for the next text; one that never started will not.
        self.hopeful = self._ever_started
        return None

    async def voices(self) -> list[VoiceInfo]:
        """Every voice the engine has.

        Raises:
            ChildError: There is no engine.
        """
        child = await self._running()
        child.send(op="voices")
        async with asyncio.timeout(DEADLINE_SECONDS):
            answer = await self._answer(child, "voices")
        return [VoiceInfo(id_, name, tuple(languages)) for id_, name, languages in answer["voices"]]

    async def close(self) -> None:
        """End the child."""
        if self._child:
            child, self._child = self._child, None
            await child.close()

    async def _running(self) -> Child:
        if self._child is None or not self._child.alive:
            self._child = await Child.start(self._command)
            self._ever_started = True
        return self._child

    @property
    def source(self) -> str | None:
        """Where the voice comes from, once the engine was started."""
        return self._child.hello.get("source") if self._child else None

    async def _ask(self, text: str) -> Clip | None:
        self._cache.prepare()
        path = self._cache.path(text, self._manner)
        child = await self._running()
        child.send(
            id=path.name,
            text=text,
            path=str(path),
            voice=self._manner.voice,
            language=self._language,
            rate=self._manner.rate,
            volume=self._manner.volume,
        )
        async with asyncio.timeout(DEADLINE_SECONDS):
            answer = await self._answer(child, path.name)
        if answer["event"] == "done":
            return self.cached(text)
        raise ChildError(str(answer.get("error")))

    async def _answer(self, child: Child, wanted: str) -> dict[str, Any]:
        async for message in child.messages():
            if message.get("id") == wanted or message.get("event") == wanted:
                return message
        raise ChildError("the speech engine ended")
