"""The home screen: today at a glance, what to do now, and the routines."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.events import DescendantFocus
from textual.getters import query_one
from textual.reactive import reactive
from textual.screen import Screen

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.routine.catalogue import RoutineCard, make_cards, make_exercise_card
from stretch_coach.session.resumption import InterruptedSession
from stretch_coach.session.suggestion import Situation, Suggestion, suggest
from stretch_coach.settings import Settings
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.keymap import name_keys
from stretch_coach.tui.known_day import KnownDay, read_day
from stretch_coach.tui.messages import SessionRequested
from stretch_coach.tui.widgets.day_cards import TodayCard, WeekCard
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.routine_list import RoutineList
from stretch_coach.tui.widgets.suggestion_card import SuggestionCard

if TYPE_CHECKING:
    from stretch_coach.guide.suitability import Suitability
    from stretch_coach.routine.library import Library
    from stretch_coach.tui.widgets.preview import Preview

_BROAD, _TALL = 124, 38
"""The columns from which the three cards stand side by side, and the lines from which the preview is spaced out."""


class HomeScreen(Screen[None]):
    """The first screen, and the one that every session returns to.

    Args:
        context: The user's settings, history and clock.
        cards: The routines, as far as they are known before the library is loaded.
    """

    HELP = (
        "Space starts what is suggested, and so does Enter as long as you have not moved to the list. "
        "Left and right show the exercises of a routine. Press {list.filter} and type to find a routine, an exercise "
        "or a muscle. {home.new} builds a new routine, and {home.change} changes the marked one."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "start_suggestion", "Start now", id="home.start", tooltip="Start what is suggested"),
        Binding("slash", "search", "Search", key_display="/", id="list.filter", tooltip="Search the routines"),
        Binding("escape", "show_all", "Show all", id="list.clear", tooltip="Show all routines again"),
        Binding("c", "continue", "Continue", id="home.continue", tooltip="Continue the interrupted session"),
        Binding("left", "turn(-1)", "Previous", show=False, id="home.previous", tooltip="Show the previous exercise"),
        Binding("right", "turn(1)", "Next", show=False, id="home.next", tooltip="Show the next exercise"),
        Binding("b", "app.open('breaks')", "Breaks", id="home.breaks", tooltip="Plan break reminders"),
        Binding("h", "app.open('history')", "History", id="home.history", tooltip="View and correct your history"),
        Binding("s", "app.open('settings')", "Settings", id="home.settings", tooltip="Change the settings"),
        Binding("t", "app.open('tight')", "Tight", id="home.tight", tooltip="Find exercises for where it is tight"),
        Binding("e", "app.open('exercises')", "Exercises", id="home.exercises", tooltip="Find and read exercises"),
        Binding("y", "app.open('profile')", "You", id="home.profile", tooltip="Say what applies to you"),
        Binding("p", "app.set_up", "Plan", id="home.plan", tooltip="Change your plan: which days, how often"),
        Binding("n", "app.build", "New routine", show=False, id="home.new", tooltip="Build a routine of your own"),
        Binding("m", "change", "Change it", show=False, id="home.change", tooltip="Change the marked routine"),
        Binding("g", "app.open('program')", "Program", id="home.program", tooltip="Follow a program over weeks"),
        Binding("w", "app.review_signs", "Signs", show=False, id="home.signs", tooltip="Review the warning signs"),
        Binding("q", "app.leave", "Quit", id="home.quit", tooltip="Quit"),
    ]
    AUTO_FOCUS = "SuggestionCard"
    HORIZONTAL_BREAKPOINTS = [*WIDTHS, (_BROAD, "-broad")]  # noqa: RUF012 - Textual's own
    VERTICAL_BREAKPOINTS = [*HEIGHTS, (_TALL, "-tall")]  # noqa: RUF012 - Textual's own
    DEFAULT_CSS = """
    HomeScreen {
        #home-day { layout: grid; grid-size: 2 2; grid-rows: 6 4; height: 10; }
        #home-day SuggestionCard { column-span: 2; }
        #home-choice { height: 1fr; }
        &.-broad #home-day { grid-size: 3 1; grid-rows: 6; height: 6; }
        &.-broad SuggestionCard { column-span: 1; }
        &.-broad RoutineList { max-width: 84; }
        &.-low #home-day, &.-narrow #home-day { grid-size: 1; grid-rows: 1; height: 2; }
        &.-low SuggestionCard, &.-narrow SuggestionCard { column-span: 1; }
        &.-low WeekCard, &.-narrow WeekCard { display: none; }
        &.-low TodayCard, &.-narrow TodayCard, &.-low SuggestionCard, &.-narrow SuggestionCard { border: none; }
        &.-low RoutineList, &.-narrow RoutineList { border: none; }
        &.-narrow.-mid #home-day, &.-narrow.-high #home-day, &.-narrow.-tall #home-day {
            grid-rows: 1 2; height: 3;
        }
    }
    """

    next_prompt: reactive[str] = reactive("")
    """When the next break prompt comes, as a sentence; empty until that is known."""

    _card = query_one(SuggestionCard)
    _list = query_one(RoutineList)

    def __init__(self, context: Context, cards: Sequence[RoutineCard]) -> None:
        super().__init__()
        self.context = context
        self.cards = tuple(cards)
        self._library: Library | None = None
        self._preview: Preview | None = None
        self._suggestion: Suggestion[RoutineCard] | None = None
        self._interrupted: InterruptedSession | None = None
        self._suits: Suitability | None = None
        self._starts_soon = False

    def compose(self) -> ComposeResult:
        """Lay out the day, what to do now, and the routines; the preview follows with the library."""
        with Container(id="home-day"):
            yield TodayCard()
            yield WeekCard()
            yield SuggestionCard()
        with Horizontal(id="home-choice"):
            yield RoutineList(self.cards)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Follow the theme and the settings."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._paint())
        self._unsubscribe = self.context.subscribe(self._settings_changed)

    def on_unmount(self) -> None:
        """Stop following the settings."""
        self._unsubscribe()

    def on_screen_resume(self) -> None:
        """Show what was done while another screen was on top, once the list is drawn."""
        self._fill()
        self.call_after_refresh(self.reload)

    def on_screen_suspend(self) -> None:
        """Keep the figure still while another screen is on top."""
        if self._preview:
            self._preview.rest()

    def on_descendant_focus(self, _: DescendantFocus) -> None:
        """Show a preview of what Enter would start."""
        self._show_preview()

    async def show_library(self, library: "Library") -> None:
        """Replace the routines that were known before with the ones in the library, and show the preview."""
        from stretch_coach.tui.drawing import Drawing  # noqa: PLC0415 - the list comes before the figure
        from stretch_coach.tui.widgets.preview import Preview  # noqa: PLC0415 - the list comes before the figure

        self._library = library
        preview = Preview(Drawing(self.context), self.context.clock.now)
        await self.query_one("#home-choice", Horizontal).mount(preview)
        self._preview = preview  # only now, since a key may be pressed while it is mounted
        self._show_preview()
        if self._fill():
            self.reload()

    def _fill(self) -> bool:
        """List what is in the library, to which the builder adds; return whether it is something else than before."""
        if self._library is None:
            return False
        cards, exercises = make_cards(self._library), tuple(map(make_exercise_card, self._library.exercises.values()))
        self._list.fill(cards, exercises)
        changed, self.cards = cards != self.cards, cards
        return changed

    def request(self, routine: str) -> None:
        """Ask for a session with the routine of this id."""
        self.post_message(SessionRequested(routine))

    def watch_next_prompt(self, sentence: str) -> None:
        """Show when the next prompt comes."""
        if self.is_mounted:
            self.query_one(TodayCard).show_prompt(sentence)

    @work(exclusive=True)
    async def reload(self) -> None:
        """Read the history and show what it says; waiting for it blocks nothing."""
        try:
            known = await asyncio.to_thread(read_day, self.context)
        except CoachError as error:
            self._show_problem(error)
            return
        self.query_one(TodayCard).show(known.glance)
        self.query_one(WeekCard).show(known.glance)
        self._suits = known.suits
        self._list.show_last_done(known.last_done, known.left_out(self.cards))
        if known.problem:
            self._show_problem(known.problem)
            return
        self._suggest(known)
        self.refresh_bindings()
        if self._starts_soon:
            self.action_start_suggestion()

    def _show_problem(self, error: CoachError) -> None:
        """Say why nothing can be suggested."""
        self._card.show_error(str(error))
        self._list.focus_list()
        self._starts_soon = False

    def _suggest(self, known: KnownDay) -> None:
        situation = self._situation(known)
        self._suggestion = suggestion = suggest(situation)
        # After something hurt, the advice to rest comes before the offer to continue.
        interrupted = known.interrupted if suggestion.routine else None
        self._interrupted = interrupted if interrupted and interrupted.record.routine in situation.routines else None
        if self._interrupted:
            key = name_keys("{home.continue}", self.context.settings.keys)
            self._card.show_interrupted(self._interrupted.record, key)
        else:
            calm = situation.program is not None and suggestion.reason == situation.program.sentence
            self._card.show_suggestion(suggestion, calm=calm)
        if self.focused is self._card and not self._card.can_focus:
            self._list.focus_list()
        self._show_preview()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer only what can be done now."""
        match action:
            case "start_suggestion":
                return self._suggestion is None or self._suggestion.routine is not None
            case "continue":
                return self._interrupted is not None
            case "change":
                return self.is_mounted and self._marked is not None
            case "search":
                return not self.is_mounted or not self._list.is_typing
            case "show_all":
                return self.is_mounted and (self._list.is_typing or not self._list.shows_all)
            case _:
                return True

    def action_search(self) -> None:
        """Let the user type a search."""
        self._list.start_search()

    def action_to_list(self) -> None:
        """Move from the suggestion to the list."""
        self._list.focus_list()

    @on(RoutineList.LeftAtTop)
    def _to_suggestion(self) -> None:
        if self._card.can_focus:
            self._card.focus()

    def action_show_all(self) -> None:
        """Show all routines again."""
        self._list.end_search()

    @on(SuggestionCard.Accepted)
    def action_start_suggestion(self) -> None:
        """Start what is suggested: the interrupted session if there is one. If nothing is known yet, do it then."""
        self._starts_soon = self._suggestion is None
        if self._interrupted:
            self.action_continue()
        elif self._suggestion and self._suggestion.routine:
            self.request(self._suggestion.routine.id)

    def action_continue(self) -> None:
        """Continue the interrupted session."""
        if self._interrupted:
            record = self._interrupted.record
            self.post_message(SessionRequested(record.routine, record.source, self._interrupted))

    async def action_change(self) -> None:
        """Open the marked routine in the builder."""
        await self.run_action(f"app.build({self._marked!r})")

    @property
    def _marked(self) -> str | None:
        """The id of the routine that the preview shows: the suggested or the highlighted one."""
        suggested = self._suggestion.routine if self._suggestion and self.focused is self._card else None
        return suggested.id if suggested else self._list.highlighted.routine

    def action_turn(self, by: int) -> None:
        """Show another exercise of the marked routine."""
        if self._preview:
            self._preview.turn(by)

    @on(RoutineList.Highlighted)
    def _highlighted(self, _: RoutineList.Highlighted) -> None:
        self._show_preview()

    @on(RoutineList.Chosen)
    def _chosen(self, message: RoutineList.Chosen) -> None:
        self.request(message.routine)

    def _show_preview(self) -> None:
        """Show the suggestion while its card has the focus, and the highlighted row otherwise."""
        if not self._preview or not self._library:
            return
        row, suggestion = self._list.highlighted, self._suggestion.routine if self._suggestion else None
        exercise = self._library.exercises.get(row.exercise or "")
        if self.focused is self._card and suggestion:
            self._preview.show_routine(self._library.routines.get(suggestion.id), self._suits)
        elif exercise:
            having = [card.title for card in self.cards if any(one.id == exercise.id for one in card.exercises)]
            self._preview.show_exercise(exercise, having)
        else:
            self._preview.show_routine(self._library.routines.get(row.routine or ""), self._suits)

    def _settings_changed(self, _: Settings) -> None:
        self._paint()
        self.reload()

    def _paint(self) -> None:
        if self._preview:
            self._preview.paint()

    def _situation(self, known: KnownDay) -> Situation[RoutineCard]:
        glance, left_out = known.glance, known.left_out(self.cards)
        wall = self.context.clock.wall()
        hour = datetime.fromtimestamp(wall.ms / 1000 + wall.utc_offset_s, UTC).hour
        return Situation(
            routines={card.id: card for card in self.cards if card.id not in left_out},
            default_routine=self.context.settings.start.routine,
            hour=hour,
            planned=glance.today.planned,
            done=glance.today.done,
            today=glance.today.sessions,
            recent=glance.recent,
            recency=known.recency,
            aim=known.aim,
            program=known.program_today(self.cards),
        )
