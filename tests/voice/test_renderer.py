"""The renderer, with engines that hang, crash and lie: a deadline, one more try, and the next text."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from stretch_coach.voice import child as child_module
from stretch_coach.voice import renderer as renderer_module
from stretch_coach.voice.cache import Cache, Manner
from stretch_coach.voice.child import ChildError
from stretch_coach.voice.choice import VoiceInfo
from stretch_coach.voice.renderer import Renderer
from stretch_coach.voice.sources import Source
from tests.voice.children import BAD_STARTS, RENDERER, Reports, is_alive, script

MANNER = Manner("en", 160, 1.0, "fake")


@pytest.fixture(autouse=True)
def short_deadlines(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nobody waits for what hangs; a start may take as long as a busy machine needs."""
    monkeypatch.setattr(renderer_module, "DEADLINE_SECONDS", 0.5)


def with_renderer(
    folder: Path, test: Callable[[Renderer, Reports], Awaitable[None]], body: str = RENDERER, where: str = "voice"
) -> list[dict[str, object]]:
    """Run a test with a renderer; what its children reported. None of them is left."""

    async def run() -> tuple[list[int], list[dict[str, object]]]:
        async with Reports(folder) as reports:
            cache = Cache(folder / where)
            renderer = Renderer(cache, MANNER, "en", Source.BUNDLED, script(body, reports.path))
            await test(renderer, reports)
            await renderer.close()
            return reports.pids, await reports.so_far()

    pids, told = asyncio.run(run())
    assert not [pid for pid in pids if is_alive(pid)]
    assert not list(folder.glob("voice/.*"))
    return told


def starts(told: list[dict[str, object]]) -> int:
    return sum(one["event"] == "born" for one in told)


def asked(told: list[dict[str, object]]) -> list[object]:
    return [one["text"] for one in told if one["event"] == "asked"]


def test_texts_are_rendered_by_one_child_and_found_again_without_it(tmp_path: Path) -> None:
    async def test(renderer: Renderer, _: Reports) -> None:
        for text in ("Hold.", "Rest.", "Hold."):
            clip = await renderer.render(text)
            assert clip
            assert clip.path.is_file()
            assert clip.seconds == pytest.approx(0.5)
        assert renderer.source == "fake"
        assert (renderer.hopeful, renderer.trouble) == (True, None)

    told = with_renderer(tmp_path, test)
    assert (starts(told), asked(told)) == (1, ["Hold.", "Rest."])
    request = next(one for one in told if one["event"] == "asked")
    wanted = {"text": "Hold.", "voice": "en", "language": "en", "rate": 160, "volume": 1.0}
    assert request.items() >= wanted.items()

    async def again(renderer: Renderer, _: Reports) -> None:
        assert renderer.cached("Hold.")
        assert await renderer.render("Rest.")

    assert with_renderer(tmp_path, again) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Please hang.", "the speech engine did not answer in time"),
        ("Please crash.", "the speech engine ended"),
        ("Please be mute.", "SoundError: the engine wrote silence"),
    ],
)
def test_what_cannot_be_rendered_costs_itself_and_no_other(tmp_path: Path, text: str, why: str) -> None:
    async def test(renderer: Renderer, _: Reports) -> None:
        assert await renderer.render("Hold.")
        begun = time.monotonic()
        assert await renderer.render(text) is None
        assert time.monotonic() - begun < 5
        assert (renderer.hopeful, renderer.trouble) == (True, why)
        assert await renderer.render("Rest.")

    told = with_renderer(tmp_path, test)
    assert asked(told) == ["Hold.", text, text, "Rest."]  # tried once more, and no more
    assert starts(told) == 3


def test_what_fails_once_succeeds_the_second_time(tmp_path: Path) -> None:
    async def test(renderer: Renderer, _: Reports) -> None:
        assert await renderer.render("Fail once.")

    assert starts(with_renderer(tmp_path, test)) == 2


@pytest.mark.parametrize("text", ["Some noise.", "A huge line.", "A flood of errors."])
def test_what_an_engine_prints_does_no_harm(tmp_path: Path, text: str) -> None:
    async def test(renderer: Renderer, _: Reports) -> None:
        assert await renderer.render(text)

    assert asked(with_renderer(tmp_path, test)) == [text]


def test_who_says_done_and_wrote_nothing_is_not_believed(tmp_path: Path) -> None:
    async def test(renderer: Renderer, _: Reports) -> None:
        assert await renderer.render("A lie.") is None
        assert await renderer.render("Hold.")

    with_renderer(tmp_path, test)


@pytest.mark.parametrize("how", BAD_STARTS)
def test_an_engine_that_never_starts_is_tried_twice_and_never_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how == "hangs":
        monkeypatch.setattr(child_module, "START_SECONDS", 0.4)

    async def test(renderer: Renderer, _: Reports) -> None:
        for text in ("Hold.", "Rest.", "Begin."):
            assert await renderer.render(text) is None
        assert not renderer.hopeful
        assert renderer.trouble

    assert starts(with_renderer(tmp_path, test, BAD_STARTS[how])) == 2


def test_a_cache_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()

    async def test(renderer: Renderer, _: Reports) -> None:
        assert await renderer.render("Hold.") is None
        assert not renderer.hopeful
        assert "cannot be made" in str(renderer.trouble)

    assert with_renderer(tmp_path, test, where="a-file/voice") == []


def test_a_cache_that_is_taken_away_while_it_runs_is_made_again(tmp_path: Path) -> None:
    async def test(renderer: Renderer, _: Reports) -> None:
        clip = await renderer.render("Hold.")
        assert clip
        clip.path.unlink()
        clip.path.parent.rmdir()
        assert await renderer.render("Rest.")
        assert await renderer.render("Hold.")

    with_renderer(tmp_path, test)


def test_what_is_broken_off_leaves_nothing_running(tmp_path: Path) -> None:
    async def test(renderer: Renderer, reports: Reports) -> None:
        rendering = asyncio.create_task(renderer.render("Please hang."))
        await reports.next("asked")
        rendering.cancel()
        with pytest.raises(asyncio.CancelledError):
            await rendering
        begun = time.monotonic()
        await renderer.close()
        assert time.monotonic() - begun < child_module.END_SECONDS + 1

    with_renderer(tmp_path, test)


def test_its_voices(tmp_path: Path) -> None:
    async def test(renderer: Renderer, _: Reports) -> None:
        assert await renderer.voices() == [VoiceInfo("gmw/en", "English", ("en-gb", "en"))]

    with_renderer(tmp_path, test)


def test_without_an_engine_there_are_no_voices(tmp_path: Path) -> None:
    async def test(renderer: Renderer, _: Reports) -> None:
        with pytest.raises(ChildError, match="no espeak-ng library"):
            await renderer.voices()

    with_renderer(tmp_path, test, BAD_STARTS["says why not"])
