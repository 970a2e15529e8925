"""Answers that other processes send, and the pipe that wakes the one that drives the day."""

import json
import os
import select
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.breaks.commands import Inbox, SentAnswer, WakePipe, send, wait_received, wake
from stretch_coach.breaks.prompt import Choice

NOW = 1_795_000_000.0


def receive(folder: Path, now: float) -> list[SentAnswer]:
    return list(Inbox(folder).receive(now))


def test_an_answer_is_received_once(tmp_path: Path) -> None:
    file = send(tmp_path, SentAnswer(Choice.SNOOZE, 20), NOW)
    assert receive(tmp_path, NOW + 1) == [SentAnswer(Choice.SNOOZE, 20)]
    assert receive(tmp_path, NOW + 1) == []
    assert wait_received(file, 0)


def test_an_answer_that_nobody_receives_is_withdrawn(tmp_path: Path) -> None:
    file = send(tmp_path, SentAnswer(Choice.SKIP), NOW)
    assert not wait_received(file, 0)
    assert receive(tmp_path, NOW) == []


@pytest.mark.parametrize(
    "data",
    [
        [],
        {},
        {"choice": "dance", "minutes": None, "at": NOW},
        {"choice": ["skip"], "minutes": None, "at": NOW},
        {"choice": "skip", "minutes": None, "at": NOW - 3600},
        {"choice": "skip", "minutes": None, "at": 10**400},
        {"choice": "skip", "minutes": None, "at": "now"},
        {"choice": "snooze", "minutes": True, "at": NOW},
        {"choice": "snooze", "minutes": -5, "at": NOW},
        {"choice": "snooze", "minutes": 10**9, "at": NOW},
        {"choice": "snooze", "minutes": 1.5, "at": NOW},
    ],
)
def test_invalid_answers_are_dropped(tmp_path: Path, data: Any) -> None:
    folder = tmp_path / "commands"
    folder.mkdir()
    (folder / "1.json").write_text(json.dumps(data), encoding="utf-8")
    (folder / "2.json").write_bytes(b"\xff{")
    (folder / "notes.txt").write_text("not ours", encoding="utf-8")
    assert receive(tmp_path, NOW) == []
    assert [file.name for file in folder.iterdir()] == ["notes.txt"]


def test_an_answer_counts_as_received_once_it_was_handled(tmp_path: Path) -> None:
    file = send(tmp_path, SentAnswer(Choice.SKIP), NOW)
    answers = Inbox(tmp_path).receive(NOW)
    assert next(answers) == SentAnswer(Choice.SKIP)
    assert file.exists()
    assert list(answers) == []
    assert not file.exists()


def test_an_answer_that_cannot_be_removed_is_received_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_file: Path) -> None:
        raise PermissionError

    send(tmp_path, SentAnswer(Choice.SKIP), NOW)
    inbox = Inbox(tmp_path)
    monkeypatch.setattr(Path, "unlink", fail)
    assert list(inbox.receive(NOW)) == [SentAnswer(Choice.SKIP)]
    assert list(inbox.receive(NOW)) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
class TestWakePipe:
    def test_wakes_until_it_is_drained(self, tmp_path: Path) -> None:
        pipe = WakePipe(tmp_path)
        wake(tmp_path)
        wake(tmp_path)
        assert select.select(pipe.descriptors(), [], [], 5)[0] == pipe.descriptors()
        pipe.drain()
        assert select.select(pipe.descriptors(), [], [], 0)[0] == []
        pipe.close()

    def test_replaces_a_file_of_its_name(self, tmp_path: Path) -> None:
        (tmp_path / "bell").write_text("in the way", encoding="utf-8")
        pipe = WakePipe(tmp_path)
        assert (tmp_path / "bell").is_fifo()
        pipe.close()

    def test_waking_without_a_listener_does_nothing(self, tmp_path: Path) -> None:
        wake(tmp_path)
        pipe = WakePipe(tmp_path)
        pipe.close()
        wake(tmp_path)
