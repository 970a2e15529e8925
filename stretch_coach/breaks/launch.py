"""Starting a session as a process of its own: in a terminal window, or with no window at all."""

import contextlib
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from stretch_coach.breaks.prompt import PromptError
from stretch_coach.breaks.terminals import Terminal
from stretch_coach.paths import HOME_VARIABLE, make_private_folder

# Flags of Windows' CreateProcess, which the standard library names only there.
_NEW_CONSOLE, _NEW_GROUP, _NO_WINDOW = 0x10, 0x200, 0x08000000


class Launched:
    """A process that was started; it must be polled until it has ended.

    Args:
        process: It.
        tells_end: Whether it lasts as long as the command. Some terminals hand the command on and end at once; whether
            a session runs can then be seen only from its own record.
    """

    def __init__(self, process: "subprocess.Popen[bytes]", *, tells_end: bool) -> None:
        self._process = process
        self.tells_end = tells_end

    @property
    def pid(self) -> int:
        """The process's id, which on Linux and macOS is its group's too."""
        return self._process.pid

    def poll(self) -> int | None:
        """The exit code, negative for a signal; none while it runs. It does not wait."""
        return self._process.poll()

    def stop(self, patience: float = 0.0) -> int | None:
        """Ask it and what it started to end, as a closed window does, and wait for it a little.

        Args:
            patience: Seconds to wait, 0 or more. What has not ended by then is left to end.
        """
        if self.poll() is None:
            if sys.platform == "win32":
                self._process.terminate()
            else:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGTERM)
            if patience > 0:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(patience)
        return self.poll()


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
        folder: A private folder, where macOS' Terminal is given what to run.
        platform: As ``sys.platform`` has it.

    Raises:
        PromptError: It cannot be started.
    """
    if platform == "win32" and not terminal.prefix:
        return _start(command, environ, tells_end=True, flags=_NEW_CONSOLE | _NEW_GROUP)
    if platform == "darwin" and not terminal.prefix:
        script = write_mac_script(command, environ, folder)
        return _start(["/usr/bin/open", "-a", "Terminal", str(script)], environ, tells_end=False)
    return _start([*terminal.prefix, *command], environ, tells_end=terminal.waits)


def launch_without_window(
    command: Sequence[str], *, environ: Mapping[str, str], platform: str = sys.platform
) -> Launched:
    """Run a command that only speaks. Its end can be waited for.

    Raises:
        PromptError: It cannot be started.
    """
    flags = _NO_WINDOW | _NEW_GROUP if platform == "win32" else 0
    return _start(command, environ, tells_end=True, flags=flags)


def write_mac_script(command: Sequence[str], environ: Mapping[str, str], folder: Path) -> Path:
    """A file that macOS' Terminal runs in a new window, and which removes itself first.

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
        raise PromptError(str(file), f"this cannot be written ({error.strerror}).") from error
    return file


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o700)


def _start(command: Sequence[str], environ: Mapping[str, str], *, tells_end: bool, flags: int = 0) -> Launched:
    """Start a process in a session of its own, which holds none of our files open."""
    # The standard library refuses the flags elsewhere than on Windows, and the session there.
    own: dict[str, Any] = {"creationflags": flags} if sys.platform == "win32" else {"start_new_session": True}
    try:
        process = subprocess.Popen(  # noqa: S603 - an argument list; the program is the user's choice or was looked up
            list(command),
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **own,
        )
    except (OSError, ValueError) as error:
        hint = "Start the session yourself with: stretch-coach start"
        raise PromptError(command[0], f"this cannot be started ({error}).", hint) from error
    return Launched(process, tells_end=tells_end)
