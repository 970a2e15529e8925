"""The table of settings is consistent with itself."""

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.figure.palette import HAIRS, SKINS
from stretch_coach.settings import Settings
from stretch_coach.settings.kinds import WordChoice, parse_text, plain_value
from stretch_coach.settings.schema import RULES, SECTION_TITLES, SETTINGS, Setting, find_value_setting

VALUES = [setting for setting in SETTINGS.values() if setting is not RULES]


@pytest.mark.parametrize("setting", VALUES, ids=lambda one: one.name)
def test_default_is_valid_and_can_be_typed(setting: Setting) -> None:
    assert setting.kind.read(parse_text(setting.kind, plain_value(setting.default))) == setting.default


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda one: one.name)
def test_texts_fit_their_places(setting: Setting) -> None:
    assert setting.title[0].isupper()
    assert not setting.title.endswith(".")
    assert len(setting.title) <= 24
    assert setting.help.endswith(".")
    assert len(setting.help) <= 100


def test_titles_are_unique_within_a_section() -> None:
    assert len({(one.section, one.title) for one in SETTINGS.values()}) == len(SETTINGS)


def test_default_of_a_choice_is_one_of_its_words() -> None:
    choices = [one for one in VALUES if isinstance(one.kind, WordChoice)]
    assert all(one.default in one.kind.words for one in choices if isinstance(one.kind, WordChoice))


def test_colours_of_the_figure_are_those_that_can_be_drawn() -> None:
    words = {name: SETTINGS[name].kind for name in ("app.skin", "app.hair")}
    assert {name: kind.words for name, kind in words.items() if isinstance(kind, WordChoice)} == {
        "app.skin": ("", *SKINS),
        "app.hair": ("", *HAIRS),
    }


def test_every_section_has_a_title_and_settings() -> None:
    assert set(SECTION_TITLES) == {one.section for one in SETTINGS.values()} == set(Settings._fields) - {"keys"}


def test_settings_with_another_value_differ_in_that_value_alone() -> None:
    changed = Settings().with_value(SETTINGS["voice.rate"], 99)
    assert changed.voice == Settings().voice._replace(rate=99)
    assert changed._replace(voice=Settings().voice) == Settings()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("voice.rat", 'Did you mean "voice.rate"?'),
        ("rate", 'Did you mean "voice.rate"?'),
        ("x.y", "`stretch-coach config` lists them."),
    ],
)
def test_unknown_setting_is_reported_with_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(CoachError) as raised:
        find_value_setting(name)
    assert str(raised.value) == f'"{name}" is not a setting. {hint}'
