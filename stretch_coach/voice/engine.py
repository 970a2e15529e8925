"""Starting pyttsx3 with what each system needs for it. Used by the render child alone."""

import contextlib
import ctypes
import importlib.util
import os
import sys
import threading
from typing import Any

from stretch_coach.voice.sources import Source


def start_engine(preferred: Source) -> tuple[Any, threading.Event, Source]:
    """Start the engine.

    Returns:
        The engine, an event that is set when it finishes an utterance, and where its voice comes from.
    """
    source = _provide(preferred)
    import pyttsx3  # noqa: PLC0415 - its driver looks for the library when it is imported

    if source in (Source.BUNDLED, Source.SYSTEM):
        _cure_espeak()
    engine = pyttsx3.init()
    finished = threading.Event()
    engine.connect("finished-utterance", lambda **_: finished.set())
    return engine, finished, source


def _provide(preferred: Source) -> Source:
    """Make espeak-ng findable where it is the engine; macOS and Windows have their own."""
    if sys.platform in ("darwin", "win32"):
        return Source.NATIVE
    order = [Source.SYSTEM, Source.BUNDLED] if preferred is Source.SYSTEM else [Source.BUNDLED, Source.SYSTEM]
    for source in order:
        if source is Source.BUNDLED and _preload_bundled():
            return source
        if source is Source.SYSTEM and _has_system_library():
            return source
    raise RuntimeError("there is no espeak-ng library")


def _preload_bundled() -> bool:
    """Load the wheel's library under the name the driver asks for.

    Its data folder is set with it and never without: espeak ends the process when library and data do not match.
    """
    if importlib.util.find_spec("espeakng_loader") is None:
        return False
    import espeakng_loader  # noqa: PLC0415 - only where it is used

    data, library = espeakng_loader.get_data_path(), espeakng_loader.get_library_path()
    with contextlib.suppress(OSError):
        ctypes.CDLL(library)
        os.environ["ESPEAK_DATA_PATH"] = str(data)
        return True
    return False


def _has_system_library() -> bool:
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        with contextlib.suppress(OSError):
            ctypes.CDLL(name)
            return True
    return False


def _cure_espeak() -> None:
    """Keep pyttsx3 2.99's driver from losing properties and utterances.

    At the end of each one it cancels what the library still has queued whenever that says it is busy; a process that
    renders one utterance at a time never needs it.
    """
    from pyttsx3.drivers import _espeak  # noqa: PLC0415 - loads the library

    if hasattr(_espeak, "IsPlaying"):
        _espeak.IsPlaying = lambda: 0
