"""The list of routines in groups, and the search that takes their place as the user types."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input, OptionList

from stretch_coach.phrasing import count
from stretch_coach.routine.catalogue import ExerciseCard, RoutineCard
from stretch_coach.routine.search import search
from stretch_coach.tui.widgets.routine_rows import Density, Row, RowKey, density, group_rows, hit_rows


class SearchField(Input):
    """A field for a search, in which `?` opens the help as everywhere else."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Leave `?` to the app."""
        return character != "?" and super().check_consume_key(key, character)

    async def _on_key(self, event: Key) -> None:
        if event.character == "?":
            event.prevent_default()


class _Rows(OptionList):
    """The rows. Up leaves the first of them, and the heading above it is shown with it."""

    @property
    def _first(self) -> int | None:
        return next((index for index, option in enumerate(self.options) if not option.disabled), None)

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Show the row, and the heading above the first one."""
        super().watch_highlighted(highlighted)
        if highlighted is not None and highlighted == self._first:
            self.scroll_home(animate=False)

    def action_cursor_up(self) -> None:
        """Move up; from the first row, to what is above the list."""
        if self.highlighted in (None, self._first):
            self.post_message(RoutineList.LeftAtTop())
        else:
            super().action_cursor_up()

    def on_focus(self) -> None:
        """Highlight the first row if none is."""
        if self.highlighted is None:
            self.action_first()


class RoutineList(Vertical):
    """Lists routines, and reports which one is highlighted and which one was chosen.

    Args:
        cards: The routines to begin with.
    """

    @dataclass
    class Highlighted(Message):
        """Another row was highlighted: a routine or an exercise, by its id, or neither if nothing matches."""

        routine: str | None
        exercise: str | None = None

    @dataclass
    class Chosen(Message):
        """A routine should be started, by its id."""

        routine: str

    @dataclass
    class LeftAtTop(Message):
        """The user moved up from the first row, or from the filter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "to_list", show=False),
        Binding("up", "leave_at_top", show=False),
    ]
    DEFAULT_CSS = """
    RoutineList {
        width: 1fr; height: 1fr; border: round $border; border-title-color: $text-accent;
        border-subtitle-color: $text-muted;
        &:focus-within { border: round $accent; }
        Input { margin: 0 1; background: $surface; }
        OptionList {
            height: 1fr; margin-left: 1; padding: 0; border: none; background: $background; scrollbar-size-vertical: 1;
            &:focus { background-tint: $foreground 0%; }
            & > .option-list--option-highlighted { background: $background; text-style: none; }
        }
        &:focus-within OptionList > .option-list--option-highlighted {
            background: $block-cursor-background; text-style: bold;
        }
    }
    """

    _filter = query_one("#filter", Input)
    _options = query_one("#list", _Rows)

    def __init__(self, cards: Sequence[RoutineCard]) -> None:
        super().__init__()
        self.border_title = "Routines"
        self._cards = tuple(cards)
        self._exercises: tuple[ExerciseCard, ...] = ()
        self._last_done: Mapping[str, str] = {}
        self._left_out: frozenset[str] = frozenset()
        self._density = Density.DENSE
        self._rows = group_rows(self._cards, {}, self._density)

    def compose(self) -> ComposeResult:
        """Lay out the filter above the list."""
        yield SearchField(placeholder="/ routine, exercise or muscle", id="filter", compact=True)
        yield _Rows(*(row.option for row in self._rows), id="list", markup=False, compact=True)

    @property
    def is_typing(self) -> bool:
        """Whether the user is typing a search."""
        return self.screen.focused is self._filter

    @property
    def shows_all(self) -> bool:
        """Whether all routines are listed, as nothing is searched for."""
        return not self._filter.value

    @property
    def highlighted(self) -> RowKey:
        """What the highlighted row stands for."""
        index = self._options.highlighted
        row = self._rows[index] if index is not None and index < len(self._rows) else None
        return row.key if row and row.key else RowKey()

    def on_resize(self) -> None:
        """Use the height there is, and keep the highlighted row visible."""
        self.call_after_refresh(self._resized)

    def fill(self, cards: Sequence[RoutineCard], exercises: Sequence[ExerciseCard] = ()) -> None:
        """List other routines, or others under the same names; the highlighted row stays highlighted."""
        if (tuple(cards), tuple(exercises)) != (self._cards, self._exercises):
            self._cards, self._exercises = tuple(cards), tuple(exercises)
            self._show(self.highlighted)

    def show_last_done(self, last_done: Mapping[str, str], left_out: Collection[str] = ()) -> None:
        """Say when each routine was last done, by its id, and of which routines nothing suits the user."""
        known = last_done, frozenset(left_out)
        if known != (self._last_done, self._left_out):
            self._last_done, self._left_out = known
            self._show(self.highlighted)

    def focus_list(self) -> None:
        """Let the arrow keys move in the list."""
        self._options.focus()

    def start_search(self) -> None:
        """Let the user type."""
        self.screen.set_focus(self._filter)  # at once, because the next key is already meant for it

    def end_search(self) -> None:
        """Show all routines again."""
        self._filter.value = ""
        self.focus_list()

    def action_to_list(self) -> None:
        """Move from the filter to the list."""
        self.focus_list()

    def action_leave_at_top(self) -> None:
        """Report that the user wants to move up from the filter."""
        self.post_message(self.LeftAtTop())

    @on(Input.Changed)
    def _filter_changed(self, message: Input.Changed) -> None:
        message.stop()
        self._show(None)
        self.screen.refresh_bindings()

    @on(Input.Submitted)
    def _filter_submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.focus_list()

    @on(OptionList.OptionHighlighted)
    def _option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        key = self.highlighted
        if message.option_id == key.option_id:  # else the list has changed since
            self.post_message(self.Highlighted(key.routine, key.exercise))

    @on(OptionList.OptionSelected)
    def _option_selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        key = next((row.key for row in self._rows if row.key and row.key.option_id == message.option_id), None)
        if key is None:
            return
        if key.routine is not None:
            self.post_message(self.Chosen(key.routine))
        elif any(key.exercise == one.id for card in self._cards for one in card.exercises):
            name = next(one.name for one in self._exercises if one.id == key.exercise)
            self._filter.value = name  # finds the routines that have it

    def _show(self, highlighted: RowKey | None) -> None:
        """List all routines, or what the search finds, and highlight a row; if it is not there, the first one found."""
        query = self._filter.value
        everything = group_rows(self._cards, self._last_done, self._density, self._left_out)
        self._rows = self._find(query) if query.strip() else everything
        at_top = self._options.scroll_y == 0
        self._options.clear_options()
        self._options.add_options([row.option for row in self._rows])
        index = next((index for index, row in enumerate(self._rows) if row.key and row.key == highlighted), None)
        if index is None and query.strip():
            index = next((index for index, row in enumerate(self._rows) if row.key), None)
        self._options.highlighted = index
        if at_top and index is None:
            self._options.scroll_home(animate=False)
        if not any(row.key for row in self._rows):
            self.post_message(self.Highlighted(None))

    def _find(self, query: str) -> list[Row]:
        hits = search(query, self._cards, self._exercises)
        places = {
            one.id: count(times, "routine") if times else "in no routine"
            for one in self._exercises
            for times in [sum(one in card.exercises for card in self._cards)]
        }
        return hit_rows(hits, query, self._last_done, places, self._left_out)

    def _resized(self) -> None:
        self._fit()
        self._options.scroll_to_highlight()

    def _fit(self) -> None:
        """List the routines as spaciously as they fit."""
        fitting = density(self._cards, self._options.size.height)
        if fitting != self._density:
            self._density = fitting
            if not self._filter.value.strip():
                self._show(self.highlighted)
