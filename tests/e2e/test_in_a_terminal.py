"""Line mode in a real terminal: keys without Enter, a live countdown, and a terminal left as it was."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.processes import Terminal, history

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are made differently there", allow_module_level=True)

import termios

pytestmark = pytest.mark.e2e

LONG = {"exercise": "upper-trap-stretch", "prepare": 0.2, "hold": 120, "reps": 1}


def test_keys_pause_go_on_skip_and_stop(terminal: Callable[..., Terminal], routine_file: Callable[..., str]) -> None:
    screen = terminal("start", "--plain", routine_file(LONG))
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
    screen = terminal("start", "--plain", routine_file(LONG))
    screen.wait_for("left: hold")
    screen.press("q")
    screen.wait_for("Paused: space goes on, q ends")
    screen.press("q")
    assert screen.finish() == 0
    assert history()[0]["outcome"] == "partial"


def test_two_qs_at_once_end(terminal: Callable[..., Terminal], routine_file: Callable[..., str]) -> None:
    screen = terminal("start", "--plain", routine_file(LONG))
    screen.wait_for("left: hold")
    screen.press("qq")
    assert screen.finish() == 0
    assert history()[0]["outcome"] == "partial"


@pytest.mark.parametrize(
    ("key", "outcome"),
    [pytest.param("\x03", "partial", id="Ctrl+C"), pytest.param("\x1c", "interrupted", id="Ctrl+backslash")],
)
def test_breaking_off_keeps_what_was_done_and_the_terminal_is_as_before(
    terminal: Callable[..., Terminal], routine_file: Callable[..., str], key: str, outcome: str
) -> None:
    screen = terminal("start", "--plain", routine_file(LONG))
    before = termios.tcgetattr(screen.slave)
    screen.wait_for("left: hold")
    screen.wait_until(lambda: termios.tcgetattr(screen.slave) != before, "keys arrive without Enter")
    screen.press(key)
    assert screen.finish() == 130
    assert termios.tcgetattr(screen.slave) == before
    assert "Traceback" not in screen.screen
    assert history()[0]["outcome"] == outcome


def test_closing_the_terminal_interrupts(terminal: Callable[..., Terminal], routine_file: Callable[..., str]) -> None:
    screen = terminal("start", "--plain", routine_file(LONG))
    screen.wait_for("left: hold")
    screen.hang_up()
    screen.process.wait(timeout=30)
    [session] = history()
    assert (session["outcome"], session["segments_done"]) == ("interrupted", 1)
    assert session["ended_at"]


PAGER = """
import signal, sys
signal.signal(signal.SIGINT, lambda *_: print("pager stays", flush=True))
sys.stdin.read()
print("pager reads", flush=True)
open("/dev/tty").readline()
"""


def test_in_a_pager_ctrl_c_is_the_pagers(
    terminal: Callable[..., Terminal], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pager = tmp_path / "pager.py"
    pager.write_text(PAGER, encoding="utf-8")
    monkeypatch.setenv("PAGER", f"{sys.executable} {pager}")
    monkeypatch.setenv("TERM", "xterm")
    screen = terminal("safety")
    screen.wait_for("pager reads")
    screen.press("\x03")
    screen.wait_for("pager stays")
    assert screen.process.poll() is None
    screen.press("\n")
    assert screen.finish() == 0
