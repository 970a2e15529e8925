"""A routine being built: its draft with undo and redo, and the file that it is saved in."""

from pathlib import Path

from stretch_coach.guide.own_routines import free_id, save_changed, save_new, taken_ids
from stretch_coach.routine.document import read_document
from stretch_coach.routine.draft import Draft, copy_of, new_draft
from stretch_coach.routine.library import Library
from stretch_coach.routine.model import Routine
from stretch_coach.routine.resolve import parse_routine

NEW_TITLE = "My routine"
_UNSAVED = Path("my-routine.json")


class Builder:
    """Changes a routine. A bundled one stays unchanged: a copy of it is changed.

    Args:
        library: All routines and exercises; it gets what is saved.
        folder: The folder of the user's own routines.
        routine: The routine to change, or None for a new one.

    Attributes:
        draft: The present draft.
        file: The file it was read from or saved in last; None if it has none yet.

    Raises:
        RoutineFileError: The file of the routine is no longer valid.
    """

    def __init__(self, library: Library, folder: Path, routine: Routine | None = None) -> None:
        self._library = library
        self._folder = folder
        self._past: list[Draft] = []
        self._future: list[Draft] = []
        self.file: Path | None = None
        self._on_disk = ""
        """The text of the file when it was last read or written."""
        if routine is None:
            self.draft = new_draft(folder / _UNSAVED, NEW_TITLE, library.exercises)
        elif routine.bundled:
            self.draft = copy_of(read_document(routine.path), folder / _UNSAVED, library.exercises)
        else:
            document = read_document(routine.path)
            self.draft = Draft(document.text, document.path, library.exercises)
            self.file, self._on_disk = document.path, document.text
            parse_routine(document, library.exercises)  # it may have been changed since the library was loaded
        self._kept = self.draft.text
        """The text that was saved last, or that was there at the beginning."""

    @property
    def is_saved(self) -> bool:
        """Whether nothing would be lost now."""
        return self.draft.text == self._kept

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change that was undone."""
        return bool(self._future)

    def change(self, draft: Draft) -> bool:
        """Use another draft from now on; return whether it differs from the present one."""
        if draft.text == self.draft.text:
            return False
        self._past.append(self.draft)
        self._future.clear()
        self.draft = draft
        return True

    def undo(self) -> None:
        """Return to the draft before the last change."""
        if self._past:
            self._future.append(self.draft)
            self.draft = self._past.pop()

    def redo(self) -> None:
        """Return to the draft before the last undo."""
        if self._future:
            self._past.append(self.draft)
            self.draft = self._future.pop()

    def save(self) -> Routine:
        """Save the routine, in a new file if it has none yet, and return it.

        Raises:
            FileChanged: Another program has changed the file in the meantime.
            CoachError: The draft is not valid, or the file cannot be written.
        """
        if self.file is None:
            return self.save_copy()
        draft = self.draft.fitted
        draft = draft if draft.path == self.file else draft.with_id(self.file.stem)
        routine = draft.valid_routine()
        save_changed(self.file, draft.text, self._on_disk, self._library.exercises)
        return self._saved(draft, routine)

    def save_copy(self) -> Routine:
        """Save the routine in a new file, named after its title, and return it.

        Raises:
            CoachError: The draft is not valid, or the file cannot be written.
        """
        self.draft.valid_routine()
        taken = taken_ids(self._folder, self._library.routines)
        draft = self.draft.fitted.with_id(free_id(self.draft.title, taken))
        routine = draft.valid_routine()
        save_new(draft.path, draft.text, self._library.exercises)
        return self._saved(draft, routine)

    def _saved(self, draft: Draft, routine: Routine) -> Routine:
        self.draft, self.file = draft, draft.path
        self._kept = self._on_disk = draft.text
        self._library.put(routine)
        return routine
