"""The form of a break rule, with what the rule would do today."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Input, Select, Static

from stretch_coach.breaks.preview import RulePreview
from stretch_coach.phrasing import count
from stretch_coach.settings import BreakRule
from stretch_coach.settings.choices import SHORT_BREAKS
from stretch_coach.weekdays import EVERY_DAY, name_days

KINDS = {"every": ("every", "from", "to", "days"), "at": ("at", "days")}
"""The fields of an active-time rule, and of a fixed-time rule."""

FIRST_RULE = {"every": 45, "windows": ["09:00-17:30"], "days": "mon-fri", "routine": SHORT_BREAKS}
"""A sensible first rule."""

_FIELDS = {
    "every": ("Minutes at screen", "5 to 480"),
    "at": ("Times of day", "for example 10:30 15:00"),
    "from": ("From", "empty: the start of the day"),
    "to": ("To", "empty: the end of the day"),
    "days": ("Days", "empty: every day"),
}
_NEW = {"every": "45", "at": "", "from": "", "to": "", "days": "mon-fri"}
_HEADINGS = {"every": "Ask after minutes at the screen", "at": "Ask at times of day"}
_MAX_TIMES = 12


def rule_from_fields(texts: Mapping[str, str], routine: str) -> dict[str, Any]:
    """Return the table of a rule. Invalid texts are kept in it, so that the error quotes them.

    Args:
        texts: What was typed, by field.
        routine: The routine to offer, or several in turn.
    """
    rule: dict[str, Any] = {}
    if "every" in texts:
        typed = texts["every"].strip()
        rule["every"] = int(typed) if typed.isascii() and typed.isdigit() else typed
    else:
        rule["at"] = texts["at"].replace(",", " ").split()
    windows = texts.get("windows", "").split()
    start, end = texts.get("from", "").strip(), texts.get("to", "").strip()
    if windows:
        rule["windows"] = windows
    elif start or end:
        rule["windows"] = [f"{start or '00:00'}-{end or '24:00'}"]
    if days := texts["days"].strip():
        rule["days"] = days
    return {**rule, "routine": routine}


def fields_from_rule(rule: BreakRule) -> dict[str, str]:
    """Return what the fields of a rule hold; several parts of a day are in one field, `windows`."""
    days = "" if rule.days == EVERY_DAY else name_days(rule.days)
    if rule.every is None:
        return {"at": " ".join(f"{one:%H:%M}" for one in rule.at), "days": days}
    texts = {"every": str(rule.every), "days": days}
    if len(rule.windows) > 1:
        return {**texts, "windows": " ".join(map(str, rule.windows))}
    start, _, end = str(rule.windows[0]).partition("-") if rule.windows else ("", "", "")
    return {**texts, "from": start, "to": end}


def preview_text(preview: RulePreview) -> str:
    """Return in words what a rule would do."""
    then = f"Next: {preview.following:%a %d %b, %H:%M}." if preview.following else ""
    if not preview.today:
        return f"Today: no prompts. {then}".rstrip()
    times = ", ".join(f"{one:%H:%M}" for one in preview.today[:_MAX_TIMES])
    more = len(preview.today) - _MAX_TIMES
    start = "Today, if you keep working from now on" if preview.from_now else "Today"
    return f"{start}: {times}{f' and {more} more' if more > 0 else ''} ({count(len(preview.today), 'prompt')})."


class RuleForm(VerticalScroll, can_focus=False):
    """Asks for a rule, new or changed, and shows while it is typed what it would do.

    Args:
        kind: A key of `KINDS`.
        routines: What can be offered, as labels with the values of the settings.
        selected: The value that is selected at first.
        check: Returns what a rule would do today, or why it is not valid.
        rule: The rule to change, or None for a new one.
    """

    @dataclass
    class Saved(Message):
        """The user wants the rule.

        Attributes:
            rule: The table of the rule.
            rule_id: The id of the rule that it replaces; empty for a new one.
        """

        rule: dict[str, Any]
        rule_id: str

    class Cancelled(Message):
        """The user wants to change nothing."""

    DEFAULT_CSS = """
    RuleForm {
        height: auto; max-height: 100%; scrollbar-size-vertical: 1;
        .rule-heading { text-style: bold; color: $text-accent; margin-bottom: 1; }
        .rule-line { height: 1; }
        .rule-title { width: 19; color: $text-muted; }
        .rule-line Input, .rule-line Select { width: 1fr; max-width: 40; }
        .rule-line Input { background: $panel; }
        .rule-line Input > .input--placeholder { text-style: italic; }
        #rule-preview { height: auto; margin-top: 1; }
        .rule-buttons { height: auto; margin-top: 1; }
        .rule-buttons Button { margin-right: 2; }
    }
    .-narrow RuleForm .rule-title { width: 11; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", id="rule.cancel", tooltip="Close the form and change nothing"),
    ]

    def __init__(
        self,
        kind: str,
        routines: Sequence[tuple[str, str]],
        selected: str,
        check: Callable[[dict[str, Any]], RulePreview | str],
        rule: BreakRule | None = None,
    ) -> None:
        super().__init__(id="rule-form")
        self._kind = kind
        self._routines = routines
        self._selected = selected
        self._check = check
        self._rule = rule
        self._texts = fields_from_rule(rule) if rule else {field: _NEW[field] for field in KINDS[kind]}

    def compose(self) -> ComposeResult:
        """Lay out a line for each field, and below them what the rule would do."""
        yield Static(_HEADINGS[self._kind], classes="rule-heading")
        for field, text in self._texts.items():
            title, example = _FIELDS.get(field, ("Parts of the day", "for example 09:00-12:30 13:30-17:00"))
            with Horizontal(classes="rule-line"):
                yield Static(title, classes="rule-title")
                yield Input(text, placeholder=example, id=f"rule-{field}", compact=True)
        with Horizontal(classes="rule-line"):
            yield Static("Routine", classes="rule-title")
            options = [(Content(title), value) for title, value in self._routines]
            yield Select(options, value=self._selected, allow_blank=False, id="rule-routine", compact=True)
        yield Static(id="rule-preview")
        with Horizontal(classes="rule-buttons"):
            yield Button("Save" if self._rule else "Add", id="rule-add", variant="primary")
            yield Button("Cancel", id="rule-cancel")

    def on_mount(self) -> None:
        """Let the user type at once."""
        self.query(Input).first().focus()
        self.show_preview()

    @property
    def table(self) -> dict[str, Any]:
        """The table of the rule as it is typed now."""
        texts = {field: self.query_one(f"#rule-{field}", Input).value for field in self._texts}
        return rule_from_fields(texts, str(self.query_one("#rule-routine", Select).value))

    def show_problem(self, sentence: str) -> None:
        """Show why the rule cannot be saved."""
        self.query_one("#rule-preview", Static).update(Content.styled(sentence, "$text-error"))

    @on(Input.Changed)
    @on(Select.Changed)
    def show_preview(self) -> None:
        """Show what the rule would do, or why it is not valid."""
        found = self._check(self.table)
        if isinstance(found, str):
            self.show_problem(found)
        else:
            self.query_one("#rule-preview", Static).update(Content.styled(preview_text(found), "$text-accent"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#rule-add")
    def _save(self) -> None:
        self.post_message(self.Saved(self.table, self._rule.id if self._rule else ""))

    @on(Button.Pressed, "#rule-cancel")
    def action_cancel(self) -> None:
        """Change nothing."""
        self.post_message(self.Cancelled())
