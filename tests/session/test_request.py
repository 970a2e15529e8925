"""A session whose steps have exercises that take turns: the history decides, and resuming one changes nothing."""

from dataclasses import replace
from datetime import date

import pytest

from stretch_coach.context import Context
from stretch_coach.journal.day import DAY
from stretch_coach.journal.records import Outcome
from stretch_coach.journal.sessions import last_session, list_steps
from stretch_coach.paths import Places
from stretch_coach.routine.library import Library
from stretch_coach.routine.model import Routine
from stretch_coach.session.request import SessionRequest, suit_request
from stretch_coach.session.resumption import InterruptedSession
from stretch_coach.settings import Settings
from tests.practice import practise
from tests.session.conftest import FakeClock

TODAY = date(2026, 11, 20)


@pytest.fixture
def context(places: Places) -> Context:
    return Context(places, Settings(), FakeClock(), lambda _: None)


@pytest.fixture
def routine(library: Library) -> Routine:
    """The micro-break, in which the chin tuck takes turns with setting the shoulder blades."""
    other, bundled = library.exercises["scap-setting"], library.routines["micro-break"]
    steps = [
        replace(one, swaps=(other,)) if one.exercise and one.exercise.id == "chin-tuck" else one
        for one in bundled.steps
    ]
    return replace(bundled, steps=tuple(steps))


def done(request: SessionRequest) -> list[str]:
    return [step.exercise.id for step in request.routine.steps if step.exercise]


def test_history_decides_whose_turn_it_is(context: Context, routine: Routine) -> None:
    assert done(suit_request(context, SessionRequest(routine)))[2] == "chin-tuck"
    with context.writable_history() as history:
        practise(history, routine, [TODAY - DAY])
    request = suit_request(context, SessionRequest(routine))
    assert done(request)[2] == "scap-setting"
    assert request.routine.total_seconds == routine.total_seconds


def test_session_is_resumed_with_the_exercises_that_it_had(context: Context, routine: Routine) -> None:
    with context.writable_history() as history:
        practise(history, routine, [TODAY], Outcome.INTERRUPTED)
        record = last_session(history)
        assert record
        interrupted = InterruptedSession(record, list_steps(history, record.id))
    request = SessionRequest(routine, interrupted=interrupted)
    assert done(suit_request(context, request))[2] == "chin-tuck"
    assert done(suit_request(context, request._replace(interrupted=None)))[2] == "scap-setting"
