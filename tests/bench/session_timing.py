"""Measure how late the segments and the end of a real session are, beside a loop that counts one-second sleeps.

Run: uv run python -m tests.bench.session_timing [ROUTINE] [COMMAND]
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

END_MS = 20.0
SEGMENT_MS = 30.0


def count_sleeps(seconds: float, ended: list[float]) -> None:
    """Return how many milliseconds late a countdown ends that sleeps a second, counts and shows."""
    started = time.perf_counter()
    left = int(seconds)
    while left:
        time.sleep(1)
        left -= 1
        json.dumps({"left": left})
    ended.append((time.perf_counter() - started - int(seconds)) * 1000)


def main() -> int:
    """Measure, print, and return 0 if the targets are met."""
    routine = sys.argv[1] if len(sys.argv) > 1 else "micro-break"
    command = sys.argv[2] if len(sys.argv) > 2 else shutil.which("stretch-coach", path=Path(sys.executable).parent)
    if command is None:
        sys.exit("stretch-coach is not installed beside this Python")
    naive: list[float] = []
    with tempfile.TemporaryDirectory() as home:
        session = subprocess.Popen(
            [command, "start", routine, "--json", "--taught"],
            env={"STRETCH_COACH_HOME": home, "PATH": "/usr/bin:/bin"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert session.stdout
        events: list[tuple[float, dict[str, Any]]] = []
        for line in session.stdout:
            arrived = time.perf_counter()
            event = json.loads(line)
            events.append((arrived, event))
            if len(events) == 1:
                counting = threading.Thread(target=count_sleeps, args=(event["total"], naive))
                counting.start()
        code = session.wait()
        counting.join()
    total = events[0][1]["total"]
    segments = [event for _, event in events if event["event"] == "segment"]
    late = [(event["t"] - event["at"]) * 1000 for event in segments]
    first = next(arrived for arrived, event in events if event["event"] == "segment")
    end_off = (events[-1][1]["t"] - total) * 1000
    seen_off = (events[-1][0] - first - total) * 1000
    print(f"{routine}: {total:g} s, {len(segments)} segments, exit code {code}")
    print(
        f"segments late by   median {statistics.median(late):.1f} ms, worst {max(late):.1f} ms (under {SEGMENT_MS:g})"
    )
    print(f"end off by         {end_off:.1f} ms, as another process saw it {seen_off:.1f} ms (within {END_MS:g})")
    print(f"counting sleeps    {naive[0]:.1f} ms late, {naive[0] / max(abs(end_off), 0.1):.0f} times as much")
    return 0 if code == 0 and max(late) < SEGMENT_MS and abs(end_off) <= END_MS and abs(seen_off) <= END_MS else 1


if __name__ == "__main__":
    sys.exit(main())
