"""Today at a glance."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from stretch_coach.journal.today import Today
from stretch_coach.session.suggestion import Suggestion
from stretch_coach.session.wording import clock_text


class TodayPanel(Vertical):
    """The day against its plan, the streak, the next prompt, and what to do now."""

    def compose(self) -> ComposeResult:
        """A line each."""
        yield Static("Today", id="today-day")
        yield Static("…", id="today-streak")
        yield Static(id="today-prompt")
        yield Static(id="today-now")

    def show_today(self, today: Today) -> None:
        """Show the day so far."""
        self._say("today-day", Content(f"{today.sentence}"))
        at_risk = today.summary.streak.at_risk
        self._say("today-streak", Content.styled(today.streak, "$warning" if at_risk else ""))

    def show_prompt(self, sentence: str) -> None:
        """Show when the next prompt comes."""
        self._say("today-prompt", Content(sentence))
        self.query_one("#today-prompt").display = bool(sentence)

    def show_suggestion(self, suggestion: Suggestion) -> None:
        """Show what to do now, and why."""
        routine = suggestion.routine
        if routine is None:
            self._say("today-now", Content(suggestion.reason))
            return
        what = f"{routine.title}, {clock_text(routine.total_seconds)}"
        self._say("today-now", Content.assemble("Now: ", (what, "bold $accent"), f". {suggestion.reason}"))

    def show_interrupted(self, title: str, done: int, segments: int) -> None:
        """Offer to go on with what was interrupted."""
        words = f"{title} was interrupted at {done} of {segments}."
        self._say("today-now", Content.assemble((words, "$warning"), " c goes on with it."))

    def _say(self, id_: str, words: Content) -> None:
        self.query_one(f"#{id_}", Static).update(words)
