"""``config.toml``: what may stand in it, and one sentence for what may not."""

import os
import sys
from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.paths import Places
from stretch_coach.settings import RecordSettings, Settings, StartSettings, load_settings


def test_without_a_file_there_are_defaults_and_still_no_file(places: Places) -> None:
    settings = load_settings(places.settings_file)
    assert settings == Settings(RecordSettings(time(4), partial_counts=False, manual_counts=False), StartSettings())
    assert settings.start.routine == "micro-break"
    assert not places.config.exists()


@pytest.mark.parametrize("content", ["", "# nothing but a comment\n", "[record]\n[start]\n"])
def test_what_is_not_set_is_the_default(config: Callable[[str], Path], content: str) -> None:
    assert load_settings(config(content)) == Settings()


def test_everything_can_be_set(config: Callable[[str], Path]) -> None:
    file = config(
        """
        [record]
        day_start = "05:30"  # I work at night
        partial_counts = true
        manual_counts = true
        [start]
        routine = "screen-break"
        """
    )
    assert load_settings(file) == Settings(
        RecordSettings(time(5, 30), partial_counts=True, manual_counts=True), StartSettings("screen-break")
    )


@pytest.mark.parametrize(
    ("written", "day_start"),
    [('"00:00"', time(0)), ('"4:00"', time(4)), ('"23:59"', time(23, 59)), ("04:30:00", time(4, 30))],
)
def test_a_time_of_day_may_be_written_in_several_ways(
    config: Callable[[str], Path], written: str, day_start: time
) -> None:
    assert load_settings(config(f"[record]\nday_start = {written}\n")).record.day_start == day_start


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            '[record]\nday_start = "24:00"',
            """:2: record.day_start: "24:00" is not a time of day. Write it as "04:00".""",
        ),
        ("[record]\nday_start = 4", """:2: record.day_start: 4 is not a time of day. Write it as "04:00"."""),
        (
            "[record]\n\n  partial_counts = 1",
            ":3: record.partial_counts: 1 is not true or false. Write one of them, without quotes.",
        ),
        (
            '[record]\nmanual_counts = "yes"',
            ':2: record.manual_counts: "yes" is not true or false. Write one of them, without quotes.',
        ),
        (
            "[start]\nroutine = 3",
            """:2: start.routine: 3 is not a routine's id. Write it in quotes, such as "micro-break".""",
        ),
        (
            '[start]\nroutine = " "',
            """:2: start.routine: " " is not a routine's id. Write it in quotes, such as "micro-break".""",
        ),
        ("[record]\nday_strat = 4", ":2: record.day_strat: is not a setting. Did you mean day_start?"),
        ("[start]\nxyz = 4", ":2: start.xyz: is not a setting. Write one of: routine."),
        ("# mine\n[records]\n", ":2: records: is not a section of the settings. Did you mean record?"),
        ("record.day_start = 4", """:1: record.day_start: 4 is not a time of day. Write it as "04:00"."""),
        ("record = 1", ":1: record: is a section. Write [record] on a line of its own."),
        # What a terminal would obey is shown, not sent to it.
        (
            '[start]\n"\\u001b[31m" = 1',
            r": 'start.\x1b[31m': is not a setting. Write one of: routine.",
        ),
        (
            '[record]\nday_start = "\\u001b[31m"',
            r""":2: record.day_start: '\x1b[31m' is not a time of day. Write it as "04:00".""",
        ),
    ],
)
def test_what_will_not_do_is_told_with_its_line_and_the_cure(
    config: Callable[[str], Path], content: str, sentence: str
) -> None:
    file = config(content)
    with pytest.raises(CoachError) as told:
        load_settings(file)
    assert str(told.value) == f"{file}{sentence}"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[record\n", ":1:8: is not valid TOML: Expected ']' at the end of a table declaration. "),
        ('[record]\n  day_start = "04:00\n', ":2:21: is not valid TOML: "),
        ("[record]\na = 1\na = 2\n", ":3:6: is not valid TOML: "),
        ("[record]\na = \n", ":2:5: is not valid TOML: Invalid value. "),
        ("[record", ": is not valid TOML: Expected ']' at the end of a table declaration (at end of document). "),
    ],
)
def test_what_is_no_toml_is_told_with_line_and_column_and_left_as_it_is(
    config: Callable[[str | bytes], Path], content: str, sentence: str
) -> None:
    file = config(content)
    with pytest.raises(CoachError) as told:
        load_settings(file)
    assert str(told.value).startswith(str(file))
    assert sentence in str(told.value)
    assert "(at line" not in str(told.value)
    assert str(told.value).endswith(". Nothing in it was changed.")
    assert file.read_text(encoding="utf-8") == content


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xef\xbb\xbf[record]\n", ":1:1: starts with a byte order mark. Save it as UTF-8 without BOM."),
        (b"\xff\xfe[\x00r\x00", ":1: has a character that is not UTF-8. Save it as UTF-8."),
        (b"# caf\xc3\xa9\n# caf\xe9\n", ":2: has a character that is not UTF-8. Save it as UTF-8."),
        (b"a = " + b"[" * 100_000, ": is nested too deeply. Settings are a section and a value."),
    ],
)
def test_what_is_no_plain_text_is_told_and_left_as_it_is(
    config: Callable[[str | bytes], Path], content: bytes, sentence: str
) -> None:
    file = config(content)
    with pytest.raises(CoachError) as told:
        load_settings(file)
    assert str(told.value) == f"{file}{sentence}"
    assert file.read_bytes() == content


NOT_A_FILE = "is not a file. Move it away, or write a file in its place."


def test_a_folder_in_its_place_is_told(places: Places) -> None:
    places.settings_file.mkdir(parents=True)
    with pytest.raises(CoachError) as told:
        load_settings(places.settings_file)
    assert str(told.value) == f"{places.settings_file}: {NOT_A_FILE}"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files here")
def test_a_pipe_in_its_place_is_told_and_not_waited_for(places: Places) -> None:
    places.config.mkdir(parents=True)
    os.mkfifo(places.settings_file)
    with pytest.raises(CoachError) as told:
        load_settings(places.settings_file)
    assert str(told.value) == f"{places.settings_file}: {NOT_A_FILE}"


@pytest.mark.skipif(sys.platform == "win32", reason="there it is a file that does not exist")
def test_a_home_that_is_a_file_is_told(places: Places) -> None:
    places.config.write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(CoachError) as told:
        load_settings(places.settings_file)
    assert str(told.value) == f"{places.config}: is not a folder. Settings and history need a folder there."
