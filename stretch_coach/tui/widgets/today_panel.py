"""Today at a glance."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.sentences import streak_sentence, today_sentence
from stretch_coach.journal.summary import Today
from stretch_coach.phrasing import minutes_and_seconds
from stretch_coach.routine.catalogue import RoutineCard
from stretch_coach.session.suggestion import Suggestion


class TodayPanel(Vertical):
    """Shows the day against its plan, the streak, the next break prompt, and what to do now: a line each."""

    DEFAULT_CSS = """
    TodayPanel {
        height: auto; padding: 0 1; background: $surface;
        #today-day { text-style: bold; }
        #today-prompt { color: $text-muted; }
    }
    """

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        yield Static("Today", id="today-day")
        yield Static("…", id="today-streak")
        yield Static(id="today-prompt")
        yield Static(id="today-now")

    def show_today(self, today: Today) -> None:
        """Show the day so far."""
        self._update("today-day", Content(today_sentence(today)))
        style = "$text-warning" if today.summary.streak.at_risk and not today.summary.hurt else ""
        self._update("today-streak", Content.styled(streak_sentence(today.summary), style))

    def show_prompt(self, sentence: str) -> None:
        """Show when the next prompt comes, or hide the line if the sentence is empty."""
        self._update("today-prompt", Content(sentence))
        self.query_one("#today-prompt", Static).display = bool(sentence)

    def show_suggestion(self, suggestion: Suggestion[RoutineCard]) -> None:
        """Show what to do now, and why."""
        routine = suggestion.routine
        if routine is None:
            self._update("today-now", Content(suggestion.reason))
            return
        what = f"{routine.title}, {minutes_and_seconds(routine.total_seconds)}"
        self._update("today-now", Content.assemble("Now: ", (what, "bold $text-accent"), f". {suggestion.reason}"))

    def show_interrupted(self, record: SessionRecord) -> None:
        """Offer to continue an interrupted session."""
        done, planned = minutes_and_seconds(record.done_ms / 1000), minutes_and_seconds(record.planned_ms / 1000)
        words = f"{record.title} was interrupted after {done} of {planned}."
        self._update("today-now", Content.assemble((words, "$text-warning"), " Press c to continue."))

    def show_error(self, sentence: str) -> None:
        """Show why the history cannot be read."""
        self._update("today-now", Content.styled(sentence, "$text-error"))

    def _update(self, id_: str, words: Content) -> None:
        self.query_one(f"#{id_}", Static).update(words)
