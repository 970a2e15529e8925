"""The library: the bundled exercises and routines with the user's own on top, and how one is found by name."""

import json
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.paths import Places, bundled_routines
from stretch_coach.routine.complaint import RoutineFileError
from stretch_coach.routine.library import Library, load_library, load_routine_file

STEPS = [{"exercise": "chin-tuck"}]


@pytest.fixture
def own(places: Places) -> Path:
    """The folder of the user's own routines, with one for exercises."""
    (places.routines / "exercises").mkdir(parents=True)
    return places.routines


def put(folder: Path, name: str, /, **content: Any) -> Path:
    path = folder / f"{name}.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def load(own: Path) -> Library:
    return load_library(bundled_routines(), own)


def test_everything_bundled_loads(library: Library) -> None:
    assert len(library.exercises) == 49
    assert len(library.routines) == 15
    assert library.problems == ()
    assert all(one.bundled for one in library.routines.values())


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
    assert len(library.routines) == 16
    assert list(library.routines) == sorted(library.routines)


def test_an_own_routine_with_a_bundled_id_replaces_it(own: Path) -> None:
    put(own, "anything", id="micro-break", title="Mine", steps=STEPS)
    library = load(own)
    assert library.routines["micro-break"].title == "Mine"
    assert not library.routines["micro-break"].bundled
    assert len(library.routines) == 15
    assert library.problems == ()


def test_an_own_exercise_is_known_to_own_routines(own: Path) -> None:
    put(own / "exercises", "far", name="Look far", instructions=["Look out of the window."])
    put(own, "mine", title="Mine", steps=[{"exercise": "far"}])
    library = load(own)
    assert library.problems == ()
    assert library.routines["mine"].total_seconds == 25  # 5 to prepare, 20 to hold


def test_an_own_exercise_replaces_a_bundled_one_everywhere(own: Path) -> None:
    put(own / "exercises", "chin-tuck", name="My glide", instructions=["Glide back."])
    library = load(own)
    assert library.problems == ()
    assert "My glide" in [one.name for one in library.routines["micro-break"].exercises]


def test_a_broken_override_leaves_the_bundled_one(own: Path) -> None:
    path = put(own, "micro-break", title="Mine", steps=[])
    library = load(own)
    assert library.routines["micro-break"].bundled
    assert [str(one) for one in library.problems] == [f"{path}:1:28: steps: has 0 entries. Write at least 1."]
    assert library.find("micro-break").bundled


def test_a_broken_exercise_leaves_the_bundled_one(own: Path) -> None:
    put(own / "exercises", "chin-tuck", name="My glide")
    library = load(own)
    assert len(library.problems) == 1
    assert library.exercises["chin-tuck"].name != "My glide"
    assert len(library.routines) == 15


def test_a_bad_file_costs_a_sentence_and_nothing_else(own: Path) -> None:
    put(own, "fine", title="Fine", steps=STEPS)
    (own / "broken.json").write_text("{", encoding="utf-8")
    (own / "latin.json").write_bytes(b'{"title": "caf\xe9"}')
    (own / "gone.json").symlink_to(own / "nowhere")
    (own / "folder.json").mkdir()
    library = load(own)
    assert len(library.routines) == 16
    assert sorted(problem.file.name for problem in library.problems) == [
        "broken.json",
        "folder.json",
        "gone.json",
        "latin.json",
    ]


def test_hidden_and_other_files_are_left_alone(own: Path) -> None:
    for name in (".#mine.json", "._mine.json", "mine.json~", "notes.txt", "mine.JSON.bak"):
        (own / name).write_text("{", encoding="utf-8")
    assert load(own).problems == ()


def test_two_own_files_with_one_id(own: Path) -> None:
    put(own, "a", id="mine", title="First", steps=STEPS)
    second = put(own, "b", id="mine", title="Second", steps=STEPS)
    library = load(own)
    assert library.routines["mine"].title == "First"
    assert [str(one) for one in library.problems] == [
        f'{second}:1:8: id: "mine" is used by another file too. Write another one.'
    ]


def test_a_file_anywhere_can_be_used(tmp_path: Path, library: Library) -> None:
    routine = load_routine_file(put(tmp_path, "My Break", title="Mine", steps=STEPS), library)
    assert (routine.id, routine.bundled, routine.total_seconds) == ("my-break", False, 73)


# Finding one by name


@pytest.mark.parametrize(
    "wanted",
    ["screen-break", " screen-break ", "screen", "SCREEN", "Three-minute screen break", "three-minute SCREEN break"],
)
def test_a_routine_is_found_by_id_beginning_or_title(library: Library, wanted: str) -> None:
    assert library.find(wanted).id == "screen-break"


def test_a_whole_id_wins_over_longer_ones(own: Path) -> None:
    put(own, "micro", title="Micro", steps=STEPS)
    assert load(own).find("micro").id == "micro"


def test_a_title_wins_over_a_beginning(own: Path) -> None:
    put(own, "other", title="micro", steps=STEPS)
    assert load(own).find("Micro").id == "other"


def test_a_beginning_of_several_is_asked_back(library: Library) -> None:
    with pytest.raises(CoachError) as caught:
        library.find("upper")
    assert str(caught.value) == '"upper": could be any of upper-neck-ease, upper-trap-focus. Write more of it.'


def test_a_misspelt_name_is_guessed(library: Library) -> None:
    with pytest.raises(CoachError) as caught:
        library.find("mirco-braek")
    assert str(caught.value) == '"mirco-braek": there is no such routine. Did you mean micro-break?'


@pytest.mark.parametrize("wanted", ["", "  ", "zzzz", "\x1b[2J"])
def test_what_resembles_nothing_is_sent_to_the_list(library: Library, wanted: str) -> None:
    with pytest.raises(CoachError) as caught:
        library.find(wanted)
    assert str(caught.value).endswith("there is no such routine. `stretch-coach routines` lists them.")
    assert "\x1b" not in str(caught.value)


def test_a_broken_routine_asked_for_is_told_as_broken(own: Path) -> None:
    path = put(own, "mine", title="Mine", steps=[{"exercise": "chin-tuk"}])
    with pytest.raises(RoutineFileError) as caught:
        load(own).find("mine")
    assert str(caught.value) == (
        f'{path}:1:42: steps[0].exercise: there is no exercise "chin-tuk". Did you mean "chin-tuck"?'
    )


def test_an_own_exercise_replaces_the_bundled_one_in_every_routine(own: Path) -> None:
    put(own / "exercises", "chin-tuck", name="My tuck", instructions=["Tuck."])
    library = load(own)
    assert library.problems == ()
    assert "My tuck" in {one.name for one in library.routines["micro-break"].exercises}


def test_an_own_exercise_that_would_break_bundled_routines_costs_one_sentence(own: Path) -> None:
    path = put(own / "exercises", "upper-trap-stretch", name="Mine", sided=False, instructions=["Tip."])
    library = load(own)
    assert [str(problem) for problem in library.problems] == [
        f'{path}:1:27: sided: the bundled "upper-trap-stretch" is done side by side. Write true, or another id.'
    ]
    assert len(library.routines) == 15
