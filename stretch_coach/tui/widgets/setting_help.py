"""What the focused setting does, and what it looks or sounds like."""

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from stretch_coach.context import Context
from stretch_coach.routine.library import Library
from stretch_coach.routine.timeline import SegmentKind
from stretch_coach.session.prepare import voice_request
from stretch_coach.settings.choices import RoutineChoice
from stretch_coach.settings.kinds import Flag, Text, WordChoice, plain_value
from stretch_coach.settings.schema import Setting
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.keymap import name_keys
from stretch_coach.tui.widgets.figure_view import FigureView, Playhead

_SENTENCE = "Tilt your head to the left. Hold. And let go."
_FIGURE_KEYS = ("theme", "view", "figure", "skin", "hair", "motion")
_EXERCISE = "upper-trap-stretch"
_COLOURS = ("accent", "primary", "secondary", "success", "warning", "error")
_MOTION_SECONDS = 60.0
"""How long the figure shows what motion there is."""
_HEAR = "Press {settings.hear} to hear it."


class SettingHelp(Vertical):
    """Explains a setting.

    Args:
        context: Holds the settings.
        library: The exercises, one of which the figure shows.
    """

    DEFAULT_CSS = """
    SettingHelp { padding: 0 2; border-left: solid $border; }
    SettingHelp #help-title { text-style: bold; color: $text-accent; height: auto; }
    SettingHelp #help-text { height: auto; }
    SettingHelp #help-facts { height: auto; color: $text-muted; margin-top: 1; }
    SettingHelp #help-sample { height: auto; margin-top: 1; }
    SettingHelp #help-figure { height: 1fr; max-height: 20; margin-top: 1; }
    """

    def __init__(self, context: Context, library: Library) -> None:
        super().__init__(id="settings-help")
        self.context = context
        self._exercise = library.exercises.get(_EXERCISE) or next(iter(library.exercises.values()))
        self._drawing = Drawing(context)
        self._setting: Setting | None = None
        self._shown_at = 0.0

    def compose(self) -> ComposeResult:
        """Lay out the words and the samples."""
        yield Static(id="help-title")
        yield Static(id="help-text")
        yield Static(id="help-facts")
        yield Static(id="help-sample")
        yield FigureView(id="help-figure")

    def on_mount(self) -> None:
        """Follow the settings and the theme."""
        self._unsubscribe = self.context.subscribe(self._changed)
        self.app.theme_changed_signal.subscribe(self, self._changed)

    def on_unmount(self) -> None:
        """Stop following the settings."""
        self._unsubscribe()

    @property
    def has_voice(self) -> bool:
        """Whether the setting can be heard."""
        return self._setting is not None and self._setting.section == "voice"

    def show(self, setting: Setting) -> None:
        """Explain a setting."""
        self._setting, self._shown_at = setting, self.context.clock.now()
        self._update("help-title", Content(setting.title))
        self._update("help-text", Content(help_text(setting)))
        default = plain_value(setting.default) or "empty"
        self._update("help-facts", Content(f"Default: {default}   F3 restores it.\nIn the file: {setting.name}"))
        self._show_samples()

    @work(exclusive=True)
    async def say(self) -> None:
        """Say a sentence as the settings ask for."""
        from stretch_coach.voice.voice import open_voice  # noqa: PLC0415 - only when it is heard

        settings = self.context.settings.voice
        if settings.level == "off":
            self._update("help-sample", Content("The voice is off."))
            return
        self._update("help-sample", Content(f"“{_SENTENCE}”"))
        level = "full" if settings.level == "brief" else settings.level
        voice, trouble = await open_voice(
            voice_request(self.context.places, settings._replace(level=level), "en"), self.app.bell
        )
        try:
            if await voice.say_now(_SENTENCE) is None and trouble is None:
                trouble = f"The voice does not work: {voice.trouble}."
        finally:
            await voice.close()
        if trouble and self.is_attached:
            self._update("help-sample", Content.styled(trouble, "$text-warning"))

    def _playhead(self) -> Playhead:
        """Return a place in a preparation, which shows the way into the pose again and again."""
        into = self.context.clock.now() - self._shown_at
        return Playhead(SegmentKind.PREPARE, into, _MOTION_SECONDS, moving=True)

    def _changed(self, _: object) -> None:
        self.call_after_refresh(self._show_samples)

    def _show_samples(self) -> None:
        setting = self._setting
        if setting is None or not self.is_attached:
            return
        is_app = setting.section == "app"
        view = self.query_one(FigureView)
        view.display = is_app and setting.key in _FIGURE_KEYS and self._drawing.shown
        if view.display:
            view.paint(self._drawing.palette(self.app), self._drawing.graphics(self.app))
            animation = self._drawing.animation(self._exercise, "left", self.app)
            view.play(animation, self._playhead if setting.key == "motion" else None)
        sample = Content("")
        if is_app and setting.key == "theme":
            sample = Content(" ").join(Content.styled(f"██ {name}", f"$text-{name}") for name in _COLOURS)
        elif self.has_voice:
            sample = Content(name_keys(_HEAR, self.context.settings.keys))
        self._update("help-sample", sample)

    def _update(self, id_: str, words: Content) -> None:
        self.query_one(f"#{id_}", Static).update(words)


def help_text(setting: Setting) -> str:
    """Return what a setting does, and what it accepts where that is not obvious."""
    text = setting.help.replace("`", "")
    has_bounds = not isinstance(setting.kind, WordChoice | Flag | RoutineChoice | Text)
    return f"{text} ({setting.kind.accepts})" if has_bounds else text
