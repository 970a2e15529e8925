"""The library: bundled and own files together, and how a routine is found by name."""

import codecs
import errno
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.paths import Places, bundled_routines
from stretch_coach.routine.diagnostics import RoutineFileError
from stretch_coach.routine.library import Library, load_library, load_routine_file

STEPS = [{"exercise": "chin-tuck"}]
BUNDLED = len(list(bundled_routines().glob("*.json")))


@pytest.fixture
def own(places: Places) -> Path:
    """Return the folder of the user's own routines, with a folder for exercises in it."""
    (places.routines / "exercises").mkdir(parents=True)
    return places.routines


def put(folder: Path, name: str, /, **content: Any) -> Path:
    path = folder / f"{name}.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def load(own: Path) -> Library:
    return load_library(bundled_routines(), own)


def test_everything_bundled_loads(library: Library) -> None:
    assert len(library.exercises) == len(list(bundled_routines().glob("exercises/*.json")))
    assert len(library.routines) == BUNDLED
    assert library.errors == ()
    assert all(routine.bundled for routine in library.routines.values())


def test_neither_folder_needs_to_exist(tmp_path: Path) -> None:
    assert load_library(tmp_path / "a", tmp_path / "b") == Library({}, {})


def test_loading_creates_nothing(places: Places) -> None:
    load(places.routines)
    assert not places.config.exists()


def test_an_own_routine_is_added(own: Path) -> None:
    put(own, "mine", title="Mine", steps=STEPS)
    library = load(own)
    assert library.routines["mine"].title == "Mine"
    assert not library.routines["mine"].bundled
    assert len(library.routines) == BUNDLED + 1
    assert list(library.routines) == sorted(library.routines)


def test_an_own_routine_replaces_the_bundled_one(own: Path) -> None:
    put(own, "anything", id="micro-break", title="Mine", steps=STEPS)
    library = load(own)
    assert library.routines["micro-break"].title == "Mine"
    assert not library.routines["micro-break"].bundled
    assert len(library.routines) == BUNDLED
    assert library.errors == ()


def test_own_routines_may_name_own_exercises(own: Path) -> None:
    put(own / "exercises", "far", name="Look far", instructions=["Look out of the window."])
    put(own, "mine", title="Mine", steps=[{"exercise": "far"}])
    library = load(own)
    assert library.errors == ()
    assert library.routines["mine"].total_seconds == 25  # 5 to prepare, 20 to hold


def test_an_own_exercise_replaces_the_bundled_one_in_every_routine(own: Path) -> None:
    put(own / "exercises", "chin-tuck", name="My glide", instructions=["Glide back."])
    library = load(own)
    assert library.errors == ()
    assert "My glide" in [exercise.name for exercise in library.routines["micro-break"].exercises]


def test_an_invalid_routine_leaves_the_bundled_one(own: Path) -> None:
    path = put(own, "micro-break", title="Mine", steps=[])
    library = load(own)
    assert library.routines["micro-break"].bundled
    assert [str(error) for error in library.errors] == [f"{path}:1:28: steps has 0 entries. Write at least 1."]
    assert library.find("micro-break").bundled


def test_an_invalid_exercise_leaves_the_bundled_one(own: Path) -> None:
    put(own / "exercises", "chin-tuck", name="My glide")
    library = load(own)
    assert len(library.errors) == 1
    assert library.exercises["chin-tuck"].name != "My glide"
    assert len(library.routines) == BUNDLED


def test_an_unusable_file_adds_an_error_and_changes_nothing_else(own: Path) -> None:
    put(own, "fine", title="Fine", steps=STEPS)
    (own / "broken.json").write_text("{", encoding="utf-8")
    (own / "latin.json").write_bytes(b'{"title": "caf\xe9"}')
    (own / "folder.json").mkdir()
    unusable = ["broken.json", "folder.json", "latin.json"]
    if sys.platform != "win32":  # links need a privilege there
        (own / "gone.json").symlink_to(own / "nowhere")
        unusable.insert(2, "gone.json")
    library = load(own)
    assert len(library.routines) == BUNDLED + 1
    assert sorted(error.file.name for error in library.errors) == unusable


def test_an_exercise_id_belongs_to_the_file_named_after_it(own: Path) -> None:
    put(own / "exercises", "far copy", id="far", name="Old", instructions=["Look."])
    file = put(own / "exercises", "far", name="New", instructions=["Look."])
    library = load(own)
    assert library.exercises["far"].name == "New"
    assert library.exercise_files["far"] == file
    assert [error.file.stem for error in library.errors] == ["far copy"]


@pytest.mark.parametrize("name", ["MINE.JSON", "Mine.Json"])
def test_the_suffix_may_be_in_capitals(own: Path, name: str) -> None:
    put(own, "mine", title="Mine", steps=STEPS).rename(own / name)
    assert load(own).routines["mine"].title == "Mine"


def test_a_byte_order_mark_is_skipped(own: Path) -> None:
    file = put(own, "mine", title="Mine", steps=STEPS)
    file.write_bytes(codecs.BOM_UTF8 + file.read_bytes())
    assert load(own).routines["mine"].title == "Mine"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_does_not_block_the_library(own: Path) -> None:
    os.mkfifo(own / "pipe.json")
    assert [error.file.name for error in load(own).errors] == ["pipe.json"]


def test_a_folder_that_cannot_be_read_is_an_error(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    list_folder = Path.iterdir

    def iterdir(folder: Path) -> Iterator[Path]:
        if folder == own:
            raise PermissionError(errno.EACCES, "Permission denied")
        return list_folder(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    library = load(own)
    assert len(library.routines) == BUNDLED
    assert [str(error) for error in library.errors] == [
        f"{own}:1:1: the folder cannot be read (Permission denied). Check its permissions."
    ]


def test_hidden_and_other_files_are_ignored(own: Path) -> None:
    for name in (".#mine.json", "._mine.json", "mine.json~", "notes.txt", "mine.JSON.bak"):
        (own / name).write_text("{", encoding="utf-8")
    assert load(own).errors == ()


COPIES = ["mine (conflicted copy 2026-11-27)", "mine copy", "backup-mine", "mine.sync-conflict-20261127", "a", "z"]


@pytest.mark.parametrize("copy", COPIES)
def test_an_id_belongs_to_the_file_named_after_it(own: Path, copy: str) -> None:
    put(own, "mine", id="mine", title="New", steps=STEPS)
    other = put(own, copy, id="mine", title="Old", steps=STEPS)
    library = load(own)
    assert library.routines["mine"].title == "New"
    assert [str(error) for error in library.errors] == [
        f'{other}:1:8: id: "mine" is already the id of mine.json. Choose another id, or remove this file.'
    ]


def test_an_id_belongs_to_the_file_named_after_it_even_if_that_cannot_be_used(own: Path) -> None:
    put(own, "micro-break", title="New", steps=[])
    put(own, "micro-break copy", id="micro-break", title="Old", steps=STEPS)
    library = load(own)
    assert library.routines["micro-break"].bundled
    assert [error.file.stem for error in library.errors] == ["micro-break", "micro-break copy"]


def test_an_id_without_a_file_named_after_it_belongs_to_the_first(own: Path) -> None:
    put(own, "a", id="mine", title="First", steps=STEPS)
    second = put(own, "b", id="mine", title="Second", steps=STEPS)
    library = load(own)
    assert library.routines["mine"].title == "First"
    assert [str(error) for error in library.errors] == [
        f'{second}:1:8: id: "mine" is already the id of a.json. Choose another id, or remove this file.'
    ]


def test_load_routine_file(tmp_path: Path, library: Library) -> None:
    routine = load_routine_file(put(tmp_path, "My Break", title="Mine", steps=STEPS), library)
    assert (routine.id, routine.bundled, routine.total_seconds) == ("my-break", False, 73)


@pytest.mark.parametrize(
    "wanted",
    ["screen-break", " screen-break ", "screen", "SCREEN", "Three-minute screen break", "three-minute SCREEN break"],
)
def test_find_by_id_start_of_id_or_title(library: Library, wanted: str) -> None:
    assert library.find(wanted).id == "screen-break"


def test_find_prefers_a_whole_id(own: Path) -> None:
    put(own, "micro", title="Micro", steps=STEPS)
    assert load(own).find("micro").id == "micro"


def test_find_prefers_a_title_to_the_start_of_an_id(own: Path) -> None:
    put(own, "other", title="micro", steps=STEPS)
    assert load(own).find("Micro").id == "other"


def test_find_lists_several_matches(library: Library) -> None:
    with pytest.raises(CoachError) as caught:
        library.find("upper")
    assert str(caught.value) == '"upper" could be any of upper-neck-ease, upper-trap-focus. Type more of the name.'


def test_find_suggests_a_similar_id(library: Library) -> None:
    with pytest.raises(CoachError) as caught:
        library.find("mirco-braek")
    assert str(caught.value) == '"mirco-braek" is not a routine. Did you mean "micro-break"?'


def test_find_names_the_nearest_id_where_none_is_similar(library: Library) -> None:
    with pytest.raises(CoachError) as caught:
        library.find("nope")
    assert str(caught.value).startswith('"nope" is not a routine. The nearest id is "')
    assert str(caught.value).split("nearest id is ")[1].split('"')[1] in library.routines


@pytest.mark.parametrize("wanted", ["", "  ", "zzzz", "\x1b[2J"])
def test_find_refers_to_the_list(library: Library, wanted: str) -> None:
    with pytest.raises(CoachError) as caught:
        library.find(wanted)
    assert str(caught.value).endswith("`stretch-coach routines` lists them.")
    assert "\x1b" not in str(caught.value)


def test_find_reports_an_invalid_file(own: Path) -> None:
    path = put(own, "mine", title="Mine", steps=[{"exercise": "chin-tuk"}])
    with pytest.raises(RoutineFileError) as caught:
        load(own).find("mine")
    assert str(caught.value) == (
        f'{path}:1:42: steps[0].exercise: there is no exercise "chin-tuk". Did you mean "chin-tuck"?'
    )


def test_an_own_exercise_that_does_not_suit_bundled_routines_is_an_error(own: Path) -> None:
    path = put(own / "exercises", "upper-trap-stretch", name="Mine", sided=False, instructions=["Tip."])
    library = load(own)
    assert [str(error) for error in library.errors] == [
        f'{path}:1:27: sided: the bundled "upper-trap-stretch" is sided. Write true, or choose another id.'
    ]
    assert len(library.routines) == BUNDLED
