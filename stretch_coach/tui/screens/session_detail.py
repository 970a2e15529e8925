"""One session of the history in full, and a note on it."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from stretch_coach.journal.records import SessionRecord, StepRecord
from stretch_coach.journal.revisions import MAX_NOTE_LENGTH
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.session_text import session_text


class SessionDetailScreen(ModalScreen[str | None]):
    """Shows a session. Its result is the new note, or None if the note was not changed.

    Args:
        record: The session.
        steps: Its steps.
        names: The names of exercises by their ids.
    """

    HELP = "Press n to write a note on the session; an empty note removes it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="detail.back", tooltip="Go back to the list"),
        Binding("n", "note", "Note", id="detail.note", tooltip="Write a note"),
        Binding("question_mark,f1", "app.help", "Help", key_display="?", id="detail.help", tooltip="Show the keys"),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    SessionDetailScreen #detail-ids { margin-top: 1; color: $text-muted; }
    """

    _note = query_one("#detail-note", Input)

    def __init__(self, record: SessionRecord, steps: Sequence[StepRecord], names: Mapping[str, str]) -> None:
        super().__init__()
        self._record = record
        self._steps = steps
        self._names = names

    def compose(self) -> ComposeResult:
        """Lay out the session, its note, and what only programs look for."""
        with Vertical(classes="dialog -tall"):
            yield Static(Content(self._record.title), classes="dialog-title")
            with VerticalScroll():
                yield Static(id="detail-text")
                yield Static(Content(self._ids()), id="detail-ids")
            note = Input(self._record.note or "", placeholder="Note", max_length=MAX_NOTE_LENGTH, id="detail-note")
            note.display = False
            yield note
        yield KeyFooter(show_command_palette=False)

    def on_resize(self) -> None:
        """Fit the text to the new width."""
        self.call_after_refresh(self._draw)

    def action_back(self) -> None:
        """Stop writing the note, or close the screen."""
        if self._note.display:
            self._note.display = False
            self.query_one(VerticalScroll).focus()
        else:
            self.dismiss(None)

    def action_note(self) -> None:
        """Let the user write a note."""
        self._note.display = True
        self._note.focus()

    @on(Input.Submitted)
    def _note_written(self, message: Input.Submitted) -> None:
        self.dismiss(message.value)

    def _draw(self) -> None:
        text = self.query_one("#detail-text", Static)
        width = text.container_size.width - 1
        text.update(session_text(self._record, self._steps, self._names, width, has_title=False))

    def _ids(self) -> str:
        deleted = ", deleted" if self._record.deleted else ""
        return f"Session {self._record.id}\nRoutine {self._record.routine}{deleted}"
