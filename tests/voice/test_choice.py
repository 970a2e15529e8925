"""Choosing one of an engine's voices."""

import pytest

from stretch_coach.voice.choice import VoiceInfo, choose_voice

VOICES = [
    VoiceInfo("gmw/en-us", "English (America)", ("en-us", "en")),
    VoiceInfo("gmw/en", "English (Great Britain)", ("en-gb", "en")),
    VoiceInfo("gmw/en-gb-x-rp", "English (Received Pronunciation)", ("en-gb-x-rp", "en-gb", "en")),
    VoiceInfo("gmw/de", "German", ("de",)),
    VoiceInfo("roa/es", "Spanish (Spain)", ("es",)),
    VoiceInfo("roa/es-419", "Spanish (Latin America)", ("es-419", "es-mx", "es")),
    VoiceInfo("odd", "Without a language", ()),
]


@pytest.mark.parametrize(
    ("wanted", "language", "chosen"),
    [
        ("gmw/de", "en", "gmw/de"),
        ("GMW/DE", "en", "gmw/de"),
        ("german", "en", "gmw/de"),
        ("Spanish (Latin America)", "en", "roa/es-419"),
        ("odd", "en", "odd"),
        # A language instead of a voice.
        ("de", "en", "gmw/de"),
        ("es-mx", "en", "roa/es-419"),
        ("EN-GB", "de", "gmw/en"),
        # Nothing is wanted: the language decides.
        ("", "en", "gmw/en-us"),
        ("", "en-gb", "gmw/en"),
        ("", "en-GB-x-rp", "gmw/en-gb-x-rp"),
        ("", "es", "roa/es"),
        ("", "de-at", "gmw/de"),
        ("", "de-at-1996", "gmw/de"),
        # What is wanted is not there: as if nothing were.
        ("nonsense", "de", "gmw/de"),
        ("nonsense", "xx", None),
        ("", "xx", None),
        ("", "e", None),
        ("", "", None),
    ],
)
def test_the_voice_that_fits_best(wanted: str, language: str, chosen: str | None) -> None:
    voice = choose_voice(VOICES, wanted, language)
    assert (voice.id if voice else None) == chosen


def test_without_voices_there_is_none_to_choose() -> None:
    assert choose_voice([], "gmw/de", "en") is None
