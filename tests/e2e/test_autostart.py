"""The autostart files, checked by the programs that read them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from stretch_coach.breaks.autostart.formats import AutostartFile, WatcherCommand, systemd_unit, xdg_autostart
from stretch_coach.paths import HOME_VARIABLE
from tests.breaks.test_autostart import AWKWARD


@pytest.mark.parametrize(
    ("check", "make"),
    [(["desktop-file-validate"], xdg_autostart), (["systemd-analyze", "--user", "verify", "--man=no"], systemd_unit)],
)
def test_the_system_accepts_the_file(check: list[str], make: object, tmp_path: Path) -> None:
    if shutil.which(check[0]) is None:
        pytest.skip(f"{check[0]} is not installed")
    folder = tmp_path / AWKWARD.replace("/", "")
    folder.mkdir()
    (folder / "python").symlink_to("/bin/true")
    words = (str(folder / "python"), "-m", "stretch_coach", "breaks", "watch")
    written = make(WatcherCommand(words, ((HOME_VARIABLE, AWKWARD),)), tmp_path)  # type: ignore[operator]  # one of two
    assert isinstance(written, AutostartFile)
    written.file.parent.mkdir(parents=True, exist_ok=True)
    written.file.write_bytes(written.content)
    environment = {"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)}
    ended = subprocess.run([*check, str(written.file)], capture_output=True, text=True, check=False, env=environment)
    complaints = [line for line in (ended.stdout + ended.stderr).splitlines() if "stretch-coach" in line]
    assert (ended.returncode, complaints) == (0, [])
