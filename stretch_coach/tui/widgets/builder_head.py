"""The head of the builder: title and total of the routine, whether it is saved, and what to know about it."""

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from stretch_coach.errors import CoachError
from stretch_coach.guide.suitability import Suitability, change_sentences
from stretch_coach.phrasing import count, minutes_and_seconds
from stretch_coach.routine.draft import Draft
from stretch_coach.tui.widgets.columns import Columns, Line


class BuilderHead(Vertical, can_focus=False):
    """Shows a draft in one line, and below it what is wrong with it or what the user's profile changes in it.

    Args:
        suits: Says what suits the user.
    """

    DEFAULT_CSS = """
    BuilderHead {
        height: auto;
        #builder-title { height: 1; padding: 0 1; background: $panel; text-style: bold; }
        #builder-note { height: auto; max-height: 2; padding: 0 1; }
    }
    """

    def __init__(self, suits: Suitability) -> None:
        super().__init__()
        self._suits = suits

    def compose(self) -> ComposeResult:
        """Lay out the line above the note."""
        yield Static(id="builder-title")
        yield Static(id="builder-note")

    def show(self, draft: Draft, saved_in: Path | None) -> None:
        """Show a draft.

        Args:
            draft: The draft.
            saved_in: The file it is saved in exactly like this, or None.
        """
        state = f"saved as {saved_in.name}" if saved_in else "not saved"
        total = f"{minutes_and_seconds(draft.total_seconds)} · {count(len(draft.steps), 'step')}"
        title = Content(draft.title or "(no title)")
        line = Line(title, Content.styled(total, "$text-accent"), Content.styled(state, "$text-muted"))
        self.query_one("#builder-title", Static).update(Columns(line))
        note = self._note(draft)
        self.query_one("#builder-note", Static).update(note)
        self.query_one("#builder-note", Static).display = bool(note)

    def _note(self, draft: Draft) -> Content:
        if draft.problems:
            return Content.styled(str(draft.problems[0]), "$text-warning")
        if draft.routine is None:
            return Content("")
        try:
            suited = self._suits.suit(draft.routine)
        except CoachError as error:
            return Content.styled(str(error), "$text-warning")
        sentences = change_sentences(suited.changes)
        if sentences:
            sentences.insert(0, f"For you {minutes_and_seconds(suited.routine.total_seconds)}.")
        if unfit := [f"{name} (step {index + 1})" for index, name in draft.unfit]:
            sentences.append(f"Too long or too short to take turns there, and not saved: {', '.join(unfit)}.")
        return Content.styled(" ".join(sentences), "$text-muted")
