"""The voice check: whether a new user hears the coach."""

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from stretch_coach.context import Context
from stretch_coach.session.prepare import voice_request
from stretch_coach.settings.edit import change_setting
from stretch_coach.voice.request import VoiceSource
from stretch_coach.voice.voice import open_voice

SENTENCE = "Hello. I will tell you what to do, when to hold, and when to let go. Can you hear me?"
_HINT = "Can't hear it? Check the volume and output device."


class VoiceCheck(Vertical):
    """Says a sentence, and shows why it could not if so.

    Args:
        context: The user's settings.
    """

    DEFAULT_CSS = """
    VoiceCheck { height: auto; }
    VoiceCheck Static { height: auto; }
    #voice-sentence { text-style: italic; }
    #voice-trouble { color: $text-warning; display: none; }
    #voice-trouble.-shown { display: block; }
    #voice-hint { color: $text-muted; }
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._source = context.settings.voice.source

    def compose(self) -> ComposeResult:
        """Show what is said."""
        yield Static(f"“{SENTENCE}”", id="voice-sentence", markup=False)
        yield Static(id="voice-trouble")
        yield Static(_HINT, id="voice-hint", markup=False)

    def say_with_system_voice(self) -> None:
        """Say the sentence with the system's own voice, and keep that voice if it works."""
        self._source = VoiceSource.SYSTEM.value
        self.say()

    @work(exclusive=True)
    async def say(self) -> None:
        """Say the sentence."""
        voice_settings = self.context.settings.voice
        if voice_settings.level == "off":
            self._show_trouble("The voice is off in the settings.")
            return
        request = voice_request(self.context.places, voice_settings._replace(source=self._source, level="full"), "en")
        voice, trouble = await open_voice(request, self.app.bell)
        try:
            was_said = await voice.say_now(SENTENCE) is not None
            if not was_said and trouble is None:
                trouble = f"The voice does not work: {voice.trouble}."
            self._show_trouble(trouble or "")
        finally:
            await voice.close()
        if was_said and self._source != voice_settings.source:
            with self.context.reporting_errors():
                self.context.edit_settings(lambda file: change_setting(file, "voice.source", self._source))

    def _show_trouble(self, sentence: str) -> None:
        trouble = self.query_one("#voice-trouble", Static)
        trouble.update(Content(sentence))
        trouble.set_class(bool(sentence), "-shown")
