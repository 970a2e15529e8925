"""The process that renders speech, and the only one that imports pyttsx3 or Piper. `renderer` starts it.

Its arguments are the source of speech, and for the natural voice the setting for the voice.

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
from typing import Any, Protocol, TextIO

from stretch_coach.errors import CoachError
from stretch_coach.files import atomic_replace
from stretch_coach.voice.request import VoiceInfo, VoiceSource
from stretch_coach.voice.sound import Sound, write_wav

NICENESS = 10
"""How far rendering the natural voice, which takes all of a core, steps back behind the session that it is for."""


class VoiceEngine(Protocol):
    """Turns texts into sound."""

    source: VoiceSource

    @property
    def voices(self) -> list[VoiceInfo]:
        """The voices that it offers."""

    def set_voice(self, wanted: str, language: str, rate: int, volume: float) -> None:
        """Choose the voice of the next text, its rate in words per minute and its volume from 0 to 1."""

    def speak(self, text: str, folder: Path) -> Sound:
        """Return the sound of a text; the engine may write files in the folder, which it removes."""


def main() -> int:
    """Render until standard input ends; return the exit code."""
    replies = _claim_stdout()

    def reply(event: str, **values: Any) -> None:
        replies.write(json.dumps({"event": event, **values}) + "\n")

    requests: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_read_requests, args=(requests,), daemon=True).start()
    try:
        engine = _load_engine(*sys.argv[1:])
    except Exception as error:  # noqa: BLE001 - whatever an engine raises, the parent gets it as a reply
        reply("fatal", error=_reason(error))
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
            reply("error", id=request.get("id"), error=_reason(error))


def render(engine: VoiceEngine, request: dict[str, Any]) -> float:
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


def _load_engine(source: str = VoiceSource.BUNDLED.value, voice: str = "") -> VoiceEngine:
    """Return the engine of a source; only the one that is used is imported."""
    if source == VoiceSource.NATURAL:
        from stretch_coach.voice.natural_engine import NaturalEngine  # noqa: PLC0415

        if sys.platform != "win32":
            os.nice(NICENESS)
        return NaturalEngine(voice)
    from stretch_coach.voice.speech_engine import SpeechEngine  # noqa: PLC0415

    return SpeechEngine(VoiceSource(source))


def _reason(error: Exception) -> str:
    """Return why something failed: our own errors are sentences already."""
    return str(error) if isinstance(error, CoachError) else f"{type(error).__name__}: {error}"


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
