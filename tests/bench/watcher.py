"""Measure what the watcher costs all day, with a desktop and without one, beside a bare interpreter and other programs.

Usage: uv run python -m tests.bench.watcher [SECONDS]

The desktop is an X server without a screen, a message bus and dunst, if they are installed. CPU time is
that of the process alone, so other work on the machine hardly changes it.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

SECONDS = 60.0
SETTLE_SECONDS = 5.0
MOST_PSS_MIB = 11.0
MOST_CPU_MS = 1.0
WITHOUT, WITH = "watcher, no desktop", "watcher, desktop"
PEERS = {"workrave": ["workrave"], "safeeyes": ["safeeyes"], "rsibreak": ["rsibreak", "--nofork"]}
RULES = """
[[breaks.rules]]
every = 45
days = "mon-fri"
windows = ["09:00-12:30", "13:30-17:30"]

[[breaks.rules]]
every = 480

[[breaks.rules]]
at = ["00:01"]
"""


@contextlib.contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process as long as the block runs."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdin=quiet, stdout=quiet, stderr=quiet)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)


@contextlib.contextmanager
def desktop() -> Iterator[dict[str, str] | None]:
    """Provide the environment of a desktop, or None if its programs are not installed."""
    if not all(map(shutil.which, ("Xvfb", "dbus-daemon", "dunst"))):
        yield None
        return
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x600x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    bus = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert bus.stdout
        with os.fdopen(reading, encoding="ascii") as number:
            display, address = f":{number.readline().strip()}", bus.stdout.readline().strip()
        environment = {**os.environ, "DISPLAY": display, "DBUS_SESSION_BUS_ADDRESS": address}
        with running(["dunst"], environment):
            time.sleep(1)
            yield environment
    finally:
        for process in (bus, server):
            process.terminate()
            process.wait(10)


def pss_mib(pid: int) -> float:
    """Return the proportional set size of a process."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024


def cpu_ms(pid: int) -> float:
    """Return the CPU time of all threads of a process so far."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text(encoding="ascii").split()[0]) for task in tasks) / 1e6


def main(seconds: float) -> int:
    """Measure, print, and return 0 if the targets are met."""
    coach = [sys.executable, "-m", "stretch_coach", "breaks", "watch"]
    bare = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    bare.pop("DBUS_SESSION_BUS_ADDRESS", None)
    with contextlib.ExitStack() as stack:
        with_desktop = stack.enter_context(desktop())
        commands = {"python -c sleep": ([sys.executable, "-c", "import time; time.sleep(3600)"], bare)}
        commands[WITHOUT] = (coach, bare)
        if with_desktop:
            commands[WITH] = (coach, with_desktop)
            commands |= {name: (line, with_desktop) for name, line in PEERS.items() if shutil.which(line[0])}
        processes: dict[str, subprocess.Popen[bytes]] = {}
        for name, (line, environment) in commands.items():
            home = stack.enter_context(tempfile.TemporaryDirectory())
            (Path(home) / "config.toml").write_text(RULES, encoding="utf-8")
            process = stack.enter_context(running(line, {**environment, "STRETCH_COACH_HOME": home}))
            processes[name] = process
        time.sleep(SETTLE_SECONDS)
        before = {name: cpu_ms(process.pid) for name, process in processes.items() if process.poll() is None}
        time.sleep(seconds)
        measured = {
            name: (pss_mib(processes[name].pid), (cpu_ms(processes[name].pid) - cpu) * 60 / seconds)
            for name, cpu in before.items()
            if processes[name].poll() is None
        }
    for name, (pss, cpu) in measured.items():
        print(f"{name:<20}{pss:7.1f} MiB PSS {cpu:8.2f} ms CPU a minute")
    print(f"targets for the watcher: {MOST_PSS_MIB:g} MiB, {MOST_CPU_MS:g} ms")
    watchers = [measured[name] for name in (WITHOUT, WITH) if name in measured]
    if not watchers:
        print("the watcher ended")
    return 0 if watchers and all(pss <= MOST_PSS_MIB and cpu <= MOST_CPU_MS for pss, cpu in watchers) else 1


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
