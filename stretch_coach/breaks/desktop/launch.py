"""Starts a session as a separate process, in a terminal window or without one."""

import contextlib
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from stretch_coach.breaks.desktop.notify.notification import START_YOURSELF, PromptError
from stretch_coach.breaks.desktop.terminals import Terminal
from stretch_coach.paths import HOME_VARIABLE, make_private_folder

# Flags of CreateProcess, which the standard library defines on Windows only.
_NEW_CONSOLE, _NEW_GROUP, _NO_WINDOW = 0x10, 0x200, 0x08000000


class Launched:
    """A process that was started. Poll it until it has ended.

    Args:
        process: The process.
        program: The name of what was started, as users know it.
    """

    def __init__(self, process: "subprocess.Popen[bytes]", program: str) -> None:
        self._process = process
        self.program = program

    @property
    def pid(self) -> int:
        """The process's id, which on Linux and macOS is also that of its process group."""
        return self._process.pid

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal, or None while the process runs. It does not wait."""
        return self._process.poll()

    def interrupt(self) -> None:
        """Ask the process to end, as Ctrl+C does. On Windows it has no console for that, so it is ended at once."""
        if self.poll() is not None:
            return
        if sys.platform == "win32":
            self._process.terminate()
        else:
            with contextlib.suppress(OSError):
                os.kill(self._process.pid, signal.SIGINT)


def launch_in_window(
    command: Sequence[str],
    terminal: Terminal,
    *,
    environ: Mapping[str, str],
    folder: Path,
    platform: str = sys.platform,
) -> Launched:
    """Run a command in a new terminal window.

    Args:
        command: The program, by its absolute path, with its arguments.
        terminal: What opens the window.
        environ: The environment of the new process.
        folder: A private folder for the script that the Terminal of macOS runs.
        platform: The platform, as in `sys.platform`.

    Raises:
        PromptError: It cannot be started.
    """
    if platform == "win32" and not terminal.prefix:
        return _start(command, environ, terminal.name, flags=_NEW_CONSOLE | _NEW_GROUP)
    if platform == "darwin" and not terminal.prefix:
        script = write_mac_script(command, environ, folder)
        return _start(["/usr/bin/open", "-a", "Terminal", str(script)], environ, terminal.name)
    return _start([*terminal.prefix, *command], environ, terminal.name)


def launch_without_window(
    command: Sequence[str], *, environ: Mapping[str, str], platform: str = sys.platform
) -> Launched:
    """Run a command that only speaks.

    Raises:
        PromptError: It cannot be started.
    """
    flags = _NO_WINDOW | _NEW_GROUP if platform == "win32" else 0
    return _start(command, environ, "the session", flags=flags)


def write_mac_script(command: Sequence[str], environ: Mapping[str, str], folder: Path) -> Path:
    """Write a file that the Terminal of macOS runs in a new window, and which removes itself first.

    Raises:
        PromptError: It cannot be written.
    """
    file = folder / "start-break.command"
    lines = ["#!/bin/sh", 'rm -f -- "$0"']
    if home := environ.get(HOME_VARIABLE):
        lines.append(f"export {HOME_VARIABLE}={shlex.quote(home)}")
    lines.append(f"exec {shlex.join(command)}")
    try:
        make_private_folder(folder)
        file.unlink(missing_ok=True)
        with open(file, "x", encoding="utf-8", opener=_open_private) as out:
            out.write("\n".join(lines) + "\n")
    except OSError as error:
        raise PromptError(str(file), f"cannot be written ({error.strerror}).") from error
    return file


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o700)


def _start(command: Sequence[str], environ: Mapping[str, str], program: str, *, flags: int = 0) -> Launched:
    """Start a process in its own session, without passing any of our open files on to it."""
    # The standard library accepts the flags on Windows only, and the session everywhere else.
    own: dict[str, Any] = {"creationflags": flags} if sys.platform == "win32" else {"start_new_session": True}
    if not flags & _NEW_CONSOLE:  # a console of its own has streams of its own
        own |= dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    try:
        process = subprocess.Popen(  # noqa: S603 - an argument list; the program is the user's choice or was looked up
            list(command),
            env=dict(environ),
            **own,
        )
    except (OSError, ValueError) as error:
        raise PromptError(command[0], f"cannot be started ({error}).", START_YOURSELF) from error
    return Launched(process, program)
