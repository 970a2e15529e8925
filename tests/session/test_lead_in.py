"""The seconds counted down before a session: each told and ticked once, at its instant, without drift."""

import asyncio

import pytest

from stretch_coach.clock import Instant
from stretch_coach.session.lead_in import lead_in
from stretch_coach.voice.tones import Tone


class SleepingClock:
    """Time goes on by sleeping alone, and a little late."""

    def __init__(self, pace: float = 1.0, late: float = 0.0) -> None:
        self.time = 50.0
        self.pace = pace
        self.late = late

    def now(self) -> float:
        return self.time

    def wall(self) -> Instant:
        return Instant(0, 0)

    async def sleep(self, seconds: float) -> None:
        self.time += (seconds + self.late) * self.pace


class Ticks:
    """Notes tones."""

    def __init__(self) -> None:
        self.tones: list[Tone] = []

    def say(self, _text: str, _at: float) -> bool:
        raise AssertionError

    def sound(self, tone: Tone, _at: float) -> bool:
        self.tones.append(tone)
        return True

    def forget(self) -> None:
        raise AssertionError

    def hush(self) -> None:
        raise AssertionError


@pytest.mark.parametrize("seconds", [0, 1, 3, 10])
@pytest.mark.parametrize("late", [0.0, 0.2])
@pytest.mark.parametrize("pace", [1.0, 4.0])
async def test_each_second_is_told_and_ticked_at_its_instant(
    monkeypatch: pytest.MonkeyPatch, seconds: int, late: float, pace: float
) -> None:
    clock, ticks = SleepingClock(pace, late), Ticks()
    monkeypatch.setattr(asyncio, "sleep", clock.sleep)
    told: list[tuple[int, float]] = []
    await lead_in(seconds, clock, ticks, lambda left: told.append((left, clock.now() - 50.0)))
    assert [left for left, _ in told] == list(range(seconds, 0, -1))
    assert ticks.tones == [Tone.COUNT] * seconds
    assert all(0 <= at - (seconds - left) <= late * pace + 1e-9 for left, at in told), "lateness does not add up"
    if seconds:
        assert clock.now() - 50.0 == pytest.approx(seconds, abs=late * pace + 1e-9)


async def test_it_counts_in_silence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SleepingClock()
    monkeypatch.setattr(asyncio, "sleep", clock.sleep)
    told: list[int] = []
    await lead_in(2, clock, None, told.append)
    assert told == [2, 1]
