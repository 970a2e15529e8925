"""Histories as lines: without loss, in any order, repeatedly, and safe against whatever a file contains."""

import io
import json
import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.errors import CoachError
from stretch_coach.journal.doses import load_choices
from stretch_coach.journal.exchange.lines import (
    HEADER,
    MAX_LINE_BYTES,
    RECORD_TYPES,
    MergeResult,
    find_devices,
    merge_file,
    read_lines,
    write_lines,
)
from stretch_coach.journal.exchange.record_type import ExportRange, as_line
from stretch_coach.journal.freezes import record_frozen_days
from stretch_coach.journal.plan import Plan, load_plans, set_plan, withdraw_plan
from stretch_coach.journal.programs import load_program
from stretch_coach.journal.records import SessionRecord, StepOutcome, StepRecord
from stretch_coach.journal.revisions import delete_session, note_session, rate_comfort, restore_session
from stretch_coach.journal.schema import MIGRATIONS
from stretch_coach.journal.sessions import list_sessions, list_steps, save_session

Session = Callable[..., SessionRecord]
IDS = [f"019aa000-0000-7000-8000-00000000000{number}" for number in range(3)]
SESSION: dict[str, Any] = {
    "type": "session",
    "id": IDS[0],
    "started_at": "2026-11-20T09:00:00.250+01:00",
    "ended_at": None,
    "day": "2026-11-20",
    "routine": "micro-break",
    "title": "Micro break",
    "planned_seconds": 60,
    "done_seconds": 20.5,
    "outcome": "interrupted",
    "source": "timer",
    "device": None,
}


@contextmanager
def empty_history() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute("PRAGMA foreign_keys=ON")
        for script in MIGRATIONS:
            for statement in script.split(";\n"):
                database.execute(statement)
        database.execute("INSERT INTO identity VALUES(?)", (IDS[0],))
        yield database


def merge_bytes(database: sqlite3.Connection, content: bytes) -> MergeResult:
    return merge_file(database, read_lines(io.BytesIO(content)), "some.jsonl")


def merge(database: sqlite3.Connection, *records: dict[str, Any] | str) -> MergeResult:
    text = HEADER + "".join(one if isinstance(one, str) else as_line(one) for one in records)
    return merge_bytes(database, text.encode("utf-8", "surrogatepass"))


def whole(database: sqlite3.Connection) -> str:
    return "".join(write_lines(database, ExportRange(deleted=True)))


def test_export_can_be_imported_without_loss(database: sqlite3.Connection, session: Session, now_ms: int) -> None:
    one = session(utc_offset_s=-12_345, started_ms=now_ms + 43_200_007, done_ms=59_501)._replace(clock_suspect=True)
    steps = [StepRecord(1, side, "chin-tuck", 25_000, 24_999, 2, 1, StepOutcome.PARTIAL) for side in ("left", None)]
    save_session(database, one, steps)
    gone = session()
    save_session(database, gone)
    note_session(database, one.id, 'Hals „Nacken", 🙆', now_ms)
    rate_comfort(database, one.id, before=10, after=0, at_ms=now_ms)
    delete_session(database, gone.id, now_ms)
    set_plan(database, date(2026, 11, 2), Plan(frozenset({0, 4}), 3), now_ms)
    set_plan(database, date(2026, 11, 9), Plan(), now_ms)
    withdraw_plan(database, date(2026, 11, 9), now_ms)
    record_frozen_days(database, [date(2026, 11, 18)])
    with empty_history() as other:
        merged = merge(other, whole(database).removeprefix(HEADER))
        assert (merged.skipped, merged.known) == (0, 0)
        assert list_sessions(other) == list_sessions(database)
        assert list_steps(other, one.id) == list_steps(database, one.id)
        assert load_plans(other) == load_plans(database)
        assert whole(other) == whole(database)
        assert not merge(other, whole(database).removeprefix(HEADER)).new


def test_export_says_of_deleted_sessions_only_that(database: sqlite3.Connection, session: Session) -> None:
    gone = session()
    save_session(database, gone)
    note_session(database, gone.id, "private", 1)
    delete_session(database, gone.id, 2)
    [revision] = [json.loads(line) for line in list(write_lines(database))[1:]]
    assert (revision["type"], revision["field"], revision["value"]) == ("revision", "deleted", True)
    restore_session(database, gone.id, 3)
    kinds = [json.loads(line)["type"] for line in list(write_lines(database))[1:]]
    assert kinds == ["session", "revision", "revision", "revision"]


def test_export_range_includes_the_plan_at_its_start(database: sqlite3.Connection, session: Session) -> None:
    for day in (date(2026, 11, 1), date(2026, 11, 10), date(2026, 11, 20)):
        one = session(day)
        save_session(database, one)
        note_session(database, one.id, str(day), 1)
        set_plan(database, day, Plan(), 1)
    records = [json.loads(line) for line in write_lines(database, ExportRange(date(2026, 11, 5), date(2026, 11, 10)))]
    assert sorted(one["from"] for one in records if one.get("type") == "plan") == ["2026-11-01", "2026-11-10"]
    assert [one["day"] for one in records if one.get("type") == "session"] == ["2026-11-10"]
    assert [one["value"] for one in records if one.get("type") == "revision"] == ["2026-11-10"]


MOMENTS = st.sampled_from(["2026-11-20T09:00:00+00:00", "2026-11-20T09:00:01+00:00"])
SESSIONS = st.fixed_dictionaries(
    {"id": st.sampled_from(IDS), "done_seconds": st.integers(0, 2), "ended_at": st.none() | MOMENTS}
).map(lambda some: SESSION | some)
STEPS = st.integers(0, 2).map(
    lambda done: (
        {"step": 1, "side": None, "exercise": None, "planned_seconds": 2, "done_seconds": done}
        | {"reps": 1, "reps_done": 0, "outcome": "partial"}
    )
)
WITH_STEPS = st.builds(lambda session, steps: session | {"steps": steps}, SESSIONS, st.lists(STEPS, max_size=1))
VALUES = st.sampled_from([("note", "a"), ("note", None), ("deleted", True), ("deleted", False), ("comfort_after", 3)])
REVISIONS = st.builds(
    lambda id_, session, at, said: (
        {"type": "revision", "id": id_, "session": session, "at": at, "field": said[0], "value": said[1]}
    ),
    st.sampled_from(IDS),
    st.sampled_from(IDS),
    MOMENTS,
    VALUES,
)
PLANS = st.builds(
    lambda id_, at, days: {"type": "plan", "id": id_, "at": at, "from": "2026-11-02"} | days,
    st.sampled_from(IDS),
    MOMENTS,
    st.sampled_from([{"days": ["mon"]}, {"days": ["tue", "mon"], "per_day": 2}, {"withdrawn": True}]),
)
FREEZES = st.sampled_from(["2026-11-18", "2026-11-19"]).map(lambda day: {"type": "freeze", "day": day})
PROGRAMS = st.builds(
    lambda id_, at, program: (
        {"type": "program", "id": id_, "at": at, "from": "2026-11-02"}
        | ({"program": program, "days": "micro-break;-;micro-break,x", "weekdays": "mon,fri"} if program else {})
    ),
    st.sampled_from(IDS),
    MOMENTS,
    st.sampled_from(["desk-days", "build-up", None]),
)
DOSES = st.builds(
    lambda id_, at, steps, accepted: (
        {"type": "dose", "id": id_, "at": at, "day": "2026-11-02"}
        | {"exercise": "chin-tuck", "steps": steps, "accepted": accepted}
    ),
    st.sampled_from(IDS),
    MOMENTS,
    st.integers(-1, 3),
    st.booleans(),
)
RECORDS = st.lists(st.one_of(WITH_STEPS, REVISIONS, PLANS, FREEZES, PROGRAMS, DOSES), max_size=6)


@given(RECORDS, RECORDS, st.randoms(use_true_random=False))
def test_merge_is_commutative_associative_and_idempotent(
    one: list[dict[str, Any]], other: list[dict[str, Any]], dice: random.Random
) -> None:
    with empty_history() as first, empty_history() as second, empty_history() as third:
        assert merge(first, *one, *other).skipped == 0
        both = [*other, *one, *one]
        dice.shuffle(both)
        merge(second, *both)
        assert whole(second) == whole(first)
        merge(third, *other)
        there = whole(third)
        merge(third, *one)
        merge(third, there.removeprefix(HEADER))
        merge(third, whole(first).removeprefix(HEADER))
        assert whole(third) == whole(first)
        shown = [list_sessions(database) for database in (first, second, third)]
        assert shown[0] == shown[1] == shown[2]
        assert load_plans(first) == load_plans(second) == load_plans(third)
        assert load_program(first) == load_program(second) == load_program(third)
        assert load_choices(first) == load_choices(second) == load_choices(third)


def test_merge_keeps_the_copy_of_a_session_that_has_more(database: sqlite3.Connection) -> None:
    ended = SESSION | {"ended_at": "2026-11-20T09:01:00+01:00", "outcome": "completed", "done_seconds": 60}
    merge(database, SESSION, {"type": "revision", "id": IDS[1], "session": IDS[0], "at": SESSION["started_at"]}
         | {"field": "note", "value": "kept"}, ended, SESSION)  # fmt: skip
    [kept] = list_sessions(database)
    assert (kept.done_ms, kept.outcome.value, kept.note) == (60_000, "completed", "kept")


WRONG: list[tuple[dict[str, Any] | str, str]] = [
    ("{\n", "is not JSON"),
    ('{"type": "session", "planned_seconds": NaN}\n', "is not JSON"),
    ("[" * 100_000 + "\n", "is not JSON"),
    ('{"n": ' + "9" * 5000 + "}\n", "is not JSON"),
    ("[]\n", "not a JSON object"),
    ("{}\n", '"type" is not one of plan, freeze, program, dose, session, revision'),
    ({"type": "\x1b[31mred"}, r'"\\u001b\[31mred", which is not one of plan'),
    ({"type": ["session"]}, '"type" is not one of'),
    ("x" * (MAX_LINE_BYTES + 1) + "\n", "longer than"),
    (SESSION | {"id": "1"}, '"id" is not a UUID'),
    (SESSION | {"id": IDS[0].upper()}, '"id" is not a UUID'),
    (SESSION | {"title": "a\u202eb"}, '"title" has a character'),
    (SESSION | {"title": "a\nb"}, '"title" has a character'),
    (SESSION | {"title": ""}, '"title" is not text'),
    (SESSION | {"routine": "x" * 201}, '"routine" is longer'),
    (SESSION | {"zone": "\x00"}, '"zone" has a character'),
    (SESSION | {"started_at": "2026-11-20T09:00:00"}, '"started_at" is not a time with its offset'),
    (SESSION | {"started_at": "0001-01-01T00:00:00+00:00"}, '"started_at" is not between the years'),
    (SESSION | {"started_at": 5}, '"started_at" is not a time'),
    (SESSION | {"day": "2026-11-18"}, '"day" is neither'),
    (SESSION | {"day": "20261120"}, '"day" is not a day'),
    (SESSION | {"planned_seconds": 0}, '"planned_seconds" is not a number of seconds'),
    (SESSION | {"planned_seconds": True}, '"planned_seconds" is not'),
    (SESSION | {"done_seconds": 1e300}, '"done_seconds" is not'),
    (SESSION | {"planned_seconds": 10**400}, '"planned_seconds" is not a number of seconds'),
    (SESSION | {"planned_seconds": -(10**400)}, '"planned_seconds" is not a number of seconds'),
    ('{"type": "session", "planned_seconds": Infinity}\n', "is not JSON"),
    (as_line(SESSION).replace("20.5", "1e999"), '"done_seconds" is not'),
    (SESSION | {"segments": 10**400}, '"segments" is not a whole number'),
    (SESSION | {"started_at": "9999-12-31T23:59:59+00:00"}, '"started_at" is not between the years'),
    (SESSION | {"ended_at": "0001-01-01T00:00:00+14:00"}, '"ended_at" is not between the years'),
    (SESSION | {"day": "9999-12-31"}, '"day" is not a day'),
    (SESSION | {"done_seconds": -1}, '"done_seconds" is not'),
    (SESSION | {"outcome": "finished"}, '"outcome" is not one of completed'),
    (SESSION | {"outcome": []}, '"outcome" is not one of'),
    (SESSION | {"source": None}, '"source" is not one of'),
    (SESSION | {"segments": 2, "segments_done": 3}, '"segments_done" is not'),
    (SESSION | {"clock_suspect": 1}, '"clock_suspect" is neither'),
    (SESSION | {"steps": [1]}, '"steps" is not a list'),
    (SESSION | {"steps": [{}]}, '"reps" is not'),
    (SESSION | {"mood": 3}, '"mood" is not a known field'),
    ({"type": "plan", "from": "2026-11-02"}, '"days" is not a list of one or more'),
    ({"type": "plan", "from": "2026-11-02", "days": []}, '"days" is not a list of one or more'),
    ({"type": "plan", "from": "2026-11-02", "days": ["funday"]}, '"days" is not a list'),
    ({"type": "plan", "from": "2026-11-02", "days": [["mon"]]}, '"days" is not a list'),
    ({"type": "plan", "from": "2026-11-02", "days": ["mon"], "per_day": 25}, '"per_day" is not'),
    ({"type": "freeze", "day": "2026-02-30"}, '"day" is not a day'),
    ({"type": "program", "id": IDS[1], "at": SESSION["started_at"], "from": "today"}, '"from" is not a day'),
    ({"type": "program", "id": IDS[1], "at": SESSION["started_at"], "from": "2026-11-02", "program": "x"}
     | {"days": "micro-break;;-", "weekdays": "mon"}, '"days" is not a list of routines'),
    ({"type": "program", "id": IDS[1], "at": SESSION["started_at"], "from": "2026-11-02", "program": "x"}
     | {"days": "micro-break", "weekdays": "funday"}, '"weekdays" is not a list of weekdays'),
    ({"type": "dose", "id": IDS[1], "at": SESSION["started_at"], "day": "2026-11-02", "steps": 4}, '"steps" is not'),
    ({"type": "revision", "id": IDS[1], "session": IDS[0], "at": SESSION["started_at"], "field": "mood"}, '"field"'),
    ({"type": "revision", "id": IDS[1], "session": IDS[0], "at": SESSION["started_at"]}
     | {"field": "comfort_after", "value": 11}, '"value" is not a whole number from 0 to 10'),
]  # fmt: skip


@pytest.mark.parametrize(("line", "reason"), WRONG)
def test_invalid_line_is_reported_and_skipped(
    database: sqlite3.Connection, line: dict[str, Any] | str, reason: str
) -> None:
    merged = merge(database, SESSION, line, "\n", SESSION | {"id": IDS[1]})
    assert merged.skipped == 1
    [problem] = merged.reported
    assert problem.line == 3
    assert re.search(reason, problem.reason), problem
    assert problem.reason.isprintable()
    assert {one.id for one in list_sessions(database)} == set(IDS[:2])


def test_line_that_is_not_utf_8_is_skipped(database: sqlite3.Connection) -> None:
    content = HEADER.encode() + b"\xff\xfe\n" + as_line(SESSION).encode()
    assert merge_bytes(database, content).skipped == 1
    assert len(list_sessions(database)) == 1


def test_session_that_is_unusable_here_is_replaced_by_a_valid_copy(database: sqlite3.Connection) -> None:
    merge(database, SESSION, SESSION | {"id": IDS[1]})
    database.execute("PRAGMA ignore_check_constraints=1")
    database.execute("UPDATE session SET outcome = 'wonderful', utc_offset_s = 1000000000 WHERE id = ?", IDS[:1])
    database.execute("PRAGMA ignore_check_constraints=0")
    assert [one.id for one in list_sessions(database)] == [IDS[1]]
    assert merge(database, SESSION).new == {"session": 1}
    assert {one.id for one in list_sessions(database)} == set(IDS[:2])


def test_truncated_last_line_is_reported(database: sqlite3.Connection) -> None:
    assert str(merge(database, SESSION, '{"type": "sess').reported[0]) == "line 3 is not JSON."


def test_only_the_first_invalid_lines_are_reported(database: sqlite3.Connection) -> None:
    merged = merge(database, "x\n" * 5000)
    assert (len(merged.reported), merged.skipped) == (20, 5000)


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        (b"", "is not an exported history"),
        (b"id,started_at\n", "is not an exported history"),
        (b'{"format": "other", "version": 1}\n', "is not an exported history"),
        (b'{"format": "stretch-coach-history", "version": true}\n', "is not an exported history"),
        (b"\x00" * 100, "is not an exported history"),
        (b'{"format": "stretch-coach-history", "version": 2}\n', "was written by a newer Stretch Coach"),
    ],
)
def test_file_that_is_no_export_is_refused(database: sqlite3.Connection, first: bytes, reason: str) -> None:
    with pytest.raises(CoachError, match=reason):
        merge_bytes(database, first + as_line(SESSION).encode())
    assert list_sessions(database) == []


def test_byte_order_mark_is_accepted(database: sqlite3.Connection) -> None:
    merge_bytes(database, b"\xef\xbb\xbf" + HEADER.encode() + as_line(SESSION).encode())
    assert len(list_sessions(database)) == 1


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda some: st.lists(some)
       | st.dictionaries(st.sampled_from([*SESSION, "steps", "days", "from", "at", "field", "value", "x"]), some)),
       st.sampled_from([*RECORD_TYPES]),
       st.sampled_from([*SESSION, "steps", "days"]))  # fmt: skip
def test_any_value_is_imported_or_reported(value: Any, kind: str, name: str) -> None:
    with empty_history() as database:
        try:
            line = as_line(SESSION | {"type": kind, name: value})
        except ValueError:
            return
        merged = merge(database, line)
        assert len(merged.reported) + merged.known + sum(merged.new.values()) == 1


def test_devices_are_found_without_checking_the_lines() -> None:
    other = SESSION | {"device": "other"}
    plan = {"type": "plan", "from": "2026-11-20", "days": ["mon"], "device": "planner"}
    unnamed = {key: value for key, value in SESSION.items() if key != "device"}
    lines = [HEADER, as_line(other), json.dumps(other, indent=None, separators=(" , ", " : ")) + "\n", "{", "\n"]
    lines += [as_line(plan), as_line(unnamed), '{"type":"freeze","day":"2026-11-20"}\n']
    found = find_devices([*(line.encode() for line in lines), None], "x")
    assert found == {"other": 2, "planner": 0, "": 1}
    assert set(found) == {"other", "planner", ""}


def test_devices_of_what_is_not_a_history_are_not_looked_for() -> None:
    with pytest.raises(CoachError, match="x is not an exported history"):
        find_devices(iter([b"something else\n"]), "x")
