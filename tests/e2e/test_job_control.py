"""A session that a shell suspends and continues: its keys work again in the foreground."""

import shlex
import shutil
import sys
from collections.abc import Callable

import pytest

from tests.e2e.processes import Terminal, find_command, history

if sys.platform == "win32":
    pytest.skip("there is no job control there", allow_module_level=True)

import termios

BASH = shutil.which("bash")

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.usefixtures("returning_user"),
    pytest.mark.skipif(BASH is None, reason="there is no bash here"),
]

LONG = {"exercise": "upper-trap-stretch", "prepare": 0.2, "hold": 120, "reps": 1}
PROMPT = "what-next> "
LOCAL_MODES = 3


@pytest.fixture
def shell(terminal: Callable[..., Terminal], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """An interactive shell without any user's files."""
    monkeypatch.setenv("PS1", PROMPT)
    monkeypatch.setenv("TERM", "dumb")
    screen = terminal("--norc", "--noprofile", "--noediting", "-i", program=BASH)
    screen.wait_for(PROMPT)
    return screen


def keys_arrive_without_enter(screen: Terminal) -> bool:
    return not termios.tcgetattr(screen.slave)[LOCAL_MODES] & termios.ICANON


@pytest.mark.parametrize("by_way_of", [["fg"], ["bg", "fg"]])
def test_keys_work_again_after_ctrl_z(shell: Terminal, routine_file: Callable[..., str], by_way_of: list[str]) -> None:
    shell.press(f"{shlex.join([*find_command(), 'start', '--plain', routine_file(LONG)])}\n")
    shell.wait_for("left: hold")
    shell.wait_until(lambda: keys_arrive_without_enter(shell), "keys arrive without Enter")
    shell.press("\x1a")
    for command in by_way_of:
        shell.wait_for(PROMPT)
        shell.wait_until(lambda: not keys_arrive_without_enter(shell), "the shell has the terminal")
        shell.press(f"{command}\n")
    shell.wait_until(lambda: keys_arrive_without_enter(shell), "keys arrive without Enter again")
    # Works whether a slow machine let the session pause meanwhile or not.
    shell.press("x")
    shell.wait_for("Stop now and do no more today.")
    shell.wait_for(PROMPT)
    assert not keys_arrive_without_enter(shell)
    shell.press("exit\n")
    assert shell.finish() == 0
    assert history()[0]["outcome"] == "stopped"


def test_keys_belong_to_the_shell_in_the_background(shell: Terminal, routine_file: Callable[..., str]) -> None:
    shell.press(f"{shlex.join([*find_command(), 'start', '--plain', routine_file(LONG)])}\n")
    shell.wait_for("left: hold")
    shell.press("\x1a")
    shell.wait_for(PROMPT)
    shell.press("bg\n")
    shell.wait_for(PROMPT)
    # If the session read what is typed, it would be suspended.
    shell.press("echo 'x'n\n")
    shell.wait_for("xn")
    shell.press("jobs\n")
    shell.wait_for("Running")
    shell.press("kill %1; wait %1; exit 7\n")
    assert shell.finish() == 7
    assert history()[0]["outcome"] == "interrupted"
