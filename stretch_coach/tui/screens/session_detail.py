"""One session of the record in full, and a note beside it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, Static

from stretch_coach.journal.records import SessionRecord, StepRecord
from stretch_coach.journal.revisions import NOTE_LONGEST
from stretch_coach.journal.wording import session_facts, step_sentence


class SessionDetailScreen(ModalScreen[str | None]):
    """What is known of a session; gives the new note, or none where nothing was changed.

    Args:
        record: The session.
        steps: Its steps.
        names: What exercises are called, by their ids.
    """

    HELP = "Type after n to put a note beside the session; an empty note takes it away."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="detail.back", tooltip="Back to the list"),
        Binding("n", "note", "Note", id="detail.note", tooltip="Put a note beside it"),
    ]

    def __init__(self, record: SessionRecord, steps: list[StepRecord], names: dict[str, str]) -> None:
        super().__init__()
        self._record = record
        self._steps = steps
        self._names = names

    def compose(self) -> ComposeResult:
        """Its facts, its steps, and the note."""
        with Vertical(classes="dialog -tall"):
            yield Static(Content(self._record.title), classes="dialog-title")
            with VerticalScroll():
                for name, value in session_facts(self._record):
                    yield Static(Content(f"{name:<10}{value}"))
                yield Static(Content("\n".join(self._lines())), id="detail-steps")
            note = Input(self._record.note or "", placeholder="A note", max_length=NOTE_LONGEST, id="detail-note")
            note.display = False
            yield note
        yield Footer()

    def _lines(self) -> list[str]:
        if not self._steps:
            return ["Its steps were not recorded."]
        return [step_sentence(step, self._names.get(step.exercise or "", step.exercise)) for step in self._steps]

    def action_back(self) -> None:
        """Leave the note, or the session."""
        note = self.query_one(Input)
        if note.display:
            note.display = False
            self.query_one(VerticalScroll).focus()
        else:
            self.dismiss(None)

    def action_note(self) -> None:
        """Write a note."""
        note = self.query_one(Input)
        note.display = True
        note.focus()

    @on(Input.Submitted)
    def _noted(self, message: Input.Submitted) -> None:
        self.dismiss(message.value)
