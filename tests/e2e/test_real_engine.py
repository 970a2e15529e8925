"""The real render child with the espeak-ng of its wheel: what it writes, and that it never outlives its parent."""

import asyncio
import importlib.util
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.session.cue_plan import texts_to_say
from stretch_coach.session.cues import estimate_seconds
from stretch_coach.voice.cache import Cache, VoiceParams
from stretch_coach.voice.child import start_module
from stretch_coach.voice.renderer import Renderer
from stretch_coach.voice.sound import RATE, is_audible, read_wav
from tests.e2e.processes import PATIENCE_SECONDS
from tests.session.cue_rules import bundled, laid_out, speaking

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(importlib.util.find_spec("espeakng_loader") is None, reason="this system has no bundled engine"),
]

RENDER_CHILD = [sys.executable, "-m", "stretch_coach.voice.render_child"]
TILT = "Tilt your head to the right."


def make(folder: Path, *, voice: str = "en", language: str = "en", rate: int = 160) -> Renderer:
    params = VoiceParams(voice, rate, 1.0, "test")
    return Renderer(Cache(folder), params, language, start_module("render_child", "bundled"))


def with_renderer(renderer: Renderer, test: Callable[[Renderer], Awaitable[None]]) -> None:
    async def run() -> None:
        try:
            await test(renderer)
        finally:
            await renderer.close()

    asyncio.run(run())


def seconds_of(renderer: Renderer, *texts: str) -> list[float]:
    """Render texts, and return how many seconds each takes."""
    seconds: list[float] = []

    async def test(renderer: Renderer) -> None:
        for text in texts:
            clip = await renderer.render(text)
            assert clip, renderer.trouble
            seconds.append(clip.seconds)

    with_renderer(renderer, test)
    return seconds


def test_speech_is_rendered(tmp_path: Path) -> None:
    async def test(renderer: Renderer) -> None:
        clip = await renderer.render(TILT)
        assert clip
        sound = read_wav(clip.path)
        assert sound.seconds == pytest.approx(clip.seconds)
        assert 0.3 < clip.seconds < 5
        assert is_audible(sound)
        assert max(map(abs, memoryview(sound.pcm).cast("h"))) > 3000
        assert clip.path.read_bytes()[24:28] == RATE.to_bytes(4, "little") == (22_050).to_bytes(4, "little")
        other = await renderer.render("Hold.")
        assert other
        assert read_wav(other.path) != sound

    with_renderer(make(tmp_path), test)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_higher_rate_takes_less_time(tmp_path: Path) -> None:
    seconds = [seconds_of(make(tmp_path, rate=rate), TILT)[0] for rate in (80, 120, 160, 200, 300)]
    assert all(slower > 1.15 * faster for slower, faster in pairwise(seconds))


def test_a_rate_holds_for_each_of_many_texts(tmp_path: Path) -> None:
    """The engine is known to lose its rate now and then, which makes a text far quicker than the others."""
    texts = [f"Tilt your head to the right{' ' * extra}." for extra in range(10)]
    seconds = seconds_of(make(tmp_path, rate=120), *texts)
    assert max(seconds) < 1.15 * min(seconds)


@pytest.mark.parametrize("text", ["...", " ", "", "\u2013"])
def test_a_text_without_sound_is_an_error_and_not_a_hang(tmp_path: Path, text: str) -> None:
    async def test(renderer: Renderer) -> None:
        assert await renderer.render(text) is None
        assert renderer.trouble
        assert await renderer.render("Hold.")

    with_renderer(make(tmp_path), test)
    assert len(list(tmp_path.iterdir())) == 1


def test_voices_of_several_languages_are_listed(tmp_path: Path) -> None:
    async def test(renderer: Renderer) -> None:
        voices = await renderer.voices()
        assert len(voices) > 50
        languages = {code for voice in voices for code in voice.languages}
        assert {"en-us", "en-gb", "de", "es"} <= languages
        assert renderer.source == "bundled"

    with_renderer(make(tmp_path), test)


def test_another_language_sounds_different(tmp_path: Path) -> None:
    async def test(renderer: Renderer) -> None:
        clip = await renderer.render("Nicht so schnell, bitte.")
        assert clip
        sounds.append(read_wav(clip.path).pcm)

    sounds: list[bytes] = []
    for language in ("en", "de"):
        with_renderer(make(tmp_path, voice=language, language=language), test)
    # The same words differ by a few samples when said twice, and by far more in another language.
    assert abs(len(sounds[0]) - len(sounds[1])) > RATE / 50


@pytest.mark.parametrize("rate", [110, 160])
def test_no_text_takes_longer_than_estimated(tmp_path: Path, rate: int) -> None:
    """Timelines with explanations are laid out by the estimates."""
    how = speaking(rate, explained=True)
    texts = texts_to_say(laid_out(bundled().routines["screen-break"], how), how)
    late = {
        text: (seconds, estimate_seconds(text, rate))
        for text, seconds in zip(texts, seconds_of(make(tmp_path, rate=rate), *texts), strict=True)
        if seconds > estimate_seconds(text, rate)
    }
    assert late == {}


class RealChild:
    """A render child that a test talks to directly."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            RENDER_CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert self.read()["event"] == "ready"

    def read(self) -> dict[str, Any]:
        assert self.process.stdout
        message: dict[str, Any] = json.loads(self.process.stdout.readline())
        return message

    def write(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self) -> int:
        """Close its standard input, and return its exit code."""
        with self.process:
            assert self.process.stdin
            self.process.stdin.close()
            return self.process.wait(PATIENCE_SECONDS)


def test_the_child_ends_with_its_standard_input() -> None:
    assert RealChild().end() == 0


def test_the_child_ends_even_while_it_renders(tmp_path: Path) -> None:
    child = RealChild()
    request = {"id": "a", "path": str(tmp_path / "a.wav"), "voice": "", "language": "en", "rate": 80, "volume": 1.0}
    child.write(json.dumps({**request, "text": "Hold it for a long time. " * 200}))
    assert child.end() == 0


def test_a_senseless_request_is_an_error_and_not_the_end() -> None:
    child = RealChild()
    child.write("no message")
    child.write(json.dumps({"id": "a"}))
    assert child.read()["event"] == "error"
    child.write(json.dumps({"op": "voices"}))
    assert child.read()["event"] == "voices"
    assert child.end() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_the_child_does_not_outlive_a_killed_parent() -> None:
    parents = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, start_new_session=True)\n"
        "time.sleep(600)\n"
    )
    reading, writing = os.pipe()
    parent = subprocess.Popen([sys.executable, "-c", parents, *RENDER_CHILD], stdout=writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as output:
        assert json.loads(output.readline())["event"] == "ready"
        parent.send_signal(signal.SIGKILL)
        parent.wait(PATIENCE_SECONDS)
        # The pipe ends when the last process that has it has ended.
        ended, _, _ = select.select([output], [], [], PATIENCE_SECONDS)
        assert ended
        assert output.read() == b""
