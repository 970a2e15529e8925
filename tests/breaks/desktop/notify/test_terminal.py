"""Notifications as lines of text."""

import io

import pytest

from stretch_coach.breaks.desktop.notify.notification import Notification, PromptError
from stretch_coach.breaks.desktop.notify.terminal import TerminalPrompter


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_prints_a_line_rings_and_gives_its_reason_once() -> None:
    terminal = Terminal()
    prompter = TerminalPrompter(terminal, "No service.")
    prompter.show(Notification("Break\x1b[2J", "now\nor later"))
    prompter.show(Notification("Again", ""))
    assert terminal.getvalue() == "No service.\nBreak [2J: now or later\n\aAgain\n\a"
    assert (prompter.answers(), prompter.can_answer(), prompter.descriptors()) == ([], False, [])


def test_a_silent_notification_does_not_ring() -> None:
    terminal = Terminal()
    TerminalPrompter(terminal).show(Notification("A", "b", sounds=False))
    assert terminal.getvalue() == "A: b\n"


def test_only_a_terminal_gets_escape_sequences() -> None:
    for stream, printed in ((io.StringIO(), "A: b\n"), (Terminal(), "A: b\n\x1b]9;A\a\a")):
        TerminalPrompter(stream, osc=True).show(Notification("A", "b"))
        assert stream.getvalue() == printed


def test_a_terminal_that_is_gone_is_an_error() -> None:
    closed = io.StringIO()
    prompter = TerminalPrompter(closed)
    closed.close()
    with pytest.raises(PromptError):
        prompter.show(Notification("A", "b"))
