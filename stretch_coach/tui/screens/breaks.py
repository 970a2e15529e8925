"""Breaks: how the day stands, the rules, what comes, and what was answered."""

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
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from stretch_coach.breaks.commands import Command, leave, ring
from stretch_coach.breaks.forecast import Expected, Forecast
from stretch_coach.breaks.pause import end_pause, set_pause
from stretch_coach.breaks.pause_words import pause_end
from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.standing import find_status, wall_seconds
from stretch_coach.breaks.state import Phase
from stretch_coach.breaks.status import Status
from stretch_coach.breaks.wording import rule_line
from stretch_coach.breaks.zone import SystemZone
from stretch_coach.errors import CoachError
from stretch_coach.journal.prompts import AnswerCount, count_answers
from stretch_coach.settings.editing import remove_rule
from stretch_coach.settings.new_rule import add_new_rule
from stretch_coach.tui.room import Room
from stretch_coach.tui.screens.remove_rule import RemoveRule
from stretch_coach.tui.screens.rule_form import RuleForm
from stretch_coach.tui.sizes import HEIGHTS, WIDTHS
from stretch_coach.tui.widgets.break_text import answer_lines, coming_lines
from stretch_coach.world import World

_AGAIN_SECONDS = 10.0
_WEEK = timedelta(days=7)
_WEEKS_OF_ANSWERS = timedelta(days=27)
_MOST_EXPECTED = 1008
"""As many as there can be in a week, with at least ten minutes between two."""

_WATCHED = "A watcher runs; it asks while the app is closed."
_UNWATCHED = "While the app is closed nobody asks; `stretch-coach breaks install` starts a watcher at each login."


class Found(NamedTuple):
    """What the screen shows.

    Attributes:
        status: How the day stands.
        expected: The prompts of the next seven days.
        answers: What was answered in the last four weeks.
    """

    status: Status
    expected: list[Expected]
    answers: list[AnswerCount]


def find_breaks(world: World) -> Found:
    """Look at the day, the rules and the history.

    Raises:
        CoachError: The history cannot be read.
    """
    status = find_status(world)
    forecast = Forecast(world.settings.breaks, SystemZone(), world.settings.record.day_start)
    expected = forecast.expect(status.state, status.now, _MOST_EXPECTED, status.paused_until)
    until = status.now + _WEEK.total_seconds()
    with world.history() as database:
        answers = count_answers(database, (world.today - _WEEKS_OF_ANSWERS).isoformat())
    return Found(status, [one for one in expected if one.at <= until], answers)


class BreaksScreen(Screen[None]):
    """Plans breaks, and shows how they go.

    Args:
        room: What the screens share.
    """

    HELP = (
        "The coach asks for a break after minutes at the screen, or at times of the day. "
        "What comes is what to expect if you work on and take each break. "
        "Rules are kept in config.toml; your comments in it stay."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="breaks.back", tooltip="Back"),
        Binding("e", "add('every')", "Every…", id="breaks.every", tooltip="Ask after active minutes"),
        Binding("t", "add('at')", "At times…", id="breaks.at", tooltip="Ask at times of the day"),
        Binding("d", "remove", "Remove", id="breaks.remove", tooltip="Take the marked rule away"),
        Binding("p", "pause('2h')", "Pause 2 h", id="breaks.pause", tooltip="No prompts for two hours"),
        Binding("o", "pause('today')", "Off today", id="breaks.off", tooltip="No prompts for the rest of today"),
        Binding("r", "resume", "Resume", id="breaks.resume", tooltip="End the pause"),
        Binding("z", "snooze", "Snooze", id="breaks.snooze", tooltip="Let the break that is due come later"),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._status: Status | None = None
        self._trouble = ""

    def compose(self) -> ComposeResult:
        """How it stands above, the rules left, what comes and what was answered right."""
        yield Static("…", id="breaks-status")
        with Horizontal(id="breaks-body"):
            yield OptionList(id="breaks-rules", markup=False)
            with VerticalScroll(id="breaks-more"):
                yield Static("What comes", classes="breaks-head")
                yield Static(id="breaks-coming")
                yield Static("Your answers, the last four weeks", classes="breaks-head")
                yield Static(id="breaks-answers")
        yield Footer()

    def on_mount(self) -> None:
        """Show the rules at once, and the rest as soon as it is known."""
        self._fill()
        self.query_one(OptionList).focus()
        self.set_interval(_AGAIN_SECONDS, self.look_again)

    def on_resize(self) -> None:
        """Draw anew for the room there is."""
        self.call_after_refresh(self.look_again)

    def on_screen_resume(self) -> None:
        """What was answered meanwhile counts at once."""
        self.look_again()

    @work(exclusive=True, group="looking")
    async def look_again(self) -> None:
        """Look at everything as it is now."""
        try:
            found = await asyncio.to_thread(find_breaks, self._room.world)
        except CoachError as error:
            if str(error) != self._trouble:  # once, not every few seconds
                self._trouble = str(error)
                self._room.tell(self._trouble)
            return
        self._trouble = ""
        self._status = found.status
        zone = SystemZone()
        lines = [*found.status.lines(zone), _WATCHED if found.status.watching else _UNWATCHED]
        self.query_one("#breaks-status", Static).update(Content("\n".join(lines)))
        coming = "\n".join(coming_lines(found.expected, found.status.now, zone))
        self.query_one("#breaks-coming", Static).update(Content(coming))
        answers = self.query_one("#breaks-answers", Static)
        width = self.query_one("#breaks-more").scrollable_content_region.width
        answers.update(Content("\n".join(answer_lines(found.answers, width))))
        self._fill()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Only what can be done is offered."""
        status = self._status
        match action:
            case "remove":
                return bool(self._room.world.settings.breaks.rules)
            case "pause":
                return status is None or status.paused_until is None
            case "resume":
                return status is not None and status.paused_until is not None
            case "snooze":
                return status is not None and _can_snooze(status)
            case _:
                return True

    @work
    async def action_add(self, kind: str) -> None:
        """Ask for a rule, and add it."""
        room = self._room
        routines = [(id_, routine.title) for id_, routine in room.library.routines.items()]
        usual = room.world.settings.start.routine

        def save(rule: dict[str, Any]) -> str:
            return room.edit(lambda file: add_new_rule(file, rule))

        if await self.app.push_screen_wait(RuleForm(kind, routines, usual, save)):
            self._rules_changed()
            rows = self.query_one(OptionList)
            rows.highlighted = rows.option_count - 1

    @work
    async def action_remove(self) -> None:
        """Take the marked rule away, if that is meant."""
        room, at = self._room, self.query_one(OptionList).highlighted
        rules = room.world.settings.breaks.rules
        if at is None or at >= len(rules):
            return
        rule = rules[at]
        if not await self.app.push_screen_wait(RemoveRule(rule_line(rule))):
            return
        if trouble := room.edit(lambda file: remove_rule(file, rule.id)):
            room.tell(trouble)
        self._rules_changed()

    def action_pause(self, how_long: str) -> None:
        """Ask for nothing for a while."""
        world = self._room.world
        until = pause_end(how_long, wall_seconds(world), SystemZone(), world.settings.record.day_start)
        self._leave(lambda: set_pause(world.places.breaks, until))

    def action_resume(self) -> None:
        """End the pause."""
        self._leave(lambda: end_pause(self._room.world.places.breaks))

    def action_snooze(self) -> None:
        """Let the break that is due come later."""
        world = self._room.world
        self._leave(lambda: leave(world.places.breaks, Command(Choice.SNOOZE), wall_seconds(world)))

    def _leave(self, write: Callable[[], object]) -> None:
        """Leave something for whoever asks; if that cannot be, the user is told why."""
        folder = self._room.world.places.breaks
        try:
            write()
        except OSError as error:
            self._room.tell(f"{folder}: cannot be written ({error.strerror}). Check the folder.")
        except CoachError as error:
            self._room.tell(str(error))
        ring(folder)
        self.look_again()

    def _rules_changed(self) -> None:
        self._fill()
        self.refresh_bindings()
        self.look_again()

    def _fill(self) -> None:
        """Show the rules, the marked one still marked."""
        rows = self.query_one(OptionList)
        lines = [rule_line(rule) for rule in self._room.world.settings.breaks.rules]
        if lines and lines == [str(option.prompt) for option in rows.options]:
            return
        at = rows.highlighted or 0
        rows.clear_options()
        rows.add_options([Option(Content(line)) for line in lines])
        if lines:
            rows.highlighted = min(at, len(lines) - 1)
        else:
            words = "No rules yet. e asks after active minutes, t at times of the day."
            rows.add_option(Option(Content(words), disabled=True))


def _can_snooze(status: Status) -> bool:
    prompt = status.state.prompt
    return prompt is not None and prompt.phase is not Phase.STARTED and prompt.snoozes < status.settings.snooze_limit
