"""What the watcher needs of the desktop it runs on, and the desktop there is."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from stretch_coach.breaks.idle.source import IdleSource
from stretch_coach.breaks.state import Hold
from stretch_coach.clock import Clock
from stretch_coach.settings import BreakSettings

if TYPE_CHECKING:
    from stretch_coach.breaks.launch import Launched
    from stretch_coach.breaks.notify.choose import PrompterChoice

# What asks, opens and starts is imported when it is asked, opened or started: the watcher is to stay small.


class Edges(NamedTuple):
    """The desktop, as far as it matters here.

    Attributes:
        open_seat: Finds a way to know how long nobody has used the machine.
        open_prompter: Finds the best way to show notices, and says what is missing for a better one.
        hold: Says what holds a prompt back now, of what the settings ask for.
        open_window: Starts a command in a window of its own, in the terminal of the settings; raises PromptError where
            none can be opened.
        lead: Starts a command that only speaks; raises PromptError where it cannot be started.
    """

    open_seat: Callable[[], IdleSource]
    open_prompter: "Callable[[], PrompterChoice]"
    hold: Callable[[BreakSettings], Hold | None]
    open_window: Callable[[Sequence[str], BreakSettings], "Launched"]
    lead: Callable[[Sequence[str]], "Launched"]


def find_edges(clock: Clock, stream: TextIO, folder: Path) -> Edges:
    """The desktop of this user.

    Args:
        clock: The machine's clock.
        stream: Where prompts are printed if nothing else shows them.
        folder: A private folder for what opens windows.
    """

    def open_seat() -> IdleSource:
        from stretch_coach.breaks.idle.choose import choose_idle  # noqa: PLC0415 - see above

        return choose_idle(clock, os.environ).source

    def open_prompter() -> "PrompterChoice":
        from stretch_coach.breaks.notify.choose import choose_prompter  # noqa: PLC0415 - see above

        return choose_prompter(stream)

    def open_window(command: Sequence[str], settings: BreakSettings) -> "Launched":
        import shlex  # noqa: PLC0415 - see above

        from stretch_coach.breaks.launch import launch_in_window  # noqa: PLC0415 - see above
        from stretch_coach.breaks.terminals import find_terminal  # noqa: PLC0415 - see above

        chosen = shlex.split(settings.terminal, posix=sys.platform != "win32")
        return launch_in_window(command, find_terminal(os.environ, chosen), environ=os.environ, folder=folder)

    def lead(command: Sequence[str]) -> "Launched":
        from stretch_coach.breaks.launch import launch_without_window  # noqa: PLC0415 - see above

        return launch_without_window(command, environ=os.environ)

    return Edges(open_seat, open_prompter, _hold, open_window, lead)


def _hold(settings: BreakSettings) -> Hold | None:
    """What holds a prompt back, the cheapest question first."""
    from stretch_coach.breaks.held import Moments, why_held  # noqa: PLC0415 - see above

    asked = (
        (Hold.FULLSCREEN, settings.fullscreen, Moments(fullscreen=True)),
        (Hold.DO_NOT_DISTURB, settings.do_not_disturb, Moments(do_not_disturb=True)),
        (Hold.MICROPHONE, settings.microphone, Moments(microphone=True)),
    )
    return next((hold for hold, wanted, moments in asked if wanted and why_held(moments, os.environ)), None)
