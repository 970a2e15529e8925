"""Asks what a new break rule is to be."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Select, Static

from stretch_coach.tui.sizes import HEIGHTS, WIDTHS

_FIELDS = {
    "every": ("Active minutes", "45"),
    "at": ("Times of the day", "10:30 15:00"),
    "from": ("From", "09:00, or empty"),
    "to": ("To", "17:30, or empty"),
    "days": ("Days", "mon-fri; empty: every day"),
}
KINDS = {"every": ("every", "from", "to", "days"), "at": ("at", "days")}
"""The fields of a rule of active time, and of one of times of the day."""

_HEADS = {"every": "Ask after active minutes", "at": "Ask at times of the day"}


def rule_from_words(words: Mapping[str, str], routine: str) -> dict[str, Any]:
    """The rule's table from what was typed; what does not fit stays in it as it was typed, to be told by who reads it.

    Args:
        words: What was typed, by field.
        routine: The id of what is offered.
    """
    rule: dict[str, Any] = {}
    if "every" in words:
        typed = words["every"].strip()
        rule["every"] = int(typed) if typed.isascii() and typed.isdigit() else typed
    else:
        rule["at"] = words["at"].replace(",", " ").split()
    start, end = words.get("from", "").strip(), words.get("to", "").strip()
    if start or end:
        rule["windows"] = [f"{start or '00:00'}-{end or '24:00'}"]
    if days := words["days"].strip():
        rule["days"] = days
    return {**rule, "routine": routine}


class RuleForm(ModalScreen[bool]):
    """Ends with whether a rule was added.

    Args:
        kind: One of ``KINDS``.
        routines: The ids and titles of what can be offered.
        usual: The id of what is offered unless something else is chosen.
        save: Adds the rule; why it cannot be, or nothing where it is done.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", id="rule.leave", tooltip="Add nothing"),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(
        self, kind: str, routines: Sequence[tuple[str, str]], usual: str, save: Callable[[dict[str, Any]], str]
    ) -> None:
        super().__init__()
        self._kind = kind
        self._routines = routines
        self._usual = usual
        self._save = save

    def compose(self) -> ComposeResult:
        """A line each field, and what is wrong with them."""
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static(_HEADS[self._kind], classes="dialog-title")
            for field in KINDS[self._kind]:
                title, example = _FIELDS[field]
                with Horizontal(classes="rule-line"):
                    yield Static(title, classes="rule-title")
                    yield Input(placeholder=example, id=f"rule-{field}", compact=True)
            with Horizontal(classes="rule-line"):
                yield Static("Routine", classes="rule-title")
                chosen = self._usual if self._usual in dict(self._routines) else self._routines[0][0]
                options = [(Content(title), id_) for id_, title in self._routines]
                yield Select(options, value=chosen, allow_blank=False, id="rule-routine", compact=True)
            yield Static(id="rule-trouble")
            with Horizontal(classes="dialog-buttons"):
                yield Button("Add", id="rule-add", variant="primary")
                yield Button("Leave it", id="rule-leave")

    @on(Input.Submitted)
    @on(Button.Pressed, "#rule-add")
    def _add(self) -> None:
        words = {field: self.query_one(f"#rule-{field}", Input).value for field in KINDS[self._kind]}
        routine = str(self.query_one("#rule-routine", Select).value)
        if trouble := self._save(rule_from_words(words, routine)):
            self.query_one("#rule-trouble", Static).update(Content(trouble))
        else:
            self.dismiss(True)

    @on(Button.Pressed, "#rule-leave")
    def action_leave(self) -> None:
        """Add nothing."""
        self.dismiss(False)
