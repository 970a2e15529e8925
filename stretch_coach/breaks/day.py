"""A day of breaks: samples of seat and clock go in, actions come out. Pure, apart from the state it holds.

The process that drives it takes a sample at least once a minute, carries out the actions in their order, and stores
`state`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta

from stretch_coach.breaks.activity import Sample, Seat, observe
from stretch_coach.breaks.prompt import Action, Choice, Phase, Prompt
from stretch_coach.breaks.prompt_handler import PromptHandler
from stretch_coach.breaks.rules import is_open
from stretch_coach.breaks.state import MAX_NAME_LENGTH, DayState
from stretch_coach.breaks.timetable import Timetable, TimeZone
from stretch_coach.journal.prompts import Answer
from stretch_coach.settings import BreakRule, BreakSettings

SAMPLE_SECONDS = 55.0
"""The time between samples while nothing is due: less than a minute, so that no clock change or time is missed."""

_RETURN_SECONDS = 15.0
"""The time to the next sample once the seat has been used after an absence."""

_SHORTEST_WAIT_SECONDS = 0.05

RoutineChooser = Callable[[str], tuple[str, str]]
"""Returns the id of the routine to offer, and why in a sentence, for the `routine` of a rule."""

_WORTH_RECORDING_SECONDS = 300.0
_MINUTE = 60.0


def choose_named(routine: str) -> tuple[str, str]:
    """Return the routine that a rule names, without a reason."""
    return routine, ""


class BreakDay:
    """Counts active time, applies the rules, and makes prompts.

    Args:
        settings: The rules, and how to ask; may be replaced at any time.
        zone: The zone of the wall clock.
        new_id: Makes a UUIDv7 from milliseconds since 1970.
        choose: Returns the routine to offer, and why, for what a rule names.
        day_start: When a day of the history begins.
        state: The stored state; a new one if None.
    """

    def __init__(
        self,
        settings: BreakSettings,
        zone: TimeZone,
        new_id: Callable[[int], str],
        *,
        choose: RoutineChooser = choose_named,
        day_start: time = time(4),
        state: DayState | None = None,
    ) -> None:
        self.day_start = day_start
        self._zone = zone
        self._new_id = new_id
        self._choose = choose
        self._prompts = PromptHandler(settings, zone, state or DayState())
        self._timetable = Timetable(zone)

    @property
    def settings(self) -> BreakSettings:
        """The rules, and how to ask."""
        return self._prompts.settings

    @settings.setter
    def settings(self, settings: BreakSettings) -> None:
        self._prompts.settings = settings

    @property
    def state(self) -> DayState:
        """Everything that is remembered from one sample to the next."""
        return self._prompts.state

    @state.setter
    def state(self, state: DayState) -> None:
        self._prompts.state = state

    def tick(self, sample: Sample) -> list[Action]:
        """Take a sample and return the actions to carry out now, in order."""
        self._prompts.actions = []
        wall = self._zone.wall(sample.wall)
        self._count_day(wall)
        self._account(sample)
        due = self._due_rules(sample, wall)
        prompt = self.state.prompt
        if prompt is None:
            if due and not self._is_capped():
                self._prompts.replace(self._new_prompt(due, sample.wall))
        elif prompt.phase is not Phase.STARTED and (more := tuple(one.id for one in due if one.id not in prompt.rules)):
            self._prompts.replace(prompt._replace(rules=prompt.rules + more))
        if self.state.prompt:
            self._prompts.advance(self.state.prompt, sample, wall)
        self.state = self.state._replace(wall=sample.wall)
        return self._prompts.actions

    def answer(self, choice: Choice, wall: float, minutes: int | None = None) -> list[Action]:
        """Take the user's answer to the prompt and return the actions to carry out now.

        Args:
            choice: The answer. Dismissing a prompt snoozes it while that is possible, and skips it after that.
            wall: The instant.
            minutes: How long to snooze; None for the length in the settings.

        Returns:
            The actions; none if there is no prompt that can be answered like this.
        """
        self._prompts.actions = []
        self._prompts.answer(choice, wall, minutes)
        return self._prompts.actions

    def session_failed(self) -> None:
        """Ask again later, as if the prompt had been snoozed, because its session could not be started."""
        self._prompts.session_failed()

    def ask_again(self) -> list[Action]:
        """Return the action that shows a prompt which has not been answered, for a process that takes over."""
        return self._prompts.ask_again()

    def wait_seconds(self) -> float:
        """Return the longest time that may pass before the next sample."""
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
        upcoming = self._timetable.upcoming
        if upcoming is not None and state.times_seen_until is not None:
            spans.append(upcoming - state.times_seen_until)
        return max(_SHORTEST_WAIT_SECONDS, min([SAMPLE_SECONDS, *(span for span in spans if span > 0)]))

    # Counting

    def _count_day(self, wall: datetime) -> None:
        day = (wall - timedelta(hours=self.day_start.hour, minutes=self.day_start.minute)).date().isoformat()
        if day != self.state.day:
            self.state = self.state._replace(day=day, asked=0)

    def _account(self, sample: Sample) -> None:
        state = self.state
        since = None if state.since_asked is None else state.since_asked + sample.step
        if sample.in_session:
            # The user is stretching: present, but not at work.
            self.state = state._replace(seat=Seat(), since_asked=since, in_session=True)
            if state.prompt and state.prompt.phase is not Phase.STARTED:
                self._prompts.record(state.prompt, Answer.STARTED, sample.wall)
                self._prompts.withdraw(state.prompt)
                self._prompts.replace(state.prompt._replace(phase=Phase.STARTED, deferral=None))
            return
        if state.in_session:
            rules = state.prompt.rules if state.prompt else ()
            self._prompts.replace(None)
            if rules:
                self._prompts.reset_for_break(rules)
            else:
                self._reset_all()
            self.state = self.state._replace(in_session=False)
        observation = observe(
            self.state.seat,
            sample.step,
            sample.idle,
            locked=sample.locked,
            natural_seconds=self.settings.natural * _MINUTE,
        )
        self.state = self.state._replace(
            seat=observation.seat, active=self.state.active + observation.active_seconds, since_asked=since
        )
        if observation.natural_break:
            self._take_natural_break(sample.wall)

    def _take_natural_break(self, wall: float) -> None:
        prompt, active = self.state.prompt, self.state.active
        if prompt and prompt.phase is not Phase.STARTED:
            self._prompts.record(prompt, Answer.NATURAL, wall)
            self._prompts.withdraw(prompt)
        elif prompt is None and active >= _WORTH_RECORDING_SECONDS:
            unasked = Prompt(self._new_id(round(wall * 1000)), ("",), "", wall)
            self._prompts.record(unasked, Answer.NATURAL, wall)
        self._prompts.replace(None)
        self._reset_all()

    def _reset_all(self) -> None:
        self.state = self.state._replace(active=0.0, resets={})

    # Applying the rules

    def _due_rules(self, sample: Sample, wall: datetime) -> list[BreakRule]:
        """Return the rules that ask now, fixed-time rules first."""
        self.state, times = self._timetable.advance(self.state, self.settings, sample.wall)
        state = self.state
        if sample.paused or sample.in_session or (state.prompt and state.prompt.phase is Phase.STARTED):
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
        routine, why = self._choose(due[0].routine)
        rules = tuple(rule.id for rule in due)
        return Prompt(self._new_id(round(wall * 1000)), rules, routine, wall, why=why[:MAX_NAME_LENGTH])
