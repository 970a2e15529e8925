"""A routine being built: undo and redo, and no file is ever lost."""

from dataclasses import replace
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.guide.builder import Builder
from stretch_coach.guide.own_routines import FileChanged, free_id
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.diagnostics import RoutineFileError
from stretch_coach.routine.library import Library, load_library

OWN = '{"steps": [ {"rest":5} ],\n "title": "Mine"}\n'


@pytest.fixture
def own(library: Library) -> Library:
    """Return a library of this test alone."""
    return replace(library, routines=dict(library.routines))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "routines"


def with_file(library: Library, folder: Path, text: str = OWN) -> Library:
    """Return the library with one more routine, mine.json."""
    folder.mkdir()
    (folder / "mine.json").write_text(text, encoding="utf-8")
    mine = load_library(Path("none"), folder).routines["mine"]
    library.put(mine)
    return library


def test_a_new_routine_gets_a_file_named_after_its_title(own: Library, folder: Path) -> None:
    builder = Builder(own, folder)
    saved = [builder.is_saved]
    with pytest.raises(CoachError, match="There are no steps yet"):
        builder.save()
    builder.change(builder.draft.add_exercise(0, "chin-tuck").with_title("Tea break!"))
    saved.append(builder.is_saved)
    assert builder.save().id == "tea-break"
    saved.append(builder.is_saved)
    assert saved == [True, False, True]
    assert own.routines["tea-break"].path == folder / "tea-break.json"
    assert [*own.routines] == sorted(own.routines)
    assert load_library(bundled_routines(), folder).errors == ()


def test_a_bundled_routine_is_copied(own: Library, folder: Path) -> None:
    builder = Builder(own, folder, own.routines["micro-break"])
    assert builder.save().id == "one-minute-micro-break-my-own"
    assert own.routines["micro-break"].bundled
    again = Builder(own, folder, own.routines["micro-break"])
    assert again.save().id == "one-minute-micro-break-my-own-2"


def test_own_file_is_changed_and_nothing_else_in_it(own: Library, folder: Path) -> None:
    builder = Builder(with_file(own, folder), folder, own.routines["mine"])
    builder.change(builder.draft.set_dose(0, "rest", 20))
    builder.change(builder.draft.with_title("Still mine"))
    builder.save()
    assert (folder / "mine.json").read_text(encoding="utf-8") == OWN.replace("5", "20").replace("Mine", "Still mine")
    assert own.routines["mine"].total_seconds == 20
    builder.undo()
    builder.undo()
    assert not builder.is_saved
    builder.save()
    assert (folder / "mine.json").read_text(encoding="utf-8") == OWN


def test_undo_and_redo_return_to_each_draft(own: Library, folder: Path) -> None:
    builder = Builder(own, folder)
    assert not builder.change(builder.draft)
    drafts = [builder.draft]
    for exercise in ("chin-tuck", "breathing"):
        builder.change(builder.draft.add_exercise(0, exercise))
        drafts.append(builder.draft)
    builder.undo()
    builder.undo()
    builder.undo()
    assert builder.draft == drafts[0]
    assert (builder.can_undo, builder.can_redo) == (False, True)
    builder.redo()
    assert builder.draft == drafts[1]
    builder.change(drafts[2].add_rest(0))
    assert not builder.can_redo


def test_undo_beyond_the_first_save_keeps_the_file(own: Library, folder: Path) -> None:
    builder = Builder(own, folder)
    builder.change(builder.draft.add_exercise(0, "chin-tuck"))
    builder.change(builder.draft.with_title("Tea break"))
    builder.save()
    builder.undo()
    assert builder.save().id == "tea-break"
    assert [file.name for file in folder.glob("*.json")] == ["tea-break.json"]


@pytest.mark.parametrize("other", ['{"title": "Theirs", "steps": [{"rest": 7}]}', "{", None])
def test_a_file_that_another_program_changed_is_not_lost(own: Library, folder: Path, other: str | None) -> None:
    builder = Builder(with_file(own, folder), folder, own.routines["mine"])
    builder.change(builder.draft.add_rest(0))
    file = folder / "mine.json"
    if other is None:
        file.unlink()
    else:
        file.write_text(other, encoding="utf-8")
    with pytest.raises(FileChanged):
        builder.save()
    assert (file.read_text(encoding="utf-8") if file.exists() else None) == other
    assert builder.save_copy().id == "mine-2"
    assert builder.is_saved


def test_a_file_that_is_no_longer_valid_is_not_opened(own: Library, folder: Path) -> None:
    mine = with_file(own, folder).routines["mine"]
    mine.path.write_text('{"title": "Mine", "steps": [{}]}', encoding="utf-8")
    with pytest.raises(RoutineFileError, match="exercise is missing"):
        Builder(own, folder, mine)


def test_a_failed_write_leaves_the_file(own: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = Builder(with_file(own, folder), folder, own.routines["mine"])
    builder.change(builder.draft.add_rest(0))

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(CoachError, match="No space left"):
        builder.save()
    assert (folder / "mine.json").read_text(encoding="utf-8") == OWN
    assert not builder.is_saved


def test_ids_are_made_from_titles() -> None:
    assert free_id("Kurze Pause!", []) == "kurze-pause"
    assert free_id("休憩", []) == "my-routine"
    assert free_id("con", []) == "my-routine-con"
    assert free_id("x" * 80, ["x" * 64]) == "x" * 62 + "-2"
