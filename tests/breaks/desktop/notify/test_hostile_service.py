"""Two hundred notification services that reply with nonsense, and none that ends the watcher."""

import contextlib
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jeepney", reason="D-Bus and Wayland are Linux's")

from stretch_coach.breaks.desktop.notify.freedesktop import DesktopPrompter
from stretch_coach.breaks.desktop.notify.notification import Notification, PromptError
from stretch_coach.breaks.prompt import Choice
from tests.breaks.desktop.fake_bus import NOTIFICATIONS, FakeBus, Reply

BREAK = Notification("Time for a break", "Screen break", ((Choice.START, "Start"), (Choice.SKIP, "Skip")), stays=True)
GOOD: dict[str, Reply] = {
    "GetCapabilities": ("as", (["actions", "body"],)),
    "GetServerInformation": ("ssss", ("fake", "tests", "0", "1.2")),
    "Notify": ("u", (7,)),
    "CloseNotification": ("", ()),
}
SERIALS = {"GetCapabilities": 4, "GetServerInformation": 5, "Notify": 6, "CloseNotification": 7}
"""The serial numbers of the calls, after the ones that connect and subscribe."""

VALID = b"l\x02\x01\x01\x04\0\0\0\x01\0\0\0\x0f\0\0\0\x05\x01u\0SSSS\x08\x01g\0\x01u\0\0\x07\0\0\0"
"""A reply with one number, to the call with the serial number SSSS."""

NONSENSE: list[Reply] = [
    ("", ()),
    ("u", (5,)),
    ("i", (-1,)),
    ("s", ("abc",)),
    ("s", ("\x1b]0;PWN\x07\x1b[31m" * 50,)),
    ("as", ([],)),
    ("as", (["actions"] * 500,)),
    ("aas", ([["actions"]],)),
    ("ss", ("a", "b")),
    ("ssss", ("\x1b[2J", "\x07", "\ufeff", "\u202e")),
    ("sssss", ("a",) * 5),
    ("v", (("as", ["actions"]),)),
    ("vvvv", (("s", "a"),) * 4),
    ("a{sv}", ({"actions": ("b", True)},)),
    ("(u)", ((7,),)),
    ("uu", (7, 8)),
    ("d", (float("nan"),)),
    ("t", (2**64 - 1,)),
    ("ay", (b"\xff\0" * 300,)),
    ("g", ("a{sv}",)),
]


def scramble(chance: random.Random, valid: bytes) -> bytes:
    """Return a message with some of its bytes changed, missing or in excess."""
    data = bytearray(valid)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at:]
                data += chance.randbytes(chance.randrange(40))
            case 2:
                data[at:at] = chance.randbytes(chance.randrange(1, 20))
            case _:
                data[at : at + 4] = chance.choice([b"\0\0\0\0", b"\xff\xff\xff\xff", b"a()\0", b"v\0\0\0"])
        if len(data) == 0:
            return b"\0"
    return bytes(data)


def hostile_answer(chance: random.Random, bus: FakeBus) -> Callable[[str, tuple[Any, ...]], Reply | bytes | None]:
    """Return a service that answers one of its methods with nonsense, and sends signals that are no better."""
    victim = chance.choice(list(GOOD))
    kind = chance.choice(["type", "type", "bytes", "bytes", "error"])

    def answer(member: str, _arguments: tuple[Any, ...]) -> Reply | bytes | None:
        if member == "Notify":
            for _ in range(chance.randrange(4)):
                signature, body = chance.choice(NONSENSE)
                name = chance.choice(["ActionInvoked", "NotificationClosed", "NameOwnerChanged"])
                sender = chance.choice([f":{NOTIFICATIONS}", "org.freedesktop.DBus"])
                bus.emit(sender, "/org/freedesktop/Notifications", NOTIFICATIONS, name, signature, *body)
        if member != victim:
            return GOOD[member]
        match kind:
            case "type":
                return chance.choice(NONSENSE)
            case "bytes":
                return scramble(chance, VALID.replace(b"SSSS", SERIALS[victim].to_bytes(4, "little")))
            case _:
                raise KeyError(member)

    return answer


def use_service(bus: FakeBus) -> str:
    """Show a notification and read the answers, and return why that failed, if it did."""
    try:
        with contextlib.closing(DesktopPrompter(bus.address, patience=0.05)) as prompter:
            assert prompter.name.isprintable()
            prompter.show(BREAK)
            assert set(prompter.answers()) <= set(Choice)
            prompter.withdraw()
    except PromptError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("seed", range(200))
def test_nonsense_is_a_prompt_error_at_most(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same nonsense each time
    with tempfile.TemporaryDirectory() as folder:
        bus = FakeBus(Path(folder))
        bus.services[NOTIFICATIONS] = hostile_answer(chance, bus)
        problem = use_service(bus)
        bus.stop()
    assert problem.isprintable()
