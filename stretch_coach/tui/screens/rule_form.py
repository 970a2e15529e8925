"""The form for a new break rule."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Select, Static

from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS

_USUAL_MINUTES = "45"
_FIELDS = {
    "every": ("Minutes at screen", "5 to 480"),
    "at": ("Times of day", "10:30 15:00"),
    "from": ("From", "09:00, or empty"),
    "to": ("To", "17:30, or empty"),
    "days": ("Days", "mon-fri; empty for every day"),
}
KINDS = {"every": ("every", "from", "to", "days"), "at": ("at", "days")}
"""The fields of an active-time rule, and of a fixed-time rule."""

_HEADINGS = {"every": "Ask after minutes at the screen", "at": "Ask at times of day"}


def rule_from_fields(texts: Mapping[str, str], routine: str) -> dict[str, Any]:
    """Return the table of a rule. Invalid texts are kept in it, so that the error quotes them.

    Args:
        texts: What was typed, by field.
        routine: The id of the routine to offer.
    """
    rule: dict[str, Any] = {}
    if "every" in texts:
        typed = texts["every"].strip()
        rule["every"] = int(typed) if typed.isascii() and typed.isdigit() else typed
    else:
        rule["at"] = texts["at"].replace(",", " ").split()
    start, end = texts.get("from", "").strip(), texts.get("to", "").strip()
    if start or end:
        rule["windows"] = [f"{start or '00:00'}-{end or '24:00'}"]
    if days := texts["days"].strip():
        rule["days"] = days
    return {**rule, "routine": routine}


class RuleForm(ModalScreen[bool]):
    """Asks for a rule. The result is whether a rule was added.

    Args:
        kind: A key of `KINDS`.
        routines: The ids and titles of the routines that can be offered.
        default: The id of the routine that is selected at first.
        save: Adds the rule. It returns an empty text, or why the rule cannot be added.
    """

    DEFAULT_CSS = """
    RuleForm {
        .rule-line { height: auto; min-height: 1; }
        .rule-title { width: 18; }
        .rule-line Input, .rule-line Select { width: 1fr; }
        &.-narrow .rule-title { width: 10; }
        #rule-problem { color: $text-warning; height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", id="rule.cancel", tooltip="Close without adding a rule"),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(
        self, kind: str, routines: Sequence[tuple[str, str]], default: str, save: Callable[[dict[str, Any]], str]
    ) -> None:
        super().__init__()
        self._kind = kind
        self._routines = routines
        self._default = default
        self._save = save

    def compose(self) -> ComposeResult:
        """Show a line for each field, and a place for what is wrong with them."""
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static(_HEADINGS[self._kind], classes="dialog-title")
            for field in KINDS[self._kind]:
                title, example = _FIELDS[field]
                with Horizontal(classes="rule-line"):
                    yield Static(title, classes="rule-title")
                    value = _USUAL_MINUTES if field == "every" else ""
                    yield Input(value, placeholder=example, id=f"rule-{field}", compact=True)
            with Horizontal(classes="rule-line"):
                yield Static("Routine", classes="rule-title")
                selected = self._default if self._default in dict(self._routines) else self._routines[0][0]
                options = [(Content(title), id_) for id_, title in self._routines]
                yield Select(options, value=selected, allow_blank=False, id="rule-routine", compact=True)
            yield Static(id="rule-problem")
            with Horizontal(classes="dialog-buttons"):
                yield Button("Add", id="rule-add", variant="primary")
                yield Button("Cancel", id="rule-cancel")

    @on(Input.Submitted)
    @on(Button.Pressed, "#rule-add")
    def _add(self) -> None:
        texts = {field: self.query_one(f"#rule-{field}", Input).value for field in KINDS[self._kind]}
        routine = str(self.query_one("#rule-routine", Select).value)
        if problem := self._save(rule_from_fields(texts, routine)):
            self.query_one("#rule-problem", Static).update(Content(problem))
        else:
            self.dismiss(True)

    @on(Button.Pressed, "#rule-cancel")
    def action_cancel(self) -> None:
        """Close without adding a rule."""
        self.dismiss(False)
