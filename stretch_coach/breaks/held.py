"""Whether now is a bad moment for a prompt, and why."""

import sys
from collections.abc import Mapping
from typing import NamedTuple


class Moments(NamedTuple):
    """Which moments are bad ones, as the user has set.

    Attributes:
        fullscreen: A window fills the screen.
        do_not_disturb: The desktop was told not to disturb.
        microphone: A microphone is in use.
    """

    fullscreen: bool = False
    do_not_disturb: bool = False
    microphone: bool = False


def why_held(
    moments: Moments, environ: Mapping[str, str], *, platform: str = sys.platform, address: str = "SESSION"
) -> str | None:
    """Why a prompt should wait, as a sentence; none if it need not. What cannot be told holds nothing back.

    Each question is asked only if it was set, the cheapest first, and takes four seconds at most.

    Args:
        moments: What to look at.
        environ: The environment, for the display.
        platform: As ``sys.platform`` has it.
        address: The bus with the notification service.
    """
    # Each is imported where it is asked: most users ask none, and the watcher is to stay small.
    if moments.fullscreen:
        from stretch_coach.breaks.fullscreen import is_fullscreen  # noqa: PLC0415 - see above

        if is_fullscreen(environ, platform):
            return "A window fills the screen."
    if platform in ("darwin", "win32"):
        return None
    if moments.do_not_disturb:
        from stretch_coach.breaks.disturb import is_not_to_disturb  # noqa: PLC0415 - see above

        if is_not_to_disturb(address):
            return "The desktop is set to “do not disturb”."
    if moments.microphone:
        from stretch_coach.breaks.microphone import is_microphone_in_use  # noqa: PLC0415 - see above

        if is_microphone_in_use():
            return "The microphone is in use."
    return None
