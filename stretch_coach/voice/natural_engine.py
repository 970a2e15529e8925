"""Piper, which renders a natural voice. Only `render_child` imports it, and loads what is heavy when it is needed."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stretch_coach.voice.natural import description_of, find_model
from stretch_coach.voice.request import VoiceInfo, VoiceSource
from stretch_coach.voice.sound import Sound, SoundError, from_pcm, is_audible, trim

if TYPE_CHECKING:
    from piper import PiperVoice

WORDS_PER_MINUTE = 180
"""How fast Piper's English voices speak at their own speed, measured on the cues of the bundled routines."""


class NaturalEngine:
    """Speaks one text after another into memory.

    Args:
        voice: The setting for the voice: the file of a Piper voice, or anything else for the installed one.

    Raises:
        CoachError: There is no such voice.
        ValueError: Its description is not valid.
    """

    source = VoiceSource.NATURAL

    def __init__(self, voice: str) -> None:
        self._model = find_model(voice)
        self._description = json.loads(description_of(self._model).read_bytes())
        self._is_chosen = str(self._model) == str(Path(voice).expanduser())
        self._piper: PiperVoice | None = None
        self._rate = WORDS_PER_MINUTE
        self._volume = 1.0

    @property
    def voices(self) -> list[VoiceInfo]:
        """The one voice that was loaded."""
        name = str(self._description.get("dataset") or self._model.stem).title()
        return [VoiceInfo(self._model.stem, f"{name} (natural)", (self._language,))]

    def set_voice(self, wanted: str, language: str, rate: int, volume: float) -> None:  # noqa: ARG002 - it has one voice
        """Set the rate of the next text in words per minute, and its volume from 0 to 1.

        Raises:
            SoundError: The installed voice does not speak the language. A voice that the user chose speaks any text.
        """
        family = self._language.partition("-")[0]
        if not self._is_chosen and family != language.lower().partition("-")[0]:
            raise SoundError(f"the natural voice does not speak “{language}”")
        self._rate, self._volume = rate, volume

    def speak(self, text: str, folder: Path) -> Sound:  # noqa: ARG002 - it needs no file
        """Return the sound of a text, without the silence around it.

        Raises:
            SoundError: It is silent.
        """
        from piper import SynthesisConfig  # noqa: PLC0415 - heavy

        voice = self._load()
        slower = WORDS_PER_MINUTE / self._rate
        config = SynthesisConfig(length_scale=voice.config.length_scale * slower, volume=self._volume)
        pcm = b"".join(chunk.audio_int16_bytes for chunk in voice.synthesize(text, config))
        sound = trim(from_pcm(pcm, voice.config.sample_rate))
        if not is_audible(sound):
            raise SoundError("the natural voice was silent")
        return sound

    @property
    def _language(self) -> str:
        language: Any = self._description.get("language")
        code = language.get("code") if isinstance(language, dict) else None
        return str(code or "").replace("_", "-").lower()

    def _load(self) -> "PiperVoice":
        """Return the voice. With one thread and few optimisations it is ready sooner, and leaves a core alone."""
        if self._piper is None:
            import onnxruntime  # noqa: PLC0415 - heavy
            from piper import PiperVoice  # noqa: PLC0415 - heavy
            from piper.config import PiperConfig  # noqa: PLC0415 - heavy

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
            session = onnxruntime.InferenceSession(
                str(self._model), sess_options=options, providers=["CPUExecutionProvider"]
            )
            self._piper = PiperVoice(session=session, config=PiperConfig.from_dict(self._description))
        return self._piper
