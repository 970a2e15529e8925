"""Bad moments for a prompt: what is asked, and what the answers mean."""

from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("jeepney", reason="D-Bus and Wayland are Linux's")

from stretch_coach.breaks.desktop import busy
from stretch_coach.breaks.desktop.busy import do_not_disturb_on, find_deferral, is_microphone_in_use
from stretch_coach.breaks.prompt import Deferral
from stretch_coach.settings import BreakSettings
from tests.breaks.desktop.fake_bus import NOTIFICATIONS, FakeBus

NOTHING = BreakSettings(fullscreen=False, do_not_disturb=False, microphone=False)
EVERYTHING = BreakSettings(fullscreen=True, do_not_disturb=True, microphone=True)
NOWHERE = "unix:path=/nonexistent/bus"

Programs = Callable[[dict[str, str]], None]


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> Programs:
    """Let programs print something; all others are not installed."""

    def install(outputs: dict[str, str]) -> None:
        monkeypatch.setattr(busy, "run_program", lambda *words: outputs.get(" ".join(words)) or outputs.get(words[0]))

    install({})
    return install


@pytest.mark.parametrize(
    ("recording", "in_use"),
    [("", False), ("5\t2\t9\tx\ts16", True), ("5\t1\t9\tx\ts16", False), ("5\t1\t9\n6\t2\t9", True)],
)
def test_a_microphone_in_use_is_not_a_monitor(programs: Programs, recording: str, *, in_use: bool) -> None:
    programs(
        {
            "pactl list source-outputs short": recording or "\n",
            "pactl list sources short": "1\tout.monitor\tm\n2\tmic\tm\n",
        }
    )
    assert is_microphone_in_use() is in_use
    deferral = find_deferral(NOTHING._replace(microphone=True), {}, platform="linux")
    assert deferral is (Deferral.MICROPHONE if in_use else None)


@pytest.mark.usefixtures("programs")
class TestUnknown:
    def test_unknown_state_defers_nothing(self) -> None:
        assert is_microphone_in_use() is None
        assert do_not_disturb_on({}, NOWHERE) is None
        assert find_deferral(EVERYTHING, {}, platform="linux", bus=NOWHERE) is None

    def test_nothing_is_asked_that_is_not_set(self, bus: FakeBus) -> None:
        assert find_deferral(NOTHING, {}, platform="linux", bus=bus.address) is None
        assert bus.calls == []

    def test_a_service_that_is_not_running_is_not_started(self, bus: FakeBus) -> None:
        assert do_not_disturb_on({}, bus.address) is None
        assert bus.calls == []


@pytest.mark.parametrize(
    ("service", "value", "quiet"),
    [
        ("dunst", ("b", True), True),
        ("dunst", ("b", False), False),
        ("dunst", ("s", "yes"), None),
        ("Plasma", ("b", True), True),
        ("gnome-shell", "false", True),
        ("gnome-shell", "true", False),
        ("Xfce Notify Daemon", "true", True),
        ("mako", "default\ndo-not-disturb", True),
        ("mako", "default", False),
        ("SwayNC", "true", True),
        ("another", "true", None),
        ("\x1b[2J", "true", None),
    ],
)
def test_do_not_disturb_is_asked_of_the_service_that_is_running(
    bus: FakeBus, programs: Programs, service: str, value: Any, quiet: bool | None  # noqa: FBT001 - a case
) -> None:  # fmt: skip
    programs(dict.fromkeys(("gsettings", "xfconf-query", "makoctl", "swaync-client"), f"{value}\n"))
    bus.services[NOTIFICATIONS] = lambda member, _arguments: {
        "GetServerInformation": ("ssss", (service, "", "", "")),
        "Get": ("v", (value,)),
    }[member]
    assert do_not_disturb_on({}, bus.address) is quiet
    deferral = find_deferral(NOTHING._replace(do_not_disturb=True), {}, platform="linux", bus=bus.address)
    assert deferral is (Deferral.DO_NOT_DISTURB if quiet else None)
