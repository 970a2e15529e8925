"""The voice that a session requests: where speech comes from, which voice, how fast and how loud."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


class VoiceSource(StrEnum):
    """What renders speech."""

    BUNDLED = "bundled"
    """espeak-ng from the wheel that carries it."""

    SYSTEM = "system"
    """The espeak-ng that the system has installed."""

    NATURAL = "natural"
    """Piper, if it is installed. The usual voice speaks until a text is rendered."""

    NATIVE = "native"
    """The speech engine of macOS or Windows."""


class VoiceRequest(NamedTuple):
    """The voice that a session asks for.

    Attributes:
        speaks: Whether it says words; otherwise it gives tones only.
        voice: The id, name or language of a voice; empty for any voice of `language`.
        language: The language of the texts, such as `en` or `de-at`.
        rate: Words per minute.
        volume: From 0 to 1.
        source: The preferred source of speech.
        cache: The folder for rendered cues.
    """

    speaks: bool
    voice: str
    language: str
    rate: int
    volume: float
    source: VoiceSource
    cache: Path


class VoiceInfo(NamedTuple):
    """A voice that an engine offers. `languages` are codes such as `en-us`, the best match first."""

    id: str
    name: str
    languages: tuple[str, ...]


def choose_voice(voices: Sequence[VoiceInfo], wanted: str, language: str) -> VoiceInfo | None:
    """Return the voice with the wanted id or name, else the first one of the language.

    A language without a voice of its own falls back to the more general one: `de-at` to `de`.

    Args:
        voices: The voices to choose from.
        wanted: The id, name or language the user set; empty for any.
        language: The language of the texts, used where `wanted` matches nothing.

    Returns:
        The voice, or None if no voice speaks the language; the engine's default is then as good as any.
    """
    if wanted:
        for voice in voices:
            if wanted.lower() in (voice.id.lower(), voice.name.lower()):
                return voice
    spoken = (wanted if _is_language(voices, wanted) else language).lower()
    while spoken:
        for voice in voices:
            if voice.languages and voice.languages[0].lower() == spoken:
                return voice
        for voice in voices:
            if any(_matches(code, spoken) for code in voice.languages):
                return voice
        spoken = spoken.rpartition("-")[0]
    return None


def _is_language(voices: Sequence[VoiceInfo], wanted: str) -> bool:
    return bool(wanted) and any(_matches(code, wanted) for voice in voices for code in voice.languages)


def _matches(code: str, language: str) -> bool:
    """Return whether a language code is the language or a variant of it."""
    return f"{code.lower()}-".startswith(f"{language.lower()}-")
