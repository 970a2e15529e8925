"""The process that renders speech: the only one that imports pyttsx3. Run by ``renderer``, never by hand.

JSON lines in: ``{"id", "text", "path", "voice", "language", "rate", "volume"}``, or ``{"op": "voices"}``; out:
``{"event": "done"}``, ``error`` or ``voices``. What the engine prints itself is thrown away. It ends when its standard
input does, even in the middle of a hung utterance.
"""

import contextlib
import json
import os
import queue
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, TextIO

from stretch_coach.voice.choice import VoiceInfo, choose_voice
from stretch_coach.voice.engine import start_engine
from stretch_coach.voice.sound import Sound, SoundError, is_audible, read_wav, trim, write_wav
from stretch_coach.voice.sources import Source

FINISH_SECONDS = 5.0
_CALLBACK_SECONDS = 0.02  # the native callback goes on after the event it sends
_LOOK_SECONDS = 0.005


class Renderer:
    """Renders one text after the other with one engine."""

    def __init__(self, preferred: Source) -> None:
        self._engine, self._finished, self.source = start_engine(preferred)
        self._voices: list[VoiceInfo] | None = None

    @property
    def voices(self) -> list[VoiceInfo]:
        """What the engine offers."""
        if self._voices is None:
            self._voices = [_voice_info(voice) for voice in self._engine.getProperty("voices")]
        return self._voices

    def render(self, request: dict[str, Any]) -> Sound:
        """Render a request's text into the file it names.

        Raises:
            TimeoutError: The engine did not finish.
            SoundError: It wrote no sound.
        """
        target = Path(request["path"])
        self._set_manner(request)
        # A name of its own: two programs may share one cache.
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=_SUFFIX)
        os.close(handle)
        part = Path(name)
        try:
            sound = self._speak(request["text"], part)
            write_wav(part, sound)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        return sound

    def _set_manner(self, request: dict[str, Any]) -> None:
        voice = choose_voice(self.voices, request["voice"], request["language"])
        if voice:
            self._engine.setProperty("voice", voice.id)
        # Set every time: what an engine begins with, or kept from before, is a matter of luck.
        self._engine.setProperty("rate", request["rate"])
        self._engine.setProperty("volume", request["volume"])

    def _speak(self, text: str, part: Path) -> Sound:
        self._finished.clear()
        self._engine.save_to_file(text, str(part))
        self._engine.runAndWait()  # may return before the utterance is finished
        if not self._finished.wait(FINISH_SECONDS):
            raise TimeoutError("the engine did not finish")
        time.sleep(_CALLBACK_SECONDS)
        deadline = time.monotonic() + FINISH_SECONDS
        while True:
            try:
                sound = trim(_read(part))
            except (SoundError, OSError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(_LOOK_SECONDS)
            else:
                break
        if not is_audible(sound):
            raise SoundError("the engine wrote silence")
        return sound


if sys.platform == "darwin":  # pragma: no cover - tried on Linux only
    import subprocess

    _SUFFIX = ".aiff"  # whatever the name says, that is what its engine writes

    def _read(part: Path) -> Sound:
        converted = part.with_suffix(".wav")
        command = ["/usr/bin/afconvert", "-f", "WAVE", "-d", "LEI16", str(part), str(converted)]
        subprocess.run(command, check=True)  # noqa: S603 - the system's own converter
        try:
            return read_wav(converted)
        finally:
            converted.unlink(missing_ok=True)

else:
    _SUFFIX = ".wav"
    _read = read_wav


def _voice_info(voice: Any) -> VoiceInfo:
    languages = (code.decode("ascii", "ignore") if isinstance(code, bytes) else str(code) for code in voice.languages)
    cleaned = tuple(code.strip("\x05").replace("_", "-") for code in languages if code)
    return VoiceInfo(str(voice.id), str(voice.name), cleaned)


def _claim_stdout() -> TextIO:
    """Keep standard output for replies, and let everything else that is printed go nowhere."""
    replies = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return replies


def _read_requests(requests: "queue.SimpleQueue[dict[str, Any]]") -> None:
    """Hand requests on; when nobody can send any more, end, whatever the engine is doing."""
    for line in sys.stdin:
        with contextlib.suppress(ValueError):
            requests.put(json.loads(line))
    os._exit(0)


def main() -> int:
    """Render until standard input ends."""
    replies = _claim_stdout()

    def reply(event: str, **values: Any) -> None:
        replies.write(json.dumps({"event": event, **values}) + "\n")

    requests: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_read_requests, args=(requests,), daemon=True).start()
    try:
        renderer = Renderer(Source(sys.argv[1]) if len(sys.argv) > 1 else Source.BUNDLED)
    except Exception as error:  # noqa: BLE001 - whatever an engine raises, the coach is to hear of it and go on
        reply("fatal", error=f"{type(error).__name__}: {error}")
        return 3
    reply("ready", source=renderer.source.value)
    while True:
        request = requests.get()
        try:
            if request.get("op") == "voices":
                reply("voices", voices=renderer.voices)
            else:
                reply("done", id=request["id"], seconds=renderer.render(request).seconds)
        except Exception as error:  # noqa: BLE001 - as above: one text that fails must not end the others
            reply("error", id=request.get("id"), error=f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    sys.exit(main())
