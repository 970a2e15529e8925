"""Writers of a history that are killed or lose their power, and what of it is lost."""

import os
import random
import select
import signal
import sqlite3
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

from stretch_coach.journal.backups import back_up, list_backups
from stretch_coach.journal.database import find_damage, open_for_writing
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.records import Outcome, SessionRecord, Source, StepOutcome, StepRecord
from stretch_coach.journal.sessions import list_sessions, save_session
from stretch_coach.paths import HOME_VARIABLE, find_places, make_private_folder
from tests.e2e.power_cut import Disk, record_calls

SEGMENTS = 5
TODAY = date(2026, 11, 20)
LONGEST_LIFE = 0.1
"""Seconds after which a writer is killed at the latest."""

START_SECONDS = 30.0
"""How long a writer may take at most to write for the first time."""

WRITER = """
import os, sys
from pathlib import Path
from tests.e2e.lost_sessions import write_sessions
write_sessions(Path(sys.argv[1]), 1, sessions=int(sys.argv[2]), synchronous=sys.argv[3])
"""


class Loss(NamedTuple):
    """What was lost.

    Attributes:
        interruptions: How often a writer was killed, or lost its power.
        acknowledged: How many segments had been acknowledged by then.
        lost: How many of these are not in the history.
        damaged: How many histories or backups are damaged.
    """

    interruptions: int
    acknowledged: int
    lost: int
    damaged: int


def write_sessions(file: Path, output: int, *, sessions: int, synchronous: str = "", first: int = 1) -> None:
    """Save sessions segment by segment, and write `id segments` to `output` after each that is saved."""
    with closing(open_for_writing(file, first)) as database:
        if synchronous:
            database.execute(f"PRAGMA synchronous={synchronous}")
        for number in range(first, first + sessions):
            _write_session(database, output, number)


def _write_session(database: sqlite3.Connection, output: int, number: int) -> None:
    ms = 1_795_176_000_000 + number
    session = SessionRecord(
        new_id(ms),
        *(ms, None, 0, "UTC", "2026-11-20", "micro-break", "One-minute micro-break", 60_000, 0, SEGMENTS, 0),
        *(Outcome.INTERRUPTED, Source.TIMER, None),
    )
    for done in range(SEGMENTS + 1):
        step = StepRecord(max(1, done), None, "chin-tuck", 12_000, 12_000, 1, 1, StepOutcome.DONE)
        save_session(database, session._replace(segments_done=done, done_ms=12_000 * done), [step])
        os.write(output, f"{session.id} {done}\n".encode())


def kill_writers(kills: int, folder: Path, seed: int = 1) -> Loss:
    """Kill processes at random moments while they write one history, and while they back it up."""
    dice = random.Random(seed)  # noqa: S311 - the moments of a simulation
    places = find_places({HOME_VARIABLE: str(folder / "home")})
    make_private_folder(places.data)
    open_for_writing(places.history, 1).close()
    acknowledged: dict[str, int] = {}
    damaged = 0
    for number in range(kills):
        output, child_output = os.pipe()
        child = os.fork()
        if not child:
            _write_until_killed(places.history, child_output, number, folder / "home")
        os.close(child_output)
        if number % 2:  # the others may be killed before they have written anything
            select.select([output], [], [], START_SECONDS)
        time.sleep(dice.uniform(0, LONGEST_LIFE))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(output, encoding="ascii") as lines:
            acknowledged |= {id_: int(done) for id_, done in (line.split() for line in lines if line.endswith("\n"))}
        damaged += sum(find_damage(backup.file) is not None for backup in list_backups(places.history, TODAY))
    damaged += find_damage(places.history) is not None
    return Loss(kills, sum(acknowledged.values()), _count_lost(places.history, acknowledged), damaged)


def _write_until_killed(file: Path, output: int, number: int, home: Path) -> None:
    try:
        while True:
            write_sessions(file, output, sessions=1, first=1 + number)
            if number % 10 == 0:
                back_up(find_places({HOME_VARIABLE: str(home)}), TODAY)
    finally:
        os._exit(1)


def cut_power(cuts: int, folder: Path, seed: int = 1, synchronous: str = "") -> Loss:
    """Cut the power of a writer at random moments, and check what its disk may hold then.

    Args:
        cuts: How often.
        folder: An empty folder.
        seed: Chooses the moments, and what of the unsynced is on the disk.
        synchronous: How the writer syncs, to see that less than what the program does would lose something.
    """
    dice = random.Random(seed)  # noqa: S311 - the moments of a simulation
    written = folder / "written"
    written.mkdir()
    arguments = [str(written / "history.db"), str(max(8, cuts // 10)), synchronous]
    calls = record_calls(WRITER, arguments, folder / "calls")
    first = next(index for index, call in enumerate(calls) if str(written).encode() in b"".join(call.texts))
    calls = calls[first:]
    moments = sorted(dice.sample(range(1, len(calls)), cuts))
    disk, done, acknowledged, lost, damaged = Disk(written), 0, 0, 0, 0
    for number, moment in enumerate(moments):
        for call in calls[done:moment]:
            disk.apply(call)
        done = moment
        after = folder / f"cut-{number}"
        after.mkdir()
        disk.write_after_power_cut(after, dice)
        durable = {id_.decode(): int(segments) for id_, segments in map(bytes.split, disk.acknowledged)}
        acknowledged += sum(durable.values())
        history = after / "history.db"
        if not history.exists():
            lost += sum(durable.values())
            continue
        lost += _count_lost(history, durable)
        damaged += find_damage(history) is not None
    return Loss(cuts, acknowledged, lost, damaged)


def _count_lost(history: Path, acknowledged: dict[str, int]) -> int:
    """Return how many acknowledged segments are not in a history; all of them if it cannot be opened."""
    try:
        with closing(open_for_writing(history, 1)) as database:
            recorded = {session.id: session.segments_done for session in list_sessions(database)}
    except Exception:  # noqa: BLE001 - whatever it is, nothing can be read
        return sum(acknowledged.values())
    return sum(max(0, done - recorded.get(id_, 0)) for id_, done in acknowledged.items())
