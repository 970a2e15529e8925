"""Which way to show a notice works here."""

import sys
from typing import NamedTuple, TextIO

from stretch_coach.breaks.notify.terminal import TerminalPrompter
from stretch_coach.breaks.prompt import Prompter, PromptError


class PrompterChoice(NamedTuple):
    """What shows notices.

    Attributes:
        prompter: It, open.
        missing: Why there is nothing better, as an error with its cure; none where there is nothing to wish for.
    """

    prompter: Prompter
    missing: PromptError | None = None


def choose_prompter(
    stream: TextIO, *, osc: bool = False, platform: str = sys.platform, address: str = "SESSION"
) -> PrompterChoice:
    """The desktop's notifications where there are any, a dialog on macOS and Windows, else the terminal.

    Args:
        stream: Where to print if there is nothing else.
        osc: Whether the terminal may be asked for a notification of its own.
        platform: As ``sys.platform`` has it.
        address: The bus with the notification service.
    """
    if platform in ("darwin", "win32"):
        from stretch_coach.breaks.notify.dialog import DialogPrompter  # noqa: PLC0415 - it loads subprocess

        return PrompterChoice(DialogPrompter(platform))
    try:
        from stretch_coach.breaks.notify.freedesktop import DesktopPrompter  # noqa: PLC0415 - jeepney is for Linux

        return PrompterChoice(DesktopPrompter(address))
    except ImportError:
        missing = PromptError("notifications", "jeepney is not installed.", "Install it with pip.")
    except PromptError as error:
        missing = error
    return PrompterChoice(TerminalPrompter(stream, f"{missing} Prompts are printed here instead.", osc=osc), missing)
