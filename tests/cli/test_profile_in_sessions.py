"""Whatever command starts a session, it has nothing that the profile leaves out, and says what that is."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.guide.profile import Profile, save_profile
from stretch_coach.guide.suitability import load_suitability
from stretch_coach.paths import Places, bundled_routines
from stretch_coach.session.prepare import PreparedSession, prepare_session
from stretch_coach.session.request import SessionRequest
from tests.cli.conftest import CommandResult

ROUTINE = "tech-neck-reset"
"""Some of it is left out with fragile bones, and some is not."""


@pytest.fixture
def prepared(places: Places, monkeypatch: pytest.MonkeyPatch) -> list[PreparedSession]:
    """Return the sessions that were prepared for somebody with fragile bones; each ends before it starts."""
    save_profile(places.profile, Profile(cautions=("osteoporosis",), place="office"))
    sessions: list[PreparedSession] = []

    def end_here() -> None:
        raise CoachError("test", "the session was prepared.")

    @asynccontextmanager
    async def prepare(context: Context, request: SessionRequest, _: object) -> AsyncIterator[PreparedSession]:
        async with prepare_session(context, request._replace(muted=True), None) as session:
            sessions.append(session)
            end_here()
            yield session

    monkeypatch.setattr("stretch_coach.session.live.prepare_session", prepare)
    return sessions


@pytest.mark.parametrize(
    "command",
    [
        ["start", ROUTINE, "--plain"],
        ["start", ROUTINE, "--voice-only"],
        ["start", ROUTINE, "--json"],
        ["start", ROUTINE, "--rehearse", "10"],
        ["start", ROUTINE, "--for-break", "--plain"],
        ["start", "FILE", "--plain"],
        ["start", "--plain"],
        ["start", "rotate: quick", "--plain"],
        ["exercises", "start", "shoulder-rolls"],
    ],
    ids=" ".join,
)
def test_session_of_every_command_suits_the_profile(
    coach: Callable[..., CommandResult],
    prepared: list[PreparedSession],
    places: Places,
    tmp_path: Path,
    command: list[str],
) -> None:
    shutil.copy(bundled_routines() / f"{ROUTINE}.json", tmp_path / "mine.json")
    ended = coach(*(str(tmp_path / "mine.json") if word == "FILE" else word for word in command))
    assert "the session was prepared" in ended.err
    [session] = prepared
    suits = load_suitability(places)
    assert not [one.name for one in session.routine.exercises if suits.why_not(one)]
    if ROUTINE in command or "FILE" in command:
        assert any(note.startswith("Left out (osteoporosis or fragile bones): ") for note in session.notes)


def test_what_is_left_out_altogether_does_not_start(
    coach: Callable[..., CommandResult], prepared: list[PreparedSession]
) -> None:
    ended = coach("exercises", "start", "levator-stretch")
    assert (ended.code, prepared) == (1, [])
    assert "nothing that suits you" in ended.err
