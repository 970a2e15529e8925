"""The moments between "start" and the first segment, in which one puts the hands where they belong."""

import asyncio
from collections.abc import Callable

from stretch_coach.clock import Clock, shared_instant
from stretch_coach.session.speaker import Speech
from stretch_coach.voice.tones import Tone


async def lead_in(seconds: int, clock: Clock, speech: Speech | None, tick: Callable[[int], None]) -> None:
    """Count whole seconds down to the start, with a tick each; deadlines are absolute, so that they do not drift.

    Args:
        seconds: How many; none are counted for 0.
        clock: The session's clock.
        speech: What ticks; none where nothing is to be heard.
        tick: Told how many seconds are left, at each of them.
    """
    begun = clock.now()
    for left in range(seconds, 0, -1):
        tick(left)
        if speech:
            speech.sound(Tone.COUNT, shared_instant(clock, clock.now()))
        due = begun + seconds - left + 1
        await asyncio.sleep(max(0.0, (due - clock.now()) / clock.pace))
