"""The routines there are, filtered as one types."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from stretch_coach.routine.model import Routine
from stretch_coach.session.wording import clock_text


def matches(routine: Routine, typed: str) -> bool:
    """Whether every word that was typed stands somewhere in what a routine is called, for, or made of."""
    file = routine.file
    texts = [routine.id, routine.title, file.summary, file.need, file.level, *file.tags]
    for exercise in routine.exercises:
        texts += [exercise.name, *exercise.aliases, *exercise.targets]
    everything = " ".join(text for text in texts if text).casefold()
    return all(word in everything for word in typed.casefold().split())


class RoutineList(Vertical):
    """Tells which routine is looked at, and which is to be started."""

    class Looked(Message):
        """Another routine is looked at; none where none fits."""

        def __init__(self, routine: Routine | None) -> None:
            super().__init__()
            self.routine = routine

    class Chosen(Message):
        """A routine is to be started."""

        def __init__(self, routine: Routine) -> None:
            super().__init__()
            self.routine = routine

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", key_display="/", id="list.filter", tooltip="Type to find a routine"),
        Binding("escape", "clear", "All", show=False, id="list.clear", tooltip="Show all routines again"),
        Binding("down", "to_list", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(id="routines")
        self._all: list[Routine] = []
        self._shown: list[Routine] = []

    def compose(self) -> ComposeResult:
        """What is typed, and what fits."""
        yield Input(placeholder="/ finds a routine, an exercise, a muscle", id="filter", compact=True)
        yield OptionList(id="list", markup=False, compact=True)

    def fill(self, routines: Sequence[Routine], first: Routine | None) -> None:
        """Show routines, one of them looked at."""
        self._all = sorted(routines, key=lambda one: (bool(one.locks), one.bundled, one.total_seconds, one.title))
        self._show(self.query_one(Input).value, first)

    def focus_list(self) -> None:
        """Let the arrows move in the list."""
        self.query_one(OptionList).focus()

    def action_filter(self) -> None:
        """Type."""
        self.screen.set_focus(self.query_one(Input))  # at once: what is typed next is meant for it already

    def action_clear(self) -> None:
        """Show all again."""
        self.query_one(Input).value = ""
        self.focus_list()

    def action_to_list(self) -> None:
        """From the filter down to the list."""
        self.focus_list()

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self._show(message.value, None)

    @on(Input.Submitted)
    def _entered(self, message: Input.Submitted) -> None:
        message.stop()
        self.focus_list()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        if routine := self._of(message):
            self.post_message(self.Looked(routine))

    @on(OptionList.OptionSelected)
    def _selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        if routine := self._of(message):
            self.post_message(self.Chosen(routine))

    def _of(self, message: OptionList.OptionMessage) -> Routine | None:
        """The routine of a line; none if what was typed meanwhile took it away."""
        return next((one for one in self._shown if one.id == message.option_id), None)

    def _show(self, typed: str, first: Routine | None) -> None:
        fitting = [one for one in self._all if matches(one, typed)]
        self._shown = sorted(fitting, key=lambda one: typed.casefold() not in one.title.casefold())
        view = self.query_one(OptionList)
        view.clear_options()
        view.add_options([Option(_line(one), id=one.id) for one in self._shown])
        if self._shown:
            view.highlighted = self._shown.index(first) if first in self._shown else 0
        else:
            self.post_message(self.Looked(None))


def _line(routine: Routine) -> Content:
    """A routine on a line: how long, what it is called, and what stands in its way; below, what it is for."""
    lock = " · locked" if routine.locks else ""
    own = "" if routine.bundled else " · your own"
    head = Content.assemble(
        (f"{clock_text(routine.total_seconds):>6}  ", "$accent"), routine.title, (f"{lock}{own}", "$foreground 60%")
    )
    need = routine.file.need or routine.file.summary
    return Content("\n").join([head, Content.styled(f"        {need}", "$foreground 60%")]) if need else head
