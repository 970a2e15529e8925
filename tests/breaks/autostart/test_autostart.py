"""What is written to start at login, for paths nobody would wish for; installing twice; leaving nothing."""

import plistlib
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.breaks.autostart.choose import Ways, find_ways, install, installed, uninstall
from stretch_coach.breaks.autostart.entry import Watcher, make_watcher
from stretch_coach.breaks.autostart.launchd import launchd_entry
from stretch_coach.breaks.autostart.systemd import systemd_entry
from stretch_coach.breaks.autostart.task import task_entry
from stretch_coach.breaks.autostart.xdg import xdg_entry
from stretch_coach.errors import CoachError
from stretch_coach.paths import HOME_VARIABLE

NASTY = '/opt/my $HOME\'s "100%" `dir` \\ ü & <co>'
paths = st.text(st.characters(blacklist_categories=["C", "Z"]) | st.just(" "), min_size=1).map("/".__add__)

programs = paths.filter(lambda path: "=" not in path)


def watcher(home: str = NASTY) -> Watcher:
    """One with nasty paths."""
    return make_watcher([f"{NASTY}/python", "-m", "stretch_coach", "breaks", "watch"], {HOME_VARIABLE: home})


def value(text: str, key: str) -> str:
    """The value of a line."""
    [line] = [line for line in text.splitlines() if line.startswith(f"{key}=")]
    return line.partition("=")[2]


def words(quoted: str, escapable: str) -> list[str]:
    """Words in double quotes, in which a backslash escapes some characters."""
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


@given(programs, paths)
def test_a_desktop_reads_back_just_what_is_to_be_started(python: str, home: str) -> None:
    meant = make_watcher([python, "-m", "stretch_coach"], {HOME_VARIABLE: home})
    text = xdg_entry(meant, Path("/c")).content.decode()
    unescaped = value(text, "Exec").replace("\\\\", "\\")
    read = [word.replace("%%", "%") for word in words(unescaped, '"`$\\')]
    assert read == ["env", f"{HOME_VARIABLE}={meant.environment[0][1]}", python, "-m", "stretch_coach"]
    assert value(text, "TryExec").replace("\\\\", "\\") == python


@given(programs, paths)
def test_systemd_reads_back_just_what_is_to_be_started(python: str, home: str) -> None:
    meant = make_watcher([python, "-m", "stretch_coach"], {HOME_VARIABLE: home})
    text = systemd_entry(meant, Path("/c")).content.decode()
    program, *arguments = [word.replace("%%", "%") for word in words(value(text, "ExecStart"), '"\\')]
    if program == "/usr/bin/env":
        program, *arguments = arguments
    assert (program.replace("$$", "$"), arguments) == (python, ["-m", "stretch_coach"])
    [variable] = [word.replace("%%", "%") for word in words(value(text, "Environment"), '"\\')]
    assert variable == f"{HOME_VARIABLE}={meant.environment[0][1]}"


def test_launchd_and_the_scheduler_are_given_it_as_data() -> None:
    agent = plistlib.loads(launchd_entry(watcher(), Path("/h")).content)
    assert agent["ProgramArguments"] == list(watcher().command)
    assert agent["EnvironmentVariables"] == dict(watcher().environment)
    task = task_entry(watcher(), Path("/s")).content.decode("utf-16")
    root = ET.fromstring(task.partition("?>")[2])  # noqa: S314 - our own XML
    found = {element.tag.rpartition("}")[2]: element.text for element in root.iter()}
    assert found["Command"] == f"{NASTY}/python"
    assert found["ExecutionTimeLimit"] == "PT0S"
    assert "%" not in (found["Arguments"] or "")


@pytest.mark.parametrize("python", ["/opt/a\nExec=evil/python", "/opt/a=b/python"])
def test_a_path_that_no_file_can_hold_is_refused(python: str) -> None:
    with pytest.raises(CoachError, match="path"):
        make_watcher([python], {})


@pytest.fixture
def ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ways:
    """Ways below a folder of the test's own, with no systemd to talk to."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return find_ways(watcher(), {}, tmp_path / "state", home=tmp_path / "user", platform="linux")


def test_installing_twice_changes_nothing_and_uninstalling_leaves_nothing(ways: Ways, tmp_path: Path) -> None:
    ways.root.mkdir(parents=True)
    for entry in ways.entries:
        assert install(ways, entry)
        assert not install(ways, entry)
        assert installed(ways) == [(entry, True)]  # one way at a time
    assert uninstall(ways) == [ways.entries[-1]]
    assert list(ways.root.iterdir()) == []
    assert uninstall(ways) == []
    assert ways.root.is_relative_to(tmp_path)


def test_what_others_wrote_stays_and_an_older_file_is_told(ways: Ways) -> None:
    xdg = ways.entries[0]
    xdg.file.parent.mkdir(parents=True)
    other = xdg.file.with_name("other.desktop")
    other.write_text("kept", encoding="utf-8")
    xdg.file.write_text("older", encoding="utf-8")
    assert installed(ways) == [(xdg, False)]
    assert install(ways, xdg)
    uninstall(ways)
    assert list(xdg.file.parent.iterdir()) == [other]


@pytest.mark.e2e
def test_the_desktop_and_systemd_accept_it(tmp_path: Path) -> None:
    folder = tmp_path / NASTY.replace("/", "")
    folder.mkdir()
    python = folder / "python"
    python.symlink_to("/bin/true")
    meant = make_watcher([str(python), "-m", "stretch_coach", "breaks", "watch"], {HOME_VARIABLE: NASTY})
    for program, entry in (
        (["desktop-file-validate"], xdg_entry(meant, tmp_path)),
        (["systemd-analyze", "--user", "verify", "--man=no"], systemd_entry(meant, tmp_path)),
    ):
        if shutil.which(program[0]) is None:
            pytest.skip(f"{program[0]} is not installed")
        entry.file.parent.mkdir(parents=True, exist_ok=True)
        entry.file.write_bytes(entry.content)
        ended = subprocess.run(
            [*program, str(entry.file)],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
        )
        complaints = [line for line in (ended.stdout + ended.stderr).splitlines() if "stretch-coach" in line]
        assert (ended.returncode, complaints) == (0, [])
