"""A real notification service, dunst, with clicks of a real pointer."""

import select
import subprocess

import pytest

from stretch_coach.breaks.desktop.busy import do_not_disturb_on
from stretch_coach.breaks.desktop.notify.freedesktop import DesktopPrompter
from stretch_coach.breaks.desktop.notify.notification import Notification, PromptError
from stretch_coach.breaks.prompt import Choice
from tests.breaks.desktop.fake_bus import wait_until
from tests.e2e.buses import PrivateBus
from tests.e2e.displays import XServer

BREAK = Notification("Break", "Now", ((Choice.START, "Start"), (Choice.SNOOZE, "Snooze")), stays=True)


@pytest.mark.parametrize(("button", "answer"), [("2", Choice.START), ("1", Choice.DISMISSED)])
def test_click_on_a_dunst_notification_answers(bus: PrivateBus, x_server: XServer, button: str, answer: Choice) -> None:
    x_server.run("dunst")
    opened: list[DesktopPrompter] = []

    def is_open() -> bool:
        try:
            opened.append(DesktopPrompter(bus.address))
        except PromptError:
            return False
        return True

    wait_until(is_open, "dunst was running")
    [prompter] = opened
    assert prompter.name == "desktop notifications (dunst)"
    assert do_not_disturb_on() is False
    prompter.show(BREAK)
    answers: list[Choice] = []

    def click() -> bool:
        # Its window is the only one, at the top right.
        x_server.run("xdotool", "mousemove", "700", "60", "click", button).wait()
        select.select(prompter.descriptors(), [], [], 0.2)
        answers.extend(prompter.answers())
        return bool(answers)

    wait_until(click, "an answer arrived")
    subprocess.run(["dunstctl", "set-paused", "true"], check=True)  # noqa: S607 - as it is installed
    assert do_not_disturb_on() is True
    prompter.close()
    assert answers == [answer]
