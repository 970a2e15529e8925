"""The real render child with the real espeak-ng of its wheel: what it writes, and that it never outlives us."""

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

from stretch_coach.session.cue import estimate_seconds
from stretch_coach.session.cues import texts_to_say
from stretch_coach.voice.cache import Cache, Manner
from stretch_coach.voice.child import child_command
from stretch_coach.voice.renderer import Renderer
from stretch_coach.voice.sound import RATE, is_audible, read_wav, wav_seconds
from stretch_coach.voice.sources import Source
from tests.session.cue_rules import bundled, laid_out, speaking
from tests.voice.children import PATIENCE_SECONDS

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("espeakng_loader") is None, reason="there is no bundled engine for this system"
)

TILT = "Tilt your head to the right."


def make(folder: Path, *, voice: str = "en", language: str = "en", rate: int = 160) -> Renderer:
    return Renderer(Cache(folder), Manner(voice, rate, 1.0, "test"), language, Source.BUNDLED)


def with_renderer(renderer: Renderer, test: Callable[[Renderer], Awaitable[None]]) -> None:
    async def run() -> None:
        try:
            await test(renderer)
        finally:
            await renderer.close()

    asyncio.run(run())


def seconds_of(renderer: Renderer, *texts: str) -> list[float]:
    """Render texts; how long each takes."""
    seconds: list[float] = []

    async def test(renderer: Renderer) -> None:
        for text in texts:
            clip = await renderer.render(text)
            assert clip, renderer.trouble
            seconds.append(clip.seconds)

    with_renderer(renderer, test)
    return seconds


def test_it_renders_speech(tmp_path: Path) -> None:
    async def test(renderer: Renderer) -> None:
        clip = await renderer.render(TILT)
        assert clip
        sound = read_wav(clip.path)
        assert sound.seconds == pytest.approx(wav_seconds(clip.path)) == pytest.approx(clip.seconds)
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
    """The engine is known to lose a rate now and then: then one text would be far quicker than the other."""
    texts = [f"Tilt your head to the right{' ' * extra}." for extra in range(10)]
    seconds = seconds_of(make(tmp_path, rate=120), *texts)
    assert max(seconds) < 1.15 * min(seconds)


@pytest.mark.parametrize("text", ["...", " ", "", "\u2013"])
def test_what_makes_no_sound_is_an_error_and_no_hang(tmp_path: Path, text: str) -> None:
    async def test(renderer: Renderer) -> None:
        assert await renderer.render(text) is None
        assert renderer.trouble
        assert await renderer.render("Hold.")

    with_renderer(make(tmp_path), test)
    assert len(list(tmp_path.iterdir())) == 1


def test_it_has_voices_and_english_among_them(tmp_path: Path) -> None:
    async def test(renderer: Renderer) -> None:
        voices = await renderer.voices()
        assert len(voices) > 50
        languages = {code for voice in voices for code in voice.languages}
        assert {"en-us", "en-gb", "de", "es"} <= languages
        assert renderer.source == "bundled"

    with_renderer(make(tmp_path), test)


def test_another_language_is_said_otherwise(tmp_path: Path) -> None:
    async def test(renderer: Renderer) -> None:
        clip = await renderer.render("Nicht so schnell, bitte.")
        assert clip
        sounds.append(read_wav(clip.path).pcm)

    sounds: list[bytes] = []
    for language in ("en", "de"):
        with_renderer(make(tmp_path, voice=language, language=language), test)
    # The same words twice differ by a few samples at most, in another language by far more.
    assert abs(len(sounds[0]) - len(sounds[1])) > RATE / 50


def test_a_second_run_starts_no_engine(tmp_path: Path) -> None:
    seconds_of(make(tmp_path), TILT)
    again = Renderer(Cache(tmp_path), Manner("en", 160, 1.0, "test"), "en", Source.BUNDLED, ["/nonexistent/engine"])
    assert len(seconds_of(again, TILT)) == 1


@pytest.mark.parametrize("rate", [110, 160])
def test_no_text_takes_longer_than_it_was_estimated_to(tmp_path: Path, rate: int) -> None:
    """Timelines with explanations are laid out by the estimate."""
    how = speaking(rate, explained=True)
    texts = texts_to_say(laid_out(bundled().routines["screen-break"], how), how)
    late = {
        text: (seconds, estimate_seconds(text, rate))
        for text, seconds in zip(texts, seconds_of(make(tmp_path, rate=rate), *texts), strict=True)
        if seconds > estimate_seconds(text, rate)
    }
    assert late == {}


class RealChild:
    """A render child that the test talks to by itself."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            child_command("render_child"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert self.read()["event"] == "ready"

    def read(self) -> dict[str, Any]:
        assert self.process.stdout
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        return told

    def write(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self) -> int:
        """Close its standard input; its exit code."""
        with self.process:
            assert self.process.stdin
            self.process.stdin.close()
            return self.process.wait(PATIENCE_SECONDS)


def test_it_ends_with_its_standard_input() -> None:
    assert RealChild().end() == 0


def test_it_ends_even_while_it_renders(tmp_path: Path) -> None:
    child = RealChild()
    request = {"id": "a", "path": str(tmp_path / "a.wav"), "voice": "", "language": "en", "rate": 80, "volume": 1.0}
    child.write(json.dumps({**request, "text": "Hold it for a long time. " * 200}))
    assert child.end() == 0


def test_a_request_that_makes_no_sense_is_an_error_and_no_end() -> None:
    child = RealChild()
    child.write("no message")
    child.write(json.dumps({"id": "a"}))
    assert child.read()["event"] == "error"
    child.write(json.dumps({"op": "voices"}))
    assert child.read()["event"] == "voices"
    assert child.end() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_it_does_not_outlive_a_parent_that_is_killed() -> None:
    parents = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, start_new_session=True)\n"
        "time.sleep(600)\n"
    )
    reading, writing = os.pipe()
    parent = subprocess.Popen([sys.executable, "-c", parents, *child_command("render_child")], stdout=writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        assert json.loads(told.readline())["event"] == "ready"
        parent.send_signal(signal.SIGKILL)
        parent.wait(PATIENCE_SECONDS)
        # The pipe ends when the last process that has it has ended.
        ended, _, _ = select.select([told], [], [], PATIENCE_SECONDS)
        assert ended
        assert told.read() == b""
