"""The voice check: what is said, with which voice, and what the screen says if that fails."""

from collections.abc import Awaitable, Callable

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Static

from stretch_coach.context import Context
from stretch_coach.tui.screens.setup import SetupScreen
from stretch_coach.tui.widgets import voice_check as module
from stretch_coach.voice.request import VoiceRequest, VoiceSource
from tests.tui.driving import until


class FakeVoice:
    """Notes what it says, unless it cannot say anything.

    Args:
        trouble: Why nothing can be said, or None if it can.
    """

    def __init__(self, trouble: str | None) -> None:
        self.trouble = trouble
        self.said: list[str] = []
        self.is_closed = False

    async def say_now(self, text: str) -> float | None:
        self.said.append(text)
        return None if self.trouble else 0.0

    async def close(self) -> None:
        self.is_closed = True


class Voices:
    """Opens fake voices, and notes how they are to be."""

    def __init__(self) -> None:
        self.trouble: str | None = None
        self.sentence: str | None = None
        self.requests: list[VoiceRequest] = []
        self.opened: list[FakeVoice] = []

    async def open(self, request: VoiceRequest, _ring: Callable[[], None]) -> tuple[FakeVoice, str | None]:
        self.requests.append(request)
        self.opened.append(FakeVoice(self.trouble))
        return self.opened[-1], self.sentence


@pytest.fixture
def voices(monkeypatch: pytest.MonkeyPatch) -> Voices:
    voices = Voices()
    monkeypatch.setattr(module, "open_voice", voices.open)
    return voices


@pytest.fixture
def speaking(context: Context) -> Context:
    """Return a context whose voice is on."""
    context.settings = context.settings._replace(voice=context.settings.voice._replace(level="tones"))
    return context


Test = Callable[[Pilot[int]], Awaitable[None]]


async def check(context: Context, test: Test) -> list[bool | None]:
    """Run a test on the screen, and return its result, if it ended."""
    results: list[bool | None] = []
    app = App[int]()
    async with app.run_test() as pilot:
        await app.push_screen(SetupScreen(context), results.append)
        await test(pilot)
        await pilot.pause()
    return results


def trouble(pilot: Pilot[int]) -> str:
    return str(pilot.app.screen.query_one("#voice-trouble", Static).content)


async def test_a_sentence_is_said_in_full_whatever_the_level(speaking: Context, voices: Voices) -> None:
    async def test(pilot: Pilot[int]) -> None:
        await until(pilot, lambda: bool(voices.opened) and voices.opened[0].is_closed, "it was said")
        assert voices.requests[0].speaks
        [sentence] = voices.opened[0].said
        assert sentence.endswith("Can you hear me?")
        assert trouble(pilot) == ""

    await check(speaking, test)


async def test_the_sentence_is_said_again_on_request(speaking: Context, voices: Voices) -> None:
    async def test(pilot: Pilot[int]) -> None:
        await pilot.press("a")
        await until(pilot, lambda: len(voices.opened) == 2 and voices.opened[1].is_closed, "it was said again")

    await check(speaking, test)


class TestOtherVoice:
    async def try_it(self, context: Context, voices: Voices) -> None:
        async def test(pilot: Pilot[int]) -> None:
            await pilot.press("s")
            await until(pilot, lambda: len(voices.opened) == 2 and voices.opened[1].is_closed, "it was tried")

        await check(context, test)
        assert [request.source for request in voices.requests] == [VoiceSource.BUNDLED, VoiceSource.SYSTEM]

    async def test_a_voice_that_can_be_heard_is_kept(self, speaking: Context, voices: Voices) -> None:
        await self.try_it(speaking, voices)
        assert speaking.settings.voice.source == "system"

    async def test_a_voice_that_fails_is_not_kept(self, speaking: Context, voices: Voices) -> None:
        voices.trouble = "no engine"
        await self.try_it(speaking, voices)
        assert speaking.settings.voice.source == "bundled"


@pytest.mark.parametrize(
    ("why", "sentence", "shown"),
    [
        ("no engine", None, "The voice does not work: no engine."),
        (None, "No sound device: paplay plays the cues.", "No sound device: paplay plays the cues."),
        ("no engine", "No sound device.", "No sound device."),
        ("[bold]no[/bold]", None, "The voice does not work: [bold]no[/bold]."),
    ],
)
async def test_trouble_is_shown(
    speaking: Context, voices: Voices, why: str | None, sentence: str | None, shown: str
) -> None:
    async def test(pilot: Pilot[int]) -> None:
        await until(pilot, lambda: trouble(pilot) == shown, "the trouble is shown")

    voices.trouble, voices.sentence = why, sentence
    await check(speaking, test)


async def test_a_voice_that_is_off_stays_off(context: Context, voices: Voices) -> None:
    async def test(pilot: Pilot[int]) -> None:
        await until(pilot, lambda: trouble(pilot) == "The voice is off in the settings.", "it is said to be off")

    await check(context, test)
    assert voices.opened == []
