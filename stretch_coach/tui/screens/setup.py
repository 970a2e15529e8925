"""Voice and days: the last step of first use, which can be opened again from home."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Static

from stretch_coach.context import Context
from stretch_coach.session.first_use import Choices, current_choices, finish, keep_choices
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.picker import Picker
from stretch_coach.tui.widgets.voice_check import VoiceCheck
from stretch_coach.weekdays import WEEKDAYS

_DAY_NAMES = [day[:2].capitalize() for day in WEEKDAYS]
_MOST_A_DAY = 4
_LEVELS = {"full": "All words", "brief": "Few words", "tones": "Tones", "off": "Off"}
_PROFILE = "Dizziness, fragile bones, nothing but a desk? Press y to say so; what does not suit you is left out."
_EVERY = (None, 30, 45, 60)


class SetupScreen(Screen[bool]):
    """Asks what to plan, what to hear, and whether to be asked for breaks. The result is whether to start a session.

    Args:
        context: The user's settings and history.
        new: Whether this is first use, whose last step it is.
    """

    HELP = (
        "Arrow keys move, space chooses. The plan decides which days your streak asks for; other days are rest days. "
        "You can change all of it: press {home.plan} at home for this screen, {home.breaks} for breaks "
        "and {home.settings} for the settings."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "say_again", "Say it again", id="voice.again", tooltip="Say the sentence again"),
        Binding("s", "try_system_voice", "Other voice", id="voice.other", tooltip="Say it with the system's own voice"),
        Binding("y", "app.open('profile')", "You", id="voice.profile", tooltip="Say what applies to you"),
        Binding("escape", "later", "Later", id="voice.later", tooltip="Change nothing, and go to the home screen"),
    ]
    AUTO_FOCUS = ""  # focusing a widget would scroll to it
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    SetupScreen {
        align: center middle;
        #setup {
            width: 86; max-width: 100%; height: auto; max-height: 100%; padding: 0 2; scrollbar-size-vertical: 1;
            border: round $border; border-title-color: $text-accent; border-title-style: bold;
            border-subtitle-color: $text-muted;
        }
        .setup-line { height: auto; margin-top: 1; }
        .setup-name { width: 18; text-style: bold; }
        #setup-sentence { margin-top: 1; color: $text-accent; }
        #setup-profile { height: auto; color: $text-muted; }
        #setup-buttons { height: auto; margin-top: 1; }
        Button { margin-right: 2; }
        &.-narrow .setup-line, &.-narrow #setup-buttons { layout: vertical; margin-top: 0; }
        &.-low #setup { border: none; border-top: solid $border; padding: 0 1; }
        &.-low .setup-line, &.-low #setup-buttons, &.-low #setup-sentence { margin-top: 0; }
        &.-high #setup { padding: 1 2; }
        &.-mid Button { height: 1; min-width: 10; border: none !important; }
    }
    """

    def __init__(self, context: Context, *, new: bool = True) -> None:
        super().__init__()
        self.context = context
        self._new = new
        self._choices = current_choices(context, new=new)

    def compose(self) -> ComposeResult:
        """Lay out the voice, the days and the breaks, and what they amount to."""
        choices = self._choices
        with VerticalScroll(id="setup", can_focus=False):
            yield VoiceCheck(self.context)
            with Horizontal(classes="setup-line"):
                yield Static("Voice", classes="setup-name")
                yield Picker(list(_LEVELS.values()), [list(_LEVELS).index(choices.level)], id="setup-level")
            with Horizontal(classes="setup-line"):
                yield Static("Days", classes="setup-name")
                yield Picker(_DAY_NAMES, sorted(choices.days), several=True, id="setup-days")
            with Horizontal(classes="setup-line"):
                yield Static("Sessions a day", classes="setup-name")
                most = max(_MOST_A_DAY, choices.per_day)
                numbers = [str(number + 1) for number in range(most)]
                yield Picker(numbers, [choices.per_day - 1], id="setup-per-day")
            if not self.context.settings.breaks.rules:
                with Horizontal(classes="setup-line"):
                    yield Static("Ask for breaks", classes="setup-name")
                    options = ["Never" if every is None else f"{every} min" for every in _EVERY]
                    yield Picker(options, [0], id="setup-every")
            yield Static(id="setup-sentence")
            if self._new:
                yield Static(_PROFILE, id="setup-profile")
            with Horizontal(id="setup-buttons"):
                yield Button("Save and start one minute" if self._new else "Save", variant="primary", id="setup-start")
                yield Button("Save, no session now" if self._new else "Cancel", id="setup-home")
        yield KeyFooter(show_command_palette=False)

    def on_mount(self) -> None:
        """Say which step this is, and speak to a new user at once."""
        panel = self.query_one("#setup", VerticalScroll)
        panel.border_title = "3 of 3 · Voice and days" if self._new else "Voice and days"
        panel.border_subtitle = "● ● ●" if self._new else ""
        self._show_sentence()
        self.set_focus(self.query_one("#setup-level", Picker), scroll_visible=False)
        if self._new:
            self.query_one(VoiceCheck).say()

    def action_say_again(self) -> None:
        """Say the sentence again."""
        self.query_one(VoiceCheck).say()

    def action_try_system_voice(self) -> None:
        """Say the sentence with the system's own voice."""
        self.query_one(VoiceCheck).say_with_system_voice()

    def action_later(self) -> None:
        """Close the screen without changing anything; it is not shown again unasked."""
        if self._new:
            with self.context.reporting_errors():
                finish(self.context)
        self.dismiss(False)

    @on(Picker.Changed)
    def _picked(self) -> None:
        every = self.query("#setup-every")
        self._choices = Choices(
            days=self.query_one("#setup-days", Picker).chosen,
            per_day=self.query_one("#setup-per-day", Picker).value + 1,
            level=list(_LEVELS)[self.query_one("#setup-level", Picker).value],
            every=_EVERY[every.first(Picker).value] if every else None,
        )
        self._show_sentence()

    @on(Button.Pressed, "#setup-start")
    def _save_and_start(self) -> None:
        self._save(starts=self._new)

    @on(Button.Pressed, "#setup-home")
    def _save_or_cancel(self) -> None:
        if self._new:
            self._save(starts=False)
        else:
            self.dismiss(False)

    def _save(self, *, starts: bool) -> None:
        if not self._choices.days:
            return
        with self.context.reporting_errors():
            keep_choices(self.context, self._choices)
        self.dismiss(starts)

    def _show_sentence(self) -> None:
        self.query_one("#setup-sentence", Static).update(Content(self._choices.sentence()))
        self.query_one("#setup-start", Button).disabled = not self._choices.days
        if self._new:
            self.query_one("#setup-home", Button).disabled = not self._choices.days
