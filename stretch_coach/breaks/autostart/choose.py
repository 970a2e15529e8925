"""Installing and uninstalling: which ways there are on this system, of which one is used at a time."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from stretch_coach.breaks.autostart.entry import Entry, Watcher, is_there, is_written, remove_entry, write_entry
from stretch_coach.breaks.autostart.launchd import LABEL, launchd_entry
from stretch_coach.breaks.autostart.systemd import UNIT, systemd_entry
from stretch_coach.breaks.autostart.task import TASK, task_entry
from stretch_coach.breaks.autostart.xdg import xdg_entry
from stretch_coach.errors import CoachError

_PATIENCE_SECONDS = 10.0


class Ways(NamedTuple):
    """The ways to start at login here.

    Attributes:
        entries: The default first.
        root: The folder below which empty folders are taken away again.
        platform: As ``sys.platform`` has it.
    """

    entries: tuple[Entry, ...]
    root: Path
    platform: str


def find_ways(
    watcher: Watcher, environ: Mapping[str, str], state: Path, *, home: Path, platform: str = sys.platform
) -> Ways:
    """What could be written here. Nothing is written.

    Args:
        watcher: What is to be started.
        environ: May have ``XDG_CONFIG_HOME``.
        state: The program's state folder.
        home: The user's home folder.
        platform: As ``sys.platform`` has it.
    """
    if platform == "darwin":
        return Ways((launchd_entry(watcher, home),), home / "Library", platform)
    if platform == "win32":
        return Ways((task_entry(watcher, state),), state, platform)
    config = Path(environ.get("XDG_CONFIG_HOME", ""))
    if not config.is_absolute():
        config = home / ".config"
    return Ways((xdg_entry(watcher, config), systemd_entry(watcher, config)), config, platform)


def install(ways: Ways, entry: Entry) -> bool:
    """Write one way, and take the others away; whether anything changed.

    Raises:
        CoachError: It cannot be written or registered.
    """
    changed = write_entry(entry)
    for other in ways.entries:
        if other != entry:
            changed |= remove_entry(other, ways.root)
    if ways.platform == "win32":
        _run("schtasks", "/Create", "/F", "/TN", TASK, "/XML", str(entry.file), needed=True)
    elif changed and ways.platform != "darwin":
        _reload_systemd(ways)
    return changed


def uninstall(ways: Ways) -> list[Entry]:
    """Take all ways away; those that were there. What runs already goes on until the next logout.

    Raises:
        CoachError: One cannot be removed.
    """
    there = [entry for entry in ways.entries if is_there(entry)]
    if there and ways.platform == "win32":
        _run("schtasks", "/Delete", "/F", "/TN", TASK, needed=True)
    for entry in there:
        remove_entry(entry, ways.root)
    if there and ways.platform == "darwin":
        _run("launchctl", "bootout", f"gui/{os.getuid()}/{LABEL}")
    elif there and ways.platform != "win32":
        _reload_systemd(ways)
    return there


def installed(ways: Ways) -> list[tuple[Entry, bool]]:
    """The ways that are there, each with whether it is what would be written now."""
    return [(entry, is_written(entry)) for entry in ways.entries if is_there(entry)]


def _reload_systemd(ways: Ways) -> None:
    """Let a running systemd see the change; at the next login it does so by itself."""
    if any(entry.file.name == UNIT for entry in ways.entries):
        _run("systemctl", "--user", "daemon-reload")


def _run(name: str, *arguments: str, needed: bool = False) -> None:
    found = shutil.which(name)
    if not found:
        if needed:
            raise CoachError(name, "this program of the system was not found.")
        return
    try:
        subprocess.run(  # noqa: S603 - a program that was looked up, with arguments of ours
            [found, *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE_SECONDS, check=needed
        )
    except (OSError, subprocess.SubprocessError) as error:
        if needed:
            raise CoachError(name, f"the system refuses ({error}).") from error
