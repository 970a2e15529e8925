"""Makes the watcher start at login, or stops that. Of the ways that a system offers, at most one is installed."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from stretch_coach.breaks.autostart.formats import (
    LABEL,
    TASK,
    UNIT,
    AutostartFile,
    WatcherCommand,
    launchd_agent,
    scheduled_task,
    systemd_unit,
    xdg_autostart,
)
from stretch_coach.errors import CoachError
from stretch_coach.paths import make_private_folder

_PATIENCE_SECONDS = 10.0


class AutostartOptions(NamedTuple):
    """The ways to start the watcher at login here.

    Attributes:
        files: The files to choose from, the default first.
        root: The folder below which uninstalling removes folders that it leaves empty, and the folder itself.
        platform: The platform, as in `sys.platform`.
    """

    files: tuple[AutostartFile, ...]
    root: Path
    platform: str


def find_options(
    command: WatcherCommand, environ: Mapping[str, str], state: Path, *, home: Path, platform: str = sys.platform
) -> AutostartOptions:
    """Return the ways to start the watcher at login here, without writing anything.

    Args:
        command: The watcher.
        environ: The environment, which may have `XDG_CONFIG_HOME`.
        state: The program's state folder.
        home: The user's home folder.
        platform: The platform, as in `sys.platform`.
    """
    if platform == "darwin":
        return AutostartOptions((launchd_agent(command, home),), home / "Library", platform)
    if platform == "win32":
        return AutostartOptions((scheduled_task(command, state),), state, platform)
    config = Path(environ.get("XDG_CONFIG_HOME", ""))
    if not config.is_absolute():
        config = home / ".config"
    files = (xdg_autostart(command, config), systemd_unit(command, config))
    return AutostartOptions(files, config, platform)


def install(options: AutostartOptions, chosen: AutostartFile) -> bool:
    """Install the chosen way, remove the others, and return whether anything changed.

    Raises:
        CoachError: It cannot be written or registered.
    """
    changed = _write(chosen)
    for other in options.files:
        if other != chosen:
            changed |= _remove(other, options.root)
    if options.platform == "win32":
        try:
            _run("schtasks", "/Create", "/F", "/TN", TASK, "/XML", str(chosen.file), required=True)
        except CoachError:
            _remove(chosen, options.root)  # or it would count as installed
            raise
    elif changed and options.platform != "darwin":
        _reload_systemd(options)
    return changed


def uninstall(options: AutostartOptions) -> list[AutostartFile]:
    """Remove all of them and return those that were installed. A running watcher continues until the next logout.

    Raises:
        CoachError: One cannot be removed.
    """
    present = [file for file in options.files if _exists(file)]
    if present and options.platform == "win32":
        _run("schtasks", "/Delete", "/F", "/TN", TASK)  # it may have been deleted by hand
    for file in present:
        _remove(file, options.root)
    if present and options.platform == "darwin":
        _run("launchctl", "bootout", f"gui/{os.getuid()}/{LABEL}")
    elif present and options.platform != "win32":
        _reload_systemd(options)
    return present


def installed(options: AutostartOptions) -> list[tuple[AutostartFile, bool]]:
    """Return the ways that are installed, each with whether it is what would be written now."""
    return [(file, _is_current(file)) for file in options.files if _exists(file)]


def _write(chosen: AutostartFile) -> bool:
    """Write a file, whole or not at all, and return whether anything changed."""
    if _is_current(chosen):
        return False
    new = chosen.file.with_name(chosen.file.name + ".new")
    try:
        make_private_folder(chosen.file.parent)
        new.write_bytes(chosen.content)
        new.chmod(0o600)
        new.replace(chosen.file)
        if chosen.link:
            make_private_folder(chosen.link.parent)
            chosen.link.unlink(missing_ok=True)
            chosen.link.symlink_to(chosen.file)
    except OSError as error:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise CoachError(str(error.filename or chosen.file), f"cannot be written ({error.strerror}).") from error
    return True


def _is_current(one: AutostartFile) -> bool:
    """Return whether this file is installed exactly as it would be written now."""
    try:
        linked = one.link is None or one.link.readlink() == one.file
        return linked and one.file.read_bytes() == one.content
    except OSError:
        return False


def _exists(one: AutostartFile) -> bool:
    """Return whether this file, or an older version of it, is installed."""
    return os.path.lexists(one.file) or (one.link is not None and os.path.lexists(one.link))


def _remove(one: AutostartFile, root: Path) -> bool:
    """Remove a file and the folders up to `root` that it leaves empty; return whether there was anything to remove."""
    if not _exists(one):
        return False
    for path in (one.link, one.file):
        if path is None:
            continue
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise CoachError(str(path), f"cannot be removed ({error.strerror}).") from error
        with contextlib.suppress(OSError):  # a folder that is not empty stays
            for folder in path.parents:
                if not folder.is_relative_to(root):
                    break
                folder.rmdir()
    return True


def _reload_systemd(options: AutostartOptions) -> None:
    """Let a running systemd see the change; at the next login it does by itself."""
    if any(one.file.name == UNIT for one in options.files):
        _run("systemctl", "--user", "daemon-reload")


def _run(name: str, *arguments: str, required: bool = False) -> None:
    found = shutil.which(name)
    if not found:
        if required:
            raise CoachError(name, "this system program was not found.")
        return
    try:
        subprocess.run(  # noqa: S603 - a program that was looked up, with our own arguments
            [found, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=required,
        )
    except (OSError, subprocess.SubprocessError) as error:
        if required:
            raise CoachError(name, f"the system refuses ({error}).") from error
