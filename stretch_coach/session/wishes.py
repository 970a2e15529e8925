"""The voice that the user's settings ask for."""

from stretch_coach.paths import Places
from stretch_coach.settings import VoiceSettings
from stretch_coach.voice.opening import Wish
from stretch_coach.voice.sources import Source


def wished_voice(places: Places, settings: VoiceSettings, language: str) -> Wish:
    """The voice as set, for texts in a language."""
    return Wish(
        speaks=settings.level in ("full", "brief"),
        voice=settings.voice,
        language=language,
        rate=settings.rate,
        volume=settings.volume,
        source=Source(settings.source),
        cache=places.cache / "voice",
    )
