"""Safety: the safety texts, the sources behind the content, and the angles that are comfortable."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from stretch_coach.routine.diagnostics import KeyPath, Problem
from stretch_coach.routine.document import read_document
from stretch_coach.routine.exercise import Exercise, Pose, Tag
from stretch_coach.routine.fields import Label, Level, Slug, Strict, Words

_RETRACTION_CM = (0.0, 3.0)
_HEAD_DEGREES = {"pitch": (-25.0, 45.0), "yaw": (-60.0, 60.0), "roll": (-35.0, 35.0)}
_TRUNK_DEGREES = {"pitch": (-15.0, 45.0), "yaw": (-35.0, 35.0), "roll": (-20.0, 20.0)}
_BENT_BACK_DEGREES = -5.0
_TURNED_DEGREES = 10.0

ActionName = Literal["emergency", "urgent", "ask-first", "book-review"]


class WarningSignAction(Strict):
    """What to do about a warning sign."""

    label: Label
    text: Words


class Basis(Strict):
    """Why a warning sign is asked about."""

    note: Words
    sources: list[Label] = []


class WarningSign(Strict):
    """A warning sign, and what to do about it.

    ``signs`` lists what counts as ``ask``; it is empty where ``ask`` says everything.
    """

    id: Slug
    code: Label
    ask: Words
    signs: list[Words]
    action: ActionName
    advice: Words | None = None
    basis: Basis

    @property
    def text(self) -> str:
        """The whole sign as a person reads it, with its advice."""
        separator = "; " if any("," in sign for sign in self.signs) else ", "
        *first, last = self.signs or [""]
        signs = separator.join([*first, f"or {last}"] if first else [last])
        text = f"{self.ask}: {signs}" if signs else self.ask
        return f"{text}. {self.advice}" if self.advice else text


class Filter(Strict):
    """What to leave out for someone with a condition; it makes a routine milder, not safe."""

    id: Slug
    label: Label
    """The condition in a few words."""
    drop_tags: list[Tag] = []
    keep_only_tags: list[Tag] = []
    levels: list[Level] = []
    hold_at_most: Annotated[float, Field(gt=0)] | None = None


class Safety(Strict):
    """All safety texts."""

    format: Literal[1]
    intended_use: list[Words]
    review: Words
    session_line: Words
    gate_intro: Words
    taught_question: Words
    actions: dict[ActionName, WarningSignAction]
    red_flags: list[WarningSign]
    stop_now: list[Words]
    stop_text: Words
    ease_off: list[Words]
    skip_step: list[Words]
    filters: list[Filter]


def load_safety(bundled: Path) -> Safety:
    """Return the safety texts in the folder of the bundled routines."""
    return Safety.model_validate(read_document(bundled / "safety" / "safety.json").data)


class Reference(Strict):
    """A source; ``confirmed`` if it was read, at least as an abstract or an extract."""

    citation: Words
    doi: Words | None = None
    url: Words | None = None
    confirmed: bool

    @property
    def address(self) -> str:
        """Its web address; empty if none is known."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url or ""


def load_references(bundled: Path) -> dict[str, Reference]:
    """Return the references in the folder of the bundled routines, by their codes."""
    data = read_document(bundled / "safety" / "references.json").data
    return {code: Reference.model_validate(entry) for code, entry in data.items()}


def angle_warnings(exercise: Exercise, at: KeyPath = ()) -> Iterator[Problem]:
    """Yield a warning for each angle beyond the ordinary comfortable range, and for a head both bent back and turned.

    The ranges are design values within the reference ranges of neck movement. They are for drawing, never a goal.

    Args:
        exercise: The exercise.
        at: The path of the exercise in its file; empty if it is the whole file.
    """
    poses: list[tuple[KeyPath, Pose]] = [((*at, "pose"), exercise.pose)]
    poses += [((*at, "figure", "keyframes", index), frame) for index, frame in enumerate(exercise.figure.keyframes)]
    for path, pose in poses:
        for axis, (low, high) in _HEAD_DEGREES.items():
            yield from _outside((*path, axis), getattr(pose, axis), low, high)
        for axis, (low, high) in _TRUNK_DEGREES.items():
            yield from _outside((*path, "trunk", axis), getattr(pose.trunk, axis), low, high)
        yield from _outside((*path, "retraction_cm"), pose.retraction_cm, *_RETRACTION_CM)
        if exercise.level == "all" and pose.pitch < _BENT_BACK_DEGREES and abs(pose.yaw) > _TURNED_DEGREES:
            message = "bends the head back and turns it at the same time."
            yield Problem(path, message, 'Do one after the other, or set "level": "intermediate".')


def _outside(path: KeyPath, value: float, low: float, high: float) -> Iterator[Problem]:
    if not low <= value <= high:
        message = f"{value:g} is beyond the ordinary comfortable range."
        yield Problem(path, message, f"Keep it between {low:g} and {high:g}.")
