"""The titles of routines, read from their files without validating them."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from stretch_coach.files import read_json
from stretch_coach.paths import Places, bundled_routines
from stretch_coach.settings.choices import EVERYTHING, rotating_names
from stretch_coach.tags import GROUP_TITLES

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_MAX_LENGTH = 200


class RoutineTitles:
    """Finds titles by id and remembers them. Make a new object when a file may have changed.

    Args:
        places: The user's folders. A routine of the user's own replaces a bundled one with the same id.
    """

    def __init__(self, places: Places) -> None:
        self._folders = (places.routines, bundled_routines())
        self._known: dict[str, str] = {}

    def find(self, routine: str) -> str:
        """Return the title of a routine, or its id in words if the routine cannot be found.

        What a rule names may be several routines: then it is all their titles.
        """
        if names := rotating_names(routine):
            return rotating_text(names, self.find_or_none)
        return self.find_or_none(routine) or routine.replace("-", " ").capitalize()

    def find_or_none(self, routine: str) -> str:
        """Return the title of a routine, or an empty text if the routine cannot be found."""
        if routine not in self._known:
            self._known[routine] = self._read(routine)
        return self._known[routine]

    def _read(self, routine: str) -> str:
        if not re.fullmatch(_ID, routine):
            return ""
        for folder in self._folders:
            if title := _title_in(folder / f"{routine}.json", routine):
                return title
        # A user's file may have any name.
        own = sorted(self._folders[0].glob("*.json"))
        return next((title for file in own if (title := _title_in(file, routine))), "")


def rotating_text(names: Sequence[str], title_of: Callable[[str], str]) -> str:
    """Return how a choice between several routines is called, such as `Short breaks in turn`.

    Args:
        names: Ids and tags.
        title_of: Returns the title of a routine, or an empty text for what is not the id of one.
    """
    return f"{', '.join(title_of(name) or _tag_text(name) for name in names)} in turn"


def _tag_text(tag: str) -> str:
    """Return how the routines with a tag are called."""
    return "All routines" if tag == EVERYTHING else GROUP_TITLES.get(tag) or f'"{tag}" routines'


def _title_in(file: Path, routine: str) -> str:
    """Return the title in a file, or an empty text if the file does not hold this routine."""
    data = read_json(file)
    title = data.get("title") if isinstance(data, dict) and data.get("id") == routine else None
    return title[:_MAX_LENGTH] if isinstance(title, str) and title.isprintable() else ""
