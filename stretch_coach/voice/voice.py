"""The voice of a session: renders what may be said ahead of time, and plays it at its instants."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Sequence

from stretch_coach.voice.cache import Clip
from stretch_coach.voice.child import ChildError
from stretch_coach.voice.device_player import DevicePlayer
from stretch_coach.voice.players import Player, open_player
from stretch_coach.voice.renderer import Renderer, make_renderer
from stretch_coach.voice.request import VoiceRequest
from stretch_coach.voice.tones import Tone

RETRY_SECONDS, MAX_RETRY_SECONDS = 3.0, 48.0
"""How soon a sound device that cannot be opened is tried again, and how long the doubled delays grow."""

DRAIN_SECONDS = 0.2
"""How much sound a device may still have in its buffer when a sound is over."""

OpenPlayer = Callable[[], Awaitable[tuple[Player, str | None]]]
"""Opens the best player that works, and gives the reason why it is not a sound device, or None if it is."""


class Voice:
    """Says texts and plays tones. Only `prepare`, `say_now` and `close` wait, and not for long.

    Args:
        player: Plays the sounds.
        renderer: Renders speech; None for tones only.
        volume: The volume of the tones, from 0 to 1.
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
        """Whether words can be heard: some were rendered, and the player plays speech."""
        return self.player.plays_speech and bool(self._clips)

    @property
    def trouble(self) -> str | None:
        """Why the last text that failed could not be rendered, or None if none failed."""
        return self._renderer.trouble if self._renderer else None

    def seconds(self, text: str) -> float | None:
        """Return how long a text takes, or None while it is not rendered."""
        clip = self._clips.get(text)
        return clip.seconds if clip else None

    async def prepare(self, texts: Sequence[str], enough: int, at_most_seconds: float) -> None:
        """Start to render texts in their order, and wait for the first ones. The others follow in the background.

        Args:
            texts: What may be said.
            enough: How many of the first texts to wait for.
            at_most_seconds: How long to wait for them.
        """
        if self._renderer is None:
            return
        missing = [text for text in texts if not self._take_cached(text)]
        if not missing:
            return
        awaited = set(missing) & set(texts[:enough])
        are_done = asyncio.Event()
        self._tasks.append(asyncio.create_task(self._render(self._renderer, missing, awaited, are_done)))
        if awaited:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(at_most_seconds):
                    await are_done.wait()

    def say(self, text: str, at: float) -> bool:
        """Say a text at an instant of `time.monotonic()`, and return whether it can be heard."""
        if text not in self._clips or not self.player.plays_speech:
            return False
        self.player.play(text, at)
        return True

    async def say_now(self, text: str) -> float | None:
        """Say a text at once, and wait until it has been said.

        Returns:
            How many seconds it took, or None if it could not be said.
        """
        if self._renderer and not self._take_cached(text) and (clip := await self._renderer.render(text)):
            self._keep(text, clip)
        seconds = self.seconds(text)
        if seconds is None or not self.say(text, time.monotonic()):
            return None
        await asyncio.sleep(seconds + DRAIN_SECONDS)
        return seconds

    def play_tone(self, tone: Tone, at: float) -> bool:
        """Play a tone at an instant of `time.monotonic()`, and return whether it can be heard."""
        self.player.play(tone.value, at)
        return self.player.plays_tones

    def cancel_pending(self) -> None:
        """Drop what has not started; let what is playing finish."""
        self.player.cancel_pending()

    def stop(self) -> None:
        """Be silent at once."""
        self.player.stop()

    async def close(self) -> None:
        """Be silent, and leave no child process running."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(self.player.close(), *([self._renderer.close()] if self._renderer else []))

    def keep_playing(self, open_any: OpenPlayer, open_device: Callable[[], Awaitable[Player]], why: str | None) -> None:
        """From now on, open another player when the sound device is lost, and a device as soon as there is one.

        Args:
            open_any: Opens the best player that works.
            open_device: Opens a sound device, or raises ChildError.
            why: Why the present player does not use a sound device, or None if it does.
        """
        self._tasks.append(asyncio.create_task(self._keep_playing(open_any, open_device, why)))

    async def _keep_playing(
        self, open_any: OpenPlayer, open_device: Callable[[], Awaitable[Player]], why: str | None
    ) -> None:
        delay = RETRY_SECONDS
        while True:
            await asyncio.sleep(delay)
            if why is None and self.player.plays_speech:
                delay = RETRY_SECONDS
                continue
            delay = min(2 * delay, MAX_RETRY_SECONDS)
            with contextlib.suppress(ChildError):
                replacement, why = await open_any() if why is None else (await open_device(), None)
                before, self.player = self.player, replacement
                self._load_all()
                await before.close()

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

    async def _render(
        self, renderer: Renderer, texts: Sequence[str], awaited: set[str], are_done: asyncio.Event
    ) -> None:
        """Render texts, set the event once the awaited ones are done or have failed, and end the child."""
        try:
            for text in texts:
                if clip := await renderer.render(text):
                    self._keep(text, clip)
                awaited.discard(text)
                if not awaited:
                    are_done.set()
        finally:
            are_done.set()
            await renderer.end_child()


async def open_voice(request: VoiceRequest, ring: Callable[[], None] | None) -> tuple[Voice, str | None]:
    """Open the requested voice, or the best one that works here.

    Args:
        request: The voice to open.
        ring: Rings the terminal's bell; None where there is no terminal.

    Returns:
        The voice, and a sentence for the user if it is not played as it should be, else None.
    """

    async def open_any() -> tuple[Player, str | None]:
        return await open_player(request.cache, ring)

    player, why = await open_any()
    voice = Voice(player, make_renderer(request) if request.speaks else None, request.volume)
    voice.keep_playing(open_any, DevicePlayer.open, why)
    if why is None:
        return voice, None
    return voice, f"No sound device: {_substitute(player)}. See `stretch-coach doctor`."


def _substitute(player: Player) -> str:
    """Return in words what is used in place of a sound device."""
    if player.plays_speech:
        return f"{player.name} plays the cues"
    return "the terminal's bell marks changes" if player.plays_tones else "the screen shows the cues"
