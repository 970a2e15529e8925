"""The voice of a session: renders what may be said ahead of time, and plays it at its instants."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Sequence

from stretch_coach.voice.child import ChildError
from stretch_coach.voice.player import Player
from stretch_coach.voice.renderer import Clip, Renderer
from stretch_coach.voice.tones import Tone

LOOK_AGAIN_SECONDS = 3.0
"""How often a sound device is looked for where there was none."""


PLAYED_SECONDS = 0.2
"""What a device may still have in its buffer when a sound is over."""


class Voice:
    """Says texts and sounds tones. Nothing it does waits, but ``prepare`` and ``close``, which have their bounds.

    Args:
        player: How it is played.
        renderer: Where speech comes from; none for tones alone.
        volume: From 0 to 1.
    """

    def __init__(self, player: Player, renderer: Renderer | None, volume: float) -> None:
        self.player = player
        self._renderer = renderer
        self._volume = volume
        self._clips: dict[str, Clip] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._load_all()

    @property
    def can_speak(self) -> bool:
        """Whether words can be heard: something was rendered, and there is something to play it."""
        return self.player.speaks and bool(self._clips)

    @property
    def trouble(self) -> str | None:
        """Why something could not be rendered, if so."""
        return self._renderer.trouble if self._renderer else None

    def seconds(self, text: str) -> float | None:
        """How long a text takes; none while it is not rendered."""
        clip = self._clips.get(text)
        return clip.seconds if clip else None

    async def prepare(self, texts: Sequence[str], enough: int, at_most_seconds: float) -> None:
        """Begin to render texts, in order, and wait for the first ones, but not long: the rest comes as it comes."""
        if self._renderer is None:
            return
        missing = [text for text in texts if not self._take_cached(text)]
        first_ones = asyncio.Event()
        if not set(missing) & set(texts[:enough]):
            first_ones.set()
        self._tasks.append(asyncio.create_task(self._render(missing, set(texts[:enough]), first_ones)))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(at_most_seconds):
                await first_ones.wait()

    def say(self, text: str, at: float) -> bool:
        """Say a text at an instant of ``time.monotonic()``; whether it can be heard."""
        if text not in self._clips or not self.player.speaks:
            return False
        self.player.play(text, at)
        return True

    async def say_now(self, text: str) -> float | None:
        """Say a text at once and wait until it is said; its seconds, or none if it cannot be said."""
        if not self._take_cached(text) and self._renderer:
            clip = await self._renderer.render(text)
            if clip:
                self._keep(text, clip)
        seconds = self.seconds(text)
        if seconds is not None and self.say(text, time.monotonic()):
            await asyncio.sleep(seconds + PLAYED_SECONDS)
            return seconds
        return None

    def sound(self, tone: Tone, at: float) -> bool:
        """Sound a tone at an instant of ``time.monotonic()``; whether it can be heard."""
        self.player.play(tone.value, at)
        return self.player.sounds

    def forget(self) -> None:
        """Forget what waits; what sounds is finished."""
        self.player.forget()

    def hush(self) -> None:
        """Be silent at once."""
        self.player.hush()

    async def close(self) -> None:
        """Be silent, and leave no child running."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(self.player.close(), *([self._renderer.close()] if self._renderer else []))

    def watch_for_device(self, open_device: Callable[[], Awaitable[Player]]) -> None:
        """Try again, now and then, to open a device; when one appears, it plays from then on."""
        self._tasks.append(asyncio.create_task(self._watch_for_device(open_device)))

    async def _watch_for_device(self, open_device: Callable[[], Awaitable[Player]]) -> None:
        while True:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
            with contextlib.suppress(ChildError):
                found = await open_device()
                before, self.player = self.player, found
                self._load_all()
                await before.close()
                return

    def _load_all(self) -> None:
        for tone in Tone:
            self.player.load_tone(tone, self._volume)
        for text, clip in self._clips.items():
            self.player.load(text, clip.path)

    def _take_cached(self, text: str) -> bool:
        clip = self._renderer.cached(text) if self._renderer else None
        if clip:
            self._keep(text, clip)
        return clip is not None

    def _keep(self, text: str, clip: Clip) -> None:
        self._clips[text] = clip
        self.player.load(text, clip.path)

    async def _render(self, texts: Sequence[str], first: set[str], first_ones: asyncio.Event) -> None:
        assert self._renderer  # noqa: S101 - nothing is rendered without one
        try:
            for text in texts:
                if clip := await self._renderer.render(text):
                    self._keep(text, clip)
                first.discard(text)
                if not first & set(texts):
                    first_ones.set()
        finally:
            first_ones.set()
            await self._renderer.close()
