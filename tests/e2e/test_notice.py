"""The notice before a session without a terminal: in full until somebody had the time to read it."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.processes import Coach, run

pytestmark = pytest.mark.e2e

LONG_NOTICE = "Call your local emergency number now."
ALWAYS = "Stop if dizzy, numb, or in sharp pain."


def test_rehearsal_has_only_the_short_notice(own_home: Path) -> None:
    ended = run("start", "micro-break", "--rehearse", "1000")
    assert LONG_NOTICE not in ended.stderr
    assert ALWAYS in ended.stderr
    assert not own_home.exists()


def test_rehearsal_shows_the_warning_signs_of_its_routine(routine_file: Callable[..., str]) -> None:
    ended = run("start", routine_file({"rest": 1}, warning_signs=True), "--rehearse", "1000")
    assert LONG_NOTICE in ended.stderr


def test_rehearsal_does_not_count_as_having_read_it(routine_file: Callable[..., str]) -> None:
    file = routine_file({"rest": 0.1})
    run("start", file, "--rehearse", "1000")
    assert LONG_NOTICE in run("start", file).stderr
    assert LONG_NOTICE not in run("start", file).stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize(("number", "exit_code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGQUIT", 143)])
def test_notice_is_repeated_after_a_session_that_a_signal_ended(
    started: Callable[..., Coach], routine_file: Callable[..., str], number: str, exit_code: int
) -> None:
    coach = started("start", routine_file({"rest": 60}), "--json")
    coach.wait_for(lambda event: event["event"] == "cue")
    coach.process.send_signal(signal.Signals[number])
    assert coach.finish()[0] == exit_code
    assert LONG_NOTICE in run("start", routine_file({"rest": 0.1})).stderr


def test_notice_is_not_repeated_after_q(started: Callable[..., Coach], routine_file: Callable[..., str]) -> None:
    coach = started("start", routine_file({"rest": 60}), "--json")
    coach.wait_for(lambda event: event["event"] == "cue")
    coach.write("end\n")
    assert coach.finish()[0] == 0
    assert LONG_NOTICE not in run("start", routine_file({"rest": 0.1})).stderr


def test_json_output_is_free_of_it(routine_file: Callable[..., str]) -> None:
    ended = run("start", routine_file({"rest": 0.1}), "--json")
    assert all(line.startswith("{") for line in ended.stdout.splitlines())


def test_running_session_is_reported(started: Callable[..., Coach], routine_file: Callable[..., str]) -> None:
    coach = started("start", routine_file({"rest": 60}), "--json")
    coach.wait_for(lambda event: event["event"] == "cue")
    sentence = "Another session, Own, is running. Both will be recorded."
    second = run("start", routine_file({"rest": 0.1}))
    assert second.returncode == 0
    assert sentence in second.stderr
    assert "interrupted" not in second.stderr
    coach.write("end\n")
    assert coach.finish()[0] == 0
    assert sentence not in run("start", routine_file({"rest": 0.1})).stderr
