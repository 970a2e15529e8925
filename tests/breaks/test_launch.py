"""Terminals that are found, and processes that are started, watched and stopped."""

import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from stretch_coach.breaks.launch import Launched, launch_in_window, launch_without_window, write_mac_script
from stretch_coach.breaks.program import coach_command
from stretch_coach.breaks.prompt import PromptError
from stretch_coach.breaks.terminals import Terminal, find_terminal
from stretch_coach.paths import HOME_VARIABLE
from tests.breaks.buses import wait_until

SCREEN = {"DISPLAY": ":0"}


def having(*programs: str) -> Mapping[str, str]:
    """What is installed."""
    return {name: f"/bin/{name}" for name in programs}


def test_the_users_choice_comes_first_then_the_systems_then_the_environments() -> None:
    there = having("xterm", "kitty", "x-terminal-emulator", "gnome-terminal", "odd")

    def find(*chosen: str, **more: str) -> Terminal:
        return find_terminal({**SCREEN, **more}, chosen, platform="linux", which=there.get)

    assert find("kitty", "--title", "Break", "--").prefix == ("/bin/kitty", "--title", "Break", "--")
    assert find("gnome-terminal") == Terminal("gnome-terminal", ("/bin/gnome-terminal", "--wait", "--"), waits=True)
    assert find().prefix == ("/bin/x-terminal-emulator", "-e")
    with pytest.raises(PromptError, match="'none' that was set is not installed"):
        find("none")
    del there["x-terminal-emulator"]  # type: ignore[attr-defined]
    assert find(TERMINAL="odd").prefix == ("/bin/odd", "-e")
    assert find(TERMINAL="gone").name == "gnome-terminal"


def test_without_a_desktop_or_a_terminal_it_says_what_to_do() -> None:
    for environ, programs in (({}, having("xterm")), (SCREEN, having())):
        with pytest.raises(PromptError) as told:
            find_terminal(environ, platform="linux", which=programs.get)
        assert "stretch-coach start" in told.value.hint


def start(code: str, *arguments: str) -> Launched:
    """Python, without a window."""
    return launch_without_window([sys.executable, "-c", code, *arguments], environ=os.environ)


def test_its_end_is_known_and_it_leads_a_session_of_its_own(tmp_path: Path) -> None:
    told = tmp_path / "told"
    code = "import os, sys; open(sys.argv[1], 'w').write(f'{os.getsid(0)} {sorted(os.listdir(\"/proc/self/fd\"))}')"
    held = os.open(tmp_path, os.O_RDONLY)
    os.set_inheritable(held, True)  # noqa: FBT003 - a D-Bus argument
    process = start(code, str(told))
    os.close(held)
    wait_until(lambda: process.poll() is not None, "it ended")
    assert (process.poll(), process.tells_end) == (0, True)
    session, _, descriptors = told.read_text(encoding="utf-8").partition(" ")
    assert int(session) == process.pid
    assert f"'{held}'" not in descriptors or held <= 4
    with pytest.raises(ChildProcessError):
        os.waitpid(process.pid, os.WNOHANG)  # nothing is left of it


def test_stopping_reaches_what_it_started(tmp_path: Path) -> None:
    told = tmp_path / "told"
    inner = f"import os, time; open({str(told)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    process = start("import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])", inner)
    wait_until(lambda: told.exists() and told.read_text(encoding="utf-8") != "", "it started")
    child = int(told.read_text(encoding="utf-8"))
    assert process.stop(patience=10) == -15
    assert process.stop() == -15

    def is_gone() -> bool:
        status = Path(f"/proc/{child}/stat")
        return not status.exists() or ") Z " in status.read_text(encoding="utf-8")

    wait_until(is_gone, "the inner one ended")


def test_a_window_gets_the_command_as_it_is(tmp_path: Path) -> None:
    terminal = tmp_path / "my term"
    out = tmp_path / "out"
    terminal.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > {shlex.quote(str(out))}\n', encoding="utf-8")
    terminal.chmod(0o700)
    process = launch_in_window(
        ["/py thon", "start", "a'b\"c $HOME"],
        Terminal("my term", (str(terminal), "-e"), waits=False),
        environ=os.environ,
        folder=tmp_path,
        platform="linux",
    )
    wait_until(lambda: process.poll() is not None, "it ended")
    assert out.read_text(encoding="utf-8") == "-e|/py thon|start|a'b\"c $HOME|"
    with pytest.raises(PromptError, match="cannot be started"):
        launch_without_window(["/nonexistent"], environ={})


def test_what_macos_runs_is_private_removes_itself_and_quotes_its_words(tmp_path: Path) -> None:
    out = tmp_path / "o u't"
    code = f"import os, sys; open({str(out)!r}, 'w').write(os.environ[{HOME_VARIABLE!r}] + sys.argv[1])"
    command = [sys.executable, "-c", code, "a'b $HOME"]
    script = write_mac_script(command, {HOME_VARIABLE: "/my 'home"}, tmp_path / "state")
    assert script.stat().st_mode & 0o777 == 0o700
    process = launch_without_window(["/bin/sh", str(script)], environ=os.environ)
    wait_until(lambda: process.poll() is not None, "it ended")
    assert out.read_text(encoding="utf-8") == "/my 'homea'b $HOME"
    assert not script.exists()


def test_windows_has_a_python_with_and_one_without_a_console() -> None:
    for executable in ("/py/python.exe", "/py/pythonw.exe"):
        assert coach_command("start", executable=executable)[0].endswith("python.exe")
        assert coach_command(executable=executable, window=False)[0].endswith("pythonw.exe")
    assert coach_command("start", executable="/v/bin/python3") == ["/v/bin/python3", "-m", "stretch_coach", "start"]
