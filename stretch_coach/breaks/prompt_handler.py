"""Handles the prompt that is due: shows it or waits, takes the answer, and records what became of it."""

from collections.abc import Sequence
from datetime import datetime

from stretch_coach.breaks.activity import GRACE_SECONDS, Sample
from stretch_coach.breaks.prompt import (
    Action,
    Announce,
    Ask,
    Choice,
    Deferral,
    Phase,
    Prompt,
    RecordAnswer,
    StartSession,
    Withdraw,
)
from stretch_coach.breaks.rules import is_open, satisfied_rules
from stretch_coach.breaks.state import DayState
from stretch_coach.breaks.timetable import TimeZone, offset_seconds
from stretch_coach.journal.prompts import Answer, PromptRecord
from stretch_coach.settings import BreakSettings

_DEFERRAL_SECONDS = 60.0
"""The time after which a deferred prompt is tried again."""

_START_SECONDS = 90.0
"""How long a session may take to start."""

_SHOWN = (Phase.ANNOUNCED, Phase.ASKING)
_MINUTE = 60.0


class PromptHandler:
    """Handles the prompt of a day's state, and collects the actions to carry out.

    Args:
        settings: The rules, and how to ask; may be replaced at any time.
        zone: The zone of the wall clock.
        state: The state of the day.

    Attributes:
        actions: The actions of the current sample or answer, in order.
    """

    def __init__(self, settings: BreakSettings, zone: TimeZone, state: DayState) -> None:
        self.settings = settings
        self.state = state
        self.actions: list[Action] = []
        self._zone = zone

    def answer(self, choice: Choice, wall: float, minutes: int | None) -> None:
        """Apply the user's answer to the prompt, if there is one that can be answered like this."""
        prompt = self.state.prompt
        if prompt is None or prompt.phase is Phase.STARTED:
            return
        match choice:
            case Choice.START:
                self.record(prompt, Answer.STARTED, wall)
                self.withdraw(prompt)
                self.reset_for_break(prompt.rules)
                self.replace(prompt._replace(phase=Phase.STARTED, left=_START_SECONDS, deferral=None))
                self.actions.append(StartSession(prompt))
            case Choice.SNOOZE if self.can_snooze():
                self._snooze(prompt, wall, minutes)
            case Choice.DISMISSED if self.can_snooze():
                self._snooze(prompt, wall, None)
            case Choice.SKIP | Choice.DISMISSED:
                self.record(prompt, Answer.SKIPPED, wall)
                self._end(prompt)

    def session_failed(self) -> None:
        """Ask again later, as if the prompt had been snoozed, because its session could not be started."""
        prompt = self.state.prompt
        if prompt and prompt.phase is Phase.STARTED:
            self.replace(prompt._replace(phase=Phase.SNOOZED, left=self.settings.snooze[0] * _MINUTE))

    def can_snooze(self) -> bool:
        """Return whether the prompt that is due can be snoozed again."""
        return self.state.prompt is not None and self.state.prompt.snoozes < self.settings.snooze_limit

    def ask_again(self) -> list[Action]:
        """Return the action that shows a prompt which has not been answered, for a process that takes over."""
        prompt = self.state.prompt
        return [self._ask_action(prompt)] if prompt and prompt.phase is Phase.ASKING else []

    def advance(self, prompt: Prompt, sample: Sample, wall: datetime) -> None:
        """Let the time since the last sample pass for the prompt."""
        left = max(0.0, prompt.left - sample.step)
        prompt = prompt._replace(left=left)
        self.replace(prompt)
        if prompt.phase is Phase.STARTED:
            if left == 0.0 and not sample.in_session:
                self.replace(None)
        elif sample.paused or (prompt.phase is not Phase.ASKING and not self._may_ask(prompt, wall)):
            self._drop(prompt, sample.wall)
        elif left > 0.0:
            if prompt.deferral:
                self.replace(prompt._replace(deferred=prompt.deferred + sample.step))
        elif prompt.phase is Phase.ASKING:
            self._leave_unanswered(prompt, sample.wall)
        else:
            self._ask_or_defer(prompt, sample)

    def _may_ask(self, prompt: Prompt, wall: datetime) -> bool:
        """Return whether any of the prompt's rules may ask now. A fixed-time rule may once its time has come."""
        asking = [rule for rule in self.settings.rules if rule.id in prompt.rules]
        return any(rule.at or is_open(rule, wall) for rule in asking)

    def _ask_or_defer(self, prompt: Prompt, sample: Sample) -> None:
        deferred = prompt.deferred + (sample.step if prompt.deferral else 0.0)
        deferral = self._find_deferral(prompt, sample)
        limit = self.settings.hold_limit * _MINUTE
        is_limited = deferral in (Deferral.FULLSCREEN, Deferral.DO_NOT_DISTURB, Deferral.MICROPHONE)
        if is_limited and 0 < limit <= deferred:
            deferral = None
        if deferral:
            again = _DEFERRAL_SECONDS if is_limited else 0.0
            counted = deferred if is_limited else prompt.deferred
            self.replace(prompt._replace(phase=Phase.WAITING, deferral=deferral, deferred=counted, left=again))
        elif self.settings.heads_up and not prompt.announced and not prompt.times_shown:
            seconds = float(self.settings.heads_up)
            prompt = prompt._replace(phase=Phase.ANNOUNCED, announced=True, left=seconds, deferral=None)
            self.replace(prompt)
            self.actions.append(Announce(prompt, seconds))
        else:
            self._ask(prompt)

    def _find_deferral(self, prompt: Prompt, sample: Sample) -> Deferral | None:
        """Return why a prompt that is due cannot be shown now, or None. Nobody is asked while away."""
        seat, since = self.state.seat, self.state.since_asked
        if seat.away or sample.locked or (sample.idle or 0.0) >= GRACE_SECONDS:
            return Deferral.AWAY
        if not prompt.times_shown and since is not None and since < self.settings.gap * _MINUTE:
            return Deferral.GAP
        return sample.find_deferral()

    def _ask(self, prompt: Prompt) -> None:
        first = prompt.times_shown == 0
        prompt = prompt._replace(
            phase=Phase.ASKING,
            times_shown=prompt.times_shown + 1,
            left=float(self.settings.answer_in),
            deferral=None,
            unanswered=False,
        )
        self.state = self.state._replace(prompt=prompt, since_asked=0.0, asked=self.state.asked + first)
        self.actions.append(self._ask_action(prompt))

    def _ask_action(self, prompt: Prompt) -> Ask:
        return Ask(prompt, self.settings.snooze[0] if self.can_snooze() else None)

    def _leave_unanswered(self, prompt: Prompt, wall: float) -> None:
        self.withdraw(prompt)
        if self.can_snooze():
            left = self.settings.snooze[0] * _MINUTE
            self.replace(prompt._replace(phase=Phase.SNOOZED, left=left, snoozes=prompt.snoozes + 1, unanswered=True))
        else:
            self.record(prompt, Answer.MISSED, wall)
            self._end(prompt)

    def _snooze(self, prompt: Prompt, wall: float, minutes: int | None) -> None:
        self.record(prompt, Answer.SNOOZED, wall)
        self.withdraw(prompt)
        left = (self.settings.snooze[0] if minutes is None else minutes) * _MINUTE
        self.replace(
            prompt._replace(
                phase=Phase.SNOOZED,
                left=left,
                snoozes=prompt.snoozes + 1,
                unanswered=False,
                deferral=None,
                deferred=0.0,
            )
        )

    def _drop(self, prompt: Prompt, wall: float) -> None:
        """End a prompt without asking again, because its rules may not ask any more or the user has paused."""
        if prompt.phase is Phase.ASKING:
            self.record(prompt, Answer.SNOOZED, wall)
        elif prompt.unanswered:
            self.record(prompt, Answer.MISSED, wall)
        self._end(prompt)

    def _end(self, prompt: Prompt) -> None:
        self.withdraw(prompt)
        if prompt.times_shown or prompt.announced:
            self._reset(prompt.rules)
        self.replace(None)

    def withdraw(self, prompt: Prompt) -> None:
        """Remove the prompt if it is shown."""
        if prompt.phase in _SHOWN and not any(isinstance(one, Withdraw) for one in self.actions):
            self.actions.append(Withdraw())

    def replace(self, prompt: Prompt | None) -> None:
        """Replace the prompt; None ends it."""
        self.state = self.state._replace(prompt=prompt)

    def record(self, prompt: Prompt, answer: Answer, wall: float) -> None:
        """Write an answer to the history."""
        self.actions.append(
            RecordAnswer(
                PromptRecord(
                    id=prompt.id,
                    asking=prompt.times_shown,
                    answered_ms=round(wall * 1000),
                    utc_offset_s=offset_seconds(self._zone, wall),
                    day=self.state.day,
                    rule=prompt.rules[0],
                    routine=prompt.routine,
                    answer=answer,
                )
            )
        )

    def _reset(self, rules: Sequence[str]) -> None:
        self.state = self.state._replace(resets={**self.state.resets, **dict.fromkeys(rules, self.state.active)})

    def reset_for_break(self, asked: Sequence[str]) -> None:
        """Restart the counts of the rules that a break satisfies, for which the rules with these ids asked."""
        self._reset(satisfied_rules(self.settings.rules, asked))
