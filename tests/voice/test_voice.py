"""The voice of a session: ready soon, never waited for long, and never silent while something can play."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest

from stretch_coach.voice import voice as module
from stretch_coach.voice.cache import Cache, Clip, VoiceParams
from stretch_coach.voice.child import ChildError
from stretch_coach.voice.fallback_players import SilentPlayer
from stretch_coach.voice.players import Player
from stretch_coach.voice.renderer import Renderer
from stretch_coach.voice.tones import Tone
from stretch_coach.voice.voice import Voice
from tests.voice.fakes import Starter

LONG = 60.0
"""Longer than anything here takes; a test that waits for it has failed."""

TONES = {f"{tone} 1.0" for tone in Tone}
TEXTS = ["one", "two", "three", "four"]


class FakePlayer:
    """Notes what it is asked to do."""

    name = "fake"

    def __init__(self, *, plays_speech: bool = True) -> None:
        self.plays_speech = plays_speech
        self.plays_tones = True
        self.requests: list[str] = []
        self.loaded: set[str] = set()
        self.closed = asyncio.Event()

    def load(self, key: str, path: Path) -> None:  # noqa: ARG002 - a player needs it
        self.loaded.add(key)

    def load_tone(self, tone: Tone, volume: float) -> None:
        self.loaded.add(f"{tone} {volume}")

    def play(self, key: str, at: float) -> None:
        self.requests.append(f"{key} {at:g}")

    def cancel_pending(self) -> None:
        self.requests.append("cancel")

    def stop(self) -> None:
        self.requests.append("stop")

    async def close(self) -> None:
        self.requests.append("close")
        self.closed.set()


class FakeRenderer(Renderer):
    """Renders a text when a test allows it. Some are cached, and some cannot be rendered."""

    def __init__(self, cached: Sequence[str] = ()) -> None:
        super().__init__(Cache(Path("/nonexistent")), VoiceParams("", 160, 1.0, "fake"), "en", Starter("unused"))
        self.cached_texts = set(cached)
        self.started: list[str] = []
        self.child_ended, self.closed = asyncio.Event(), asyncio.Event()
        self._news = asyncio.Condition()
        self._allowed: set[str] = set()

    async def allow(self, *texts: str) -> None:
        """Let these texts be rendered."""
        async with self._news:
            self._allowed |= set(texts)
            self._news.notify_all()

    def cached(self, text: str) -> Clip | None:
        return Clip(Path(text), 0.5) if text in self.cached_texts else None

    async def render(self, text: str) -> Clip | None:
        self.started.append(text)
        async with self._news:
            await self._news.wait_for(lambda: text in self._allowed)
        if "fails" in text:
            self.trouble = "it fails"
            return None
        return Clip(Path(text), 0.7)

    async def end_child(self) -> None:
        self.child_ended.set()

    async def close(self) -> None:
        self.closed.set()


def run(test: Callable[[], Awaitable[None]]) -> None:
    """Run an asynchronous test."""
    asyncio.run(asyncio.wait_for(test(), LONG))


class TestPreparing:
    def test_the_first_texts_are_awaited_and_the_others_follow(self) -> None:
        async def test() -> None:
            player, renderer = FakePlayer(), FakeRenderer()
            voice = Voice(player, [renderer], 1.0)
            preparing = asyncio.create_task(voice.prepare(TEXTS, 2, LONG))
            await renderer.allow("one")
            assert not preparing.done()
            await renderer.allow("two")
            await preparing
            assert player.loaded == TONES | {"one", "two"}
            assert (voice.seconds("two"), voice.seconds("three")) == (0.7, None)
            assert voice.can_speak
            await renderer.allow("three", "four")
            await renderer.child_ended.wait()
            assert player.loaded == TONES | set(TEXTS)
            assert renderer.started == TEXTS
            await voice.close()

        run(test)

    def test_rendering_is_not_awaited_longer_than_allowed(self) -> None:
        async def test() -> None:
            voice = Voice(FakePlayer(), [FakeRenderer()], 1.0)
            await voice.prepare(TEXTS, 2, 0.001)
            assert not voice.can_speak
            await voice.close()

        run(test)

    def test_cached_texts_are_ready_at_once(self) -> None:
        async def test() -> None:
            player, renderer = FakePlayer(), FakeRenderer(["one", "two"])
            voice = Voice(player, [renderer], 1.0)
            await voice.prepare(TEXTS, 2, LONG)
            assert player.loaded == TONES | {"one", "two"}
            assert voice.can_speak
            await voice.close()
            assert "one" not in renderer.started

        run(test)

    def test_texts_that_fail_are_not_awaited(self) -> None:
        async def test() -> None:
            renderer = FakeRenderer()
            await renderer.allow("fails", "fails too", "works")
            voice = Voice(FakePlayer(), [renderer], 1.0)
            await voice.prepare(["fails", "fails too", "works"], 2, LONG)
            assert voice.trouble == "it fails"
            assert not voice.say("fails", 7)
            await voice.close()

        run(test)

    def test_without_a_renderer_there_are_only_tones(self) -> None:
        async def test() -> None:
            player = FakePlayer()
            voice = Voice(player, (), 0.5)
            await voice.prepare(TEXTS, 2, LONG)
            assert player.loaded == {f"{tone} 0.5" for tone in Tone}
            assert (voice.can_speak, voice.trouble, voice.say("one", 7)) == (False, None, False)
            await voice.close()

        run(test)


class TestStandIn:
    def test_the_quick_voice_is_ready_first_and_the_wanted_one_takes_over(self) -> None:
        async def test() -> None:
            player, wanted, quick = FakePlayer(), FakeRenderer(), FakeRenderer()
            voice = Voice(player, [wanted, quick], 1.0)
            await quick.allow(*TEXTS)
            await voice.prepare(TEXTS, 2, LONG)
            assert voice.seconds("one") == 0.7
            voice.say("one", 7)
            await wanted.allow(*TEXTS)
            await wanted.child_ended.wait()
            voice.say("one", 8)
            assert player.requests == ["1:one 7", "one 8"]
            assert wanted.started == TEXTS
            await voice.close()
            assert wanted.closed.is_set()
            assert quick.closed.is_set()

        run(test)

    def test_what_is_longer_than_was_planned_is_not_said(self) -> None:
        async def test() -> None:
            player, wanted, quick = FakePlayer(), FakeRenderer(), FakeRenderer(["one"])
            voice = Voice(player, [wanted, quick], 1.0)
            await wanted.allow("one")
            await voice.prepare(["one"], 1, LONG)
            planned = voice.seconds("one")
            await wanted.child_ended.wait()
            assert (planned, voice.seconds("one")) == (0.5, 0.7)
            voice.say("one", 7, 0.5)
            voice.say("one", 8, 0.7)
            assert player.requests == ["1:one 7", "one 8"]
            await voice.close()

        run(test)

    def test_what_the_wanted_voice_has_is_not_rendered_again(self) -> None:
        async def test() -> None:
            quick = FakeRenderer()
            voice = Voice(FakePlayer(), [FakeRenderer(TEXTS), quick], 1.0)
            await voice.prepare(TEXTS, 2, LONG)
            await voice.close()
            assert quick.started == []

        run(test)

    def test_what_the_wanted_voice_cannot_say_the_quick_one_says(self) -> None:
        async def test() -> None:
            player, wanted, quick = FakePlayer(), FakeRenderer(), FakeRenderer(["fails"])
            voice = Voice(player, [wanted, quick], 1.0)
            await wanted.allow("fails")
            saying = asyncio.create_task(voice.say_now("fails"))
            assert await saying == 0.5
            assert player.requests[0].startswith("1:fails")
            await voice.close()

        run(test)


class TestPlaying:
    def test_texts_and_tones_are_played_at_their_instants(self) -> None:
        async def test() -> None:
            player = FakePlayer()
            voice = Voice(player, [FakeRenderer(["one"])], 1.0)
            await voice.prepare(["one"], 1, LONG)
            assert (voice.say("one", 7), voice.say("not rendered", 8)) == (True, False)
            assert voice.play_tone(Tone.START, 9)
            voice.cancel_pending()
            voice.stop()
            assert player.requests == ["one 7", "start 9", "cancel", "stop"]
            await voice.close()

        run(test)

    def test_a_player_without_speech_says_nothing(self) -> None:
        async def test() -> None:
            voice = Voice(FakePlayer(plays_speech=False), [FakeRenderer(["one"])], 1.0)
            await voice.prepare(["one"], 1, LONG)
            assert (voice.can_speak, voice.say("one", 7)) == (False, False)
            await voice.close()

        run(test)

    def test_without_sound_no_tone_is_heard(self) -> None:
        assert not Voice(SilentPlayer(), (), 1.0).play_tone(Tone.START, 8)

    def test_a_text_can_be_said_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "DRAIN_SECONDS", -0.7)

        async def test() -> None:
            player, renderer = FakePlayer(), FakeRenderer()
            await renderer.allow("one", "fails")
            voice = Voice(player, [renderer], 1.0)
            assert await voice.say_now("one") == 0.7
            assert await voice.say_now("fails") is None
            assert [request.partition(" ")[0] for request in player.requests] == ["one"]
            await voice.close()

        run(test)


class TestClosing:
    def test_rendering_ends_and_both_are_closed(self) -> None:
        async def test() -> None:
            player, renderer = FakePlayer(), FakeRenderer()
            voice = Voice(player, [renderer], 1.0)
            await voice.prepare(TEXTS, 2, 0)
            await voice.close()
            assert player.requests == ["close"]
            assert renderer.child_ended.is_set()
            assert renderer.closed.is_set()

        run(test)

    def test_no_device_is_opened_afterwards(self) -> None:
        async def never() -> Player:
            raise AssertionError

        async def never_any() -> tuple[Player, str | None]:
            raise AssertionError

        async def test() -> None:
            player = FakePlayer()
            voice = Voice(player, (), 1.0)
            voice.keep_playing(never_any, never, "no device")
            await voice.close()
            assert player.requests == ["close"]

        run(test)


class TestChangingDevices:
    @pytest.fixture(autouse=True)
    def short_retries(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "RETRY_SECONDS", 0.001)
        monkeypatch.setattr(module, "MAX_RETRY_SECONDS", 0.002)

    def test_a_device_that_appears_later_is_used(self) -> None:
        async def test() -> None:
            before, device = FakePlayer(plays_speech=False), FakePlayer()
            tries: list[FakePlayer | None] = [None, None, device]
            voice = Voice(before, [FakeRenderer(["one"])], 1.0)
            await voice.prepare(["one"], 1, LONG)

            async def open_device() -> Player:
                if found := tries.pop(0):
                    return found
                raise ChildError("no device")

            async def open_any() -> tuple[Player, str | None]:
                raise AssertionError

            voice.keep_playing(open_any, open_device, "no device")
            await before.closed.wait()
            assert voice.player is device
            assert device.loaded == TONES | {"one"}
            assert voice.say("one", 7)
            await voice.close()
            assert device.requests == ["one 7", "close"]

        run(test)

    def test_a_lost_device_is_replaced_by_what_works_and_later_by_a_device(self) -> None:
        async def test() -> None:
            lost, bell, device = FakePlayer(), FakePlayer(plays_speech=False), FakePlayer()
            may_open = asyncio.Event()
            voice = Voice(lost, (), 1.0)

            async def open_any() -> tuple[Player, str | None]:
                return bell, "no device"

            async def open_device() -> Player:
                await may_open.wait()
                return device

            voice.keep_playing(open_any, open_device, None)
            lost.plays_speech = lost.plays_tones = False
            await lost.closed.wait()
            assert voice.player is bell
            assert bell.loaded == TONES
            may_open.set()
            await bell.closed.wait()
            assert voice.player is device
            await voice.close()

        run(test)
