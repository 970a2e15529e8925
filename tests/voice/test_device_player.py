"""Playing through a child: what it is sent, and that one that dies is replaced and sent everything again."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from stretch_coach.voice import device_player as module
from stretch_coach.voice.child import ChildError
from stretch_coach.voice.device_player import MAX_RESTARTS, DevicePlayer
from stretch_coach.voice.tones import Tone
from tests.voice.fakes import FakeChild, Starter, ignore, play

HOLD = Path("hold.wav")


def run(test: Callable[[DevicePlayer], Awaitable[None]], starter: Starter) -> None:
    """Run a test with a player. None of its children is left alive."""

    async def with_player() -> None:
        player = await DevicePlayer.open(starter)
        await test(player)
        await player.close()

    asyncio.run(with_player())
    assert not any(child.alive for child in starter.children)


async def replaced(starter: Starter, count: int) -> FakeChild:
    """Wait for the child that replaces the dead ones, and return it."""
    await starter.wait_started(count)
    return starter.children[-1]


class TestSending:
    def test_everything_is_sent_in_order(self) -> None:
        async def test(player: DevicePlayer) -> None:
            assert (player.name, player.plays_speech, player.plays_tones) == ("PulseAudio", True, True)
            player.load("Hold.", HOLD)
            player.load_tone(Tone.START, 0.5)
            player.play("Hold.", 12.5)
            player.cancel_pending()
            player.stop()

        starter = Starter(play, device="PulseAudio")
        run(test, starter)
        assert starter.children[0].sent == [
            {"op": "load", "key": "Hold.", "path": "hold.wav"},
            {"op": "tone", "key": "start", "tone": "start", "volume": 0.5},
            {"op": "play", "key": "Hold.", "at": 12.5},
            {"op": "cancel"},
            {"op": "stop"},
        ]

    def test_a_cue_is_loaded_again_only_if_its_file_changed(self) -> None:
        async def test(player: DevicePlayer) -> None:
            for path in (HOLD, HOLD, Path("other.wav")):
                player.load("Hold.", path)

        starter = Starter(play)
        run(test, starter)
        assert [message["path"] for message in starter.children[0].sent] == ["hold.wav", "other.wav"]

    def test_a_device_name_is_safe_to_show(self) -> None:
        async def test(player: DevicePlayer) -> None:
            assert player.name == "\\u001b[31m"

        run(test, Starter(play, device="\x1b[31m"))

    def test_device_player_needs_a_device(self) -> None:
        async def test(_: DevicePlayer) -> None:
            raise AssertionError

        with pytest.raises(ChildError, match="no device"):
            run(test, Starter("no device"))


class TestReplacement:
    def test_a_new_child_is_sent_what_is_still_to_be_played(self) -> None:
        async def test(player: DevicePlayer) -> None:
            now = time.monotonic()
            player.load("Hold.", HOLD)
            player.load_tone(Tone.COUNT, 1.0)
            player.play("Hold.", now - 1)
            player.play("count", now + 600)
            player.play("count", now + 601)
            before = starter.children[0].sent
            starter.children[0].die()
            child = await replaced(starter, 2)
            assert await child.wait_received(4) == [*before[:2], *before[3:]]
            player.play("Hold.", now + 700)
            assert child.sent[-1] == {"op": "play", "key": "Hold.", "at": now + 700}

        starter = Starter(play)
        run(test, starter)

    @pytest.mark.parametrize("silence", [DevicePlayer.cancel_pending, DevicePlayer.stop])
    def test_dropped_sounds_are_not_sent_again(self, silence: Callable[[DevicePlayer], None]) -> None:
        async def test(player: DevicePlayer) -> None:
            player.load_tone(Tone.COUNT, 1.0)
            player.play("count", time.monotonic() + 600)
            silence(player)
            starter.children[0].die()
            child = await replaced(starter, 2)
            player.load("Hold.", HOLD)
            assert [message["op"] for message in await child.wait_received(2)] == ["tone", "load"]

        starter = Starter(play)
        run(test, starter)

    @pytest.mark.parametrize("starts", [(play, "no device"), (play,)])
    def test_a_device_lost_for_good_plays_nothing(self, starts: tuple[object, ...]) -> None:
        """It is lost when no child can be started, or when children keep dying."""

        async def test(player: DevicePlayer) -> None:
            while player.plays_speech:
                starter.children[-1].die()
                await asyncio.sleep(0)
            assert not player.plays_tones
            player.play("Hold.", time.monotonic())
            player.stop()

        starter = Starter(*starts)  # type: ignore[arg-type]
        run(test, starter)
        assert starter.count == (2 if len(starts) > 1 else MAX_RESTARTS + 1)


class TestHungDevice:
    @pytest.fixture(autouse=True)
    def short_checks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "CHECK_SECONDS", 0.001)

    def test_a_child_whose_device_takes_no_sound_is_replaced(self) -> None:
        async def test(_: DevicePlayer) -> None:
            await starter.wait_started(2)
            assert not starter.children[0].alive
            await starter.children[1].wait_received(6)

        starter = Starter(ignore, play)
        run(test, starter)
        assert starter.count == 2

    @pytest.mark.parametrize("bursts", ["1", None, [1], {"a": 1}, float("nan")])
    def test_a_senseless_reply_is_no_reply(self, bursts: object) -> None:
        def answer(child: FakeChild, _: dict[str, object]) -> None:
            child.reply(event="pong", bursts=bursts)

        async def test(_: DevicePlayer) -> None:
            await starter.wait_started(2)

        starter = Starter(answer, play)
        run(test, starter)
