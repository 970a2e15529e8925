"""When cues are heard and how soon a pause silences them, quiet and with every core busy, beside a plain loop.

The plain loop is what most programs do: `say()` and `runAndWait()` when a cue is due. Needs PulseAudio; the loop needs
aplay and ALSA's PulseAudio plug-in as well. Only a quiet machine gives the first numbers.
Run: uv run python -m tests.bench.speech
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench.load import busy_cores
from tests.e2e.processes import find_command
from tests.e2e.sound import NullSink, Recorder, is_missing

NEAR_SECONDS = 0.3
"""How far from its instant a cue is looked for."""

BUSY_SECONDS = 120.0
"""Longer than a part of the measurement takes."""

PAUSES = (1.5, 1.7, 1.9)
"""When the long sentence is paused, in seconds: three times, because it has silences of its own."""

# With time to get ready, so that each cue starts after a silence and can be found in the recording.
STEPS = [
    {"exercise": "posture-reset", "prepare": 6, "hold": 8},
    {"exercise": "upper-trap-stretch", "side": "each", "prepare": 6, "hold": 9, "reps": 1},
]
LONG = "Sit tall and breathe in slowly, and out again, and look at something far away for a while, and then at the sky."
PLAIN_LOOP = """
import ctypes, json, os, time
import espeakng_loader
os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
ctypes.CDLL(espeakng_loader.get_library_path())
import pyttsx3
engine = pyttsx3.init()
engine.setProperty("rate", 160)
for word in ("Hold.", "Three.", "Two.", "One.", "Release.", "Rest.", "Half way.", "Well done."):
    print(json.dumps(time.monotonic()), flush=True)
    engine.say(word)
    engine.runAndWait()
    time.sleep(1.5)
"""


class Limits(NamedTuple):
    """What is allowed, in milliseconds."""

    median: float
    worst: float
    silent: float


QUIET, BUSY = Limits(median=10, worst=25, silent=45), Limits(median=15, worst=60, silent=80)


class Lateness(NamedTuple):
    """How many milliseconds after its instant each cue was heard, and how many cues there were."""

    milliseconds: list[float]
    cues: int

    def __str__(self) -> str:
        heard = f"{len(self.milliseconds)} of {self.cues} cues heard"
        if not self.milliseconds:
            return heard
        return f"{heard}; median {self.median:5.1f} ms, worst {self.worst:5.1f} ms"

    @property
    def median(self) -> float:
        """The median, or infinity if nothing was heard."""
        return statistics.median(self.milliseconds) if self.milliseconds else float("inf")

    @property
    def worst(self) -> float:
        """The largest, or infinity if nothing was heard."""
        return max(self.milliseconds, default=float("inf"))


def start(file: Path) -> "subprocess.Popen[str]":
    """Start a session of a routine file that takes commands as lines."""
    return subprocess.Popen(
        [*find_command(), "start", str(file), "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def measure_session(sink: NullSink, folder: Path) -> Lateness:
    """Run a session and compare what it says with what is heard."""
    file = folder / "cues.json"
    file.write_text(json.dumps({"title": "Cues", "steps": STEPS}), encoding="utf-8")
    recorder = Recorder(sink)
    session = start(file)
    assert session.stdout
    cues: list[dict[str, Any]] = []
    zero = float("inf")
    for line in session.stdout:
        event = json.loads(line)
        if "t" in event:
            zero = min(zero, time.monotonic() - event["t"])
        if event["event"] == "cue" and event["spoken"]:
            cues.append(event)
    session.wait()
    recorder.stop()
    return compare(recorder.onsets(), [zero + cue["at"] for cue in cues])


def measure_plain_loop(sink: NullSink) -> Lateness:
    """Do the same with a loop that says each cue when it is due."""
    recorder = Recorder(sink)
    loop = subprocess.run(
        [sys.executable, "-c", PLAIN_LOOP],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        timeout=90,
        check=False,
    )
    recorder.stop()
    return compare(recorder.onsets(), [float(line) for line in loop.stdout.splitlines() if line[:1].isdigit()])


def compare(onsets: list[float], instants: list[float]) -> Lateness:
    """Return how long after each instant the onset nearest to it was, where there is one near."""
    near = [min(onsets, key=lambda heard: abs(heard - instant)) - instant for instant in instants] if onsets else []
    return Lateness([late * 1000 for late in near if abs(late) < NEAR_SECONDS], len(instants))


def measure_silence(sink: NullSink, folder: Path, after_seconds: float) -> float:
    """Return the milliseconds until the voice is silent when it is paused `after_seconds` into a long sentence."""
    file = folder / "long.json"
    step = {"exercise": "posture-reset", "prepare": 20, "hold": 5, "say": LONG}
    file.write_text(json.dumps({"title": "Long", "steps": [step]}), encoding="utf-8")
    recorder = Recorder(sink)
    session = start(file)
    assert session.stdout
    assert session.stdin
    while json.loads(session.stdout.readline())["event"] != "cue":
        pass
    time.sleep(after_seconds)
    paused = time.monotonic()
    session.stdin.write("pause\n")
    session.stdin.flush()
    while json.loads(session.stdout.readline())["event"] != "paused":
        pass
    time.sleep(0.7)
    session.stdin.write("end\n")
    session.stdin.flush()
    session.communicate()
    recorder.stop()
    heard = recorder.last_heard(paused - 1, paused + 5)
    return (heard - paused) * 1000 if heard else float("nan")


def measure(name: str, limits: Limits, sink: NullSink, folder: Path) -> bool:
    """Measure everything once, print it, and return whether it is within the limits."""
    session = measure_session(sink, folder)
    silent = max(measure_silence(sink, folder, after) for after in PAUSES)
    print(f"{name}, load average {os.getloadavg()[0]:.1f}")
    print(f"  Stretch Coach      {session} (within {limits.median:g} and {limits.worst:g})")
    if shutil.which("aplay"):
        loop = measure_plain_loop(sink)
        print(f"  say, runAndWait    {loop}, {loop.median / max(session.median, 1):.0f} times as late")
    print(f"  silent after pause {silent:.1f} ms (within {limits.silent:g})")
    all_heard = len(session.milliseconds) == session.cues
    return all_heard and session.median <= limits.median and session.worst <= limits.worst and silent <= limits.silent


def main() -> int:
    """Measure, print, and return 0 if the limits are kept."""
    if is_missing():
        sys.exit("needs pulseaudio and pulseaudio-utils")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["STRETCH_COACH_HOME"] = str(folder / "home")
        (folder / "home").mkdir()
        (folder / "home" / "config.toml").write_text('[voice]\nexplain = "never"\n', encoding="utf-8")
        sink = NullSink(folder)
        os.environ.update(sink.environment)
        sink.start()
        try:
            kept = []
            for title, limits, load in (
                ("Quiet", QUIET, nullcontext()),
                ("Every core busy", BUSY, busy_cores(BUSY_SECONDS)),
            ):
                with load:
                    kept.append(measure(title, limits, sink, folder))
        finally:
            sink.stop()
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
