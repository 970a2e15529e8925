"""The exercise library: find an exercise, see it move, read all about it, and start it alone."""

import asyncio
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from stretch_coach.context import Context
from stretch_coach.guide.body_map import load_body_map
from stretch_coach.guide.exercise_page import done_sentence, facts_about, page_sections, routine_of, search_card
from stretch_coach.guide.suitability import load_suitability
from stretch_coach.journal.glance import days_ago
from stretch_coach.journal.sessions import exercises_done
from stretch_coach.paths import bundled_routines
from stretch_coach.phrasing import count
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.library import Library
from stretch_coach.routine.safety import load_references
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.messages import SessionRequested
from stretch_coach.tui.widgets.exercise_rows import exercise_rows
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.preview import Preview
from stretch_coach.tui.widgets.routine_list import SearchField

_LEFT_OUT = "left out"


class _List(OptionList):
    """The list, whose Enter starts an exercise."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Start it alone", id="exercises.start", tooltip="Start this exercise alone"),
        Binding("right", "screen.read", "Read", id="exercises.read", tooltip="Move to the text"),
    ]


class _Text(VerticalScroll):
    """The text beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.list", "List", id="exercises.list", tooltip="Return to the list"),
    ]


class ExercisesScreen(Screen[None]):
    """Lists the exercises in groups, and shows the marked one.

    Args:
        context: The user's settings, history and clock.
        library: The exercises and routines.

    Raises:
        CoachError: The profile is not valid.
    """

    HELP = (
        "Press / and type a name, a muscle, a place on the body, a position, or what you have, such as wall. Enter "
        "starts the marked exercise alone, with its usual dose. → moves to the text, which the arrows scroll."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", key_display="/", id="exercises.search", tooltip="Search the exercises"),
        Binding("escape", "back", "Back", id="exercises.back", tooltip="End the search, or go back"),
        Binding("down", "list", show=False),
    ]
    AUTO_FOCUS = "#exercises-list"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    ExercisesScreen {
        #exercises-found {
            width: 2fr; max-width: 64; height: 1fr; border: round $border; border-title-color: $text-accent;
            border-subtitle-color: $text-muted;
            &:focus-within { border: round $accent; }
        }
        #exercises-found Input { margin: 0 1; background: $surface; }
        #exercises-list {
            height: 1fr; margin-left: 1; padding: 0; border: none; background: $background; scrollbar-size-vertical: 1;
            &:focus { background-tint: $foreground 0%; }
            & > .option-list--option-highlighted { background: $block-cursor-background; text-style: bold; }
        }
        #exercises-page { width: 3fr; height: 1fr; }
        Preview { height: 2fr; min-height: 11; width: 1fr; border: round $border; }
        #exercises-text {
            height: 3fr; padding: 0 1; border: round $border; scrollbar-size-vertical: 1;
            &:focus { border: round $accent; }
        }
        #exercises-words { height: auto; max-width: 88; }
        #preview-steps, #preview-text, #preview-summary { display: none; }
        &.-narrow #exercises-page { display: none; }
        &.-narrow.-reading #exercises-page { display: block; }
        &.-narrow.-reading #exercises-found { display: none; }
        &.-narrow #exercises-found { width: 1fr; max-width: 100%; }
        &.-low Preview { display: none; }
        &.-low #exercises-found, &.-low #exercises-text { border: none; }
    }
    """

    _list = query_one("#exercises-list", OptionList)
    _filter = query_one("#exercises-filter", Input)
    _preview = query_one(Preview)

    def __init__(self, context: Context, library: Library) -> None:
        super().__init__()
        self.context = context
        self._library = library
        self._suits = load_suitability(context.places)
        self._references = load_references(bundled_routines())
        body_map = load_body_map(bundled_routines())
        self._cards = [search_card(one, body_map) for one in library.exercises.values()]
        self._done: dict[str, tuple[date, int]] = {}
        self._ids: list[str | None] = []

    def compose(self) -> ComposeResult:
        """Lay out the search and the list beside the figure and the text."""
        with Horizontal():
            with Vertical(id="exercises-found") as found:
                found.border_title = "Exercises"
                yield SearchField(placeholder="/ name, muscle, place, need", id="exercises-filter", compact=True)
                yield _List(id="exercises-list", markup=False, compact=True)
            with Vertical(id="exercises-page"):
                yield Preview(Drawing(self.context), self.context.clock.now)
                with _Text(id="exercises-text"):
                    yield Static(id="exercises-words")
        yield KeyFooter()

    def on_mount(self) -> None:
        """List all exercises, and follow the theme and the settings."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._preview.paint())
        self._unsubscribe = self.context.subscribe(lambda _: self._preview.paint())
        self._show(None)

    def on_unmount(self) -> None:
        """Stop following the settings."""
        self._unsubscribe()

    def on_screen_resume(self) -> None:
        """Show what was done while another screen was on top."""
        self.reload()

    def on_screen_suspend(self) -> None:
        """Keep the figure still while another screen is on top."""
        self._preview.rest()

    @work(exclusive=True)
    async def reload(self) -> None:
        """Read from the history when each exercise was last done; waiting for it blocks nothing."""
        with self.context.reporting_errors():
            self._done = await asyncio.to_thread(self._read_done)
            self._show(self._marked.id if self._marked else None)

    def _read_done(self) -> dict[str, tuple[date, int]]:
        with self.context.history() as history:
            return exercises_done(history)

    @property
    def _marked(self) -> Exercise | None:
        """The marked exercise."""
        index = self._list.highlighted
        id_ = self._ids[index] if index is not None and index < len(self._ids) else None
        return self._library.exercises.get(id_ or "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer only what can be done now."""
        is_typing = self.is_mounted and self.focused is self._filter
        return not (is_typing and action == "search")

    def action_search(self) -> None:
        """Let the user type."""
        self.set_focus(self._filter)

    def action_start(self) -> None:
        """Start the marked exercise alone."""
        if exercise := self._marked:
            self.post_message(SessionRequested(routine_of(exercise, self._library.exercises)))

    def action_read(self) -> None:
        """Move to the text."""
        self.add_class("-reading")
        self.query_one("#exercises-text", _Text).focus()

    def action_list(self) -> None:
        """Return to the list."""
        self.remove_class("-reading")
        self._list.focus()

    def action_back(self) -> None:
        """Return from the text or end the search; if there is nothing of that, close the screen."""
        if self.has_class("-reading") and self.has_class("-narrow"):
            self.action_list()
        elif self._filter.value or self.focused is self._filter:
            self._filter.value = ""
            self.action_list()
        else:
            self.app.pop_screen()

    @on(Input.Changed)
    def _searched(self, message: Input.Changed) -> None:
        message.stop()
        self._show(None)

    @on(Input.Submitted)
    def _search_done(self, message: Input.Submitted) -> None:
        message.stop()
        self.action_list()

    @on(OptionList.OptionSelected)
    def _selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.action_start()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        self._show_page()

    def _show(self, marked: str | None) -> None:
        """List what the search finds, or everything, and mark an exercise, or else the first."""
        notes = {id_: days_ago((self.context.today - day).days) for id_, (day, _) in self._done.items()}
        notes |= {id_: _LEFT_OUT for id_, one in self._library.exercises.items() if self._suits.why_not(one)}
        rows = exercise_rows(self._cards, self._library.exercises, self._filter.value, notes)
        self._ids = [row.exercise for row in rows]
        self._list.clear_options()
        self._list.add_options([row.option for row in rows])
        found = [index for index, id_ in enumerate(self._ids) if id_ is not None]
        self._list.highlighted = next((index for index in found if self._ids[index] == marked), next(iter(found), None))
        box = self.query_one("#exercises-found", Vertical)
        box.border_subtitle = count(len(found), "exercise")
        self._show_page()
        self.refresh_bindings()

    def _show_page(self) -> None:
        """Show the marked exercise."""
        exercise, text = self._marked, self.query_one("#exercises-words", Static)
        if exercise is None:
            self._preview.show_routine(None)
            text.update("")
            return
        self._preview.show_exercise(exercise, [])
        text.update(self._page(exercise))
        self.query_one("#exercises-text", _Text).scroll_home(animate=False)

    def _page(self, exercise: Exercise) -> Content:
        """Return all about an exercise."""
        day, times = self._done.get(exercise.id, (None, 0))
        lines = [Content(done_sentence(day, times, self.context.today))]
        if why := self._suits.why_not(exercise):
            lines.append(Content.styled(f"Left out of your sessions ({why}).", "$text-warning"))
        if exercise.locked:
            lines.append(Content.styled("Locked: only for people whose clinician taught it.", "$text-warning"))
        for name, words in facts_about(exercise):
            lines.append(Content.assemble((f"{name}: ", "$text-muted"), words))
        for section in page_sections(exercise, self._references, self._library.routines.values()):
            lines += [Content(""), Content.styled(section.heading, "bold $text-accent")]
            for number, line in enumerate(section.lines, start=1):
                lines.append(Content(f"{number}. {line}" if section.numbered else f"· {line}"))
        return Content("\n").join(lines)
