"""The muscles that people feel in the chosen places, and the routine for them with its reasons."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static

from stretch_coach.guide.tight import TightPlan
from stretch_coach.phrasing import minutes_and_seconds
from stretch_coach.tui.widgets.picker import Picker

_MINUTES = (1, 2, 3, 5, 8, 10, 15)
_NOTHING = "Choose a place first. Press 1."
_NO_TIME = "No exercise fits into that time. Press + for more."
_NO_EXERCISE = "No exercise for these muscles suits you. Your profile says what is left out."
_ASKED = "You are asked about the warning signs before it starts."


class TightPane(Vertical, can_focus=False):
    """Shows a plan for some places.

    Args:
        caveat: What the map cannot say.
        minutes: How long the routine is at first.
    """

    @dataclass
    class MinutesChosen(Message):
        """The routine should take another number of minutes."""

        minutes: int

    class StartPressed(Message):
        """The routine should start."""

    class SavePressed(Message):
        """The routine should be saved."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    TightPane { height: 1fr; padding: 0 2; }
    #tight-columns { height: 1fr; }
    #tight-muscles { width: 2fr; height: 1fr; padding-right: 2; scrollbar-size-vertical: 1; }
    #tight-reasons { width: 3fr; height: 1fr; scrollbar-size-vertical: 1; }
    #tight-muscles:focus, #tight-reasons:focus { background-tint: $foreground 4%; }
    #tight-caveat { height: auto; margin-top: 1; color: $text-muted; }
    #tight-muscles Static, #tight-reasons Static { height: auto; }
    #tight-minutes-line { height: auto; margin-bottom: 1; }
    #tight-minutes-name { width: 10; text-style: bold; }
    #tight-buttons { height: auto; margin-top: 1; }
    #tight-buttons Button { margin-right: 2; }
    .-mid #tight-buttons Button { height: 1; min-width: 10; border: none !important; }
    .-mid #tight-minutes-line, .-mid #tight-buttons, .-mid #tight-caveat { margin: 0; }
    .-broad #tight-columns { layout: vertical; overflow-y: auto; scrollbar-size-vertical: 1; }
    .-broad #tight-muscles, .-broad #tight-reasons { width: 1fr; height: auto; }
    .-broad #tight-muscles { margin-bottom: 1; }
    .-narrow #tight-columns { layout: vertical; overflow-y: auto; scrollbar-size-vertical: 1; }
    .-narrow #tight-muscles, .-narrow #tight-reasons { width: 1fr; height: auto; padding: 0; }
    .-narrow TightPane { padding: 0 1; }
    .-low #tight-minutes-line, .-low #tight-buttons, .-low #tight-caveat { margin: 0; }
    .-low #tight-caveat { max-height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, caveat: str, minutes: int) -> None:
        super().__init__()
        self._caveat = caveat
        self._minutes = sorted({*_MINUTES, minutes})

    def compose(self) -> ComposeResult:
        """Lay out the time, the muscles beside the routine, and what to do with it."""
        with Horizontal(id="tight-minutes-line"):
            yield Static("Minutes", id="tight-minutes-name")
            yield Picker([str(one) for one in self._minutes], [0], id="tight-minutes")
        with Horizontal(id="tight-columns"):
            with VerticalScroll(id="tight-muscles"):
                yield Static(id="tight-muscle-text")
            with VerticalScroll(id="tight-reasons"):
                yield Static(id="tight-reason-text")
        yield Static(f"Never a diagnosis. {self._caveat}", id="tight-caveat")
        with Horizontal(id="tight-buttons"):
            yield Button("Start", variant="primary", id="tight-start")
            yield Button("Save", id="tight-save")

    def show(self, plan: TightPlan | None, minutes: int) -> None:
        """Show a plan that takes some minutes, or that no place is chosen."""
        picker = self.query_one(Picker)
        with self.prevent(Picker.Changed):
            chosen = [index for index, one in enumerate(self._minutes) if one == minutes]
            picker.chosen = frozenset(chosen)
            picker.cursor = min(chosen, default=picker.cursor)
        self.query_one("#tight-muscle-text", Static).update(_muscles(plan))
        self.query_one("#tight-reason-text", Static).update(_routine(plan))
        for button in self.query(Button):
            button.disabled = plan is None or plan.routine is None

    def focus_first(self) -> None:
        """Focus the button that starts the routine, or the minutes if there is none."""
        start = self.query_one("#tight-start", Button)
        (self.query_one(Picker) if start.disabled else start).focus()

    @on(Picker.Changed)
    def _picked(self, message: Picker.Changed) -> None:
        message.stop()
        self.post_message(self.MinutesChosen(self._minutes[message.picker.value]))

    @on(Button.Pressed, "#tight-start")
    def _start(self) -> None:
        self.post_message(self.StartPressed())

    @on(Button.Pressed, "#tight-save")
    def _save(self) -> None:
        self.post_message(self.SavePressed())


def _muscles(plan: TightPlan | None) -> Content:
    """Return what to mind, and the muscles that people feel in each of the places."""
    if plan is None:
        return Content.styled(_NOTHING, "$text-muted")
    parts = [Content.styled(note, "$text-warning") for note in plan.notes]
    if plan.muscles:
        parts += [Content("")] * bool(parts) + [Content.styled("What people feel there", "bold $text-accent")]
    for zone in plan.zones:
        if names := "; ".join(one.muscle.label for one in plan.muscles if zone in one.zones):
            parts.append(Content.assemble((f"{zone.label[0].upper()}{zone.label[1:]}: ", "bold"), names))
    return Content("\n").join(parts)


def _routine(plan: TightPlan | None) -> Content:
    """Return the routine with the reason for each exercise."""
    if plan is None or not plan.muscles:
        return Content("")
    if plan.routine is None:
        return Content(_NO_TIME if plan.has_exercises else _NO_EXERCISE)
    length = minutes_and_seconds(plan.routine.total_seconds)
    lines = [Content.assemble((plan.routine.title, "bold $text-accent"), (f"  {length}", "$text-muted"))]
    for number, reason in enumerate(plan.reasons, start=1):
        lines.append(Content.assemble(f"{number}. ", (reason.exercise.name, "bold")))
        lines.append(Content.styled(reason.purpose, "$text-muted"))
    return Content("\n").join([*lines, Content(""), Content.styled(_ASKED, "$text-muted")])
