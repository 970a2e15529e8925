"""The numbers of a real history. Today is Friday 20 November 2026 unless a test says otherwise."""

import sqlite3
from collections.abc import Callable
from datetime import date

import pytest

from stretch_coach.journal.day import DAY, CountingRules
from stretch_coach.journal.freezes import load_frozen_days
from stretch_coach.journal.glance import load_glance
from stretch_coach.journal.plan import Plan, set_plan
from stretch_coach.journal.records import Outcome, SessionRecord, Source
from stretch_coach.journal.sessions import DaySums
from stretch_coach.journal.summary import close_days, load_summary, lost_days
from tests.journal.calendar import november

Did = Callable[..., SessionRecord]
FRIDAY = date(2026, 11, 20)
WORKING_DAYS = frozenset(range(5))
HOUR = 3600


def test_summary_of_an_empty_history(database: sqlite3.Connection) -> None:
    assert load_summary(database, FRIDAY).as_json() == {
        "current": 0,
        "longest": 0,
        "at_risk": False,
        "today_done": False,
        "adherence_7": None,
        "adherence_28": None,
        "strength": None,
        "freezes": 0,
    }


def test_summary_after_the_first_session(database: sqlite3.Connection, did: Did) -> None:
    did(FRIDAY)
    assert load_summary(database, FRIDAY).as_json() == {
        "current": 1,
        "longest": 1,
        "at_risk": False,
        "today_done": True,
        "adherence_7": 1.0,
        "adherence_28": 1.0,
        "strength": 0.0519,
        "freezes": 0,
    }


def test_summary_on_the_next_morning(database: sqlite3.Connection, did: Did) -> None:
    did(FRIDAY)
    values = load_summary(database, FRIDAY + DAY).as_json()
    assert (values["current"], values["at_risk"], values["today_done"]) == (1, True, False)
    assert (values["adherence_7"], values["strength"]) == (1.0, 0.0519)  # today does not count before it is over


@pytest.mark.parametrize("days", [7, 13, 21, 30])
def test_summary_after_perfect_days(database: sqlite3.Connection, did: Did, days: int) -> None:
    for back in range(days):
        did(FRIDAY - back * DAY)
    summary = load_summary(database, FRIDAY)
    strengths = {7: 0.3115, 13: 0.5, 21: 0.6736, 30: 0.7980}
    assert (summary.streak.length, summary.longest, summary.adherence_28) == (days, days, 1)
    assert summary.as_json()["strength"] == strengths[days]
    assert summary.freezes.left == min(2, days // 7)


def test_summary_of_a_weekday_plan(database: sqlite3.Connection, did: Did) -> None:
    """Done on the 12th, 13th, 16th, 17th and 19th: Wednesday the 18th was missed."""
    set_plan(database, date(2026, 11, 1), Plan(WORKING_DAYS), 0)
    for day in november(12, 13, 16, 17, 19):
        did(day)
    summary = load_summary(database, FRIDAY)
    assert (summary.streak.length, summary.streak.at_risk, summary.longest) == (1, True, 4)


def test_summary_of_a_plan_of_two_sessions_a_day(database: sqlite3.Connection, did: Did) -> None:
    set_plan(database, date(2026, 11, 16), Plan(WORKING_DAYS, per_day=2), 0)
    for day, sessions in ((16, 2), (17, 3), (19, 1), (20, 1)):
        for _ in range(sessions):
            did(date(2026, 11, day))
    summary = load_summary(database, FRIDAY)
    assert summary.adherence_7 == 0.625
    assert summary.today_done  # one session is enough, however many are planned
    assert summary.streak.length == 2


def test_summary_follows_the_counting_rules(database: sqlite3.Connection, did: Did) -> None:
    did(FRIDAY - 2 * DAY, Outcome.PARTIAL, planned_ms=100_000, done_ms=80_000)
    did(FRIDAY - DAY, source=Source.MANUAL)
    did(FRIDAY)
    lengths = [
        load_summary(database, FRIDAY, CountingRules(partial_counts=partial, manual_counts=manual)).streak.length
        for partial in (False, True)
        for manual in (False, True)
    ]
    assert lengths == [1, 2, 1, 3]


@pytest.mark.parametrize("outcome", [Outcome.STOPPED, Outcome.INTERRUPTED, Outcome.PARTIAL])
def test_summary_does_not_count_unfinished_sessions(database: sqlite3.Connection, did: Did, outcome: Outcome) -> None:
    did(FRIDAY - DAY, outcome)
    values = load_summary(database, FRIDAY).as_json()
    assert (values["current"], values["adherence_7"], values["strength"]) == (0, 0.0, None)


def test_new_plan_does_not_change_the_past(database: sqlite3.Connection, did: Did) -> None:
    set_plan(database, date(2026, 11, 1), Plan(WORKING_DAYS), 0)
    for day in november(9, 10, 11, 12, 13, 16, 17, 18, 19):
        did(day)
    before = load_summary(database, FRIDAY)
    set_plan(database, FRIDAY, Plan(per_day=3), 0)
    after = load_summary(database, FRIDAY)
    assert before.streak.length == 9
    assert after.as_json() == before.as_json()


def test_new_plan_counts_from_its_first_day(database: sqlite3.Connection, did: Did) -> None:
    did(FRIDAY)
    set_plan(database, FRIDAY, Plan(WORKING_DAYS), 0)
    assert load_summary(database, date(2026, 11, 23)).streak.length == 1
    set_plan(database, FRIDAY, Plan(), 0)
    assert load_summary(database, date(2026, 11, 23)).streak.length == 0


def test_plan_counts_before_the_first_session(database: sqlite3.Connection, did: Did) -> None:
    set_plan(database, date(2026, 11, 17), Plan(), 0)
    did(date(2026, 11, 19))
    assert load_summary(database, FRIDAY).adherence_7 == 1 / 3


def test_closed_days_keep_their_freezes(database: sqlite3.Connection, did: Did) -> None:
    for day in november(*range(1, 8), 9):
        did(day)
    the_ninth = date(2026, 11, 9)
    assert load_frozen_days(database) == frozenset()
    for _ in range(2):
        close_days(database, the_ninth)
        assert load_frozen_days(database) == november(8)
    assert load_summary(database, the_ninth).streak.length == 8
    set_plan(database, date(2026, 11, 1), Plan(frozenset({0})), 0)
    assert load_frozen_days(database) == november(8)


def test_strength_is_unchanged_by_bridging_freezes(database: sqlite3.Connection, did: Did) -> None:
    for day in november(*range(1, 8)):
        did(day)
    whole = load_summary(database, date(2026, 11, 7)).strength
    still_open = load_summary(database, date(2026, 11, 9)).strength
    assert whole is not None
    assert still_open is not None
    assert still_open < whole  # frozen, but not yet a bridge
    did(date(2026, 11, 9))
    bridged = load_summary(database, date(2026, 11, 9)).strength
    assert bridged == pytest.approx(1 - 0.5 ** (8 / 13))  # as after eight perfect days


def test_summary_of_an_earlier_day(database: sqlite3.Connection, did: Did) -> None:
    for day in november(12, 13, 14, 18, 19):
        did(day)
    assert load_summary(database, date(2026, 11, 14)).as_json()["current"] == 3
    assert load_summary(database, date(2026, 11, 14)).longest == 3
    assert load_summary(database, date(2026, 11, 1)).as_json()["current"] == 0


def days(*entries: tuple[int, int]) -> list[DaySums]:
    return [DaySums(f"2026-11-{day:02}", 1, hours * HOUR, hours * HOUR) for day, hours in entries]


@pytest.mark.parametrize(
    ("sums", "lost"),
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
def test_lost_days(sums: list[DaySums], lost: set[int]) -> None:
    assert lost_days(sums) == november(*lost)


def test_lost_day_does_not_end_the_streak(database: sqlite3.Connection, did: Did) -> None:
    did(date(2026, 11, 18), utc_offset_s=-8 * HOUR)
    did(FRIDAY, utc_offset_s=9 * HOUR)
    summary = load_summary(database, FRIDAY)
    assert (summary.streak.length, summary.adherence_7) == (2, 1)
    assert summary.freezes.frozen == frozenset()


def test_day_that_came_twice_counts_once(database: sqlite3.Connection, did: Did) -> None:
    did(FRIDAY, utc_offset_s=9 * HOUR)
    did(FRIDAY, utc_offset_s=-8 * HOUR)
    assert load_summary(database, FRIDAY).streak.length == 1


def test_today_lists_its_sessions_newest_first(database: sqlite3.Connection, did: Did) -> None:
    assert load_glance(database, FRIDAY).today[2:] == (1, 0, [])
    earlier, later = did(FRIDAY, started_ms=1_795_164_000_000), did(FRIDAY, started_ms=1_795_178_000_000)
    assert load_glance(database, FRIDAY).today[2:] == (1, 2, [later, earlier])


def test_today_follows_the_counting_rules(database: sqlite3.Connection, did: Did) -> None:
    did(FRIDAY, Outcome.PARTIAL, done_ms=59_000)
    did(FRIDAY, source=Source.MANUAL)
    rules = [CountingRules(), CountingRules(partial_counts=True), CountingRules(True, True)]  # noqa: FBT003 - both
    assert [load_glance(database, FRIDAY, one).today.done for one in rules] == [0, 1, 2]
    assert len(load_glance(database, FRIDAY).today.sessions) == 2
