"""What a fresh process loads, and what it does not, because start-up is felt and the watcher runs all day."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"pydantic", "textual", "pyttsx3", "miniaudio"}
SELDOM_NEEDED = {"asyncio", "sqlite3", "subprocess", "shutil", "dataclasses", "tomlkit", "platformdirs", "wcwidth"}


def modules_after(code: str) -> set[str]:
    """Return the top-level modules of a fresh process that has run some code."""
    code += "\nimport sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(process.stdout.splitlines()[-1].split())


def command(*arguments: str) -> str:
    """Return code that runs a command and survives its end."""
    return f"""
import sys
sys.argv = ["stretch-coach", *{arguments!r}]
from stretch_coach.cli import main
try:
    main()
except SystemExit as exited:
    assert exited.code == 0
"""


def test_entry_point_loads_nothing_before_ctrl_c_is_handled() -> None:
    assert not modules_after("import stretch_coach.__main__") & {*HEAVY, "click", "sqlite3", "asyncio"}


@pytest.mark.parametrize(
    "arguments",
    [
        *(["--help"], ["streak"], ["history"], ["plan"], ["where"]),
        *(["breaks"], ["breaks", "--json"], ["breaks", "next"], ["breaks", "resume"]),
    ],
    ids=" ".join,
)
def test_quick_commands_load_nothing_heavy(arguments: list[str]) -> None:
    assert not modules_after(command(*arguments)) & {*HEAVY, "asyncio", "wcwidth"}


@pytest.mark.parametrize("arguments", [["streak"], ["streak", "--json"], ["streak", "--format", "{current}"]])
def test_streak_of_a_status_bar_loads_the_least(arguments: list[str]) -> None:
    unwanted = HEAVY | SELDOM_NEEDED - {"sqlite3"} | {"click", "tomllib", "difflib"}
    assert not modules_after(command(*arguments)) & unwanted


def test_help_loads_no_command() -> None:
    assert not modules_after(command("--help")) & {"sqlite3", "json"}


@pytest.mark.parametrize("module", ["journal.summary", "journal.database", "settings", "paths", "clock", "errors"])
def test_history_is_read_without_models(module: str) -> None:
    assert not modules_after(f"import stretch_coach.{module}") & {*HEAVY, "click", "platformdirs"}


def test_session_loads_no_screen_and_no_sound() -> None:
    assert not modules_after("import stretch_coach.session.live") & {"textual", "pyttsx3", "miniaudio", "click"}


def test_watcher_loads_nothing_heavy_and_the_seldom_needed_only_then() -> None:
    loaded = modules_after(
        "import stretch_coach.cli.quick, stretch_coach.cli.watch, stretch_coach.breaks.watcher, "
        "stretch_coach.breaks.desktop"
    )
    assert not loaded & {*HEAVY, *SELDOM_NEEDED}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="jeepney is for Linux")
def test_desktop_of_the_watcher_loads_nothing_heavy() -> None:
    loaded = modules_after(
        "import stretch_coach.breaks.desktop.idle.dbus, stretch_coach.breaks.desktop.notify.notifier, "
        "stretch_coach.breaks.desktop.notify.freedesktop, "
        "stretch_coach.breaks.desktop.idle.wayland"
    )
    assert not loaded & {*HEAVY, "rich", "asyncio", "ctypes", "subprocess", "xml", "plistlib", "sqlite3", "dataclasses"}


def test_importing_creates_no_file(own_home: Path) -> None:
    modules_after("import stretch_coach.cli.session, stretch_coach.cli.streak, stretch_coach.session.live")
    assert not own_home.exists()
