"""The voice of a session: renders what may be said ahead of time, and plays it at its instants."""

import asyncio
import contextlib
import math
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.voice.cache import Clip
from stretch_coach.voice.child import ChildError
from stretch_coach.voice.device_player import DevicePlayer
from stretch_coach.voice.natural import find_model
from stretch_coach.voice.players import Player, open_player
from stretch_coach.voice.renderer import Renderer, make_renderers
from stretch_coach.voice.request import VoiceRequest, VoiceSource
from stretch_coach.voice.tones import Tone

RETRY_SECONDS, MAX_RETRY_SECONDS = 3.0, 48.0
"""How soon a sound device that cannot be opened is tried again, and how long the doubled delays grow."""

DRAIN_SECONDS = 0.2
"""How much sound a device may still have in its buffer when a sound is over."""

OpenPlayer = Callable[[], Awaitable[tuple[Player, str | None]]]
"""Opens the best player that works, and gives the reason why it is not a sound device, or None if it is."""


class _Source(NamedTuple):
    """A renderer with what it has rendered, and with what comes before a text in the names of the player's sounds."""

    renderer: Renderer
    prefix: str
    clips: dict[str, Clip]


class Voice:
    """Says texts and plays tones. Only `prepare`, `say_now` and `close` wait, and not for long.

    Args:
        player: Plays the sounds.
        renderers: Render speech, the most wanted first. The last one is quick, and speaks until the others have
            rendered a text, or if they cannot. Without any, there are only tones.
        volume: The volume of the tones, from 0 to 1.
    """

    def __init__(self, player: Player, renderers: Sequence[Renderer], volume: float) -> None:
        self.player = player
        self._sources = [_Source(one, f"{place}:" if place else "", {}) for place, one in enumerate(renderers)]
        self._volume = volume
        self._tasks: list[asyncio.Task[None]] = []
        self._load_all()

    @property
    def can_speak(self) -> bool:
        """Whether words can be heard: some were rendered, and the player plays speech."""
        return self.player.plays_speech and any(source.clips for source in self._sources)

    @property
    def trouble(self) -> str | None:
        """Why the last text that failed could not be rendered, or None if none failed."""
        return self._sources[-1].renderer.trouble if self._sources else None

    def seconds(self, text: str) -> float | None:
        """Return how long a text takes, or None while it is not rendered."""
        return next((seconds for _, seconds in self._rendered(text)), None)

    async def prepare(self, texts: Sequence[str], enough: int, at_most_seconds: float) -> None:
        """Start to render texts in their order, and wait for the first ones. The others follow in the background.

        Args:
            texts: What may be said.
            enough: How many of the first texts to wait for.
            at_most_seconds: How long to wait for them.
        """
        missing, renderings = list(texts), list[tuple[_Source, list[str]]]()
        for source in self._sources:
            missing = [text for text in missing if not self._take_cached(source, text)]
            renderings.append((source, missing))
        if not missing or not renderings:
            self._start_rendering(renderings)
            return
        awaited = set(missing) & set(texts[:enough])
        are_done = asyncio.Event()
        source, _ = renderings.pop()
        self._tasks.append(asyncio.create_task(self._render(source, missing, awaited, are_done)))
        if awaited:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(at_most_seconds):
                    await are_done.wait()
        self._start_rendering(renderings)

    def say(self, text: str, at: float, within: float = math.inf) -> bool:
        """Say a text at an instant of `time.monotonic()`, and return whether it can be heard.

        Args:
            text: What to say.
            at: When it starts.
            within: How many seconds were planned for it. What was rendered since then and is longer is not used.
        """
        rendered = list(self._rendered(text))
        if not rendered or not self.player.plays_speech:
            return False
        self.player.play(next((name for name, seconds in rendered if seconds <= within), rendered[-1][0]), at)
        return True

    async def say_now(self, text: str) -> float | None:
        """Say a text at once, and wait until it has been said.

        Returns:
            How many seconds it took, or None if it could not be said.
        """
        for source in self._sources:
            if not self._take_cached(source, text) and (clip := await source.renderer.render(text)):
                self._keep(source, text, clip)
            if text in source.clips:
                break
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
        await asyncio.gather(self.player.close(), *(source.renderer.close() for source in self._sources))

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
        for source in self._sources:
            for text, clip in source.clips.items():
                self.player.load(source.prefix + text, clip.path)

    def _rendered(self, text: str) -> Iterator[tuple[str, float]]:
        """Yield the player's name and the seconds of each rendered form of a text, the most wanted first."""
        for source in self._sources:
            if clip := source.clips.get(text):
                yield source.prefix + text, clip.seconds

    def _take_cached(self, source: _Source, text: str) -> bool:
        clip = source.renderer.cached(text)
        if clip:
            self._keep(source, text, clip)
        return clip is not None

    def _keep(self, source: _Source, text: str, clip: Clip) -> None:
        source.clips[text] = clip
        self.player.load(source.prefix + text, clip.path)

    def _start_rendering(self, renderings: Sequence[tuple[_Source, list[str]]]) -> None:
        """Render in the background what nobody waits for."""
        for source, texts in renderings:
            if texts:
                self._tasks.append(asyncio.create_task(self._render(source, texts, set(), asyncio.Event())))

    async def _render(self, source: _Source, texts: Sequence[str], awaited: set[str], are_done: asyncio.Event) -> None:
        """Render texts, set the event once the awaited ones are done or have failed, and end the child."""
        try:
            for text in texts:
                if clip := await source.renderer.render(text):
                    self._keep(source, text, clip)
                awaited.discard(text)
                if not awaited:
                    are_done.set()
        finally:
            are_done.set()
            await source.renderer.end_child()


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
    voice = Voice(player, make_renderers(request) if request.speaks else (), request.volume)
    voice.keep_playing(open_any, DevicePlayer.open, why)
    if why is None:
        return voice, _missing_natural_voice(request)
    return voice, f"No sound device: {_substitute(player)}. See `stretch-coach doctor`."


def _missing_natural_voice(request: VoiceRequest) -> str | None:
    """Return a sentence if the natural voice was asked for and is not there, so that the usual one speaks."""
    if not request.speaks or request.source is not VoiceSource.NATURAL:
        return None
    try:
        find_model(request.voice)
    except CoachError as error:
        return f"The usual voice speaks in place of the natural one. {error}"
    return None


def _substitute(player: Player) -> str:
    """Return in words what is used in place of a sound device."""
    if player.plays_speech:
        return f"{player.name} plays the cues"
    return "the terminal's bell marks changes" if player.plays_tones else "the screen shows the cues"
