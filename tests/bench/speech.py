"""When cues are heard and how soon a pause silences them, beside a plain ``say(); runAndWait()`` loop, in one run.

Needs PulseAudio; the plain loop needs aplay and ALSA's pulse plug-in as well.
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
from pathlib import Path
from typing import Any

from tests.e2e.processes import find_command
from tests.e2e.sound import NullSink, Recorder, is_missing

MEDIAN_MS, WORST_MS, SILENT_MS = 20.0, 60.0, 30.0
NEAR_SECONDS = 0.3
ROUTINE = [
    {"exercise": "posture-reset", "prepare": 4, "hold": 8},
    {"exercise": "upper-trap-stretch", "side": "each", "prepare": 4, "hold": 9, "reps": 1},
]
LONG = "Sit tall and breathe in slowly, and out again, and look at something far away for a while, and then at the sky."
PLAIN_LOOP = """
import json, time
from stretch_coach.voice.engine import start_engine
from stretch_coach.voice.sources import Source
engine, _, _ = start_engine(Source.BUNDLED)
engine.setProperty("rate", 160)
for word in ("Hold.", "Three.", "Two.", "One.", "Release.", "Rest.", "Half way.", "Well done."):
    print(json.dumps(time.monotonic()), flush=True)
    engine.say(word)
    engine.runAndWait()
    time.sleep(1.5)
"""


def start(file: Path) -> "subprocess.Popen[str]":
    """A session of a routine file, commanded by lines."""
    return subprocess.Popen(
        [*find_command(), "start", str(file), "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def lateness(sink: NullSink, folder: Path) -> tuple[list[float], int]:
    """How many milliseconds after its instant each cue is heard, and how many cues there were."""
    file = folder / "cues.json"
    file.write_text(json.dumps({"title": "Cues", "steps": ROUTINE}), encoding="utf-8")
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
    return after(recorder.onsets(), [zero + cue["at"] for cue in cues]), len(cues)


def after(onsets: list[float], instants: list[float]) -> list[float]:
    """Milliseconds from each instant to the onset nearest to it, where there is one near."""
    near = [min(onsets, key=lambda heard: abs(heard - instant)) - instant for instant in instants] if onsets else []
    return [late * 1000 for late in near if abs(late) < NEAR_SECONDS]


def silence(sink: NullSink, folder: Path) -> float:
    """Milliseconds from asking for a pause in the middle of a sentence to silence."""
    file = folder / "long.json"
    step = {"exercise": "posture-reset", "prepare": 20, "hold": 5, "say": LONG}
    file.write_text(json.dumps({"title": "Long", "steps": [step]}), encoding="utf-8")
    recorder = Recorder(sink)
    session = start(file)
    assert session.stdout
    assert session.stdin
    while json.loads(session.stdout.readline())["event"] != "cue":
        pass
    time.sleep(1.7)
    asked = time.monotonic()
    session.stdin.write("pause\n")
    session.stdin.flush()
    while json.loads(session.stdout.readline())["event"] != "paused":
        pass
    time.sleep(0.7)
    session.stdin.write("end\n")
    session.stdin.flush()
    session.communicate()
    recorder.stop()
    heard = recorder.last_heard(asked - 1, asked + 5)
    return (heard - asked) * 1000 if heard else float("nan")


def plain_loop(sink: NullSink) -> tuple[list[float], int]:
    """The same for a loop that says each cue when it is due."""
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
    instants = [float(line) for line in loop.stdout.splitlines() if line[:1].isdigit()]
    return after(recorder.onsets(), instants), len(instants)


def tell(name: str, late: list[float], cues: int) -> None:
    """Print a row."""
    numbers = f"median {statistics.median(late):6.1f} ms, worst {max(late):6.1f} ms" if late else "nothing heard"
    print(f"{name:<16}{len(late)} of {cues} cues heard; {numbers}")


def main() -> int:
    """Measure, print, and say whether the targets are met."""
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
            late, cues = lateness(sink, folder)
            silent_ms = silence(sink, folder)
            naive, said = plain_loop(sink) if shutil.which("aplay") else ([], 0)
        finally:
            sink.stop()
    tell("Stretch Coach", late, cues)
    tell("say, runAndWait", naive, said)
    print(f"silent {silent_ms:.1f} ms after a pause (within {SILENT_MS:g}); targets {MEDIAN_MS:g} and {WORST_MS:g} ms")
    met = (
        len(late) == cues and statistics.median(late) <= MEDIAN_MS and max(late) <= WORST_MS and silent_ms <= SILENT_MS
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
