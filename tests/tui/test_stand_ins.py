"""A terminal whose encoding lacks the symbols of the app: stand-ins of the same width, and no figure."""

import io
import sys
from collections.abc import Callable

import pytest
from textual.screen import Screen

from stretch_coach.context import Context
from stretch_coach.routine.catalogue import make_cards
from stretch_coach.routine.library import Library
from stretch_coach.stand_ins import can_show_figure, encodable
from stretch_coach.text import text_width
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.driver import LastingFile
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.widgets.countdown import Countdown
from tests.tui.frames import words_of
from tests.tui.host import hosting

Pretend = Callable[[str], None]


@pytest.fixture
def pretend(monkeypatch: pytest.MonkeyPatch) -> Pretend:
    """Pretend that the terminal has an encoding."""

    def set_encoding(encoding: str) -> None:
        monkeypatch.setattr(sys, "__stderr__", io.TextIOWrapper(io.BytesIO(), encoding=encoding))

    return set_encoding


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp437", "utf-8", "no-such-encoding"])
def test_stand_ins_are_as_wide_as_what_they_replace(encoding: str) -> None:
    text = "│ ━━ ╭╮ █▓▒░ “Größe” … 首 e\u0301 \x1b[0m"
    shown = encodable(text, encoding)
    assert text_width(shown) == text_width(text)
    if encoding in ("latin-1", "ascii", "cp437"):
        shown.encode(encoding)


def test_characters_of_the_encoding_are_kept() -> None:
    assert encodable("Größe ━ é", "latin-1") == "Größe - é"
    assert encodable("│ █ 首", "utf-8") == "│ █ 首"


@pytest.mark.parametrize("seconds", [12, 345, 678, 59, 600])
async def test_countdown_can_be_read_in_ascii(seconds: int) -> None:
    screen, countdown = Screen[None](), Countdown()
    async with hosting(screen) as driver:
        await screen.mount(countdown)
        countdown.count(seconds)
        await driver.until(lambda: bool(words_of(driver.app).strip()), "it is drawn")
        assert "?" not in encodable(words_of(driver.app), "ascii")


def test_terminal_gets_stand_ins() -> None:
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="latin-1", errors="backslashreplace")
    assert LastingFile(terminal).write("│█│") == 3
    terminal.flush()
    assert terminal.buffer.getvalue() == b"|#|"


@pytest.mark.parametrize(("encoding", "shown"), [("latin-1", False), ("utf-8", True)])
def test_figure_needs_blocks(pretend: Pretend, context: Context, encoding: str, *, shown: bool) -> None:
    pretend(encoding)
    assert can_show_figure() is shown
    assert Drawing(context).shown is shown


async def test_home_without_a_figure(pretend: Pretend, context: Context, library: Library) -> None:
    pretend("latin-1")
    home = HomeScreen(context, make_cards(library))
    async with hosting(home, context) as driver:
        await home.show_library(library)
        await driver.shows("Sit-tall reset")
        assert not home.query_one("#preview-figure").is_on_screen, words_of(driver.app)
