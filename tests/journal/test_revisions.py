"""Notes, deletions and comfort: rows of their own, of which the latest wins whatever the order they came in."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.errors import CoachError
from stretch_coach.journal.database import open_for_reading, open_for_writing
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.records import Outcome, SessionRecord, Source
from stretch_coach.journal.revisions import (
    MAX_NOTE_LENGTH,
    delete_session,
    note_session,
    rate_comfort,
    restore_session,
)
from stretch_coach.journal.schema import MIGRATIONS
from stretch_coach.journal.sessions import (
    SessionQuery,
    find_session,
    last_session,
    list_day_sums,
    list_sessions,
    save_session,
    times_done,
)
from tests.journal.stored import count_revisions

Did = Callable[..., SessionRecord]
ADD = "INSERT INTO revision VALUES(?, ?, ?, NULL, ?, ?)"


def test_latest_revision_wins(database: sqlite3.Connection, did: Did) -> None:
    one = did()
    note_session(database, one.id, "  stiff \n on the left ", 1)
    rate_comfort(database, one.id, before=6, at_ms=2)
    rate_comfort(database, one.id, after=3, at_ms=3)
    [shown] = list_sessions(database)
    assert (shown.note, shown.comfort_before, shown.comfort_after) == ("stiff on the left", 6, 3)
    note_session(database, one.id, "", 4)
    rate_comfort(database, one.id, before=0, at_ms=4)
    shown = find_session(database, one.id)
    assert (shown.note, shown.comfort_before, shown.comfort_after) == (None, 0, 3)
    assert count_revisions(database, one.id) == 5  # nothing was rewritten


def test_latest_revision_wins_after_the_clock_was_set_back(database: sqlite3.Connection, did: Did) -> None:
    one = did()
    note_session(database, one.id, "first", 5000)
    note_session(database, one.id, "second", 10)
    assert find_session(database, one.id).note == "second"


def test_deleted_session_is_left_out_until_it_is_restored(database: sqlite3.Connection, did: Did) -> None:
    kept, gone = did(date(2026, 11, 19)), did()
    before = list_day_sums(database)
    delete_session(database, gone.id, 1)
    assert [one.id for one in list_sessions(database)] == [kept.id]
    assert [one.day for one in list_day_sums(database)] == [kept.day]
    assert last_session(database) == kept
    assert [one.id for one in list_sessions(database, SessionQuery(deleted=True))] == [gone.id]
    assert find_session(database, gone.id).deleted
    restore_session(database, gone.id, 2)
    assert list_day_sums(database) == before
    assert list_sessions(database) == [gone, kept]


def test_deleted_session_does_not_count_for_known_exercises(database: sqlite3.Connection, did: Did) -> None:
    one = did()
    database.execute("INSERT INTO step VALUES(?, 1, '', 'chin-tuck', 1, 1, 1, 1, 'done')", (one.id,))
    assert times_done(database) == {"chin-tuck": 1}
    delete_session(database, one.id, 1)
    assert times_done(database) == {}


def test_revision_may_come_before_its_session(database: sqlite3.Connection, session: Did) -> None:
    one = session()
    rate_comfort(database, one.id, before=4, at_ms=1)
    note_session(database, one.id, "early", 1)
    save_session(database, one._replace(outcome=Outcome.INTERRUPTED, done_ms=0))
    save_session(database, one)
    assert find_session(database, one.id) == one._replace(comfort_before=4, note="early")
    gone = session()
    delete_session(database, gone.id, 1)
    save_session(database, gone)
    assert [day.sessions for day in list_day_sums(database)] == [1]


@pytest.mark.parametrize(
    ("text", "message"), [("x" * (MAX_NOTE_LENGTH + 1), "501 characters"), ("a\x1b[31m", "cannot be")]
)
def test_invalid_note_is_refused(database: sqlite3.Connection, did: Did, text: str, message: str) -> None:
    one = did()
    with pytest.raises(CoachError, match=message):
        note_session(database, one.id, text, 1)
    assert count_revisions(database, one.id) == 0


@pytest.mark.parametrize("rating", [-1, 11])
def test_invalid_rating_is_refused(database: sqlite3.Connection, did: Did, rating: int) -> None:
    with pytest.raises(CoachError, match="from 0"):
        rate_comfort(database, did().id, before=rating, at_ms=1)


def test_session_is_found_by_the_start_of_its_id(database: sqlite3.Connection, did: Did) -> None:
    one, other = did(started_ms=1_000_000_000), did(started_ms=1_795_132_800_000)
    assert find_session(database, one.id[:8].upper()) == one
    assert find_session(database, other.id) == other
    for start, message in (("0", "several"), ("", "no session"), ("ff", "no session"), ("0'--%\x1b", "no session")):
        with pytest.raises(CoachError, match=message):
            find_session(database, start)


SESSION = SessionRecord(
    "s" * 36, 0, 0, 0, "", "2026-11-20", "r", "t", 1, 1, 1, 1, Outcome.COMPLETED, Source.TIMER, None
)
FIELDS = {"note": st.sampled_from([None, "a", "b"]), "deleted": st.sampled_from([0, 1])}
FIELDS |= {name: st.none() | st.integers(0, 10) for name in ("comfort_before", "comfort_after")}
SAID = st.sampled_from(sorted(FIELDS)).flatmap(
    lambda field: st.tuples(st.integers(0, 3), st.just(field), FIELDS[field], st.integers(0, 5))
)


@given(st.lists(SAID, max_size=8), st.integers(0, 8), st.randoms(use_true_random=False))
def test_order_of_revisions_does_not_matter(
    said: list[tuple[int, str, object, int]], when: int, dice: random.Random
) -> None:
    rows = [(new_id(number), "s" * 36, at_ms, field, value) for number, (at_ms, field, value, _) in enumerate(said)]
    expected: dict[str, object] = {"deleted": 0, "note": None, "comfort_before": None, "comfort_after": None}
    expected |= {field: value for _, _, _, field, value in sorted(rows, key=lambda row: (row[2], row[0]))}
    dice.shuffle(rows)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        for statement in ";\n".join(MIGRATIONS).split(";\n"):
            database.execute(statement)
        for number, row in enumerate([*rows, None]):
            if number == min(when, len(rows)):
                save_session(database, SESSION._replace(id="s" * 36))
            if row:
                database.execute(ADD, row)
        columns = database.execute("SELECT deleted, note, comfort_before, comfort_after FROM session")
        assert columns.fetchone() == tuple(expected.values())
        assert database.execute("SELECT count(*) FROM day_sum").fetchone() == (1 - bool(expected["deleted"]),)


DAYS = [date(2026, 11, 19), date(2026, 11, 20)]
RECOUNT = """SELECT day, count(*), sum(outcome = 'completed' AND source <> 'manual'), sum(done_ms), min(utc_offset_s),
  max(utc_offset_s) FROM session WHERE deleted = 0 GROUP BY day ORDER BY day"""
SUMS = "SELECT day, sessions, completed, done_ms, least_offset_s, most_offset_s FROM day_sum ORDER BY day"


def test_triggers_keep_the_sums_of_the_sessions(database: sqlite3.Connection, did: Did) -> None:
    database.execute("PRAGMA synchronous=OFF")
    dice, known = random.Random(5), []  # noqa: S311 - for a test
    for at_ms in range(300):
        match dice.randrange(5):
            case 0 | 1:
                outcome, offset = dice.choice(list(Outcome)), dice.choice([0, 3600])
                known.append(did(dice.choice(DAYS), outcome, done_ms=dice.randrange(60_000), utc_offset_s=offset))
            case 2 if known:
                one = dice.choice(known)
                save_session(database, one._replace(done_ms=dice.randrange(60_000), outcome=dice.choice(list(Outcome))))
            case 3 if known:
                dice.choice([delete_session, restore_session])(database, dice.choice(known).id, at_ms)
            case 4 if known:
                one = known.pop(dice.randrange(len(known)))
                database.execute("DELETE FROM session WHERE id = ?", (one.id,))
        assert database.execute(SUMS).fetchall() == database.execute(RECOUNT).fetchall()
        habits = database.execute("SELECT coalesce(sum(sessions), 0), coalesce(sum(done_ms), 0) FROM habit_sum")
        living = database.execute("SELECT count(*), coalesce(sum(done_ms), 0) FROM session WHERE deleted = 0")
        assert habits.fetchone() == living.fetchone()


def test_migration_of_the_first_version_keeps_everything(history: Path, session: Did, now_ms: int) -> None:
    one = session()
    with closing(open_for_writing(history, now_ms, MIGRATIONS[:1])) as old:
        row = one[:16]
        old.execute(f"INSERT INTO session VALUES({','.join('?' * 16)})", row)
        old.execute("INSERT INTO plan VALUES('2026-11-02', 'mon,tue', 2)")
    with closing(open_for_reading(history)) as read, closing(open_for_writing(history, now_ms)) as written:
        for database in (read, written):
            assert list_sessions(database) == [one]
            assert [day.done for day in list_day_sums(database)] == [1]
            assert database.execute("SELECT from_day, days, per_day, at_ms FROM plan_change").fetchall() == [
                ("2026-11-02", "mon,tue", 2, 0)
            ]
