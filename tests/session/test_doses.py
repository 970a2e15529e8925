"""The doses of a session: said before it starts, with the new total; offered, and remembered as they were chosen."""

from dataclasses import replace
from datetime import date

import pytest

from stretch_coach.context import Context
from stretch_coach.guide.doses import LONGEST_SHARE
from stretch_coach.guide.profile import Caution, Profile, save_profile
from stretch_coach.journal.day import DAY
from stretch_coach.journal.doses import DoseChoice, load_choices, save_choices
from stretch_coach.journal.records import Outcome
from stretch_coach.paths import Places
from stretch_coach.routine.library import Library
from stretch_coach.session.request import SessionRequest, suit_request
from stretch_coach.settings import Settings
from tests.practice import practise
from tests.session.conftest import FakeClock

TODAY = date(2026, 11, 20)
TWO_WEEKS = [TODAY - ago * DAY for ago in range(15, 0, -2)]
MORE = "You could do a little more: Shoulder rolls 4 rounds instead of 3, Chin tuck 3 holds"


@pytest.fixture
def context(places: Places) -> Context:
    return Context(places, Settings(), FakeClock(), lambda _: None)


@pytest.fixture
def request_(library: Library) -> SessionRequest:
    return SessionRequest(library.routines["micro-break"])


def choose(context: Context, steps: int, ago: int, exercise: str = "chin-tuck", *, accepted: bool = True) -> None:
    day = TODAY - ago * DAY
    with context.writable_history() as history:
        save_choices(history, [DoseChoice(exercise, steps, accepted, context.clock.wall().ms - ago * 86_400_000, day)])


def practised(context: Context, library: Library, *, worse: bool = False) -> None:
    with context.writable_history() as history:
        practise(history, library.routines["micro-break"], TWO_WEEKS)
        if worse:
            practise(history, library.routines["micro-break"], [TODAY - DAY], Outcome.STOPPED)


def test_without_practice_the_doses_are_as_written(context: Context, request_: SessionRequest) -> None:
    suited = suit_request(context, request_)
    assert suited.routine == request_.routine
    assert (suited.doses.note, suited.doses.offer, suited.doses.choices) == ("", "", ())


def test_step_up_is_offered_with_the_new_total_and_not_imposed(
    context: Context, library: Library, request_: SessionRequest
) -> None:
    practised(context, library)
    suited = suit_request(context, request_)
    assert suited.routine == request_.routine
    assert suited.doses.offer.startswith(MORE)
    assert suited.doses.offer.endswith("1:10 in all instead of 1:00.")
    assert suited.doses.is_new
    assert {(one.exercise, one.accepted) for one in suited.doses.choices} >= {("chin-tuck", False)}
    assert suited.unasked().doses.choices == ()

    more = suit_request(context, suited.with_other_doses())
    assert more.routine.total_seconds == 70
    assert more.doses.note.endswith("1:10 in all instead of 1:00.")
    assert more.doses.offer == "As before: 1:00 in all."
    assert {(one.exercise, one.steps, one.accepted) for one in more.doses.choices} == {
        ("chin-tuck", 1, True),
        ("shoulder-rolls", 1, True),
    }
    assert suit_request(context, more.with_other_doses()) == suited


@pytest.mark.parametrize("accepted", [False, True])
def test_answer_is_remembered(context: Context, library: Library, request_: SessionRequest, *, accepted: bool) -> None:
    practised(context, library)
    suited = suit_request(context, request_)
    answer = suit_request(context, suited.with_other_doses()) if accepted else suited
    with context.writable_history() as history:
        save_choices(history, answer.doses.choices)
        assert set(load_choices(history)) == set(answer.doses.choices)
    again = suit_request(context, request_)
    assert again.routine == answer.routine
    assert not again.doses.is_new
    assert again.doses.offer == ("As written: 1:00 in all." if accepted else "")
    assert again.doses.choices == ()
    if accepted:
        back = suit_request(context, again.with_other_doses())
        assert back.routine == request_.routine
        assert {(one.steps, one.accepted) for one in back.doses.choices} == {(0, True)}


def test_step_back_after_a_worse_day_is_said_and_can_be_declined(
    context: Context, library: Library, request_: SessionRequest
) -> None:
    practised(context, library, worse=True)
    suited = suit_request(context, request_)
    assert suited.doses.note == (
        "A step back after a worse day: Shoulder rolls 2 rounds instead of 3, Chin tuck 1 hold instead of 2. "
        "0:50 in all instead of 1:00."
    )
    assert (suited.doses.offer, suited.doses.is_new) == ("As before: 1:00 in all.", True)
    as_before = suit_request(context, suited.with_other_doses())
    assert as_before.routine == request_.routine
    assert ("chin-tuck", 0, True) in {(one.exercise, one.steps, one.accepted) for one in as_before.doses.choices}


def test_pause_is_a_step_back(context: Context, library: Library, request_: SessionRequest) -> None:
    with context.writable_history() as history:
        practise(history, library.routines["micro-break"], [TODAY - 20 * DAY])
    choose(context, 2, 30)
    suited = suit_request(context, request_)
    assert (
        suited.doses.note == "A step back after a pause: Chin tuck 3 holds instead of 4. 1:06 in all instead of 1:12."
    )


def test_settings_decide_who_asks(context: Context, library: Library, request_: SessionRequest) -> None:
    practised(context, library)
    settings = context.settings
    context.settings = settings._replace(start=settings.start._replace(progress="always"))
    suited = suit_request(context, request_)
    assert (suited.routine.total_seconds, suited.doses.offer) == (70, "As before: 1:00 in all.")
    context.settings = settings._replace(start=settings.start._replace(progress="never"))
    assert suit_request(context, request_).doses.offer == ""


def test_limits_of_the_profile_hold_for_every_dose(context: Context, library: Library) -> None:
    save_profile(context.places.profile, Profile(cautions=("hypermobility",)))
    choose(context, 3, 1, "upper-trap-stretch")
    suited = suit_request(context, SessionRequest(library.routines["screen-break"]))
    assert max(step.hold for step in suited.routine.steps if step.exercise and step.exercise.kind == "stretch") == 15


@pytest.mark.parametrize("cautions", [(), ("osteoporosis",), ("hypermobility", "dizziness")])
def test_other_doses_are_of_the_same_exercises(
    context: Context, library: Library, cautions: tuple[Caution, ...]
) -> None:
    save_profile(context.places.profile, Profile(cautions=cautions))
    with context.writable_history() as history:
        day = TODAY - 9 * DAY
        save_choices(history, [DoseChoice(id_, 2, accepted=True, at_ms=1, day=day) for id_ in library.exercises])
        for routine in library.routines.values():
            practise(history, routine, [TODAY - 3 * DAY])
    for routine in library.routines.values():
        suited = suit_request(context, SessionRequest(routine))
        other = suit_request(context, suited.with_other_doses())
        doing = [step.exercise for step in suited.routine.steps]
        assert doing == [step.exercise for step in other.routine.steps]
        assert suited.routine.total_seconds <= routine.total_seconds * LONGEST_SHARE
        assert suited.changes == other.changes


def test_rehearsal_built_and_resumed_sessions_offer_nothing(
    context: Context, library: Library, request_: SessionRequest
) -> None:
    practised(context, library)
    assert suit_request(context, request_._replace(rehearsal=10)).doses.offer == ""
    built = request_.routine.__class__(
        request_.routine.file, request_.routine.steps, context.places.config, bundled=False
    )
    assert suit_request(context, SessionRequest(built)).doses.offer == ""


def test_steps_in_which_exercises_take_turns_keep_their_length(context: Context, library: Library) -> None:
    routine = library.routines["micro-break"]
    swaps = {"chin-tuck": (library.exercises["scap-setting"],), "shoulder-rolls": (library.exercises["wrist-bends"],)}
    steps = tuple(replace(one, swaps=swaps.get(one.exercise.id, ()) if one.exercise else ()) for one in routine.steps)
    for since in (TWO_WEEKS, [TODAY - DAY]):
        with context.writable_history() as history:
            practise(history, routine, since)
        request = suit_request(context, SessionRequest(replace(routine, steps=steps)))
        assert request.routine.total_seconds == routine.total_seconds
        assert [one.exercise.id for one in request.routine.steps if one.exercise] == [
            *("posture-reset", "wrist-bends", "scap-setting", "eye-20")
        ]
        assert (request.doses.offer, request.doses.note) == ("", "")
