"""Bad moments, with programs and services of the tests' own."""

from pathlib import Path

import pytest

from stretch_coach.breaks import held
from stretch_coach.breaks.ask_program import ask_program
from stretch_coach.breaks.disturb import is_not_to_disturb
from stretch_coach.breaks.held import Moments, why_held
from stretch_coach.breaks.microphone import is_microphone_in_use
from tests.breaks.buses import NOTIFICATIONS, PrivateBus, Service


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with all programs there are."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def write_program(folder: Path, name: str, body: str) -> None:
    """A program of a line or two of shell."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    file.chmod(0o700)


@pytest.mark.parametrize(
    ("recording", "in_use"),
    [("", False), ("5\\t2\\t9\\tx\\ts16", True), ("5\\t1\\t9\\tx\\ts16", False), ("5\\t1\\t9\\n6\\t2\\t9", True)],
)
def test_a_microphone_in_use_is_no_monitor(programs: Path, recording: str, *, in_use: bool) -> None:
    sources = "1\\tout.monitor\\tm\\n2\\tmic\\tm\\n"
    write_program(programs, "pactl", f'[ $2 = sources ] && printf "{sources}" || printf "{recording}"')
    assert is_microphone_in_use() is in_use
    assert (why_held(Moments(microphone=True), {}, platform="linux") is not None) is in_use
    assert why_held(Moments(), {}, platform="linux") is None


def test_what_cannot_be_told_holds_nothing_back(programs: Path) -> None:
    everything = Moments(fullscreen=True, do_not_disturb=True, microphone=True)
    assert why_held(everything, {"DISPLAY": ":987"}, platform="linux", address="unix:path=/none") is None
    write_program(programs, "pactl", "exit 1")
    assert is_microphone_in_use() is None
    assert held.why_held(everything, {}, platform="darwin") is None


def test_a_program_that_hangs_is_given_up(programs: Path) -> None:
    write_program(programs, "slow", "exec /bin/sleep 60")
    assert ask_program("slow", patience=0.1) is None


@pytest.mark.parametrize(
    ("service", "said", "quiet"),
    [
        ("dunst", ("b", True), True),
        ("dunst", ("b", False), False),
        ("Plasma", ("b", True), True),
        ("gnome-shell", "false", True),
        ("gnome-shell", "true", False),
        ("Xfce Notify Daemon", "true", True),
        ("mako", "default\\ndo-not-disturb", True),
        ("mako", "default", False),
        ("SwayNC", "true", True),
        ("another", "true", None),
    ],
)
def test_do_not_disturb_is_asked_of_the_service_that_runs(
    bus: PrivateBus, programs: Path, service: str, said: object, quiet: bool | None  # noqa: FBT001 - the case of the table
) -> None:  # fmt: skip
    for name in ("gsettings", "xfconf-query", "makoctl", "swaync-client"):
        write_program(programs, name, f'printf "{said}\\n"')
    running = Service(
        bus,
        NOTIFICATIONS,
        lambda member, _: {"GetServerInformation": ("ssss", (service, "", "", "")), "Get": ("v", (said,))}[member],
    )
    assert is_not_to_disturb(bus.address) is quiet
    held_back = why_held(Moments(do_not_disturb=True), {}, platform="linux", address=bus.address)
    assert (held_back is not None) is bool(quiet)
    running.stop()
