"""`start`: a routine from JSON becomes a timed, recorded session."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.processes import Coach, history, run

pytestmark = pytest.mark.e2e

CHIN_TUCK = {"exercise": "chin-tuck", "prepare": 0.2, "hold": 1, "reps": 2, "rest": 0.1}
SHAKE = {"rest": 0.2, "say": "Shake out your arms."}


def test_own_routine_runs_and_is_recorded(routine_file: Callable[..., str]) -> None:
    ended = run("start", routine_file(CHIN_TUCK, SHAKE), "--json")
    events = [json.loads(line) for line in ended.stdout.splitlines()]
    assert ended.returncode == 0
    assert events[0]["event"] == "session"
    assert events[0]["total"] == 2.5
    segments = [event for event in events if event["event"] == "segment"]
    assert [(one["at"], one["kind"], one["rep"], one["seconds"]) for one in segments] == [
        (0.0, "prepare", 1, 0.2),
        (0.2, "hold", 1, 1.0),
        (1.2, "rest", 1, 0.1),
        (1.3, "hold", 2, 1.0),
        (2.3, "rest", 1, 0.2),
    ]
    assert all(one["t"] >= one["at"] for one in segments)
    assert events[-1] == {**events[-1], "event": "finished", "outcome": "completed", "done_seconds": 2.5}
    assert [event["text"] for event in events if event["event"] == "cue"][-2:] == ["Shake out your arms.", "Well done."]

    [session] = history()
    assert session["id"] == events[0]["id"]
    assert (session["routine"], session["outcome"], session["source"]) == ("own", "completed", "timer")
    assert (session["planned_seconds"], session["done_seconds"]) == (2.5, 2.5)
    streak = json.loads(run("streak", "--json").stdout)
    assert (streak["current"], streak["today_done"], streak["at_risk"]) == (1, True, False)


def test_line_mode_without_a_terminal(routine_file: Callable[..., str]) -> None:
    ended = run("start", routine_file(CHIN_TUCK, SHAKE))
    assert ended.returncode == 0
    lines = ended.stdout.splitlines()
    assert lines[0] == "Own: 2 steps, 0:03"
    assert any(line.startswith(" 0:01  1/2  Chin tuck: rest, 0.1 s  ") for line in lines)
    assert lines[-2:] == ["Well done: 0:02 of 0:03.", "1-day streak."]
    assert "\x1b" not in ended.stdout


@pytest.mark.parametrize("face", ["--plain", "--json", "--voice-only"])
def test_history_of_a_newer_version_is_unchanged_and_the_session_says_so(
    routine_file: Callable[..., str], own_home: Path, face: str
) -> None:
    run("log", "micro-break")
    file = own_home / "history.db"
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA user_version=999")
    before = file.read_bytes()
    ended = run("start", routine_file(CHIN_TUCK, SHAKE), face)
    assert ended.returncode == 1
    assert ended.stdout.count("Not recorded so far: ") == 1
    assert ended.stderr.count("newer Stretch Coach") == 1
    assert '"event": "finished"' in ended.stdout if face == "--json" else "Well done: 0:02 of 0:03." in ended.stdout
    assert file.read_bytes() == before


def test_rehearsal_records_nothing(own_home: Any) -> None:
    ended = run("start", "screen-break", "--rehearse", "500")
    assert ended.returncode == 0
    assert "nothing was recorded" in ended.stdout
    assert not own_home.exists()


def test_notice_comes_once_and_waits_for_no_answer(routine_file: Callable[..., str]) -> None:
    file = routine_file({"rest": 0.1})
    first, second = run("start", file, "--json"), run("start", file, "--json")
    assert "does not diagnose or treat" in first.stderr
    assert "Do not exercise. Call your local emergency number now." in first.stderr
    assert "does not diagnose" not in second.stderr
    assert "Stop if dizzy, numb, or in sharp pain." in second.stderr


def test_clinician_taught_exercise_is_locked_until_confirmed(routine_file: Callable[..., str]) -> None:
    file = routine_file({"exercise": "snag-headache", "prepare": 0, "hold": 1, "reps": 1})
    refused = run("start", file)
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert "--taught" in refused.stderr
    assert run("start", file, "--taught").returncode == 0
    again = run("start", file)
    assert again.returncode == 0, "the confirmation is remembered"
    assert "Only for people whose clinician taught them this." in again.stderr


def test_program_commands_by_lines(started: Callable[..., Coach], routine_file: Callable[..., str]) -> None:
    coach = started("start", routine_file({**CHIN_TUCK, "hold": 60}, {**CHIN_TUCK, "hold": 60}), "--json")
    coach.wait_for(lambda event: event.get("kind") == "hold")
    coach.write("pause\n")
    assert coach.wait_for(lambda event: event["event"] == "paused")["reason"] == "asked"
    coach.write("resume\nmore\nnext\n")
    coach.wait_for(lambda event: event["event"] == "resumed")
    assert coach.wait_for(lambda event: event["event"] == "extended")["seconds"] == 10
    assert coach.wait_for(lambda event: event["event"] == "segment")["step"] == 2
    coach.write("stop\n")
    finished = coach.wait_for(lambda event: event["event"] == "finished")
    assert finished["outcome"] == "stopped"
    assert coach.finish()[0] == 0
    [session] = history()
    assert session["outcome"] == "stopped"
    assert [step["outcome"] for step in session["steps"]] == ["partial", "stopped"]


def test_reader_that_leaves_is_no_crash(started: Callable[..., Coach], routine_file: Callable[..., str]) -> None:
    coach = started("start", routine_file({"rest": 0.1}, *[{"rest": 0.2}] * 10), "--json")
    coach.wait_for(lambda event: event["event"] == "segment")
    assert coach.process.stdout
    coach.process.stdout.close()
    assert coach.process.wait(timeout=30) == 1
    assert coach.process.stderr
    assert "Traceback" not in coach.process.stderr.read()
    [session] = history()
    assert session["outcome"] == "interrupted"
    assert session["ended_at"] is not None


def test_invalid_settings_are_reported_and_defaults_used(routine_file: Callable[..., str], own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "config.toml").write_text("[voice]\nrate = 1\n", encoding="utf-8")
    ended = run("start", routine_file({"rest": 0.1}), "--plain")
    assert ended.returncode == 0
    assert f"{own_home / 'config.toml'}:2: voice.rate: 1 is not valid." in ended.stderr
    assert ended.stderr.count("Using the defaults.") == 1
    assert len(history()) == 1
