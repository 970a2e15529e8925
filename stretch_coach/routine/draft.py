"""A routine that is being written: the text of its file, what it means so far, and every change to it. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.routine.diagnostics import KeyPath, Problem, RoutineFileError
from stretch_coach.routine.document import Document
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.fields import has_side
from stretch_coach.routine.format import (
    STEPS_AT_MOST,
    ExerciseStep,
    RestStep,
    RoutineFile,
    readable_exercises,
    readable_steps,
)
from stretch_coach.routine.model import Routine, Step
from stretch_coach.routine.resolve import complete_step, parse_routine
from stretch_coach.routine.splice import as_json, insert_item, move_item, remove_entry, set_value
from stretch_coach.text import quoted

SCHEMA = "schema/routine.schema.json"
"""Where the schema of routines is, from the folder of the user's own."""

TITLE_CHARACTERS = 80
NEW_REST_SECONDS = 10.0
NO_STEPS = Problem((), "There are no steps yet.", "Add an exercise.")

DoseField = Literal["prepare", "hold", "reps", "rest"]
DOSE_BOUNDS: Mapping[DoseField, tuple[float, float]] = {
    "prepare": (0, 600),
    "hold": (1, 600),
    "reps": (1, 100),
    "rest": (0, 600),
}
"""The least and the most of each part of a dose: seconds, or how many repetitions."""

StepSide = Literal["left", "right", "each"]
SIDES: tuple[StepSide, ...] = ("each", "left", "right")

_FIVES_FROM, _FIVE = 10, 5
_SWAP_PARTS = 4
_STEP_ORDER = tuple(ExerciseStep.model_fields)
_FILE_ORDER = tuple(info.alias or name for name, info in RoutineFile.model_fields.items())
_OF_THE_ORIGINAL = ("evidence", "total_seconds")


class DraftStep(NamedTuple):
    """A step of a draft.

    Attributes:
        entry: What the file says.
        step: The step with its dose completed.
    """

    entry: ExerciseStep | RestStep
    step: Step

    @property
    def exercise(self) -> Exercise | None:
        """The exercise, or None for a rest."""
        return self.step.exercise


class Meaning(NamedTuple):
    """The routine that a text defines, or None and why it defines none."""

    routine: Routine | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Draft:
    """A routine in the making. A change returns another draft, so that each earlier one can be returned to.

    Attributes:
        text: The text of the file: valid JSON, an object with a list of steps, each of which is valid.
        path: The file it is or will be written to.
        library: The exercises that it may name, by id.
    """

    text: str
    path: Path
    library: Mapping[str, Exercise] = field(repr=False, compare=False)

    @cached_property
    def document(self) -> Document:
        """The text as a document."""
        return Document(self.path, self.text, json.loads(self.text))

    @property
    def title(self) -> str:
        """The title as it is written."""
        return str(self.document.data.get("title", ""))

    @cached_property
    def exercises(self) -> Mapping[str, Exercise]:
        """The exercises that a step may name, by id, those included that the file itself defines."""
        own = readable_exercises(self.document.data)
        return {**self.library, **{id_: one for id_, one in own.items() if one}}

    @cached_property
    def steps(self) -> tuple[DraftStep, ...]:
        """The steps, in order. The index of a step is the one that every change takes."""
        known = self.exercises
        return tuple(
            DraftStep(entry, complete_step(entry, known))
            for _, entry in readable_steps(self.document.data)
            if isinstance(entry, RestStep) or entry.exercise in known
        )

    @property
    def routine(self) -> Routine | None:
        """The routine that the file defines once it is fitted, or None if it is not valid."""
        return self.fitted.meaning.routine

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why the file is not valid even then; empty if it is."""
        return self.fitted.meaning.problems

    @cached_property
    def fitted(self) -> "Draft":
        """The draft without the exercises that cannot stand in for the one of their step any more; itself if all can.

        They stay in the draft, since the next change of the dose may make them fit again.
        """
        text = self.text
        for path in reversed(self._unfit):
            text = remove_entry(text, path)
        return self if text == self.text else replace(self, text=text)

    @property
    def unfit(self) -> tuple[tuple[int, str], ...]:
        """What `fitted` is without: the index of each step, and the name of the exercise that cannot stand in there."""
        entries = self.document.data["steps"]
        found = [(int(step), entries[step]["swap"][place]) for _, step, _, place in self._unfit]
        return tuple((step, self.exercises[id_].name if id_ in self.exercises else str(id_)) for step, id_ in found)

    @property
    def total_seconds(self) -> float:
        """How long the steps take together, in seconds; exactly the length of the timeline."""
        return round(sum(one.step.seconds for one in self.steps), 3)

    def valid_routine(self) -> Routine:
        """Return the routine that the file defines.

        Raises:
            CoachError: The file is not valid.
        """
        if self.routine is None:
            raise CoachError(quoted(self.title), str(self.problems[0]))
        return self.routine

    @cached_property
    def meaning(self) -> Meaning:
        """What the text means exactly as it is written."""
        if not self.document.data["steps"]:
            return Meaning(None, (NO_STEPS,))
        try:
            return Meaning(parse_routine(self.document, self.library), ())
        except RoutineFileError as error:
            return Meaning(None, tuple(one.problem for one in error.problems))

    @cached_property
    def _unfit(self) -> list[KeyPath]:
        """The paths of exercises that cannot stand in for the one of their step, in the order of the file."""
        paths = [problem.path for problem in self.meaning.problems]
        return [path for path in paths if len(path) == _SWAP_PARTS and path[2] == "swap"]

    def with_title(self, title: str) -> "Draft":
        """Return the draft with another title."""
        return self._changed(set_value(self.text, ("title",), title.strip(), _FILE_ORDER))

    def with_id(self, id_: str) -> "Draft":
        """Return the draft with another id, to be written to the file of that name."""
        text = set_value(self.text, ("id",), id_, _FILE_ORDER)
        return replace(self, text=text, path=self.path.with_name(f"{id_}.json"))

    def with_schema(self) -> "Draft":
        """Return the draft with the schema of the folder of the user's own routines."""
        return replace(self, text=set_value(self.text, ("$schema",), SCHEMA, _FILE_ORDER))

    def add_exercise(self, index: int, exercise: str) -> "Draft":
        """Return the draft with one more step before the one at an index: an exercise with its own dose."""
        return self._insert(index, {"exercise": exercise})

    def add_rest(self, index: int, seconds: float = NEW_REST_SECONDS) -> "Draft":
        """Return the draft with one more step before the one at an index: a rest."""
        return self._insert(index, {"rest": seconds})

    def copy_step(self, index: int) -> "Draft":
        """Return the draft with a step twice."""
        return self._insert(index + 1, self.document.data["steps"][index])

    def remove_step(self, index: int) -> "Draft":
        """Return the draft without a step."""
        return self._changed(remove_entry(self.text, ("steps", index)))

    def move_step(self, index: int, to: int) -> "Draft":
        """Return the draft with a step at another index; one that does not exist changes nothing."""
        if to == index or not 0 <= to < len(self.steps):
            return self
        return self._changed(move_item(self.text, ("steps",), index, to))

    def set_exercise(self, index: int, exercise: str) -> "Draft":
        """Return the draft with another exercise in a step. What names a side goes if that exercise has none."""
        text = self._set(self.text, index, "exercise", exercise)
        entry = self.steps[index].entry
        if isinstance(entry, ExerciseStep) and not self.exercises[exercise].sided:
            text = remove_entry(text, ("steps", index, "side"))
            if entry.say and has_side(entry.say):
                text = remove_entry(text, ("steps", index, "say"))
        return self._changed(text)

    def set_dose(self, index: int, part: DoseField, value: float) -> "Draft":
        """Return the draft with another dose in a step; what is out of bounds becomes the nearest that is allowed."""
        least, most = DOSE_BOUNDS[part]
        fitting = min(most, max(least, round(value, 3)))
        return self._changed(self._set(self.text, index, part, fitting))

    def step_dose(self, index: int, part: DoseField, by: int) -> "Draft":
        """Return the draft with the next larger (1) or smaller (-1) dose in a step, as far as it is allowed."""
        value: float = getattr(self.steps[index].step, part)
        return self.set_dose(index, part, value + by if part == "reps" else _next_seconds(value, by))

    def set_side(self, index: int, side: StepSide) -> "Draft":
        """Return the draft with another side in a step; one whose exercise is not sided stays unchanged."""
        exercise = self.steps[index].exercise
        if exercise is None or not exercise.sided:
            return self
        return self._changed(self._set(self.text, index, "side", side))

    def set_say(self, index: int, words: str) -> "Draft":
        """Return the draft with other words in a step; without any, the exercise's own are said."""
        if not words.strip():
            return self._changed(remove_entry(self.text, ("steps", index, "say")))
        return self._changed(self._set(self.text, index, "say", words.strip()))

    def _insert(self, index: int, step: Mapping[str, Any]) -> "Draft":
        if len(self.steps) >= STEPS_AT_MOST:
            return self
        return self._changed(insert_item(self.text, ("steps",), index, dict(step)))

    def _set(self, text: str, index: int, key: str, value: Any) -> str:
        return set_value(text, ("steps", index, key), value, _STEP_ORDER)

    def _changed(self, text: str) -> "Draft":
        """Return the draft with another text. Where the file states its total, that follows the steps."""
        changed = replace(self, text=text)
        data = changed.document.data
        if "total_seconds" not in data or data["total_seconds"] == changed.total_seconds:
            return changed
        return replace(self, text=set_value(text, ("total_seconds",), changed.total_seconds))


def _next_seconds(seconds: float, by: int) -> float:
    """Return the next longer or shorter time: by whole seconds below ten, by five seconds from there."""
    size = 1 if seconds < _FIVES_FROM or (seconds == _FIVES_FROM and by < 0) else _FIVE
    whole = seconds // size * size
    return whole + size if by > 0 else whole - size if whole == seconds else whole


def new_draft(path: Path, title: str, library: Mapping[str, Exercise]) -> Draft:
    """Return a draft without steps.

    Args:
        path: The file it will be written to, named after its id.
        title: Its title.
        library: The exercises that it may name, by id.
    """
    text = f"""{{
  "$schema": {as_json(SCHEMA)},
  "format": 1,
  "id": {as_json(path.stem)},
  "title": {as_json(title)},
  "steps": []
}}
"""
    return Draft(text, path, library)


def copy_of(original: Document, path: Path, library: Mapping[str, Exercise]) -> Draft:
    """Return a copy of a valid routine, without its evidence and its total, which hold only for the original.

    Args:
        original: The file of the routine.
        path: The file that the copy will be written to, named after its id.
        library: The exercises that it may name, by id.
    """
    text = original.text
    for key in _OF_THE_ORIGINAL:
        text = remove_entry(text, (key,))
    mark = " (my own)"
    title = original.data["title"].strip()[: TITLE_CHARACTERS - len(mark)].rstrip() + mark
    for key, value in (("$schema", SCHEMA), ("id", path.stem), ("title", title)):
        text = set_value(text, (key,), value, _FILE_ORDER)
    return Draft(text, path, library)
