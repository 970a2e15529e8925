"""Sound in memory: read from whatever an engine writes, trimmed, and never trusted."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.voice.sound import (
    RATE,
    Sound,
    SoundError,
    from_floats,
    is_audible,
    read_wav,
    trim,
    wav_seconds,
    write_wav,
)
from tests.voice.sounds import SPOILT, Spoil, hum, samples, silence, wav_bytes, write


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file, sound = tmp_path / "a.wav", hum(0.25)
    write_wav(file, sound)
    assert read_wav(file) == sound
    assert wav_seconds(file) == pytest.approx(sound.seconds) == pytest.approx(0.25, abs=1e-4)


def test_two_channels_become_one(tmp_path: Path) -> None:
    file = write(tmp_path / "a.wav", [100, 300, -100, -301, 32767, 32767, -32768, 32767], channels=2)
    assert list(samples(read_wav(file))) == [200, -201, 32767, -1]


@pytest.mark.parametrize("rate", [8000, 16_000, 44_100, 48_000])
def test_other_rates_become_ours(tmp_path: Path, rate: int) -> None:
    file = write(tmp_path / "a.wav", [round(10_000 * index / rate) for index in range(rate)], rate=rate)
    sound = read_wav(file)
    assert sound.seconds == pytest.approx(1, abs=1e-3)
    values = samples(sound)
    assert all(abs(value - 10_000 * index / RATE) <= 2 for index, value in enumerate(values))


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_what_is_no_whole_sound_is_refused(tmp_path: Path, spoil: Spoil) -> None:
    file = tmp_path / "a.wav"
    file.write_bytes(spoil(wav_bytes(tmp_path)))
    with pytest.raises(SoundError, match=r"a\.wav"):
        read_wav(file)


@pytest.mark.parametrize("width", [1, 3, 4])
def test_only_sixteen_bits_are_read(tmp_path: Path, width: int) -> None:
    with pytest.raises(SoundError):
        read_wav(write(tmp_path / "a.wav", [1, 2, 3], width=width))


def test_a_missing_file_is_the_systems_error(tmp_path: Path) -> None:
    for read in (read_wav, wav_seconds):
        with pytest.raises(FileNotFoundError):
            read(tmp_path / "none.wav")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("fuzz")
    return folder / "a.wav", wav_bytes(folder, 0.02)


@given(st.data())
def test_no_damage_does_more_than_that(whole: tuple[Path, bytes], data: st.DataObject) -> None:
    file, raw = whole
    damaged = bytearray(raw[: data.draw(st.integers(0, len(raw)))])
    for _ in range(data.draw(st.integers(0, 4))):
        if damaged:
            # A rate of a few samples a second would only make a very long sound.
            place = data.draw(st.integers(0, min(60, len(damaged) - 1)).filter(lambda at: not 24 <= at < 28))
            damaged[place] = data.draw(st.integers(0, 255))
    file.write_bytes(bytes(damaged))
    for read in (read_wav, wav_seconds):
        with contextlib.suppress(SoundError):
            read(file)


def test_silence_around_it_is_taken_off() -> None:
    sound = Sound(silence(0.044).pcm + hum(0.5).pcm + silence(0.235).pcm)
    trimmed = trim(sound)
    assert trimmed.seconds == pytest.approx(0.5 + 0.001 + 0.05, abs=0.002)
    loud = [index for index, value in enumerate(samples(trimmed)) if abs(value) > 300]
    assert loud[0] <= RATE // 1000 + 1


def test_what_is_loud_from_end_to_end_stays() -> None:
    sound = from_floats([0.5] * 1000)
    assert trim(sound) == sound


def test_of_silence_nothing_is_left() -> None:
    assert trim(silence(0.5)) == trim(Sound(b"")) == Sound(b"")


@given(st.lists(st.integers(-32768, 32767), max_size=3000))
def test_nothing_loud_is_ever_taken_off(values: list[int]) -> None:
    sound = Sound(b"".join(value.to_bytes(2, "little", signed=True) for value in values))
    trimmed = trim(sound)
    assert trimmed.pcm in sound.pcm
    assert [value for value in samples(trimmed) if abs(value) > 300] == [value for value in values if abs(value) > 300]
    assert trim(trimmed) == trimmed


def test_what_is_audible() -> None:
    assert is_audible(hum(0.2))
    assert not is_audible(hum(0.2, loudness=0.001))
    assert not is_audible(silence(0.2))
    assert not is_audible(Sound(b""))


def test_what_is_too_loud_is_cut_off() -> None:
    assert list(samples(from_floats([2.0, -2.0, 0.0]))) == [32767, -32767, 0]
