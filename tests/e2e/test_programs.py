"""`program` in real processes: a session that runs makes its day done."""

import json
from pathlib import Path

import pytest

from tests.e2e.processes import run

pytestmark = pytest.mark.e2e


def test_session_makes_the_day_of_the_program_done(own_home: Path) -> None:
    programs = own_home / "routines" / "programs"
    programs.mkdir(parents=True)
    step = {"exercise": "chin-tuck", "prepare": 0.2, "hold": 1, "reps": 1}
    (own_home / "routines" / "short.json").write_text(json.dumps({"title": "Short", "steps": [step]}), encoding="utf-8")
    week = {"title": "One", "days": [{"routines": ["short"]}, {"rest": "Rest."}]}
    (programs / "mine.json").write_text(json.dumps({"title": "Mine", "weeks": [week]}), encoding="utf-8")
    assert run("program", "start", "mine").stdout.splitlines() == [
        "Started Mine.",
        "Week 1, day 1 of 1: Short.",
        "Mine: 0 of 1 day done since " + json.loads(run("program", "status", "--json").stdout)["from"] + ".",
        "Start it with: stretch-coach start short",
    ]
    assert run("start", "short", "--mute").returncode == 0
    status = json.loads(run("program", "status", "--json").stdout)
    assert (status["done"], status["left"], status["done_days"]) == (True, [], 1)
    assert run("program", "status").stdout.startswith("Week 1, day 1 of 1 is done.\nTomorrow: rest.\n")
    assert run("program", "stop").returncode == 0
    assert run("program", "status").returncode == 1
