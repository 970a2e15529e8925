"""What the keys of line mode, and the words of a controlling program, ask of a session."""

import re
from collections.abc import Iterator

from stretch_coach.session.engine import Command

KEYS = {
    " ": Command.TOGGLE,
    "n": Command.NEXT,
    "\x1b[C": Command.NEXT,
    "\x1bOC": Command.NEXT,
    "p": Command.PREVIOUS,
    "\x1b[D": Command.PREVIOUS,
    "\x1bOD": Command.PREVIOUS,
    "r": Command.REPEAT,
    "+": Command.MORE,
    "x": Command.STOP,
    "q": Command.END,
}
KEYS_HELP = "x it hurts, stop · space pause · n next · p previous · r repeat · + ten seconds more · q end"

WORDS = (
    Command.PAUSE,
    Command.RESUME,
    Command.NEXT,
    Command.PREVIOUS,
    Command.REPEAT,
    Command.MORE,
    Command.STOP,
    Command.END,
)

_KEY = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1bO.|.", re.DOTALL)
_LINE_AT_MOST = 200


def keys_pressed(typed: str) -> Iterator[Command]:
    """The commands of what was typed on a terminal; other keys mean nothing."""
    for key in _KEY.findall(typed):
        if command := KEYS.get(key.lower() if len(key) == 1 else key):
            yield command


class CommandLines:
    """Splits what another program writes into commands, a word a line. A key of line mode on a line counts too."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, text: str) -> Iterator[Command]:
        """The commands of the lines that this text completes; other lines mean nothing."""
        *lines, rest = (self._rest + text).split("\n")
        self._rest = rest[:_LINE_AT_MOST]
        for line in lines:
            word = line.strip().lower()
            if word in WORDS:
                yield Command(word)
            elif command := KEYS.get(word or line[:1]):
                yield command
