"""Choosing an exercise: a ranked search by name and muscle, with how each is done."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from stretch_coach.routine.catalogue import ExerciseCard, make_exercise_card
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.search import search
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.widgets.columns import Columns, Line
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.preview import Preview

_QUIET = "$text-muted"


class ExercisePicker(ModalScreen[str | None]):
    """Lets the user choose an exercise. The result is its id, or None.

    Args:
        exercises: The exercises by id.
        titles_with: Returns the titles of the routines that have an exercise, by its id.
        why_not: Returns why an exercise is left out of the user's sessions, or None if it is not.
        drawing: How the figure is drawn.
        now: Returns the time in seconds.
    """

    HELP = "Type a name or a muscle; the arrows move in the list, and Enter takes the exercise."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", id="pick.cancel", tooltip="Take none"),
        Binding("enter", "take", "Take", id="pick.take", tooltip="Take this exercise"),
        Binding("down", "move('cursor_down')", show=False, id="pick.down", tooltip="The next exercise"),
        Binding("up", "move('cursor_up')", show=False, id="pick.up", tooltip="The exercise before"),
        Binding("pagedown", "move('page_down')", show=False, id="pick.page-down", tooltip="Further down"),
        Binding("pageup", "move('page_up')", show=False, id="pick.page-up", tooltip="Further up"),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    ExercisePicker {
        #pick { width: 120; max-width: 100%; height: 90%; background: $background; padding: 0; }
        #pick-found { width: 1fr; height: 1fr; border: round $accent; border-title-color: $text-accent; }
        Input { margin: 0 1; background: $surface; }
        OptionList {
            height: 1fr; border: none; background: $background; scrollbar-size-vertical: 1; padding: 0;
            & > .option-list--option-highlighted { background: $block-cursor-background; text-style: bold; }
        }
        &.-mid #pick, &.-low #pick { height: 100%; }
    }
    """

    def __init__(
        self,
        exercises: Mapping[str, Exercise],
        titles_with: Callable[[str], Sequence[str]],
        why_not: Callable[[Exercise], str | None],
        drawing: Drawing,
        now: Callable[[], float],
    ) -> None:
        super().__init__()
        self._exercises = exercises
        self._titles_with = titles_with
        self._why_not = why_not
        self._cards = sorted(map(make_exercise_card, exercises.values()), key=lambda card: card.name)
        self._drawing = drawing
        self._now = now
        self._found: list[tuple[ExerciseCard, str]] = []

    def compose(self) -> ComposeResult:
        """Lay out the search and the list beside the exercise."""
        with Horizontal(id="pick"):
            with Vertical(id="pick-found") as found:
                found.border_title = "Exercises"
                yield Input(placeholder="exercise or muscle; Enter takes it", id="pick-search", compact=True)
                yield OptionList(id="pick-list", markup=False, compact=True)
                yield Static(id="pick-note")
            yield Preview(self._drawing, self._now)
        yield KeyFooter(show_command_palette=False)

    def on_mount(self) -> None:
        """List all exercises, and let the user type."""
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()
        self._list("")

    @on(Input.Changed)
    def _searched(self, message: Input.Changed) -> None:
        message.stop()
        self._list(message.value)

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Take the highlighted exercise."""
        if (card := self._highlighted) is not None:
            self.dismiss(card.id)

    @on(OptionList.OptionSelected)
    def _clicked(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.action_take()

    @on(OptionList.OptionHighlighted)
    def _show(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        if (card := self._highlighted) is not None:
            exercise = self._exercises[card.id]
            self.query_one(Preview).show_exercise(exercise, self._titles_with(card.id))
            why = self._why_not(exercise)
            note = f" Left out of your sessions ({why})." if why else ""
            note = " Only for people whose clinician taught it." if exercise.locked else note
            self.query_one("#pick-note", Static).update(Content.styled(note, "$text-warning"))

    def action_move(self, action: str) -> None:
        """Move in the list while the search keeps the focus."""
        getattr(self.query_one(OptionList), f"action_{action}")()

    def action_cancel(self) -> None:
        """Take none."""
        self.dismiss(None)

    @property
    def _highlighted(self) -> ExerciseCard | None:
        index = self.query_one(OptionList).highlighted
        return self._found[index][0] if index is not None and index < len(self._found) else None

    def _list(self, query: str) -> None:
        if query.strip():
            hits = search(query, (), self._cards).exercises
            self._found = [(hit.card, hit.reason) for hit in hits if isinstance(hit.card, ExerciseCard)]
        else:
            self._found = [(card, "") for card in self._cards]
        rows = self.query_one(OptionList)
        rows.clear_options()
        rows.add_options([_option(card, reason) for card, reason in self._found])
        rows.add_options([] if self._found else [Option("No matching exercises", disabled=True)])
        rows.highlighted = 0 if self._found else None


def _option(card: ExerciseCard, reason: str) -> Option:
    about = reason or (card.targets[0] if card.targets else "")
    return Option(Columns(Line(Content(f" {card.name}"), Content.styled(f"{about} ", _QUIET))))
