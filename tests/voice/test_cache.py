"""Rendered cues on disk: found by what was said and how, bounded, and never in the way."""

import os
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.voice import cache as cache_module
from stretch_coach.voice.cache import Cache, Manner
from stretch_coach.voice.sound import write_wav
from tests.voice.sounds import SPOILT, Spoil, hum, wav_bytes

MANNER = Manner("en", 160, 1.0, "bundled-1")


def keep(cache: Cache, text: str, manner: Manner = MANNER, seconds: float = 0.3) -> Path:
    cache.prepare()
    file = cache.path(text, manner)
    write_wav(file, hum(seconds))
    return file


def test_what_was_kept_is_found(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "new" / "voice")
    assert cache.find("Hold.", MANNER) is None
    file = keep(cache, "Hold.")
    found = cache.find("Hold.", MANNER)
    assert found
    assert found[0] == file
    assert found[1] == pytest.approx(0.3, abs=1e-4)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("hold.", MANNER),
        ("Hold", MANNER),
        ("Hold.", MANNER._replace(voice="de")),
        ("Hold.", MANNER._replace(rate=161)),
        ("Hold.", MANNER._replace(volume=0.9)),
        ("Hold.", MANNER._replace(engine="bundled-2")),
        ("Hold.", MANNER._replace(engine="system-1")),
    ],
)
def test_what_is_said_otherwise_is_another_one(tmp_path: Path, text: str, manner: Manner) -> None:
    cache = Cache(tmp_path)
    keep(cache, "Hold.")
    assert cache.find(text, manner) is None
    assert cache.path(text, manner) != cache.path("Hold.", MANNER)


def test_no_text_leaves_the_folder_or_makes_a_name_too_long(tmp_path: Path) -> None:
    for text in ("../../etc/passwd", "a" * 10_000, "肩", "\0", "\ud800"):
        path = Cache(tmp_path).path(text, MANNER)
        assert path.parent == tmp_path
        assert len(path.name) < 60


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_damaged_file_is_removed(tmp_path: Path, spoil: Spoil) -> None:
    cache = Cache(tmp_path / "voice")
    file = keep(cache, "Hold.")
    file.write_bytes(spoil(wav_bytes(tmp_path)))
    assert cache.find("Hold.", MANNER) is None
    assert not file.exists()


def test_something_else_in_its_place_is_not_found(tmp_path: Path) -> None:
    Cache(tmp_path).path("Hold.", MANNER).mkdir()
    assert Cache(tmp_path).find("Hold.", MANNER) is None


def test_what_was_not_used_for_the_longest_time_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    files = {text: keep(cache, text) for text in ("oldest", "older", "newer", "newest")}
    for age, file in enumerate(files.values()):
        os.utime(file, (1000 + age, 1000 + age))
    left_by_a_crash = tmp_path / ".abc.wav"
    left_by_a_crash.write_bytes(bytes(1000))
    os.utime(left_by_a_crash, (500, 500))
    assert cache.find("oldest", MANNER)  # which is a use
    monkeypatch.setattr(cache_module, "BYTES_AT_MOST", 2 * files["newest"].stat().st_size)
    cache.shrink()
    assert {path.name for path in tmp_path.iterdir()} == {files["oldest"].name, files["newest"].name}


def test_below_its_bound_everything_stays(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    keep(cache, "Hold.")
    cache.shrink()
    assert cache.find("Hold.", MANNER)


def test_a_folder_that_is_not_there_need_not_shrink(tmp_path: Path) -> None:
    Cache(tmp_path / "none").shrink()
    assert not (tmp_path / "none").exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file" / "voice")
    with pytest.raises(CoachError, match="cannot be made"):
        cache.prepare()
    assert cache.find("Hold.", MANNER) is None
    cache.shrink()
