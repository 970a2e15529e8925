"""What to do now, and why, with one key to start it."""

import re
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from stretch_coach.journal.records import SessionRecord
from stretch_coach.phrasing import minutes_and_seconds
from stretch_coach.routine.catalogue import RoutineCard
from stretch_coach.session.suggestion import Suggestion
from stretch_coach.tui.widgets.columns import Line

_NOTHING = Content("")
_SENTENCE_END = re.compile(r"[.?!] ")


class SuggestionCard(Widget, can_focus=True):
    """Shows the suggestion, an interrupted session to continue, or advice that asks for nothing."""

    @dataclass
    class Accepted(Message):
        """The user wants to do what the card says."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Start", show=False, id="suggestion.accept", tooltip="Start what is suggested"),
        Binding("down", "screen.to_list", show=False),
    ]
    DEFAULT_CSS = """
    SuggestionCard {
        height: 1fr; padding: 0 1; border: round $border; border-title-color: $text-accent;
        &:focus { border: round $accent; }
        &.-advice { border-title-color: $text-warning; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.border_title = "Now"
        self._left = Content.styled("…", "$text-muted")
        self._right = self._reason = _NOTHING

    def show_suggestion(self, suggestion: Suggestion[RoutineCard], *, calm: bool = False) -> None:
        """Show what to do now, and why.

        Args:
            suggestion: A routine, or a reason to do nothing.
            calm: Whether nothing is wrong where there is no routine, as on a day of rest.
        """
        routine = suggestion.routine
        if routine is None:
            self._show(Content.styled(suggestion.reason, "" if calm else "bold"), advice=True)
            self.set_class(not calm, "-advice")
            return
        length = Content.styled(minutes_and_seconds(routine.total_seconds), "$text-accent")
        self._show(_marked(routine.title), length, Content(suggestion.reason))

    def show_interrupted(self, record: SessionRecord, key: str) -> None:
        """Offer to continue an interrupted session with a key."""
        done, planned = minutes_and_seconds(record.done_ms / 1000), minutes_and_seconds(record.planned_ms / 1000)
        length = Content.styled(f"{done} of {planned}", "$text-accent")
        self._show(_marked(record.title), length, Content(f"It was interrupted. Press {key} to continue."))

    def show_error(self, sentence: str) -> None:
        """Show why the history cannot be read."""
        self._show(Content.styled(sentence, "$text-error"), advice=True)

    def action_accept(self) -> None:
        """Do what the card says."""
        self.post_message(self.Accepted())

    def on_click(self) -> None:
        """Do what the card says, at a click."""
        self.action_accept()

    def render(self) -> Content:
        """Return the suggestion and, as far as there are lines for them, its reason and the key."""
        width, height = self.size
        if not self._reason.cell_length:
            return Content("\n").join(self._left.wrap(width))
        lines = [Line(self._left, self._right).fit(width), *_fitting(self._reason, width, height - 1)]
        if len(lines) + 1 < height and (key := self._key):
            lines += [_NOTHING] * (height - len(lines) - 1) + [Content.styled(f"Press {key} to start.", "$text-muted")]
        return Content("\n").join(lines[:height])

    @property
    def _key(self) -> str:
        """The key that starts what is suggested, or an empty text if there is none now."""
        bindings = (active.binding for active in self.screen.active_bindings.values())
        return next((self.app.get_key_display(one) for one in bindings if one.id == "home.start"), "")

    def _show(
        self, left: Content, right: Content = _NOTHING, reason: Content = _NOTHING, *, advice: bool = False
    ) -> None:
        self._left, self._right, self._reason = left, right, reason
        self.can_focus = not advice
        self.set_class(advice, "-advice")
        self.refresh()


def _fitting(reason: Content, width: int, height: int) -> list[Content]:
    """Return a reason in lines. What does not fit loses its first sentences, which say what the day's card says too."""
    lines = reason.wrap(width)
    while len(lines) > height and (end := _SENTENCE_END.search(reason.plain)):
        reason = reason[end.end() :]
        lines = reason.wrap(width)
    return lines


def _marked(title: str) -> Content:
    return Content.assemble(("▶ ", "$text-accent"), (title, "bold"))
