"""The settings, in one table: `name: Annotated[type, what it accepts, title, help] = default`.

Reading, checks, `stretch-coach config`, the settings screen and the table in docs/settings.md all follow from it.
No model library here: `streak` and the break watcher read the settings, and pydantic costs more than all they do.
"""

from datetime import time
from typing import Annotated, Any, NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.phrasing import did_you_mean
from stretch_coach.settings.choices import RoutineChoice
from stretch_coach.settings.keys import KeyChanges
from stretch_coach.settings.kinds import (
    Flag,
    Kind,
    Proportion,
    Text,
    TimeOfDay,
    WholeNumber,
    WholeNumbers,
    WordChoice,
)
from stretch_coach.settings.rules import BreakRule, Rules
from stretch_coach.text import quoted


class AppSettings(NamedTuple):
    """How the app looks and behaves."""

    theme: Annotated[str, Text(), "Theme", "The app's colours; empty for its own theme."] = ""
    view: Annotated[
        str, WordChoice("mirror", "teacher"), "Figure view", "The figure as in a mirror, or as a teacher facing you."
    ] = "mirror"
    figure: Annotated[
        str,
        WordChoice("auto", "pixels", "blocks", "outline", "off"),
        "Figure style",
        "Pixels (a picture in kitty and Ghostty, else octants), blocks, an outline or off; auto picks one.",
    ] = "auto"
    skin: Annotated[
        str,
        WordChoice("", "fair", "light", "olive", "brown", "dark"),
        "Skin tone",
        "The figure's skin; empty for the default.",
    ] = ""
    hair: Annotated[
        str,
        WordChoice("", "black", "brown", "blond", "red", "grey"),
        "Hair colour",
        "The figure's hair; empty for the default.",
    ] = ""
    motion: Annotated[str, WordChoice("full", "reduced"), "Motion", "Reduced shows poses without motion."] = "full"
    start_when_ready: Annotated[bool, Flag(), "Wait for a key", "Start a session only when you press a key."] = True
    lead_in: Annotated[int, WholeNumber(0, 30), "Lead-in", "Seconds counted down before a session starts."] = 3
    ask_comfort: Annotated[
        bool, Flag(), "Ask about comfort", "Ask how your neck feels, before and after a session."
    ] = True
    title: Annotated[bool, Flag(), "Countdown in the title", "Show the countdown in the terminal's title."] = True


class VoiceSettings(NamedTuple):
    """How the coach speaks."""

    level: Annotated[
        str,
        WordChoice("full", "brief", "tones", "off"),
        "Speech",
        "What is heard: all words, the essential ones, tones alone, or nothing.",
    ] = "full"
    voice: Annotated[
        str,
        Text(),
        "Voice",
        "An id, name or language (`stretch-coach voices`), or a Piper voice's file; empty for any.",
    ] = ""
    rate: Annotated[int, WholeNumber(80, 300), "Speed", "Words a minute."] = 160
    volume: Annotated[float, Proportion(), "Volume", "From silent to full."] = 1.0
    source: Annotated[
        str,
        WordChoice("bundled", "system", "natural"),
        "Speech engine",
        "The espeak-ng that comes with the program, the system's voice, or the natural one (docs/voice.md).",
    ] = "bundled"
    explain: Annotated[
        str,
        WordChoice("auto", "always", "never"),
        "Full instructions",
        "Spoken the first three times you do an exercise (auto), always, or never.",
    ] = "auto"


class StartSettings(NamedTuple):
    """What `stretch-coach start` does by default."""

    routine: Annotated[
        str, RoutineChoice(), "Usual routine", "What `stretch-coach start` runs when no routine is named."
    ] = "micro-break"
    progress: Annotated[
        str,
        WordChoice("ask", "always", "never"),
        "Doses that grow",
        "A little more after two comfortable weeks: offered before a session, taken at once, or never.",
    ] = "ask"


class RecordSettings(NamedTuple):
    """What counts in the history, and when a day begins."""

    day_start: Annotated[time, TimeOfDay(), "A day begins at", "When a new day begins in the history."] = time(4)
    partial_counts: Annotated[
        bool,
        Flag(),
        "Count partial sessions",
        "A session counts as done once 80% of it is done.",
    ] = False
    manual_counts: Annotated[
        bool, Flag(), "Count logged sessions", "Sessions added with `stretch-coach log` count as done."
    ] = False


class BreakSettings(NamedTuple):
    """How the coach prompts for breaks through the day."""

    gap: Annotated[int, WholeNumber(0, 480), "Shortest gap", "The fewest minutes between two prompts."] = 10
    daily_cap: Annotated[int, WholeNumber(0, 200), "Daily limit", "The most prompts a day; 0 for no limit."] = 0
    snooze: Annotated[
        tuple[int, ...],
        WholeNumbers(WholeNumber(1, 120), at_most=6),
        "Snooze",
        "The minutes to choose from; the Snooze button uses the first.",
    ] = (5, 10, 15)
    snooze_limit: Annotated[
        int,
        WholeNumber(0, 20),
        "Snooze limit",
        "How often a prompt can be snoozed or left unanswered before it is dropped.",
    ] = 3
    answer_in: Annotated[
        int, WholeNumber(10, 3600), "Time to answer", "How many seconds a prompt waits for an answer."
    ] = 120
    heads_up: Annotated[int, WholeNumber(0, 300), "Heads-up", "Seconds of notice before a prompt; 0 for none."] = 0
    fullscreen: Annotated[bool, Flag(), "Defer in full screen", "No prompts while a window fills the screen."] = True
    do_not_disturb: Annotated[
        bool, Flag(), "Defer in do not disturb", "No prompts while the desktop's “do not disturb” is on."
    ] = True
    microphone: Annotated[bool, Flag(), "Defer during calls", "No prompts while a microphone is in use."] = True
    hold_limit: Annotated[
        int,
        WholeNumber(0, 720),
        "Longest delay",
        "How many minutes a window, “do not disturb” or a microphone can defer a prompt; 0 for no limit.",
    ] = 60
    natural: Annotated[
        int, WholeNumber(1, 120), "Natural break", "Minutes away from the screen that count as a break."
    ] = 5
    sound: Annotated[bool, Flag(), "Sound", "Make a sound with each prompt."] = True
    voice_only: Annotated[bool, Flag(), "Voice only", "Guide breaks by voice alone, without a window."] = False
    terminal: Annotated[
        str, Text(), "Terminal", "The command that opens a terminal for a break; empty to find one."
    ] = ""
    rules: Annotated[
        tuple[BreakRule, ...],
        Rules(),
        "Rules",
        "When to prompt; `stretch-coach breaks every`, `at` and `remove` change them.",
    ] = ()


class Settings(NamedTuple):
    """All settings, by section. A section's annotation is its title."""

    app: Annotated[AppSettings, "App"] = AppSettings()
    voice: Annotated[VoiceSettings, "Voice"] = VoiceSettings()
    start: Annotated[StartSettings, "Start"] = StartSettings()
    record: Annotated[RecordSettings, "History"] = RecordSettings()
    breaks: Annotated[BreakSettings, "Breaks"] = BreakSettings()
    keys: KeyChanges = ()
    """The keys that the user has changed; the file is the only place to change them."""

    def value(self, setting: "Setting") -> Any:
        """Return the value of a setting."""
        return getattr(getattr(self, setting.section), setting.key)

    def with_value(self, setting: "Setting", value: Any) -> "Settings":
        """Return these settings with another value, which is not checked, in place of one."""
        section = getattr(self, setting.section)._replace(**{setting.key: value})
        return self._replace(**{setting.section: section})


class Setting(NamedTuple):
    """One line of the table.

    Attributes:
        section: The table of the file that contains it, such as `voice`.
        key: Its name there, such as `rate`.
        default: Its value where the file does not set it.
        kind: What it accepts.
        title: Its name for people.
        help: What it does.
    """

    section: str
    key: str
    default: Any
    kind: Kind
    title: str
    help: str

    @property
    def name(self) -> str:
        """The name on a command line, such as `voice.rate`."""
        return f"{self.section}.{self.key}"


SECTION_TITLES = {
    name: annotation.__metadata__[0]
    for name, annotation in Settings.__annotations__.items()
    if hasattr(annotation, "__metadata__")
}
"""The title of each section, in the order in which they are shown."""

SETTINGS = {
    setting.name: setting
    for section in SECTION_TITLES
    for default in [Settings._field_defaults[section]]
    for key, annotation in type(default).__annotations__.items()
    for setting in [Setting(section, key, getattr(default, key), *annotation.__metadata__)]
}
"""Every setting by its name, such as `voice.rate`."""

RULES = SETTINGS["breaks.rules"]
"""The one setting that is not a value: commands and a screen of their own change it."""


def find_value_setting(name: str) -> Setting:
    """Return the setting of a name such as `voice.rate`, which may be any but the break rules.

    Raises:
        CoachError: There is no such setting, or it is the list of rules.
    """
    if name not in SETTINGS:
        near = next((one.name for one in SETTINGS.values() if one.key == name), name)
        hint = did_you_mean(near, SETTINGS, "`stretch-coach config` lists them.")
        raise CoachError(quoted(name), "is not a setting.", hint)
    if name == RULES.name:
        raise CoachError(name, "is a list of rules.", "Use `stretch-coach breaks list`, `every`, `at` and `remove`.")
    return SETTINGS[name]
