"""What a fresh process loads, and what it does not: start-up is felt, and rooms stay rooms."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"pydantic", "textual", "pyttsx3", "miniaudio"}
LOADED = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"


DAY = [["breaks"], ["breaks", "--json"], ["breaks", "next"], ["breaks", "resume"]]


def modules_after(code: str) -> set[str]:
    """The top-level modules a fresh process has after running some code."""
    out = subprocess.run([sys.executable, "-c", f"{code}\n{LOADED}"], capture_output=True, text=True, check=True).stdout
    return set(out.splitlines()[-1].split())


def run_command(*arguments: str) -> str:
    """Code that runs a command and goes on after it."""
    return f"""
import sys
from pathlib import Path
sys.argv = ["stretch-coach", *{arguments!r}]
from stretch_coach.cli import main
try:
    main()
except SystemExit as left:
    assert left.code == 0
"""


def test_the_session_loads_no_screen_and_no_voice() -> None:
    assert not modules_after("import stretch_coach.session.conduct") & {"textual", "pyttsx3", "miniaudio", "click"}


def test_ctrl_c_is_taken_care_of_before_anything_is_loaded() -> None:
    assert not modules_after("import stretch_coach.__main__") & {*HEAVY, "click", "sqlite3", "asyncio"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["streak"],
        ["streak", "--json"],
        ["history"],
        ["plan"],
        ["where"],
        ["breaks"],
        ["breaks", "--json"],
        ["breaks", "next"],
        ["breaks", "resume"],
    ],
)
def test_quick_commands_load_nothing_heavy(arguments: list[str]) -> None:
    assert not modules_after(run_command(*arguments)) & HEAVY


def test_where_one_folder_is_given_platformdirs_is_not_needed() -> None:
    assert "platformdirs" not in modules_after(run_command("streak"))


@pytest.mark.parametrize("module", ["journal.summary", "journal.database", "settings", "paths", "clock", "errors"])
def test_the_record_is_read_without_models(module: str) -> None:
    assert not modules_after(f"import stretch_coach.{module}") & {*HEAVY, "click", "platformdirs"}


def test_the_watcher_loads_nothing_heavy_and_what_it_seldom_needs_only_then() -> None:
    loaded = modules_after(
        "import stretch_coach.breaks.watcher, stretch_coach.breaks.edges, stretch_coach.cli.breaks.watching"
    )
    assert not loaded & {*HEAVY, "asyncio", "sqlite3", "subprocess", "shutil", "dataclasses", "tomlkit", "platformdirs"}


def test_importing_everything_touches_no_file(own_home: Path) -> None:
    modules_after("import stretch_coach.cli.session, stretch_coach.cli.record, stretch_coach.session.conduct")
    assert not own_home.exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="jeepney is for Linux")
def test_the_edges_of_breaks_load_nothing_heavy() -> None:
    loaded = modules_after(
        "import stretch_coach.breaks.held, stretch_coach.breaks.idle.choose, stretch_coach.breaks.notify.choose, "
        "stretch_coach.breaks.notify.freedesktop, stretch_coach.breaks.idle.wayland"
    )
    assert not loaded & {*HEAVY, "rich", "asyncio", "ctypes", "subprocess", "xml", "plistlib", "sqlite3", "dataclasses"}
