"""`check`, `new`, `schema` and `routines`."""

import json
import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import Library
from stretch_coach.routine.schema import schema_text
from stretch_coach.text import is_safe
from tests.cli.conftest import CommandResult

Coach = Callable[..., CommandResult]


def test_check_accepts_every_bundled_file(coach: Coach) -> None:
    folder = Path(__file__).parents[2] / "routines"
    files = [str(file) for file in [*folder.glob("*.json"), *(folder / "exercises").glob("*.json")]]
    ended = coach("check", *files)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.count(": valid: ") == len(files)


def test_check_prints_every_problem_of_a_file_with_its_place(coach: Coach, tmp_path: Path) -> None:
    file = tmp_path / "my.json"
    file.write_text(
        '{"title": "My",\n "steps": [\n  {"exercise": "chin-tuk"},\n  {"rest": 5, "sya": "x"}]}', encoding="utf-8"
    )
    ended = coach("check", str(file))
    assert ended.code == 1
    assert ended.err.splitlines() == [
        f'{file}:3:16: steps[0].exercise: there is no exercise "chin-tuk". Did you mean "chin-tuck"?',
        f'{file}:4:15: steps[1].sya is not a known field. Did you mean "say"?',
    ]


def test_check_continues_after_an_invalid_file(coach: Coach, tmp_path: Path) -> None:
    good = tmp_path / "good.json"
    good.write_text('{"title": "Good", "steps": [{"rest": 5}]}', encoding="utf-8")
    ended = coach("check", str(tmp_path / "none.json"), str(good))
    assert ended.code == 1
    assert "none.json:1:1: there is no such file." in ended.err
    assert f"{good}: valid: Good, 1 step, 0:05." in ended.out


class TestCheckById:
    def test_check_takes_the_ids_of_routines_and_exercises(self, coach: Coach) -> None:
        ended = coach("check", "micro-break", "chin-tuck")
        assert (ended.code, ended.err) == (0, "")
        assert [line.split(": ", maxsplit=1)[1] for line in ended.out.splitlines()] == [
            "valid: One-minute micro-break, 4 steps, 1:00.",
            "valid: the exercise Chin tuck.",
        ]

    def test_check_takes_the_id_of_a_file_that_cannot_be_used(self, coach: Coach, own_home: Path) -> None:
        coach("new", "micro-break")
        file = own_home / "routines" / "micro-break.json"
        file.write_text('{"title": "Mine"}', encoding="utf-8")
        ended = coach("check", "micro-break")
        assert ended.code == 1
        assert ended.err == f'{file}:1:1: steps is missing. Add "steps": [{{"exercise": "chin-tuck"}}].\n'

    def test_check_suggests_a_similar_id_and_continues(self, coach: Coach) -> None:
        ended = coach("check", "micro-braek", "chin-tuck")
        assert ended.code == 1
        sentence = '"micro-braek" is not a file, routine, exercise or program. Did you mean "micro-break"?'
        assert ended.err == f"stretch-coach: {sentence}\n"
        assert "valid: the exercise Chin tuck." in ended.out

    def test_check_prefers_a_file_of_that_name_to_a_suggestion(self, coach: Coach, tmp_path: Path) -> None:
        file = tmp_path / "mine"
        file.write_text('{"title": "Mine", "steps": [{"rest": 5}]}', encoding="utf-8")
        assert "valid: Mine" in coach("check", str(file)).out


@pytest.mark.parametrize("name", ["a" * 300, "a" * 5000, "a\x1b[2J", "a\0b"])
@pytest.mark.parametrize("command", [("check",), ("routines", "show"), ("start",), ("new", "mine", "--like")])
def test_a_name_that_no_file_can_have_is_one_short_sentence(name: str, command: tuple[str, ...], coach: Coach) -> None:
    ended = coach(*command, name)
    assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
    assert "is not a " in ended.err
    assert len(ended.err) < 200
    assert ended.err.rstrip("\n").isprintable()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_check_reports_a_link_to_itself(coach: Coach, own_home: Path) -> None:
    coach("new", "mine")
    loop = own_home / "routines" / "loop.json"
    loop.symlink_to(loop)
    ended = coach("check", "loop", "mine")
    assert ended.code == 1
    assert ended.err.startswith(f"{loop}:1:1: the file cannot be read (")
    assert "valid: Mine" in ended.out


def test_check_reports_a_second_file_with_the_same_id(coach: Coach, own_home: Path) -> None:
    coach("new", "mine")
    folder = own_home / "routines"
    copy = folder / "mine (conflicted copy 2026-11-27).json"
    copy.write_text((folder / "mine.json").read_text(encoding="utf-8"), encoding="utf-8")
    problem = f'{copy}:4:9: id: "mine" is already the id of mine.json. Choose another id, or remove this file.\n'
    ended = coach("check", str(copy))
    assert (ended.code, ended.err) == (1, problem)
    ended = coach("check", "mine")
    assert (ended.code, ended.err) == (0, f"stretch-coach: {problem}")


def test_check_warns_of_names_that_do_not_fit_into_the_preparation(coach: Coach, tmp_path: Path) -> None:
    file = tmp_path / "mid.json"
    content = {
        "title": "Mid names",
        "exercises": {"m1": {"name": "Seated levator scapulae stretch", "instructions": ["Look to the armpit."]}},
        "steps": [{"exercise": "m1", "prepare": 2, "hold": 5, "reps": 1}],
    }
    file.write_text(json.dumps(content, indent=1), encoding="utf-8")
    ended = coach("check", str(file))
    assert ended.code == 0
    assert ended.err == (
        f"{file}:14:15: warning: steps[0].prepare "
        'is too short to say "Seated levator scapulae stretch". Write 3 or more, or shorten the name.\n'
    )


ODD_NAMES = ["a\x9b2Jb.json", "a\u202eb.json"]
if sys.platform != "win32":  # it allows no such names
    ODD_NAMES += ["a\x1b[2Jb.json", "a\nb.json", "\udc9b.json"]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_file_names_with_control_characters_are_escaped(name: str, coach: Coach, own_home: Path) -> None:
    folder = own_home / "routines"
    folder.mkdir(parents=True)
    valid, broken = folder / name, folder / f"broken-{name}"
    valid.write_text('{"title": "Mine", "steps": [{"rest": 5}]}', encoding="utf-8")
    broken.write_text("{", encoding="utf-8")
    commands = [
        ("check", str(valid), str(broken)),
        ("routines",),
        ("routines", "--json"),
        ("routines", "show", str(valid), "--json"),
        ("start", str(broken), "--rehearse", "1000"),
        ("doctor",),
    ]
    for command in commands:
        ended = coach(*command)
        printed = ended.out + ended.err
        assert printed
        assert all(is_safe(character) for character in printed.replace("\n", ""))
        assert "\nb.json" not in printed


def test_check_warns_of_angles_beyond_the_comfortable_range(coach: Coach, tmp_path: Path) -> None:
    file = tmp_path / "far.json"
    file.write_text('{"name": "Far", "instructions": ["Turn."],\n "pose": {"yaw": 75}}', encoding="utf-8")
    ended = coach("check", str(file))
    assert ended.code == 0
    assert ended.err.startswith(f"{file}:2:18: warning: pose.yaw: 75 is beyond the ordinary comfortable range.")
    assert "valid: the exercise Far" in ended.out


def test_new_writes_a_valid_routine_into_the_library(coach: Coach, own_home: Path, library: Library) -> None:
    assert coach("new", "my-break").code == 0
    file = own_home / "routines" / "my-break.json"
    assert coach("check", str(file)).code == 0
    assert "my-break" in coach("routines").out
    schema = file.parent / json.loads(file.read_text(encoding="utf-8"))["$schema"]
    assert schema.read_text(encoding="utf-8") == schema_text("routine", library.exercises)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_new_writes_files_that_only_their_owner_can_read(coach: Coach, own_home: Path) -> None:
    umask = os.umask(0)
    try:
        coach("new", "mine")
    finally:
        os.umask(umask)
    modes = {path: path.stat().st_mode & 0o777 for path in own_home.rglob("*")}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


@pytest.mark.skipif(sys.platform == "win32", reason="Unix limits")
def test_new_leaves_no_file_that_it_cannot_complete(
    coach: Coach, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource  # noqa: PLC0415 - Unix has it

    monkeypatch.setattr("stretch_coach.guide.own_routines.write_schemas", lambda *_: None)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        ended = coach("new", "mine")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert ended.code == 1
    assert "mine.json cannot be written (File too large)" in ended.err
    assert list((own_home / "routines").iterdir()) == []


def test_new_never_overwrites_a_file(coach: Coach, own_home: Path) -> None:
    coach("new", "mine")
    file = own_home / "routines" / "mine.json"
    file.write_text("{}", encoding="utf-8")
    ended = coach("new", "mine")
    assert ended.code == 1
    assert "already exists" in ended.err
    assert file.read_text(encoding="utf-8") == "{}"


def test_new_like_copies_neither_the_evidence_nor_the_total(coach: Coach, own_home: Path) -> None:
    coach("new", "mine", "--like", "screen-break")
    copy = json.loads((own_home / "routines" / "mine.json").read_text(encoding="utf-8"))
    original = json.loads((bundled_routines() / "screen-break.json").read_text(encoding="utf-8"))
    assert original.keys() - copy.keys() == {"evidence", "total_seconds"}
    assert copy["steps"] == original["steps"]
    copy["steps"].append({"rest": 5})
    (own_home / "routines" / "mine.json").write_text(json.dumps(copy), encoding="utf-8")
    assert coach("check", "mine").code == 0


def test_new_like_shortens_a_long_title(coach: Coach, tmp_path: Path) -> None:
    file = tmp_path / "long.json"
    file.write_text(json.dumps({"title": "x" * 80, "steps": [{"rest": 5}]}), encoding="utf-8-sig")
    coach("new", "mine", "--like", str(file))
    assert json.loads(coach("routines", "show", "mine", "--json").out)["title"] == "x" * 71 + " (my own)"


def test_new_like_copies_a_routine(coach: Coach, own_home: Path) -> None:
    assert coach("new", "mine", "--like", "screen-break").code == 0
    assert coach("check", str(own_home / "routines" / "mine.json")).code == 0
    shown = json.loads(coach("routines", "show", "mine", "--json").out)
    assert (shown["total_seconds"], shown["bundled"]) == (180, False)


@pytest.mark.parametrize("name", ["My Break", "../up", "", "a--b", "é", "a" * 65])
def test_new_refuses_what_is_not_an_id(name: str, coach: Coach, own_home: Path) -> None:
    assert coach("new", name).code == 1
    assert not own_home.exists()


@pytest.mark.parametrize("name", ["con", "nul", "aux", "prn", "com1", "lpt9"])
def test_new_refuses_the_names_of_windows_devices(name: str, coach: Coach, own_home: Path) -> None:
    ended = coach("new", name)
    assert ended.code == 1
    assert ended.err == f'stretch-coach: "{name}" cannot be the name of a file on Windows. Choose another id.\n'
    assert not own_home.exists()


@pytest.mark.parametrize("name", ["con-brio", "com10", "null", "icon"])
def test_new_accepts_names_that_resemble_windows_devices(name: str, coach: Coach) -> None:
    assert coach("new", name).code == 0


def test_new_says_what_to_do_next(coach: Coach, own_home: Path) -> None:
    file = own_home / "routines" / "my-break.json"
    check, start = coach("new", "my-break").out.splitlines()[2:]
    assert shlex.split(check) == ["stretch-coach", "check", str(file)]
    assert shlex.split(start) == ["stretch-coach", "start", "my-break"]


REPLACES = "It replaces the bundled routine micro-break until you remove it.\n"


def test_new_says_that_it_replaces_a_bundled_routine(coach: Coach) -> None:
    assert coach("new", "micro-break").out.endswith(REPLACES)
    assert not json.loads(coach("routines", "show", "micro-break", "--json").out)["bundled"]


def test_new_does_not_mention_own_routines_with_the_same_id(coach: Coach, own_home: Path) -> None:
    folder = own_home / "routines"
    folder.mkdir(parents=True)
    (folder / "a.json").write_text('{"id": "mine", "title": "A", "steps": [{"rest": 5}]}', encoding="utf-8")
    assert "It replaces" not in coach("new", "mine").out


def test_schema_prints_the_schemas(coach: Coach, library: Library) -> None:
    assert coach("schema").out == schema_text("routine", library.exercises)
    assert coach("schema", "exercise").out == schema_text("exercise")
    assert coach("schema", "program").out == schema_text("program", routines=library.routines)


def test_routines_lists_and_shows_routines(coach: Coach) -> None:
    listed = json.loads(coach("routines", "--json").out)
    assert {one["id"] for one in listed if one["locked"]} == {"arm-glide", "front-neck", "towel-glide", "towel-snag"}
    shown = json.loads(coach("routines", "show", "micro", "--json").out)
    assert shown["total_seconds"] == 60
    assert shown["segments"][0] == {
        "at": 0.0,
        "kind": "prepare",
        "seconds": 2.0,
        "step": 1,
        "exercise": "posture-reset",
        "side": None,
        "rep": 1,
        "reps": 1,
    }
    text = coach("routines", "show", "screen-break").out
    assert "Ear-to-shoulder stretch, left and right, 20 s" in text
    assert "Evidence B:" in text
    assert "upper-trap-stretch" in coach("routines", "--exercises").out


def test_routines_show_includes_what_is_said_in_a_rest(coach: Coach, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text('{"title": "Mine", "steps": [{"rest": 5, "say": "Shake."}, {"rest": 7}]}', encoding="utf-8")
    assert coach("routines", "show", str(file)).out.splitlines()[2:] == ["  1  Rest, 5 s. Shake.", "  2  Rest, 7 s"]


def test_an_invalid_file_in_the_library_is_one_warning(coach: Coach, own_home: Path) -> None:
    coach("new", "mine")
    (own_home / "routines" / "bad.json").write_text("{", encoding="utf-8")
    ended = coach("routines")
    assert ended.code == 0
    assert "mine" in ended.out
    assert ended.err.count("\n") == 1
    assert "bad.json:1:2:" in ended.err
    assert "bad.json:1:2:" in coach("start", "bad", "--rehearse", "1000").err
