"""Machines that share a folder end up with the same history, whatever the order, and however the folder is synced."""

import os
import random
import socket
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import BinaryIO

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.files import open_regular_file
from stretch_coach.journal.database import open_for_writing
from stretch_coach.journal.exchange import sync
from stretch_coach.journal.exchange.lines import HEADER, write_lines
from stretch_coach.journal.exchange.record_type import ExportRange
from stretch_coach.journal.exchange.sync import sync_folder
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.revisions import delete_session, note_session
from stretch_coach.journal.sessions import device_id, list_sessions, save_session

Session = Callable[..., SessionRecord]


@pytest.fixture
def machines(tmp_path: Path, now_ms: int) -> Iterator[list[sqlite3.Connection]]:
    """Return the histories of three machines."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(closing(open_for_writing(tmp_path / f"{name}.db", now_ms + index)))
            for index, name in enumerate("abc")
        ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the shared folder."""
    shared = tmp_path / "shared"
    shared.mkdir()
    return shared


def whole(database: sqlite3.Connection) -> str:
    return "".join(write_lines(database, ExportRange(deleted=True)))


def test_synced_machines_have_the_same_history(
    machines: list[sqlite3.Connection], folder: Path, session: Session
) -> None:
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
        assert not synced.received
        assert not synced.sent
    assert {file: file.read_bytes() for file in folder.iterdir()} == files
    assert {file.stem for file in files} <= {device_id(machine) for machine in machines}


def test_sync_only_appends(machines: list[sqlite3.Connection], folder: Path, session: Session) -> None:
    save_session(machines[0], session())
    sync_folder(machines[0], folder)
    [file] = folder.iterdir()
    before = file.read_bytes()
    save_session(machines[0], session())
    assert sync_folder(machines[0], folder).sent == {"session": 1}
    assert file.read_bytes().startswith(before)


def test_sync_leaves_an_incomplete_last_line(
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
        assert not any("line" in problem for problem in synced.problems)
    assert len(list_sessions(machines[1])) == 1
    file.write_bytes(content)
    sync_folder(machines[1], folder)
    assert len(list_sessions(machines[1])) == 2


def test_sync_rewrites_its_own_incomplete_line(
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


def test_sync_reports_the_file_of_a_newer_version(
    machines: list[sqlite3.Connection], folder: Path, session: Session
) -> None:
    save_session(machines[0], session())
    sync_folder(machines[0], folder)
    (folder / "aaa.jsonl").write_text('{"format": "stretch-coach-history", "version": 9}\n', encoding="utf-8")
    synced = sync_folder(machines[1], folder)
    assert synced.received == {"session": 1}
    assert synced.problems == ["aaa.jsonl was written by a newer Stretch Coach."]


def test_sync_with_a_missing_folder_is_an_error(machines: list[sqlite3.Connection], tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="is not a folder"):
        sync_folder(machines[0], tmp_path / "nowhere")


@pytest.mark.skipif(sys.platform != "linux", reason="pipes, devices and links as on Linux")
def test_sync_skips_and_names_what_is_not_a_regular_file(
    machines: list[sqlite3.Connection], folder: Path, session: Session
) -> None:
    save_session(machines[0], session())
    sync_folder(machines[0], folder)
    (folder / "a-folder.jsonl").mkdir()
    os.mkfifo(folder / "b-pipe.jsonl")
    (folder / "c-device.jsonl").symlink_to("/dev/zero")
    (folder / "d-dangling.jsonl").symlink_to("/nonexistent")
    (folder / "e-loop.jsonl").symlink_to("e-loop.jsonl")
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(folder / "f-socket.jsonl"))
    (folder / "notes.txt").write_text("not ours", encoding="utf-8")
    synced = sync_folder(machines[1], folder)
    assert synced.received == {"session": 1}
    assert synced.files == 1
    assert synced.problems == [
        "a-folder.jsonl is not a file.",
        "b-pipe.jsonl is not a file.",
        "c-device.jsonl is not a file.",
        "d-dangling.jsonl cannot be read (No such file or directory).",
        "e-loop.jsonl cannot be read (Too many levels of symbolic links).",
        "f-socket.jsonl cannot be read (No such device or address).",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="it allows no such names")
def test_sync_escapes_the_names_of_files(machines: list[sqlite3.Connection], folder: Path) -> None:
    for name in (b"x\x1b]0;title\x07a.jsonl", b"x\ny.jsonl", b"\xff\xfe.jsonl"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(HEADER + "bad\n", encoding="utf-8")
    problems = sync_folder(machines[0], folder).problems
    assert len(problems) == 3
    assert all(problem.isprintable() and problem.endswith("line 2 is not JSON.") for problem in problems)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_sync_does_not_follow_a_link_in_place_of_its_own_file(
    machines: list[sqlite3.Connection], folder: Path, tmp_path: Path
) -> None:
    (folder / f"{device_id(machines[0])}.jsonl").symlink_to(tmp_path / "victim")
    with pytest.raises(CoachError, match="cannot be used"):
        sync_folder(machines[0], folder)
    assert not (tmp_path / "victim").exists()


def test_sync_waits_for_no_file_while_it_holds_the_write_lock(
    machines: list[sqlite3.Connection],
    folder: Path,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    save_session(machines[0], session())
    sync_folder(machines[0], folder)
    opened: list[bool] = []

    def open_file(file: Path) -> BinaryIO:
        opened.append(machines[1].in_transaction)
        return open_regular_file(file)

    monkeypatch.setattr(sync, "open_regular_file", open_file)
    sync_folder(machines[1], folder)
    assert opened == [False]


def test_sync_brings_back_what_an_older_backup_did_not_have(
    machines: list[sqlite3.Connection], folder: Path, session: Session
) -> None:
    save_session(machines[0], session())
    sync_folder(machines[0], folder)
    machines[0].execute("DELETE FROM session")
    assert sync_folder(machines[0], folder).received == {"session": 1}
    assert len(list_sessions(machines[0])) == 1


def test_sync_survives_its_own_file_being_no_history(
    machines: list[sqlite3.Connection], folder: Path, session: Session
) -> None:
    save_session(machines[0], session())
    own = folder / f"{device_id(machines[0])}.jsonl"
    own.write_text("something else\n", encoding="utf-8")
    assert sync_folder(machines[0], folder).problems == [f"{own.name} is not an exported history."]
    assert own.read_text(encoding="utf-8").startswith("something else\n{")
