"""How soon a session starts: muted, with nothing rendered yet, and with everything rendered, in one run.

Needs PulseAudio. Run: uv run python -m tests.bench.voice_start
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.e2e.processes import find_command
from tests.e2e.sound import NullSink, is_missing

ROUNDS = 5
COLD_SECONDS, WARM_SECONDS = 1.5, 0.3
RENDERING_SECONDS = 6


def seconds_to_first_segment(*options: str) -> float:
    """Start a session, and return the seconds to its first segment. The session is then killed."""
    started = time.perf_counter()
    session = subprocess.Popen(
        [*find_command(), "start", "screen-break", "--json", *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert session.stdout
    while json.loads(session.stdout.readline())["event"] != "segment":
        pass
    seconds = time.perf_counter() - started
    session.kill()
    session.communicate()
    return seconds


def render_everything() -> None:
    """Run a session for as long as its cues take to be rendered in the background."""
    command = [*find_command(), "start", "screen-break", "--json"]
    session = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(RENDERING_SECONDS)
    session.kill()
    session.wait()


def main() -> int:
    """Measure, print, and return 0 if the limits are kept."""
    if is_missing():
        sys.exit("needs pulseaudio and pulseaudio-utils")
    muted, cold, warm = [], [], []
    with tempfile.TemporaryDirectory() as name:
        sink = NullSink(Path(name))
        os.environ.update(sink.environment)
        sink.start()
        try:
            for number in range(ROUNDS):
                os.environ["STRETCH_COACH_HOME"] = str(Path(name) / f"home-{number}")
                muted.append(seconds_to_first_segment("--mute"))
                cold.append(seconds_to_first_segment())
                render_everything()
                warm.append(seconds_to_first_segment())
        finally:
            sink.stop()
    silent, new, ready = (statistics.median(seconds) for seconds in (muted, cold, warm))
    print(f"muted {silent:.2f} s, nothing rendered {new:.2f} s (within {COLD_SECONDS:g}), {new / silent:.2f} x")
    print(f"everything rendered {ready:.2f} s, {ready - silent:.2f} s more than muted (within {WARM_SECONDS:g})")
    return 0 if new <= COLD_SECONDS and ready - silent <= WARM_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
