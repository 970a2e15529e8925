"""The breaks screen: how the day is going, the rules, the next week, and the answers of the last four."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from stretch_coach.breaks.commands import SentAnswer, send, wake
from stretch_coach.breaks.forecast import ExpectedPrompt, Forecast
from stretch_coach.breaks.pause import end_pause, parse_pause, set_pause
from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.status import NO_RULES, Status, count_today, find_status, rule_line
from stretch_coach.breaks.timetable import SystemZone
from stretch_coach.breaks.titles import RoutineTitles
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.journal.prompts import AnswerCount, count_answers
from stretch_coach.routine.library import Library
from stretch_coach.settings.edit import add_rule, remove_rule
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.dialogs import ConfirmDialog
from stretch_coach.tui.screens.rule_form import RuleForm
from stretch_coach.tui.widgets.break_text import answer_lines, upcoming_lines
from stretch_coach.tui.widgets.key_footer import KeyFooter

_RELOAD_SECONDS = 10.0
_WEEK = timedelta(days=7)
_WEEKS_OF_ANSWERS = timedelta(days=27)
_MAX_EXPECTED = 1008
"""As many prompts as fit into a week, with at least ten minutes between two."""

_WATCHED = "The watcher is running, and asks while the app is closed."
_UNWATCHED = "With the app closed you won't get reminders. `stretch-coach breaks install` starts the watcher at login."


class BreaksOverview(NamedTuple):
    """What the screen shows.

    Attributes:
        status: How the day is going.
        expected: The prompts of the next seven days.
        answers: The answers of the last four weeks.
    """

    status: Status
    expected: list[ExpectedPrompt]
    answers: list[AnswerCount]


def load_overview(context: Context) -> BreaksOverview:
    """Return what the screen shows.

    Raises:
        CoachError: The history cannot be read.
    """
    status = find_status(context.places, context.settings, context.clock)._replace(today=count_today(context))
    forecast = Forecast(status.settings, status.zone, context.settings.record.day_start)
    expected = forecast.predict(status.state, status.now, _MAX_EXPECTED, status.paused_until)
    until = status.now + _WEEK.total_seconds()
    with context.history() as database:
        answers = count_answers(database, (context.today - _WEEKS_OF_ANSWERS).isoformat())
    return BreaksOverview(status, [one for one in expected if one.at <= until], answers)


class BreaksScreen(Screen[None]):
    """Plans breaks and shows how they are going.

    Args:
        context: The user's settings, history and clock.
        library: The routines that can be offered.
    """

    DEFAULT_CSS = """
    BreaksScreen {
        #breaks-status { height: auto; max-height: 8; padding: 0 1; background: $surface; }
        #breaks-body { height: 1fr; }
        #breaks-rules {
            width: 40%; height: 1fr; background: $background; border: none; padding: 0 1; scrollbar-size-vertical: 1;
        }
        #breaks-more { width: 1fr; height: 1fr; padding: 0 1; border-left: solid $border; scrollbar-size-vertical: 1; }
        .breaks-heading { text-style: bold; color: $text-accent; }
        #breaks-upcoming { margin-bottom: 1; }
        &.-narrow #breaks-body { layout: vertical; }
        &.-narrow #breaks-rules { width: 1fr; height: auto; max-height: 40%; }
        &.-narrow #breaks-more { border-left: none; }
        &.-low #breaks-status { max-height: 3; }
    }
    """
    HELP = (
        "The coach asks for a break after minutes at the screen, or at times of day. "
        "“Upcoming” shows the prompts to expect if you keep working and take each break. "
        "The rules are stored in config.toml; your comments there are kept."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="breaks.back", tooltip="Return to the home screen"),
        Binding("e", "add('every')", "Every…", id="breaks.every", tooltip="Ask after minutes at the screen"),
        Binding("t", "add('at')", "At times…", id="breaks.at", tooltip="Ask at times of day"),
        Binding("d", "remove", "Remove", id="breaks.remove", tooltip="Remove the selected rule"),
        Binding("p", "pause('2h')", "Pause 2 h", id="breaks.pause", tooltip="Show no prompts for two hours"),
        Binding("o", "pause('today')", "Off today", id="breaks.off", tooltip="Show no prompts for the rest of today"),
        Binding("r", "resume", "Resume", id="breaks.resume", tooltip="End the pause"),
        Binding("z", "snooze", "Snooze", id="breaks.snooze", tooltip="Postpone the break that is due"),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, context: Context, library: Library) -> None:
        super().__init__()
        self.context = context
        self._library = library
        self._status: Status | None = None
        self._problem = ""

    def compose(self) -> ComposeResult:
        """Show the status at the top, the rules on the left, upcoming prompts and answers on the right."""
        yield Static("…", id="breaks-status")
        with Horizontal(id="breaks-body"):
            yield OptionList(id="breaks-rules", markup=False)
            with VerticalScroll(id="breaks-more"):
                yield Static("Upcoming", classes="breaks-heading")
                yield Static(id="breaks-upcoming")
                yield Static("Your responses in the last four weeks", classes="breaks-heading")
                yield Static(id="breaks-answers")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the rules at once, and the rest once it is known."""
        self._show_rules()
        self.query_one(OptionList).focus()
        self.set_interval(_RELOAD_SECONDS, self.reload)

    def on_resize(self) -> None:
        """Fit the tables to the new width."""
        self.call_after_refresh(self.reload)

    def on_screen_resume(self) -> None:
        """Show what was answered in the meantime."""
        self.reload()

    @work(exclusive=True, group="reload")
    async def reload(self) -> None:
        """Show the present state."""
        try:
            overview = await asyncio.to_thread(load_overview, self.context)
        except CoachError as error:
            if str(error) != self._problem:  # once, not every few seconds
                self._problem = str(error)
                self.context.warn(self._problem)
            return
        self._problem = ""
        self._status = status = overview.status
        title_of = RoutineTitles(self.context.places).find
        # The list below says how to add a rule here.
        lines = [line for line in status.lines(title_of) if line != NO_RULES]
        lines.append(_WATCHED if status.watching else _UNWATCHED)
        self.query_one("#breaks-status", Static).update(Content("\n".join(lines)))
        upcoming = upcoming_lines(overview.expected, status.now, status.zone, title_of)
        self.query_one("#breaks-upcoming", Static).update(Content("\n".join(upcoming)))
        width = self.query_one("#breaks-more", VerticalScroll).scrollable_content_region.width
        answers = "\n".join(answer_lines(overview.answers, width))
        self.query_one("#breaks-answers", Static).update(Content(answers))
        self._show_rules()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer only what can be done now."""
        status = self._status
        match action:
            case "remove":
                return bool(self.context.settings.breaks.rules)
            case "pause":
                return status is None or status.paused_until is None
            case "resume":
                return status is not None and status.paused_until is not None
            case "snooze":
                return status is not None and status.can_snooze()
            case _:
                return True

    @work
    async def action_add(self, kind: str) -> None:
        """Open the form for a new rule, and add it."""
        routines = [(id_, routine.title) for id_, routine in self._library.routines.items()]
        default = self.context.settings.start.routine

        def save(rule: dict[str, Any]) -> str:
            try:
                self.context.edit_settings(lambda file: add_rule(file, rule))
            except CoachError as error:
                return str(error)
            return ""

        if await self.app.push_screen_wait(RuleForm(kind, routines, default, save)):
            self._rules_changed()
            rows = self.query_one(OptionList)
            rows.highlighted = rows.option_count - 1

    @work
    async def action_remove(self) -> None:
        """Remove the selected rule after a confirmation."""
        selected = self.query_one(OptionList).highlighted
        rules = self.context.settings.breaks.rules
        if selected is None or selected >= len(rules):
            return
        rule = rules[selected]
        line = rule_line(rule, RoutineTitles(self.context.places).find)
        dialog = ConfirmDialog("Remove this rule?", line, confirm="Remove", cancel="Keep")
        if not await self.app.push_screen_wait(dialog):
            return
        with self.context.reporting_errors():
            self.context.edit_settings(lambda file: remove_rule(file, rule.id))
        self._rules_changed()

    def action_pause(self, how_long: str) -> None:
        """Show no prompts for a while."""
        day_start = self.context.settings.record.day_start
        until = parse_pause(how_long, self._now(), SystemZone(), day_start)
        self._change(lambda folder: set_pause(folder, until))

    def action_resume(self) -> None:
        """End the pause."""
        self._change(end_pause)

    def action_snooze(self) -> None:
        """Postpone the break that is due."""
        self._change(lambda folder: send(folder, SentAnswer(Choice.SNOOZE), self._now()))

    def _change(self, change: Callable[..., object]) -> None:
        """Change something in the folder of breaks, and let the process that drives the day see it."""
        folder = self.context.places.breaks
        with self.context.reporting_errors():
            change(folder)
        wake(folder)
        self.reload()

    def _now(self) -> float:
        return self.context.clock.wall().ms / 1000

    def _rules_changed(self) -> None:
        self._show_rules()
        self.refresh_bindings()
        self.reload()

    def _show_rules(self) -> None:
        """List the rules, with the same one selected as before."""
        rows = self.query_one(OptionList)
        title_of = RoutineTitles(self.context.places).find
        lines = [rule_line(rule, title_of) for rule in self.context.settings.breaks.rules]
        if lines and lines == [str(option.prompt) for option in rows.options]:
            return
        selected = rows.highlighted or 0
        rows.clear_options()
        rows.add_options([Option(Content(line)) for line in lines])
        if lines:
            rows.highlighted = min(selected, len(lines) - 1)
        else:
            hint = "No rules yet. Press e to ask after minutes at the screen, or t to ask at times of day."
            rows.add_option(Option(Content(hint), disabled=True))
