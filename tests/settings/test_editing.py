"""Changing the settings file: one value changes, every comment stays, and nothing broken is written over."""

import stat
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.errors import CoachError
from stretch_coach.paths import Places
from stretch_coach.settings import Settings, load_settings
from stretch_coach.settings.editing import add_rule, change_setting, remove_rule, remove_setting

MINE = """\
# Mine, do not touch.
[voice]   # I like it slow
rate = 140 # words

# From here on: the record.
[record]
day_start = "05:00"  # I work at night

# Breaks at work.
[[breaks.rules]]
every = 45 # minutes

# Breaks at noon.
[[breaks.rules]]
id = "noon"
at = ["12:00"]

# The end.
[start]
routine = "screen-break"
# Nothing after this.
"""


def comments(text: str) -> list[str]:
    return sorted(line.partition("#")[2] for line in text.splitlines() if "#" in line)


def test_a_file_is_made_where_there_is_none_and_is_the_users_alone(places: Places) -> None:
    assert change_setting(places.settings_file, "voice", "rate", 180).voice.rate == 180
    assert places.settings_file.read_text(encoding="utf-8") == "[voice]\nrate = 180\n"
    if sys.platform != "win32":
        assert stat.S_IMODE(places.settings_file.stat().st_mode) == 0o600
        assert stat.S_IMODE(places.config.stat().st_mode) == 0o700
    assert list(places.config.iterdir()) == [places.settings_file]


def test_a_value_is_changed_in_its_place(config: Callable[[str], Path]) -> None:
    file = config(MINE)
    change_setting(file, "record", "day_start", "03:00")
    assert file.read_text(encoding="utf-8") == MINE.replace('"05:00"', '"03:00"')


def test_a_new_value_stands_in_its_section_and_comments_stay_where_they_were(config: Callable[[str], Path]) -> None:
    file = config(MINE)
    change_setting(file, "voice", "volume", 0.5)
    change_setting(file, "app", "title", value=False)
    assert file.read_text(encoding="utf-8") == (
        MINE.replace("rate = 140 # words\n", "rate = 140 # words\nvolume = 0.5\n") + "\n[app]\ntitle = false\n"
    )


def test_a_value_is_taken_out(config: Callable[[str], Path]) -> None:
    file = config(MINE)
    assert remove_setting(file, "start", "routine").start == Settings().start
    assert file.read_text(encoding="utf-8") == MINE.replace('routine = "screen-break"\n', "")
    before = file.read_text(encoding="utf-8")
    remove_setting(file, "app", "title")
    assert file.read_text(encoding="utf-8") == before


def test_rules_are_added_after_the_others_and_removed_alone(config: Callable[[str], Path]) -> None:
    file = config(MINE)
    rules = add_rule(file, {"every": 90, "windows": ["09:00-12:00"], "days": "mon-fri"}).breaks.rules
    assert [rule.id for rule in rules] == ["every-45", "noon", "every-90"]
    added = '[[breaks.rules]]\nevery = 90\nwindows = ["09:00-12:00"]\ndays = "mon-fri"\n'
    assert file.read_text(encoding="utf-8") == MINE.replace('at = ["12:00"]\n', f'at = ["12:00"]\n\n{added}')
    assert [rule.id for rule in remove_rule(file, "every-45").breaks.rules] == ["noon", "every-90"]
    left = comments(MINE)
    left.remove(" minutes")
    assert comments(file.read_text(encoding="utf-8")) == left
    remove_rule(file, "every-90")
    assert remove_rule(file, "noon").breaks.rules == ()
    assert load_settings(file).start.routine == "screen-break"


@pytest.mark.parametrize(
    "written",
    [
        "record.partial_counts = false # so\n",
        "record = {partial_counts = false} # so\n",
        '["record"]\npartial_counts = false # so\n',
        "[record]\r\npartial_counts = false # so\r\n",
        "[record] # so\n",
    ],
)
def test_other_ways_to_write_a_section_are_kept(config: Callable[[str], Path], written: str) -> None:
    file = config(written)
    settings = change_setting(change_and_give(file), "record", "manual_counts", value=True)
    assert (settings.record.partial_counts, settings.record.manual_counts) == (True, True)
    assert "# so" in file.read_text(encoding="utf-8")
    assert load_settings(file) == settings


def change_and_give(file: Path) -> Path:
    change_setting(file, "record", "partial_counts", value=True)
    return file


@pytest.mark.parametrize("written", ["breaks = {gap = 5}\n", "[breaks]\nrules = [{every = 45}]\n"])
def test_where_a_rule_cannot_be_added_the_file_stays_and_it_is_said(
    config: Callable[[str], Path], written: str
) -> None:
    file = config(written)
    with pytest.raises(CoachError, match="written in a way that this change cannot be made in"):
        add_rule(file, {"every": 90})
    assert file.read_text(encoding="utf-8") == written


@pytest.mark.parametrize(
    ("section", "key", "value", "sentence"),
    [
        ("voice", "rate", 20, "voice.rate: 20 is not a rate in words a minute. Write a whole number from 80 to 300"),
        ("voice", "rat", 200, '"voice.rat": is not a setting. Did you mean rate?'),
        ("voic", "rate", 200, '"voic": is not a section of the settings. Did you mean voice?'),
        ("app", "view", "side", 'app.view: "side" is not one of mirror, teacher. Write one of them in quotes.'),
        ("app", "lead_in", True, "app.lead_in: true is not a number of seconds. Write a whole number from 0 to 30"),
        ("app", "theme", "\x1b[31m", r"app.theme: '\x1b[31m' is not text. Write it in quotes."),
        ("breaks", "rules", [], "breaks.rules: is a list of rules."),
        ("breaks", "snooze", [0], "breaks.snooze: [0] is not a number of minutes. Write a whole number from 1 to 120"),
    ],
)
def test_what_will_not_do_is_told_and_not_written(
    places: Places, section: str, key: str, value: Any, sentence: str
) -> None:
    with pytest.raises(CoachError) as told:
        change_setting(places.settings_file, section, key, value)
    assert str(told.value).startswith(sentence)
    assert not places.config.exists()


@pytest.mark.parametrize("broken", ["[voice\n", "[voice]\nrate = 3\n", "[voice]\nrte = 100\n", "\ufeff[voice]\n"])
def test_a_broken_file_is_never_written_over(config: Callable[[str], Path], broken: str) -> None:
    file = config(broken)
    changes: list[Callable[[], object]] = [
        lambda: change_setting(file, "record", "day_start", "03:00"),
        lambda: remove_setting(file, "voice", "rate"),
        lambda: add_rule(file, {"every": 45}),
        lambda: remove_rule(file, "every-45"),
    ]
    for change in changes:
        with pytest.raises(CoachError, match=r"config\.toml"):
            change()
    assert file.read_text(encoding="utf-8") == broken


def test_a_rule_that_is_not_there_is_told_with_those_that_are(config: Callable[[str], Path]) -> None:
    with pytest.raises(CoachError, match=r'"desk" is not a rule\. The rules are: every-45, noon\.'):
        remove_rule(config(MINE), "desk")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_stays_a_link(places: Places, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text(MINE, encoding="utf-8")
    places.config.mkdir()
    places.settings_file.symlink_to(real)
    change_setting(places.settings_file, "voice", "rate", 100)
    assert places.settings_file.is_symlink()
    assert real.read_text(encoding="utf-8") == MINE.replace("140", "100")


CHANGES = st.sampled_from(
    [
        ("voice", "rate", 99),
        ("voice", "voice", "en-gb"),
        ("record", "partial_counts", True),
        ("app", "lead_in", 9),
        ("breaks", "snooze", [3, 7]),
        ("breaks", "gap", 0),
        ("start", "routine", "desk-reset"),
    ]
)
LINES = st.lists(
    st.sampled_from(
        [
            "# a comment\n",
            "\n",
            "[voice]\n",
            "[voice] # v\n",
            "rate = 120 # r\n",
            "[record]\n",
            'day_start = "05:00"\n',
            "[breaks]\n",
            "gap = 7 # g\n",
            "[[breaks.rules]]\n",
            "every = 50 # e\n",
            "  [app]\n",
            "  title = false\n",
            'voice = """\n[voice]\n"""\n',
        ]
    ),
    max_size=14,
).map("".join)


@given(LINES, st.lists(CHANGES, min_size=1, max_size=4))
def test_whatever_the_file_one_value_changes_and_the_rest_stays(text: str, changes: list[tuple[str, str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "config.toml"
        file.write_text(text, encoding="utf-8")
        try:
            load_settings(file)
        except CoachError:
            return
        for section, key, value in changes:
            before = tomllib.loads(file.read_text(encoding="utf-8"))
            try:
                settings = change_setting(file, section, key, value)
            except CoachError:
                assert tomllib.loads(file.read_text(encoding="utf-8")) == before
                continue
            after = tomllib.loads(file.read_text(encoding="utf-8"))
            before.setdefault(section, {})[key] = value
            assert after == before
            assert load_settings(file) == settings
            assert comments(file.read_text(encoding="utf-8")) == comments(text)


@given(LINES, st.sampled_from([{"every": 30}, {"id": "x", "at": ["08:00"], "days": "sat"}]))
def test_a_rule_that_is_added_and_removed_leaves_every_comment(text: str, rule: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "config.toml"
        file.write_text(text, encoding="utf-8")
        try:
            before = load_settings(file)
            after = add_rule(file, rule)
        except CoachError:
            assert file.read_text(encoding="utf-8") == text
            return
        assert after.breaks.rules[:-1] == before.breaks.rules
        assert remove_rule(file, after.breaks.rules[-1].id) == before
        assert comments(file.read_text(encoding="utf-8")) == comments(text)
