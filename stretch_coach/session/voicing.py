"""Giving a session its voice: opened, made ready and closed around it, and never waited for long."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Routine
from stretch_coach.routine.timeline import Timeline, build_timeline
from stretch_coach.session.cue import Level, Speaking, estimate_seconds
from stretch_coach.session.cues import texts_to_say
from stretch_coach.session.explain import with_explanations
from stretch_coach.voice.opening import Wish, open_voice
from stretch_coach.voice.voice import Voice

READY_SECONDS = 1.0
"""How long a session waits for its first cues to be rendered; the others are rendered while it runs."""

_FIRST_CUES = 4


@dataclass(frozen=True, slots=True)
class Voicing:
    """How the cues of a session are to be given.

    Attributes:
        level: How much is said.
        rate: Words a minute.
        explained: Whether an exercise's full instructions are said.
        wish: The voice; none for a session that is silent, whose cues are only told.
        ring: Rings the terminal's bell; none where there is no terminal.
    """

    level: Level
    rate: int
    explained: Callable[[Exercise], bool]
    wish: Wish | None
    ring: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A session that is ready to begin.

    Attributes:
        timeline: What will run: with its explanations where they can be heard, else as written.
        speaking: How its cues are given.
        voice: What gives them; none where nothing sounds.
        trouble: A sentence about what is not as it should be, if so.
    """

    timeline: Timeline
    speaking: Speaking
    voice: Voice | None
    trouble: str | None


@asynccontextmanager
async def staged(routine: Routine, voicing: Voicing) -> AsyncIterator[Stage]:
    """Make a session ready; what it needs is closed when the block ends."""
    estimated = Speaking(voicing.level, lambda text: estimate_seconds(text, voicing.rate), voicing.explained)
    if voicing.wish is None or voicing.level is Level.OFF:
        as_written = Speaking(voicing.level, estimated.seconds)
        yield Stage(build_timeline(routine), as_written, None, None)
        return
    voice, trouble = await open_voice(voicing.wish, voicing.ring)
    try:
        explained = build_timeline(with_explanations(routine, estimated))
        await voice.prepare(texts_to_say(explained, estimated), _FIRST_CUES, READY_SECONDS)
        if voice.can_speak:
            yield Stage(explained, _as_heard(voice, voicing.level, voicing), voice, trouble)
            return
        if voice.player.speaks and voicing.wish.speaks:
            trouble = f"Voice: tones alone, because nothing can be rendered ({voice.trouble})."
        level = Level.TONES if voice.player.sounds else voicing.level
        yield Stage(build_timeline(routine), Speaking(level, estimated.seconds), voice, trouble)
    finally:
        await asyncio.shield(voice.close())


def _as_heard(voice: Voice, level: Level, voicing: Voicing) -> Speaking:
    """Cues take as long as they were rendered, or as estimated while they are not."""

    def seconds(text: str) -> float:
        return voice.seconds(text) or estimate_seconds(text, voicing.rate)

    return Speaking(level, seconds, voicing.explained)
