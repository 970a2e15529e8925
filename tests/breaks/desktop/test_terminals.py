"""The terminal in which a session is opened."""

from typing import TYPE_CHECKING

import pytest

from stretch_coach.breaks.desktop.notify.notification import PromptError
from stretch_coach.breaks.desktop.terminals import Terminal, find_terminal

if TYPE_CHECKING:
    from collections.abc import Mapping

SCREEN = {"DISPLAY": ":0"}
INSTALLED = ("xterm", "kitty", "x-terminal-emulator", "gnome-terminal", "odd")


def find(
    chosen: str = "", *, installed: tuple[str, ...] = INSTALLED, failed: tuple[str, ...] = (), **environ: str
) -> Terminal:
    programs: Mapping[str, str] = {name: f"/bin/{name}" for name in installed}
    return find_terminal({**SCREEN, **environ}, chosen, failed=failed, platform="linux", which=programs.get)


def test_the_setting_comes_first() -> None:
    assert find("kitty --title Break --").prefix == ("/bin/kitty", "--title", "Break", "--")
    assert find("gnome-terminal") == Terminal("gnome-terminal", ("/bin/gnome-terminal", "--wait", "--"))


def test_then_the_environment_then_the_system_then_what_is_installed() -> None:
    assert find(TERMINAL="odd").prefix == ("/bin/odd", "-e")
    assert find(TERMINAL="gone").prefix == ("/bin/x-terminal-emulator", "-e")
    assert find(installed=("xterm", "gnome-terminal")).name == "gnome-terminal"


def test_on_wayland_those_that_may_need_x11_come_last() -> None:
    def find_there(*installed: str, preferred: str = "") -> str:
        return find(installed=installed, DISPLAY="", WAYLAND_DISPLAY="wayland-1", TERMINAL=preferred).name

    assert find_there(*INSTALLED) == "gnome-terminal"
    assert find_there("xterm", "x-terminal-emulator") == "x-terminal-emulator"
    assert find_there(*INSTALLED, preferred="xterm") == "xterm"


def test_terminals_that_failed_come_last() -> None:
    assert find(failed=("x-terminal-emulator",)).name == "gnome-terminal"
    assert find(failed=INSTALLED).name == "x-terminal-emulator"


@pytest.mark.parametrize(
    ("chosen", "reason"), [("none", "'none', which is set in breaks.terminal"), ("kitty 'x", "is not a command")]
)
def test_a_setting_that_cannot_be_used_is_an_error(chosen: str, reason: str) -> None:
    with pytest.raises(PromptError, match=reason):
        find(chosen)


@pytest.mark.parametrize(("environ", "installed"), [({}, ("xterm",)), (SCREEN, ())])
def test_without_a_desktop_or_a_terminal_the_error_says_what_to_do(
    environ: dict[str, str], installed: tuple[str, ...]
) -> None:
    with pytest.raises(PromptError) as missing:
        find_terminal(environ, platform="linux", which=dict.fromkeys(installed, "/bin/xterm").get)
    assert "stretch-coach start" in missing.value.hint


def test_macos_and_windows_open_windows_by_themselves() -> None:
    for platform in ("darwin", "win32"):
        assert find_terminal({}, platform=platform).prefix == ()
