"""What it costs to have the break watcher run all day, beside a bare interpreter and other programs, in one run.

Run: uv run python -m tests.bench.watcher [SECONDS]
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
SETTLE_SECONDS = 4.0
MOST_PSS_MIB = 15.0
MOST_CPU_MS = 1.0
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
    """A process for as long as the block runs."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)


def pss_mib(pid: int) -> float:
    """Proportional set size."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024


def cpu_ms(pid: int) -> float:
    """Time on a processor so far, of all threads."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text(encoding="ascii").split()[0]) for task in tasks) / 1e6


def main(seconds: float) -> int:
    """Measure, print, and say whether the targets are met."""
    coach = [sys.executable, "-m", "stretch_coach", "breaks", "watch"]
    commands = {"python -c sleep": [sys.executable, "-c", "import time; time.sleep(3600)"], "breaks watch": coach}
    commands |= {name: command for name, command in PEERS.items() if shutil.which(command[0])}
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        environment = {**os.environ, "STRETCH_COACH_HOME": folder}
        (Path(folder) / "config.toml").write_text(RULES, encoding="utf-8")
        processes = {name: stack.enter_context(running(command, environment)) for name, command in commands.items()}
        time.sleep(SETTLE_SECONDS)
        before = {name: cpu_ms(process.pid) for name, process in processes.items() if process.poll() is None}
        time.sleep(seconds)
        measured = {
            name: (pss_mib(processes[name].pid), (cpu_ms(processes[name].pid) - begun) * 60 / seconds)
            for name, begun in before.items()
            if processes[name].poll() is None
        }
    for name, (pss, cpu) in measured.items():
        print(f"{name:<18}{pss:7.1f} MiB PSS {cpu:8.2f} ms CPU a minute")
    if "breaks watch" not in measured:
        print("the watcher ended")
        return 1
    pss, cpu = measured["breaks watch"]
    print(f"watcher: {pss:.1f} MiB (at most {MOST_PSS_MIB:g}), {cpu:.2f} ms (at most {MOST_CPU_MS:g})")
    return 0 if pss <= MOST_PSS_MIB and cpu <= MOST_CPU_MS else 1


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
