"""The rule by which doses grow and shrink with practice. Pure; docs/progress.md has it in words, with its sources.

A dose is counted in *steps* from the written one, for each exercise. Finished sessions without a worse neck make a step
up ready, which is offered and never imposed. A worse day or a pause is a step back, which can be declined too.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from stretch_coach.journal.doses import STEPS_AT_MOST, STEPS_BACK, DoseChoice, Practice

GOOD_DAYS = 6
"""How many good days a step up needs: days on which all of an exercise was done, and nothing felt worse."""

COMFORTABLE_DAYS = 14
"""How many days must have passed since the first of them."""

DECLINED_DAYS = 28
"""The same after a step was declined."""

BACK_TO_WRITTEN_DAYS = 3
"""How many good days lead back to the written dose from below it, however soon."""

PAUSE_DAYS = 14
"""How long a pause costs a step, down to the written dose."""

QUIET_DAYS = 7
"""How long nothing is offered after any choice, and after a worse day with any exercise of the routine."""

REMEMBERED_DAYS = 90
"""How far back practice counts, unless it follows a choice of the user."""


class Back(StrEnum):
    """Why a dose went a step back."""

    WORSE = "worse"
    PAUSE = "pause"


class Standing(NamedTuple):
    """The dose of an exercise, in steps from the written one.

    Attributes:
        steps: How many apply today, from -1 to 3.
        is_ready: Whether one more may be offered.
        back: Why there was a step back since the last session with the exercise, or None if there was none.
        before: How many steps applied before that step back.
    """

    steps: int = 0
    is_ready: bool = False
    back: Back | None = None
    before: int = 0


class DoseAdvice(NamedTuple):
    """The doses of several exercises.

    Attributes:
        standings: For each exercise by its id.
        is_quiet: Whether nothing may be offered, because something was chosen, or a day was worse, lately.
        asked: The exercises of which a program asks for more than would apply otherwise.
    """

    standings: Mapping[str, Standing]
    is_quiet: bool = False
    asked: frozenset[str] = frozenset()

    @property
    def steps(self) -> dict[str, int]:
        """The steps that apply today, by exercise."""
        return {id_: one.steps for id_, one in self.standings.items()}

    @property
    def before(self) -> dict[str, int]:
        """The steps without those back since the last session, by exercise."""
        return {id_: one.before if one.back else one.steps for id_, one in self.standings.items()}

    @property
    def offered(self) -> dict[str, int]:
        """The steps with one more for each exercise that is ready for it; the same as `steps` if nothing is offered."""
        more = {id_: one.steps + 1 for id_, one in self.standings.items() if one.is_ready and not self.is_quiet}
        return self.steps | more


def advise_doses(
    exercises: Iterable[str], practice: Sequence[Practice], choices: Sequence[DoseChoice], today: date
) -> DoseAdvice:
    """Return the doses of some exercises.

    Args:
        exercises: Their ids.
        practice: How they were practised, in the order of time, at least since `practice_since`.
        choices: What the user chose, about any exercise, in the order of time.
        today: The day.
    """
    standings = {
        id_: find_standing(
            [one for one in practice if one.exercise == id_], [one for one in choices if one.exercise == id_], today
        )
        for id_ in exercises
    }
    unquiet = [one.day for one in choices] + [one.day for one in practice if one.worse]
    return DoseAdvice(standings, any(timedelta() <= today - day < timedelta(QUIET_DAYS) for day in unquiet))


def follow_program(
    advice: DoseAdvice, steps: int, since: date, practice: Sequence[Practice], choices: Sequence[DoseChoice]
) -> DoseAdvice:
    """Return the doses with at least as many steps as a program asks for in its present week.

    What the user chose since the week began is left unchanged, and so is an exercise with a worse day since then, or
    with fewer steps than the written dose.

    Args:
        advice: The doses without the program.
        steps: How many steps the program asks for.
        since: The first day of the present week of the program.
        practice: The practice on which the advice is based.
        choices: The choices on which it is based.
    """
    kept = {one.exercise for one in choices if one.accepted and one.day >= since}
    kept |= {one.exercise for one in practice if one.worse and one.day >= since}
    asked = {
        id_: one._replace(steps=steps, is_ready=False, back=None)
        for id_, one in advice.standings.items()
        if id_ not in kept and 0 <= one.steps < steps
    }
    return advice._replace(standings={**advice.standings, **asked}, asked=frozenset(asked))


def practice_since(exercises: Iterable[str], choices: Sequence[DoseChoice], today: date) -> date:
    """Return from which day on practice decides about the doses of some exercises."""
    latest = {one.exercise: one.day for one in choices}
    return min([today - timedelta(REMEMBERED_DAYS), *(latest[id_] for id_ in exercises if id_ in latest)])


def find_standing(practice: Sequence[Practice], choices: Sequence[DoseChoice], today: date) -> Standing:
    """Return the dose of one exercise from its practice and the choices about it, each in the order of time."""
    fold = _Fold()
    events: list[Practice | DoseChoice] = [*choices, *practice]
    for event in sorted(events, key=lambda one: (one.at_ms, isinstance(one, Practice))):
        if isinstance(event, Practice):
            fold.practise(event)
        else:
            fold.choose(event)
    return fold.on(today)


class _Fold:
    """Takes up what happened to one exercise, in the order of time."""

    def __init__(self) -> None:
        self._steps = 0
        self._before = 0
        self._is_worse = False
        self._worse_day: date | None = None
        self._last: date | None = None
        self._good: set[date] = set()
        self._wait = COMFORTABLE_DAYS

    def choose(self, choice: DoseChoice) -> None:
        """Take up a choice."""
        self._good = set()
        self._wait = COMFORTABLE_DAYS if choice.accepted else DECLINED_DAYS
        if choice.accepted:
            self._steps, self._is_worse, self._last = choice.steps, False, choice.day

    def practise(self, practice: Practice) -> None:
        """Take up a session with the exercise."""
        if pauses := self._pauses(practice.day):
            self._steps = _after_pauses(self._steps, pauses)
            self._good = set()
        self._last = max(self._last or practice.day, practice.day)
        if practice.worse:
            if self._worse_day != practice.day:
                self._before, self._steps = self._steps, max(STEPS_BACK, self._steps - 1)
            self._is_worse, self._worse_day, self._good = True, practice.day, set()
        elif practice.day != self._worse_day:
            self._is_worse = False
            self._good |= {practice.day} if practice.finished else set()

    def on(self, today: date) -> Standing:
        """Return the dose on a day that is not before anything that was taken up."""
        pauses = self._pauses(today)
        steps = _after_pauses(self._steps, pauses)
        if steps < self._steps:
            return Standing(steps, back=Back.PAUSE, before=self._steps)
        if self._is_worse:
            return Standing(steps, back=Back.WORSE if steps < self._before else None, before=self._before)
        return Standing(steps, is_ready=not pauses and self._is_ready(today))

    def _pauses(self, day: date) -> int:
        """Return how many pauses of two weeks there were since the last session, until a day."""
        return 0 if self._last is None else max(0, (day - self._last).days // PAUSE_DAYS)

    def _is_ready(self, today: date) -> bool:
        if self._steps >= STEPS_AT_MOST or not self._good:
            return False
        if self._steps < 0:
            return len(self._good) >= BACK_TO_WRITTEN_DAYS
        return len(self._good) >= GOOD_DAYS and (today - min(self._good)).days >= self._wait


def _after_pauses(steps: int, pauses: int) -> int:
    """Return a dose after pauses, each of which costs a step down to the written one."""
    return max(min(steps, 0), steps - pauses)
