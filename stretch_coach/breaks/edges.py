"""What the watcher needs of the desktop it runs on."""

import subprocess
from collections.abc import Callable
from typing import NamedTuple

from stretch_coach.breaks.idle.source import IdleSource
from stretch_coach.breaks.prompt import Prompter
from stretch_coach.breaks.state import Hold
from stretch_coach.settings import BreakSettings


class Edges(NamedTuple):
    """The desktop, as far as it matters here.

    Attributes:
        open_seat: Finds a way to know how long nobody has used the machine.
        open_prompter: Finds a way to show notices; raises PromptError if there is none now.
        hold: Says what holds a prompt back now, of what the settings ask for.
        open_window: Starts a command in a terminal window of its own; raises CoachError where none can be opened.
    """

    open_seat: Callable[[], IdleSource]
    open_prompter: Callable[[], Prompter]
    hold: Callable[[BreakSettings], Hold | None]
    open_window: Callable[[list[str], BreakSettings], "subprocess.Popen[bytes]"]
