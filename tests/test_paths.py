"""Where files are: in one folder if the user wants that, otherwise in the system's own; asking creates nothing."""

import stat
import sys
from pathlib import Path

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.paths import HOME_VARIABLE, Places, bundled_routines, find_places, make_private_folder

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems have other folders")


def all_paths(places: Places) -> list[Path]:
    names = ("config", "data", "state", "cache", "settings_file", "routines", "history", "log", "running")
    return [getattr(places, name) for name in names]


def test_home_has_everything_and_looking_up_paths_creates_nothing(tmp_path: Path) -> None:
    home = tmp_path / "stick" / "stretch-coach"
    paths = all_paths(find_places({HOME_VARIABLE: str(home)}))
    assert all(path.is_relative_to(home) for path in paths)
    assert list(tmp_path.iterdir()) == []


def test_all_paths_are_different(places: Places) -> None:
    single = [places.settings_file, places.routines, places.history, places.log, places.running, places.cache]
    assert len(set(single)) == len(single)


def test_home_is_read_from_the_environment(own_home: Path) -> None:
    assert find_places().history == own_home / "history.db"


def test_home_may_be_relative_or_have_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "me"))
    monkeypatch.setenv("STICK", str(tmp_path / "stick"))
    assert find_places({HOME_VARIABLE: "here"}).data == tmp_path / "here"
    assert find_places({HOME_VARIABLE: "~/coach"}).data == tmp_path / "me" / "coach"
    assert find_places({HOME_VARIABLE: "$STICK/coach"}).data == tmp_path / "stick" / "coach"


@on_linux
def test_without_a_home_the_folders_are_the_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    for environ in ({}, {HOME_VARIABLE: ""}):
        places = find_places(environ)
        assert places.settings_file == tmp_path / "config" / "stretch-coach" / "config.toml"
        assert places.history == tmp_path / "data" / "stretch-coach" / "history.db"
        assert places.log == tmp_path / "state" / "stretch-coach" / "stretch-coach.log"
        assert places.cache == tmp_path / "cache" / "stretch-coach"
    assert list(tmp_path.iterdir()) == []


def test_bundled_routines_exist() -> None:
    assert (bundled_routines() / "micro-break.json").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="file modes are Unix's")
def test_new_folders_are_private_and_existing_ones_unchanged(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    for _ in range(2):
        make_private_folder(shared / "one" / "two")
    modes = [stat.S_IMODE(place.stat().st_mode) for place in (shared, shared / "one", shared / "one" / "two")]
    assert modes == [0o755, 0o700, 0o700]


def test_file_in_place_of_a_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "one").touch()
    with pytest.raises(CoachError) as raised:
        make_private_folder(tmp_path / "one" / "two" / "three")
    hint = "Check the folders above it, or point STRETCH_COACH_HOME at another place."
    # Windows has other words for the reason.
    assert str(raised.value).startswith(f"{tmp_path / 'one' / 'two'} cannot be created (")
    assert str(raised.value).endswith(f"). {hint}")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_dangling_link_in_place_of_a_folder_is_reported(tmp_path: Path) -> None:
    link = tmp_path / "home"
    link.symlink_to(tmp_path / "gone")
    for folder in (link, link / "routines"):
        with pytest.raises(CoachError, match=r"/home cannot be created \(a link there leads nowhere\)\."):
            make_private_folder(folder)
    assert not (tmp_path / "gone").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_link_to_a_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "home").symlink_to(tmp_path / "stick")
    make_private_folder(tmp_path / "home" / "routines")
    assert (tmp_path / "stick" / "routines").is_dir()
