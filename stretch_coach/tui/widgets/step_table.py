"""The steps of a routine as a table: a cursor chooses a step and a part of its dose, and steps can be dragged."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from stretch_coach.phrasing import minutes_and_seconds
from stretch_coach.routine.draft import DraftStep
from stretch_coach.text import cut_to_width, pad_to_width, text_width
from stretch_coach.tui.keymap import key_for


class Column(IntEnum):
    """A part of a step that the cursor can be on."""

    NAME = 0
    SIDE = 1
    PREPARE = 2
    HOLD = 3
    REPS = 4
    REST = 5


_HEADINGS = ("Exercise", "Side", "Ready", "Hold", "×", "Rest")
_CELLS = (0, 6, 6, 6, 4, 6)
"""How many cells each column takes; the name takes what is left."""

_TIME_CELLS, _NUMBER_CELLS = 7, 4
_WIDE_FROM = 62
"""The width from which each step has a number and its time."""

_LEAST_NAME = 12
_WHEEL_LINES = 3
_NONE = "·"
_EMPTY = ("No steps yet.", "Press {key} to add an exercise.")


class StepTable(Widget, can_focus=True):
    """Shows steps and reports what the user wants to do with them."""

    @dataclass
    class Moved(Message):
        """The cursor is on another step."""

        index: int

    @dataclass
    class EditRequested(Message):
        """The user wants to change the part of the step below the cursor.

        Attributes:
            typed: A digit that was typed already, or empty.
        """

        typed: str = ""

    @dataclass
    class Dropped(Message):
        """A step was dragged from one index to another."""

        index: int
        to: int

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, id="steps.up", tooltip="The step above"),
        Binding("down", "move(1)", show=False, id="steps.down", tooltip="The step below"),
        Binding("pageup", "move(-10)", show=False, id="steps.pageup", tooltip="Ten steps up"),
        Binding("pagedown", "move(10)", show=False, id="steps.pagedown", tooltip="Ten steps down"),
        Binding("home", "move(-1000)", show=False, id="steps.first", tooltip="The first step"),
        Binding("end", "move(1000)", show=False, id="steps.last", tooltip="The last step"),
        Binding("left", "turn(-1)", show=False, id="steps.left", tooltip="The part before"),
        Binding("right", "turn(1)", show=False, id="steps.right", tooltip="The next part"),
        Binding("enter", "edit", "Change", id="steps.edit", tooltip="Change the exercise, the side or the number"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "steps--heading",
        "steps--quiet",
        "steps--current",
        "steps--cell",
    }
    DEFAULT_CSS = """
    StepTable {
        width: 1fr; height: 1fr; min-height: 4; border: round $border; border-title-color: $text-accent;
        border-subtitle-color: $text-muted;
        &:focus { border: round $accent; }
        & > .steps--heading { color: $text-primary; text-style: bold; }
        & > .steps--quiet { color: $text-muted; }
        & > .steps--current { background: $panel; text-style: bold; }
        & > .steps--cell { background: $block-cursor-background; text-style: bold reverse; }
    }
    """

    steps: reactive[Sequence[DraftStep]] = reactive(())
    cursor: reactive[int] = reactive(0)
    """The index of the step the cursor is on."""
    column: reactive[Column] = reactive(Column.NAME)

    def __init__(self) -> None:
        super().__init__(id="builder-steps")
        self.border_title = "Steps"
        self._first = 0
        self._dragged: int | None = None
        self._edits = False

    @property
    def step(self) -> DraftStep | None:
        """The step the cursor is on, if there are steps."""
        return self.steps[self.cursor] if self.cursor < len(self.steps) else None

    @property
    def part(self) -> Column:
        """The part the cursor is on; a rest has only its words and its length."""
        is_rest = self.step is not None and self.step.exercise is None
        return Column.REST if is_rest and self.column is not Column.NAME else self.column

    def show(self, steps: Sequence[DraftStep], cursor: int) -> None:
        """Show other steps, with the cursor on one of them."""
        self.steps = steps
        self.cursor = cursor
        self._keep_cursor_visible()
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor among the steps."""
        return max(0, min(cursor, len(self.steps) - 1))

    def watch_cursor(self, cursor: int) -> None:
        """Keep the cursor in view, and say where it is."""
        self._keep_cursor_visible()
        self.post_message(self.Moved(cursor))

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._keep_cursor_visible()

    def action_move(self, by: int) -> None:
        """Move by some steps."""
        self.cursor += by

    def action_turn(self, by: int) -> None:
        """Move to the part before (-1) or after (1)."""
        if self.step and self.step.exercise is None:
            self.column = Column.REST if by > 0 else Column.NAME
        else:
            self.column = Column((self.column + by) % len(Column))

    def action_edit(self) -> None:
        """Ask to change what is below the cursor."""
        if self.steps:
            self.post_message(self.EditRequested())

    def on_key(self, event: events.Key) -> None:
        """Let a number be typed at once."""
        if event.character and event.character in "0123456789" and self.steps and self.part >= Column.PREPARE:
            self.post_message(self.EditRequested(event.character))
            event.stop()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor below the pointer; from there the step can be dragged."""
        offset = event.get_content_offset(self)
        row = self._row_at(offset.y) if offset else None
        if offset is None or row is None or row >= len(self.steps):
            return
        was = self.cursor, self.part
        self.cursor, self.column = row, self._column_at(offset.x)
        self._edits = was == (self.cursor, self.part)
        self._dragged = row
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show where a dragged step would be."""
        offset = event.get_content_offset_capture(self)
        if self._dragged is not None and (row := self._row_at(offset.y)) is not None:
            self.cursor = row

    def on_mouse_up(self) -> None:
        """Drop the step; if it was not moved, and the cursor was there before, change it."""
        self.release_mouse()
        dragged, self._dragged = self._dragged, None
        if dragged is not None and dragged != self.cursor:
            self.post_message(self.Dropped(dragged, self.cursor))
        elif dragged is not None and self._edits:
            self.action_edit()

    def on_mouse_scroll_down(self) -> None:
        """Show further steps."""
        self.cursor += _WHEEL_LINES

    def on_mouse_scroll_up(self) -> None:
        """Show earlier steps."""
        self.cursor -= _WHEEL_LINES

    def render_line(self, y: int) -> Strip:
        """Draw the headings or a step."""
        width, base = self.size.width, self.rich_style
        row = self._row_at(y)
        if row is None:
            cells = self._cells(_HEADINGS, "#", "Time")
            return self._strip([(cell, "steps--heading") for cell in cells], base)
        if not self.steps and row < len(_EMPTY):
            style = base + self.get_component_rich_style("steps--quiet", partial=True)
            words = _EMPTY[row].format(key=key_for(self.screen, "builder.add"))
            return Strip([Segment(cut_to_width(f" {words}", width), style)]).adjust_cell_length(width, base)
        if row >= len(self.steps):
            return Strip.blank(width, base)
        return self._draw_step(row, base)

    def _draw_step(self, row: int, base: Style) -> Strip:
        step, is_current = self.steps[row], row == self.cursor
        cells = self._cells(_parts(step), str(row + 1), minutes_and_seconds(step.step.seconds))
        if is_current:
            base += self.get_component_rich_style("steps--current", partial=True)
        first = len(cells) - len(_HEADINGS) - (1 if self._is_wide else 0)
        styles = ["steps--quiet" if step.exercise is None else ""] * len(cells)
        if self._is_wide:
            styles[0] = styles[-1] = "steps--quiet"
        if is_current and self.has_focus:
            styles[first + self.part] = "steps--cell"
        return self._strip(list(zip(cells, styles, strict=True)), base)

    def _strip(self, cells: Sequence[tuple[str, str]], base: Style) -> Strip:
        segments = [
            Segment(text, base + self.get_component_rich_style(name, partial=True) if name else base)
            for text, name in cells
        ]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    @property
    def _is_wide(self) -> bool:
        return self.size.width >= _WIDE_FROM

    @property
    def _name_cells(self) -> int:
        extra = _TIME_CELLS + _NUMBER_CELLS if self._is_wide else 0
        return max(_LEAST_NAME, self.size.width - sum(_CELLS) - extra)

    def _cells(self, parts: Sequence[str], number: str, time: str) -> list[str]:
        """Return the texts of a line, each as wide as its column."""
        name, *rest = parts
        cells = [pad_to_width(" " + _cut(name, self._name_cells - 2), self._name_cells)]
        cells += [_right(text, cells) for text, cells in zip(rest, _CELLS[1:], strict=True)]
        if self._is_wide:
            return [_right(number, _NUMBER_CELLS), *cells, _right(time, _TIME_CELLS)]
        return cells

    def _row_at(self, y: int) -> int | None:
        """Return the index of the step on a line, which may be after the last one, or None for the headings."""
        return None if y < 1 else self._first + y - 1

    def _column_at(self, x: int) -> Column:
        x -= _NUMBER_CELLS if self._is_wide else 0
        right = self._name_cells
        for column in Column:
            if x < right:
                return column
            right += _CELLS[min(column + 1, Column.REST)]
        return Column.REST

    def _keep_cursor_visible(self) -> None:
        lines = max(1, self.size.height - 1)
        first = min(self._first, self.cursor, max(0, len(self.steps) - lines))
        self._first = max(first, self.cursor - lines + 1, 0)
        below = len(self.steps) - self._first - lines
        self.border_subtitle = f"↓ {below} more" if below > 0 else ""
        self.refresh()


def _parts(step: DraftStep) -> tuple[str, ...]:
    """Return what the columns say of a step."""
    dose = step.step
    if step.exercise is None:
        return dose.say or "Rest", "", "", "", "", f"{dose.rest:g} s"
    side = {2: "each", 1: dose.sides[0] or _NONE}[len(dose.sides)]
    rest = f"{dose.rest:g} s" if dose.reps > 1 else _NONE
    name = step.exercise.name + (f" (or {len(dose.swaps)} more)" if dose.swaps else "")
    return name, side, f"{dose.prepare:g} s", f"{dose.hold:g} s", f"{dose.reps}", rest


def _cut(text: str, cells: int) -> str:
    return text if text_width(text) <= cells else cut_to_width(text, cells - 1) + "…"


def _right(text: str, cells: int) -> str:
    """Return a text at the right end of a column."""
    return " " * (cells - 1 - text_width(text)) + text + " "
