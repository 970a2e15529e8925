"""What is said before a session: in full until somebody had the time to read it, and again after a month."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.processes import Coach, run

pytestmark = pytest.mark.e2e

LONG_NOTICE = "Call your local emergency number now."
ALWAYS = "Stop if dizzy, numb, or in sharp pain."


def test_a_rehearsal_is_not_told_the_long_notice(own_home: Path) -> None:
    ended = run("start", "micro-break", "--rehearse", "1000")
    assert LONG_NOTICE not in ended.stderr
    assert ALWAYS in ended.stderr
    assert not own_home.exists()


def test_a_rehearsal_shows_the_warning_signs_of_a_routine_that_asks_for_them(routine_file: Callable[..., str]) -> None:
    ended = run("start", routine_file({"rest": 1}, warning_signs=True), "--rehearse", "1000")
    assert LONG_NOTICE in ended.stderr


def test_a_rehearsal_is_not_taken_for_having_been_told(routine_file: Callable[..., str]) -> None:
    file = routine_file({"rest": 0.1})
    run("start", file, "--rehearse", "1000")
    assert LONG_NOTICE in run("start", file).stderr
    assert LONG_NOTICE not in run("start", file).stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGQUIT"])
def test_who_broke_off_is_told_again(
    started: Callable[..., Coach], routine_file: Callable[..., str], number: str
) -> None:
    coach = started("start", routine_file({"rest": 60}), "--json")
    coach.wait_for(lambda event: event["event"] == "cue")
    coach.process.send_signal(signal.Signals[number])
    assert coach.finish()[0] == 130
    assert LONG_NOTICE in run("start", routine_file({"rest": 0.1})).stderr


def test_who_ended_by_a_key_has_been_told(started: Callable[..., Coach], routine_file: Callable[..., str]) -> None:
    coach = started("start", routine_file({"rest": 60}), "--json")
    coach.wait_for(lambda event: event["event"] == "cue")
    coach.write("end\n")
    assert coach.finish()[0] == 0
    assert LONG_NOTICE not in run("start", routine_file({"rest": 0.1})).stderr


def test_what_a_program_reads_is_free_of_it(routine_file: Callable[..., str]) -> None:
    ended = run("start", routine_file({"rest": 0.1}), "--json")
    assert all(line.startswith("{") for line in ended.stdout.splitlines())


def test_another_session_that_is_under_way_is_told(
    started: Callable[..., Coach], routine_file: Callable[..., str]
) -> None:
    coach = started("start", routine_file({"rest": 60}), "--json")
    coach.wait_for(lambda event: event["event"] == "cue")
    told = "Another session, Own, is under way; both will be recorded."
    second = run("start", routine_file({"rest": 0.1}))
    assert second.returncode == 0
    assert told in second.stderr
    assert "interrupted" not in second.stderr
    coach.write("end\n")
    assert coach.finish()[0] == 0
    assert told not in run("start", routine_file({"rest": 0.1})).stderr
