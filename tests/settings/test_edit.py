"""Changing the settings file: one value changes, every comment is kept, and no invalid file is overwritten."""

import stat
import sys
import threading
import tomllib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.errors import CoachError
from stretch_coach.files import exclusive_lock
from stretch_coach.paths import Places
from stretch_coach.settings import Settings, load_settings
from stretch_coach.settings.edit import add_rule, change_setting, remove_rule, remove_setting, replace_rule

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


def test_file_is_created_private_to_its_owner(places: Places) -> None:
    assert change_setting(places.settings_file, "voice.rate", 180).voice.rate == 180
    assert places.settings_file.read_text(encoding="utf-8") == "[voice]\nrate = 180\n"
    if sys.platform != "win32":
        assert stat.S_IMODE(places.settings_file.stat().st_mode) == 0o600
        assert stat.S_IMODE(places.config.stat().st_mode) == 0o700
    assert list(places.config.iterdir()) == [places.settings_file]


def test_value_is_changed_in_place(config: Callable[[str], Path]) -> None:
    file = config(MINE)
    change_setting(file, "record.day_start", "03:00")
    assert file.read_text(encoding="utf-8") == MINE.replace('"05:00"', '"03:00"')


def test_new_value_is_added_to_its_section(config: Callable[[str], Path]) -> None:
    file = config(MINE)
    change_setting(file, "voice.volume", 0.5)
    change_setting(file, "app.title", value=False)
    assert file.read_text(encoding="utf-8") == (
        MINE.replace("rate = 140 # words\n", "rate = 140 # words\nvolume = 0.5\n") + "\n[app]\ntitle = false\n"
    )


def test_value_is_removed(config: Callable[[str], Path]) -> None:
    file = config(MINE)
    assert remove_setting(file, "start.routine").start == Settings().start
    assert file.read_text(encoding="utf-8") == MINE.replace('routine = "screen-break"\n', "")
    before = file.read_text(encoding="utf-8")
    remove_setting(file, "app.title")
    assert file.read_text(encoding="utf-8") == before


def test_rule_is_added_after_the_others_and_removed_alone(config: Callable[[str], Path]) -> None:
    file = config(MINE)
    rules = add_rule(file, {"every": 90, "windows": ["09:00-12:00"], "days": "mon-fri"}).breaks.rules
    assert [rule.id for rule in rules] == ["every-45", "noon", "every-90"]
    added = '[[breaks.rules]]\nid = "every-90"\nevery = 90\nwindows = ["09:00-12:00"]\ndays = "mon-fri"\n'
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
def test_section_written_in_another_way_is_kept(config: Callable[[str], Path], written: str) -> None:
    file = config(written)
    change_setting(file, "record.partial_counts", value=True)
    changed = change_setting(file, "record.manual_counts", value=True)
    assert (changed.record.partial_counts, changed.record.manual_counts) == (True, True)
    assert "# so" in file.read_text(encoding="utf-8")
    assert load_settings(file) == changed


@pytest.mark.parametrize("written", ["breaks = {gap = 5}\n", "[breaks]\nrules = [{every = 45}]\n"])
def test_rule_that_cannot_be_added_leaves_the_file_unchanged(config: Callable[[str], Path], written: str) -> None:
    file = config(written)
    with pytest.raises(CoachError, match="written in a way that does not allow this change"):
        add_rule(file, {"every": 90})
    assert file.read_text(encoding="utf-8") == written


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("voice.rate", 20, "voice.rate: 20 is not valid. Write a whole number from 80 to 300."),
        ("voice.rat", 200, '"voice.rat" is not a setting. Did you mean "voice.rate"?'),
        ("rate", 200, '"rate" is not a setting. Did you mean "voice.rate"?'),
        ("x.y", 200, '"x.y" is not a setting. `stretch-coach config` lists them.'),
        ("app.view", "side", 'app.view: "side" is not valid. Write mirror or teacher, in quotes.'),
        ("app.lead_in", True, "app.lead_in: true is not valid. Write a whole number from 0 to 30."),
        ("app.theme", "\x1b[31m", r'app.theme: "\u001b[31m" is not valid. Write text in quotes.'),
        ("breaks.rules", [], "breaks.rules is a list of rules."),
        ("breaks.snooze", [0], "breaks.snooze: 0 is not valid. Write a whole number from 1 to 120."),
    ],
)
def test_invalid_change_is_reported_and_nothing_is_written(
    places: Places, name: str, value: Any, sentence: str
) -> None:
    with pytest.raises(CoachError) as raised:
        change_setting(places.settings_file, name, value)
    assert str(raised.value).startswith(sentence)
    assert not places.config.exists()


@pytest.mark.parametrize("content", ["[voice\n", "[voice]\nrate = 3\n", "[voice]\nrte = 100\n", "\ufeff[voice]\n"])
def test_invalid_file_is_never_written_over(config: Callable[[str], Path], content: str) -> None:
    file = config(content)
    changes: list[Callable[[], object]] = [
        lambda: change_setting(file, "record.day_start", "03:00"),
        lambda: remove_setting(file, "voice.rate"),
        lambda: add_rule(file, {"every": 45}),
        lambda: remove_rule(file, "every-45"),
    ]
    for change in changes:
        with pytest.raises(CoachError, match=r"config\.toml"):
            change()
    assert file.read_text(encoding="utf-8") == content


def test_unknown_rule_is_reported_with_the_known_ones(config: Callable[[str], Path]) -> None:
    with pytest.raises(CoachError, match=r'"desk" is not a rule\. The rules are: every-45, noon\.'):
        remove_rule(config(MINE), "desk")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_link_is_followed_and_kept(places: Places, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text(MINE, encoding="utf-8")
    places.config.mkdir()
    places.settings_file.symlink_to(real)
    change_setting(places.settings_file, "voice.rate", 100)
    assert places.settings_file.is_symlink()
    assert real.read_text(encoding="utf-8") == MINE.replace("140", "100")


CHANGES = st.sampled_from(
    [
        ("voice.rate", 99),
        ("voice.voice", "en-gb"),
        ("record.partial_counts", True),
        ("app.lead_in", 9),
        ("breaks.snooze", [3, 7]),
        ("breaks.gap", 0),
        ("start.routine", "desk-reset"),
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
def test_one_value_changes_and_the_rest_is_kept(text: str, changes: list[tuple[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "config.toml"
        file.write_text(text, encoding="utf-8")
        try:
            load_settings(file)
        except CoachError:
            return
        for name, value in changes:
            section, key = name.split(".")
            before = tomllib.loads(file.read_text(encoding="utf-8"))
            try:
                after_change = change_setting(file, name, value)
            except CoachError:
                assert tomllib.loads(file.read_text(encoding="utf-8")) == before
                continue
            after = tomllib.loads(file.read_text(encoding="utf-8"))
            before.setdefault(section, {})[key] = value
            assert after == before
            assert load_settings(file) == after_change
            assert comments(file.read_text(encoding="utf-8")) == comments(text)


@given(LINES, st.sampled_from([{"every": 30}, {"id": "x", "at": ["08:00"], "days": "sat"}]))
def test_rule_added_and_removed_leaves_every_comment(text: str, rule: dict[str, Any]) -> None:
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


class TestChangesAtOnce:
    def test_no_change_is_lost(self, places: Places) -> None:
        changes = [("voice.rate", 100 + number) for number in range(4)] + [("breaks.gap", 7), ("app.lead_in", 9)]
        threads = [threading.Thread(target=change_setting, args=(places.settings_file, *one)) for one in changes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        settings = load_settings(places.settings_file)
        assert (settings.breaks.gap, settings.app.lead_in) == (7, 9)
        assert settings.voice.rate in range(100, 104)
        assert list(places.config.iterdir()) == [places.settings_file]

    def test_another_program_that_holds_the_lock_is_reported(
        self, places: Places, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        places.config.mkdir()
        monkeypatch.setattr("stretch_coach.settings.edit._WAIT_SECONDS", 0)
        with exclusive_lock(places.settings_file, wait=lambda: None, tries=1), pytest.raises(CoachError) as raised:
            change_setting(places.settings_file, "voice.rate", 100)
        assert (
            str(raised.value) == f"{places.settings_file} is being changed by another program. Try again in a moment."
        )
        assert not places.settings_file.exists()


def test_rule_is_replaced_in_its_place_and_keeps_name_and_comments(config: Callable[[str], Path]) -> None:
    file = config(MINE)
    rules = replace_rule(file, "every-45", {"every": 60, "days": "mon-fri", "routine": "screen-break"}).breaks.rules
    assert [(rule.id, rule.every, rule.routine) for rule in rules] == [
        ("every-45", 60, "screen-break"),
        ("noon", None, "micro-break"),
    ]
    assert comments(file.read_text(encoding="utf-8")) == comments(MINE)
    (rule, noon) = replace_rule(file, "every-45", {"at": ["15:00"]}).breaks.rules
    assert (rule.id, rule.every, [str(at) for at in rule.at], noon.id) == ("every-45", None, ["15:00:00"], "noon")


def test_rule_is_not_replaced_by_an_invalid_one(config: Callable[[str], Path]) -> None:
    file = config(MINE)
    with pytest.raises(CoachError, match="from 5 to 480"):
        replace_rule(file, "noon", {"every": 1})
    with pytest.raises(CoachError, match="is not a rule"):
        replace_rule(file, "gone", {"every": 45})
    assert file.read_text(encoding="utf-8") == MINE
