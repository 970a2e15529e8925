"""The keys in the settings: what is accepted, and that nothing is ever taken from another action or from `x`."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.errors import CoachError
from stretch_coach.settings.keys import DEFAULT_KEYS, read_keys
from stretch_coach.settings.kinds import InvalidValue
from stretch_coach.settings.load import read_settings

FILE = Path("config.toml")
TOGETHER = {
    screen: [one for one in DEFAULT_KEYS if one.partition(".")[0] in ("app", *also)]
    for screen, also in {
        "home": ("home", "list"),
        "coach": ("coach",),
        "exercises": ("exercises",),
        "history": ("history",),
        "breaks": ("breaks",),
        "profile": ("profile",),
        "settings": ("settings",),
        "tight": ("tight",),
    }.items()
}
KEYS = st.sampled_from([*"abcxnpq1?/+[", "space", "left", "f1", "ctrl+o", "n,right", "q,escape"])


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('coach.pause = "b"', "b"),
        ('"coach.pause" = "b, F"', "b,F"),
        ('coach = {pause = "?"}', None),
        ('coach.pause = "ctrl+r"', "ctrl+r"),
        ('coach.pause = "-"', "minus"),
        ('coach.pause = "!"', "exclamation_mark"),
        ('coach.pause = "shift+f3"', "shift+f3"),
    ],
)
def test_keys_are_read_as_textual_calls_them(text: str, keys: str | None) -> None:
    if keys is None:
        with pytest.raises(CoachError, match=r"question_mark is a key of app.help too"):
            read_settings(f"[keys]\n{text}\n", FILE)
    else:
        assert read_settings(f"[keys]\n{text}\n", FILE).keys == (("coach.pause", keys),)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('coach.puase = "b"', 'config.toml:4: keys.coach.puase is not an action. Did you mean "coach.pause"?'),
        ('coach.pause = "p"', "config.toml:4: keys.coach.pause: p is a key of coach.previous too. Choose another key,"),
        ('home.history = "/"', "config.toml:4: keys.home.history: slash is a key of list.filter too."),
        ('coach.stop = "b"', "config.toml:4: keys.coach.stop is always x, so that a session can be stopped at once."),
        ('coach.next = "x"', "config.toml:4: keys.coach.next: x always means that it hurts. Choose another key."),
        ('app.help = "x"', "config.toml:4: keys.app.help: x always means that it hurts."),
        ('app.jump = "j"', "config.toml:4: keys.app.jump: j is needed to type. Choose one with ctrl or alt,"),
        ('coach.next = "tab"', "config.toml:4: keys.coach.next: tab cannot be changed."),
        ('coach.next = "ctrl+"', 'config.toml:4: keys.coach.next: "ctrl+" is not valid. Write a key such as "p",'),
        ("coach.next = 3", "config.toml:4: keys.coach.next: 3 is not valid."),
        ('coach.next = ""', 'config.toml:4: keys.coach.next: "" is not valid.'),
    ],
)
def test_error_names_the_line_and_the_cure(text: str, error: str) -> None:
    with pytest.raises(CoachError, match=re.escape(error)):
        read_settings(f'[app]\ntheme = "x"\n[keys]\n{text}\n', FILE)


def test_two_actions_can_exchange_their_keys() -> None:
    assert dict(read_keys({"coach.next": "p,left", "coach.previous": "n,right"}))["coach.next"] == "p,left"


@given(st.dictionaries(st.sampled_from([*DEFAULT_KEYS]), KEYS, max_size=4))
def test_no_key_ever_means_two_things_and_x_always_that_it_hurts(table: dict[str, str]) -> None:
    try:
        keys = DEFAULT_KEYS | dict(read_keys(table))
    except InvalidValue:
        return
    assert keys["coach.stop"] == "x"
    for together in TOGETHER.values():
        # What is changed; among themselves, the default keys are as they are.
        for action in set(together) & set(table):
            others = {one for other in together if other != action for one in keys[other].split(",")}
            assert not others & set(keys[action].split(","))
