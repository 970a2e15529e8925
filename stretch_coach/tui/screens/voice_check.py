"""Did you hear me?"""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Footer, Static

from stretch_coach.session.wishes import wished_voice
from stretch_coach.tui.room import Room
from stretch_coach.voice.opening import open_voice
from stretch_coach.voice.sources import Source

_WORDS = "Hello. I will tell you what to do, when to hold, and when to let go. Can you hear me?"
_TIPS = (
    "Nothing heard? Look at the volume and at where the sound goes. The coach works without a voice too: "
    "the screen says everything. In a shell, stretch-coach doctor says what it finds."
)


class VoiceCheckScreen(Screen[bool]):
    """Ends with whether the user wants to begin with a first session at once."""

    HELP = "The voice can be changed in the settings at any time; m mutes it during a session."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "say('as set')", "Again", id="voice.again", tooltip="Say it again"),
        Binding("s", "say('system')", "Other voice", id="voice.other", tooltip="Say it with the system's own voice"),
        Binding("escape", "close(False)", "Later", id="voice.later", tooltip="On to the home screen"),
    ]

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._source = room.world.settings.voice.source

    def compose(self) -> ComposeResult:
        """What is being said, and what to do next."""
        with Vertical(id="voice-check"):
            yield Static("Did you hear me?", id="voice-title")
            yield Static(f"“{_WORDS}”", id="voice-words")
            yield Static(id="voice-trouble")
            yield Static(_TIPS, id="voice-tips")
            with Horizontal(classes="dialog-buttons"):
                yield Button("Start with one minute", variant="primary", id="voice-start")
                yield Button("Say it again", id="voice-again")
                yield Button("Not now", id="voice-later")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Speak at once."""
        self.query_one(Button).focus()
        self.action_say("as set")

    def action_say(self, how: str) -> None:
        """Say the words, as set or with the system's own voice, which is kept if it can be heard."""
        if how == Source.SYSTEM.value:
            self._source = Source.SYSTEM.value
        self._say()

    @work(exclusive=True)
    async def _say(self) -> None:
        voice_settings = self._room.world.settings.voice
        if voice_settings.level == "off":
            self._show_trouble("The voice is off in the settings.")
            return
        wish = wished_voice(self._room.world.places, voice_settings._replace(source=self._source, level="full"), "en")
        voice, trouble = await open_voice(wish, self._room.ring)
        try:
            said = await voice.say_now(_WORDS)
            self._show_trouble(trouble or ("" if said else f"This could not be said: {voice.trouble or 'no sound'}."))
        finally:
            await voice.close()
        if said and self._source != voice_settings.source:
            self._room.change("voice", "source", self._source)

    def _show_trouble(self, words: str) -> None:
        self.query_one("#voice-trouble", Static).update(Content(words))

    @on(Button.Pressed)
    def _pressed(self, message: Button.Pressed) -> None:
        if message.button.id == "voice-again":
            self.action_say("as set")
        else:
            self.dismiss(message.button.id == "voice-start")

    def action_close(self, start: bool) -> None:
        """Close."""
        self.dismiss(start)
