"""How long texts take, and the cues themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.session.cues import estimate_seconds


@pytest.mark.parametrize("rate", [80, 160, 300])
def test_more_words_and_pauses_take_longer(rate: int) -> None:
    texts = ["", "A", "Hold.", "Hold it.", "Hold. It.", "Hold it, and let go. Breathe.", "Hold it, and let go. " * 20]
    seconds = [estimate_seconds(text, rate) for text in texts]
    assert seconds == sorted(seconds)
    assert seconds[0] > 0
    assert seconds[2] < 1.5
    assert seconds[-1] > 5


@given(st.text(max_size=200), st.integers(80, 299))
def test_higher_rate_takes_less_time(text: str, rate: int) -> None:
    assert estimate_seconds(text, rate + 1) <= estimate_seconds(text, rate)
