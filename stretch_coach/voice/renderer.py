"""Rendered speech, from the cache or a child process. A child that hangs, dies or misbehaves costs one cue."""

import asyncio
from typing import Any

from stretch_coach import __version__
from stretch_coach.errors import CoachError
from stretch_coach.text import excerpt
from stretch_coach.voice.cache import Cache, Clip, VoiceParams
from stretch_coach.voice.child import Child, ChildError, StartChild, reason_in, start_module
from stretch_coach.voice.natural import is_model
from stretch_coach.voice.request import VoiceInfo, VoiceRequest, VoiceSource

DEADLINE_SECONDS = 2.0
"""How long rendering one cue may take; about ten milliseconds are usual."""

NATURAL_DEADLINE_SECONDS = 30.0
"""The same for the natural voice, which takes up to two seconds to load, and nobody waits for it."""

TRIES = 2
"""How often a cue is tried, each time with a new child."""

MAX_FAILURES = 5
"""After this many failed cues in a row, the engine is not tried again."""

MAX_NAME_CHARACTERS = 200
"""How much of a name that a child gives is shown; the ids of Windows' voices have about 90 characters."""


class Renderer:
    """Renders texts to sound.

    Args:
        cache: Keeps the rendered cues.
        params: How the texts are said.
        language: The language of the texts.
        start_child: Starts the process that renders.
        deadline_seconds: How long rendering one text may take.
    """

    def __init__(
        self,
        cache: Cache,
        params: VoiceParams,
        language: str,
        start_child: StartChild,
        deadline_seconds: float = DEADLINE_SECONDS,
    ) -> None:
        self._cache = cache
        self._params = params
        self._language = language
        self._start_child = start_child
        self._deadline_seconds = deadline_seconds
        self._child: Child | None = None
        self._has_started = False
        self._failures = 0
        self.trouble: str | None = None

    @property
    def has_given_up(self) -> bool:
        """Whether the engine has failed too often to be tried again."""
        return self._failures >= (MAX_FAILURES if self._has_started else 1)

    @property
    def source(self) -> str | None:
        """Where speech comes from, once the engine has started."""
        return _name(self._child.greeting.get("source")) if self._child else None

    def cached(self, text: str) -> Clip | None:
        """Return a text's cue if it was rendered before. Nothing is started."""
        return self._cache.find(text, self._params)

    async def render(self, text: str) -> Clip | None:
        """Return a text's cue, rendering it if necessary. If that fails, return None and set `trouble`."""
        if clip := self.cached(text):
            return clip
        if self.has_given_up:
            return None
        for _ in range(TRIES):
            try:
                clip = await self._render(text)
            except (ChildError, CoachError, OSError) as error:  # a TimeoutError is an OSError
                self.trouble = str(error) or "the speech engine did not answer in time"
                await self.end_child()
            else:
                self._failures = 0
                return clip
        self._failures += 1
        return None

    async def voices(self) -> list[VoiceInfo]:
        """Return every voice that the engine offers.

        Raises:
            ChildError: There is no engine, or its answer makes no sense.
            TimeoutError: It did not answer in time.
        """
        child = await self._running_child()
        child.send(op="voices")
        async with asyncio.timeout(DEADLINE_SECONDS):
            answer = await _answer(child, "voices")
        try:
            return [
                VoiceInfo(_name(id_), _name(name), tuple(map(_name, languages)))
                for id_, name, languages in answer["voices"]
            ]
        except (KeyError, TypeError, ValueError) as error:
            raise ChildError("the speech engine sent an invalid list of voices") from error

    async def end_child(self) -> None:
        """End the child; the next text that is not cached starts another."""
        if self._child:
            child, self._child = self._child, None
            await child.close()

    async def close(self) -> None:
        """End the child, and remove the temporary folder if there is one."""
        await self.end_child()
        self._cache.close()

    async def _running_child(self) -> Child:
        if self._child is None or not self._child.alive:
            self._child = await self._start_child()
            self._has_started = True
        return self._child

    async def _render(self, text: str) -> Clip:
        if self._child is None:
            self._cache.prepare()
        child = await self._running_child()
        path = self._cache.path(text, self._params)
        child.send(
            id=path.name,
            text=text,
            path=str(path),
            voice=self._params.voice,
            language=self._language,
            rate=self._params.rate,
            volume=self._params.volume,
        )
        async with asyncio.timeout(self._deadline_seconds):
            answer = await _answer(child, path.name)
        clip = self.cached(text)
        if answer.get("event") != "done" or clip is None:
            raise ChildError(reason_in(answer, "the speech engine wrote no sound"))
        return clip


def make_renderer(request: VoiceRequest) -> Renderer:
    """Return a renderer for the requested voice. Nothing is started yet."""
    # Where no voice is set, the language chooses it.
    voice = request.voice or request.language
    params = VoiceParams(voice, request.rate, request.volume, f"{request.source.value}-{__version__}")
    cache = Cache(request.cache)
    cache.shrink()
    start_child = start_module("render_child", request.source.value, voice)
    is_natural = request.source is VoiceSource.NATURAL
    deadline = NATURAL_DEADLINE_SECONDS if is_natural else DEADLINE_SECONDS
    return Renderer(cache, params, request.language, start_child, deadline)


def make_renderers(request: VoiceRequest) -> list[Renderer]:
    """Return renderers for the requested voice: the natural one with the usual one, which speaks until it is ready."""
    if request.source is not VoiceSource.NATURAL:
        return [make_renderer(request)]
    usual = request._replace(source=VoiceSource.BUNDLED, voice="" if is_model(request.voice) else request.voice)
    return [make_renderer(request), make_renderer(usual)]


def _name(value: object) -> str:
    """Return a name that a child gave, safe to show on one line."""
    return excerpt(str(value), MAX_NAME_CHARACTERS)


async def _answer(child: Child, wanted: str) -> dict[str, Any]:
    """Return the child's message with this id or event.

    Raises:
        ChildError: The child ended instead.
    """
    async for message in child.messages():
        if wanted in (message.get("id"), message.get("event")):
            return message
    raise ChildError("the speech engine ended")
