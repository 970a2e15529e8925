"""The dialogs of macOS and Windows: what they are given, and what their answers mean."""

import pytest

from stretch_coach.breaks.desktop.notify.dialog import mac_dialog, windows_dialog
from stretch_coach.breaks.desktop.notify.message_box import show
from stretch_coach.breaks.desktop.notify.notification import Notification
from stretch_coach.breaks.prompt import Choice

CHOICES = ((Choice.START, "Start"), (Choice.SNOOZE, "Snooze"), (Choice.SKIP, "Skip"))
BREAK = Notification("-e Break", 'say "hi"', CHOICES)


def test_macos_gets_texts_as_arguments_after_one_of_ours() -> None:
    dialog = mac_dialog(BREAK)
    assert dialog.command[3:] == ["stretch-coach", "-e Break", 'say "hi"', "Skip", "Snooze", "Start"]
    assert "hi" not in dialog.command[2]
    assert dialog.answers["Snooze"] is Choice.SNOOZE


def test_macos_shows_a_notification_if_there_is_nothing_to_choose() -> None:
    assert "display notification" in mac_dialog(Notification("A", "b")).command[2]


def test_windows_explains_its_buttons_in_the_body() -> None:
    dialog = windows_dialog(BREAK)
    assert dialog.command[3:] == ["3", "-e Break", 'say "hi"\n\nYes: Start\nNo: Snooze\nCancel: Skip']
    assert dialog.answers == {"6": Choice.START, "7": Choice.SNOOZE, "2": Choice.SKIP}
    assert windows_dialog(BREAK._replace(choices=BREAK.choices[:2])).answers["2"] is Choice.DISMISSED


@pytest.mark.parametrize(("choices", "answer"), [(1, 6), (0, 1)])
def test_the_only_button_of_a_message_box_means_yes(choices: int, answer: int) -> None:
    class User32:
        """Answers OK."""

        def MessageBoxW(self, _: None, body: str, title: str, kind: int) -> int:  # noqa: N802 - Microsoft's name
            assert (body, title, kind & 0xF) == ("b", "t", 0)
            return 1

    assert show(User32(), choices, "t", "b") == answer
