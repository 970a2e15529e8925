"""Reading `config.toml`: what it may hold, and one sentence for everything else."""

import os
import sys
from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.paths import Places
from stretch_coach.settings import LoadedSettings, Settings, load_settings, load_settings_or_defaults
from stretch_coach.settings.schema import SETTINGS

SEVERAL = (
    'Write a routine\'s id in quotes, such as "micro-break", or several to take turns: '
    '["micro-break", "screen-break"] or "rotate: quick", where quick is a tag.'
)


def test_missing_file_means_defaults_and_is_not_created(places: Places) -> None:
    assert load_settings(places.settings_file) == Settings()
    assert not places.config.exists()


@pytest.mark.parametrize("content", ["", "# only a comment\n", "[record]\n[start]\n"])
def test_settings_that_are_not_set_have_their_defaults(config: Callable[[str], Path], content: str) -> None:
    assert load_settings(config(content)) == Settings()


def test_settings_of_several_sections_are_read(config: Callable[[str], Path]) -> None:
    file = config(
        """
        [record]
        day_start = "05:30"  # I work at night
        partial_counts = true
        [start]
        routine = "screen-break"
        [voice]
        volume = 0.5
        [breaks]
        snooze = [3, 6]
        """
    )
    expected = Settings()
    for name, value in {
        "record.day_start": time(5, 30),
        "record.partial_counts": True,
        "start.routine": "screen-break",
        "voice.volume": 0.5,
        "breaks.snooze": (3, 6),
    }.items():
        expected = expected.with_value(SETTINGS[name], value)
    assert load_settings(file) == expected


@pytest.mark.parametrize(("written", "volume"), [("2", 1.0), ("-1", 0.0), ("1", 1.0), ("inf", 1.0)])
def test_volume_beyond_its_bounds_is_the_nearer_one(config: Callable[[str], Path], written: str, volume: float) -> None:
    assert load_settings(config(f"[voice]\nvolume = {written}\n")).voice.volume == volume


@pytest.mark.parametrize(
    ("written", "day_start"),
    [('"00:00"', time(0)), ('"4:00"', time(4)), ('"23:59"', time(23, 59)), ("04:30:00", time(4, 30))],
)
def test_time_of_day_may_be_text_or_a_toml_time(config: Callable[[str], Path], written: str, day_start: time) -> None:
    assert load_settings(config(f"[record]\nday_start = {written}\n")).record.day_start == day_start


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            '[record]\nday_start = "24:00"',
            ':2: record.day_start: "24:00" is not valid. Write a time of day, such as "09:30".',
        ),
        ("[record]\nday_start = 4", ':2: record.day_start: 4 is not valid. Write a time of day, such as "09:30".'),
        (
            "[record]\n\n  partial_counts = 1",
            ":3: record.partial_counts: 1 is not valid. Write true or false, without quotes.",
        ),
        (
            '[record]\nmanual_counts = "yes"',
            ':2: record.manual_counts: "yes" is not valid. Write true or false, without quotes.',
        ),
        ("[voice]\nrate = 20", ":2: voice.rate: 20 is not valid. Write a whole number from 80 to 300."),
        ("[voice]\nrate = true", ":2: voice.rate: true is not valid. Write a whole number from 80 to 300."),
        ("[voice]\nvolume = nan", ":2: voice.volume: NaN is not valid. Write a number from 0 to 1."),
        (
            "[start]\nroutine = 3",
            f":2: start.routine: 3 is not valid. {SEVERAL}",
        ),
        ("[record]\nday_strat = 4", ':2: record.day_strat is not a setting. Did you mean "day_start"?'),
        ("[start]\nxyz = 4", ":2: start.xyz is not a setting. Write one of: routine, progress."),
        ("# mine\n[records]\n", ':2: records is not a section of the settings. Did you mean "record"?'),
        ("record.day_start = 4", ':1: record.day_start: 4 is not valid. Write a time of day, such as "09:30".'),
        ("record = 1", ":1: record is a section. Write [record] on a line of its own."),
        # Escape sequences are shown, not sent to the terminal.
        ('[start]\n"\\u001b[31m" = 1', r": start.\u001b[31m is not a setting. Write one of: routine, progress."),
        (
            '[record]\nday_start = "\\u001b[31m"',
            r':2: record.day_start: "\u001b[31m" is not valid. Write a time of day, such as "09:30".',
        ),
    ],
)
def test_invalid_setting_is_reported_with_its_line_and_the_cure(
    config: Callable[[str], Path], content: str, sentence: str
) -> None:
    file = config(content)
    with pytest.raises(CoachError) as raised:
        load_settings(file)
    assert str(raised.value) == f"{file}{sentence}"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[record\n", ":1:8: is not valid TOML: Expected ']' at the end of a table declaration. "),
        ('[record]\n  day_start = "04:00\n', ":2:21: is not valid TOML: "),
        ("[record]\na = 1\na = 2\n", ":3:6: is not valid TOML: "),
        ("[record]\na = \n", ":2:5: is not valid TOML: Invalid value. "),
        ("[record", " is not valid TOML: Expected ']' at the end of a table declaration (at end of document). "),
    ],
)
def test_invalid_toml_is_reported_with_line_and_column(
    config: Callable[[str], Path], content: str, sentence: str
) -> None:
    file = config(content)
    with pytest.raises(CoachError) as raised:
        load_settings(file)
    assert str(raised.value).startswith(f"{file}{sentence}")
    assert "(at line" not in str(raised.value)
    assert str(raised.value).endswith(". Nothing in it was changed.")
    assert file.read_text(encoding="utf-8") == content


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xef\xbb\xbf[record]\n", ":1:1: starts with a byte order mark. Save it as UTF-8 without BOM."),
        (b"\xff\xfe[\x00r\x00", ":1: has a character that is not UTF-8. Save it as UTF-8."),
        (b"# caf\xc3\xa9\n# caf\xe9\n", ":2: has a character that is not UTF-8. Save it as UTF-8."),
        (b"a = " + b"[" * 100_000, " is nested too deeply. Write a setting as name = value in a section."),
        (b"#" * 1_000_001, " is larger than 1000 kB. Move it away."),
    ],
)
def test_file_that_is_not_plain_text_is_reported_and_left_unchanged(
    config: Callable[[str | bytes], Path], content: bytes, sentence: str
) -> None:
    file = config(content)
    with pytest.raises(CoachError) as raised:
        load_settings(file)
    assert str(raised.value) == f"{file}{sentence}"
    assert file.read_bytes() == content


def make_link_to_nothing(file: Path) -> None:
    file.symlink_to("gone")


def make_link_to_itself(file: Path) -> None:
    file.symlink_to(file.name)


def make_link_to_a_device(file: Path) -> None:
    file.symlink_to("/dev/zero")


NOT_A_FILE = "is not a file. Move it away, or write a file in its place."
DANGLING = "is a link that leads nowhere. Repair or remove the link."


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there, and there are no pipes or devices")
@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (Path.mkdir, NOT_A_FILE),
        (getattr(os, "mkfifo", None), NOT_A_FILE),
        (make_link_to_a_device, NOT_A_FILE),
        (make_link_to_nothing, DANGLING),
        (make_link_to_itself, DANGLING),
    ],
)
def test_settings_that_are_not_a_file_are_reported_at_once(
    places: Places, make: Callable[[Path], None], sentence: str
) -> None:
    places.config.mkdir(parents=True)
    make(places.settings_file)
    with pytest.raises(CoachError) as raised:
        load_settings(places.settings_file)
    assert str(raised.value) == f"{places.settings_file} {sentence}"


@pytest.mark.skipif(sys.platform == "win32", reason="there it is a file that does not exist")
def test_home_that_is_a_file_is_reported(places: Places) -> None:
    places.config.write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(CoachError) as raised:
        load_settings(places.settings_file)
    assert str(raised.value) == f"{places.config} is not a folder. Settings and history need a folder there."


def test_settings_or_defaults_gives_the_settings_of_a_valid_file(config: Callable[[str], Path]) -> None:
    loaded = load_settings_or_defaults(config("[voice]\nrate = 120\n"))
    assert loaded == LoadedSettings(Settings().with_value(SETTINGS["voice.rate"], 120), None)


def test_settings_or_defaults_gives_defaults_and_the_error_of_an_invalid_file(config: Callable[[str], Path]) -> None:
    file = config("[voice]\nrate = 1\n")
    settings, error = load_settings_or_defaults(file)
    assert settings == Settings()
    assert str(error).startswith(f"{file}:2: voice.rate: 1 is not valid.")
