"""The breaks screen: the day as a line, the rules, the week, the answers, and the settings of breaks."""

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import OptionList, Static

from stretch_coach.breaks.commands import SentAnswer, send, wake
from stretch_coach.breaks.pause import end_pause, parse_pause, set_pause
from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.status import NO_RULES, rule_line
from stretch_coach.breaks.timetable import SystemZone
from stretch_coach.breaks.titles import RoutineTitles
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.routine.library import Library
from stretch_coach.settings.edit import remove_rule
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.breaks_page import BreaksOverview, load_overview
from stretch_coach.tui.dialogs import ConfirmDialog
from stretch_coach.tui.widgets.break_text import answer_lines, upcoming_lines
from stretch_coach.tui.widgets.day_line import NAME_CELLS, day_rows, fit_scale, hour_line, key_line, week_row
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.rule_form import RuleForm
from stretch_coach.tui.widgets.rules_pane import RulesPane
from stretch_coach.tui.widgets.section_bar import SectionBar
from stretch_coach.tui.widgets.setting_field import SettingField
from stretch_coach.tui.widgets.setting_help import SettingHelp
from stretch_coach.tui.widgets.settings_form import SettingsForm

_RELOAD_SECONDS = 10.0
_AIRY_FROM = 36
"""From this height on, there is a line between two settings."""

_SECTIONS = ("Day", "Settings")
_WATCHED = "The watcher is running, and asks while the app is closed."
_UNWATCHED = "With the app closed you won't get reminders. `stretch-coach breaks install` starts the watcher at login."


class BreaksScreen(Screen[None]):
    """Plans breaks and shows how they are going.

    Args:
        context: The user's settings, history and clock.
        library: The routines that can be offered.
    """

    DEFAULT_CSS = """
    BreaksScreen {
        #breaks-sections { padding: 0 2; margin-bottom: 1; }
        #breaks-day { padding: 0 2; height: 1fr; }
        #breaks-status { height: auto; max-height: 6; }
        #breaks-line { height: auto; margin: 1 0; }
        #breaks-body { height: 1fr; layout: horizontal; overflow: hidden; scrollbar-size-vertical: 1; }
        #breaks-left {
            width: 1fr; height: 1fr; padding-right: 2; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        }
        #breaks-rules {
            height: auto; padding: 0; background: $background; border: none; margin-bottom: 1;
            &:focus { background-tint: $background; }
        }
        #breaks-more {
            width: 1fr; height: 1fr; padding-left: 2; border-left: solid $border;
            scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        }
        #breaks-line, #breaks-week { text-wrap: nowrap; }
        .breaks-heading { text-style: bold; color: $text-accent; }
        #breaks-week, #breaks-upcoming { margin-bottom: 1; }
        #breaks-settings { display: none; height: 1fr; }
        &.-settings #breaks-settings { display: block; }
        &.-settings #breaks-day { display: none; }
        #breaks-settings SettingsForm { padding-left: 1; }
        #breaks-settings SettingHelp { width: 2fr; }
        #breaks-settings SettingsForm { width: 3fr; }
        &.-high #breaks-sections { margin: 1 0; }
        &.-mid #breaks-line { margin: 0; }
        &.-mid #breaks-status { max-height: 3; }
        &.-mid.-editing #breaks-line, &.-low.-editing #breaks-status { display: none; }
        &.-narrow #breaks-body, &.-medium #breaks-body { layout: vertical; overflow-y: auto; }
        &.-narrow #breaks-left, &.-medium #breaks-left { width: 1fr; height: auto; padding: 0; }
        &.-narrow #breaks-more, &.-medium #breaks-more { width: 1fr; height: auto; padding: 0; border: none; }
        &.-narrow #breaks-settings, &.-medium #breaks-settings { layout: vertical; }
        &.-narrow #breaks-settings SettingHelp, &.-medium #breaks-settings SettingHelp {
            width: 1fr; height: 5; border: none; border-top: solid $border;
        }
        &.-narrow #help-facts, &.-medium #help-facts { margin: 0; }
        &.-low #breaks-sections { margin: 0; }
        &.-low #breaks-status { max-height: 2; }
        &.-low #breaks-line { display: none; }
        &.-low SettingHelp { display: none; }
    }
    """
    HELP = (
        "The coach asks for a break after minutes at the screen, or at times of day. The line shows today: when it may "
        "ask, what you answered, and the prompts to expect if you keep working and take each break. Enter changes the "
        "selected rule. The rules are stored in config.toml; your comments there are kept."
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
        Binding("1", "section(1)", "Day", show=False, id="breaks.day", tooltip="Show the day and the rules"),
        Binding("2", "section(2)", "Settings", show=False, id="breaks.settings", tooltip="Show the settings of breaks"),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    _rows = query_one("#breaks-rules", OptionList)
    _bar = query_one(SectionBar)

    def __init__(self, context: Context, library: Library) -> None:
        super().__init__()
        self.context = context
        self._library = library
        self._now: BreaksOverview | None = None
        self._problem = ""

    def compose(self) -> ComposeResult:
        """Lay out the status and the line of the day, and below them the rules beside the week and the answers."""
        yield SectionBar(_SECTIONS, id="breaks-sections")
        with Vertical(id="breaks-day"):
            yield Static("…", id="breaks-status")
            yield Static(id="breaks-line")
            with VerticalScroll(id="breaks-body"):
                yield RulesPane(self.context, self._library)
                with VerticalScroll(id="breaks-more"):
                    yield Static("This week", classes="breaks-heading")
                    yield Static(id="breaks-week")
                    yield Static("Upcoming", classes="breaks-heading")
                    yield Static(id="breaks-upcoming")
        yield Horizontal(id="breaks-settings")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the rules at once, and the rest once it is known."""
        self.query_one(RulesPane).show_rules()
        self._rows.focus()
        self.set_interval(_RELOAD_SECONDS, self.reload)

    def on_resize(self) -> None:
        """Fit lines and tables to the new width. Columns below each other scroll together."""
        self.query_one("#breaks-body", VerticalScroll).can_focus = not self.has_class("-wide")
        self.call_after_refresh(self._draw)

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
                self.query_one("#breaks-status", Static).update(Content.styled(self._problem, "$text-error"))
            return
        if not self.is_attached:
            return  # it was closed in the meantime
        self._problem = ""
        self._now = overview
        self._draw()
        self.query_one(RulesPane).show_rules()
        self.refresh_bindings()

    def _draw(self) -> None:
        """Show what was read, in the width that there is."""
        if self._now is None:
            return
        status, week = self._now.status, self._now.week
        title_of = RoutineTitles(self.context.places).find
        # The list below says how to add a rule here.
        lines = [line for line in status.lines(title_of) if line != NO_RULES]
        lines.append(_WATCHED if status.watching else _UNWATCHED)
        start = status.next_break(title_of).rstrip(".") or lines[0]
        lines.sort(key=lambda line: not line.startswith(start))
        first = Content.styled(lines[0], "bold")
        self._update("breaks-status", Content("\n").join([first, *map(Content, lines[1:])]))
        width = self.query_one("#breaks-line", Static).size.width
        scale = fit_scale(week, width - NAME_CELLS)
        rows = [hour_line(scale), *day_rows(self._now.today, scale, "Today")]
        clock = f"{status.zone.wall(status.now):%H:%M}"
        self._update("breaks-line", Content("\n").join([*rows, key_line(self._now.today, clock)]))
        width = self.query_one("#breaks-week", Static).size.width
        small = fit_scale(week, width - NAME_CELLS)
        self._update("breaks-week", Content("\n").join([hour_line(small), *(week_row(day, small) for day in week)]))
        answers = self.query_one("#breaks-answers", Static).size.width
        upcoming = upcoming_lines(self._now.expected, status.now, status.zone, title_of)
        self._update("breaks-upcoming", Content("\n".join(upcoming)))
        self._update("breaks-answers", Content("\n".join(answer_lines(self._now.answers, answers))))

    def _update(self, id_: str, words: Content) -> None:
        self.query_one(f"#{id_}", Static).update(words)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer only what can be done now."""
        status = self._now.status if self._now else None
        is_day = "-settings" not in self.classes
        match action:
            case "add":
                return is_day
            case "remove":
                return is_day and bool(self.context.settings.breaks.rules) and not self.query(RuleForm)
            case "pause":
                return status is None or status.paused_until is None
            case "resume":
                return status is not None and status.paused_until is not None
            case "snooze":
                return status is not None and status.can_snooze()
            case _:
                return True

    async def action_section(self, number: int) -> None:
        """Open a section. The settings are there from when they are first opened."""
        self._bar.opened = number
        self.set_class(number > 1, "-settings")
        if number == 1:
            self._rows.focus()
        else:
            box = self.query_one("#breaks-settings", Horizontal)
            if not box.children:
                form = SettingsForm(self.context, self._library, (("breaks",),))
                form.set_class(self.size.height >= _AIRY_FROM, "-airy")
                await box.mount(form)
                await box.mount(SettingHelp(self.context, self._library))
            self.query(SettingField).first().focus()
        self.refresh_bindings()

    @on(SectionBar.Picked)
    async def _section_picked(self, message: SectionBar.Picked) -> None:
        await self.action_section(message.number)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Explain the focused setting."""
        for one in event.widget.ancestors_with_self:
            if isinstance(one, SettingField):
                self.query_one(SettingHelp).show(one.setting)

    async def action_add(self, kind: str) -> None:
        """Open the form for a new rule."""
        await self.query_one(RulesPane).open_form(kind)

    @work
    async def action_remove(self) -> None:
        """Remove the selected rule after a confirmation."""
        rule = self.query_one(RulesPane).selected
        if rule is None:
            return
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
        until = parse_pause(how_long, self._instant(), SystemZone(), day_start)
        self._change(lambda folder: set_pause(folder, until))

    def action_resume(self) -> None:
        """End the pause."""
        self._change(end_pause)

    def action_snooze(self) -> None:
        """Postpone the break that is due."""
        self._change(lambda folder: send(folder, SentAnswer(Choice.SNOOZE), self._instant()))

    def _change(self, change: Callable[..., object]) -> None:
        """Change something in the folder of breaks, and let the process that drives the day see it."""
        folder = self.context.places.breaks
        with self.context.reporting_errors():
            change(folder)
        wake(folder)
        self.reload()

    def _instant(self) -> float:
        return self.context.clock.wall().ms / 1000

    @on(RulesPane.Changed)
    def _rules_changed(self) -> None:
        self.query_one(RulesPane).show_rules()
        self.refresh_bindings()
        self.reload()
