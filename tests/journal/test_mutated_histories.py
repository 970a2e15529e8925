"""Mutated histories and exports: each is used, or refused with a sentence. No other error leaves the journal.

The input with a given number is the same in every run. `tests/bench/mutated_files.py` tries thousands.
"""

import io
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from stretch_coach.errors import CoachError
from stretch_coach.journal.backup_checks import backup_warnings
from stretch_coach.journal.backups import back_up, restore_hint
from stretch_coach.journal.comfort import around_sessions
from stretch_coach.journal.database import (
    find_damage,
    friendly_errors,
    open_for_reading,
    open_for_writing,
    set_aside_damaged,
)
from stretch_coach.journal.day import CountingRules
from stretch_coach.journal.exchange.archive import MAGIC, Archive, write_archive
from stretch_coach.journal.exchange.lines import find_devices, merge_file, read_lines, write_lines
from stretch_coach.journal.exchange.record_type import ExportRange
from stretch_coach.journal.exchange.spreadsheet import write_table
from stretch_coach.journal.freezes import record_frozen_days
from stretch_coach.journal.glance import load_glance
from stretch_coach.journal.plan import Plan, set_plan
from stretch_coach.journal.prompts import Answer, PromptRecord, count_answers, save_prompts
from stretch_coach.journal.records import SessionRecord, StepOutcome, StepRecord
from stretch_coach.journal.report.facts import load_report
from stretch_coach.journal.report.page import PageTexts, write_report
from stretch_coach.journal.revisions import delete_session, note_session, rate_comfort
from stretch_coach.journal.sentences import session_facts, session_line, streak_sentence, today_sentence
from stretch_coach.journal.sessions import last_session, list_sessions, list_steps, save_session, times_done
from stretch_coach.journal.statistics import load_statistics
from stretch_coach.journal.summary import close_days
from stretch_coach.journal.transaction import transaction
from stretch_coach.paths import Places
from tests.routine.test_mutated_files import mutate

FRIDAY = date(2026, 11, 20)
NOW_MS = 1_795_176_000_000
STEP = StepRecord(1, "left", "chin-tuck", 25_000, 25_000, 2, 2, StepOutcome.DONE)
PROMPT = PromptRecord(f"{1:036d}", 1, NOW_MS, 0, "2026-11-20", "desk", "micro-break", Answer.STARTED)


def make_history(file: Path, make_session: Callable[..., SessionRecord]) -> bytes:
    """Create a history that has something of everything, and return its bytes."""
    with closing(open_for_writing(file, NOW_MS)) as database:
        for number in range(40):
            one = make_session(date(2026, 11, 1 + number // 2))
            save_session(database, one, [STEP, STEP._replace(side="right")])
            if number % 5 == 0:
                note_session(database, one.id, f"note {number}", number)
                rate_comfort(database, one.id, before=number % 11, after=3, at_ms=number)
        delete_session(database, one.id, NOW_MS)
        set_plan(database, date(2026, 11, 2), Plan(frozenset({0, 2, 4})), NOW_MS)
        record_frozen_days(database, [date(2026, 11, 19)])
        save_prompts(database, [PROMPT])
    return file.read_bytes()


def make_exports(history: Path) -> list[tuple[Path, bytes]]:
    """Return an export in lines and an archive of a history."""
    with closing(open_for_reading(history)) as database:
        lines = list(write_lines(database, ExportRange(deleted=True)))
    archive = io.BytesIO()
    write_archive(archive, lines, {"config.toml": b"# mine\n"})
    return [(Path("a.jsonl"), "".join(lines).encode()), (Path("a.zip"), archive.getvalue())]


def mutate_database(number: int, content: bytes) -> bytes:
    """Return a database of which some bytes, a page, or the end is changed, or one with mutated text."""
    rng = random.Random(number)  # noqa: S311 - the same inputs in every run, nothing secret
    changed = bytearray(content)
    match rng.randrange(4):
        case 0:
            for _ in range(rng.choice([1, 3, 30])):
                changed[rng.randrange(len(changed))] = rng.randrange(256)
        case 1:
            page = rng.randrange(len(changed) // 4096) * 4096
            changed[page : page + 4096] = rng.choice([b"\0", b"\xff", rng.randbytes(1)]) * 4096
        case 2:
            del changed[rng.randrange(len(changed)) :]
        case _:
            old = rng.choice([b"2026-11-1", b"completed", b"timer", b"done", b"mon,wed", b"micro-break", b"started"])
            place = changed.find(old, rng.randrange(len(changed)))
            if place >= 0:
                changed[place : place + len(old)] = rng.choice([b"\xff", b"9", b"\0", b"-"]) * len(old)
    return bytes(changed)


def use_history(places: Places) -> bool:
    """Do with a history what commands and screens do; return whether all of it worked."""
    file, worked = places.history, True
    for use in (_read, _set_aside_and_write, _back_up):
        try:
            with friendly_errors(file):
                use(places)
        except CoachError:
            worked = False
    return worked


def _read(places: Places) -> None:
    with closing(open_for_reading(places.history)) as database:
        today = load_glance(database, FRIDAY).today
        assert today_sentence(today)
        assert streak_sentence(today.summary)
        for one in list_sessions(database):
            session_line(one)
            session_facts(one)
            list_steps(database, one.id)
        last_session(database)
        times_done(database)
        found = load_statistics(database, None, FRIDAY)
        around_sessions(found.comfort)
        found.weeks()
        count_answers(database)
        list(write_table(database, ExportRange(deleted=True)))
        for line in write_lines(database, ExportRange(deleted=True)):
            line.encode()
        facts = load_report(database, date(2026, 11, 1), FRIDAY, CountingRules(), with_notes=True)
        write_report(facts, PageTexts({}, "", FRIDAY, "0"))


def _set_aside_and_write(places: Places) -> None:
    set_aside_damaged(places.history, NOW_MS)
    with closing(open_for_writing(places.history, NOW_MS)) as database:
        close_days(database, FRIDAY)
        last = last_session(database)
        if last:
            save_session(database, last._replace(done_ms=1), [STEP])
            note_session(database, last.id, "again", NOW_MS)
        save_prompts(database, [PROMPT._replace(asking=2)])


def _back_up(places: Places) -> None:
    find_damage(places.history)
    restore_hint(places.history, FRIDAY)
    list(backup_warnings(places, FRIDAY))
    back_up(places, FRIDAY)


def merge_export(database: sqlite3.Connection, content: bytes) -> bool:
    """Import an export, and return whether all of it was valid."""
    try:
        lines: Iterator[bytes | None]
        if content.startswith(MAGIC):
            archive = Archive(io.BytesIO(content), "x.zip")
            archive.read_files()
            lines = archive.history_lines()
        else:
            lines = read_lines(io.BytesIO(content))
            find_devices(read_lines(io.BytesIO(content)), "x")
        with transaction(database):
            return merge_file(database, lines, "x").skipped == 0
    except CoachError:
        return False


def test_mutated_history_is_used_or_refused(
    places: Places, history: Path, session: Callable[..., SessionRecord]
) -> None:
    original = make_history(history, session)
    outcomes = {True: 0, False: 0}
    for number in range(60):
        history.write_bytes(mutate_database(number, original))
        try:
            outcomes[use_history(places)] += 1
        except Exception as error:
            error.add_note(f"mutated history number {number}")
            raise
    assert outcomes[False] > 10
    assert outcomes[True] > 10


def test_mutated_export_is_imported_or_refused(history: Path, session: Callable[..., SessionRecord]) -> None:
    make_history(history, session)
    exports = make_exports(history)
    outcomes = {True: 0, False: 0}
    with closing(open_for_writing(history.with_name("other.db"), NOW_MS)) as database:
        database.execute("PRAGMA synchronous=OFF")
        for number in range(100):
            _, content = mutate(number, exports)
            try:
                outcomes[merge_export(database, content)] += 1
            except Exception as error:
                error.add_note(f"mutated export number {number}")
                raise
    assert outcomes[False] > outcomes[True] > 0
