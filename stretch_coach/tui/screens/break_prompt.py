"""The prompt for a break, in the app: start, snooze or skip."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from stretch_coach.breaks.prompt import Choice
from stretch_coach.clock import Clock
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.widgets.key_footer import KeyFooter

_IGNORED_SECONDS = 0.5
"""Keys that are typed while the prompt appears were not meant for it."""


class BreakPromptScreen(ModalScreen[None]):
    """Asks for a break.

    Args:
        offer: The routine that is offered and why, as sentences.
        snooze: The minutes of the snooze button, or None if the prompt cannot be snoozed.
        clock: The clock, for how long the prompt has been visible.
        answer: Called once, with what was chosen.
    """

    HELP = "A break is due. You can ignore this; it will ask a few more times."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "answer('start')", "Start", id="prompt.start", tooltip="Take the break now"),
        Binding("z", "answer('snooze')", "Snooze", id="prompt.snooze", tooltip="Be asked again later"),
        Binding("k", "answer('skip')", "Skip", id="prompt.skip", tooltip="Skip this break"),
        Binding("escape", "answer('dismissed')", "Later", id="prompt.later", tooltip="Snooze, or skip the last prompt"),
        Binding("question_mark,f1", "app.help", "Help", key_display="?", id="prompt.help", tooltip="Show the keys"),
    ]

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, offer: str, snooze: int | None, clock: Clock, answer: Callable[[Choice], None]) -> None:
        super().__init__()
        self._offer = offer
        self._snooze = snooze
        self._clock = clock
        self._answer = answer
        self._listens_from = self._end_of_silence()
        self._is_withdrawn = False
        self._is_dismissed = False

    def compose(self) -> ComposeResult:
        """Show what is offered, and the answers with their keys."""
        with Vertical(classes="dialog"):
            yield Static("Time for a break", classes="dialog-title")
            yield Static(Content(self._offer))
            with Horizontal(classes="dialog-buttons"):
                yield Button("s Start", id="prompt-start", variant="primary")
                if self._snooze:
                    yield Button(f"z Snooze {self._snooze} min", id="prompt-snooze")
                yield Button("k Skip", id="prompt-skip")
        yield KeyFooter(show_command_palette=False)

    def on_screen_resume(self) -> None:
        """Close a prompt that was withdrawn while another screen covered it."""
        if self._is_withdrawn:
            self._close()

    def withdraw(self) -> None:
        """Remove the prompt."""
        self._is_withdrawn = True
        self._close()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can still be chosen."""
        return not (action == "answer" and parameters == ("snooze",) and not self._snooze)

    def action_answer(self, choice: str) -> None:
        """Answer with a key."""
        self._choose(Choice(choice))

    @on(Button.Pressed)
    def _pressed(self, message: Button.Pressed) -> None:
        self._choose(Choice((message.button.id or "").removeprefix("prompt-")))

    def _choose(self, choice: Choice) -> None:
        if self._clock.now() < self._listens_from:
            self._listens_from = self._end_of_silence()  # the user is still typing
        elif not self._is_withdrawn:
            self.withdraw()
            self._answer(choice)

    def _close(self) -> None:
        """Close the screen once, as soon as no other screen covers it."""
        if self.is_active and not self._is_dismissed:
            self._is_dismissed = True
            self.dismiss()

    def _end_of_silence(self) -> float:
        return self._clock.now() + _IGNORED_SECONDS * self._clock.pace
