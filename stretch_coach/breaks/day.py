"""A day of breaks: what is seen of seat and clock goes in, what is to be done comes out. Pure but for its state.

The watcher drives it, and the app while it is open; whoever does looks at least each minute, does the actions in their
order, and keeps ``state``.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from stretch_coach.breaks.actions import Action, Announce, Ask, Begin, Record, Withdraw
from stretch_coach.breaks.activity import GRACE_SECONDS, Seat, observe
from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.rules import done_with, is_open
from stretch_coach.breaks.state import DayState, Hold, Phase, Prompt
from stretch_coach.breaks.timetable import Timetable
from stretch_coach.breaks.zone import Zone, offset_seconds
from stretch_coach.journal.prompts import Answer, PromptRecord
from stretch_coach.settings import BreakRule, BreakSettings

LOOK_SECONDS = 55.0
"""How often the seat is looked at while nothing is due: as seldom as never sleeping a minute allows."""

_RETURN_SECONDS = 15.0
"""How soon it is looked at again once it was touched after an absence."""

_SHORTEST_WAIT_SECONDS = 0.05

_HOLD_SECONDS = 60.0
"""A prompt that is held back is looked at again after this."""

_START_SECONDS = 90.0
"""How long a session that was begun may take to be under way."""

_WORTH_NOTING_SECONDS = 300.0
_SHOWN = (Phase.ANNOUNCED, Phase.ASKING)
_MINUTE = 60.0


class Look(NamedTuple):
    """What is seen at one look.

    Attributes:
        step: Seconds since the last look, the machine's sleep counted; of the first, since the state was kept.
        wall: The instant, by the calendar's clock.
        idle: Seconds since the seat was used; none where that is not known.
        locked: Whether the screen is locked.
        paused: Whether the user wants no prompts now.
        in_session: Whether a session is under way.
        hold: Says what holds a prompt back now; asked only when one could be shown.
    """

    step: float
    wall: float
    idle: float | None
    locked: bool = False
    paused: bool = False
    in_session: bool = False
    hold: Callable[[], Hold | None] = lambda: None


class BreakDay:
    """The accounting of active time, the rules, and the prompt that is due.

    Args:
        settings: The rules, and how to ask; may be set anew at any time.
        zone: The zone of the wall clock.
        new_id: Makes a UUIDv7 of milliseconds since 1970.
        day_start: When a day of the record begins.
        state: What was kept; an empty one to begin with.
    """

    def __init__(
        self,
        settings: BreakSettings,
        zone: Zone,
        new_id: Callable[[int], str],
        *,
        day_start: time = time(4),
        state: DayState | None = None,
    ) -> None:
        self.settings = settings
        self.state = state or DayState()
        self.day_start = day_start
        self._zone = zone
        self._new_id = new_id
        self._actions: list[Action] = []
        self._timetable = Timetable(zone)

    def tick(self, look: Look) -> list[Action]:
        """Look once; what is to be done now, in order."""
        self._actions = []
        wall = self._zone.wall(look.wall)
        self._count_day(wall)
        self._account(look)
        due = self._due(look, wall)
        prompt = self.state.prompt
        if prompt is None:
            if due and not self._is_capped():
                self._set(self._new_prompt(due, look.wall))
        elif prompt.phase is not Phase.STARTED and (more := tuple(one.id for one in due if one.id not in prompt.rules)):
            self._set(prompt._replace(rules=prompt.rules + more))
        if self.state.prompt:
            self._proceed(self.state.prompt, look, wall)
        self.state = self.state._replace(wall=look.wall)
        return self._actions

    def answer(self, choice: Choice, wall: float, minutes: int | None = None) -> list[Action]:
        """Take an answer of the user.

        Args:
            choice: The answer; one that closes the prompt without an answer counts as snoozing it, while that can be.
            wall: The instant.
            minutes: For how long it is snoozed; as set, if not given.

        Returns:
            What is to be done now; nothing if there is no prompt that can be answered so.
        """
        self._actions = []
        prompt = self.state.prompt
        if prompt is None or prompt.phase is Phase.STARTED:
            return []
        match choice:
            case Choice.START:
                self._record(prompt, Answer.STARTED, wall)
                self._withdraw(prompt)
                self._reset_for_break(prompt.rules)
                self._set(prompt._replace(phase=Phase.STARTED, left=_START_SECONDS, hold=None))
                self._actions.append(Begin(prompt))
            case Choice.SNOOZE if self.can_snooze():
                self._snooze(prompt, wall, minutes)
            case Choice.DISMISSED if self.can_snooze():
                self._snooze(prompt, wall, None)
            case Choice.SKIP | Choice.DISMISSED:
                self._record(prompt, Answer.SKIPPED, wall)
                self._end(prompt)
        return self._actions

    def could_not_begin(self) -> None:
        """The session that was to begin could not be: ask again later, as if the prompt had been snoozed."""
        prompt = self.state.prompt
        if prompt and prompt.phase is Phase.STARTED:
            self._set(prompt._replace(phase=Phase.SNOOZED, left=self.settings.snooze[0] * _MINUTE))

    def can_snooze(self) -> bool:
        """Whether the prompt that is due can be snoozed once more."""
        return self.state.prompt is not None and self.state.prompt.snoozes < self.settings.snooze_limit

    def wait_seconds(self) -> float:
        """After how many seconds the next look is due, at most."""
        state, prompt = self.state, self.state.prompt
        if prompt:
            spans = [prompt.left]
        else:
            early = self.settings.heads_up
            spans = [
                rule.every * _MINUTE - early - state.active_for(rule.id) for rule in self.settings.rules if rule.every
            ]
        if state.seat.away and state.seat.signs:
            spans.append(_RETURN_SECONDS)
        ahead = self._timetable.ahead
        if ahead is not None and state.looked_until is not None:
            spans.append(ahead - state.looked_until)
        return max(_SHORTEST_WAIT_SECONDS, min([LOOK_SECONDS, *(span for span in spans if span > 0)]))

    # What is accounted

    def _count_day(self, wall: datetime) -> None:
        day = (wall - timedelta(hours=self.day_start.hour, minutes=self.day_start.minute)).date().isoformat()
        if day != self.state.day:
            self.state = self.state._replace(day=day, asked=0)

    def _account(self, look: Look) -> None:
        state = self.state
        since = None if state.since_asked is None else state.since_asked + look.step
        if look.in_session:
            # Somebody who stretches is there, and not at work.
            self.state = state._replace(seat=Seat(), since_asked=since, in_session=True)
            if state.prompt and state.prompt.phase is not Phase.STARTED:
                self._record(state.prompt, Answer.STARTED, look.wall)
                self._withdraw(state.prompt)
                self._set(state.prompt._replace(phase=Phase.STARTED, hold=None))
            return
        if state.in_session:
            rules = state.prompt.rules if state.prompt else ()
            self._set(None)
            if rules:
                self._reset_for_break(rules)
            else:
                self._reset_all()
            self.state = self.state._replace(in_session=False)
        observed = observe(
            self.state.seat,
            look.step,
            look.idle,
            locked=look.locked,
            natural_seconds=self.settings.natural * _MINUTE,
        )
        self.state = self.state._replace(
            seat=observed.seat, active=self.state.active + observed.active_seconds, since_asked=since
        )
        if observed.natural_break:
            self._rest(look.wall)

    def _rest(self, wall: float) -> None:
        """An absence was a break by itself."""
        prompt, active = self.state.prompt, self.state.active
        if prompt and prompt.phase is not Phase.STARTED:
            self._record(prompt, Answer.NATURAL, wall)
            self._withdraw(prompt)
        elif prompt is None and active >= _WORTH_NOTING_SECONDS:
            unasked = Prompt(self._new_id(round(wall * 1000)), ("",), "", wall)
            self._record(unasked, Answer.NATURAL, wall)
        self._set(None)
        self._reset_all()

    def _reset_all(self) -> None:
        self.state = self.state._replace(active=0.0, zeros={})

    def _reset(self, rules: Sequence[str]) -> None:
        self.state = self.state._replace(zeros={**self.state.zeros, **dict.fromkeys(rules, self.state.active)})

    def _reset_for_break(self, asked: Sequence[str]) -> None:
        self._reset(done_with(self.settings.rules, asked))

    # What is due

    def _due(self, look: Look, wall: datetime) -> list[BreakRule]:
        """The rules that ask now, those of times first."""
        self.state, times = self._timetable.come(self.state, self.settings, look.wall)
        state = self.state
        if look.paused or look.in_session or (state.prompt and state.prompt.phase is Phase.STARTED):
            return []
        if state.seat.away:
            return times
        early = self.settings.heads_up
        every = [
            rule
            for rule in self.settings.rules
            if rule.every and state.active_for(rule.id) >= rule.every * _MINUTE - early and is_open(rule, wall)
        ]
        return times + sorted(every, key=lambda rule: -(rule.every or 0))

    def _is_capped(self) -> bool:
        return 0 < self.settings.daily_cap <= self.state.asked

    def _new_prompt(self, due: Sequence[BreakRule], wall: float) -> Prompt:
        return Prompt(self._new_id(round(wall * 1000)), tuple(rule.id for rule in due), due[0].routine, wall)

    # What becomes of the prompt

    def _proceed(self, prompt: Prompt, look: Look, wall: datetime) -> None:
        left = max(0.0, prompt.left - look.step)
        prompt = prompt._replace(left=left)
        self._set(prompt)
        if prompt.phase is Phase.STARTED:
            if left == 0.0 and not look.in_session:
                self._set(None)
        elif look.paused or (prompt.phase is not Phase.ASKING and not self._may_ask(prompt, wall)):
            self._let_go(prompt, look.wall)
        elif left > 0.0:
            if prompt.hold:
                self._set(prompt._replace(held=prompt.held + look.step))
        elif prompt.phase is Phase.ASKING:
            self._go_unanswered(prompt, look.wall)
        else:
            self._ask_or_hold(prompt, look)

    def _may_ask(self, prompt: Prompt, wall: datetime) -> bool:
        """Whether any of the rules may ask now; one of times may whenever its time has been."""
        asking = [rule for rule in self.settings.rules if rule.id in prompt.rules]
        return any(rule.at or is_open(rule, wall) for rule in asking)

    def _ask_or_hold(self, prompt: Prompt, look: Look) -> None:
        held = prompt.held + (look.step if prompt.hold else 0.0)
        hold = self._hold(prompt, look)
        limit = self.settings.hold_limit * _MINUTE
        if hold in (Hold.FULLSCREEN, Hold.DO_NOT_DISTURB, Hold.MICROPHONE) and 0 < limit <= held:
            hold = None
        if hold:
            again = _HOLD_SECONDS if hold not in (Hold.AWAY, Hold.GAP, Hold.APP) else 0.0
            counted = held if hold not in (Hold.AWAY, Hold.GAP, Hold.APP) else prompt.held
            self._set(prompt._replace(phase=Phase.WAITING, hold=hold, held=counted, left=again))
        elif self.settings.heads_up and not prompt.announced and not prompt.asking:
            seconds = float(self.settings.heads_up)
            prompt = prompt._replace(phase=Phase.ANNOUNCED, announced=True, left=seconds, hold=None)
            self._set(prompt)
            self._actions.append(Announce(prompt, seconds))
        else:
            self._ask(prompt)

    def _hold(self, prompt: Prompt, look: Look) -> Hold | None:
        """Why a prompt that is due cannot be shown now. An empty chair is never asked."""
        seat, since = self.state.seat, self.state.since_asked
        if seat.away or look.locked or (look.idle or 0.0) >= GRACE_SECONDS:
            return Hold.AWAY
        if not prompt.asking and since is not None and since < self.settings.gap * _MINUTE:
            return Hold.GAP
        return look.hold()

    def _ask(self, prompt: Prompt) -> None:
        first = prompt.asking == 0
        prompt = prompt._replace(
            phase=Phase.ASKING,
            asking=prompt.asking + 1,
            left=float(self.settings.answer_in),
            hold=None,
            unanswered=False,
        )
        self.state = self.state._replace(prompt=prompt, since_asked=0.0, asked=self.state.asked + first)
        self._actions.append(Ask(prompt, self.settings.snooze[0] if self.can_snooze() else None))

    def _go_unanswered(self, prompt: Prompt, wall: float) -> None:
        self._withdraw(prompt)
        if self.can_snooze():
            left = self.settings.snooze[0] * _MINUTE
            self._set(prompt._replace(phase=Phase.SNOOZED, left=left, snoozes=prompt.snoozes + 1, unanswered=True))
        else:
            self._record(prompt, Answer.MISSED, wall)
            self._end(prompt)

    def _snooze(self, prompt: Prompt, wall: float, minutes: int | None) -> None:
        self._record(prompt, Answer.SNOOZED, wall)
        self._withdraw(prompt)
        left = (self.settings.snooze[0] if minutes is None else minutes) * _MINUTE
        self._set(
            prompt._replace(
                phase=Phase.SNOOZED, left=left, snoozes=prompt.snoozes + 1, unanswered=False, hold=None, held=0.0
            )
        )

    def _let_go(self, prompt: Prompt, wall: float) -> None:
        """Its rules may not ask any more, or the user wants none: it ends without being asked again."""
        if prompt.phase is Phase.ASKING:
            self._record(prompt, Answer.SNOOZED, wall)
        elif prompt.unanswered:
            self._record(prompt, Answer.MISSED, wall)
        self._end(prompt)

    def _end(self, prompt: Prompt) -> None:
        self._withdraw(prompt)
        if prompt.asking or prompt.announced:
            self._reset(prompt.rules)
        self._set(None)

    def _withdraw(self, prompt: Prompt) -> None:
        if prompt.phase in _SHOWN and not any(isinstance(one, Withdraw) for one in self._actions):
            self._actions.append(Withdraw())

    def _set(self, prompt: Prompt | None) -> None:
        self.state = self.state._replace(prompt=prompt)

    def _record(self, prompt: Prompt, answer: Answer, wall: float) -> None:
        self._actions.append(
            Record(
                PromptRecord(
                    id=prompt.id,
                    asking=prompt.asking,
                    answered_ms=round(wall * 1000),
                    utc_offset_s=offset_seconds(self._zone, wall),
                    day=self.state.day,
                    rule=prompt.rules[0],
                    routine=prompt.routine,
                    answer=answer,
                )
            )
        )
