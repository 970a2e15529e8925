"""Choosing one of an engine's voices."""

from collections.abc import Sequence
from typing import NamedTuple


class VoiceInfo(NamedTuple):
    """A voice that an engine offers. ``languages`` are codes such as ``en-us``, the best first."""

    id: str
    name: str
    languages: tuple[str, ...]


def choose_voice(voices: Sequence[VoiceInfo], wanted: str, language: str) -> VoiceInfo | None:
    """The voice of this id or name, else the first of the language, a more general one if need be.

    Args:
        voices: What there is.
        wanted: What the user set; empty for any.
        language: The language of what is to be said, such as ``en`` or ``de-at``.

    Returns:
        None if nothing fits: the engine's default is then as good as any.
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
            if any(_begins(code.lower(), spoken) for code in voice.languages):
                return voice
        spoken = spoken.rpartition("-")[0]
    return None


def _is_language(voices: Sequence[VoiceInfo], wanted: str) -> bool:
    return bool(wanted) and any(_begins(code.lower(), wanted.lower()) for one in voices for code in one.languages)


def _begins(code: str, language: str) -> bool:
    return code == language or code.startswith(f"{language}-")
