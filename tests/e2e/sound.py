"""A private sound system with a null device, and a recorder of what is played on it."""

import os
import select
import shutil
import subprocess
import sys
import threading
import time
from array import array
from bisect import bisect_left
from pathlib import Path

RATE = 22_050
LOUD = 300
PATIENCE_SECONDS = 15.0
NEEDED = ("pulseaudio", "parec")


def is_missing() -> bool:
    """Return whether this machine lacks the programs that these tests need."""
    return any(shutil.which(program) is None for program in NEEDED)


class NullSink:
    """A private PulseAudio in a folder. Its clients need `environment`."""

    def __init__(self, folder: Path) -> None:
        run, home = folder / "run", folder / "pulse-home"
        for place in (run, run / "pulse", home):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
        (home / ".asoundrc").write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n", encoding="utf-8")
        self._socket = run / "pulse" / "native"
        self.environment = {
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(run),
            "PULSE_RUNTIME_PATH": str(run / "pulse"),
            "PULSE_SERVER": f"unix:{self._socket}",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disallow-exit", "--use-pid-file=no"]
        command += ["-L", f"module-native-protocol-unix auth-anonymous=1 socket={self._socket}"]
        command += ["-L", f"module-null-sink sink_name=coach rate={RATE} channels=1"]
        environment = {**os.environ, **self.environment}
        self._process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        info = ["pactl", "info"]
        deadline = time.monotonic() + PATIENCE_SECONDS
        while subprocess.run(info, env=environment, capture_output=True, check=False).returncode:
            assert time.monotonic() < deadline, "pulseaudio did not start"

    def stop(self) -> None:
        """End the server."""
        if self._process:
            self._process.terminate()
            self._process.wait()


class Recorder:
    """Records what is played, with the instant of `time.monotonic()` at which each piece arrived."""

    def __init__(self, sink: NullSink) -> None:
        command = ["parec", "--raw", "--format=s16le", f"--rate={RATE}", "--channels=1", "--latency-msec=5"]
        self._process = subprocess.Popen(
            [*command, "-d", "coach.monitor"],
            env={**os.environ, **sink.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._arrived: list[tuple[float, int]] = []
        self._samples = array("h")
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        assert self._started.wait(PATIENCE_SECONDS), "nothing can be recorded"

    def _read(self) -> None:
        assert self._process.stdout
        handle = self._process.stdout.fileno()
        odd = b""
        while piece := os.read(handle, 65536):
            now = time.monotonic()
            whole = odd + piece
            cut = len(whole) // 2 * 2
            self._samples.frombytes(whole[:cut])
            odd = whole[cut:]
            self._arrived.append((now, len(self._samples)))
            self._started.set()

    def stop(self) -> None:
        """Stop recording, after what is still on its way has arrived."""
        assert self._process.stdout
        select.select([], [], [], 0.2)
        self._process.terminate()
        self._process.wait()
        self._thread.join(PATIENCE_SECONDS)
        self._process.stdout.close()
        if sys.byteorder == "big":
            self._samples.byteswap()

    def onsets(self, quiet_seconds: float = 0.1) -> list[float]:
        """Return the instants at which sounds started: when the piece that contains the start arrived."""
        found = []
        last_loud = -RATE
        for index, sample in enumerate(self._samples):
            if abs(sample) > LOUD:
                if index - last_loud > quiet_seconds * RATE:
                    found.append(self._arrival(index))
                last_loud = index
        return found

    def last_heard(self, begin: float, end: float) -> float | None:
        """Return the last instant between two at which anything was heard, or None if it was silent."""
        for index in range(len(self._samples) - 1, -1, -1):
            if abs(self._samples[index]) > LOUD and begin < (at := self._arrival(index)) < end:
                return at
        return None

    def _arrival(self, index: int) -> float:
        piece = bisect_left(self._arrived, index + 1, key=lambda piece: piece[1])
        return self._arrived[min(piece, len(self._arrived) - 1)][0]
