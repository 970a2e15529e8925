"""Prepares a session: its timeline, its voice, and what must be confirmed before it starts."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.guide.suitability import change_sentences
from stretch_coach.journal.acknowledgements import acknowledged_at, taught_subject
from stretch_coach.journal.sessions import count_sessions, times_done
from stretch_coach.paths import Places
from stretch_coach.phrasing import minutes_and_seconds
from stretch_coach.routine.model import Lock, Routine
from stretch_coach.routine.timeline import Segment, Timeline, build_timeline
from stretch_coach.session.cue_plan import texts_to_say
from stretch_coach.session.cues import CueTiming, SpeechLevel, estimate_seconds
from stretch_coach.session.explain import Explain, explained_exercises, with_explanations
from stretch_coach.session.request import SessionRequest, suit_request
from stretch_coach.session.resumption import Resumption, plan_resumption
from stretch_coach.session.variants import vary_words
from stretch_coach.settings import VoiceSettings
from stretch_coach.voice.request import VoiceRequest, VoiceSource
from stretch_coach.voice.voice import Voice, open_voice

READY_SECONDS = 1.0
"""How long a session waits for its first cues to be rendered; the others are rendered while it runs."""

_FIRST_CUES = 4


class PreparedSession(NamedTuple):
    """A session that is ready to start.

    Attributes:
        routine: What will be done.
        timeline: What will run: with explanations where they can be heard, otherwise as written.
        timing: How much is said, and how long it takes.
        voice: The voice; None for a silent session.
        resumption: Where to start.
        notes: Sentences to show before it starts.
        warnings: Sentences about what does not work, to show with the notes.
        offer: Which other doses can be chosen before it starts, as a sentence; empty for none.
    """

    routine: Routine
    timeline: Timeline
    timing: CueTiming
    voice: Voice | None = None
    resumption: Resumption = Resumption()
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    offer: str = ""

    @property
    def first(self) -> Segment:
        """The segment to start with."""
        return self.timeline.segments[self.resumption.first]


@asynccontextmanager
async def prepare_session(
    context: Context, request: SessionRequest, ring: Callable[[], None] | None
) -> AsyncIterator[PreparedSession]:
    """Prepare a session, and close its voice when the block ends.

    Args:
        context: The user's settings, history and cache.
        request: Which session.
        ring: Rings the terminal's bell; None where there is no terminal.

    Raises:
        CoachError: The user's profile is not valid, or nothing of the routine suits it.
    """
    request = suit_request(context, request)
    settings, times = context.settings.voice, _times_done(context)
    routine = vary_words(request.routine, times)
    request = request._replace(routine=routine)
    level = SpeechLevel(settings.level)
    as_written = CueTiming(level, partial(estimate_seconds, rate=settings.rate), turn=_sessions_so_far(context))
    if request.silent or level is SpeechLevel.OFF:
        yield _prepared(request, build_timeline(routine), as_written)
        return
    explained = replace(
        as_written,
        is_explained=explained_exercises(Explain(settings.explain), times),
        is_new=explained_exercises(Explain.AUTO, times),
        speaks_cautions=request.voice_only,
    )
    voice, trouble = await open_voice(voice_request(context.places, settings, routine.file.language), ring)
    try:
        timeline = build_timeline(with_explanations(routine, explained))
        await voice.prepare(texts_to_say(timeline, explained), _FIRST_CUES, READY_SECONDS)
        if voice.can_speak:
            yield _prepared(request, timeline, _as_rendered(explained, voice), voice, trouble)
            return
        if voice.player.plays_speech and level is not SpeechLevel.TONES:
            trouble = f"Voice: tones only, because speech cannot be rendered ({voice.trouble})."
        audible = SpeechLevel.TONES if voice.player.plays_tones else level
        yield _prepared(request, build_timeline(routine), replace(as_written, level=audible), voice, trouble)
    finally:
        await asyncio.shield(voice.close())


def locks_to_confirm(history: sqlite3.Connection, routine: Routine) -> list[Lock]:
    """Return the clinician-taught exercises of a routine that the user has not yet confirmed to have been taught."""
    return [lock for lock in routine.locks if not acknowledged_at(history, taught_subject(lock.id))]


def voice_request(places: Places, settings: VoiceSettings, language: str) -> VoiceRequest:
    """Return the voice that the user has set, for texts in a language."""
    return VoiceRequest(
        speaks=settings.level in (SpeechLevel.FULL, SpeechLevel.BRIEF),
        voice=settings.voice,
        language=language,
        rate=settings.rate,
        volume=settings.volume,
        source=VoiceSource(settings.source),
        cache=places.cache / "voice",
    )


def _times_done(context: Context) -> Mapping[str, int]:
    """Return how often each exercise was done. If the history cannot be read, every exercise counts as new."""
    try:
        with context.history() as history:
            return times_done(history)
    except CoachError:
        return {}


def _sessions_so_far(context: Context) -> int:
    """Return how many sessions there were, or 0 if the history cannot be read."""
    try:
        with context.history() as history:
            return count_sessions(history)
    except CoachError:
        return 0


def _as_rendered(timing: CueTiming, voice: Voice) -> CueTiming:
    """Return the timing of texts as they were rendered, or as estimated until they are."""
    return replace(timing, seconds=lambda text: voice.seconds(text) or timing.seconds(text))


def _prepared(
    request: SessionRequest,
    timeline: Timeline,
    timing: CueTiming,
    voice: Voice | None = None,
    trouble: str | None = None,
) -> PreparedSession:
    """Return the session with its starting point, and what to say about it."""
    doses = request.doses
    notes = [*([request.why] if request.why else []), *change_sentences(request.changes or ())]
    notes += [doses.note] if doses.note else []
    warnings = [trouble] if trouble else []
    if request.routine.file.silent and request.silent:
        notes.append("Silent: follow it on the screen.")
    extra = timeline.total - request.routine.total_seconds
    if round(extra) > 0:
        explained = [exercise for exercise in request.routine.exercises if timing.is_explained(exercise)]
        why = " for exercises new to you" if all(timing.is_new(exercise) for exercise in explained) else ""
        notes.append(f"Includes {minutes_and_seconds(extra)} of extra instructions{why}.")
    resumption = plan_resumption(request.interrupted, timeline) if request.interrupted else None
    if resumption:
        notes.append(f"Resuming at step {timeline.segments[resumption.first].step} of {timeline.steps}.")
    elif request.interrupted:
        warnings.append("This routine has changed since; starting from the beginning.")
    where = resumption or Resumption()
    said = tuple(notes), tuple(warnings)
    return PreparedSession(request.routine, timeline, timing, voice, where, *said, doses.offer)
