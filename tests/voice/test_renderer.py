"""Rendering with engines that hang, crash and lie: a deadline, one more try, and on to the next text."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.voice import renderer as renderer_module
from stretch_coach.voice.cache import Cache, VoiceParams
from stretch_coach.voice.child import ChildError
from stretch_coach.voice.renderer import MAX_FAILURES, Renderer, make_renderer, make_renderers
from stretch_coach.voice.request import VoiceInfo, VoiceRequest, VoiceSource
from tests.voice.fakes import FakeChild, Starter, ignore, render

PARAMS = VoiceParams("en", 160, 1.0, "fake")


@pytest.fixture(autouse=True)
def short_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait long for what hangs."""
    monkeypatch.setattr(renderer_module, "DEADLINE_SECONDS", 0.01)


def run(folder: Path, test: Callable[[Renderer], Awaitable[None]], starter: Starter | None = None) -> Starter:
    """Run a test with a renderer, and return what started its children. None is left alive."""
    starter = starter or Starter(render, source="fake")

    async def with_renderer() -> None:
        renderer = Renderer(Cache(folder / "voice"), PARAMS, "en", starter)
        await test(renderer)
        await renderer.close()

    asyncio.run(with_renderer())
    assert not any(child.alive for child in starter.children)
    return starter


def texts(starter: Starter) -> list[str]:
    """Return the texts that children were asked for."""
    return [message["text"] for child in starter.children for message in child.sent]


class TestRendering:
    def test_one_child_renders_all_texts(self, tmp_path: Path) -> None:
        async def test(renderer: Renderer) -> None:
            for text in ("Hold.", "Rest.", "Hold."):
                clip = await renderer.render(text)
                assert clip
                assert clip.path.is_file()
                assert clip.seconds == pytest.approx(0.5)
            assert renderer.source == "fake"
            assert renderer.trouble is None

        starter = run(tmp_path, test)
        assert starter.count == 1
        assert texts(starter) == ["Hold.", "Rest."]
        wanted = {"text": "Hold.", "voice": "en", "language": "en", "rate": 160, "volume": 1.0}
        assert starter.children[0].sent[0].items() >= wanted.items()

    def test_cached_texts_start_no_child(self, tmp_path: Path) -> None:
        async def test(renderer: Renderer) -> None:
            assert await renderer.render("Hold.")

        run(tmp_path, test)
        assert run(tmp_path, test).count == 0

    @pytest.mark.parametrize("damage", [lambda raw: raw[:-1000], lambda raw: raw[:100] + b"\xff" + raw[101:]])
    def test_a_damaged_cue_is_rendered_again(self, tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
        async def test(renderer: Renderer) -> None:
            clip = await renderer.render("Hold.")
            assert clip
            whole = clip.path.read_bytes()
            clip.path.write_bytes(damage(whole))
            assert await renderer.render("Hold.") == clip
            assert clip.path.read_bytes() == whole

        assert texts(run(tmp_path, test)) == ["Hold.", "Hold."]

    def test_a_cache_removed_meanwhile_is_created_again(self, tmp_path: Path) -> None:
        async def test(renderer: Renderer) -> None:
            clip = await renderer.render("Hold.")
            assert clip
            clip.path.unlink()
            clip.path.parent.rmdir()
            assert await renderer.render("Rest.")

        def fail_without_folder(child: FakeChild, message: dict[str, Any]) -> None:
            if Path(message["path"]).parent.is_dir():
                render(child, message)
            else:
                child.reply(event="error", id=message["id"], error="FileNotFoundError")

        run(tmp_path, test, Starter(fail_without_folder))

    def test_an_unwritable_cache_costs_no_speech(self, tmp_path: Path) -> None:
        (tmp_path / "voice").touch()

        async def test(renderer: Renderer) -> None:
            clip = await renderer.render("Hold.")
            assert clip
            assert clip.path.is_file()
            assert renderer.cached("Hold.") == clip
            files.append(clip.path)

        files: list[Path] = []
        run(tmp_path, test)
        assert not files[0].parent.exists()


class TestFailures:
    @pytest.mark.parametrize(
        ("text", "trouble"),
        [
            ("Please hang.", "the speech engine did not answer in time"),
            ("Please crash.", "the speech engine ended"),
            ("Please be silent.", "SoundError: the engine wrote silence"),
            ("Please lie.", "the speech engine wrote no sound"),
        ],
    )
    def test_a_text_that_fails_twice_costs_itself_only(self, tmp_path: Path, text: str, trouble: str) -> None:
        async def test(renderer: Renderer) -> None:
            assert await renderer.render("Hold.")
            assert await renderer.render(text) is None
            assert renderer.trouble == trouble
            assert await renderer.render("Rest.")

        starter = run(tmp_path, test)
        assert texts(starter) == ["Hold.", text, text, "Rest."]
        assert starter.count == 3

    def test_a_text_that_fails_once_is_rendered_by_the_next_child(self, tmp_path: Path) -> None:
        async def test(renderer: Renderer) -> None:
            assert await renderer.render("Hold.")

        assert run(tmp_path, test, Starter(ignore, render)).count == 2

    def test_replies_about_other_texts_are_ignored(self, tmp_path: Path) -> None:
        async def test(renderer: Renderer) -> None:
            assert await renderer.render("Some noise.")

        assert run(tmp_path, test).count == 1

    def test_an_engine_that_never_starts_is_tried_twice_in_all(self, tmp_path: Path) -> None:
        async def test(renderer: Renderer) -> None:
            for text in ("Hold.", "Rest.", "Begin."):
                assert await renderer.render(text) is None
            assert renderer.has_given_up
            assert renderer.trouble == "no engine"

        assert run(tmp_path, test, Starter("no engine")).count == 2

    def test_an_engine_that_keeps_failing_is_given_up(self, tmp_path: Path) -> None:
        async def test(renderer: Renderer) -> None:
            for number in range(100):
                await renderer.render(f"Please hang {number}.")

        assert run(tmp_path, test).count == 2 * MAX_FAILURES

    def test_failures_with_successes_between_them_are_not_added_up(self, tmp_path: Path) -> None:
        async def test(renderer: Renderer) -> None:
            for number in range(2 * MAX_FAILURES):
                assert await renderer.render(f"Please crash {number}.") is None
                assert await renderer.render(f"Hold {number}.")

        run(tmp_path, test)

    def test_a_cancelled_text_leaves_nothing_running(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(renderer_module, "DEADLINE_SECONDS", 600)

        async def test(renderer: Renderer) -> None:
            rendering = asyncio.create_task(renderer.render("Please hang."))
            await starter.wait_started(1)
            rendering.cancel()
            with pytest.raises(asyncio.CancelledError):
                await rendering

        starter = Starter(render)
        run(tmp_path, test, starter)


class TestVoices:
    def listed(self, folder: Path, starter: Starter) -> list[VoiceInfo]:
        async def test(renderer: Renderer) -> None:
            voices.extend(await renderer.voices())

        voices: list[VoiceInfo] = []
        run(folder, test, starter)
        return voices

    def test_the_engines_voices_are_listed(self, tmp_path: Path) -> None:
        assert self.listed(tmp_path, Starter(render)) == [VoiceInfo("gmw/en", "English", ("en-gb", "en"))]

    def test_without_an_engine_the_cause_is_given(self, tmp_path: Path) -> None:
        with pytest.raises(ChildError, match="no espeak-ng library"):
            self.listed(tmp_path, Starter("there is no espeak-ng library"))

    @pytest.mark.parametrize("voices", [None, 5, [1], [["a"]], [["a", "b", 3]], {"a": "b"}])
    def test_a_senseless_list_is_refused(self, tmp_path: Path, voices: Any) -> None:
        def answer(child: FakeChild, _: dict[str, Any]) -> None:
            child.reply(event="voices", voices=voices)

        with pytest.raises(ChildError, match="invalid list"):
            self.listed(tmp_path, Starter(answer))

    def test_escape_sequences_in_names_are_made_visible(self, tmp_path: Path) -> None:
        def answer(child: FakeChild, _: dict[str, Any]) -> None:
            child.reply(event="voices", voices=[["\x1b[31m", "a\nb", ["\x07"]]])

        assert self.listed(tmp_path, Starter(answer)) == [VoiceInfo("\\u001b[31m", "a\\u000ab", ("\\u0007",))]


def test_each_voice_keeps_its_own_cues(tmp_path: Path) -> None:
    request = VoiceRequest(True, "", "en", 160, 1.0, VoiceSource.BUNDLED, tmp_path)  # noqa: FBT003 - it speaks
    other = [
        request._replace(voice="German"),
        request._replace(language="de"),
        request._replace(rate=120),
        request._replace(volume=0.5),
        request._replace(source=VoiceSource.SYSTEM),
    ]
    params = {make_renderer(one)._params for one in (request, *other)}  # noqa: SLF001 - what a cue's name is made from
    assert len(params) == 6


def test_the_natural_voice_comes_with_the_usual_one(tmp_path: Path) -> None:
    request = VoiceRequest(True, "en-gb", "en", 160, 1.0, VoiceSource.NATURAL, tmp_path)  # noqa: FBT003 - it speaks
    for chosen, usual in (("en-gb", "en-gb"), ("/a/voice.onnx", "en")):
        natural, stand_in = make_renderers(request._replace(voice=chosen))
        assert natural._params.voice == chosen  # noqa: SLF001 - what a cue's name is made from
        assert (stand_in._params.voice, stand_in._params.engine.partition("-")[0]) == (usual, "bundled")  # noqa: SLF001
    assert len(make_renderers(request._replace(source=VoiceSource.SYSTEM))) == 1
