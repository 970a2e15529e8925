"""The record in numbers, from a real history. Today is Friday 20 November 2026 unless said otherwise."""

import sqlite3
from collections.abc import Callable
from datetime import date

import pytest

from stretch_coach.journal.day import DAY
from stretch_coach.journal.freezes import load_frozen_days
from stretch_coach.journal.plan import Plan, set_plan
from stretch_coach.journal.records import Outcome, SessionRecord, Source
from stretch_coach.journal.sessions import DaySummary
from stretch_coach.journal.summary import close_days, lost_days, summarise

Did = Callable[..., SessionRecord]
FRIDAY = date(2026, 11, 20)
WORKING_DAYS = frozenset(range(5))
HOUR = 3600


def november(*days: int) -> frozenset[date]:
    return frozenset(date(2026, 11, day) for day in days)


def test_an_empty_record_has_no_numbers_to_be_ashamed_of(database: sqlite3.Connection) -> None:
    assert summarise(database, FRIDAY).as_json() == {
        "current": 0,
        "longest": 0,
        "at_risk": False,
        "today_done": False,
        "adherence_7": None,
        "adherence_28": None,
        "strength": None,
        "freezes": 0,
    }


def test_the_first_session_is_a_streak_of_one(database: sqlite3.Connection, did: Did) -> None:
    did(FRIDAY)
    assert summarise(database, FRIDAY).as_json() == {
        "current": 1,
        "longest": 1,
        "at_risk": False,
        "today_done": True,
        "adherence_7": 1.0,
        "adherence_28": 1.0,
        "strength": 0.0519,
        "freezes": 0,
    }


def test_on_the_next_morning_it_is_still_to_do(database: sqlite3.Connection, did: Did) -> None:
    did(FRIDAY)
    told = summarise(database, FRIDAY + DAY).as_json()
    assert (told["current"], told["at_risk"], told["today_done"]) == (1, True, False)
    assert (told["adherence_7"], told["strength"]) == (1.0, 0.0519)  # today is held against nobody before it is over


@pytest.mark.parametrize("days", [7, 13, 21, 30])
def test_perfect_days(database: sqlite3.Connection, did: Did, days: int) -> None:
    for back in range(days):
        did(FRIDAY - back * DAY)
    summary = summarise(database, FRIDAY)
    strengths = {7: 0.3115, 13: 0.5, 21: 0.6736, 30: 0.7980}
    assert (summary.streak.length, summary.longest, summary.adherence_28) == (days, days, 1)
    assert summary.as_json()["strength"] == strengths[days]
    assert summary.freezes.left == min(2, days // 7)


def test_the_weekday_example(database: sqlite3.Connection, did: Did) -> None:
    """Done on the 12th, 13th, 16th, 17th and 19th: Wednesday the 18th was missed."""
    set_plan(database, date(2026, 11, 1), Plan(WORKING_DAYS), 0)
    for day in november(12, 13, 16, 17, 19):
        did(day)
    summary = summarise(database, FRIDAY)
    assert (summary.streak.length, summary.streak.at_risk, summary.longest) == (1, True, 4)


def test_the_two_a_day_example(database: sqlite3.Connection, did: Did) -> None:
    set_plan(database, date(2026, 11, 16), Plan(WORKING_DAYS, per_day=2), 0)
    for day, sessions in ((16, 2), (17, 3), (19, 1), (20, 1)):
        for _ in range(sessions):
            did(date(2026, 11, day))
    summary = summarise(database, FRIDAY)
    assert summary.adherence_7 == 0.625
    assert summary.today_done  # one session makes a day a done one, however many are planned
    assert summary.streak.length == 2


def test_only_what_counts_makes_a_day_done(database: sqlite3.Connection, did: Did) -> None:
    did(FRIDAY - 2 * DAY, Outcome.PARTIAL, planned_ms=100_000, done_ms=80_000)
    did(FRIDAY - DAY, source=Source.MANUAL)
    did(FRIDAY)
    lengths = [
        summarise(database, FRIDAY, partial_counts=partial, manual_counts=manual).streak.length
        for partial in (False, True)
        for manual in (False, True)
    ]
    assert lengths == [1, 2, 1, 3]


@pytest.mark.parametrize("outcome", [Outcome.STOPPED, Outcome.INTERRUPTED, Outcome.PARTIAL])
def test_a_session_that_was_broken_off_is_in_the_record_but_makes_no_day_done(
    database: sqlite3.Connection, did: Did, outcome: Outcome
) -> None:
    did(FRIDAY - DAY, outcome)
    told = summarise(database, FRIDAY).as_json()
    assert (told["current"], told["adherence_7"], told["strength"]) == (0, 0.0, None)


def test_a_new_plan_does_not_rewrite_the_past(database: sqlite3.Connection, did: Did) -> None:
    set_plan(database, date(2026, 11, 1), Plan(WORKING_DAYS), 0)
    for day in november(9, 10, 11, 12, 13, 16, 17, 18, 19):
        did(day)
    before = summarise(database, FRIDAY)
    set_plan(database, FRIDAY, Plan(per_day=3), 0)
    after = summarise(database, FRIDAY)
    assert before.streak.length == 9
    assert after == before


def test_from_its_day_on_the_new_plan_is_what_counts(database: sqlite3.Connection, did: Did) -> None:
    did(FRIDAY)
    set_plan(database, FRIDAY, Plan(WORKING_DAYS), 0)
    assert summarise(database, date(2026, 11, 23)).streak.length == 1
    set_plan(database, FRIDAY, Plan(), 0)
    assert summarise(database, date(2026, 11, 23)).streak.length == 0


def test_a_plan_counts_from_its_day_on_even_before_the_first_session(database: sqlite3.Connection, did: Did) -> None:
    set_plan(database, date(2026, 11, 17), Plan(), 0)
    did(date(2026, 11, 19))
    assert summarise(database, FRIDAY).adherence_7 == 1 / 3


def test_closed_days_keep_their_freeze_whatever_is_planned_later(database: sqlite3.Connection, did: Did) -> None:
    for day in november(*range(1, 8), 9):
        did(day)
    the_ninth = date(2026, 11, 9)
    assert load_frozen_days(database) == frozenset()
    for _ in range(2):
        close_days(database, the_ninth)
        assert load_frozen_days(database) == november(8)
    assert summarise(database, the_ninth).streak.length == 8
    set_plan(database, date(2026, 11, 1), Plan(frozenset({0})), 0)
    assert load_frozen_days(database) == november(8)


def test_a_frozen_day_leaves_the_strength_as_it_was_and_a_missed_one_does_not(
    database: sqlite3.Connection, did: Did
) -> None:
    for day in november(*range(1, 8)):
        did(day)
    whole = summarise(database, date(2026, 11, 7)).strength
    still_open = summarise(database, date(2026, 11, 9)).strength
    assert whole is not None
    assert still_open is not None
    assert still_open < whole  # frozen, but not yet a bridge
    did(date(2026, 11, 9))
    bridged = summarise(database, date(2026, 11, 9)).strength
    assert bridged == pytest.approx(1 - 0.5 ** (8 / 13))  # as after eight perfect days


def test_as_it_stood_on_an_earlier_day(database: sqlite3.Connection, did: Did) -> None:
    for day in november(12, 13, 14, 18, 19):
        did(day)
    assert summarise(database, date(2026, 11, 14)).as_json()["current"] == 3
    assert summarise(database, date(2026, 11, 14)).longest == 3
    assert summarise(database, date(2026, 11, 1)).as_json()["current"] == 0


def days(*entries: tuple[int, int]) -> list[DaySummary]:
    return [DaySummary(f"2026-11-{day:02}", 1, hours * HOUR, hours * HOUR) for day, hours in entries]


@pytest.mark.parametrize(
    ("record", "lost"),
    [
        pytest.param(days((18, -11), (20, 14)), {19}, id="pago-pago-to-kiritimati-loses-a-day"),
        pytest.param(days((18, -8), (20, 9)), {19}, id="los-angeles-to-tokyo-loses-a-day"),
        pytest.param(days((18, 0), (20, 12)), set(), id="a-day-of-just-twelve-hours-is-a-day"),
        pytest.param(days((18, 14), (20, -11)), set(), id="flying-west-loses-none"),
        pytest.param(days((18, -11), (19, 14)), set(), id="where-no-day-is-missing-none-was-lost"),
        pytest.param(days((18, 1), (20, 1)), set(), id="staying-at-home-loses-none"),
        pytest.param(days((16, -11), (20, 14)), {17}, id="only-one-of-several-missing-days"),
    ],
)
def test_a_day_that_travel_cut_to_less_than_half(record: list[DaySummary], lost: set[int]) -> None:
    assert lost_days(record) == november(*lost)


def test_the_day_lost_on_the_way_east_ends_no_streak(database: sqlite3.Connection, did: Did) -> None:
    did(date(2026, 11, 18), utc_offset_s=-8 * HOUR)
    did(FRIDAY, utc_offset_s=9 * HOUR)
    summary = summarise(database, FRIDAY)
    assert (summary.streak.length, summary.adherence_7) == (2, 1)
    assert summary.freezes.frozen == frozenset()


def test_two_sessions_on_a_day_that_came_twice_count_once(database: sqlite3.Connection, did: Did) -> None:
    did(FRIDAY, utc_offset_s=9 * HOUR)
    did(FRIDAY, utc_offset_s=-8 * HOUR)
    assert summarise(database, FRIDAY).streak.length == 1
