"""``voices``, ``say`` and ``doctor``, with the real engine and without any sound device."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ended


@pytest.fixture(autouse=True)
def no_sound(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever this machine has, nothing is played."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))


def test_voices_names_languages_and_the_engine(coach: Callable[..., Ended]) -> None:
    told = json.loads(coach("voices", "--json").out)
    assert {"id", "name", "languages", "engine"} == set(told[0])
    assert any("en-us" in voice["languages"] for voice in told)
    listed = coach("voices").out.splitlines()
    assert len(listed) == len(told)
    assert any("German" in line for line in listed)


def test_say_without_sound_says_so_and_where_to_look(coach: Callable[..., Ended]) -> None:
    ended = coach("say", "Hello")
    assert ended.code == 1
    assert ended.err.startswith("stretch-coach: say: nothing can be heard here.")
    assert "doctor" in ended.err
    assert coach("say", "Hello", "--rate", "1000").code == 2


def test_the_doctor_looks_at_everything_and_gives_a_cure_for_what_is_missing(coach: Callable[..., Ended]) -> None:
    findings = {one["subject"]: one for one in json.loads(coach("doctor", "--json").out)}
    assert {"program", "settings", "history", "routines", "cache", "speech", "sound", "terminal"} <= set(findings)
    assert findings["speech"]["good"]
    assert "141 voices" in findings["speech"]["found"] or "voices" in findings["speech"]["found"]
    assert not findings["sound"]["good"]
    assert all(one["cure"] for one in findings.values() if not one["good"])


def test_the_doctor_finds_what_is_broken_and_breaks_nothing(coach: Callable[..., Ended], own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "config.toml").write_text("[voice]\nrate = 1000\n", encoding="utf-8")
    (own_home / "history.db").write_bytes(b"no database at all" * 100)
    (own_home / "routines").mkdir()
    (own_home / "routines" / "bad.json").write_text("{", encoding="utf-8")
    ended = coach("doctor")
    assert ended.code == 0
    for part in ("config.toml:2: voice.rate: 1000 is not", "is damaged", "bad.json:1:2"):
        assert part in ended.out
    assert (own_home / "history.db").read_bytes().startswith(b"no database")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('level = "loud"', 'voice.level: "loud" is not one of full, brief, tones, off.'),
        ("rate = 60", "voice.rate: 60 is not a rate in words a minute."),
        ('source = "cloud"', 'voice.source: "cloud" is not one of bundled, system.'),
    ],
)
def test_voice_settings_that_will_not_do(line: str, told: str, coach: Callable[..., Ended], own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "config.toml").write_text(f"[voice]\n{line}\n", encoding="utf-8")
    ended = coach("say", "Hello")
    assert ended.code == 1
    assert f"config.toml:2: {told}" in ended.err
