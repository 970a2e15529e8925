"""The settings, changed in config.toml as soon as they are changed here."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Input, Select, Static, Switch

from stretch_coach.errors import CoachError
from stretch_coach.figure.palette import HAIRS, SKINS
from stretch_coach.settings.words import shown_value, value_from_words, value_of
from stretch_coach.tui.room import Room

_USUAL = "usual"


class Entry(NamedTuple):
    """A setting as the screen shows it.

    Attributes:
        section: Its section in the file.
        key: Its name there.
        title: What it is called here.
        choices: What can be chosen, where that is a few words; empty for what is typed.
    """

    section: str
    key: str
    title: str
    choices: tuple[str, ...] = ()


_HEADS = {"app": "The app", "voice": "The voice", "start": "Starting", "record": "The record"}


def entries(themes: Sequence[str], routines: Sequence[str]) -> list[Entry]:
    """Every setting of the screen; those of breaks have a screen of their own."""
    return [
        Entry("app", "theme", "Theme", (_USUAL, *themes)),
        Entry("app", "view", "The figure is seen as", ("mirror", "teacher")),
        Entry("app", "figure", "The figure is drawn in", ("auto", "blocks", "outline", "off")),
        Entry("app", "skin", "Its skin", (_USUAL, *SKINS)),
        Entry("app", "hair", "Its hair", (_USUAL, *HAIRS)),
        Entry("app", "motion", "Motion", ("full", "reduced")),
        Entry("app", "start_when_ready", "A session waits until you are ready"),
        Entry("app", "lead_in", "Seconds counted down before it begins"),
        Entry("app", "ask_comfort", "Ask how the neck feels, before and after"),
        Entry("app", "title", "The window's title shows the countdown"),
        Entry("voice", "level", "How much is said", ("full", "brief", "tones", "off")),
        Entry("voice", "voice", "Voice: an id, a name or a language"),
        Entry("voice", "rate", "Words a minute"),
        Entry("voice", "volume", "Volume, from 0 to 1"),
        Entry("voice", "source", "Where the voice comes from", ("bundled", "system")),
        Entry("voice", "explain", "Full instructions", ("auto", "always", "never")),
        Entry("start", "routine", "The usual routine", tuple(routines)),
        Entry("record", "day_start", "A new day begins at"),
        Entry("record", "partial_counts", "A session counts from 80 % on"),
        Entry("record", "manual_counts", "Sessions noted by hand count"),
    ]


class SettingsScreen(Screen[None]):
    """One line a setting."""

    HELP = (
        "Each change is written to config.toml at once; your comments in it stay. "
        "Tab goes to the next setting, Enter opens a choice or takes what you typed."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="settings.back", tooltip="Back"),
    ]

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._entries: dict[str, Entry] = {}

    def compose(self) -> ComposeResult:
        """The settings below the heads of their sections, and where they are kept."""
        found = entries(list(self.app.available_themes), list(self._room.library.routines))
        self._entries = {f"{one.section}-{one.key}": one for one in found}
        with VerticalScroll(id="settings", can_focus=False):
            section = ""
            for id_, entry in self._entries.items():
                if entry.section != section:
                    section = entry.section
                    yield Static(_HEADS[section], classes="settings-head")
                with Horizontal(classes="settings-line"):
                    yield Static(entry.title, classes="settings-title")
                    yield self._field(id_, entry)
            yield Static(Content(f"These are kept in {self._room.world.places.settings_file}."), id="settings-file")
        yield Footer()

    def _field(self, id_: str, entry: Entry) -> Select[str] | Switch | Input:
        value = value_of(self._room.world.settings, entry.section, entry.key)
        if isinstance(value, bool):
            return Switch(value, id=id_)
        words = _words(value)
        if not entry.choices:
            return Input(words, id=id_, compact=True)
        chosen = words or _USUAL
        choices = entry.choices if chosen in entry.choices else (*entry.choices, chosen)
        return Select(
            [(Content(word), word) for word in choices], value=chosen, allow_blank=False, id=id_, compact=True
        )

    @on(Select.Changed)
    def _selected(self, message: Select.Changed) -> None:
        word = str(message.value)
        self._change(message.select.id or "", "" if word == _USUAL else word)

    @on(Switch.Changed)
    def _switched(self, message: Switch.Changed) -> None:
        self._change(message.switch.id or "", _words(message.value))

    @on(Input.Submitted)
    @on(Input.Blurred)
    def _typed(self, message: Input.Submitted | Input.Blurred) -> None:
        self._change(message.input.id or "", message.input.value)

    def _change(self, id_: str, words: str) -> None:
        entry = self._entries[id_]
        if words == _words(value_of(self._room.world.settings, entry.section, entry.key)):
            return
        try:
            value = value_from_words(entry.section, entry.key, words)
        except CoachError as error:
            self._room.tell(str(error))
            return
        self._room.change(entry.section, entry.key, value)


def _words(value: object) -> str:
    """A value as one types it here: text without the quotes it has in the file."""
    return value if isinstance(value, str) else shown_value(value).strip('"')
