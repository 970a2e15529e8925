"""The installed command in real processes: on pipes, and in a terminal of its own."""

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
    """The command as it is installed beside this Python."""
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
        """The next JSON event."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, f"the command ended: {self.finish()}"
        event: dict[str, Any] = json.loads(line)
        return event

    def wait_for(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first event that is wanted."""
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
        """Whether nothing comes for some seconds."""
        assert self.process.stdout
        ready, _, _ = select.select([self.process.stdout], [], [], seconds)
        return not ready

    def finish(self) -> tuple[int, str, str]:
        """Exit code, the rest of its output, and its errors."""
        out, err = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, out, err


class Terminal:
    """A running command in a terminal of its own, or another program such as a shell."""

    def __init__(self, *arguments: str, program: str | None = None) -> None:
        command = [program] if program else find_command()
        self._master, slave = os.openpty()
        # Makes the terminal the controlling one of a new session, as a shell's is, and then becomes the command.
        become = (
            "import fcntl, os, sys, termios; os.setsid(); fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
            "os.execv(sys.argv[1], sys.argv[1:])"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", become, *command, *arguments], stdin=slave, stdout=slave, stderr=slave
        )
        self.slave = slave
        self.screen = ""

    def press(self, keys: str) -> None:
        """Type on it."""
        os.write(self._master, keys.encode())

    def wait_for(self, text: str, patience: float = PATIENCE_SECONDS) -> None:
        """Read until a text has been shown since the last call."""
        self.wait_until(lambda: text in self.screen, f"{text!r} was shown", patience)
        self.screen = self.screen.partition(text)[2]

    def wait_until(self, happened: Callable[[], bool], what: str, patience: float = PATIENCE_SECONDS) -> None:
        """Read on until something has happened."""
        deadline = time.monotonic() + patience
        while not happened():
            assert time.monotonic() < deadline, f"never came that {what}; there was {self.screen[-2000:]!r}"
            ready, _, _ = select.select([self._master], [], [], 0.05)
            if ready:
                self.screen += os.read(self._master, 65536).decode(errors="replace")

    def hang_up(self) -> None:
        """Close the terminal, as its window's cross does."""
        os.close(self.slave)
        os.close(self._master)

    def finish(self) -> int:
        """Its exit code, once it ended."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            ready, _, _ = select.select([self._master], [], [], 0.1)
            if ready:
                self.screen += os.read(self._master, 65536).decode(errors="replace")
        return self.process.wait(timeout=1)


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
    """What is recorded, newest first."""
    told: list[dict[str, Any]] = json.loads(run("history", "--json").stdout)
    return told
