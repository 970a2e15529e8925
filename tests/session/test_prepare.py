"""What a session is prepared with: how much is said of each exercise, and to whom."""

import pytest

from stretch_coach.context import Context
from stretch_coach.paths import Places
from stretch_coach.routine.model import Routine
from stretch_coach.routine.timeline import build_timeline
from stretch_coach.session import prepare
from stretch_coach.session.request import SessionRequest
from stretch_coach.settings import Settings
from tests.session.conftest import FakeClock


class ReadyVoice:
    """A voice that has rendered every text at once; each takes as long as was estimated."""

    can_speak = True

    async def prepare(self, texts: list[str], first: int, seconds: float) -> None:
        pass

    def seconds(self, _text: str) -> None:
        return None

    async def close(self) -> None:
        pass


@pytest.fixture
def context(places: Places, monkeypatch: pytest.MonkeyPatch) -> Context:
    async def open_voice(*_: object) -> tuple[ReadyVoice, None]:
        return ReadyVoice(), None

    monkeypatch.setattr(prepare, "open_voice", open_voice)
    return Context(places, Settings(), FakeClock(), lambda _: None)


async def test_cautions_are_spoken_to_a_listener_who_does_not_watch(context: Context, routine: Routine) -> None:
    spoken = []
    for voice_only in (False, True):
        async with prepare.prepare_session(context, SessionRequest(routine, voice_only=voice_only), None) as prepared:
            spoken.append(prepared.timing.speaks_cautions)
    assert spoken == [False, True]


@pytest.mark.parametrize(("times", "why"), [(0, " for exercises new to you"), (9, "")])
async def test_why_instructions_take_extra_time_is_said(
    context: Context, routine: Routine, monkeypatch: pytest.MonkeyPatch, times: int, why: str
) -> None:
    monkeypatch.setattr(prepare, "_times_done", lambda _: {exercise.id: times for exercise in routine.exercises})
    context.settings = Settings(voice=context.settings.voice._replace(explain="always"))
    async with prepare.prepare_session(context, SessionRequest(routine), None) as prepared:
        [note] = prepared.notes
        assert note.endswith(f"of extra instructions{why}.")


async def test_time_is_made_for_the_cautions_of_a_new_exercise_even_without_explanations(
    context: Context, routine: Routine
) -> None:
    context.settings = Settings(voice=context.settings.voice._replace(explain="never"))
    async with prepare.prepare_session(context, SessionRequest(routine, voice_only=True), None) as prepared:
        as_written = build_timeline(routine).segments
        pairs = zip(prepared.timeline.segments, as_written, strict=True)
        assert {one.step for one, written in pairs if one.seconds > written.seconds} == {2}  # the one with cautions
        assert prepared.notes == ("Includes 0:08 of extra instructions for exercises new to you.",)
