"""Dialogs and lines of text."""

import io
import select
import sys

import pytest

from stretch_coach.breaks.notify import dialog
from stretch_coach.breaks.notify.choose import choose_prompter
from stretch_coach.breaks.notify.dialog import Dialog, DialogPrompter, mac_dialog, windows_dialog
from stretch_coach.breaks.notify.message_box import show
from stretch_coach.breaks.notify.terminal import TerminalPrompter
from stretch_coach.breaks.prompt import Choice, Notice, PromptError
from tests.breaks.buses import wait_until

BREAK = Notice("-e Break", 'say "hi"', ((Choice.START, "Start"), (Choice.SNOOZE, "Snooze"), (Choice.SKIP, "Skip")))


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_a_line_and_a_bell_and_why_just_once() -> None:
    screen = Screen()
    prompter = TerminalPrompter(screen, "No service.")
    prompter.show(Notice("Break\x1b[2J", "now\nor later"))
    prompter.show(Notice("Again", ""))
    assert screen.getvalue() == "No service.\nBreak [2J: now or later\n\aAgain\n\a"
    assert (prompter.answers(), prompter.can_answer(), prompter.descriptors()) == ([], False, [])


def test_a_file_gets_no_bell_and_no_escape_sequences_and_a_terminal_only_if_wanted() -> None:
    for stream, shown in ((io.StringIO(), "A: b\n"), (Screen(), "A: b\n\x1b]9;A\a\a")):
        TerminalPrompter(stream, osc=True).show(Notice("A", "b"))
        assert stream.getvalue() == shown
    closed = io.StringIO()
    prompter = TerminalPrompter(closed)
    closed.close()
    with pytest.raises(PromptError):
        prompter.show(BREAK)


def test_where_there_is_no_bus_the_terminal_says_so() -> None:
    stream = io.StringIO()
    chosen = choose_prompter(stream, platform="linux", address="unix:path=/none")
    assert chosen.missing
    assert chosen.prompter.name == "lines of text"
    chosen.prompter.show(Notice("A", "b"))
    assert "printed here instead" in stream.getvalue()
    assert choose_prompter(stream, platform="darwin").prompter.name == "a dialog of macOS"


def test_macos_is_given_texts_as_arguments_behind_one_of_ours() -> None:
    shown = mac_dialog(BREAK)
    assert shown.command[3:] == ["stretch-coach", "-e Break", 'say "hi"', "Skip", "Snooze", "Start"]
    assert "hi" not in shown.command[2]
    assert shown.answers["Snooze"] is Choice.SNOOZE
    assert "display notification" in mac_dialog(Notice("A", "b")).command[2]


def test_windows_names_its_buttons_in_the_body() -> None:
    shown = windows_dialog(BREAK)
    assert shown.command[3:] == ["3", "-e Break", 'say "hi"\n\nYes: Start\nNo: Snooze\nCancel: Skip']
    assert shown.answers == {"6": Choice.START, "7": Choice.SNOOZE, "2": Choice.SKIP}
    assert windows_dialog(BREAK._replace(choices=BREAK.choices[:2])).answers["2"] is Choice.DISMISSED


def test_a_message_box_with_one_choice_means_yes_by_ok() -> None:
    class User32:
        """Answers OK."""

        def MessageBoxW(self, _: None, body: str, title: str, kind: int) -> int:  # noqa: N802 - Microsoft's name
            assert (body, title, kind & 0xF) == ("b", "t", 0)
            return 1

    assert show(User32(), 1, "t", "b") == 6
    assert show(User32(), 0, "t", "b") == 1


def test_a_dialogs_answer_is_read_when_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    def printing(notice: Notice) -> Dialog:
        return Dialog([sys.executable, "-c", f"print({notice.title!r})"], {"Start": Choice.START})

    monkeypatch.setattr(dialog, "mac_dialog", printing)
    prompter = DialogPrompter("darwin")
    for title, answers in (("Start", [Choice.START]), ("", [])):
        prompter.show(Notice(title, ""))
        found: list[Choice] = []

        def look(found: list[Choice] = found) -> bool:
            select.select(prompter.descriptors(), [], [], 1)
            found.extend(prompter.answers())
            return prompter.descriptors() == []

        wait_until(look, "the dialog ended")
        assert found == answers
    prompter.show(Notice("left", ""))
    prompter.close()
    assert prompter.answers() == []
