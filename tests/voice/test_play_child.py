"""What feeds the sound device: each sound heard at its instant to the sample, one at a time."""

from pathlib import Path

import pytest

from stretch_coach.voice.play_child import Mixer, StreamClock, obey
from stretch_coach.voice.sound import RATE, Sound, write_wav
from stretch_coach.voice.tones import Tone, make_tone
from tests.voice.sounds import hum

BURST = 441
"""The samples that the device takes at once: 20 ms."""


class Device:
    """Takes samples in bursts, from the instant 1000 on."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.mixer = Mixer(lambda: self.now)
        self._feed = self.mixer.feed()
        next(self._feed)

    def take(self, count: int) -> list[int]:
        """Take samples, and return them."""
        raw = self._feed.send(count)
        assert len(raw) == 2 * count
        return list(memoryview(raw).cast("h"))

    def run(self, seconds: float, burst: int = BURST) -> list[int]:
        """Run for some seconds, and return the samples that were taken."""
        taken: list[int] = []
        while len(taken) < round(seconds * RATE):
            taken += self.take(burst)
            self.now += burst / RATE
        return taken


@pytest.fixture
def device() -> Device:
    return Device()


def steady(value: int, count: int) -> Sound:
    return Sound(value.to_bytes(2, "little", signed=True) * count)


class TestMixer:
    def test_mixer_without_sounds_is_silent(self, device: Device) -> None:
        assert set(device.run(1)) == {0}
        assert device.mixer.bursts == 50

    @pytest.mark.parametrize("at", [0.0, 0.00005, 0.0199, 0.02, 0.020001, 0.33333, 1.0])
    @pytest.mark.parametrize("burst", [BURST, 64, 1000, 1])
    def test_a_sound_starts_at_its_instant_to_the_sample(self, device: Device, at: float, burst: int) -> None:
        device.mixer.play(1000 + at, steady(7, 100))
        heard = device.run(1.2, burst)
        assert abs(heard.index(7) - at * RATE) <= 1
        assert heard.count(7) == 100
        assert set(heard) == {0, 7}

    def test_sound_in_the_buffer_is_allowed_for(self, device: Device) -> None:
        device.mixer.play(1000.5, steady(7, 100))
        heard = device.take(2 * BURST) + device.run(1)
        assert abs(heard.index(7) - 0.5 * RATE) <= 1

    def test_a_sound_that_comes_late_starts_at_once(self, device: Device) -> None:
        device.run(1)
        device.mixer.play(1000.5, steady(7, 100))
        assert device.run(0.02)[:100] == [7] * 100

    def test_sounds_that_come_much_too_late_are_dropped(self, device: Device) -> None:
        for at in (1000.1, 1000.2, 1000.3):
            device.mixer.play(at, steady(7, 100))
        device.now += 5  # the machine slept
        assert set(device.run(1)) == {0}

    def test_the_next_sound_replaces_the_one_that_is_playing(self, device: Device) -> None:
        device.mixer.play(1000.0, steady(7, RATE))
        device.mixer.play(1000.5, steady(9, 100))
        heard = device.run(1.5)
        start = heard.index(9)
        assert start == pytest.approx(RATE / 2, abs=1)
        assert heard[:start] == [7] * start
        assert 7 not in heard[start:]

    def test_sounds_play_in_the_order_of_their_instants(self, device: Device) -> None:
        for at, value in ((0.3, 3), (0.1, 1), (0.2, 2), (0.205, 4)):
            device.mixer.play(1000 + at, steady(value, 50))
        heard = device.run(0.5)
        starts = [heard.index(value) for value in (1, 2, 4, 3)]
        assert starts == pytest.approx([at * RATE for at in (0.1, 0.2, 0.205, 0.3)], abs=1)

    def test_stopping_silences_the_next_burst(self, device: Device) -> None:
        device.mixer.play(1000, steady(7, RATE))
        device.mixer.play(1000.5, steady(9, RATE))
        assert set(device.run(0.1)) == {7}
        device.mixer.stop()
        assert set(device.run(1)) == {0}

    def test_cancelling_lets_the_sound_that_is_playing_finish(self, device: Device) -> None:
        device.mixer.play(1000, steady(7, RATE))
        device.mixer.play(1000.5, steady(9, RATE))
        heard = device.run(0.1)
        device.mixer.cancel_pending()
        heard += device.run(1.5)
        assert heard.count(7) == RATE
        assert 9 not in heard

    def test_mixer_plays_again_after_a_stop(self, device: Device) -> None:
        device.mixer.stop()
        device.mixer.play(1000, steady(7, 10))
        assert device.run(0.02).count(7) == 10


class TestStreamClock:
    """The instants at which samples are heard, whenever the device takes them."""

    def test_bursts_that_come_early_or_late_change_nothing(self) -> None:
        clock = StreamClock()
        clock.take(2 * BURST, 50.0)
        for number, delay in enumerate((0.0, 0.015, 0.001, 0.0195, 0.0)):
            heard = clock.take(BURST, 50.02 + number * 0.02 + delay)
            assert heard == pytest.approx(50.04 + number * 0.02)

    def test_a_dry_buffer_starts_the_stream_again(self) -> None:
        clock = StreamClock()
        clock.take(BURST, 50.0)
        assert clock.take(BURST, 50.5) == 50.5
        assert clock.take(BURST, 50.51) == pytest.approx(50.52)

    @pytest.mark.parametrize("parts_per_million", [-150, -40, 40, 150])
    def test_the_drift_of_a_device_is_followed(self, parts_per_million: int) -> None:
        clock, pace = StreamClock(), 1 + parts_per_million / 1e6
        clock.take(2 * BURST, 50.0)
        minutes = 10
        for number in range(minutes * 60 * 50):
            now = 50.02 + number * 0.02 * pace
            heard = clock.take(BURST, now)
        assert heard - (now + 0.02) == pytest.approx(0, abs=0.005)

    def test_a_buffer_of_another_size_is_not_drift(self) -> None:
        clock = StreamClock()
        clock.take(BURST, 50.0)
        for _ in range(9):  # a headset with a large buffer is connected
            clock.take(BURST, 50.01)
        for number in range(60 * 50):
            heard = clock.take(BURST, 50.02 + number * 0.02)
        assert heard == pytest.approx(50.0 + 10 * 0.02 + 59.98)


class TestRequests:
    def test_cues_and_tones_are_loaded_under_their_keys(self, device: Device, tmp_path: Path) -> None:
        write_wav(tmp_path / "a.wav", hum(0.1))
        sounds: dict[str, Sound] = {}
        obey(device.mixer, sounds, {"op": "load", "key": "Hold.", "path": str(tmp_path / "a.wav")})
        obey(device.mixer, sounds, {"op": "tone", "key": "start", "tone": "start", "volume": 0.5})
        assert sounds == {"Hold.": hum(0.1), "start": make_tone(Tone.START, 0.5)}

    def test_loaded_sounds_are_played_and_others_ignored(self, device: Device) -> None:
        sounds = {"Hold.": steady(7, 10)}
        for key in ("Hold.", "unknown"):
            obey(device.mixer, sounds, {"op": "play", "key": key, "at": 1000.0})
        assert device.run(0.02).count(7) == 10

    @pytest.mark.parametrize("op", ["cancel", "stop"])
    def test_pending_sounds_are_dropped(self, device: Device, op: str) -> None:
        device.mixer.play(1000.1, steady(7, 10))
        obey(device.mixer, {}, {"op": op})
        assert set(device.run(0.5)) == {0}

    def test_a_ping_is_answered_with_how_often_the_device_took_sound(self, device: Device) -> None:
        device.run(0.1)
        assert obey(device.mixer, {}, {"op": "ping"}) == {"event": "pong", "bursts": 5}
