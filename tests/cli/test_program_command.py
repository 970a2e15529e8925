"""`program`: from the list to the last day, as the history says."""

import json
from collections.abc import Callable
from pathlib import Path

from stretch_coach.context import Context
from stretch_coach.paths import Places
from stretch_coach.routine.library import Library
from stretch_coach.session.request import SessionRequest, suit_request
from stretch_coach.settings import Settings
from tests.cli.conftest import NOW, NOW_INSTANT, CommandResult
from tests.clocks import FixedClock
from tests.practice import practise

Coach = Callable[..., CommandResult]
TODAY = NOW.date()


def test_program_from_its_start_to_its_stop(coach: Coach, places: Places, library: Library) -> None:
    assert coach("program", "status").code == 1
    assert "build-up        Build up in eight weeks  8 weeks\n" in coach("program", "list").out
    started = coach("program", "start", "build")
    assert started.out.splitlines() == [
        "Started Build up in eight weeks.",
        "Week 1, day 1 of 5: Gentle start.",
        "Build up in eight weeks: 0 of 40 days done since 2026-11-20.",
        "Start it with: stretch-coach start gentle-start",
    ]
    assert "stop the program and start it again later." in started.err
    context = Context(places, Settings(), FixedClock(NOW_INSTANT), lambda _: None)
    with context.writable_history() as history:
        practise(history, library.routines["gentle-start"], [TODAY])
    done = coach("program", "status").out.splitlines()
    assert done[:2] == ["Week 1, day 1 of 5 is done.", "Tomorrow: Gentle start."]
    found = json.loads(coach("program", "status", "--json").out)
    assert (found["program"], found["done"], found["left"], found["next_day"]) == ("build-up", True, [], "2026-11-21")

    again = coach("program", "start", "desk-days")
    assert (again.code, again.err) == (
        1,
        'stretch-coach: program: "Build up in eight weeks" is running. Add --replace to start this one in its place.\n',
    )
    assert coach("program", "start", "desk-days", "--replace").out.startswith(
        "Started Desk days.\nWeek 1, day 1 of 5: "
    )
    assert coach("program", "stop").out == "Stopped Desk days. What you did stays in your history.\n"
    assert coach("program", "stop").code == 1


def test_day_of_a_program_asks_for_its_steps_whoever_starts_the_routine(
    coach: Coach, places: Places, library: Library
) -> None:
    file = places.routines / "programs" / "mine.json"
    file.parent.mkdir(parents=True)
    week = {"title": "More", "steps": 1, "days": [{"routines": ["micro-break"]}]}
    file.write_text(json.dumps({"title": "Mine", "weeks": [week]}), encoding="utf-8")
    assert coach("check", str(file)).out.endswith("valid: the program Mine, 1 week.\n")
    assert coach("check", "mine").code == 0
    coach("program", "start", "mine")
    context = Context(places, Settings(), FixedClock(NOW_INSTANT), lambda _: None)
    request = suit_request(context, SessionRequest(library.routines["micro-break"]))
    assert request.doses.note == (
        "Your program asks for a step more this week: Shoulder rolls 4 rounds instead of 3, "
        "Chin tuck 3 holds instead of 2. 1:10 in all instead of 1:00."
    )
    assert request.doses.offer == "As written: 1:00 in all."
    file.unlink()
    assert suit_request(context, SessionRequest(library.routines["micro-break"])).doses.note == ""
    missing = coach("program", "status")
    assert (missing.code, '"mine" is running, but its file is missing.' in missing.err) == (1, True)
    assert coach("program", "stop").out.startswith("Stopped mine.")


def test_mistakes_in_a_program_are_shown_with_their_place(coach: Coach, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text(
        '{"title": "Mine", "weeks": [\n'
        '{"title": "One", "days": [{"routines": ["micro-brake"]}, {"rest": "x", "routines": ["micro-break"]}]}\n'
        "]}\n",
        encoding="utf-8",
    )
    assert "has both routines and a rest." in coach("check", str(file)).err
    file.write_text('{"title": "Mine", "weeks": [{"title": "One", "days": [{"routines": ["micro-brake"]}]}]}', "utf-8")
    unknown = coach("check", str(file))
    assert 'weeks[0].days[0].routines[0]: there is no routine "micro-brake". Did you mean "micro-break"?' in unknown.err
    file.write_text('{"title": "Mine", "weeks": [{"title": "One", "days": [{"rest": "Sleep."}]}]}', "utf-8")
    assert "has no day with a routine." in coach("check", str(file)).err


def test_unknown_program_gets_the_nearest(coach: Coach) -> None:
    unknown = coach("program", "show", "desk-day-s")
    assert (unknown.code, 'Did you mean "desk-days"?' in unknown.err) == (1, True)
    shown = coach("program", "show", "Desk days").out
    assert "Weeks 1 to 2: Short breaks" in shown
    assert "Its days are mon-fri." in shown


def test_running_program_is_exported_and_comes_back(coach: Coach, tmp_path: Path) -> None:
    coach("program", "start", "desk-days")
    file = tmp_path / "history.jsonl"
    coach("export", str(file))
    coach("program", "stop")
    assert '"program":"desk-days"' in file.read_text(encoding="utf-8")
    assert coach("import", str(file)).code == 0
    assert coach("program", "status").code == 1  # the stop is the later change
