"""Idle time on macOS and Windows, with fakes in place of their libraries."""

import ctypes
from typing import Any

import pytest

from stretch_coach.breaks.desktop.idle.macos import MacIdle
from stretch_coach.breaks.desktop.idle.windows import WindowsIdle


class MacLibraries:
    """CoreGraphics and CoreFoundation in one; counts the objects that are not released."""

    def __init__(self, session: dict[str, bool] | None) -> None:
        self.session = session
        self.held = 0

    def CGEventSourceSecondsSinceLastEventType(self, state: int, kind: int) -> float:  # noqa: N802 - Apple's name
        assert (state, kind) == (1, 0xFFFFFFFF)
        return 12.5

    def CGSessionCopyCurrentDictionary(self) -> int | None:  # noqa: N802 - Apple's name
        self.held += self.session is not None
        return None if self.session is None else 7

    def CFStringCreateWithCString(self, _: None, text: bytes, encoding: int) -> str:  # noqa: N802 - Apple's name
        assert encoding == 0x08000100
        self.held += 1
        return text.decode()

    def CFDictionaryGetValue(self, _: int, key: str) -> int | None:  # noqa: N802 - Apple's name
        assert self.session is not None
        return 20 + self.session[key] if key in self.session else None

    def CFBooleanGetValue(self, value: int) -> int:  # noqa: N802 - Apple's name
        return value - 20

    def CFRelease(self, _: object) -> None:  # noqa: N802 - Apple's name
        self.held -= 1


@pytest.mark.parametrize(
    ("session", "locked"),
    [
        (None, None),
        ({}, False),
        ({"CGSSessionScreenIsLocked": True}, True),
        ({"CGSSessionScreenIsLocked": False}, False),
    ],
)
def test_macos_reports_idle_time_and_locks_and_releases_everything(
    session: dict[str, bool] | None, locked: bool | None  # noqa: FBT001 - the case of the table
) -> None:  # fmt: skip
    libraries = MacLibraries(session)
    idle = MacIdle(libraries, libraries)
    assert (idle.idle_seconds(), idle.locked(), idle.locked()) == (12.5, locked, locked)
    idle.close()
    assert libraries.held == 0


class WindowsLibraries:
    """user32 and kernel32 in one."""

    def __init__(self, tick: int, last: int, *, locked: bool = False) -> None:
        self.tick, self.last, self.locked = tick, last, locked

    def GetLastInputInfo(self, info: Any) -> int:  # noqa: N802 - Microsoft's name
        assert info._obj.size == ctypes.sizeof(info._obj) == 8  # noqa: SLF001 - what byref holds
        info._obj.tick = self.last  # noqa: SLF001 - what byref holds
        return 1

    def GetTickCount64(self) -> int:  # noqa: N802 - Microsoft's name
        return self.tick

    def OpenInputDesktop(self, *_: int) -> int | None:  # noqa: N802 - Microsoft's name
        return None if self.locked else 5

    def CloseDesktop(self, desktop: int) -> None:  # noqa: N802 - Microsoft's name
        assert desktop == 5


@pytest.mark.parametrize(("tick", "last"), [(61_000, 1_000), (2**32 + 30_000, 2**32 - 30_000)])
def test_windows_reports_idle_time_while_its_clock_wraps(tick: int, last: int) -> None:
    libraries = WindowsLibraries(tick, last)
    assert WindowsIdle(libraries, libraries).idle_seconds() == 60


@pytest.mark.parametrize("locked", [True, False])
def test_windows_is_locked_while_the_desktop_is_closed_to_us(*, locked: bool) -> None:
    libraries = WindowsLibraries(0, 0, locked=locked)
    assert WindowsIdle(libraries, libraries).locked() is locked
