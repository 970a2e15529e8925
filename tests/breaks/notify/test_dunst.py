"""A real notification service, dunst, on an X server without a screen, clicked with a real pointer."""

import os
import select
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from stretch_coach.breaks.disturb import is_not_to_disturb
from stretch_coach.breaks.notify.freedesktop import DesktopPrompter
from stretch_coach.breaks.prompt import Choice, Notice, PromptError
from tests.breaks.buses import PrivateBus, wait_until

pytestmark = pytest.mark.e2e
NEEDED = ("Xvfb", "dunst", "dunstctl", "xdotool")
BREAK = Notice("Break", "Now", ((Choice.START, "Start"), (Choice.SNOOZE, "Snooze")), stays=True)
_QUIET = subprocess.DEVNULL


@pytest.fixture
def environment(bus: PrivateBus) -> Iterator[dict[str, str]]:
    """A desktop of an X server and dunst."""
    if missing := [program for program in NEEDED if shutil.which(program) is None]:
        pytest.skip(f"{', '.join(missing)} not installed")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=_QUIET)
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as told:
        environ = {**bus.environment(), "DISPLAY": f":{told.readline().strip()}"}
    dunst = subprocess.Popen(["dunst"], env=environ, stdout=_QUIET, stderr=_QUIET)  # noqa: S607 - as it is installed
    yield environ
    for process in (dunst, server):
        process.terminate()
        process.wait()


@pytest.mark.parametrize(("button", "answer"), [("2", Choice.START), ("1", Choice.DISMISSED)])
def test_a_click_answers(bus: PrivateBus, environment: dict[str, str], button: str, answer: Choice) -> None:
    opened: list[DesktopPrompter] = []

    def is_open() -> bool:
        try:
            opened.append(DesktopPrompter(bus.address))
        except PromptError:
            return False
        return True

    wait_until(is_open, "dunst runs")
    [prompter] = opened
    assert prompter.name == "desktop notifications (dunst)"
    assert is_not_to_disturb(bus.address) is False
    prompter.show(BREAK)
    answers: list[Choice] = []

    def look() -> bool:
        # Its window is the only one, at the top right.
        subprocess.run(["xdotool", "mousemove", "700", "60", "click", button], env=environment, check=True)  # noqa: S607 - as it is installed
        select.select(prompter.descriptors(), [], [], 0.2)
        answers.extend(prompter.answers())
        return bool(answers)

    wait_until(look, "an answer")
    subprocess.run(["dunstctl", "set-paused", "true"], env=environment, check=True)  # noqa: S607 - as it is installed
    assert is_not_to_disturb(bus.address) is True
    prompter.close()
    assert answers == [answer]
