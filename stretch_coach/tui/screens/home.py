"""The home screen: today at a glance, what to do now, and the routines."""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.reactive import reactive
from textual.screen import Screen

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.files import atomic_write, read_json
from stretch_coach.journal import acknowledgements
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.sessions import SessionQuery, list_sessions
from stretch_coach.journal.summary import Today, load_today
from stretch_coach.paths import make_private_folder
from stretch_coach.routine import catalogue
from stretch_coach.routine.catalogue import RoutineCard, make_cards
from stretch_coach.session.resumption import InterruptedSession, find_interrupted
from stretch_coach.session.suggestion import Situation, suggest
from stretch_coach.settings import Settings
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.messages import SessionRequested
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.routine_list import RoutineList
from stretch_coach.tui.widgets.today_panel import TodayPanel

if TYPE_CHECKING:
    from stretch_coach.routine.library import Library
    from stretch_coach.tui.widgets.preview import Preview

_RECENT = timedelta(days=28)
_START_HELP = "Start this routine"


class RoutineCommands(Provider):
    """Starts a routine from the command palette. Textual's own provider would read titles as markup."""

    async def discover(self) -> Hits:
        """Offer every routine before anything is typed."""
        for title, start in self._commands():
            yield DiscoveryHit(Content(title), start, text=title, help=_START_HELP)

    async def search(self, query: str) -> Hits:
        """Offer the routines whose title matches `query`, the matching letters marked."""
        matcher = self.matcher(query)
        for title, start in self._commands():
            score, offsets = matcher.fuzzy_search.match(query, title)
            if score > 0:
                words = Content(title)
                for offset in offsets:
                    words = words.stylize(matcher.match_style, offset, offset + 1)
                yield Hit(score, words, start, text=title, help=_START_HELP)

    def _commands(self) -> Iterator[tuple[str, Callable[[], None]]]:
        home = cast("HomeScreen", self.screen)  # the only screen that names this provider
        for card in home.cards:
            yield f"Start: {card.title}", partial(home.request, card.id)


class _RecentHistory(NamedTuple):
    """The part of the history that the screen needs."""

    today: Today
    recent: list[SessionRecord]
    interrupted: InterruptedSession | None


class HomeScreen(Screen[None]):
    """The first screen, and the one that every session returns to.

    Args:
        context: The user's settings, history and clock.
        cards: The routines, as far as they are known before the library is loaded.
    """

    HELP = (
        "Enter starts the selected routine; the suggested one is selected first. "
        "Left and right show its exercises. Press / and type to find a routine, an exercise or a muscle."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "continue", "Continue", id="home.continue", tooltip="Continue the interrupted session"),
        Binding("left", "turn(-1)", "Previous", show=False, id="home.previous", tooltip="Show the previous exercise"),
        Binding("right", "turn(1)", "Next", show=False, id="home.next", tooltip="Show the next exercise"),
        Binding("b", "app.open('breaks')", "Breaks", id="home.breaks", tooltip="Plan break reminders"),
        Binding("h", "app.open('history')", "History", id="home.history", tooltip="View and correct your history"),
        Binding("s", "app.open('settings')", "Settings", id="home.settings", tooltip="Change the settings"),
        Binding("w", "app.review_signs", "Signs", show=False, id="home.signs", tooltip="Review the warning signs"),
        Binding("q", "app.leave", "Quit", id="home.quit", tooltip="Quit"),
    ]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {RoutineCommands}
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    HomeScreen {
        #home-body { height: 1fr; }
        &.-narrow RoutineList { width: 1fr; }
        &.-low #filter { margin: 0; }
        &.-low TodayPanel Static { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    next_prompt: reactive[str] = reactive("")
    """When the next break prompt comes, as a sentence; empty until that is known."""

    _panel = query_one(TodayPanel)
    _list = query_one(RoutineList)

    def __init__(self, context: Context, cards: Sequence[RoutineCard]) -> None:
        super().__init__()
        self.context = context
        self.cards = tuple(cards)
        self._library: Library | None = None
        self._preview: Preview | None = None
        self._interrupted: InterruptedSession | None = None

    def compose(self) -> ComposeResult:
        """Lay out today above and the routines below; the preview follows with the library."""
        yield TodayPanel()
        with Horizontal(id="home-body"):
            yield RoutineList(self.cards)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Follow the theme and the settings."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._paint())
        self._unsubscribe = self.context.subscribe(self._settings_changed)
        self._list.focus_list()

    def on_unmount(self) -> None:
        """Stop following the settings."""
        self._unsubscribe()

    def on_screen_resume(self) -> None:
        """Show what was done while another screen was on top."""
        self.reload()

    async def show_library(self, library: "Library") -> None:
        """Replace the routines that were known before with the ones in the library, and show the preview."""
        from stretch_coach.tui.drawing import Drawing  # noqa: PLC0415 - the list comes before the figure
        from stretch_coach.tui.widgets.preview import Preview  # noqa: PLC0415 - the list comes before the figure

        self._library = library
        preview = Preview(Drawing(self.context))
        await self.query_one("#home-body", Horizontal).mount(preview)
        self._preview = preview  # only now, since a key may be pressed while it is mounted
        self._show_preview(self._list.highlighted)
        if (cards := make_cards(library)) != self.cards:
            self.cards = cards
            self._list.fill(cards)
            self.reload()

    def request(self, routine: str) -> None:
        """Ask for a session with the routine of this id."""
        self.post_message(SessionRequested(routine))

    def watch_next_prompt(self, sentence: str) -> None:
        """Show when the next prompt comes."""
        if self.is_mounted:
            self._panel.show_prompt(sentence)

    @work(exclusive=True)
    async def reload(self) -> None:
        """Read the history and show what it says; waiting for it blocks nothing."""
        try:
            now = await asyncio.to_thread(_read_history, self.context)
        except CoachError as error:
            self._panel.show_error(str(error))
            return
        suggestion = suggest(self._situation(now))
        self._panel.show_today(now.today)
        # After something hurt, the advice to rest comes before the offer to continue.
        self._interrupted = now.interrupted if suggestion.routine else None
        if self._interrupted:
            self._panel.show_interrupted(self._interrupted.record)
        else:
            self._panel.show_suggestion(suggestion)
        self._list.suggest(suggestion.routine.id if suggestion.routine else None)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer to continue only where a session was interrupted."""
        return action != "continue" or self._interrupted is not None

    def action_continue(self) -> None:
        """Continue the interrupted session."""
        if self._interrupted:
            record = self._interrupted.record
            self.post_message(SessionRequested(record.routine, record.source, self._interrupted))

    def action_turn(self, by: int) -> None:
        """Show another exercise of the marked routine."""
        if self._preview:
            self._preview.turn(by)

    @on(RoutineList.Highlighted)
    def _highlighted(self, message: RoutineList.Highlighted) -> None:
        self._show_preview(message.routine)

    @on(RoutineList.Chosen)
    def _chosen(self, message: RoutineList.Chosen) -> None:
        self.request(message.routine)

    def _show_preview(self, routine: str | None) -> None:
        if self._preview and self._library:
            self._preview.show_routine(self._library.routines.get(routine or ""))

    def _settings_changed(self, _: Settings) -> None:
        self._paint()
        self.reload()

    def _paint(self) -> None:
        if self._preview:
            self._preview.paint()

    def _situation(self, now: _RecentHistory) -> Situation[RoutineCard]:
        wall = self.context.clock.wall()
        hour = datetime.fromtimestamp(wall.ms / 1000 + wall.utc_offset_s, UTC).hour
        return Situation(
            routines={card.id: card for card in self.cards},
            default_routine=self.context.settings.start.routine,
            hour=hour,
            planned=now.today.planned,
            done=now.today.done,
            today=now.today.sessions,
            recent=now.recent,
        )


def _read_history(context: Context) -> _RecentHistory:
    """Return the part of the history that the screen needs.

    Raises:
        CoachError: The history cannot be read.
    """
    with context.history() as database:
        return _RecentHistory(
            load_today(database, context.today, context.counting_rules),
            list_sessions(database, SessionQuery((context.today - _RECENT).isoformat())),
            find_interrupted(database, context.places.running, context.today),
        )


def known_cards(context: Context) -> tuple[RoutineCard, ...]:
    """Return the routines that were listed last time; none if another screen has to come before home."""
    try:
        with context.history() as history:
            if acknowledgements.notice_is_due(history, context.clock.wall().ms):
                return ()
    except CoachError:
        return ()
    return catalogue.from_json(read_json(context.places.catalogue))


def keep_cards(context: Context, cards: tuple[RoutineCard, ...], kept: tuple[RoutineCard, ...]) -> None:
    """Keep what the list of routines shows for the next start, if it has changed."""
    file = context.places.catalogue
    if cards != kept:
        with context.reporting_errors():
            make_private_folder(file.parent)
            with atomic_write(file, durable=False) as text:
                json.dump(catalogue.to_json(cards), text, ensure_ascii=False)
