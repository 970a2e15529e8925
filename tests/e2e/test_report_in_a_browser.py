"""The report in a real browser: its numbers, no request, one or two pages on paper."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.e2e.processes import run

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed"),
]
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture
def browse(tmp_path: Path) -> Callable[..., str]:
    """Run the browser on a page."""

    def open_page(page: Path, *flags: str) -> str:
        folder = tmp_path / "browser"
        folder.mkdir(exist_ok=True)
        command = ["chromium", *FLAGS, f"--user-data-dir={folder}", *flags, page.as_uri()]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=100).stdout

    return open_page


def initiators(log: Path) -> set[str]:
    """Return the origins of all network requests, except the browser itself."""
    return set(re.findall(r'"initiator":"([^"]*)"', log.read_text(encoding="utf-8"))) - {"not an origin"}


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The report of a busy quarter."""
    lines = ['{"format": "stretch-coach-history", "version": 1}']
    last = date.today() - timedelta(days=2)  # noqa: DTZ011 - a day that is over, by the machine's own clock
    step = {"side": None, "planned_seconds": 25, "done_seconds": 25, "reps": 1, "reps_done": 1, "outcome": "done"}
    exercises = [f"my-exercise-{number}" for number in range(12)]
    for back in range(84):
        day = last - timedelta(days=back)
        steps = [step | {"step": number + 1, "exercise": one} for number, one in enumerate(exercises)]
        session: dict[str, object] = {
            "type": "session",
            "id": f"019aa000-0000-7000-8000-{back:012}",
            "started_at": f"{day}T12:00:00+00:00",
        }
        session |= {"ended_at": None, "day": f"{day}", "routine": f"r{back % 6}", "title": f"Routine {back % 6}"}
        session |= {"planned_seconds": 300, "done_seconds": 300, "outcome": "completed", "device": None, "steps": steps}
        lines.append(json.dumps(session | {"source": "manual" if back % 4 == 0 else "timer"}))
        said = {"type": "revision", "session": session["id"], "at": session["started_at"], "field": "comfort_before"}
        lines.append(json.dumps(said | {"id": f"019bb000-0000-7000-8000-{back:012}", "value": back % 7}))
    source, target = tmp_path / "in.jsonl", tmp_path / "report.html"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for arguments in (["import", str(source)], ["report", str(target), "--to", str(last)]):
        assert run(*arguments).returncode == 0
    return target


def test_report_shows_the_right_numbers_and_loads_nothing(
    page: Path, browse: Callable[..., str], tmp_path: Path
) -> None:
    log = tmp_path / "net.json"
    dom = re.sub(
        r"<style>.*?</style>|<[^>]+>", " ", browse(page, f"--log-net-log={log}", "--dump-dom"), flags=re.DOTALL
    )
    text = " ".join(dom.split())
    assert "84 days" in text
    assert "Recorded 63 sessions the timer ran, 315 min" in text
    assert "Self-reported 21 sessions logged by hand, 105 min" in text
    assert "within normal variation" in text
    assert initiators(log) == set()


def test_page_that_loads_something_is_noticed(browse: Callable[..., str], tmp_path: Path) -> None:
    page, log = tmp_path / "asking.html", tmp_path / "net.json"
    page.write_text('<img src="http://127.0.0.1:9/x.png">', encoding="utf-8")
    browse(page, f"--log-net-log={log}", "--dump-dom")
    assert initiators(log)


def test_report_prints_to_one_or_two_pages(page: Path, browse: Callable[..., str], tmp_path: Path) -> None:
    printed = tmp_path / "report.pdf"
    browse(page, "--no-pdf-header-footer", f"--print-to-pdf={printed}")
    assert 1 <= len(re.findall(rb"/Type\s*/Page[^s]", printed.read_bytes())) <= 2
