"""Several processes that write the history at once, full disks and invalid files: nothing is lost."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.processes import find_command, history, run

pytestmark = pytest.mark.e2e
HEADER = '{"format": "stretch-coach-history", "version": 1}\n'
on_unix = pytest.mark.skipif(sys.platform == "win32", reason="limits and file modes are Unix's")


def write_sessions(file: Path, numbers: range) -> None:
    """Write an exported history of some sessions."""
    lines = [HEADER]
    for number in numbers:
        session: dict[str, object] = {
            "type": "session",
            "id": f"019aa000-0000-7000-8000-{number:012}",
            "routine": "r",
            "title": "R" * 150,
        }
        session |= {"started_at": "2026-11-19T12:00:00+00:00", "ended_at": None, "day": "2026-11-19", "device": None}
        session |= {"planned_seconds": 60, "done_seconds": 60, "outcome": "completed", "source": "timer"}
        lines.append(json.dumps(session) + "\n")
    file.write_text("".join(lines), encoding="utf-8")


def test_four_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.jsonl" for number in range(4)]
    for number, file in enumerate(files):
        write_sessions(file, range(number * 250, number * 250 + 300))  # each has some of the next one's
    coach = find_command()
    processes = [
        subprocess.Popen([*coach, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for file in files
        for arguments in (["import", str(file)], ["log", "micro-break"])
    ]
    ended = [(process.communicate(timeout=60), process.returncode) for process in processes]
    assert [code for _, code in ended] == [0] * 8, ended
    assert len(history()) == 1050 + 4


def test_commands_that_change_settings_at_once_lose_nothing() -> None:
    changes = {"voice.rate": "101", "breaks.gap": "7", "app.lead_in": "9", "breaks.daily_cap": "4"}
    coach = find_command()
    arguments = [["config", "set", *change] for change in changes.items()]
    arguments += [["breaks", "every", minutes] for minutes in ("40", "50")]
    processes = [subprocess.Popen([*coach, *one], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for one in arguments]
    ended = [(process.communicate(timeout=60), process.returncode) for process in processes]
    assert [code for _, code in ended] == [0] * 6, ended
    assert {name: run("config", "get", name).stdout.strip() for name in changes} == changes
    listed = run("breaks", "list").stdout
    assert "every-40" in listed
    assert "every-50" in listed


def test_machines_that_sync_at_once_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    homes = [tmp_path / name for name in "abcd"]
    for number, home in enumerate(homes):
        monkeypatch.setenv("STRETCH_COACH_HOME", str(home))
        write_sessions(tmp_path / "in.jsonl", range(number * 100, number * 100 + 100))
        assert run("import", str(tmp_path / "in.jsonl")).returncode == 0
    coach = find_command()
    for _ in range(2):
        processes = [
            subprocess.Popen([*coach, "sync", str(folder)], env={**os.environ, "STRETCH_COACH_HOME": str(home)})
            for home in [*homes, *homes]
        ]
        assert [process.wait(60) for process in processes] == [0] * 8
    exports = set()
    for home in homes:
        monkeypatch.setenv("STRETCH_COACH_HOME", str(home))
        exports.add(run("export", "-").stdout)
    [export] = exports
    assert export.count('"type":"session"') == 400


@pytest.fixture
def limited(own_home: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command that may write no file larger than some kilobytes, as on a full disk."""

    def run_limited(kilobytes: int, *arguments: str) -> subprocess.CompletedProcess[str]:
        own_home.mkdir(exist_ok=True)
        shell = f'trap "" XFSZ; ulimit -f {kilobytes}; exec "$@"'
        command = ["bash", "-c", shell, "bash", *find_command(), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    return run_limited


@on_unix
def test_full_disk_imports_all_or_nothing(
    limited: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    source = tmp_path / "in.jsonl"
    write_sessions(source, range(50))
    assert run("import", str(source)).returncode == 0
    before = run("export", "-").stdout
    write_sessions(source, range(5000))
    target = tmp_path / "out.jsonl"
    target.write_text("what was there", encoding="utf-8")
    folder = tmp_path / "shared"
    folder.mkdir()
    for arguments in (["import", str(source)], ["export", str(target)], ["sync", str(folder)]):
        kilobytes = 200 if arguments[0] == "import" else 8
        ended = limited(kilobytes, *arguments)
        assert ended.returncode == 1, (arguments, ended)
        assert ended.stderr.count("\n") == 1
        assert ended.stderr.startswith("stretch-coach: ")
        assert "inside" not in ended.stderr
    assert run("export", "-").stdout == before
    assert target.read_text(encoding="utf-8") == "what was there"
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".part")] == []
    assert run("sync", str(folder)).returncode == 0
    assert "50 sessions" not in run("sync", str(folder)).stdout  # the first sync has sent them all


def test_garbage_and_newer_files_are_one_sentence_each(tmp_path: Path) -> None:
    garbage, newer = tmp_path / "garbage.jsonl", tmp_path / "newer.jsonl"
    garbage.write_bytes(bytes(range(256)) * 500)
    newer.write_text('{"format": "stretch-coach-history", "version": 2}\n', encoding="utf-8")
    for file, sentence in ((garbage, "is not an exported history"), (newer, "was written by a newer Stretch Coach")):
        ended = run("import", str(file))
        assert (ended.returncode, ended.stdout) == (1, "")
        assert ended.stderr.count("\n") == 1
        assert sentence in ended.stderr
    assert history() == []


def test_session_from_a_clock_set_back_is_kept_and_marked(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    write_sessions(source, range(1))
    later = source.read_text(encoding="utf-8").replace("2026-11-19", "2199-11-19")
    source.write_text(later, encoding="utf-8")
    assert run("import", str(source)).returncode == 0
    assert run("log", "micro-break").returncode == 0
    export = [json.loads(line) for line in run("export", "-").stdout.splitlines()[1:]]
    assert sorted(one["clock_suspect"] for one in export) == [False, True]
