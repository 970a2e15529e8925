"""Line mode in a real terminal: questions, keys without Enter, a live countdown, and the terminal restored."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach.paths import Places
from tests.e2e.processes import PATIENCE_SECONDS, Terminal, history, run

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are made differently there", allow_module_level=True)

import termios

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("returning_user")]

LONG = {"exercise": "upper-trap-stretch", "prepare": 0.2, "hold": 120, "reps": 1}


def test_keys_pause_resume_skip_and_stop(terminal: Callable[..., Terminal], routine_file: Callable[..., str]) -> None:
    screen = terminal("start", "--plain", routine_file(LONG))
    screen.wait_for("Ear-to-shoulder stretch, left: hold")
    screen.wait_for("1:59")
    screen.press(" ")
    screen.wait_for("Paused: space to resume, q to end")
    screen.press(" n")
    screen.wait_for("Ear-to-shoulder stretch, right: hold")
    screen.press("x")
    screen.wait_for("Stop now and do no more today.")
    assert screen.finish() == 0
    [session] = history()
    assert session["outcome"] == "stopped"
    assert [(step["side"], step["outcome"]) for step in session["steps"]] == [("left", "partial"), ("right", "stopped")]


def test_one_q_only_pauses(terminal: Callable[..., Terminal], routine_file: Callable[..., str]) -> None:
    screen = terminal("start", "--plain", routine_file(LONG))
    screen.wait_for("left: hold")
    screen.press("q")
    screen.wait_for("Paused: space to resume, q to end")
    screen.press("q")
    assert screen.finish() == 0
    assert history()[0]["outcome"] == "partial"


def test_two_qs_at_once_end_the_session(terminal: Callable[..., Terminal], routine_file: Callable[..., str]) -> None:
    screen = terminal("start", "--plain", routine_file(LONG))
    screen.wait_for("left: hold")
    screen.press("qq")
    assert screen.finish() == 0
    assert history()[0]["outcome"] == "partial"


@pytest.mark.parametrize(
    ("key", "outcome", "exit_code"),
    [pytest.param("\x03", "partial", 130, id="Ctrl+C"), pytest.param("\x1c", "interrupted", 143, id="Ctrl+backslash")],
)
def test_signal_keys_keep_what_was_done_and_restore_the_terminal(
    terminal: Callable[..., Terminal], routine_file: Callable[..., str], key: str, outcome: str, exit_code: int
) -> None:
    screen = terminal("start", "--plain", routine_file(LONG))
    screen.wait_for("left: hold")
    screen.wait_until(lambda: termios.tcgetattr(screen.slave) != screen.modes, "keys arrive without Enter")
    screen.press(key)
    assert screen.finish() == exit_code
    assert termios.tcgetattr(screen.slave) == screen.modes
    assert "Traceback" not in screen.screen
    assert history()[0]["outcome"] == outcome


def test_new_user_is_asked_about_warning_signs(
    terminal: Callable[..., Terminal], routine_file: Callable[..., str], places: Places
) -> None:
    places.history.unlink()
    screen = terminal("start", "--plain", routine_file({"rest": 0.1}))
    screen.answer_warning_signs()
    screen.wait_for("Well done: 0:00 of 0:00.")
    assert screen.finish() == 0


def test_x_in_the_lead_in_stops(
    terminal: Callable[..., Terminal], routine_file: Callable[..., str], own_home: Path
) -> None:
    (own_home / "config.toml").write_text("[app]\nlead_in = 30\n", encoding="utf-8")
    screen = terminal("start", "--plain", routine_file(LONG))
    screen.wait_for("Starting in 30")
    screen.wait_until(lambda: not termios.tcgetattr(screen.slave)[3] & termios.ICANON, "keys arrive without Enter")
    screen.press("x")
    screen.wait_for("Stop for the day with any of these:")
    assert screen.finish() == 0
    assert history()[0]["outcome"] == "stopped"


def test_killed_session_is_resumed(terminal: Callable[..., Terminal], routine_file: Callable[..., str]) -> None:
    file = routine_file({"rest": 0.1}, LONG)
    screen = terminal("start", "--plain", file)
    screen.wait_for("left: hold")
    screen.process.kill()
    screen.process.wait()
    [killed] = history()
    screen = terminal("start", "--plain", file)
    screen.wait_for("Own was interrupted at step 2. Resume it? [Y/n]")
    screen.press("y\n")
    screen.wait_for("Resuming at step 2 of 2.")
    screen.wait_for("left: hold")
    screen.press("qq")
    assert screen.finish() == 0
    [session] = history()
    assert (session["id"], session["outcome"]) == (killed["id"], "partial")


def test_closing_the_terminal_interrupts(terminal: Callable[..., Terminal], routine_file: Callable[..., str]) -> None:
    screen = terminal("start", "--plain", routine_file(LONG))
    screen.wait_for("left: hold")
    screen.hang_up()
    screen.process.wait(PATIENCE_SECONDS)
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


def test_ctrl_c_in_a_pager_is_left_to_the_pager(
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


EDITOR = """
import signal
signal.signal(signal.SIGINT, lambda *_: print("editor stays", flush=True))
print("editor edits", flush=True)
open("/dev/tty").readline()
"""


def test_in_an_editor_ctrl_c_is_the_editors(
    terminal: Callable[..., Terminal], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(EDITOR, encoding="utf-8")
    monkeypatch.setenv("VISUAL", f"{sys.executable} {editor}")
    screen = terminal("config", "edit")
    screen.wait_for("editor edits")
    screen.press("\x03")
    screen.wait_for("editor stays")
    assert screen.process.poll() is None
    screen.press("\n")
    assert screen.finish() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)
def test_command_that_waits_for_an_answer_ends_by_a_signal(
    terminal: Callable[..., Terminal], number: signal.Signals
) -> None:
    run("log", "micro-break")
    screen = terminal("restore")
    screen.wait_for("[y/N]")
    screen.process.send_signal(number)
    assert screen.finish() == -number  # of which a shell makes 130, 143 and 129
    assert "Traceback" not in screen.screen
    assert len(history()) == 1
