"""``breaks install`` and ``uninstall``, in a home of the test's own."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from stretch_coach.cli.breaks.autostart import install, uninstall

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the files of Linux")


def test_it_is_written_only_when_asked_and_taken_away_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    run = CliRunner().invoke
    printed = run(install, ["--print"])
    assert "stretch_coach" in printed.output
    assert "ExecStart=" in run(install, ["--print", "--systemd"]).output
    assert not (tmp_path / "user").exists()
    assert run(install, []).output.startswith("Installed: XDG autostart")
    assert run(install, []).output.startswith("Already installed")
    assert "stretch-coach.desktop" in run(uninstall, ["--print"]).output
    assert run(uninstall, []).output.startswith("Removed: XDG autostart")
    assert run(uninstall, []).output == "Nothing was installed.\n"
