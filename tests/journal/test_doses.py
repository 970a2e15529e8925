"""What the history says about doses: how exercises were practised, and what was chosen; and which program runs."""

import sqlite3
from collections.abc import Callable
from datetime import date

from stretch_coach.journal.day import DAY, CountingRules
from stretch_coach.journal.doses import DoseChoice, Practice, load_choices, load_practice, save_choices
from stretch_coach.journal.programs import (
    RunningProgram,
    Schedule,
    load_program,
    load_rest_days,
    parse_schedule,
    start_program,
    stop_program,
)
from stretch_coach.journal.records import Outcome, SessionRecord, StepOutcome, StepRecord
from stretch_coach.journal.revisions import delete_session, rate_comfort
from stretch_coach.journal.sessions import save_session
from stretch_coach.journal.statistics import load_statistics
from stretch_coach.journal.summary import load_summary

FRIDAY = date(2026, 11, 20)
SCHEDULE = Schedule((("micro-break",), (), ("micro-break", "screen-break")))
MakeSession = Callable[..., SessionRecord]


def steps(*outcomes: StepOutcome) -> list[StepRecord]:
    """Return a chin tuck for each outcome, and one stretch that was done."""
    tucks = [StepRecord(number, None, "chin-tuck", 1, 1, 1, 1, outcome) for number, outcome in enumerate(outcomes, 2)]
    return [StepRecord(1, None, "desk-lean", 1, 1, 1, 1, StepOutcome.DONE), *tucks]


def test_practice_is_finished_or_not_and_worse_or_not(database: sqlite3.Connection, session: MakeSession) -> None:
    done, partly, stopped, rated, gone = (
        session(FRIDAY - number * DAY, outcome)
        for number, outcome in enumerate(
            [Outcome.COMPLETED, Outcome.PARTIAL, Outcome.STOPPED, *[Outcome.COMPLETED] * 2]
        )
    )
    save_session(database, done, steps(StepOutcome.DONE, StepOutcome.DONE))
    save_session(database, partly, steps(StepOutcome.DONE, StepOutcome.SKIPPED))
    save_session(database, stopped, steps(StepOutcome.STOPPED))
    for one in (rated, gone):
        save_session(database, one, steps(StepOutcome.DONE))
    rate_comfort(database, rated.id, before=2, after=4, at_ms=1)
    rate_comfort(database, done.id, before=2, after=3, at_ms=1)
    delete_session(database, gone.id, 2)
    found = load_practice(database, ["chin-tuck"], FRIDAY - 9 * DAY)
    assert found == [
        Practice(rated.started_ms, FRIDAY - 3 * DAY, "chin-tuck", finished=True, worse=True),
        Practice(stopped.started_ms, FRIDAY - 2 * DAY, "chin-tuck", finished=False, worse=True),
        Practice(partly.started_ms, FRIDAY - DAY, "chin-tuck", finished=False, worse=False),
        Practice(done.started_ms, FRIDAY, "chin-tuck", finished=True, worse=False),
    ]
    assert load_practice(database, ["chin-tuck"], FRIDAY) == found[-1:]
    assert load_practice(database, [], FRIDAY) == []


def test_choices_are_read_back_as_saved(database: sqlite3.Connection) -> None:
    choices = [
        DoseChoice("chin-tuck", 1, accepted=True, at_ms=5, day=FRIDAY),
        DoseChoice("desk-lean", -1, accepted=False, at_ms=7, day=FRIDAY),
    ]
    save_choices(database, choices)
    assert load_choices(database) == choices


def test_one_program_runs_at_most(database: sqlite3.Connection) -> None:
    assert load_program(database) is None
    assert not stop_program(database, FRIDAY, 1)
    start_program(database, "desk-days", FRIDAY, 9, SCHEDULE)
    start_program(database, "build-up", FRIDAY + DAY, 1, SCHEDULE)  # the clock was set back
    assert load_program(database) == RunningProgram("build-up", FRIDAY + DAY)
    assert stop_program(database, FRIDAY, 2)
    assert load_program(database) is None


def test_schedule_is_kept_as_text() -> None:
    schedule = SCHEDULE._replace(weekdays=frozenset({0, 4}))
    assert (schedule.days_text, schedule.weekdays_text) == ("micro-break;-;micro-break,screen-break", "mon,fri")
    assert parse_schedule(schedule.days_text, schedule.weekdays_text) == schedule


def test_days_of_rest_ask_for_nothing_and_bridge_the_streak(
    database: sqlite3.Connection, did: Callable[..., SessionRecord]
) -> None:
    rules, start = CountingRules(), FRIDAY - 4 * DAY  # a Monday
    start_program(database, "mine", start, 1, SCHEDULE)
    did(start)
    assert load_rest_days(database, FRIDAY, rules) == {start + DAY}
    on_rest = load_summary(database, start + DAY).streak
    assert (on_rest.length, on_rest.at_risk) == (1, False)
    did(start + 2 * DAY)
    assert load_summary(database, start + 2 * DAY).streak.length == 2
    assert [day.planned for day in load_statistics(database, start, start + 2 * DAY).days] == [1, 0, 1]
    start_program(database, "other", start + 2 * DAY, 2, SCHEDULE._replace(weekdays=frozenset({0, 1, 2, 3})))
    stop_program(database, FRIDAY + 3 * DAY, 3)
    assert load_rest_days(database, FRIDAY + 9 * DAY, rules) == {
        start + DAY,
        *(FRIDAY + n * DAY for n in (-1, 0, 1, 2)),
    }
