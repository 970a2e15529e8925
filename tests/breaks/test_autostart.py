"""What starts the watcher at login, for awkward paths; installing twice; leaving nothing behind."""

import os
import plistlib
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stretch_coach.breaks.autostart.formats import (
    WatcherCommand,
    launchd_agent,
    scheduled_task,
    systemd_unit,
    watcher_command,
    xdg_autostart,
)
from stretch_coach.breaks.autostart.install import AutostartOptions, find_options, install, installed, uninstall
from stretch_coach.errors import CoachError
from stretch_coach.paths import HOME_VARIABLE

AWKWARD = '/opt/my $HOME\'s "100%" `dir` \\ ü & <co>'
PATHS = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1).map("/".__add__)
PROGRAMS = PATHS.filter(lambda path: "=" not in path)
EXAMPLES = settings(max_examples=50)


def command(python: str = f"{AWKWARD}/python", home: str = AWKWARD) -> WatcherCommand:
    return watcher_command([python, "-m", "stretch_coach", "breaks", "watch"], {HOME_VARIABLE: home})


def value(text: str, key: str) -> str:
    [line] = [line for line in text.splitlines() if line.startswith(f"{key}=")]
    return line.partition("=")[2]


def words(quoted: str, escapable: str) -> list[str]:
    """Return words in double quotes, in which a backslash escapes some characters."""
    found: list[str] = []
    rest = iter(quoted)
    for character in rest:
        if character == " ":
            continue
        assert character == '"'
        word = ""
        while (inner := next(rest)) != '"':
            if inner == "\\":
                inner = next(rest)
                assert inner in escapable
            word += inner
        found.append(word)
    return found


class TestFormats:
    @EXAMPLES
    @given(PROGRAMS, PATHS)
    def test_a_desktop_reads_back_the_command(self, python: str, home: str) -> None:
        meant = command(python, home)
        text = xdg_autostart(meant, Path("/c")).content.decode()
        unescaped = value(text, "Exec").replace("\\\\", "\\")
        read = [word.replace("%%", "%") for word in words(unescaped, '"`$\\')]
        assert read == ["env", f"{HOME_VARIABLE}={meant.environment[0][1]}", *meant.words]
        assert value(text, "TryExec").replace("\\\\", "\\") == python

    @EXAMPLES
    @given(PROGRAMS, PATHS)
    def test_systemd_reads_back_the_command(self, python: str, home: str) -> None:
        meant = command(python, home)
        text = systemd_unit(meant, Path("/c")).content.decode()
        program, *arguments = [word.replace("%%", "%") for word in words(value(text, "ExecStart"), '"\\')]
        if program == "/usr/bin/env":
            program, *arguments = arguments
        assert [program.replace("$$", "$"), *arguments] == list(meant.words)
        [variable] = [word.replace("%%", "%") for word in words(value(text, "Environment"), '"\\')]
        assert variable == f"{HOME_VARIABLE}={meant.environment[0][1]}"

    def test_launchd_reads_back_the_command(self) -> None:
        agent = plistlib.loads(launchd_agent(command(), Path("/h")).content)
        assert agent["ProgramArguments"] == list(command().words)
        assert agent["EnvironmentVariables"] == dict(command().environment)

    def test_the_scheduler_reads_back_the_program(self) -> None:
        task = scheduled_task(command(), Path("/s")).content.decode("utf-16")
        root = ET.fromstring(task.partition("?>")[2])  # noqa: S314 - our own XML
        found = {element.tag.rpartition("}")[2]: element.text for element in root.iter()}
        assert found["Command"] == f"{AWKWARD}/python"
        assert found["ExecutionTimeLimit"] == "PT0S"
        assert "%" not in (found["Arguments"] or "")

    @pytest.mark.parametrize("python", ["/opt/a\nExec=evil/python", "/opt/a=b/python"])
    def test_a_path_that_cannot_be_written_is_refused(self, python: str) -> None:
        with pytest.raises(CoachError, match="path"):
            watcher_command([python], {})


class TestInstall:
    @pytest.fixture
    def options(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AutostartOptions:
        """Return the options in an empty home, without a running systemd."""
        monkeypatch.setenv("PATH", str(tmp_path))
        return find_options(command(), {}, tmp_path / "state", home=tmp_path / "user", platform="linux")

    @pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
    def test_installing_twice_changes_nothing_and_uninstalling_leaves_nothing(self, options: AutostartOptions) -> None:
        options.root.mkdir(parents=True)
        for one in options.files:
            assert install(options, one)
            assert not install(options, one)
            assert installed(options) == [(one, True)]  # one way at a time
        assert uninstall(options) == [options.files[-1]]
        assert not options.root.exists()
        assert uninstall(options) == []

    @pytest.mark.skipif(sys.platform == "win32", reason="Unix modes")
    def test_installed_files_are_private_under_any_umask(self, options: AutostartOptions) -> None:
        before = os.umask(0)
        try:
            for one in options.files:
                install(options, one)
                created = [one.file, *(folder for folder in one.file.parents if folder.is_relative_to(options.root))]
                assert [path for path in created if path.stat().st_mode & 0o077] == []
        finally:
            os.umask(before)

    def test_other_files_stay_and_an_older_version_is_replaced(self, options: AutostartOptions) -> None:
        xdg = options.files[0]
        xdg.file.parent.mkdir(parents=True)
        other = xdg.file.with_name("other.desktop")
        other.write_text("kept", encoding="utf-8")
        xdg.file.write_text("older", encoding="utf-8")
        assert installed(options) == [(xdg, False)]
        assert install(options, xdg)
        uninstall(options)
        assert list(xdg.file.parent.iterdir()) == [other]

    def test_on_windows_a_task_that_cannot_be_registered_leaves_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        options = find_options(command(), {}, tmp_path / "state", home=tmp_path / "user", platform="win32")
        with pytest.raises(CoachError, match="schtasks"):
            install(options, options.files[0])
        assert installed(options) == []

    def test_on_windows_a_task_that_was_deleted_by_hand_can_be_uninstalled(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        options = find_options(command(), {}, tmp_path / "state", home=tmp_path / "user", platform="win32")
        task = options.files[0]
        task.file.parent.mkdir(parents=True)
        task.file.write_bytes(task.content)
        assert uninstall(options) == [task]
        assert not task.file.exists()
