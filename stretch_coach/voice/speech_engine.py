"""pyttsx3, set up for each system, with workarounds for its known faults. Only `render_child` imports it."""

import contextlib
import ctypes
import importlib.util
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from stretch_coach.voice.request import VoiceInfo, VoiceSource, choose_voice
from stretch_coach.voice.sound import Sound, SoundError, is_audible, read_wav, trim

FINISH_SECONDS = 5.0
"""How long the engine may take to finish an utterance, and again until its file is complete."""

_CALLBACK_SECONDS = 0.02  # the native callback is still running when its event arrives
_POLL_SECONDS = 0.005

# Whatever the name of its file says, the engine of macOS writes AIFF.
_SUFFIX = ".aiff" if sys.platform == "darwin" else ".wav"


class SpeechEngine:
    """Speaks one text after another into memory.

    Args:
        preferred: Where speech should come from, if it can.

    Raises:
        Exception: There is no engine, or it does not start; pyttsx3 raises errors of many types.
    """

    def __init__(self, preferred: VoiceSource) -> None:
        self.source = _load_library(preferred)
        import pyttsx3  # noqa: PLC0415 - importing it loads the driver, which needs the library

        if self.source is not VoiceSource.NATIVE:
            _patch_espeak()
        self._engine = pyttsx3.init()
        self._finished = threading.Event()
        self._engine.connect("finished-utterance", lambda **_: self._finished.set())
        self._failure: Exception | None = None
        self._engine.connect("error", self._note_failure)
        self._voices: list[VoiceInfo] | None = None

    @property
    def voices(self) -> list[VoiceInfo]:
        """The voices that the engine offers."""
        if self._voices is None:
            self._voices = [_voice_info(voice) for voice in self._engine.getProperty("voices")]
        return self._voices

    def set_voice(self, wanted: str, language: str, rate: int, volume: float) -> None:
        """Choose the voice of the next text, its rate in words per minute and its volume from 0 to 1."""
        if voice := choose_voice(self.voices, wanted, language):
            self._engine.setProperty("voice", voice.id)
        # Set for every text: the engine may have lost them since.
        self._engine.setProperty("rate", rate)
        self._engine.setProperty("volume", volume)

    def speak(self, text: str, folder: Path) -> Sound:
        """Return the sound of a text, without the silence around it.

        Args:
            text: What to say.
            folder: Where the engine may write a file, which is removed.

        Raises:
            TimeoutError: The engine did not finish.
            SoundError: It wrote no sound, or only silence.
            OSError: The folder cannot be written.
            Exception: The engine failed and wrote nothing; what it raises is passed on.
        """
        handle, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=_SUFFIX)
        os.close(handle)
        file = Path(name)
        try:
            self._finished.clear()
            self._failure = None
            self._engine.save_to_file(text, name)
            self._render_queued(file)
            sound = trim(_read_complete(file))
        finally:
            file.unlink(missing_ok=True)
        if not is_audible(sound):
            raise SoundError("the engine wrote silence")
        return sound

    def _render_queued(self, file: Path) -> None:
        """Let the engine carry out what is queued, and wait for the end of the utterance."""
        if sys.platform == "win32":
            # SAPI writes the file before it returns and sends no event, for which `runAndWait` would wait for ever.
            self._engine.startLoop(useDriverLoop=False)
            self._engine.iterate()
            self._engine.endLoop()
        else:
            self._engine.runAndWait()  # may return before the utterance is finished
        if self._failure and not file.stat().st_size:
            raise self._failure
        if sys.platform != "win32":
            if not self._finished.wait(FINISH_SECONDS):
                raise TimeoutError("the engine did not finish")
            time.sleep(_CALLBACK_SECONDS)

    def _note_failure(self, exception: Exception, **_: Any) -> None:
        """Note what pyttsx3 has caught."""
        self._failure = exception


def _read_complete(file: Path) -> Sound:
    """Read a file that the engine may still be writing."""
    deadline = time.monotonic() + FINISH_SECONDS
    while True:
        try:
            return _read_aiff(file) if sys.platform == "darwin" else read_wav(file)
        except (SoundError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(_POLL_SECONDS)


def _read_aiff(file: Path) -> Sound:  # pragma: no cover - tests run on Linux
    converted = file.with_suffix(".wav")
    command = ["/usr/bin/afconvert", "-f", "WAVE", "-d", "LEI16", str(file), str(converted)]
    try:
        if subprocess.run(command, check=False).returncode:  # noqa: S603 - the system's own converter
            raise SoundError(f"{file} cannot be converted")
        return read_wav(converted)
    finally:
        converted.unlink(missing_ok=True)


def _voice_info(voice: Any) -> VoiceInfo:
    languages = (code.decode("ascii", "ignore") if isinstance(code, bytes) else str(code) for code in voice.languages)
    # espeak puts a byte with the language's priority in front.
    cleaned = tuple(code.strip("\x05").replace("_", "-") for code in languages if code)
    return VoiceInfo(str(voice.id), str(voice.name), cleaned)


def _load_library(preferred: VoiceSource) -> VoiceSource:
    """Load espeak-ng where it is the engine, and return where speech comes from."""
    if sys.platform in ("darwin", "win32"):
        return VoiceSource.NATIVE
    loaders = {VoiceSource.BUNDLED: _load_bundled, VoiceSource.SYSTEM: _load_system}
    order = sorted(loaders, key=lambda source: source is not preferred)
    for source in order:
        if loaders[source]():
            return source
    raise RuntimeError("there is no espeak-ng library")


def _load_bundled() -> bool:
    """Load the wheel's library under the name that the driver asks for, and return whether that worked."""
    if importlib.util.find_spec("espeakng_loader") is None:
        return False
    import espeakng_loader  # noqa: PLC0415 - only where it is used

    data, library = espeakng_loader.get_data_path(), espeakng_loader.get_library_path()
    with contextlib.suppress(OSError):
        ctypes.CDLL(library)
        # Only together with the library: espeak ends the process when the two do not match.
        os.environ["ESPEAK_DATA_PATH"] = str(data)
        return True
    return False


def _load_system() -> bool:
    """Load the system's library, and return whether there is one."""
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        with contextlib.suppress(OSError):
            ctypes.CDLL(name)
            return True
    return False


def _patch_espeak() -> None:
    """Keep pyttsx3 2.99's driver from losing properties and utterances.

    After each utterance it cancels whatever the library still has queued if that reports to be busy. A process that
    renders one utterance at a time never needs this.
    """
    from pyttsx3.drivers import _espeak  # noqa: PLC0415 - it loads the library

    if hasattr(_espeak, "IsPlaying"):
        _espeak.IsPlaying = lambda: 0
