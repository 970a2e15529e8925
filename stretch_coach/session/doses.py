"""The doses of a session: which apply, and which can be chosen instead before it starts."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.guide.doses import changed_exercises, dose_changes, progresses, with_steps
from stretch_coach.guide.programs import ProgramStatus, load_status, program_steps
from stretch_coach.guide.progression import Back, DoseAdvice, advise_doses, follow_program, practice_since
from stretch_coach.guide.suitability import SuitedRoutine
from stretch_coach.journal.doses import DoseChoice, load_choices, load_practice
from stretch_coach.phrasing import minutes_and_seconds
from stretch_coach.routine.model import Routine

Suit = Callable[[Routine], SuitedRoutine]
"""Leaves out of a routine what does not suit the user."""

_BACK = {Back.WORSE: "A step back after a worse day", Back.PAUSE: "A step back after a pause"}


class DoseVersion(NamedTuple):
    """A routine with some doses of its exercises.

    Attributes:
        suited: The routine, without what does not suit the user.
        note: How its doses differ from the written ones, and its total, as a sentence; empty if they do not.
        offer: Why it can be chosen, as a sentence.
        choices: What to remember if the session starts with it.
        is_new: Whether it was not offered before in this way, so that it is worth a question.
    """

    suited: SuitedRoutine
    note: str = ""
    offer: str = ""
    choices: tuple[DoseChoice, ...] = ()
    is_new: bool = False


class Doses(NamedTuple):
    """The version of a routine that applies, and the one that can be chosen instead, if there is one."""

    now: DoseVersion
    other: DoseVersion | None = None


def plan_doses(context: Context, routine: Routine, suit: Suit) -> Doses:
    """Return which doses of a routine apply today, and which can be chosen instead.

    If the history cannot be read, every dose is as written.

    Raises:
        CoachError: Nothing of the routine suits the user.
    """
    written = suit(routine)
    progress = context.settings.start.progress
    if progress == "never" or not routine.path.is_file():  # what was built for some minutes takes exactly these
        return Doses(DoseVersion(written))
    try:
        advice = _load_advice(context, routine)
    except CoachError:
        return Doses(DoseVersion(written))

    def make(steps: Mapping[str, int]) -> SuitedRoutine:
        return written._replace(routine=suit(with_steps(routine, steps)).routine)

    chooser = _Chooser(context, advice)
    now, more, before = map(make, (advice.steps, advice.offered, advice.before))
    if more.routine.total_seconds > now.routine.total_seconds:
        doses = chooser.offer_more(written, now, more)
        return Doses(doses.other, doses.now) if progress == "always" and doses.other else doses
    if before.routine != now.routine:
        return chooser.step_back(written, now, before)
    return chooser.keep(written, now) if now.routine != written.routine else Doses(DoseVersion(now))


def _load_advice(context: Context, routine: Routine) -> DoseAdvice:
    exercises = [one.id for one in routine.exercises if progresses(one)]
    with context.history() as history:
        choices = load_choices(history)
        practice = load_practice(history, exercises, practice_since(exercises, choices, context.today))
    advice = advise_doses(exercises, practice, choices, context.today)
    status = _load_program(context)
    if status and (steps := program_steps(status, routine.id)):
        return follow_program(advice, steps, status.week_since, practice, choices)
    return advice


def _load_program(context: Context) -> ProgramStatus | None:
    with suppress(CoachError):  # home says what is wrong with the program
        return load_status(context)
    return None


class _Chooser:
    """Puts two versions of a routine beside each other.

    Args:
        context: For the time of a choice.
        advice: The doses of its exercises.
    """

    def __init__(self, context: Context, advice: DoseAdvice) -> None:
        self._at_ms = context.clock.wall().ms
        self._today = context.today
        self._advice = advice

    def offer_more(self, written: SuitedRoutine, now: SuitedRoutine, more: SuitedRoutine) -> Doses:
        """Offer a step up. To start without it declines it."""
        offered = self._advice.offered
        ready = [id_ for id_, steps in offered.items() if steps > self._advice.steps[id_]]
        taken = set(changed_exercises(more.routine, now.routine))
        sentence = f"You could do a little more: {_listed(more, now)}"
        return Doses(
            _version(now, written, "As before", self._choices(ready, offered, accepted=False)),
            _version(more, written, "A little more", self._choices(taken, offered), sentence)._replace(is_new=True),
        )

    def step_back(self, written: SuitedRoutine, now: SuitedRoutine, before: SuitedRoutine) -> Doses:
        """Go a step back, and offer to stay where one was."""
        went = {id_: one.back for id_, one in self._advice.standings.items() if one.back}
        why = _BACK[Back.WORSE if Back.WORSE in went.values() else Back.PAUSE]
        note = f"{why}: {_listed(now, before)}"
        return Doses(
            _version(now, written, "A step back")._replace(note=note),
            _version(before, written, "As before", self._choices(went, self._advice.before))._replace(is_new=True),
        )

    def keep(self, written: SuitedRoutine, now: SuitedRoutine) -> Doses:
        """Stay with the doses that were chosen before, and offer the written ones."""
        changed = set(changed_exercises(now.routine, written.routine))
        why = "Your program asks for a step more this week" if changed & self._advice.asked else "Your dose"
        as_written = self._choices(changed, dict.fromkeys(changed, 0))
        return Doses(
            _version(now, written, "Your dose")._replace(note=f"{why}: {_listed(now, written)}"),
            _version(written, written, "As written", as_written),
        )

    def _choices(
        self, exercises: Iterable[str], steps: Mapping[str, int], *, accepted: bool = True
    ) -> tuple[DoseChoice, ...]:
        return tuple(DoseChoice(id_, steps[id_], accepted, self._at_ms, self._today) for id_ in sorted(exercises))


def _version(
    suited: SuitedRoutine, written: SuitedRoutine, name: str, choices: tuple[DoseChoice, ...] = (), offer: str = ""
) -> DoseVersion:
    note = "" if suited.routine == written.routine else f"Your dose: {_listed(suited, written)}"
    total = minutes_and_seconds(suited.routine.total_seconds)
    return DoseVersion(suited, note, offer or f"{name}: {total} in all.", choices)


def _listed(suited: SuitedRoutine, other: SuitedRoutine) -> str:
    """Return how two versions differ, with both totals."""
    total, before = (minutes_and_seconds(one.routine.total_seconds) for one in (suited, other))
    return f"{', '.join(dose_changes(suited.routine, other.routine))}. {total} in all instead of {before}."
