"""The tones: short, distinct, and free of clicks."""

from itertools import pairwise

import pytest

from stretch_coach.voice.sound import is_audible
from stretch_coach.voice.tones import Tone, make_tone, tone_seconds
from tests.voice.sounds import samples


@pytest.mark.parametrize("tone", Tone)
class TestEachTone:
    def test_length_is_as_reported(self, tone: Tone) -> None:
        assert make_tone(tone).seconds == pytest.approx(tone_seconds(tone), abs=0.001)
        assert 0.05 < tone_seconds(tone) < 0.3

    def test_tone_is_audible_and_does_not_click(self, tone: Tone) -> None:
        sound = make_tone(tone)
        values = samples(sound)
        assert is_audible(sound)
        assert abs(values[0]) < 50
        assert abs(values[-1]) < 500
        assert max(abs(earlier - later) for earlier, later in pairwise(values)) < 4500
        assert max(map(abs, values)) < 0.5 * 32767


def test_all_tones_differ() -> None:
    assert len({make_tone(tone).pcm for tone in Tone}) == len(Tone)


@pytest.mark.parametrize(("volume", "share"), [(0.5, 0.5), (0.0, 0.0), (3.0, 1.0), (-1.0, 0.0)])
def test_volume_scales_the_tone_and_is_clamped(volume: float, share: float) -> None:
    loudest = max(samples(make_tone(Tone.START)))
    assert max(samples(make_tone(Tone.START, volume))) == pytest.approx(loudest * share, abs=1)
