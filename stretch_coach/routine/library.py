"""The exercises and routines there are: the bundled ones, with the user's own on top."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from stretch_coach.errors import CoachError
from stretch_coach.routine.check import check_exercise, check_routine, locate
from stretch_coach.routine.complaint import Located, Problem, RoutineFileError
from stretch_coach.routine.document import Document, read_document
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Routine
from stretch_coach.routine.text import quoted

Found = TypeVar("Found", Exercise, Routine)


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that could be loaded, and what was wrong with the rest."""

    exercises: dict[str, Exercise]
    routines: dict[str, Routine]
    problems: tuple[Located, ...] = ()

    def find(self, wanted: str) -> Routine:
        """The routine with this id, the only one whose id begins so, or the one with this title.

        Raises:
            CoachError: There is none, or more than one begins so; or its file is broken, which is then told.
        """
        name = wanted.strip()
        if name in self.routines:
            return self.routines[name]
        for problem in self.problems:
            if problem.file.stem == name:
                raise RoutineFileError([one for one in self.problems if one.file == problem.file])
        titled = [one for one in self.routines.values() if one.title.casefold() == name.casefold()]
        begun = [one for id_, one in self.routines.items() if name and id_.startswith(name.lower())]
        matches = titled or begun
        if len(matches) == 1:
            return matches[0]
        if matches:
            ids = ", ".join(one.id for one in matches)
            raise CoachError(quoted(name), f"could be any of {ids}.", "Write more of it.")
        close = get_close_matches(name.lower(), self.routines, n=1, cutoff=0.5)
        hint = f"Did you mean {close[0]}?" if close else "`stretch-coach routines` lists them."
        raise CoachError(quoted(name), "there is no such routine.", hint)


def load_library(bundled: Path, own: Path) -> Library:
    """Load what came with the program and what the user added; a user's file with a bundled id replaces it.

    A file that cannot be used costs nothing but its sentence in ``problems``: a bundled one that it was to replace
    stays. Neither folder needs to exist.
    """
    problems: list[Located] = []
    exercises = _load_folder(bundled / "exercises", check_exercise, problems)

    def check_own_exercise(document: Document) -> Exercise:
        return _check_replacement(document, exercises)

    exercises = exercises | _load_folder(own / "exercises", check_own_exercise, problems)
    routines: dict[str, Routine] = {}
    for folder in (bundled, own):
        is_bundled = folder == bundled

        def check(document: Document, *, is_bundled: bool = is_bundled) -> Routine:
            return check_routine(document, exercises, bundled=is_bundled)

        routines |= _load_folder(folder, check, problems)
    return Library(exercises, dict(sorted(routines.items())), tuple(problems))


def load_routine_file(path: Path, library: Library) -> Routine:
    """The routine in a file anywhere, its exercises looked up in it and in the library.

    Raises:
        RoutineFileError: It cannot be read or used.
    """
    return check_routine(read_document(path), library.exercises)


def _check_replacement(document: Document, bundled: dict[str, Exercise]) -> Exercise:
    """A user's exercise; one that replaces a bundled one has to fit into the routines that name it."""
    exercise = check_exercise(document)
    replaced = bundled.get(exercise.id)
    if replaced and replaced.sided != exercise.sided:
        sided = "is done side by side" if replaced.sided else "is not done side by side"
        cure = f"Write {'true' if replaced.sided else 'false'}, or another id."
        raise RoutineFileError([locate(document, Problem(("sided",), f'the bundled "{exercise.id}" {sided}.', cure))])
    return exercise


def _load_folder(folder: Path, check: Callable[[Document], Found], problems: list[Located]) -> dict[str, Found]:
    loaded: dict[str, Found] = {}
    for path in _json_files(folder):
        try:
            document = read_document(path)
            one = check(document)
        except RoutineFileError as error:
            problems.extend(error.problems)
            continue
        if one.id in loaded:
            problem = Problem(("id",), f'"{one.id}" is used by another file too.', "Write another one.")
            problems.append(locate(document, problem))
        else:
            loaded[one.id] = one
    return loaded


def _json_files(folder: Path) -> Iterator[Path]:
    """The JSON files of a folder by name; hidden ones are editors' own business."""
    if not folder.is_dir():
        return
    yield from sorted(path for path in folder.glob("*.json") if not path.name.startswith("."))
