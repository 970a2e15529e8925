"""The process that renders speech, and the only one that imports pyttsx3. `renderer` starts it.

Requests are JSON lines: `{"id", "text", "path", "voice", "language", "rate", "volume"}`, or `{"op": "voices"}`. Replies
are `ready` or `fatal` at the start, then `done`, `error` or `voices`. What the engine prints is discarded. The process
ends when its standard input does, even while an utterance hangs.
"""

import contextlib
import json
import os
import queue
import sys
import threading
from pathlib import Path
from typing import Any, TextIO

from stretch_coach.files import atomic_replace
from stretch_coach.voice.request import VoiceSource
from stretch_coach.voice.sound import write_wav
from stretch_coach.voice.speech_engine import SpeechEngine


def main() -> int:
    """Render until standard input ends; return the exit code."""
    replies = _claim_stdout()

    def reply(event: str, **values: Any) -> None:
        replies.write(json.dumps({"event": event, **values}) + "\n")

    requests: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_read_requests, args=(requests,), daemon=True).start()
    try:
        engine = SpeechEngine(VoiceSource(sys.argv[1]) if len(sys.argv) > 1 else VoiceSource.BUNDLED)
    except Exception as error:  # noqa: BLE001 - whatever an engine raises, the parent gets it as a reply
        reply("fatal", error=f"{type(error).__name__}: {error}")
        return 3
    reply("ready", source=engine.source.value)
    while True:
        request = requests.get()
        try:
            if request.get("op") == "voices":
                reply("voices", voices=engine.voices)
            else:
                reply("done", id=request["id"], seconds=render(engine, request))
        except Exception as error:  # noqa: BLE001 - a text that fails must not end the process
            reply("error", id=request.get("id"), error=f"{type(error).__name__}: {error}")


def render(engine: SpeechEngine, request: dict[str, Any]) -> float:
    """Render a request's text into the file it names, and return how many seconds it lasts.

    Raises:
        TimeoutError: The engine did not finish.
        SoundError: It wrote no sound.
        CoachError: The file cannot be written.
    """
    target = Path(request["path"])
    engine.set_voice(request["voice"], request["language"], request["rate"], request["volume"])
    sound = engine.speak(request["text"], target.parent)
    # Not durable: a cue lost in a power cut is rendered again.
    with atomic_replace(target, durable=False) as unfinished:
        write_wav(Path(unfinished.name), sound)
    return sound.seconds


def _claim_stdout() -> TextIO:
    """Keep standard output for replies, and discard everything else that is printed on it."""
    replies = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return replies


def _read_requests(requests: "queue.SimpleQueue[dict[str, Any]]") -> None:
    """Queue the requests, and end the process when there can be no more, whatever the engine is doing."""
    for line in sys.stdin:
        with contextlib.suppress(ValueError):
            requests.put(json.loads(line))
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
