"""The break rules: their list, the form in its place, and the offer of a first rule."""

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from stretch_coach.breaks.preview import RulePreview, preview_rule
from stretch_coach.breaks.timetable import SystemZone
from stretch_coach.breaks.titles import RoutineTitles
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.routine.library import Library
from stretch_coach.settings import BreakRule
from stretch_coach.settings.choices import SHORT_BREAKS
from stretch_coach.settings.edit import add_rule, read_rule, replace_rule
from stretch_coach.tui.keymap import name_keys
from stretch_coach.tui.offer_options import offer_options
from stretch_coach.tui.widgets.break_text import rule_content
from stretch_coach.tui.widgets.rule_form import FIRST_RULE, RuleForm, preview_text

_FIRST = "first-rule"
_OTHER_RULES = "Or press {breaks.every} for other minutes, {breaks.at} for times of day."


class RulesPane(VerticalScroll, can_focus=False):
    """Lists the rules, and lets the user add and change them.

    Args:
        context: Holds the settings.
        library: The routines that can be offered.
    """

    class Changed(Message):
        """A rule was added or changed."""

    rows = query_one("#breaks-rules", OptionList)

    def __init__(self, context: Context, library: Library) -> None:
        super().__init__(id="breaks-left")
        self.context = context
        self._library = library

    def compose(self) -> ComposeResult:
        """Lay out the list, and the answers below it."""
        yield Static("Rules", classes="breaks-heading", id="breaks-rules-heading")
        yield OptionList(id="breaks-rules", markup=False)
        yield Static("Your responses in the last four weeks", classes="breaks-heading -answers")
        yield Static(id="breaks-answers", classes="-answers")

    @property
    def selected(self) -> BreakRule | None:
        """The rule that is selected in the list."""
        return self._rule_at(self.rows.highlighted)

    @on(OptionList.OptionSelected, "#breaks-rules")
    async def _rule_selected(self, message: OptionList.OptionSelected) -> None:
        """Open the form of a rule, or add the first rule."""
        if message.option_id == _FIRST:
            self._save(FIRST_RULE, "")
            return
        rule = self._rule_at(message.option_index)
        if rule:
            await self.open_form("at" if rule.every is None else "every", rule)

    async def open_form(self, kind: str, rule: BreakRule | None = None) -> None:
        """Show the form in the place of the list."""
        await self.query(RuleForm).remove()
        selected = rule.routine if rule else SHORT_BREAKS
        options = offer_options(self.context.places, self._library, selected)
        self._show_list(is_shown=False)
        await self.mount(RuleForm(kind, options, selected, self._check, rule))
        self.screen.refresh_bindings()

    def _check(self, table: dict[str, Any]) -> RulePreview | str:
        """Return what a rule would do today, or why it is not valid."""
        try:
            rule = read_rule(table)
        except CoachError as error:
            return error.message
        settings = self.context.settings
        return preview_rule(
            rule, settings.breaks, self.context.clock.wall().ms / 1000, SystemZone(), settings.record.day_start
        )

    @on(RuleForm.Cancelled)
    async def _close_form(self) -> None:
        """Show the list again."""
        await self.query(RuleForm).remove()
        self._show_list(is_shown=True)
        self.rows.focus()
        self.screen.refresh_bindings()

    @on(RuleForm.Saved)
    async def _form_saved(self, message: RuleForm.Saved) -> None:
        problem = self._save(message.rule, message.rule_id)
        if problem:
            self.query_one(RuleForm).show_problem(problem)
            return
        await self._close_form()

    def _show_list(self, *, is_shown: bool) -> None:
        self.screen.set_class(not is_shown, "-editing")
        self.rows.display = is_shown
        for one in self.query("#breaks-rules-heading, .-answers"):
            one.display = is_shown

    def _save(self, rule: dict[str, Any], rule_id: str) -> str:
        """Add a rule, or replace the one with this id, and return why that was not possible; empty if it was."""
        try:
            if rule_id:
                self.context.edit_settings(lambda file: replace_rule(file, rule_id, rule))
            else:
                self.context.edit_settings(lambda file: add_rule(file, rule))
        except CoachError as error:
            return str(error)
        self.show_rules()
        self.post_message(self.Changed())
        if not rule_id:
            self.rows.highlighted = self.rows.option_count - 1
        return ""

    def _rule_at(self, index: int | None) -> BreakRule | None:
        rules = self.context.settings.breaks.rules
        return rules[index] if index is not None and index < len(rules) else None

    def show_rules(self) -> None:
        """List the rules, with the same one selected as before."""
        rows = self.rows
        title_of = RoutineTitles(self.context.places).find
        rules = self.context.settings.breaks.rules
        lines = [rule_content(rule, title_of) for rule in rules]
        if lines and [line.plain for line in lines] == [str(option.prompt) for option in rows.options]:
            return
        selected = rows.highlighted or 0
        rows.clear_options()
        rows.add_options([Option(line) for line in lines])
        if not lines:
            rows.add_option(Option(self._first_rule(), id=_FIRST))
        rows.highlighted = min(selected, rows.option_count - 1)

    def _first_rule(self) -> Content:
        """Return the offer of a first rule, and what it would do."""
        found = self._check(FIRST_RULE)
        offer = rule_content(read_rule(FIRST_RULE), RoutineTitles(self.context.places).find)
        today = found if isinstance(found, str) else preview_text(found)
        return Content("\n").join(
            [
                Content.styled("No rules yet. Press Enter to add this one:", "bold"),
                offer,
                Content.styled(today, "$text-accent"),
                Content.styled(name_keys(_OTHER_RULES, self.context.settings.keys), "$text-muted"),
            ]
        )
