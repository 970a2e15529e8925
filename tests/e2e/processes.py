"""The installed command in real processes: on pipes, and in a terminal of its own."""

import codecs
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 30.0
"""How long a real process may take for anything before a test gives up on it."""


def find_command() -> list[str]:
    """Return the path of the command, which is installed beside this Python."""
    found = shutil.which("stretch-coach", path=str(Path(sys.executable).parent))
    assert found, "stretch-coach is not installed beside this Python"
    return [found]


class Coach:
    """A running command whose standard streams are pipes."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [*find_command(), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def next_event(self) -> dict[str, Any]:
        """Return the next JSON event."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, f"the command ended: {self.finish()}"
        event: dict[str, Any] = json.loads(line)
        return event

    def wait_for(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for an event and return it."""
        while True:
            event = self.next_event()
            if wanted(event):
                return event

    def write(self, text: str) -> None:
        """Write to its standard input."""
        assert self.process.stdin
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def is_silent_for(self, seconds: float) -> bool:
        """Return whether nothing is printed for some seconds."""
        assert self.process.stdout
        ready, _, _ = select.select([self.process.stdout], [], [], seconds)
        return not ready

    def finish(self) -> tuple[int, str, str]:
        """Wait for the end; return the exit code, the rest of the output, and the errors."""
        out, err = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, out, err


class Terminal:
    """A running command in a terminal of its own, or another program such as a shell.

    Args:
        arguments: The arguments of the command.
        program: The other program.
        controlling: Whether it is the controlling terminal of the process, as a shell's is, so that signals come with
            its keys and with its end.

    Attributes:
        modes: The modes of the terminal before the command could change them.
        screen: What was shown since the last text that was waited for.
    """

    def __init__(self, *arguments: str, program: str | None = None, controlling: bool = True) -> None:
        command = [program] if program else find_command()
        import termios  # noqa: PLC0415 - not on every system

        self._master, slave = os.openpty()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.modes = termios.tcgetattr(slave)
        control = "fcntl.ioctl(0, termios.TIOCSCTTY, 0); " if controlling else ""
        # Starts a new session, and then becomes the command.
        become = f"import fcntl, os, sys, termios; os.setsid(); {control}os.execv(sys.argv[1], sys.argv[1:])"
        self.process = subprocess.Popen(
            [sys.executable, "-c", become, *command, *arguments], stdin=slave, stdout=slave, stderr=slave
        )
        self.slave = slave
        self.screen = ""

    def press(self, keys: str) -> None:
        """Type on the terminal."""
        self.send(keys.encode())

    def send(self, data: bytes) -> None:
        """Send bytes as the terminal itself does, be they text or not."""
        os.write(self._master, data)

    def answer_warning_signs(self) -> None:
        """Answer that none of the warning signs apply."""
        for _ in range(4):
            self.wait_for("or n if none of these apply: ")
            self.press("n\n")

    def wait_for(self, text: str, patience: float = PATIENCE_SECONDS) -> None:
        """Read until a text has been shown since the last call."""
        self.wait_until(lambda: text in self.screen, f"{text!r} was shown", patience)
        self.screen = self.screen.partition(text)[2]

    def wait_until(self, happened: Callable[[], bool], what: str, patience: float = PATIENCE_SECONDS) -> None:
        """Read on until something has happened."""
        deadline = time.monotonic() + patience
        while not happened():
            assert time.monotonic() < deadline, f"never came that {what}; there was {self.screen[-2000:]!r}"
            self._read(0.05)

    def hang_up(self) -> None:
        """Close the terminal, as its window's cross does."""
        os.close(self.slave)
        os.close(self._master)

    def finish(self) -> int:
        """Wait for the end and return the exit code."""
        self.wait_until(lambda: self.process.poll() is not None, "the end")
        while self._read(0):  # what it wrote last
            pass
        return self.process.wait()

    def _read(self, seconds: float) -> bool:
        """Read what is shown within some seconds, and return whether there was anything."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if ready:
            self.screen += self._decoder.decode(os.read(self._master, 65536))
        return bool(ready)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [*find_command(), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def run_redirected(redirection: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end with its streams as a shell sets them, such as ``>&-``."""
    return subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {redirection}', "sh", *find_command(), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def history() -> list[dict[str, Any]]:
    """Return the recorded sessions, newest first."""
    listed: list[dict[str, Any]] = json.loads(run("history", "--json").stdout)
    return listed
