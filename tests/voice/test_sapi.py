"""Speech on Windows: pyttsx3's real driver for SAPI, over a stand-in for COM. No real SAPI has been heard."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from stretch_coach.routine.library import Library
from stretch_coach.routine.timeline import build_timeline
from stretch_coach.session.cue_plan import texts_to_say
from stretch_coach.voice import speech_engine
from stretch_coach.voice.request import VoiceInfo, VoiceSource
from stretch_coach.voice.sound import write_wav
from stretch_coach.voice.speech_engine import SpeechEngine
from tests.session.cue_rules import speaking
from tests.voice.sounds import hum

ZIRA = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Speech\Voices\Tokens\TTS_MS_EN-US_ZIRA_11.0"


class FileStream:
    """SAPI's SpFileStream."""

    def __init__(self) -> None:
        self.file: Path | None = None

    def Open(self, name: str, mode: int) -> None:  # noqa: N802 - COM's name
        assert mode == 3
        if "refused" in name:
            raise OSError("HRESULT 0x80070005")
        self.file = Path(name)

    def close(self) -> None:
        self.file = None


class SpVoice:
    """SAPI's SpVoice: it speaks into the stream that is its output, and returns when that is written."""

    def __init__(self) -> None:
        zira = SimpleNamespace(Id=ZIRA, GetDescription=lambda: "Microsoft Zira", GetAttribute=self._attribute)
        self._voices = [zira]
        self.Voice = zira
        self.AudioOutputStream: Any = None
        self.EventInterests = self.Rate = 0
        self.Volume = 100
        self.spoken: list[tuple[str, int, int]] = []

    def GetVoices(self) -> list[Any]:  # noqa: N802 - COM's name
        return self._voices

    def Speak(self, text: str, flags: int = 0) -> None:  # noqa: N802 - COM's name
        assert flags == 0, "what is spoken at once would not wait for its instant"
        self.spoken.append((text, self.Rate, self.Volume))
        write_wav(self.AudioOutputStream.file, hum(0.4))

    @staticmethod
    def _attribute(name: str) -> str:
        return {"Language": "409", "Gender": "Female", "Age": "Adult"}[name]


@pytest.fixture
def voice(monkeypatch: pytest.MonkeyPatch) -> Iterator[SpVoice]:
    """Return SAPI's voice, on a system that is Windows to whoever asks."""
    voice = SpVoice()
    made = {"SAPI.SPVoice": lambda: voice, "SAPI.SPFileStream": FileStream}
    modules = {name: ModuleType(name) for name in ("comtypes", "comtypes.client", "comtypes.gen", "pythoncom")}
    modules["comtypes"].client = modules["comtypes.client"]  # type: ignore[attr-defined]
    modules["comtypes.client"].CreateObject = lambda name: made[name]()  # type: ignore[attr-defined]
    modules["comtypes.client"].GetEvents = lambda *_: None  # type: ignore[attr-defined]
    modules["comtypes.gen"].SpeechLib = SimpleNamespace(SSFMCreateForWrite=3)  # type: ignore[attr-defined]
    modules["pythoncom"].PumpWaitingMessages = lambda: None  # type: ignore[attr-defined]
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.delitem(sys.modules, "pyttsx3.drivers.sapi5", raising=False)
    monkeypatch.setattr(speech_engine, "FINISH_SECONDS", 0.0)  # an event that SAPI never sends must not be awaited
    monkeypatch.setattr(sys, "platform", "win32")
    yield voice
    sys.modules.pop("pyttsx3.drivers.sapi5", None)


def test_every_cue_of_a_routine_is_spoken(voice: SpVoice, library: Library, tmp_path: Path) -> None:
    texts = texts_to_say(build_timeline(library.routines["screen-break"]), speaking(160))
    assert len(texts) > 20
    engine = SpeechEngine(VoiceSource.BUNDLED)
    assert engine.source is VoiceSource.NATIVE
    for text in texts:
        engine.set_voice("", "en", 160, 0.5)
        assert engine.speak(text, tmp_path).seconds == pytest.approx(0.4, abs=0.1)
    assert [text for text, _, _ in voice.spoken] == list(texts)
    assert {volume for _, _, volume in voice.spoken} == {50}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("voice")
def test_voices_have_their_languages() -> None:
    assert SpeechEngine(VoiceSource.BUNDLED).voices == [VoiceInfo(ZIRA, "Microsoft Zira", ("en-US",))]


@pytest.mark.usefixtures("voice")
def test_what_sapi_refuses_is_reported_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "refused"
    folder.mkdir()
    engine = SpeechEngine(VoiceSource.BUNDLED)
    with pytest.raises(OSError, match="0x80070005"):
        engine.speak("Hold.", folder)
    assert list(folder.iterdir()) == []
