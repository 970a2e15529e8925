"""The library: the bundled exercises and routines together with the user's own."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from stretch_coach.errors import CoachError
from stretch_coach.phrasing import did_you_mean
from stretch_coach.routine.diagnostics import LocatedProblem, Problem, RoutineFileError, as_id
from stretch_coach.routine.document import Document, read_document
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.format import file_error, parse_exercise
from stretch_coach.routine.model import Routine
from stretch_coach.routine.program import Program, parse_program
from stretch_coach.routine.resolve import parse_routine
from stretch_coach.text import excerpt, quoted

Entry = TypeVar("Entry", Exercise, Routine, Program)
Titled = TypeVar("Titled", Routine, Program)


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that could be loaded, and what could not.

    Attributes:
        exercises: The exercises by id.
        routines: The routines by id, in the order of their ids.
        errors: An error for each file that cannot be used.
        exercise_files: The files of the exercises, by id.
        programs: The programs by id, in the order of their ids.
    """

    exercises: dict[str, Exercise]
    routines: dict[str, Routine]
    errors: tuple[RoutineFileError, ...] = ()
    exercise_files: dict[str, Path] = field(default_factory=dict)
    programs: dict[str, Program] = field(default_factory=dict)

    def exercise_names(self) -> dict[str, str]:
        """Return the names of all exercises by id, those included that only a routine's file defines."""
        names = {id_: exercise.name for id_, exercise in self.exercises.items()}
        for routine in self.routines.values():
            names |= {id_: exercise.name for id_, exercise in routine.file.exercises.items()}
        return names

    def titles_with(self, exercise: str) -> list[str]:
        """Return the titles of the routines that have an exercise, by its id."""
        return [one.title for one in self.routines.values() if exercise in {part.id for part in one.exercises}]

    def put(self, routine: Routine) -> None:
        """Add a routine that was just written, or replace the one with its id, for everybody who has this library."""
        later = [id_ for id_ in self.routines if id_ > routine.id]
        self.routines[routine.id] = routine
        for id_ in later:
            self.routines[id_] = self.routines.pop(id_)

    def find(self, name: str) -> Routine:
        """Return the routine with this id or title, or the only one whose id starts with this name.

        Raises:
            CoachError: There is no such routine, several match, or its file cannot be used.
        """
        return _find(name, self.routines, self.errors, "a routine", "`stretch-coach routines`")

    def find_program(self, name: str) -> Program:
        """Return the program with this id or title, or the only one whose id starts with this name.

        Raises:
            CoachError: There is no such program, several match, or its file cannot be used.
        """
        return _find(name, self.programs, self.errors, "a program", "`stretch-coach program list`")


def load_library(bundled: Path, own: Path) -> Library:
    """Load the bundled routines and exercises and the user's own; a user's file with a bundled id replaces that one.

    A file that cannot be used adds an error and changes nothing else: a bundled routine that it would replace stays.

    Args:
        bundled: The folder of the bundled routines.
        own: The folder of the user's own routines. Neither folder needs to exist.
    """
    errors: list[RoutineFileError] = []
    bundled_exercises = _load_folder(bundled / "exercises", parse_exercise, errors)

    def parse_own_exercise(document: Document) -> Exercise:
        return _parse_replacement(document, bundled_exercises)

    own_exercises = _load_folder(own / "exercises", parse_own_exercise, errors)
    exercises = {id_: exercise for id_, (_, exercise) in (bundled_exercises | own_exercises).items()}

    def parse_bundled(document: Document) -> Routine:
        return parse_routine(document, exercises, bundled=True)

    def parse_own(document: Document) -> Routine:
        return parse_routine(document, exercises)

    routines = _load_folder(bundled, parse_bundled, errors) | _load_folder(own, parse_own, errors)
    programs = load_programs(bundled, own, errors, routines)
    return Library(
        exercises,
        {id_: routine for id_, (_, routine) in sorted(routines.items())},
        tuple(errors),
        {id_: path for id_, (path, _) in (bundled_exercises | own_exercises).items()},
        programs,
    )


def load_programs(
    bundled: Path, own: Path, errors: list[RoutineFileError], routines: Collection[str] | None = None
) -> dict[str, Program]:
    """Return the bundled programs and the user's own by id; a user's file with a bundled id replaces that one.

    Args:
        bundled: The folder of the bundled routines.
        own: The folder of the user's own routines.
        errors: Gets an error for each file that cannot be used.
        routines: The ids of the routines that programs may name, or None not to check that.
    """

    def parse_bundled(document: Document) -> Program:
        return parse_program(document, routines, bundled=True)

    def parse_own(document: Document) -> Program:
        return parse_program(document, routines)

    loaded = _load_folder(bundled / "programs", parse_bundled, errors)
    loaded |= _load_folder(own / "programs", parse_own, errors)
    return {id_: program for id_, (_, program) in sorted(loaded.items())}


def load_routine_file(path: Path, library: Library) -> Routine:
    """Return the routine in a file anywhere, which may name its own exercises and any in the library.

    Raises:
        RoutineFileError: The file cannot be used.
    """
    return parse_routine(read_document(path), library.exercises)


def _find(
    name: str, items: Mapping[str, Titled], errors: Iterable[RoutineFileError], kind: str, command: str
) -> Titled:
    """Return what a name means.

    Args:
        name: An id, a title, or the start of an id.
        items: What there is, by id.
        errors: The files that cannot be used.
        kind: What is looked for, such as `a routine`.
        command: The command that lists what there is.

    Raises:
        CoachError: There is no such thing, several match, or its file cannot be used.
    """
    name = name.strip()
    if name in items:
        return items[name]
    for error in errors:
        if error.file.stem == name:
            raise error
    by_title = [item for item in items.values() if item.title.casefold() == name.casefold()]
    by_start = [item for id_, item in items.items() if name and id_.startswith(name.lower())]
    matches = by_title or by_start
    if len(matches) == 1:
        return matches[0]
    if matches:
        ids = ", ".join(item.id for item in matches)
        raise CoachError(quoted(name), f"could be any of {ids}.", "Type more of the name.")
    nearest = 'The nearest id is "{nearest}". ' if items and name else ""
    hint = did_you_mean(name.lower(), items, f"{nearest}{command} lists them.")
    raise CoachError(quoted(name), f"is not {kind}.", hint)


def _parse_replacement(document: Document, bundled: dict[str, tuple[Path, Exercise]]) -> Exercise:
    """Return a user's own exercise; one that replaces a bundled one has to suit the routines that name it."""
    exercise = parse_exercise(document)
    _, replaced = bundled.get(exercise.id, (None, None))
    if replaced and replaced.sided != exercise.sided:
        sided = "sided" if replaced.sided else "not sided"
        cure = f"Write {'true' if replaced.sided else 'false'}, or choose another id."
        raise file_error(document, [Problem(("sided",), f'the bundled "{exercise.id}" is {sided}.', cure)])
    return exercise


def _load_folder(
    folder: Path, parse: Callable[[Document], Entry], errors: list[RoutineFileError]
) -> dict[str, tuple[Path, Entry]]:
    """Return what the files of a folder define, by id, each with its file.

    An id belongs to the file named after it, even if that one cannot be used: another with the id is most likely a copy
    made by an editor or a sync program, perhaps of an old version. Without such a file it belongs to the first by name.
    """
    claims: dict[str, list[tuple[Document, Entry]]] = {}
    unusable: dict[str, Path] = {}
    for path in _json_files(folder, errors):
        try:
            document = read_document(path)
            entry = parse(document)
        except RoutineFileError as error:
            errors.append(error)
            unusable[path.stem] = path
        else:
            claims.setdefault(entry.id, []).append((document, entry))
    loaded: dict[str, tuple[Path, Entry]] = {}
    for id_, claimants in claims.items():
        claimants.sort(key=lambda claim: (claim[0].path.stem != id_, as_id(claim[0].path.stem) != id_))
        owner = unusable.get(id_)
        for document, entry in claimants:
            if owner is None:
                owner = document.path
                loaded[id_] = owner, entry
            else:
                message = f'"{id_}" is already the id of {excerpt(owner.name)}.'
                problem = Problem(("id",), message, "Choose another id, or remove this file.")
                errors.append(file_error(document, [problem]))
    return loaded


def _json_files(folder: Path, errors: list[RoutineFileError]) -> list[Path]:
    """Return the JSON files of a folder by name, without the hidden files that editors leave."""
    if not folder.is_dir():
        return []
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        message = f"the folder cannot be read ({error.strerror or error})."
        errors.append(RoutineFileError([LocatedProblem(folder, 1, 1, Problem((), message, "Check its permissions."))]))
        return []
    return [path for path in paths if path.suffix.lower() == ".json" and not path.name.startswith(".")]
