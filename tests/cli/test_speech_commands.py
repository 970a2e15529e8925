"""The commands `voices` and `say`, without a speech engine or a sound device."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from stretch_coach.text import text_width
from stretch_coach.voice import players, renderer
from stretch_coach.voice.child import StartChild
from stretch_coach.voice.device_player import DevicePlayer
from tests.cli.conftest import CommandResult
from tests.voice.fakes import Behaviour, FakeChild, Starter, play, render

VOICES = [
    ["gmw/en-us", "English (America)", ["en-us", "en"]],
    ["gmw/en-gb-x-rp", "English (Received Pronunciation)", ["en-gb-x-rp", "en-gb", "en"]],
    ["sit/cmn", "Chinese (Mandarin, 普通话)", ["cmn", "zh"]],
    ["none", "No language", []],
]

SetUp = Callable[..., None]


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> SetUp:
    """Return what sets up the render child and the play child: how they behave, or why they do not start."""

    def set_up(rendering: Behaviour | str = render, playing: Behaviour | str = "no device") -> None:
        def start(*_: str) -> StartChild:
            return Starter(rendering, source="bundled")

        async def open_device() -> DevicePlayer:
            return await DevicePlayer.open(Starter(playing, device="PulseAudio"))

        monkeypatch.setattr(renderer, "start_module", start)
        monkeypatch.setattr(players.open_player, "__kwdefaults__", {"open_device": open_device})
        monkeypatch.setattr(players, "find_command", lambda: None)

    return set_up


def list_voices(voices: Sequence[object]) -> Behaviour:
    def answer(child: FakeChild, _: dict[str, object]) -> None:
        child.reply(event="voices", voices=voices)

    return answer


class TestVoices:
    def test_columns_are_aligned_and_apart(self, coach: Callable[..., CommandResult], processes: SetUp) -> None:
        processes(list_voices(VOICES))
        lines = coach("voices").out.splitlines()
        assert len(lines) == len(VOICES)
        for column in ([voice[0] for voice in VOICES], [voice[1] for voice in VOICES]):
            places = {text_width(line[: line.index(str(cell))]) for line, cell in zip(lines, column, strict=True)}
            assert len(places) == 1
        assert "en-gb-x-rp, en-gb, en  English (Received" in lines[1]

    def test_json_has_the_engine_too(self, coach: Callable[..., CommandResult], processes: SetUp) -> None:
        processes(list_voices(VOICES[:1]))
        assert json.loads(coach("voices", "--json").out) == [
            {"id": "gmw/en-us", "name": "English (America)", "languages": ["en-us", "en"], "engine": "bundled"}
        ]

    def test_names_cannot_control_the_terminal(self, coach: Callable[..., CommandResult], processes: SetUp) -> None:
        processes(list_voices([["a\x1b[2J", "b\nc", ["\x07"]]]))
        assert coach("voices").out == "a\\u001b[2J  \\u0007  b\\u000ac\n"

    def test_without_voices_nothing_is_listed(self, coach: Callable[..., CommandResult], processes: SetUp) -> None:
        processes(list_voices([]))
        assert coach("voices").out == ""

    def test_without_an_engine_the_cause_is_given(self, coach: Callable[..., CommandResult], processes: SetUp) -> None:
        processes("there is no espeak-ng library")
        ended = coach("voices")
        assert ended.code == 1
        assert "voices: no speech engine was found (there is no espeak-ng library)." in ended.err


class TestSay:
    @pytest.fixture(autouse=True)
    def no_waiting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("stretch_coach.voice.voice.DRAIN_SECONDS", -0.5)

    def test_a_text_is_said(self, coach: Callable[..., CommandResult], processes: SetUp) -> None:
        processes(playing=play)
        ended = coach("say", "Hello")
        assert (ended.code, ended.out, ended.err) == (0, "", "")

    def test_a_sample_is_said(self, coach: Callable[..., CommandResult], processes: SetUp) -> None:
        processes(playing=play)
        assert coach("voices", "--sample", "de").code == 0

    def test_without_sound_the_doctor_is_named(self, coach: Callable[..., CommandResult], processes: SetUp) -> None:
        processes()
        ended = coach("say", "Hello")
        assert ended.code == 1
        assert ended.err.startswith("stretch-coach: say: nothing can be heard here")
        assert "doctor" in ended.err

    def test_a_text_that_cannot_be_rendered_is_reported(
        self, coach: Callable[..., CommandResult], processes: SetUp
    ) -> None:
        processes(playing=play)
        ended = coach("say", "silent")
        assert ended.code == 1
        assert "say: this text could not be rendered: SoundError: the engine wrote silence." in ended.err

    def test_a_rate_out_of_range_is_refused(self, coach: Callable[..., CommandResult]) -> None:
        assert coach("say", "Hello", "--rate", "1000").code == 2

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ('level = "loud"', 'voice.level: "loud" is not valid.'),
            ("rate = 60", "voice.rate: 60 is not valid."),
            ('source = "cloud"', 'voice.source: "cloud" is not valid.'),
        ],
    )
    def test_an_invalid_voice_setting_is_named_with_its_line(
        self, line: str, message: str, coach: Callable[..., CommandResult], own_home: Path
    ) -> None:
        own_home.mkdir()
        (own_home / "config.toml").write_text(f"[voice]\n{line}\n", encoding="utf-8")
        ended = coach("say", "Hello")
        assert ended.code == 1
        assert f"config.toml:2: {message}" in ended.err
