"""The voice of a session: ready soon, never waited for long, and moved to a device that appears late."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest

from stretch_coach.voice import voice as voice_module
from stretch_coach.voice.cache import Cache, Manner
from stretch_coach.voice.child import ChildError
from stretch_coach.voice.fallback import SilentPlayer
from stretch_coach.voice.renderer import Clip, Renderer
from stretch_coach.voice.sources import Source
from stretch_coach.voice.tones import Tone
from stretch_coach.voice.voice import Voice

LONG = 30.0
"""Longer than anything may take."""


class NotingPlayer:
    """Notes what it is asked."""

    name = "fake"
    sounds = True

    def __init__(self, *, speaks: bool = True) -> None:
        self.speaks = speaks
        self.asked: list[str] = []
        self.loaded: set[str] = set()
        self.is_closed = asyncio.Event()

    def load(self, key: str, path: Path) -> None:  # noqa: ARG002 - as every player's
        self.loaded.add(key)

    def load_tone(self, tone: Tone, volume: float) -> None:
        self.loaded.add(f"{tone} {volume}")

    def play(self, key: str, at: float) -> None:
        self.asked.append(f"{key} {at:g}")

    def forget(self) -> None:
        self.asked.append("forget")

    def hush(self) -> None:
        self.asked.append("hush")

    async def close(self) -> None:
        self.asked.append("close")
        self.is_closed.set()


class HandRenderer(Renderer):
    """Renders a text when the test lets it; some are rendered already, and some cannot be."""

    def __init__(self, already: Sequence[str] = ()) -> None:
        super().__init__(Cache(Path("/nonexistent")), Manner("", 160, 1.0, "fake"), "en", Source.BUNDLED, ["none"])
        self.already = set(already)
        self.begun: list[str] = []
        self.is_closed = asyncio.Event()
        self._let = asyncio.Event()
        self._allowed: set[str] = set()

    def let(self, *texts: str) -> None:
        """Let these texts be rendered."""
        self._allowed |= set(texts)
        self._let.set()
        self._let = asyncio.Event()

    def cached(self, text: str) -> Clip | None:
        return Clip(Path(text), 0.5) if text in self.already else None

    async def render(self, text: str) -> Clip | None:
        self.begun.append(text)
        while text not in self._allowed:
            await self._let.wait()
        if "fails" in text:
            self.trouble = "it fails"
            return None
        return Clip(Path(text), 0.7)

    async def close(self) -> None:
        self.is_closed.set()


TONES = {f"{tone} 1.0" for tone in Tone}
TEXTS = ["one", "two", "three", "four"]


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(LONG):
            await test()

    asyncio.run(bounded())


def test_it_waits_for_the_first_ones_and_renders_the_others_later() -> None:
    async def test() -> None:
        player, renderer = NotingPlayer(), HandRenderer()
        voice = Voice(player, renderer, 1.0)
        preparing = asyncio.create_task(voice.prepare(TEXTS, 2, LONG))
        renderer.let("one")
        await asyncio.sleep(0)
        assert not preparing.done()
        renderer.let("two")
        await preparing
        assert player.loaded == TONES | {"one", "two"}
        assert (voice.say("two", 7), voice.say("three", 8)) == (True, False)
        assert (voice.seconds("two"), voice.seconds("three")) == (0.7, None)
        assert voice.can_speak
        renderer.let("three", "four")
        await renderer.is_closed.wait()  # everything is rendered
        assert (voice.say("four", 9), renderer.begun) == (True, TEXTS)
        assert player.asked == ["two 7", "four 9"]
        await voice.close()

    run(test)


def test_it_waits_no_longer_than_it_is_told() -> None:
    async def test() -> None:
        voice = Voice(NotingPlayer(), HandRenderer(), 1.0)
        begun = time.monotonic()
        await voice.prepare(TEXTS, 2, 0.05)
        assert 0.05 <= time.monotonic() - begun < 1
        assert not voice.can_speak
        await voice.close()

    run(test)


def test_what_is_rendered_already_is_not_waited_for() -> None:
    async def test() -> None:
        player, renderer = NotingPlayer(), HandRenderer(["one", "two"])
        voice = Voice(player, renderer, 1.0)
        await voice.prepare(TEXTS, 2, LONG)
        assert player.loaded == TONES | {"one", "two"}
        assert voice.can_speak
        await voice.close()
        assert "one" not in renderer.begun

    run(test)


def test_what_fails_is_not_waited_for() -> None:
    async def test() -> None:
        renderer = HandRenderer()
        renderer.let("fails", "fails too", "works")
        voice = Voice(NotingPlayer(), renderer, 1.0)
        await voice.prepare(["fails", "fails too", "works"], 2, LONG)
        assert voice.trouble == "it fails"
        assert not voice.say("fails", 7)
        await voice.close()

    run(test)


def test_without_a_renderer_there_are_tones_alone() -> None:
    async def test() -> None:
        player = NotingPlayer()
        voice = Voice(player, None, 0.5)
        await voice.prepare(TEXTS, 2, LONG)
        assert player.loaded == {f"{tone} 0.5" for tone in Tone}
        assert (voice.can_speak, voice.trouble, voice.say("one", 7)) == (False, None, False)
        assert voice.sound(Tone.START, 8)
        voice.forget()
        voice.hush()
        assert player.asked == ["start 8", "forget", "hush"]
        await voice.close()

    run(test)


def test_what_cannot_play_speech_cannot_speak() -> None:
    async def test() -> None:
        voice = Voice(NotingPlayer(speaks=False), HandRenderer(["one"]), 1.0)
        await voice.prepare(["one"], 1, LONG)
        assert (voice.can_speak, voice.say("one", 7)) == (False, False)
        await voice.close()

    run(test)


def test_nothing_sounds_without_a_player_that_does() -> None:
    assert not Voice(SilentPlayer(), None, 1.0).sound(Tone.START, 8)


def test_closing_breaks_off_what_is_rendered_and_closes_both() -> None:
    async def test() -> None:
        player, renderer = NotingPlayer(), HandRenderer()
        voice = Voice(player, renderer, 1.0)
        await voice.prepare(TEXTS, 2, 0)
        await voice.close()
        assert player.asked == ["close"]
        assert renderer.is_closed.is_set()

    run(test)


def test_a_device_that_appears_late_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice_module, "LOOK_AGAIN_SECONDS", 0.001)

    async def test() -> None:
        before, device = NotingPlayer(speaks=False), NotingPlayer()
        found: list[NotingPlayer | ChildError] = [ChildError("none"), ChildError("none"), device]
        voice = Voice(before, HandRenderer(["one"]), 1.0)
        await voice.prepare(["one"], 1, LONG)

        async def open_device() -> NotingPlayer:
            one = found.pop(0)
            if isinstance(one, ChildError):
                raise one
            return one

        voice.watch_for_device(open_device)
        await before.is_closed.wait()
        assert voice.player is device
        assert device.loaded == TONES | {"one"}
        assert voice.can_speak
        assert voice.say("one", 7)
        await voice.close()
        assert device.asked == ["one 7", "close"]

    run(test)


def test_closing_ends_looking_for_a_device() -> None:
    async def test() -> None:
        player = NotingPlayer()
        voice = Voice(player, None, 1.0)

        async def never() -> NotingPlayer:
            raise AssertionError

        voice.watch_for_device(never)
        await voice.close()
        assert player.asked == ["close"]

    run(test)


def test_a_text_can_be_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice_module, "PLAYED_SECONDS", -0.699)

    async def test() -> None:
        player, renderer = NotingPlayer(), HandRenderer()
        renderer.let("one", "fails")
        voice = Voice(player, renderer, 1.0)
        assert await voice.say_now("one") == 0.7
        assert await voice.say_now("fails") is None
        assert [asked.partition(" ")[0] for asked in player.asked] == ["one"]
        await voice.close()

    run(test)
