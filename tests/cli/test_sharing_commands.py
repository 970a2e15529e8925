"""`add` and `share`."""

import io
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from stretch_coach.exit_codes import INTERRUPTED
from stretch_coach.guide.built_routine import routine_json
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.document import Document
from stretch_coach.routine.library import load_library
from stretch_coach.routine.resolve import parse_routine
from stretch_coach.routine.timeline import build_timeline
from tests.cli.conftest import CommandResult

Coach = Callable[..., CommandResult]

OWN_EXERCISE = {"name": "Look far", "instructions": ["Look at a tree."], "cautions": ["Not while driving."]}
ROUTINE = {"title": "Tree break", "steps": [{"exercise": "look-far", "hold": 10}, {"exercise": "chin-tuck"}]}


class Terminal(io.StringIO):
    """Standard input of somebody who types this."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that sets what is typed at the next question."""

    def set_answer(typed: str) -> None:
        monkeypatch.setattr(sys, "stdin", Terminal(typed))

    return set_answer


@pytest.fixture
def other_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], Path]:
    """Return a function that continues on a machine where nothing was done yet, and returns its home."""

    def move() -> Path:
        home = tmp_path / "other home"
        monkeypatch.setenv("STRETCH_COACH_HOME", str(home))
        return home

    return move


def write(file: Path, content: Any) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def test_a_shared_routine_is_the_same_on_another_machine(
    coach: Coach, own_home: Path, tmp_path: Path, other_home: Callable[[], Path]
) -> None:
    write(own_home / "routines" / "exercises" / "look-far.json", OWN_EXERCISE)
    write(own_home / "routines" / "tree.json", ROUTINE | {"$schema": "/home/me/schema.json"})
    sent = tmp_path / "tree.json"
    shared = coach("share", "tree", str(tmp_path))
    assert shared.out == (
        f"Wrote {sent}: Tree break, 1:28, with 1 exercise that did not come with the program.\n"
        "Whoever gets it types:\n  stretch-coach add tree.json\n"
    )
    here = coach("routines", "show", "tree", "--json").out
    assert "/home/me" not in sent.read_text(encoding="utf-8")

    home = other_home()
    assert coach("check", str(sent)).code == 0
    added = coach("add", str(sent), "--yes")
    assert (added.code, added.err) == (0, "")
    assert added.out.endswith(f"Added: {home / 'routines' / 'tree.json'}\nStart it with:\n  stretch-coach start tree\n")
    for words in ("Its own exercise: Look far (look-far).", "Caution: Not while driving.", "Somebody else wrote"):
        assert words in added.out
    there = json.loads(coach("routines", "show", "tree", "--json").out)
    assert there["segments"] == json.loads(here)["segments"]
    content = json.loads((home / "routines" / "tree.json").read_text(encoding="utf-8"))
    schema = json.loads((home / "routines" / content["$schema"]).read_text(encoding="utf-8"))
    assert Draft202012Validator(schema).is_valid(content)


def test_add_asks_and_does_nothing_unless_the_answer_is_yes(
    coach: Coach, own_home: Path, tmp_path: Path, answer: Callable[[str], None]
) -> None:
    file = write(tmp_path / "sent.json", {"title": "Sent", "steps": [{"rest": 5}]})
    ended = coach("add", str(file))
    assert (ended.code, ended.err) == (
        1,
        "stretch-coach: add: asks before it adds a routine. Add --yes to agree beforehand.\n",
    )
    answer("n\n")
    assert coach("add", str(file)).code == INTERRUPTED
    assert not own_home.exists()
    answer("y\n")
    assert coach("add", str(file), "--as", "mine").code == 0
    assert "mine" in coach("routines").out


@pytest.mark.parametrize("taken", ["mine", "screen-break"])
def test_add_replaces_nothing_without_a_question(
    taken: str, coach: Coach, own_home: Path, tmp_path: Path, answer: Callable[[str], None]
) -> None:
    own = write(
        own_home / "routines" / "called-otherwise.json", {"id": "mine", "title": "Mine", "steps": [{"rest": 5}]}
    )
    sent = write(tmp_path / "sent.json", {"id": taken, "title": "Sent", "steps": [{"rest": 7}]})
    before = own.read_bytes()
    ended = coach("add", str(sent), "--yes")
    assert ended.code == 1
    assert ended.err == (
        f'stretch-coach: "{taken}" is already the id of a routine. '
        f"Give it another one: stretch-coach add {sent} --as {taken}-2\n"
    )
    answer("y\n")
    ended = coach("add", str(sent), "--as", f"{taken}-2")
    assert ended.code == 0
    assert own.read_bytes() == before
    answer("y\n")
    ended = coach("add", str(sent))
    assert ("Use this one instead?" if taken == "screen-break" else 'Your routine "Mine" has the id') in ended.out
    assert (own.read_bytes() == before) == (taken == "screen-break")
    assert json.loads(coach("routines", "show", taken, "--json").out)["total_seconds"] == 7


def _folder(path: Path) -> None:
    path.mkdir()


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _pipe(path: Path) -> None:
    os.mkfifo(path)  # not in a table: Windows has none


def _locked(path: Path) -> None:
    write(path, ROUTINE)
    path.chmod(0)


HOSTILE: Mapping[str, tuple[Callable[[Path], object], str]] = {
    "huge": (lambda path: path.write_bytes(b" " * 2_000_000), "the file is larger than 1 MiB."),
    "deep": (lambda path: path.write_text("[" * 100_000), "deep"),
    "not UTF-8": (lambda path: path.write_bytes(b'{"title": "\xe9"}'), "a character that is not UTF-8"),
    "no JSON": (lambda path: path.write_text("hello"), "this is not valid JSON"),
    "empty": (lambda path: path.touch(), "the file is empty"),
    "a folder": (_folder, "this is not a regular file"),
    "a loop": (_loop, "the file cannot be read"),
    "a pipe": (_pipe, "this is not a regular file"),
    "locked": (_locked, "the file cannot be read (Permission denied)"),
    "missing": (lambda _: None, "there is no such file"),
    "another folder": (
        lambda path: write(path, {"id": "../../x", "title": "X", "steps": [{"rest": 5}]}),
        "is not an id",
    ),
    "control": (lambda path: write(path, {"title": "A\x1b[2Jb", "steps": [{"rest": 5}]}), "cannot be shown (U+001B"),
    "a device": (lambda path: write(path, {"id": "con", "title": "X", "steps": [{"rest": 5}]}), "cannot be the name"),
    "unknown": (lambda path: write(path, ROUTINE), 'there is no exercise "look-far"'),
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other files and permissions")
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_one_clear_sentence(coach: Coach, own_home: Path, tmp_path: Path, kind: str) -> None:
    make, problem = HOSTILE[kind]
    if kind == "locked" and os.geteuid() == 0:
        return
    file = tmp_path / f"{kind}.json"
    make(file)
    ended = coach("add", str(file), "--yes")
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert problem in ended.err
    assert ended.err.rstrip("\n").isprintable()
    assert not own_home.exists()


@pytest.mark.parametrize("name", ["a\x1b[2Jb.json", "..json", "a\nb.json"])
def test_the_name_of_a_file_becomes_a_plain_id(name: str, coach: Coach, own_home: Path, tmp_path: Path) -> None:
    file = write(tmp_path / name, {"title": "Mine", "steps": [{"rest": 5}]})
    ended = coach("add", str(file), "--yes")
    assert (ended.code, ended.err) == (0, "")
    [added] = (own_home / "routines").glob("*.json")
    assert added.stem.replace("-", "").isalnum()


class TestShare:
    def test_a_file_is_not_written_over_without_a_question(
        self, coach: Coach, tmp_path: Path, answer: Callable[[str], None]
    ) -> None:
        file = write(tmp_path / "mine.json", {})
        ended = coach("share", "screen-break", str(file))
        assert (ended.code, ended.err) == (
            1,
            f"stretch-coach: {file} already exists and was not changed. Choose another name, or add --yes.\n",
        )
        answer("n\n")
        assert coach("share", "screen-break", str(file)).code == INTERRUPTED
        assert file.read_text(encoding="utf-8") == "{}"
        assert coach("share", "screen-break", str(file), "--yes").code == 0
        assert coach("check", str(file)).code == 0

    @pytest.mark.parametrize("name", ["x.txt", "a" * 300 + ".json", "no/such/folder.json", "a\0b.json"])
    def test_a_file_that_cannot_be_written_is_one_sentence(self, name: str, coach: Coach, tmp_path: Path) -> None:
        ended = coach("share", "screen-break", f"{tmp_path}/{name}")
        assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)


BUNDLED = load_library(bundled_routines(), Path("no-such-folder"))
Seconds = st.integers(1, 60)
Steps = st.one_of(
    st.fixed_dictionaries(
        {"exercise": st.sampled_from(["look-far", "chin-tuck", "upper-trap-stretch", "breathing"])},
        optional={
            "prepare": Seconds,
            "hold": Seconds,
            "reps": st.integers(1, 5),
            "rest": Seconds,
            "say": st.just("Now."),
        },
    ),
    st.fixed_dictionaries({"rest": Seconds}, optional={"say": st.just("Rest.")}),
)


@given(st.lists(Steps, min_size=1, max_size=6), st.booleans())
def test_any_routine_has_the_same_timeline_after_it_was_sent(steps: list[dict[str, Any]], own: bool) -> None:  # noqa: FBT001 - Hypothesis passes it
    exercises = {"look-far": OWN_EXERCISE, **({"chin-tuck": OWN_EXERCISE} if own else {})}
    content = {"title": "Mine", "exercises": exercises, "steps": steps}
    routine = parse_routine(Document(Path("mine.json"), "", content), BUNDLED.exercises)
    sent = json.loads(json.dumps(routine_json(routine, BUNDLED.exercises)))
    received = parse_routine(Document(Path("any-name.json"), "", sent), BUNDLED.exercises)
    assert build_timeline(received) == build_timeline(routine)
    assert received.id == "mine"
