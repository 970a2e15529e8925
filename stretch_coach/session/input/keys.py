"""The keys of line mode, and the words that a controlling program writes, as commands to the session."""

import re
from collections.abc import Iterator

from stretch_coach.session.engine import SessionCommand

KEYS = {
    " ": SessionCommand.TOGGLE,
    "n": SessionCommand.NEXT,
    "\x1b[C": SessionCommand.NEXT,
    "\x1bOC": SessionCommand.NEXT,
    "p": SessionCommand.PREVIOUS,
    "\x1b[D": SessionCommand.PREVIOUS,
    "\x1bOD": SessionCommand.PREVIOUS,
    "r": SessionCommand.REPEAT,
    "+": SessionCommand.MORE,
    "x": SessionCommand.STOP,
    "q": SessionCommand.END,
}
KEYS_HELP = "x it hurts, stop · space pause · n next · p previous · r repeat · + hold ten seconds more · q end"

WORDS = (
    SessionCommand.PAUSE,
    SessionCommand.RESUME,
    SessionCommand.NEXT,
    SessionCommand.PREVIOUS,
    SessionCommand.REPEAT,
    SessionCommand.MORE,
    SessionCommand.STOP,
    SessionCommand.END,
)

_KEY = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1bO.|.", re.DOTALL)
_LONGEST_LINE = 200


def keys_pressed(typed: str) -> Iterator[SessionCommand]:
    """Yield the commands for what was typed on a terminal; other keys are ignored."""
    for key in _KEY.findall(typed):
        if command := KEYS.get(key.lower() if len(key) == 1 else key):
            yield command


class CommandLines:
    """Splits what another program writes into commands, one word or one key of line mode per line."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, text: str) -> Iterator[SessionCommand]:
        """Yield the commands of the lines that a text completes; other lines are ignored."""
        *lines, rest = (self._rest + text).split("\n")
        self._rest = rest[:_LONGEST_LINE]
        for line in lines:
            word = line.strip().lower()
            if word in WORDS:
                yield SessionCommand(word)
            elif command := KEYS.get(word or line[:1]):
                yield command
