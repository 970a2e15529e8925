"""The prompt itself, in the app: start, snooze or skip."""

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

_DEAF_SECONDS = 0.5
"""Who types while the prompt appears did not mean it."""


class AskScreen(ModalScreen[None]):
    """Asks for a break.

    Args:
        routine: What is offered, as one says it.
        snooze: How many minutes snoozing gives; none where that cannot be any more.
        clock: Knows how long the prompt has been there.
        answer: Told what was chosen; it is asked once.
    """

    HELP = "A break is due. Nothing is lost if you let it pass: it comes back, or is let go after a few times."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "answer('start')", "Start", id="ask.start", tooltip="Take the break now"),
        Binding("z", "answer('snooze')", "Snooze", id="ask.snooze", tooltip="Be asked again in a while"),
        Binding("k", "answer('skip')", "Skip", id="ask.skip", tooltip="Let this break be"),
        Binding("escape", "answer('dismissed')", "Later", id="ask.later", tooltip="Snooze; skip if that cannot be"),
    ]

    def __init__(self, routine: str, snooze: int | None, clock: Clock, answer: Callable[[Choice], None]) -> None:
        super().__init__()
        self._routine = routine
        self._snooze = snooze
        self._clock = clock
        self._answer = answer
        self._hears_at = self._deaf_until()
        self._is_over = False
        self._is_gone = False

    def compose(self) -> ComposeResult:
        """What is offered, and the answers with their keys."""
        with Vertical(classes="dialog"):
            yield Static("Time for a break", classes="dialog-title")
            yield Static(Content(f"{self._routine}."))
            with Horizontal(classes="dialog-buttons"):
                yield Button("s Start", id="ask-start", variant="primary")
                if self._snooze:
                    yield Button(f"z Snooze {self._snooze} min", id="ask-snooze")
                yield Button("k Skip", id="ask-skip")

    def on_screen_resume(self) -> None:
        """What was withdrawn while another screen lay over it goes now."""
        if self._is_over:
            self._go()

    def withdraw(self) -> None:
        """Take the prompt away."""
        self._is_over = True
        self._go()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can still be chosen."""
        return not (action == "answer" and parameters == ("snooze",) and not self._snooze)

    def action_answer(self, choice: str) -> None:
        """Take a key for an answer."""
        self._choose(Choice(choice))

    @on(Button.Pressed)
    def _pressed(self, message: Button.Pressed) -> None:
        self._choose(Choice((message.button.id or "").removeprefix("ask-")))

    def _choose(self, choice: Choice) -> None:
        if self._clock.now() < self._hears_at:
            self._hears_at = self._deaf_until()  # typing goes on
        elif not self._is_over:
            self.withdraw()
            self._answer(choice)

    def _go(self) -> None:
        """Go, once, as soon as nothing lies over it."""
        if self.is_active and not self._is_gone:
            self._is_gone = True
            self.dismiss()

    def _deaf_until(self) -> float:
        return self._clock.now() + _DEAF_SECONDS * self._clock.pace
