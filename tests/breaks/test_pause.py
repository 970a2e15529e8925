"""Pauses: their length in words, and their end."""

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.breaks.pause import PauseReader, end_pause, parse_pause, paused_until, set_pause
from stretch_coach.errors import CoachError
from tests.breaks.zones import RegionZone

ZONE = RegionZone(UTC)
NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("2h", "2026-11-20T17:30"),
        ("1h30", "2026-11-20T17:00"),
        ("1 h 30 min", "2026-11-20T17:00"),
        ("45m", "2026-11-20T16:15"),
        ("20", "2026-11-20T15:50"),
        ("3d", "2026-11-23T15:30"),
        ("31d", "2026-12-21T15:30"),
        ("1d2h", "2026-11-21T17:30"),
        ("700h", "2026-12-19T19:30"),
        ("today", "2026-11-21T04:00"),
        ("until 16:00", "2026-11-20T16:00"),
        ("until 15:30", "2026-11-21T15:30"),
    ],
)
def test_words_say_when_a_pause_ends(words: str, until: str) -> None:
    assert parse_pause(words, NOW.timestamp(), ZONE, time(4)) == datetime.fromisoformat(f"{until}+00:00").timestamp()


@pytest.mark.parametrize("words", ["", "0m", "for ever", "until 25:00", "32d", "31d1m", "-2h", "2\x1b[2J", "9" * 400])
def test_other_words_are_refused_in_one_printable_line(words: str) -> None:
    with pytest.raises(CoachError) as refusal:
        parse_pause(words, NOW.timestamp(), ZONE, time(4))
    assert str(refusal.value).isprintable()
    assert "3d" in refusal.value.hint


def test_a_pause_ends_by_itself_or_by_hand(tmp_path: Path) -> None:
    reader = PauseReader(tmp_path)
    assert not reader.is_paused(99)
    set_pause(tmp_path, 100)
    assert [paused_until(tmp_path, now) for now in (99, 100, 101)] == [100, None, None]
    assert [reader.is_paused(now) for now in (99, 100)] == [True, False]
    end_pause(tmp_path)
    assert paused_until(tmp_path, 99) is None
    assert not reader.is_paused(99)


def test_the_last_of_two_pauses_holds(tmp_path: Path) -> None:
    reader = PauseReader(tmp_path)
    for until in (200, 100):
        set_pause(tmp_path, until)
        assert reader.is_paused(99)
    assert not reader.is_paused(150)


@pytest.mark.parametrize("until", [float("nan"), float("inf"), 1e300, 10**400, True, "tomorrow", None])
def test_an_invalid_pause_is_none(tmp_path: Path, until: Any) -> None:
    (tmp_path / "pause.json").write_text(json.dumps({"until": until}), encoding="utf-8")
    assert paused_until(tmp_path, 0) is None


def test_a_pause_that_cannot_be_stored_or_removed_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "pause.json").mkdir()
    with pytest.raises(CoachError, match=r"pause\.json"):
        set_pause(tmp_path, 100)
    with pytest.raises(CoachError, match=r"pause\.json"):
        end_pause(tmp_path)
