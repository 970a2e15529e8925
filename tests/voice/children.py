"""Child processes that misbehave in every way, and how they report what happens to them."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any, Self

PATIENCE_SECONDS = 30.0
"""How long a real process may take for anything before a test gives up on it."""

NEVER_SECONDS = 600
"""How long a child hangs; it is always ended before."""

_PRELUDE = f"""
import json, math, os, sys, time
def say(**message):
    print(json.dumps(message), flush=True)
def report(**message):
    with open(sys.argv[1], "w") as reports:
        reports.write(json.dumps({{"pid": os.getpid(), **message}}) + "\\n")
def hang():
    time.sleep({NEVER_SECONDS})
def write_wav(path):
    import struct, wave
    with wave.open(path, "wb") as stream:
        stream.setparams((1, 2, 22050, 0, "NONE", ""))
        stream.writeframes(b"".join(struct.pack("<h", round(9000 * math.sin(i / 10))) for i in range(11025)))
"""

RENDERER = """
report(event="started")
say(event="ready", source="fake")
for line in sys.stdin:
    request = json.loads(line)
    text = request.get("text", "")
    report(event="asked", **request)
    if "hang" in text:
        hang()
    if "crash" in text:
        os._exit(1)
    if "once" in text and not os.path.exists(sys.argv[1] + "-once"):
        open(sys.argv[1] + "-once", "w").close()
        os._exit(1)
    if "noise" in text:
        print("Audio saved to somewhere\\n{{[}\\n[1]\\n\\"a\\"\\n\\n", flush=True)
        say(event="done", id="of something else")
    if "huge" in text:
        print("x" * 1_000_000, flush=True)
    if "flood" in text:
        os.write(2, b"ALSA lib pcm.c: cannot\\n" * 50_000)
    if "mute" in text:
        say(event="error", id=request["id"], error="SoundError: the engine wrote silence")
        continue
    if "lie" not in text and "path" in request:
        write_wav(request["path"])
    if request.get("op") == "voices":
        say(event="voices", voices=[["gmw/en", "English", ["en-gb", "en"]]])
    else:
        say(event="done", id=request["id"], seconds=0.5)
"""
"""Renders a hum, but for texts that name a misfortune."""

PLAYER = """
report(event="started")
say(event="ready", device="fake device")
for line in sys.stdin:
    report(event="got", message=json.loads(line))
"""
"""Reports what it is asked to play."""

BAD_STARTS = {
    "hangs": "hang()",
    "crashes": "raise SystemExit('no engine')",
    "is ended by its library": "os._exit(1)",
    "says why not": "say(event='fatal', error='RuntimeError: there is no espeak-ng library'); hang()",
    "says something else": "say(event='hello'); hang()",
    "writes garbage": "print('[]\\n1\\nerror', flush=True)",
}
"""What a child does instead of starting."""


def script(body: str, reports: Path) -> list[str]:
    """The command of a child that does this."""
    return [sys.executable, "-I", "-c", _PRELUDE + "report(event='born')\n" + body, str(reports)]


class Reports:
    """Where children report: a pipe with a name, for as long as the block runs.

    Args:
        folder: Where the pipe is made.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "reports"
        self._reader = asyncio.StreamReader()
        self.pids: list[int] = []

    async def __aenter__(self) -> Self:
        os.mkfifo(self.path)
        # Open for writing as well, so that it does not end whenever a child has reported.
        pipe = self.path.open("r+b", buffering=0)
        protocol = asyncio.StreamReaderProtocol(self._reader)
        self._transport, _ = await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, pipe)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._transport.close()
        self.path.unlink()

    async def next(self, event: str) -> dict[str, Any]:
        """The next report of an event."""
        while True:
            told = await self._next()
            if told["event"] == event:
                return told

    async def so_far(self) -> list[dict[str, Any]]:
        """All that was reported and not asked for yet, by children that have ended."""
        told = []
        with self.path.open("w") as mark:
            mark.write(json.dumps({"pid": 0, "event": "mark"}) + "\n")
        while (one := await self._next())["event"] != "mark":
            told.append(one)
        return told

    async def _next(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(await asyncio.wait_for(self._reader.readline(), PATIENCE_SECONDS))
        if told["event"] == "born":
            self.pids.append(told["pid"])
        return told


def is_alive(pid: int) -> bool:
    """Whether there is such a process; one that nobody has waited for yet counts as well."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
