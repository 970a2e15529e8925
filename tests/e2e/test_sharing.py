"""A routine is written on one machine, sent as a file, added on another after a question, and done there."""

import json
from pathlib import Path

import pytest

from tests.e2e.processes import Terminal, history, run

pytestmark = pytest.mark.e2e


def test_a_routine_travels_to_another_machine(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("new", "tea-break").returncode == 0
    own = own_home / "routines" / "exercises" / "look-far.json"
    own.parent.mkdir()
    own.write_text('{"name": "Look far", "instructions": ["Look at a tree."]}', encoding="utf-8")
    routine = own_home / "routines" / "tea-break.json"
    content = json.loads(routine.read_text(encoding="utf-8"))
    del content["exercises"]
    content["steps"] = [{"exercise": "look-far", "hold": 10, "reps": 1}, {"exercise": "chin-tuck"}]
    routine.write_text(json.dumps(content), encoding="utf-8")
    sent = tmp_path / "tea break.json"
    assert run("share", "tea-break", str(sent)).returncode == 0
    here = json.loads(run("routines", "show", "tea-break", "--json").stdout)

    monkeypatch.setenv("STRETCH_COACH_HOME", str(tmp_path / "another machine"))
    assert run("check", str(sent)).returncode == 0
    terminal = Terminal("add", str(sent))
    terminal.wait_for("Its own exercise: Look far (look-far).")
    terminal.wait_for("Add it as tea-break? [y/N]: ")
    terminal.press("y\n")
    terminal.wait_for("stretch-coach start tea-break")
    assert terminal.finish() == 0
    there = json.loads(run("routines", "show", "tea-break", "--json").stdout)
    assert there["segments"] == here["segments"]
    events = [json.loads(line) for line in run("start", "tea-break", "--json", "--rehearse", "100").stdout.splitlines()]
    assert events[-1] == {**events[-1], "event": "finished", "outcome": "completed"}
    assert history() == []

    again = run("add", str(sent), "--yes")
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    assert "--as tea-break-2" in again.stderr
