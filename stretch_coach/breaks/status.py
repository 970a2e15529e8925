"""What ``breaks`` tells: how it stands now, as words and for programs."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from stretch_coach.breaks.forecast import Expected
from stretch_coach.breaks.state import DayState, Phase
from stretch_coach.breaks.wording import HELD_BACK, minutes_text, moment_text, routine_name
from stretch_coach.breaks.zone import Zone, timestamp
from stretch_coach.journal.prompts import Answer
from stretch_coach.settings import BreakSettings


class Status(NamedTuple):
    """How it stands.

    Attributes:
        state: What is kept.
        settings: How to ask.
        now: The instant.
        watching: Whether a watcher runs.
        app_open: Whether the app is open, and asks.
        paused_until: When the pause ends; none if there is none.
        upcoming: The next prompt that is expected; none if none is.
        today: How often each answer was given today.
        about: What the watcher tells of itself: seat, prompter, trouble.
    """

    state: DayState
    settings: BreakSettings
    now: float
    watching: bool
    app_open: bool
    paused_until: float | None
    upcoming: Expected | None
    today: Mapping[Answer, int]
    about: Mapping[str, str]

    @property
    def active_seconds(self) -> float:
        """What the rule that asks next has counted; without one, active time since the last break."""
        rule = self.upcoming.rule if self.upcoming else ""
        return self.state.active_for(rule)

    def as_json(self, zone: Zone) -> dict[str, Any]:
        """For status bars and other programs."""
        prompt = self.state.prompt
        return {
            "watching": self.watching,
            "app_open": self.app_open,
            "active_seconds": round(self.active_seconds),
            "away": self.state.seat.away,
            "paused_until": None if self.paused_until is None else timestamp(zone, self.paused_until),
            "prompt": prompt
            and {
                "phase": prompt.phase.value,
                "rules": list(prompt.rules),
                "routine": prompt.routine,
                "due_at": timestamp(zone, prompt.due),
                "asked": prompt.asking,
                "snoozes_left": max(0, self.settings.snooze_limit - prompt.snoozes),
                "held_back": prompt.hold and prompt.hold.value,
                "seconds_left": round(prompt.left),
            },
            "next": self.upcoming.as_json(zone) if self.upcoming else None,
            "today": {answer.value: self.today.get(answer, 0) for answer in Answer},
            "seat": self.about.get("seat", ""),
            "prompter": self.about.get("prompter", ""),
            "trouble": self.about.get("trouble", ""),
        }

    def lines(self, zone: Zone) -> list[str]:
        """For people."""
        lines = []
        if not self.settings.rules:
            lines.append("There are no rules yet. `stretch-coach breaks every 45` makes one.")
        if not self.watching and not self.app_open:
            lines.append("Nobody watches: `stretch-coach breaks watch` does, `breaks install` starts it at login.")
        if self.paused_until is not None:
            lines.append(f"Paused until {moment_text(zone, self.paused_until, self.now)}.")
        if self.watching or self.app_open:
            away = ", away now" if self.state.seat.away else ""
            lines.append(f"Active for {minutes_text(self.active_seconds)}{away}.")
        lines += [*self._prompt_lines(), *self._next_lines(zone)]
        counts = [f"{self.today[answer]} {answer.value}" for answer in Answer if self.today.get(answer)]
        if counts:
            lines.append(f"Today: {', '.join(counts)}.")
        if trouble := self.about.get("trouble"):
            lines.append(f"Prompts cannot be shown now: {trouble}")
        return lines

    def _prompt_lines(self) -> list[str]:
        prompt = self.state.prompt
        if prompt is None:
            return []
        name = routine_name(prompt.routine)
        match prompt.phase:
            case Phase.ASKING:
                return [f"{name} is being asked for: `breaks start`, `snooze` or `skip` answers."]
            case Phase.SNOOZED:
                return [f"{name} is snoozed for {minutes_text(prompt.left)}."]
            case Phase.STARTED:
                return [f"{name} is under way."]
            case Phase.ANNOUNCED:
                return [f"{name} comes in {prompt.left:.0f} s."]
            case _:
                why = f": {HELD_BACK[prompt.hold]}" if prompt.hold else ""
                return [f"{name} is due, and held back{why}."]

    def _next_lines(self, zone: Zone) -> list[str]:
        if self.upcoming is None or self.state.prompt is not None:
            return []
        rule = next((rule for rule in self.settings.rules if rule.id == self.upcoming.rule), None)
        why = f"after {rule.every} active minutes" if rule and rule.every else "by the clock"
        when = moment_text(zone, self.upcoming.at, self.now)
        return [f"Next: {routine_name(self.upcoming.routine)} at {when}, {why} ({self.upcoming.rule})."]
