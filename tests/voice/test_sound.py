"""Sound in memory: read from whatever an engine writes, verified, trimmed, and never trusted."""

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.voice import sound as sound_module
from stretch_coach.voice.sound import (
    RATE,
    Sound,
    SoundError,
    from_floats,
    is_audible,
    read_wav,
    trim,
    verified_seconds,
    write_wav,
)
from tests.voice.sounds import DAMAGES, Damage, hum, replaced, samples, silence, wav_bytes, write_samples

Read = Callable[[Path], object]


class TestReading:
    def test_written_sound_is_read_again(self, tmp_path: Path) -> None:
        file, sound = tmp_path / "a.wav", hum(0.25)
        write_wav(file, sound)
        assert read_wav(file) == sound

    def test_stereo_becomes_mono(self, tmp_path: Path) -> None:
        values = [100, 300, -100, -301, 32767, 32767, -32768, 32767]
        file = write_samples(tmp_path / "a.wav", values, channels=2)
        assert list(samples(read_wav(file))) == [200, -201, 32767, -1]

    @pytest.mark.parametrize("rate", [8000, 16_000, 44_100, 48_000])
    def test_other_rates_are_resampled(self, tmp_path: Path, rate: int) -> None:
        ramp = [round(10_000 * index / rate) for index in range(rate)]
        sound = read_wav(write_samples(tmp_path / "a.wav", ramp, rate=rate))
        assert sound.seconds == pytest.approx(1, abs=1e-3)
        assert all(abs(value - 10_000 * index / RATE) <= 2 for index, value in enumerate(samples(sound)))

    @pytest.mark.parametrize("width", [1, 3, 4])
    def test_other_sample_widths_are_refused(self, tmp_path: Path, width: int) -> None:
        with pytest.raises(SoundError):
            read_wav(write_samples(tmp_path / "a.wav", [1, 2, 3], width=width))

    def test_a_rate_that_makes_the_sound_too_long_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(SoundError, match="too long"):
            read_wav(write_samples(tmp_path / "a.wav", [1] * 1000, rate=1))


class TestVerification:
    def test_an_unchanged_file_is_accepted(self, tmp_path: Path) -> None:
        file = tmp_path / "a.wav"
        write_wav(file, hum(0.25))
        assert verified_seconds(file) == pytest.approx(0.25, abs=1e-4)

    @pytest.mark.parametrize("at", [0, 24, 44, 1000, -1])
    def test_a_changed_byte_is_noticed(self, tmp_path: Path, at: int) -> None:
        file, raw = tmp_path / "a.wav", wav_bytes(tmp_path)
        at %= len(raw)
        file.write_bytes(replaced(raw, at, bytes([raw[at] ^ 1])))
        with pytest.raises(SoundError):
            verified_seconds(file)

    def test_a_file_of_another_program_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(SoundError):
            verified_seconds(write_samples(tmp_path / "a.wav", [1000] * 1000))

    def test_a_sound_without_samples_is_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "a.wav"
        write_wav(file, Sound(b""))
        with pytest.raises(SoundError):
            verified_seconds(file)


@pytest.mark.parametrize("read", [read_wav, verified_seconds])
class TestUnusableFiles:
    @pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
    def test_damaged_files_are_refused_by_name(self, tmp_path: Path, damage: Damage, read: Read) -> None:
        file = tmp_path / "a.wav"
        file.write_bytes(damage(wav_bytes(tmp_path)))
        with pytest.raises(SoundError, match=r"a\.wav"):
            read(file)

    @pytest.mark.skipif(sys.platform == "win32", reason="pipes are no files there")
    def test_a_pipe_is_refused_without_waiting(self, tmp_path: Path, read: Read) -> None:
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(SoundError, match="not a file"):
            read(tmp_path / "pipe")

    def test_an_enormous_file_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Read) -> None:
        file = tmp_path / "a.wav"
        write_wav(file, hum(0.1))
        monkeypatch.setattr(sound_module, "MAX_FILE_BYTES", file.stat().st_size - 1)
        with pytest.raises(SoundError, match="too large"):
            read(file)

    def test_a_missing_file_raises_the_systems_error(self, tmp_path: Path, read: Read) -> None:
        with pytest.raises(FileNotFoundError):
            read(tmp_path / "none.wav")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("fuzz")
    return folder / "a.wav", wav_bytes(folder, 0.02)


@given(st.data())
def test_any_damage_raises_nothing_but_sound_error(whole: tuple[Path, bytes], data: st.DataObject) -> None:
    file, raw = whole
    damaged = bytearray(raw[: data.draw(st.integers(0, len(raw)))])
    for place in data.draw(st.lists(st.integers(0, min(60, len(damaged)) - 1), max_size=4)) if damaged else []:
        damaged[place] = data.draw(st.integers(0, 255))
    file.write_bytes(bytes(damaged))
    for read in (read_wav, verified_seconds):
        with contextlib.suppress(SoundError):
            read(file)


class TestTrimming:
    def test_silence_around_a_sound_is_removed(self) -> None:
        sound = Sound(silence(0.044).pcm + hum(0.5).pcm + silence(0.235).pcm)
        trimmed = trim(sound)
        assert trimmed.seconds == pytest.approx(0.5 + 0.001 + 0.05, abs=0.002)
        assert next(index for index, value in enumerate(samples(trimmed)) if abs(value) > 300) <= RATE // 1000 + 1

    def test_a_sound_without_silence_is_unchanged(self) -> None:
        sound = from_floats([0.5] * 1000)
        assert trim(sound) == sound

    def test_silence_becomes_empty(self) -> None:
        assert trim(silence(0.5)) == trim(Sound(b"")) == Sound(b"")

    @given(st.lists(st.integers(-32768, 32767), max_size=3000))
    def test_loud_samples_are_never_removed(self, values: list[int]) -> None:
        sound = Sound(b"".join(value.to_bytes(2, "little", signed=True) for value in values))
        trimmed = trim(sound)
        assert trimmed.pcm in sound.pcm
        assert [value for value in samples(trimmed) if abs(value) > 300] == [one for one in values if abs(one) > 300]
        assert trim(trimmed) == trimmed


def test_only_sounds_loud_enough_are_audible() -> None:
    assert is_audible(hum(0.2))
    assert not is_audible(hum(0.2, loudness=0.001))
    assert not is_audible(silence(0.2))
    assert not is_audible(Sound(b""))


def test_samples_beyond_the_loudest_are_clipped() -> None:
    assert list(samples(from_floats([2.0, -2.0, 0.0]))) == [32767, -32767, 0]
