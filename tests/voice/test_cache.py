"""Rendered cues on disk: found by what they say and how, verified, bounded, and never required."""

import os
import sys
import tempfile
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.voice import cache as cache_module
from stretch_coach.voice.cache import Cache, VoiceParams
from stretch_coach.voice.sound import write_wav
from tests.voice.sounds import DAMAGES, Damage, hum, wav_bytes

PARAMS = VoiceParams("en", 160, 1.0, "bundled-1")

unix_only = pytest.mark.skipif(sys.platform == "win32", reason="Unix modes and pipes")


def keep(cache: Cache, text: str, params: VoiceParams = PARAMS) -> Path:
    """Put a cue into a cache, as the renderer does."""
    cache.prepare()
    file = cache.path(text, params)
    write_wav(file, hum(0.3))
    return file


class TestFinding:
    def test_a_kept_cue_is_found(self, tmp_path: Path) -> None:
        cache = Cache(tmp_path / "new" / "voice")
        assert cache.find("Hold.", PARAMS) is None
        file = keep(cache, "Hold.")
        clip = cache.find("Hold.", PARAMS)
        assert clip
        assert clip.path == file
        assert clip.seconds == pytest.approx(0.3, abs=1e-4)

    @pytest.mark.parametrize(
        ("text", "params"),
        [
            ("hold.", PARAMS),
            ("Hold", PARAMS),
            ("Hold.", PARAMS._replace(voice="de")),
            ("Hold.", PARAMS._replace(rate=161)),
            ("Hold.", PARAMS._replace(volume=0.9)),
            ("Hold.", PARAMS._replace(engine="system-1")),
        ],
    )
    def test_another_text_or_voice_is_another_cue(self, tmp_path: Path, text: str, params: VoiceParams) -> None:
        cache = Cache(tmp_path)
        keep(cache, "Hold.")
        assert cache.find(text, params) is None

    @pytest.mark.parametrize("text", ["../../etc/passwd", "a" * 10_000, "肩", "\0", "\ud800"])
    def test_any_text_gives_a_short_name_inside_the_folder(self, tmp_path: Path, text: str) -> None:
        path = Cache(tmp_path).path(text, PARAMS)
        assert path.parent == tmp_path
        assert len(path.name) < 60

    @pytest.mark.parametrize("damage", [*DAMAGES.values(), lambda raw: raw[:-9] + b"\1" + raw[-8:]])
    def test_a_damaged_cue_is_removed(self, tmp_path: Path, damage: Damage) -> None:
        cache = Cache(tmp_path / "voice")
        file = keep(cache, "Hold.")
        file.write_bytes(damage(wav_bytes(tmp_path)))
        assert cache.find("Hold.", PARAMS) is None
        assert not file.exists()

    @pytest.mark.parametrize("make", ["mkdir", pytest.param("mkfifo", marks=unix_only)])
    def test_cue_that_is_not_a_file_is_not_found(self, tmp_path: Path, make: str) -> None:
        getattr(os, make)(Cache(tmp_path).path("Hold.", PARAMS))
        assert Cache(tmp_path).find("Hold.", PARAMS) is None


@unix_only
def test_the_folder_is_private(tmp_path: Path) -> None:
    keep(Cache(tmp_path / "new" / "voice"), "Hold.")
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("new", "new/voice")] == [0o700, 0o700]


class TestShrinking:
    def test_cues_unused_for_longest_are_removed_first(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        cache = Cache(tmp_path)
        files = {text: keep(cache, text) for text in ("oldest", "older", "newer", "newest")}
        for age, file in enumerate(files.values()):
            os.utime(file, (1000 + age, 1000 + age))
        assert cache.find("oldest", PARAMS)  # which counts as use
        monkeypatch.setattr(cache_module, "MAX_BYTES", 2 * files["newest"].stat().st_size)
        cache.shrink()
        assert {path.name for path in tmp_path.iterdir()} == {files["oldest"].name, files["newest"].name}

    def test_only_stale_hidden_files_are_removed_below_the_bound(self, tmp_path: Path) -> None:
        cache = Cache(tmp_path)
        keep(cache, "Hold.")
        left_by_a_crash, being_written = tmp_path / ".old.part", tmp_path / ".new.part"
        left_by_a_crash.touch()
        being_written.touch()
        os.utime(left_by_a_crash, (500, 500))
        cache.shrink()
        assert not left_by_a_crash.exists()
        assert being_written.exists()
        assert cache.find("Hold.", PARAMS)

    def test_a_missing_folder_stays_missing(self, tmp_path: Path) -> None:
        Cache(tmp_path / "none").shrink()
        assert not (tmp_path / "none").exists()


class TestUnwritableFolder:
    @pytest.fixture(autouse=True)
    def temporary(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Give temporary files a folder of their own."""
        folder = tmp_path / "tmp"
        folder.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        return folder

    def test_cues_go_to_a_temporary_folder_until_the_cache_is_closed(self, tmp_path: Path, temporary: Path) -> None:
        (tmp_path / "a-file").touch()
        cache = Cache(tmp_path / "a-file" / "voice")
        file = keep(cache, "Hold.")
        assert temporary in file.parents
        assert sys.platform == "win32" or file.parent.stat().st_mode & 0o777 == 0o700
        assert cache.find("Hold.", PARAMS)
        cache.close()
        assert list(temporary.iterdir()) == []
        assert cache.find("Hold.", PARAMS) is None

    def test_a_full_disk_is_noticed_before_the_engine_writes(
        self, tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def is_full(folder: Path) -> None:
            if temporary not in folder.parents:
                raise OSError(28, "No space left on device")

        cache = Cache(tmp_path / "voice")
        cached = keep(cache, "Hold.")
        monkeypatch.setattr(cache_module, "_try_writing", is_full)
        assert temporary in keep(cache, "Rest.").parents
        clip = cache.find("Hold.", PARAMS)
        assert clip
        assert clip.path == cached
        cache.close()

    def test_without_any_writable_folder_the_cause_is_given(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "a-file").touch()
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "a-file"))
        with pytest.raises(CoachError, match=r"voice cannot be written \((Not a directory|.*[Pp]ath.*)\)"):
            Cache(tmp_path / "a-file" / "voice").prepare()
