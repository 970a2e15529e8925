"""The sentences about breaks: prompts, rules and how the day is going; and the same as JSON for programs."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from stretch_coach.breaks.desktop.idle.source import WAITING
from stretch_coach.breaks.desktop.notify.notification import Notification
from stretch_coach.breaks.forecast import ExpectedPrompt, Forecast
from stretch_coach.breaks.pause import paused_until
from stretch_coach.breaks.prompt import Choice, Deferral, Phase, Prompt
from stretch_coach.breaks.state import DayState
from stretch_coach.breaks.store import is_watching, load_day
from stretch_coach.breaks.timetable import SystemZone, TimeZone, wall_timestamp
from stretch_coach.clock import Clock
from stretch_coach.files import is_locked
from stretch_coach.journal.prompts import Answer, count_answers
from stretch_coach.paths import Places
from stretch_coach.phrasing import minutes
from stretch_coach.settings import BreakRule, BreakSettings, Settings
from stretch_coach.weekdays import name_days

if TYPE_CHECKING:
    from stretch_coach.context import Context

NO_WATCHER = "No watcher is running. Start it with `breaks watch`, or at login with `breaks install`."
NO_RULES = "No rules yet. Add one with `stretch-coach breaks every 45` or `breaks at 10:30 15:00`."

_DEFERRALS = {
    Deferral.APP: "the app is busy with a session",
    Deferral.FULLSCREEN: "a window fills the screen",
    Deferral.DO_NOT_DISTURB: "“do not disturb” is on",
    Deferral.MICROPHONE: "a microphone is in use",
    Deferral.AWAY: "you're away",
    Deferral.GAP: "the last prompt was a short while ago",
}
_DAYS_NAMED_BY_WEEKDAY = 6

TitleFinder = Callable[[str], str]
"""Returns the title of a routine by its id."""


class Status(NamedTuple):
    """How the day of breaks is going.

    Attributes:
        state: What has been counted. It is empty if nothing counts now.
        settings: The rules, and how to ask.
        now: The instant.
        zone: The zone of the wall clock.
        watching: Whether a watcher is running.
        app_open: Whether the app is open, which then asks in its place.
        paused_until: When the pause ends, or None if there is none.
        upcoming: The next prompt that is expected, if any.
        about: What the watcher or app reports about itself: `seat`, `prompter`, `trouble`, and `reset` if it had to
            discard what was stored.
        today: How often each answer was given today.
        knows_rules: Whether `settings` are the user's, and not the defaults in place of invalid ones.
    """

    state: DayState
    settings: BreakSettings
    now: float
    zone: TimeZone
    watching: bool = False
    app_open: bool = False
    paused_until: float | None = None
    upcoming: ExpectedPrompt | None = None
    about: Mapping[str, str] = {}
    today: Mapping[Answer, int] = {}
    knows_rules: bool = True

    @property
    def active_seconds(self) -> float:
        """The active time counted by the rule that asks next, or since the last break if there is no such rule."""
        return self.state.active_for(self.upcoming.rule if self.upcoming else "")

    def can_snooze(self) -> bool:
        """Return whether there is a prompt that can be snoozed."""
        prompt = self.state.prompt
        if prompt is None or prompt.phase is Phase.STARTED:
            return False
        return prompt.snoozes < self.settings.snooze_limit

    def to_json(self) -> dict[str, Any]:
        """Return the status as JSON values, for status bars and other programs."""
        prompt = self.state.prompt
        return {
            "watching": self.watching,
            "app_open": self.app_open,
            "active_seconds": round(self.active_seconds),
            "away": self.state.seat.away,
            "paused_until": None if self.paused_until is None else wall_timestamp(self.zone, self.paused_until),
            "prompt": prompt
            and {
                "phase": prompt.phase.value,
                "rules": list(prompt.rules),
                "routine": prompt.routine,
                "why": prompt.why,
                "due_at": wall_timestamp(self.zone, prompt.due),
                "asked": prompt.times_shown,
                "snoozes_left": max(0, self.settings.snooze_limit - prompt.snoozes),
                "held_back": prompt.deferral and prompt.deferral.value,
                "seconds_left": round(prompt.left),
            },
            "next": self.upcoming.to_json(self.zone) if self.upcoming else None,
            "today": {answer.value: self.today.get(answer, 0) for answer in Answer},
            "seat": self.about.get("seat", ""),
            "prompter": self.about.get("prompter", ""),
            "trouble": self.about.get("trouble", ""),
        }

    def lines(self, title_of: TitleFinder) -> list[str]:
        """Return the status in sentences, for `breaks` and the app's screen."""
        lines = []
        if self.knows_rules and not self.settings.rules and self.paused_until is None:
            lines.append(NO_RULES)
        if not self.watching and not self.app_open:
            lines.append(NO_WATCHER)
        if self.paused_until is not None:
            lines.append(self._pause_sentence())
        if self.watching or self.app_open:
            away = f"; {WAITING}" if self.about.get("seat") == WAITING else ""
            away = away or ("; you're away now" if self.state.seat.away else "")
            lines.append(f"{minutes(self.active_seconds)} at the screen{away}.")
        if self.state.prompt:
            how = " Type `stretch-coach breaks start`, `snooze` or `skip`."
            can_type = self.state.prompt.phase is Phase.ASKING
            lines.append(_prompt_sentence(self.state.prompt, title_of) + (how if can_type else ""))
        elif self.upcoming:
            offered = f"{title_of(self.upcoming.routine)} ({self.upcoming.rule})"
            lines.append(f"{self._upcoming_phrase(self.upcoming)}: {offered}.")
        counts = [f"{self.today[answer]} {answer.value}" for answer in Answer if self.today.get(answer)]
        if counts:
            lines.append(f"Today: {', '.join(counts)}.")
        return [*lines, *(text for key in ("trouble", "reset") if (text := self.about.get(key)))]

    def next_break(self, title_of: TitleFinder) -> str:
        """Return one sentence about the next prompt, for the app's home screen; empty if there are no rules.

        During a pause, as after something hurt, nothing asks for rules.
        """
        if self.paused_until is not None:
            return self._pause_sentence()
        if not self.settings.rules:
            return ""
        if self.state.prompt:
            return _prompt_sentence(self.state.prompt, title_of)
        if self.upcoming is None:
            return "No break is expected in the next month."
        return f"{self._upcoming_phrase(self.upcoming)}."

    def _pause_sentence(self) -> str:
        until = "" if self.paused_until is None else instant_text(self.zone, self.paused_until, self.now)
        return f"Breaks are paused until {until}."

    def _upcoming_phrase(self, upcoming: ExpectedPrompt) -> str:
        phrase = f"Next break at {instant_text(self.zone, upcoming.at, self.now)}"
        rule = next((one for one in self.settings.rules if one.id == upcoming.rule), None)
        if rule is None or rule.every is None:
            return phrase
        left = rule.every * 60 - self.state.active_for(rule.id)
        if left <= 0 or upcoming.at - self.now > left + self.settings.gap * 60:
            return phrase
        return f"{phrase}, after {minutes(left, 'more active')}"


def find_status(
    places: Places, settings: Settings, clock: Clock, *, state: DayState | None = None, zone: TimeZone | None = None
) -> Status:
    """Return how the day is going now, without the answers of today, which `count_today` reads.

    Args:
        places: The user's folders.
        settings: The settings.
        clock: The machine's clock.
        state: The state of the day, if this process drives it; otherwise it is read from disk.
        zone: The zone of the wall clock; the machine's if None.
    """
    zone, now = zone or SystemZone(), clock.wall().ms / 1000
    watching, app_open = is_watching(places), is_locked(places.app_lock)
    stored = load_day(places.breaks)
    about = dict(stored.about) if watching or app_open else {}
    if stored.problem:
        about["reset"] = stored.problem
    if state is None:
        # Old counts say nothing about the present.
        state = stored.state if watching or app_open else DayState()
    until = paused_until(places.breaks, now)
    upcoming = Forecast(settings.breaks, zone, settings.record.day_start).predict(state, now, 1, until)
    return Status(
        state=state,
        settings=settings.breaks,
        now=now,
        zone=zone,
        watching=watching,
        app_open=app_open,
        paused_until=until,
        upcoming=upcoming[0] if upcoming else None,
        about=about,
    )


def count_today(context: "Context") -> Counter[Answer]:
    """Return how often each answer was given today.

    Raises:
        CoachError: The history cannot be read.
    """
    counts: Counter[Answer] = Counter()
    with context.history() as database:
        for one in count_answers(database, context.today.isoformat()):
            counts[one.answer] += one.times
    return counts


def instant_text(zone: TimeZone, instant: float, now: float) -> str:
    """Return an instant as the time of day, with the weekday if it is not today, and the date if it is further away."""
    wall, today = zone.wall(instant), zone.wall(now).date()
    if wall.date() == today:
        return f"{wall:%H:%M}"
    is_near = abs((wall.date() - today).days) <= _DAYS_NAMED_BY_WEEKDAY
    return f"{wall:%a %H:%M}" if is_near else f"{wall:%a %d %b %H:%M}"


def rule_line(rule: BreakRule, title_of: TitleFinder) -> str:
    """Return a rule as one line that begins with its name."""
    if rule.every:
        when = f"every {rule.every} active minutes"
        when += "".join(f", {window}" for window in rule.windows)
    else:
        when = f"at {', '.join(f'{one:%H:%M}' for one in rule.at)}"
    return f"{rule.id}: {when}, {name_days(rule.days)}: {title_of(rule.routine)}"


def with_reason(sentence: str, prompt: Prompt) -> str:
    """Return a sentence about a prompt, and after it why its routine is offered, if there is a reason."""
    return f"{sentence} {prompt.why}" if prompt.why else sentence


def prompt_notification(offer: str, snooze: int | None, *, can_answer: bool, sounds: bool) -> Notification:
    """Return the notification of a prompt. No other notification may make a sound.

    Args:
        offer: The routine that is offered and why, as sentences.
        snooze: The minutes of its snooze button, or None if it cannot be snoozed.
        can_answer: Whether what shows it has buttons.
        sounds: Whether it may make a sound.
    """
    if not can_answer:
        ways = "start, snooze or skip" if snooze else "start or skip"
        body = f"{offer} Type `stretch-coach breaks {ways}`."
        return Notification("Time for a break", body, stays=True, sounds=sounds)
    snoozing = ((Choice.SNOOZE, f"Snooze {snooze} min"),) if snooze else ()
    choices = ((Choice.START, "Start"), *snoozing, (Choice.SKIP, "Skip"))
    return Notification("Time for a break", offer, choices, stays=True, sounds=sounds)


def heads_up_notification(title: str, seconds: float) -> Notification:
    """Return the announcement of a prompt that will come in some seconds."""
    return Notification("A break is coming up", f"{title} in {seconds:.0f} seconds.", sounds=False)


def voice_session_notification(title: str) -> Notification:
    """Return the notification that shows a session led by voice alone and can end it."""
    body = "Follow the voice. You can end the session here at any time. If something hurts, end it at once."
    return Notification(title, body, ((Choice.STOP, "End"),), stays=True, sounds=False)


def settings_notification(problem: str) -> Notification:
    """Return the notification of a settings file that cannot be used."""
    return Notification("Invalid settings; the last valid ones apply", problem, sounds=False)


def session_failed_notification(problem: str) -> Notification:
    """Return the notification of a session that could not be started."""
    return Notification("The break could not be started", problem, sounds=False)


def _prompt_sentence(prompt: Prompt, title_of: TitleFinder) -> str:
    title = title_of(prompt.routine)
    match prompt.phase:
        case Phase.ASKING:
            return with_reason(f"Time for a break: {title}.", prompt)
        case Phase.SNOOZED:
            return f"Snoozed for {minutes(prompt.left)}: {title}."
        case Phase.STARTED:
            return f"Running now: {title}."
        case Phase.ANNOUNCED:
            return f"Break in {prompt.left:.0f} seconds: {title}."
        case _:
            reason = f" because {_DEFERRALS[prompt.deferral]}" if prompt.deferral else ""
            return f"Break deferred{reason}: {title}."
