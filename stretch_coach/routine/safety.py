"""The safety texts: what the program is, the warning signs asked first, and when to stop."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from stretch_coach.routine.document import read_document
from stretch_coach.routine.exercise import Level, Strict, Tag
from stretch_coach.routine.text import Label, Slug, Words

ActionName = Literal["emergency", "urgent", "ask-first", "book-review"]


class Action(Strict):
    """What to do about a warning sign."""

    label: Label
    text: Words


class Basis(Strict):
    """Why a warning sign is asked."""

    note: Words
    sources: list[Label] = []


class RedFlag(Strict):
    """A warning sign: a question, the signs that count, and what to do when the answer is yes.

    ``signs`` is empty when the question is whole by itself.
    """

    id: Slug
    code: Label
    ask: Words
    signs: list[Words]
    action: ActionName
    advice: Words | None = None
    basis: Basis


class Filter(Strict):
    """What to leave out for someone to whom its name applies; it makes things milder, never safe."""

    id: Slug
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
    actions: dict[ActionName, Action]
    red_flags: list[RedFlag]
    stop_now: list[Words]
    stop_text: Words
    ease_off: list[Words]
    skip_step: list[Words]
    filters: list[Filter]


def load_safety(bundled: Path) -> Safety:
    """The safety texts of the folder with the bundled routines."""
    return Safety.model_validate(read_document(bundled / "safety" / "safety.json").data)
