"""Pictures by kitty's protocol: who is asked, what is typed meanwhile, and what the terminal is left with."""

import re
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.screen import ModalScreen

from stretch_coach.figure.animation import Animation
from stretch_coach.figure.palette import DESIGN
from stretch_coach.tui.driver import InputDecoder
from stretch_coach.tui.graphics import Answers, Graphics, may_have_graphics
from stretch_coach.tui.widgets import figure_view
from stretch_coach.tui.widgets.figure_view import FigureView
from tests.figure.conftest import EXERCISES
from tests.tui.frames import words_of

OK = b"\x1b_Gi=1571000;OK\x1b\\"
_SEQUENCE = re.compile(r"\x1b\[(\d+);(\d+)H|\x1b_G([^;\x1b]*)(?:;([^\x1b]*))?\x1b\\")


class Terminal:
    """Knows pictures, as a terminal does."""

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}
        self.placed: dict[str, Region] = {}
        self.sent = 0
        self._at = (0, 0)
        self._part = ("", "")

    def take(self, sequences: str) -> None:
        assert not _SEQUENCE.sub("", sequences)
        for row, column, about, payload in _SEQUENCE.findall(sequences):
            if not about:
                self._at = int(column) - 1, int(row) - 1
                continue
            keys = dict(one.split("=") for one in about.split(","))
            assert keys["q"] == "1"
            if "m" in keys:
                self._receive(keys, payload)
            elif keys["a"] == "p":
                assert keys["i"] in self.pictures
                self.placed[keys["i"]] = Region(*self._at, int(keys["c"]), int(keys["r"]))
            elif keys["a"] == "d":
                self.placed.pop(keys["i"], None)
                if keys["d"] == "I":
                    del self.pictures[keys["i"]]

    def _receive(self, keys: dict[str, str], payload: str) -> None:
        assert len(payload) <= 4096
        number, before = (keys["i"], "") if "i" in keys else self._part
        self._part = number, before + payload
        if keys["m"] == "0":
            self.pictures[number] = b64decode(self._part[1], validate=True)
            self.sent += 1


@pytest.mark.parametrize(
    ("environ", "may"),
    [
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-kitty", "SSH_CONNECTION": "a b"}, True),
        ({"TERM": "xterm-ghostty"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty", "SSH_CONNECTION": "a b"}, False),
        ({"TERM": "xterm-kitty", "TMUX": "socket,1,0"}, False),
        ({"TERM": "xterm-kitty", "STY": "1.pts"}, False),
        ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"}, False),
        ({"TERM": "xterm-256color"}, False),
        ({}, False),
    ],
)
def test_only_terminals_that_may_show_pictures_are_asked(environ: dict[str, str], *, may: bool) -> None:
    assert may_have_graphics(environ) is may


class TestAnswers:
    @given(st.lists(st.sampled_from([b"x", b"\xc3\xa9", OK, b"\x1b[A"])), st.data())
    def test_no_key_is_lost_however_answers_come_in_parts(self, typed: list[bytes], data: st.DataObject) -> None:
        heard: list[str] = []
        decoder = InputDecoder("utf-8", hear=heard.append)
        everything, keys = b"".join(typed), []
        while everything:
            part = data.draw(st.integers(1, len(everything)))
            while everything[part - 1 : part + 1] == b"\x1b_" or everything[part - 1 : part + 1] == b"\x1b[":
                part += 1  # an escape alone is the key
            for message in decoder.feed(everything[:part]):
                assert isinstance(message, events.Key)
                keys.append(message.key)
            everything = everything[part:]
        names = {b"x": "x", b"\xc3\xa9": "é", b"\x1b[A": "up"}
        assert keys == [names[one] for one in typed if one is not OK]
        assert heard == ["i=1571000;OK"] * typed.count(OK)

    def test_what_only_began_as_an_answer_was_typed(self) -> None:
        answers = Answers()
        assert answers.split("a\x1b_G") == ("a", [])
        assert [answers.tick() for _ in range(4)] == ["", "", "\x1b_G", ""]

    def test_errors_end_the_pictures(self) -> None:
        graphics = Graphics()
        assert graphics.hear("i=1571000;OK")
        assert graphics.available
        assert graphics.hear("i=1571001;ENOSPC:full")
        assert not graphics.available


@given(
    st.lists(st.tuples(st.sampled_from(["show", "hide", "clear", "moved", "lost"]), st.integers(0, 90)), max_size=200)
)
def test_terminal_is_left_with_the_one_picture_that_is_shown(steps: list[tuple[str, int]]) -> None:
    terminal, graphics = Terminal(), Graphics()
    layer = graphics.layer()
    for step, number in steps:
        match step:
            case "show":
                region = Region(number % 3, 1, 20, 9)
                terminal.take(layer.show(number, lambda: bytes([number]) * 4000, region))  # noqa: B023 - called at once
                [shown] = terminal.placed.items()
                assert terminal.pictures[shown[0]][:1] == bytes([number])
                assert shown[1] == region
                assert not layer.show(number, bytes, region)
            case "hide":
                terminal.take(layer.hide())
                assert not terminal.placed
            case "clear":
                terminal.take(layer.clear())
                assert not terminal.pictures
            case "moved":
                layer.moved()
            case "lost":
                terminal = Terminal()
                assert graphics.question()
        assert len(terminal.pictures) <= 64
    terminal.take(layer.close() + graphics.clear())
    assert not terminal.pictures


class FigureApp(App[None]):
    def compose(self) -> ComposeResult:
        yield FigureView()


async def test_figure_is_a_picture_only_while_nothing_lies_over_it(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(figure_view, "write_sequences", lambda _, sequences: terminal.take(sequences))
    app = FigureApp()
    async with app.run_test(size=(50, 20), notifications=True) as pilot:
        view = app.query_one(FigureView)
        view.paint(DESIGN, Graphics())
        view.play(Animation(EXERCISES["upper-trap-stretch"], "left"))
        await pilot.pause()
        assert [*terminal.placed.values()] == [Region(0, 0, 50, 19)]
        assert words_of(app).split() == ["●", "Left", "upper", "trapezius"]
        app.push_screen(ModalScreen())
        await pilot.pause()
        await pilot.pause()
        assert not terminal.placed
        app.pop_screen()
        await pilot.pause()
        await pilot.pause()
        assert terminal.placed
        app.notify("Over the figure", timeout=60)
        await pilot.pause()
        await pilot.pause()
        assert not terminal.placed
        assert len(words_of(app).split()) > 20
        app.clear_notifications()
        await pilot.pause()
        await pilot.pause()
        assert terminal.placed
        assert terminal.sent == 1
        await view.remove()
        assert not terminal.pictures
