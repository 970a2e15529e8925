"""Choosing a voice of an engine."""

import pytest

from stretch_coach.voice.request import VoiceInfo, choose_voice

VOICES = [
    VoiceInfo("gmw/en-us", "English (America)", ("en-us", "en")),
    VoiceInfo("gmw/en", "English (Great Britain)", ("en-gb", "en")),
    VoiceInfo("gmw/en-gb-x-rp", "English (Received Pronunciation)", ("en-gb-x-rp", "en-gb", "en")),
    VoiceInfo("gmw/de", "German", ("de",)),
    VoiceInfo("roa/es", "Spanish (Spain)", ("es",)),
    VoiceInfo("roa/es-419", "Spanish (Latin America)", ("es-419", "es-mx", "es")),
    VoiceInfo("odd", "Without a language", ()),
]


def chosen(wanted: str, language: str) -> str | None:
    """Return the id of the chosen voice."""
    voice = choose_voice(VOICES, wanted, language)
    return voice.id if voice else None


@pytest.mark.parametrize(
    ("wanted", "id_"),
    [
        ("gmw/de", "gmw/de"),
        ("GMW/DE", "gmw/de"),
        ("german", "gmw/de"),
        ("Spanish (Latin America)", "roa/es-419"),
        ("odd", "odd"),
    ],
)
def test_a_voice_is_wanted_by_id_or_name(wanted: str, id_: str) -> None:
    assert chosen(wanted, "en") == id_


@pytest.mark.parametrize(("wanted", "id_"), [("de", "gmw/de"), ("es-mx", "roa/es-419"), ("EN-GB", "gmw/en")])
def test_a_voice_is_wanted_by_its_language(wanted: str, id_: str) -> None:
    assert chosen(wanted, "de") == id_


@pytest.mark.parametrize(
    ("language", "id_"),
    [
        ("en", "gmw/en-us"),
        ("en-gb", "gmw/en"),
        ("en-GB-x-rp", "gmw/en-gb-x-rp"),
        ("es", "roa/es"),
        ("de-at", "gmw/de"),
        ("de-at-1996", "gmw/de"),
        ("xx", None),
        ("e", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("wanted", ["", "nonsense"])
def test_otherwise_the_language_of_the_texts_decides(wanted: str, language: str, id_: str | None) -> None:
    assert chosen(wanted, language) == id_


def test_without_voices_none_is_chosen() -> None:
    assert choose_voice([], "gmw/de", "en") is None
