"""``check``, ``new``, ``schema`` and ``routines``."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach.routine.schema import schema_text
from tests.cli.conftest import Ended


def test_check_accepts_every_bundled_file(coach: Callable[..., Ended]) -> None:
    folder = Path(__file__).parents[2] / "routines"
    files = [str(file) for file in [*folder.glob("*.json"), *(folder / "exercises").glob("*.json")]]
    ended = coach("check", *files)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.count(": good: ") == len(files) == 64


def test_check_tells_each_mistake_with_its_place(coach: Callable[..., Ended], tmp_path: Path) -> None:
    file = tmp_path / "my.json"
    file.write_text(
        '{"title": "My",\n "steps": [\n  {"exercise": "chin-tuk"},\n  {"rest": 5, "sya": "x"}]}', encoding="utf-8"
    )
    ended = coach("check", str(file))
    assert ended.code == 1
    assert ended.err.splitlines() == [f'{file}:4:15: steps[1].sya: is not a field here. Did you mean "say"?']
    file.write_text('{"title": "My",\n "steps": [\n  {"exercise": "chin-tuk"}]}', encoding="utf-8")
    assert coach("check", str(file)).err.splitlines() == [
        f'{file}:3:16: steps[0].exercise: there is no exercise "chin-tuk". Did you mean "chin-tuck"?'
    ]


def test_check_goes_on_after_a_bad_file(coach: Callable[..., Ended], tmp_path: Path) -> None:
    good = tmp_path / "good.json"
    good.write_text('{"title": "Good", "steps": [{"rest": 5}]}', encoding="utf-8")
    ended = coach("check", str(tmp_path / "none.json"), str(good))
    assert ended.code == 1
    assert "none.json:1:1: there is no such file." in ended.err
    assert f"{good}: good: Good, 1 step, 0:05." in ended.out


def test_angles_beyond_the_caps_are_a_warning(coach: Callable[..., Ended], tmp_path: Path) -> None:
    file = tmp_path / "far.json"
    file.write_text('{"name": "Far", "instructions": ["Turn."],\n "pose": {"yaw": 75}}', encoding="utf-8")
    ended = coach("check", str(file))
    assert ended.code == 0
    assert ended.err.startswith(f"{file}:2:18: warning: pose.yaw: 75 is beyond the ordinary comfortable range.")
    assert "good: an exercise, Far" in ended.out


def test_new_writes_a_routine_that_is_good_and_in_the_library(coach: Callable[..., Ended], own_home: Path) -> None:
    assert coach("new", "my-break").code == 0
    file = own_home / "routines" / "my-break.json"
    assert coach("check", str(file)).code == 0
    assert "my-break" in coach("routines").out
    schema = file.parent / json.loads(file.read_text(encoding="utf-8"))["$schema"]
    assert schema.read_text(encoding="utf-8") == schema_text("routine")


def test_new_overwrites_nothing(coach: Callable[..., Ended], own_home: Path) -> None:
    coach("new", "mine")
    file = own_home / "routines" / "mine.json"
    file.write_text("{}", encoding="utf-8")
    ended = coach("new", "mine")
    assert ended.code == 1
    assert "exists already" in ended.err
    assert file.read_text(encoding="utf-8") == "{}"


def test_new_can_begin_with_a_copy(coach: Callable[..., Ended], own_home: Path) -> None:
    assert coach("new", "mine", "--like", "screen-break").code == 0
    assert coach("check", str(own_home / "routines" / "mine.json")).code == 0
    shown = json.loads(coach("routines", "show", "mine", "--json").out)
    assert (shown["total_seconds"], shown["bundled"]) == (180, False)


@pytest.mark.parametrize("name", ["My Break", "../up", "", "a--b", "é"])
def test_new_refuses_what_is_no_id(name: str, coach: Callable[..., Ended], own_home: Path) -> None:
    assert coach("new", name).code == 1
    assert not own_home.exists()


@pytest.mark.parametrize("name", ["con", "nul", "aux", "prn", "com1", "lpt9"])
def test_new_refuses_names_that_windows_keeps_for_itself(
    name: str, coach: Callable[..., Ended], own_home: Path
) -> None:
    ended = coach("new", name)
    assert ended.code == 1
    assert ended.err == f'stretch-coach: "{name}": cannot be the name of a file on Windows. Choose another id.\n'
    assert not own_home.exists()


@pytest.mark.parametrize("name", ["con-brio", "com10", "null", "icon"])
def test_new_takes_names_that_only_look_like_them(name: str, coach: Callable[..., Ended]) -> None:
    assert coach("new", name).code == 0


def test_new_says_what_to_do_next(coach: Callable[..., Ended], own_home: Path) -> None:
    file = own_home / "routines" / "my-break.json"
    check, start = coach("new", "my-break").out.splitlines()[2:]
    assert shlex.split(check) == ["stretch-coach", "check", str(file)]
    assert shlex.split(start) == ["stretch-coach", "start", "my-break"]


REPLACES = "It replaces the bundled routine micro-break for as long as it is there.\n"


def test_new_says_when_it_replaces_a_bundled_routine(coach: Callable[..., Ended]) -> None:
    assert coach("new", "micro-break").out.endswith(REPLACES)
    assert not json.loads(coach("routines", "show", "micro-break", "--json").out)["bundled"]


def test_new_replaces_nothing_of_the_users_own(coach: Callable[..., Ended], own_home: Path) -> None:
    folder = own_home / "routines"
    folder.mkdir(parents=True)
    (folder / "a.json").write_text('{"id": "mine", "title": "A", "steps": [{"rest": 5}]}', encoding="utf-8")
    assert "It replaces" not in coach("new", "mine").out


def test_schema_prints_what_editors_need(coach: Callable[..., Ended]) -> None:
    assert coach("schema").out == schema_text("routine")
    assert coach("schema", "exercise").out == schema_text("exercise")


def test_routines_lists_and_shows(coach: Callable[..., Ended]) -> None:
    listed = json.loads(coach("routines", "--json").out)
    assert len(listed) == 15
    assert {one["id"] for one in listed if one["locked"]} == {"towel-snag"}
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


def test_what_is_said_in_a_rest_is_shown(coach: Callable[..., Ended], tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text('{"title": "Mine", "steps": [{"rest": 5, "say": "Shake."}, {"rest": 7}]}', encoding="utf-8")
    assert coach("routines", "show", str(file)).out.splitlines()[2:] == ["  1  Rest, 5 s. Shake.", "  2  Rest, 7 s"]


def test_a_broken_file_of_the_user_costs_one_sentence(coach: Callable[..., Ended], own_home: Path) -> None:
    coach("new", "mine")
    (own_home / "routines" / "bad.json").write_text("{", encoding="utf-8")
    ended = coach("routines")
    assert ended.code == 0
    assert "mine" in ended.out
    assert ended.err.count("\n") == 1
    assert "bad.json:1:2:" in ended.err
    assert "bad.json:1:2:" in coach("start", "bad", "--rehearse", "1000").err
