"""Processes that are started, watched and interrupted, and the programs that are asked for bad moments."""

import os
import select
import shlex
import sys
from pathlib import Path

import pytest

from stretch_coach.breaks.desktop.busy import run_program
from stretch_coach.breaks.desktop.launch import Launched, launch_in_window, launch_without_window, write_mac_script
from stretch_coach.breaks.desktop.notify import dialog
from stretch_coach.breaks.desktop.notify.dialog import Dialog, DialogPrompter
from stretch_coach.breaks.desktop.notify.notification import Notification, PromptError
from stretch_coach.breaks.desktop.terminals import Terminal
from stretch_coach.breaks.prompt import Choice
from stretch_coach.paths import HOME_VARIABLE
from tests.breaks.desktop.fake_bus import wait_until


def start(code: str, *arguments: str) -> Launched:
    """Run Python code without a window."""
    return launch_without_window([sys.executable, "-c", code, *arguments], environ=os.environ)


class TestLaunched:
    def test_runs_in_a_session_of_its_own_and_holds_no_file_of_ours(self, tmp_path: Path) -> None:
        report = tmp_path / "report"
        code = "import os, sys; open(sys.argv[1], 'w').write(f'{os.getsid(0)} {sorted(os.listdir(\"/proc/self/fd\"))}')"
        held = os.open(tmp_path, os.O_RDONLY)
        os.set_inheritable(held, True)  # noqa: FBT003 - the argument has no name
        process = start(code, str(report))
        os.close(held)
        wait_until(lambda: process.poll() is not None, "it ended")
        assert process.poll() == 0
        session, _, descriptors = report.read_text(encoding="utf-8").partition(" ")
        assert int(session) == process.pid
        assert f"'{held}'" not in descriptors or held <= 4
        with pytest.raises(ChildProcessError):
            os.waitpid(process.pid, os.WNOHANG)  # it was reaped

    def test_is_interrupted_as_by_ctrl_c(self, tmp_path: Path) -> None:
        ready = tmp_path / "ready"
        process = start(f"import time; open({str(ready)!r}, 'w').close(); time.sleep(60)")
        wait_until(ready.exists, "it started")
        process.interrupt()
        wait_until(lambda: process.poll() is not None, "it ended")
        assert process.poll() in (-2, 130)
        process.interrupt()

    def test_a_program_that_does_not_exist_is_an_error(self) -> None:
        with pytest.raises(PromptError, match="cannot be started"):
            launch_without_window(["/nonexistent"], environ={})


def test_a_window_gets_the_command_unchanged(tmp_path: Path) -> None:
    terminal = tmp_path / "my term"
    out = tmp_path / "out"
    terminal.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > {shlex.quote(str(out))}\n', encoding="utf-8")
    terminal.chmod(0o700)
    process = launch_in_window(
        ["/py thon", "start", "a'b\"c $HOME"],
        Terminal("my term", (str(terminal), "-e")),
        environ=os.environ,
        folder=tmp_path,
        platform="linux",
    )
    wait_until(lambda: process.poll() is not None, "it ended")
    assert out.read_text(encoding="utf-8") == "-e|/py thon|start|a'b\"c $HOME|"


def test_the_script_for_macos_is_private_removes_itself_and_quotes_its_words(tmp_path: Path) -> None:
    out = tmp_path / "o u't"
    code = f"import os, sys; open({str(out)!r}, 'w').write(os.environ[{HOME_VARIABLE!r}] + sys.argv[1])"
    command = [sys.executable, "-c", code, "a'b $HOME"]
    script = write_mac_script(command, {HOME_VARIABLE: "/my 'home"}, tmp_path / "state")
    assert script.stat().st_mode & 0o777 == 0o700
    process = launch_without_window(["/bin/sh", str(script)], environ=os.environ)
    wait_until(lambda: process.poll() is not None, "it ended")
    assert out.read_text(encoding="utf-8") == "/my 'homea'b $HOME"
    assert not script.exists()


class TestPrograms:
    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """The folder with all programs that are installed."""
        monkeypatch.setenv("PATH", str(tmp_path))
        return tmp_path

    @pytest.mark.parametrize(
        ("body", "patience", "output"),
        [("echo $LC_ALL $1", 60.0, "C x\n"), ("exit 1", 60.0, None), ("exec /bin/sleep 60", 0.2, None)],
    )
    def test_their_output_is_read_if_they_succeed_in_time(
        self, folder: Path, body: str, patience: float, output: str | None
    ) -> None:
        program = folder / "asked"
        program.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        program.chmod(0o700)
        assert run_program("asked", "x", patience=patience) == output

    @pytest.mark.usefixtures("folder")
    def test_one_that_is_not_installed_says_nothing(self) -> None:
        assert run_program("asked") is None


def test_the_answer_of_a_dialog_is_read_when_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    def printing(notification: Notification) -> Dialog:
        return Dialog([sys.executable, "-c", f"print({notification.title!r})"], {"Start": Choice.START})

    monkeypatch.setattr(dialog, "mac_dialog", printing)
    prompter = DialogPrompter("darwin")
    for title, answers in (("Start", [Choice.START]), ("", [])):
        prompter.show(Notification(title, ""))
        found: list[Choice] = []

        def look(found: list[Choice] = found) -> bool:
            select.select(prompter.descriptors(), [], [], 1)
            found.extend(prompter.answers())
            return prompter.descriptors() == []

        wait_until(look, "the dialog ended")
        assert found == answers
    prompter.show(Notification("left", ""))
    prompter.close()
    assert prompter.answers() == []
