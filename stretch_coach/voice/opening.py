"""Opening a voice as the user wishes it, or the best that works here."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from stretch_coach import __version__
from stretch_coach.voice.cache import Cache, Manner
from stretch_coach.voice.device import DevicePlayer
from stretch_coach.voice.players import open_player
from stretch_coach.voice.renderer import Renderer
from stretch_coach.voice.sources import Source
from stretch_coach.voice.voice import Voice


class Wish(NamedTuple):
    """How a voice is to be.

    Attributes:
        speaks: Whether it says words, or gives tones alone.
        voice: An id, name or language; empty for a voice of ``language``.
        language: The language of what is to be said.
        rate: Words a minute.
        volume: From 0 to 1.
        source: Where the voice is to come from.
        cache: The folder for rendered cues.
    """

    speaks: bool
    voice: str
    language: str
    rate: int
    volume: float
    source: Source
    cache: Path


def make_renderer(wish: Wish) -> Renderer:
    """What renders speech as wished; starts nothing yet."""
    # The voice of a language is part of the manner: the same words are said otherwise in another one.
    manner = Manner(wish.voice or wish.language, wish.rate, wish.volume, f"{wish.source.value}-{__version__}")
    cache = Cache(wish.cache)
    cache.shrink()
    return Renderer(cache, manner, wish.language, wish.source)


async def open_voice(wish: Wish, ring: Callable[[], None] | None) -> tuple[Voice, str | None]:
    """A voice, and a sentence about what is not as it should be, if so.

    Args:
        wish: How it is to be.
        ring: Rings the terminal's bell; none where there is no terminal.
    """
    player, why = await open_player(wish.cache, ring)
    voice = Voice(player, make_renderer(wish) if wish.speaks else None, wish.volume)
    if why is None:
        return voice, None
    voice.watch_for_device(DevicePlayer.open)
    return voice, f"Sound: {player.name}, because no sound device could be opened; `stretch-coach doctor` says more."
