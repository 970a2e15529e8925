"""Measure the app in a pseudo-terminal: its first words and list, its CPU time in a session, its response to a key.

Run: uv run python -m tests.bench.app
"""

import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from stretch_coach.journal import acknowledgements
from stretch_coach.journal.database import open_for_writing
from tests.e2e.processes import find_command

ROUNDS = 9
WORDS_RATIO, LIST_RATIO = 1.2, 1.5
MOVING_SHARE, HOLDING_SHARE = 0.03, 0.012
ANSWER_SECONDS = 0.050
WATCHED_SECONDS = 6.0
PATIENCE_SECONDS = 30.0
COLUMNS, LINES = 100, 30

NAME = b"Stretch Coach"
LISTED = b"Three-minute screen break"
TITLE = b"\x1b]2;"
"""The sequence that sets the title of the window; the app's name in it is not a frame."""

BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("Stretch Coach")

Bare().run()
"""
SETTINGS = '[app]\nlead_in = 0\nask_comfort = false\nfigure = "blocks"\n[voice]\nexplain = "never"\n'
MOVING = '{"exercise": "half-circles", "prepare": 1, "hold": 600, "reps": 1}'
HOLDING = '{"exercise": "upper-trap-stretch", "side": "left", "prepare": 1, "hold": 600, "reps": 1}'


class Screen:
    """A program in a terminal of a fixed size, and everything it wrote."""

    def __init__(self, *command: str) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.started = time.perf_counter()
        self.process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, start_new_session=True)
        os.close(slave)
        self.seen = b""

    def wait_for(self, happened: Callable[[bytes], bool]) -> float:
        """Return when the output first fulfilled a condition."""
        deadline = time.perf_counter() + PATIENCE_SECONDS
        while not happened(self.seen):
            left = deadline - time.perf_counter()
            if left < 0 or not select.select([self._master], [], [], left)[0]:
                sys.exit(f"it never came; there was {self.seen[-500:]!r}")
            self.seen += os.read(self._master, 65536)
        return time.perf_counter()

    def press(self, key: bytes) -> float:
        """Type, forget the previous output, and return when."""
        self.read_for(0.0)
        self.seen = b""
        at = time.perf_counter()
        os.write(self._master, key)
        return at

    def read_for(self, seconds: float) -> None:
        """Read the output for some seconds, as a terminal does."""
        deadline = time.perf_counter() + seconds
        while select.select([self._master], [], [], max(0.0, deadline - time.perf_counter()))[0]:
            self.seen += os.read(self._master, 65536)
            if time.perf_counter() >= deadline:
                return

    def cpu_seconds(self) -> float:
        """Return the CPU seconds of the program itself, without its children."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """End the program."""
        self.process.kill()
        self.process.wait()
        os.close(self._master)


def shows_name(seen: bytes) -> bool:
    """Return whether a frame shows the name, not only the title of the window."""
    outside = b"".join(part.partition(b"\x07")[2] if number else part for number, part in enumerate(seen.split(TITLE)))
    return NAME in outside


def first_frames() -> tuple[float, float, float]:
    """Return the median seconds to the app's first words, to its list of routines, and to a bare app's first words.

    They are measured in turns.
    """
    words, listed, bare = [], [], []
    screen = Screen(*find_command())  # the second time, the app knows what it listed before
    screen.wait_for(lambda seen: LISTED in seen)
    screen.read_for(3.0)
    screen.close()
    for _ in range(ROUNDS):
        screen = Screen(*find_command())
        words.append(screen.wait_for(shows_name) - screen.started)
        listed.append(screen.wait_for(lambda seen: LISTED in seen) - screen.started)
        screen.close()
        screen = Screen(sys.executable, "-c", BARE)
        bare.append(screen.wait_for(shows_name) - screen.started)
        screen.close()
    return statistics.median(words), statistics.median(listed), statistics.median(bare)


def led(file: Path, step: str, key: bytes = b"\r") -> Screen:
    """Start a session of one long step, and wait for its hold."""
    file.write_text(f'{{"title": "Own", "steps": [{step}]}}', encoding="utf-8")
    screen = Screen(*find_command(), "start", str(file))
    screen.wait_for(lambda seen: b"1 step" in seen)
    screen.press(key)
    screen.wait_for(lambda seen: b"get ready" in seen)
    screen.wait_for(lambda seen: any(kind in seen.rpartition(b"get ready")[2] for kind in (b"hold", b"round")))
    screen.read_for(6.0)  # until the move into the stretch is over, and everything has been said and loaded
    return screen


def share_of_core(screen: Screen) -> float:
    """Return the share of a core that is used over some seconds."""
    started, before = time.perf_counter(), screen.cpu_seconds()
    screen.read_for(WATCHED_SECONDS)
    return (screen.cpu_seconds() - before) / (time.perf_counter() - started)


def answers(screen: Screen) -> list[float]:
    """Return the seconds from the pause key to the word on the screen."""
    taken = []
    for _ in range(ROUNDS):
        at = screen.press(b" ")
        taken.append(screen.wait_for(lambda seen: b"paused" in seen) - at)
        screen.press(b" ")
        screen.read_for(1.0)
    return taken


def main() -> int:
    """Measure, print, and return 0 if the targets are met."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ |= {"STRETCH_COACH_HOME": name, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        (home / "config.toml").write_text(SETTINGS, encoding="utf-8")
        database = open_for_writing(home / "history.db", 1)
        acknowledgements.acknowledge(
            database, [acknowledgements.NOTICE], int(datetime.now().astimezone().timestamp() * 1000)
        )
        database.close()
        words, listed, bare = first_frames()
        print(f"first words {words * 1000:.0f} ms, bare {bare * 1000:.0f} ms: {words / bare:.2f} x (at most 1.2)")
        print(f"list of routines {listed * 1000:.0f} ms: {listed / bare:.2f} x (at most 1.5)")
        screen = led(home / "moving.json", MOVING)
        moving = share_of_core(screen)
        taken = answers(screen)
        screen.close()
        screen = led(home / "holding.json", HOLDING)
        holding = share_of_core(screen)
        screen.close()
    limits = f"(at most {MOVING_SHARE:.1%})", f"(at most {HOLDING_SHARE:.1%})"
    print(f"figure moving {moving:.1%} of a core {limits[0]}, holding {holding:.1%} {limits[1]}")
    print(f"a key answered after {statistics.median(taken) * 1000:.0f} ms, worst {max(taken) * 1000:.0f} (at most 50)")
    met = (
        words / bare <= WORDS_RATIO
        and listed / bare <= LIST_RATIO
        and moving <= MOVING_SHARE
        and holding <= HOLDING_SHARE
    )
    return 0 if met and statistics.median(taken) <= ANSWER_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
