"""Machines that share a folder come to the same history, whatever the order, and however the folder is carried."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.journal.database import open_for_writing
from stretch_coach.journal.exchange import HEADER, write_lines
from stretch_coach.journal.exchange_types import Range
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.revisions import delete_session, note_session
from stretch_coach.journal.sessions import device_id, list_sessions, save_session
from stretch_coach.journal.sync import sync_folder

Session = Callable[..., SessionRecord]


@pytest.fixture
def machines(tmp_path: Path, now_ms: int) -> Iterator[list[sqlite3.Connection]]:
    """Three machines with a history each."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(closing(open_for_writing(tmp_path / f"{name}.db", now_ms + index)))
            for index, name in enumerate("abc")
        ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shared folder."""
    shared = tmp_path / "shared"
    shared.mkdir()
    return shared


def whole(database: sqlite3.Connection) -> str:
    return "".join(write_lines(database, Range(deleted=True)))


def test_all_come_to_the_same(machines: list[sqlite3.Connection], folder: Path, session: Session) -> None:
    dice = random.Random(7)  # noqa: S311 - for a test
    for _ in range(60):
        machine = dice.choice(machines)
        match dice.randrange(4):
            case 0:
                save_session(machine, session())
            case 1 if known := list_sessions(machine):
                note_session(machine, dice.choice(known).id, f"note {dice.random()}", dice.randrange(100))
            case 2 if known := list_sessions(machine):
                delete_session(machine, dice.choice(known).id, dice.randrange(100))
            case _:
                sync_folder(machine, folder)
    for machine in [*machines, *machines]:
        sync_folder(machine, folder)
    assert len({whole(machine) for machine in machines}) == 1
    files = {file: file.read_bytes() for file in folder.iterdir()}
    for machine in machines:
        synced = sync_folder(machine, folder)
        assert not synced.came
        assert not synced.went
    assert {file: file.read_bytes() for file in folder.iterdir()} == files
    assert {file.stem for file in files} <= {device_id(machine) for machine in machines}


def test_an_old_file_only_grows(machines: list[sqlite3.Connection], folder: Path, session: Session) -> None:
    save_session(machines[0], session())
    sync_folder(machines[0], folder)
    [file] = folder.iterdir()
    before = file.read_bytes()
    save_session(machines[0], session())
    assert sync_folder(machines[0], folder).went == {"session": 1}
    assert file.read_bytes().startswith(before)


def test_a_last_line_on_its_way_is_left_for_the_next_time(
    machines: list[sqlite3.Connection], folder: Path, session: Session
) -> None:
    for _ in range(2):
        save_session(machines[0], session())
    sync_folder(machines[0], folder)
    [file] = folder.iterdir()
    content = file.read_bytes()
    for cut in (0, 10, len(HEADER), len(content) - 30, len(content) - 1):
        file.write_bytes(content[:cut])
        synced = sync_folder(machines[1], folder)
        assert [problem for _, problem in synced.problems if not isinstance(problem, CoachError)] == []
    assert len(list_sessions(machines[1])) == 1
    file.write_bytes(content)
    sync_folder(machines[1], folder)
    assert len(list_sessions(machines[1])) == 2


def test_what_this_machine_could_not_finish_is_cut_off_and_written_again(
    machines: list[sqlite3.Connection], folder: Path, session: Session
) -> None:
    for _ in range(2):
        save_session(machines[0], session())
    sync_folder(machines[0], folder)
    [file] = folder.iterdir()
    content = file.read_bytes()
    for cut in (3, len(content) - 30):
        file.write_bytes(content[:cut])
        sync_folder(machines[0], folder)
        assert file.read_bytes() == content


def test_a_newer_machines_file_is_named_and_the_rest_is_taken(
    machines: list[sqlite3.Connection], folder: Path, session: Session
) -> None:
    save_session(machines[0], session())
    sync_folder(machines[0], folder)
    (folder / "aaa.jsonl").write_text('{"format": "stretch-coach-history", "version": 9}\n', encoding="utf-8")
    synced = sync_folder(machines[1], folder)
    assert synced.came == {"session": 1}
    assert "newer" in str(synced.problems[0][1])


def test_a_place_that_is_no_folder_is_told(machines: list[sqlite3.Connection], tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="is not a folder"):
        sync_folder(machines[0], tmp_path / "nowhere")


def test_a_file_that_cannot_be_read_changes_nothing(
    machines: list[sqlite3.Connection], folder: Path, session: Session
) -> None:
    save_session(machines[0], session())
    sync_folder(machines[0], folder)
    (folder / "zzz.jsonl").mkdir()
    with pytest.raises(CoachError, match="cannot be used"):
        sync_folder(machines[1], folder)
    assert list_sessions(machines[1]) == []
