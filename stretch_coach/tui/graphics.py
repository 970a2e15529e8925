"""Pictures in terminals that speak kitty's graphics protocol.

The terminal is asked first, through Textual's own driver. One that does not answer, or whose answer is lost on the way,
as in tmux, is sent no picture; so is one that cannot be meant. After any error there are no more pictures.

A picture lies above the cells, so whoever shows one takes it away before anything else is drawn in its place.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Hashable, Mapping
from itertools import count

from textual.geometry import Region

_FIRST_ID = 1_571_000
_QUESTION = f"\x1b_Gi={_FIRST_ID},s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
_ANSWER = re.compile(r"\x1b_G([^\x1b]{0,200})\x1b\\")
_UNFINISHED = re.compile(r"\x1b_(?:G[^\x1b]{0,200}\x1b?)?\Z")
_PATIENT_TICKS = 3
_CHUNK = 4096
_KEPT_PICTURES = 64


def may_have_graphics(environ: Mapping[str, str]) -> bool:
    """Return whether a terminal names itself as one that shows pictures."""
    term = environ.get("TERM", "")
    if term.startswith(("tmux", "screen")) or "TMUX" in environ or "STY" in environ:
        return False
    if term in ("xterm-kitty", "xterm-ghostty"):
        return True
    return "SSH_CONNECTION" not in environ and environ.get("TERM_PROGRAM") == "ghostty"


class Answers:
    """Takes what the terminal says about graphics out of what is typed."""

    def __init__(self) -> None:
        self._held = ""
        self._ticks = 0

    def split(self, text: str) -> tuple[str, list[str]]:
        """Return what was typed, and the answers. An answer of which the end is missing is kept."""
        text, self._held, self._ticks = self._held + text, "", 0
        answers = _ANSWER.findall(text)
        typed = _ANSWER.sub("", text)
        unfinished = _UNFINISHED.search(typed)
        if unfinished:
            self._held = unfinished.group()
            typed = typed[: unfinished.start()]
        return typed, answers

    def tick(self) -> str:
        """Return what was kept once no end has come for a while: then it was typed."""
        self._ticks += 1
        if self._ticks < _PATIENT_TICKS:
            return ""
        typed, self._held = self._held, ""
        return typed


class Graphics:
    """What the terminal knows of the program's pictures.

    Attributes:
        available: Whether the terminal has answered that it shows pictures, and has shown each so far.
    """

    def __init__(self) -> None:
        self.available = False
        self._ids = count(_FIRST_ID + 1)
        self._layers: list[Layer] = []

    def question(self) -> str:
        """Return what asks the terminal; it has forgotten all pictures."""
        for layer in self._layers:
            layer.lost()
        return _QUESTION

    def hear(self, answer: str) -> bool:
        """Take an answer, and return whether it changed what is available. After any error there are no pictures."""
        before, self.available = self.available, answer.endswith(";OK")
        return before != self.available

    def layer(self) -> "Layer":
        """Return a new place for pictures."""
        layer = Layer(self)
        self._layers.append(layer)
        return layer

    def clear(self) -> str:
        """Return what removes all pictures from the terminal."""
        return "".join(layer.clear() for layer in self._layers)

    def remove(self, layer: "Layer") -> None:
        """Forget a layer."""
        self._layers.remove(layer)

    def next_id(self) -> int:
        """Return a number that no picture has."""
        return next(self._ids)


class Layer:
    """A place for one picture at a time. The terminal keeps the latest ones, so that each is sent only once."""

    def __init__(self, graphics: Graphics) -> None:
        self._graphics = graphics
        self._sent: dict[Hashable, int] = {}
        self._shown: tuple[int, Region] | None = None

    def show(self, key: Hashable, make_png: Callable[[], bytes], region: Region) -> str:
        """Return what shows a picture instead of the previous one; empty if it is shown already.

        Args:
            key: What the picture shows; pictures of equal keys are equal.
            make_png: Makes the picture, if the terminal does not have it yet.
            region: Where on the terminal, in cells.
        """
        number = self._sent.pop(key, None)
        sent = ""
        if number is None:
            number = self._graphics.next_id()
            sent = self._drop_oldest() + _send(number, make_png())
        self._sent[key] = number
        if self._shown == (number, region):
            return sent
        before, self._shown = self._shown, (number, region)
        taken = _take_away(before[0]) if before and before[0] != number else ""
        return sent + _place(number, region) + taken

    def hide(self) -> str:
        """Return what takes the picture away; the terminal keeps it."""
        shown, self._shown = self._shown, None
        return _take_away(shown[0]) if shown else ""

    def clear(self) -> str:
        """Return what removes all pictures of this place from the terminal."""
        numbers = [*self._sent.values()]
        self.lost()
        return "".join(_forget(number) for number in numbers)

    def close(self) -> str:
        """Return what removes all pictures; the layer cannot be used any more."""
        self._graphics.remove(self)
        return self.clear()

    def moved(self) -> None:
        """Place the picture again the next time, wherever it was."""
        if self._shown:
            self._shown = self._shown[0], Region()

    def lost(self) -> None:
        """Take it that the terminal has no picture any more."""
        self._sent.clear()
        self._shown = None

    def _drop_oldest(self) -> str:
        if len(self._sent) < _KEPT_PICTURES:
            return ""
        shown = self._shown[0] if self._shown else None
        key = next(key for key, number in self._sent.items() if number != shown)
        return _forget(self._sent.pop(key))


def _send(number: int, png: bytes) -> str:
    data = b64encode(png).decode("ascii")
    parts = [data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK)]
    commands = []
    for index, part in enumerate(parts):
        about = f"a=t,f=100,t=d,i={number},q=1," if index == 0 else "q=1,"
        commands.append(_command(f"{about}m={int(index + 1 < len(parts))}", part))
    return "".join(commands)


def _place(number: int, region: Region) -> str:
    there = f"\x1b[{region.y + 1};{region.x + 1}H"
    size = f"c={region.width},r={region.height}"
    return there + _command(f"a=p,i={number},p=1,{size},C=1,q=1")


def _take_away(number: int) -> str:
    return _command(f"a=d,d=i,i={number},q=1")


def _forget(number: int) -> str:
    return _command(f"a=d,d=I,i={number},q=1")


def _command(about: str, payload: str = "") -> str:
    return f"\x1b_G{about};{payload}\x1b\\" if payload else f"\x1b_G{about}\x1b\\"
