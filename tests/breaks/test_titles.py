"""The titles of routines, without loading them."""

import json

import pytest

from stretch_coach.breaks.titles import RoutineTitles
from stretch_coach.paths import Places
from stretch_coach.routine.library import Library


def test_every_bundled_routine_has_its_title(places: Places, library: Library) -> None:
    titles = RoutineTitles(places)
    assert {id_: titles.find(id_) for id_ in library.routines} == {
        id_: routine.title for id_, routine in library.routines.items()
    }


@pytest.mark.parametrize("name", ["own.json", "a file of mine.json"])
def test_a_routine_of_the_users_own_has_its_title_whatever_its_file_is_called(places: Places, name: str) -> None:
    places.routines.mkdir(parents=True)
    (places.routines / name).write_text(json.dumps({"id": "own", "title": "My own"}), encoding="utf-8")
    assert RoutineTitles(places).find("own") == "My own"


def test_a_users_routine_replaces_a_bundled_one(places: Places) -> None:
    places.routines.mkdir(parents=True)
    routine = {"id": "micro-break", "title": "Even shorter"}
    (places.routines / "micro-break.json").write_text(json.dumps(routine), encoding="utf-8")
    assert RoutineTitles(places).find("micro-break") == "Even shorter"


@pytest.mark.parametrize("title", [None, 5, "\x1b[2J", ""])
def test_an_unusable_title_gives_the_id_in_words(places: Places, title: object) -> None:
    places.routines.mkdir(parents=True)
    (places.routines / "long-gone.json").write_text(json.dumps({"id": "long-gone", "title": title}), encoding="utf-8")
    assert RoutineTitles(places).find("long-gone") == "Long gone"


@pytest.mark.parametrize("routine", ["../micro-break", "", "a/b", "\x1b[2J"])
def test_an_id_never_leads_to_another_folder(places: Places, routine: str) -> None:
    assert RoutineTitles(places).find(routine) == routine.capitalize().replace("-", " ")


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        ("rotate: quick", "Short breaks in turn"),
        ("rotate: quick, desk", 'Short breaks, "desk" routines in turn'),
        ("rotate: all", "All routines in turn"),
        ("rotate: micro-break, eyes-and-jaw", "One-minute micro-break, Eyes and jaw reset in turn"),
        ("rotate: micro-break, gentle", "One-minute micro-break, Easy on the neck in turn"),
    ],
)
def test_several_routines_that_take_turns_are_named_together(places: Places, choice: str, text: str) -> None:
    assert RoutineTitles(places).find(choice) == text
