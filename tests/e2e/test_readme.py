"""The README, followed literally by a new user: each way to install, and then every line of it that ends by itself."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]  # installing depends on the network's speed

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [block.strip() for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)]
INSTALLING = [block for block in BLOCKS if "install ." in block]
LINES = [
    re.sub(r"\s+#.*", "", line)
    for block in BLOCKS
    for line in block.splitlines()
    if line.startswith("stretch-coach") and block not in INSTALLING
]
WAITING = {
    "stretch-coach",
    "stretch-coach start screen-break",
    "stretch-coach breaks watch",
    "stretch-coach restore",
    "stretch-coach add my-break.json",
}
"""What waits for the user, or for the end of a routine; other tests run these."""

Shell = Callable[[str], "subprocess.CompletedProcess[str]"]


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Return a shell of a user who has an empty home and a checkout, and is in it."""
    home, checkout = tmp_path / "home", tmp_path / "checkout"
    home.mkdir()
    shutil.copytree(
        ROOT, checkout, ignore=shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", "uv.lock")
    )
    python = Path(sys.base_prefix) / "bin"
    set_here = ("STRETCH_COACH", "VIRTUAL", "XDG_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(set_here)}
    environment |= {
        "HOME": str(home),
        "PATH": f"{home}/.local/bin:{python}:{Path(shutil.which('uv') or '').parent}:/usr/local/bin:/usr/bin:/bin",
        "UV_CACHE_DIR": os.environ.get("UV_CACHE_DIR", str(Path("~/.cache/uv").expanduser())),
        "PIP_CACHE_DIR": os.environ.get("PIP_CACHE_DIR", str(Path("~/.cache/pip").expanduser())),
        "UV_PYTHON": sys.executable,
    }

    def run(line: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["/bin/sh", "-c", line],
            cwd=checkout,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            input="",
        )

    return run


def test_the_ways_to_install_are_three() -> None:
    assert [block.split()[0] for block in INSTALLING] == ["uv", "pipx", "python3"]


@pytest.mark.parametrize("block", INSTALLING, ids=lambda block: block.split()[0])
def test_each_way_installs_the_command(shell: Shell, block: str) -> None:
    installed = shell(f"uv tool run {block}" if block.startswith("pipx") else block)
    assert installed.returncode == 0, installed.stderr
    assert shell("command -v stretch-coach").stdout.strip().endswith("/home/.local/bin/stretch-coach")
    assert "micro-break" in shell("stretch-coach routines").stdout


def test_every_line_works_as_printed(shell: Shell) -> None:
    assert shell("uv tool install . && mkdir -p ~/Sync/stretch").returncode == 0  # the folder that another tool syncs
    failed = {line: ended.stderr for line in LINES if line not in WAITING and (ended := shell(line)).returncode}
    assert failed == {}
    assert len(LINES) > len(WAITING) + 10
