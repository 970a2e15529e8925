"""The published sources that exercises and routines cite by code."""

from pathlib import Path

from stretch_coach.routine.document import read_document
from stretch_coach.routine.exercise import Strict
from stretch_coach.routine.text import Words


class Reference(Strict):
    """A source. ``confirmed`` says that it was read, at least as an abstract or an extract."""

    citation: Words
    doi: Words | None = None
    url: Words | None = None
    confirmed: bool

    @property
    def address(self) -> str:
        """Where it can be found, as far as is known."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url or ""


def load_references(bundled: Path) -> dict[str, Reference]:
    """The references of the folder with the bundled routines, by code."""
    data = read_document(bundled / "safety" / "references.json").data
    return {code: Reference.model_validate(entry) for code, entry in data.items()}
