"""What feeds the sound device: each sound begun at its instant to the sample, one at a time."""

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from stretch_coach.voice.play_child import Mixer
from stretch_coach.voice.sound import RATE, Sound

if TYPE_CHECKING:
    from collections.abc import Generator

BUFFER = 441
"""Samples that the device takes at once: 20 ms."""


class Device:
    """Takes samples and lets the time of each go by."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.mixer = Mixer()
        self._feed: Generator[bytes, int, None] = self.mixer.feed()
        next(self._feed)

    def take(self, seconds: float, buffer: int = BUFFER) -> list[int]:
        """The samples of some seconds."""
        taken: list[int] = []
        while len(taken) < round(seconds * RATE):
            raw = self._feed.send(buffer)
            assert len(raw) == 2 * buffer
            taken += memoryview(raw).cast("h")
            self.now += buffer / RATE
        return taken


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Device:
    one = Device()
    monkeypatch.setattr("stretch_coach.voice.play_child.time", SimpleNamespace(monotonic=lambda: one.now))
    return one


def steady(value: int, count: int) -> Sound:
    return Sound(value.to_bytes(2, "little", signed=True) * count)


def begins(taken: list[int], value: int) -> int:
    return taken.index(value)


def test_without_anything_to_play_it_is_silent(device: Device) -> None:
    assert set(device.take(1)) == {0}
    assert device.mixer.fed == 50


@pytest.mark.parametrize("at", [0.0, 0.00005, 0.01, 0.0199, 0.02, 0.020001, 0.1, 0.33333, 1.0])
@pytest.mark.parametrize("buffer", [BUFFER, 64, 1000, 1])
def test_a_sound_begins_at_its_instant_to_the_sample(device: Device, at: float, buffer: int) -> None:
    device.mixer.play(1000 + at, steady(7, 100))
    taken = device.take(1.2, buffer)
    assert abs(begins(taken, 7) - at * RATE) <= 1
    assert taken.count(7) == 100
    assert set(taken) == {0, 7}


def test_what_is_late_begins_at_once(device: Device) -> None:
    device.take(1)
    device.mixer.play(1000.5, steady(7, 100))
    assert device.take(0.02)[:100] == [7] * 100


def test_what_comes_next_replaces_what_sounds(device: Device) -> None:
    device.mixer.play(1000.0, steady(7, RATE))
    device.mixer.play(1000.5, steady(9, 100))
    taken = device.take(1.5)
    assert begins(taken, 9) == pytest.approx(RATE / 2, abs=1)
    assert taken[begins(taken, 9) :].count(7) == 0
    assert taken[: begins(taken, 9)].count(7) == begins(taken, 9)


def test_what_waits_is_played_in_the_order_of_its_instants(device: Device) -> None:
    for at, value in ((0.3, 3), (0.1, 1), (0.2, 2)):
        device.mixer.play(1000 + at, steady(value, 50))
    taken = device.take(0.5)
    assert [begins(taken, value) for value in (1, 2, 3)] == pytest.approx([0.1 * RATE, 0.2 * RATE, 0.3 * RATE], abs=1)


def test_hushed_it_is_silent_from_the_next_buffer_on(device: Device) -> None:
    device.mixer.play(1000, steady(7, RATE))
    device.mixer.play(1000.5, steady(9, RATE))
    assert set(device.take(0.1)) == {7}
    device.mixer.hush()
    assert set(device.take(1)) == {0}


def test_what_sounds_is_finished_when_the_rest_is_forgotten(device: Device) -> None:
    device.mixer.play(1000, steady(7, RATE))
    device.mixer.play(1000.5, steady(9, RATE))
    first = device.take(0.1)
    device.mixer.forget()
    taken = first + device.take(1.5)
    assert taken.count(7) == RATE
    assert 9 not in taken


def test_it_can_play_again_after_being_hushed(device: Device) -> None:
    device.mixer.hush()
    device.mixer.play(1000, steady(7, 10))
    assert device.take(0.02).count(7) == 10
