"""What can be set, a section each, with its default."""

from datetime import time
from typing import NamedTuple

from stretch_coach.weekdays import EVERY_DAY

# No model library here: `streak` and the break watcher read the settings, and pydantic costs more than all they do.


class RecordSettings(NamedTuple):
    """What counts as done, and when a day begins.

    Attributes:
        day_start: The local time at which a new day begins in the record.
        partial_counts: Whether a session of which 80 % was done makes its day a done one.
        manual_counts: Whether sessions that were logged by hand count like those the timer ran.
    """

    day_start: time = time(4)
    partial_counts: bool = False
    manual_counts: bool = False


class StartSettings(NamedTuple):
    """What ``stretch-coach start`` does when it is not told.

    Attributes:
        routine: The routine that is started when none is named.
    """

    routine: str = "micro-break"


class VoiceSettings(NamedTuple):
    """How the coach speaks.

    Attributes:
        level: How much is said: full, brief, tones, off.
        voice: The id, name or language of a voice; empty for one of the routine's language.
        rate: Words a minute, 80 to 300.
        volume: From 0 to 1.
        source: Where the voice comes from: bundled with the program, or the system's own.
        explain: When the full instructions are said: auto (to who is new to an exercise), always, never.
    """

    level: str = "full"
    voice: str = ""
    rate: int = 160
    volume: float = 1.0
    source: str = "bundled"
    explain: str = "auto"


class AppSettings(NamedTuple):
    """How the app looks and behaves.

    Attributes:
        theme: The name of a theme; empty for the app's own.
        view: Whether the figure is seen as in a mirror, or as a teacher who faces you.
        skin: The figure's skin; empty for the usual one.
        hair: The figure's hair; empty for the usual one.
        figure: How the figure is drawn: auto, blocks, outline, or off.
        motion: full, or reduced where nothing should move that need not.
        start_when_ready: Whether a session waits for a key before it begins.
        lead_in: Seconds counted down before a session begins, 0 to 30.
        ask_comfort: Whether the app asks how it felt, after a session.
        title: Whether the terminal's title shows the countdown.
    """

    theme: str = ""
    view: str = "mirror"
    skin: str = ""
    hair: str = ""
    figure: str = "auto"
    motion: str = "full"
    start_when_ready: bool = True
    lead_in: int = 3
    ask_comfort: bool = True
    title: bool = True


class Window(NamedTuple):
    """A part of the day, by the wall clock. One that does not end after it starts goes on past midnight.

    Attributes:
        start: Its first minute.
        end: The minute in which it is over; midnight is the end of the day.
    """

    start: time
    end: time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}" if self.end != time(0) else f"{self.start:%H:%M}-24:00"


class BreakRule(NamedTuple):
    """When to ask for a break: after some active minutes, or at times of the day.

    Attributes:
        id: Its name, by which it is removed.
        every: Minutes of active time, 5 to 480; none for a rule of times.
        at: Times of the day, in order; empty for a rule of active time.
        days: Weekdays, from 0 for Monday.
        windows: When a rule of active time may ask; empty for always.
        routine: What is offered.
    """

    id: str
    every: int | None = None
    at: tuple[time, ...] = ()
    days: frozenset[int] = EVERY_DAY
    windows: tuple[Window, ...] = ()
    routine: str = "micro-break"


class BreakSettings(NamedTuple):
    """How the coach asks for breaks through the day.

    Attributes:
        gap: The least minutes from one prompt to the next, 0 to 480.
        daily_cap: The most prompts a day; 0 for no limit.
        snooze: How many minutes a prompt can be snoozed; the first is what its button does.
        snooze_limit: How often one prompt can be snoozed or left unanswered before it is let go.
        answer_in: Seconds a prompt waits for an answer, 10 to 3600.
        heads_up: Seconds a prompt is announced before, 0 to 300; 0 for not at all.
        fullscreen: Whether prompts are held back while a window fills the screen.
        do_not_disturb: Whether they are held back while the desktop is not to disturb.
        microphone: Whether they are held back while a microphone is in use.
        hold_limit: The most minutes a prompt is held back for these; 0 for as long as it takes.
        natural: Minutes away from the machine that are a break by themselves, 1 to 120.
        sound: Whether a prompt makes itself heard.
        voice_only: Whether a break is led by voice alone, without a window.
        terminal: The terminal that a break is opened in, as a command; empty for one that is found.
        rules: When to ask.
    """

    gap: int = 10
    daily_cap: int = 0
    snooze: tuple[int, ...] = (5, 10, 15)
    snooze_limit: int = 3
    answer_in: int = 120
    heads_up: int = 0
    fullscreen: bool = True
    do_not_disturb: bool = True
    microphone: bool = True
    hold_limit: int = 60
    natural: int = 5
    sound: bool = True
    voice_only: bool = False
    terminal: str = ""
    rules: tuple[BreakRule, ...] = ()


class Settings(NamedTuple):
    """All settings, a section each."""

    record: RecordSettings = RecordSettings()
    start: StartSettings = StartSettings()
    voice: VoiceSettings = VoiceSettings()
    app: AppSettings = AppSettings()
    breaks: BreakSettings = BreakSettings()
