"""The voice check: whether a new user hears the coach."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Static

from stretch_coach.context import Context
from stretch_coach.session.prepare import voice_request
from stretch_coach.settings.edit import change_setting
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.voice.request import VoiceSource
from stretch_coach.voice.voice import open_voice

_SENTENCE = "Hello. I will tell you what to do, when to hold, and when to let go. Can you hear me?"
_HINT = (
    "Can't hear it? Check the volume and output device. The coach works without a voice too: the screen shows "
    "everything. In a shell, `stretch-coach doctor` helps to find the cause."
)


class VoiceCheckScreen(Screen[bool]):
    """Says a sentence. The result is whether the user wants to start a first session at once."""

    HELP = "Change the voice in the settings at any time; m mutes it during a session."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "say_again", "Again", id="voice.again", tooltip="Say it again"),
        Binding("s", "try_system_voice", "Other voice", id="voice.other", tooltip="Say it with the system's own voice"),
        Binding("escape", "close(False)", "Later", id="voice.later", tooltip="Go to the home screen"),
    ]
    AUTO_FOCUS = ""  # focusing a widget would scroll to it
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    VoiceCheckScreen {
        align: center middle;
        #voice-check {
            width: 72; max-width: 96%; height: auto; max-height: 100%; padding: 1 2; scrollbar-size-vertical: 1;
        }
        #voice-title { text-style: bold; color: $text-accent; }
        #voice-sentence { text-style: italic; margin: 1 0; }
        #voice-trouble { color: $text-warning; }
        #voice-hint { color: $text-muted; }
        &.-low #voice-check { padding: 0 1; }
        &.-narrow .dialog-buttons { layout: vertical; }
    }
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._source = context.settings.voice.source

    def compose(self) -> ComposeResult:
        """Show what is being said, and what to do next."""
        with VerticalScroll(id="voice-check", can_focus=False):
            yield Static("Did you hear me?", id="voice-title")
            yield Static(f"“{_SENTENCE}”", id="voice-sentence", markup=False)
            yield Static(id="voice-trouble")
            yield Static(_HINT, id="voice-hint", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Start with one minute", variant="primary", id="voice-start")
                yield Button("Say it again", id="voice-again")
                yield Button("Not now", id="voice-later")
        yield KeyFooter(show_command_palette=False)

    def on_mount(self) -> None:
        """Speak at once."""
        self.set_focus(self.query_one("#voice-start", Button), scroll_visible=False)
        self._say()

    def action_say_again(self) -> None:
        """Say the sentence again."""
        self._say()

    def action_try_system_voice(self) -> None:
        """Say the sentence with the system's own voice, and keep that voice if it works."""
        self._source = VoiceSource.SYSTEM.value
        self._say()

    def action_close(self, start: bool) -> None:
        """Close the screen."""
        self.dismiss(start)

    @work(exclusive=True)
    async def _say(self) -> None:
        voice_settings = self.context.settings.voice
        if voice_settings.level == "off":
            self._show_trouble("The voice is off in the settings.")
            return
        request = voice_request(self.context.places, voice_settings._replace(source=self._source, level="full"), "en")
        voice, trouble = await open_voice(request, self.app.bell)
        try:
            was_said = await voice.say_now(_SENTENCE) is not None
            if not was_said and trouble is None:
                trouble = f"The voice does not work: {voice.trouble}."
            self._show_trouble(trouble or "")
        finally:
            await voice.close()
        if was_said and self._source != voice_settings.source:
            with self.context.reporting_errors():
                self.context.edit_settings(lambda file: change_setting(file, "voice.source", self._source))

    def _show_trouble(self, sentence: str) -> None:
        self.query_one("#voice-trouble", Static).update(Content(sentence))

    @on(Button.Pressed, "#voice-start")
    def _start(self) -> None:
        self.dismiss(True)

    @on(Button.Pressed, "#voice-again")
    def _say_again(self) -> None:
        self._say()

    @on(Button.Pressed, "#voice-later")
    def _leave(self) -> None:
        self.dismiss(False)
