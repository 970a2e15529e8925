"""Line mode in a real terminal: keys without Enter, a live countdown, and a terminal left as it was."""

import sys
from collections.abc import Callable

import pytest

from tests.e2e.processes import Terminal, history

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are made differently there", allow_module_level=True)

import termios

pytestmark = pytest.mark.e2e

LONG = {"exercise": "upper-trap-stretch", "prepare": 0.2, "hold": 120, "reps": 1}


def test_keys_pause_go_on_skip_and_stop(terminal: Callable[..., Terminal], routine_file: Callable[..., str]) -> None:
    screen = terminal("start", routine_file(LONG))
    screen.wait_for("Ear-to-shoulder stretch, left: hold")
    screen.wait_for("1:59")
    screen.press(" ")
    screen.wait_for("Paused: space goes on, q ends")
    screen.press(" n")
    screen.wait_for("Ear-to-shoulder stretch, right: hold")
    screen.press("x")
    screen.wait_for("Stop now and do no more today.")
    assert screen.finish() == 0
    [session] = history()
    assert session["outcome"] == "stopped"
    assert [(step["side"], step["outcome"]) for step in session["steps"]] == [("left", "partial"), ("right", "stopped")]


def test_one_q_only_asks(terminal: Callable[..., Terminal], routine_file: Callable[..., str]) -> None:
    screen = terminal("start", routine_file(LONG))
    screen.wait_for("left: hold")
    screen.press("q")
    screen.wait_for("Paused: space goes on, q ends")
    screen.press("q")
    assert screen.finish() == 0
    assert history()[0]["outcome"] == "partial"


def test_ctrl_c_keeps_what_was_done_and_the_terminal_is_as_before(
    terminal: Callable[..., Terminal], routine_file: Callable[..., str]
) -> None:
    screen = terminal("start", routine_file(LONG))
    screen.wait_for("left: hold")
    screen.press("\x03")
    assert screen.finish() == 130
    echoes_and_lines = termios.ECHO | termios.ICANON
    assert termios.tcgetattr(screen.slave)[3] & echoes_and_lines == echoes_and_lines
    assert history()[0]["outcome"] == "partial"


def test_closing_the_terminal_interrupts(terminal: Callable[..., Terminal], routine_file: Callable[..., str]) -> None:
    screen = terminal("start", routine_file(LONG))
    screen.wait_for("left: hold")
    screen.hang_up()
    screen.process.wait(timeout=30)
    [session] = history()
    assert (session["outcome"], session["segments_done"]) == ("interrupted", 1)
    assert session["ended_at"]
