"""The routines to choose from, read from their files without validating them: enough to say which comes next.

The break watcher and the first screen use this, because the models of files cost more than all they do. Nothing starts
from here: a session is prepared from the validated routine, and checked against the user's profile again.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from stretch_coach.files import read_json
from stretch_coach.guide.reasons import find_reasons
from stretch_coach.guide.rotation import GOAL_TAGS, Candidate, Wants
from stretch_coach.paths import Places, bundled_routines
from stretch_coach.text import is_safe

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_TITLE = 80
_TAUGHT = "clinician-taught"


class _Exercise(NamedTuple):
    tags: tuple[str, ...]
    level: str


class _Profile(NamedTuple):
    cautions: tuple[str, ...] = ()
    kit: tuple[str, ...] | None = None
    place: str | None = None
    goal: str = ""


class _Filter(NamedTuple):
    id: str
    label: str
    drop_tags: tuple[str, ...]
    keep_only_tags: tuple[str, ...]
    levels: tuple[str, ...]


class Offers(NamedTuple):
    """What there is to choose from.

    Attributes:
        routines: The routines, by id.
        wants: What the user's profile asks for.
    """

    routines: Mapping[str, Candidate]
    wants: Wants = Wants()


PASSING_CAUTIONS = frozenset(("attack-now",))
"""The cautions that pass within a day or so."""


def read_offers(places: Places, *, without: Collection[str] = ()) -> Offers:
    """Return the bundled routines and the user's own, with what the user's profile leaves of each.

    A file that is not what it should be is left out, as the library does; a profile that is not valid leaves nothing
    out here, and no session starts until it is mended.

    Args:
        places: The user's folders.
        without: The ids of cautions that do not count.
    """
    bundled, own = bundled_routines(), places.routines
    exercises = _exercises(_files(bundled / "exercises")) | _exercises(_files(own / "exercises"))
    profile = _read_profile(places.profile)
    profile = profile._replace(cautions=tuple(one for one in profile.cautions if one not in without))
    filters = _read_filters(bundled / "safety" / "safety.json") if profile.cautions else []
    suits = {id_: next(find_reasons(one, profile, filters), None) is None for id_, one in exercises.items()}
    routines: dict[str, Candidate] = {}
    for data in (*_files(bundled), *_files(own)):
        inner = _exercises(_named(data.get("exercises")))
        inner_suits = {id_: next(find_reasons(one, profile, filters), None) is None for id_, one in inner.items()}
        if candidate := _candidate(data, exercises | inner, suits | inner_suits):
            routines[candidate.id] = candidate
    return Offers(dict(sorted(routines.items())), Wants(GOAL_TAGS.get(profile.goal, "")))


def _candidate(data: dict[str, Any], exercises: Mapping[str, _Exercise], suits: Mapping[str, bool]) -> Candidate | None:
    """Return the routine that a file holds, or None if it does not hold one that can be done."""
    id_, title, seconds = data["id"], data.get("title"), data.get("total_seconds")
    steps = [step for step in _tables(data.get("steps")) if "exercise" in step]
    if not (isinstance(title, str) and 0 < len(title) <= _LONGEST_TITLE and all(map(is_safe, title)) and steps):
        return None
    slots = [[step["exercise"], *_texts(step.get("swap"))] for step in steps]
    if not all(isinstance(one, str) and one in exercises for slot in slots for one in slot):
        return None
    level = data.get("level", "all")
    locked = level == _TAUGHT or any(_is_locked(exercises[slot[0]]) for slot in slots)
    return Candidate(
        id_,
        title,
        float(seconds) if isinstance(seconds, int | float) else float("inf"),
        _texts(data.get("tags")),
        level if isinstance(level, str) else "all",
        locked,
        sum(any(suits[one] for one in slot) for slot in slots) / len(slots),
    )


def _exercises(tables: Iterable[dict[str, Any]]) -> dict[str, _Exercise]:
    """Return the parts of exercises that decide whom they suit, by id."""
    found = {}
    for data in tables:
        level = data.get("level", "all")
        found[str(data["id"])] = _Exercise(_texts(data.get("tags")), level if isinstance(level, str) else _TAUGHT)
    return found


def _is_locked(exercise: _Exercise) -> bool:
    return exercise.level == _TAUGHT or _TAUGHT in exercise.tags


def _read_profile(file: Path) -> _Profile:
    data = read_json(file)
    if not isinstance(data, dict):
        return _Profile()
    place, goal = data.get("place"), data.get("goal")
    return _Profile(
        _texts(data.get("cautions")),
        _texts(data["kit"]) if isinstance(data.get("kit"), list) else None,
        place if isinstance(place, str) else None,
        goal if isinstance(goal, str) else "",
    )


def _read_filters(file: Path) -> list[_Filter]:
    return [
        _Filter(one["id"], one["label"], *(_texts(one.get(key)) for key in ("drop_tags", "keep_only_tags", "levels")))
        for one in read_json(file)["filters"]
    ]


def _files(folder: Path) -> list[dict[str, Any]]:
    """Return what the JSON files of a folder hold, with their ids.

    Of two files with one id the last counts, which is the one named after it, or else the first by name.
    """
    found = []
    for file in sorted(folder.glob("*.json"), reverse=True):
        data = read_json(file)
        if isinstance(data, dict) and not file.name.startswith("."):
            named = {"id": file.stem} | data
            if isinstance(named["id"], str) and _ID.fullmatch(named["id"]):
                found.append((named["id"] == file.stem, named))
    return [named for _, named in sorted(found, key=lambda one: one[0])]


def _named(value: Any) -> list[dict[str, Any]]:
    """Return the exercises that a routine's file defines, each with its key as its id."""
    tables = value.items() if isinstance(value, dict) else ()
    return [{"id": key} | one for key, one in tables if isinstance(one, dict)]


def _tables(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
