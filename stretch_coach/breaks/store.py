"""A day of breaks on disk, driven by the watcher or the app, one at a time.

The state is written before anything is shown, so that a process that dies and starts again does not ask twice. Answers
wait in it until they are in the history.
"""

import contextlib
import os
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import time as TimeOfDay  # noqa: N812 - beside the module that waits
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from stretch_coach.breaks.activity import Sample
from stretch_coach.breaks.commands import Inbox
from stretch_coach.breaks.day import BreakDay, RoutineChooser, choose_named
from stretch_coach.breaks.pause import PauseReader
from stretch_coach.breaks.prompt import Action, Choice, Deferral, RecordAnswer
from stretch_coach.breaks.state import (
    DayState,
    date_or_empty,
    name,
    prompt_id,
    seconds,
    state_from_json,
    state_to_json,
)
from stretch_coach.breaks.timetable import TimeZone
from stretch_coach.errors import CoachError
from stretch_coach.files import Signature, atomic_write, exclusive_lock, is_locked, read_json, signature
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.prompts import Answer, PromptRecord, save_prompts
from stretch_coach.paths import Places, make_private_folder
from stretch_coach.settings import BreakSettings

if TYPE_CHECKING:
    from stretch_coach.context import Context

AnswerRecorder = Callable[[Sequence[PromptRecord]], None]
"""Writes answers to the history, or raises CoachError."""

_FORMAT = 1
_SAVE_SECONDS = 120.0
"""The most active time that a process which is killed may lose."""

_LOCK_ATTEMPTS = 50
_LOCK_RETRY_SECONDS = 0.01
_MAX_UNRECORDED = 1000
_MAX_OFFSET_SECONDS = 50_400


class StoredDay(NamedTuple):
    """What is stored in the state file.

    Attributes:
        state: The state; a new one if there is no file, or no valid one.
        unrecorded: The answers that are not in the history yet.
        about: What the process that drives the day reports about itself: its `seat`, `prompter` and `trouble`.
        problem: Why the file could not be used, as a sentence; empty if it could, or if there is none.
    """

    state: DayState = DayState()
    unrecorded: tuple[PromptRecord, ...] = ()
    about: Mapping[str, str] = {}
    problem: str = ""


def state_file(folder: Path) -> Path:
    """Return the state file in the folder of breaks."""
    return folder / "state.json"


def watch_lock(places: Places) -> Path:
    """Return the file that a running watcher locks."""
    return places.breaks / "watch.lock"


def is_watching(places: Places) -> bool:
    """Return whether a watcher is running."""
    return is_locked(watch_lock(places))


def load_day(folder: Path) -> StoredDay:
    """Return what is stored in the state file in the folder of breaks."""
    file = state_file(folder)
    data = read_json(file)
    try:
        if data["format"] != _FORMAT:
            raise ValueError("another format")  # noqa: TRY301 - every mistake in a state is the same error
        records = tuple(_read_record(one) for one in data["unrecorded"])
        about = {name(key): str(value) for key, value in data["about"].items()}
        return StoredDay(state_from_json(data["state"]), records, about)
    except (AttributeError, TypeError, KeyError, ValueError):
        is_missing = data is None and not os.path.lexists(file)
        problem = "" if is_missing else f"{file} is not valid. Active time is counted from now on."
        return StoredDay(problem=problem)


def record_answers(context: "Context", records: Sequence[PromptRecord]) -> None:
    """Write answers to the history. Only those that the history refuses are lost.

    Raises:
        CoachError: The history cannot be written.
    """
    import sqlite3  # noqa: PLC0415 - needed a few times a day

    from stretch_coach.journal.database import friendly_errors  # noqa: PLC0415 - needed a few times a day

    with friendly_errors(context.places.history), contextlib.closing(context.open_history()) as database:
        try:
            save_prompts(database, records)
        except sqlite3.IntegrityError:
            for record in records:
                with contextlib.suppress(sqlite3.IntegrityError):
                    save_prompts(database, [record])


class DayStore:
    """A day of breaks with its state on disk.

    Args:
        folder: The folder of breaks.
        settings: The rules, and how to ask.
        zone: The zone of the wall clock.
        day_start: When a day of the history begins.
        record_answers: Writes answers to the history, or raises CoachError.
        choose: Returns the routine to offer, and why, for what a rule names.
    """

    def __init__(
        self,
        folder: Path,
        settings: BreakSettings,
        zone: TimeZone,
        *,
        day_start: TimeOfDay,
        record_answers: AnswerRecorder,
        choose: RoutineChooser = choose_named,
    ) -> None:
        self.day = BreakDay(settings, zone, new_id, choose=choose, day_start=day_start)
        self.about: dict[str, str] = {}
        """What the process that drives the day reports about itself, for `breaks` to show."""
        self.failure: CoachError | None = None
        """Why the last change is not on disk, or None if it is."""
        self.is_superseded = False
        """Whether another process has written the state since this one last did, so that this one no longer does."""
        self._folder = folder
        self._file = state_file(folder)
        self._record_answers = record_answers
        self._inbox = Inbox(folder)
        self._pause = PauseReader(folder)
        self._last: float | None = None
        self._unsaved = 0.0
        self._unrecorded: list[PromptRecord] = []
        self._written: Signature = None

    def take_over(self) -> str:
        """Load the state that another process left on disk, and write it, so that the other process notices.

        Returns:
            Why the state could not be loaded, as a sentence; empty if it could.
        """
        with contextlib.suppress(CoachError), self._only_writer():
            return self._load()
        return self._load()

    def tick(
        self,
        now: float,
        wall: float,
        *,
        idle: float | None,
        locked: bool,
        in_session: bool,
        find_deferral: Callable[[], Deferral | None],
    ) -> list[Action]:
        """Take a sample, store the result, and return the actions to carry out now.

        Args:
            now: Seconds on a clock that continues while the machine sleeps.
            wall: The instant, by the wall clock.
            idle: Seconds since the seat was used, or None if unknown.
            locked: Whether the screen is locked.
            in_session: Whether a session is running.
            find_deferral: Returns why a prompt cannot be shown now, or None.
        """
        step = self._step(now, wall)
        before = self.day.state
        sample = Sample(step, wall, idle, locked, self._pause.is_paused(wall), in_session, find_deferral)
        actions = self.day.tick(sample)
        self._unsaved += step
        changed = _essence(before) != _essence(self.day.state)
        return self._store(actions, at_once=bool(actions) or changed or self._unsaved >= _SAVE_SECONDS)

    def answer(self, choice: Choice, wall: float, minutes: int | None = None) -> list[Action]:
        """Take an answer, store the result, and return the actions to carry out now."""
        actions = self.day.answer(choice, wall, minutes)
        return self._store(actions, at_once=bool(actions))

    def receive_answers(self, wall: float) -> list[Action]:
        """Take the answers that other processes have sent, and return the actions to carry out now."""
        actions: list[Action] = []
        for sent in self._inbox.receive(wall):
            actions += self.answer(sent.choice, wall, sent.minutes)
        return actions

    def record(self) -> None:
        """Write the answers that are waiting to the history.

        Raises:
            CoachError: The history cannot be written. The answers keep waiting.
        """
        if not self._unrecorded:
            return
        self._record_answers(self._unrecorded)
        self._unrecorded = []
        self.save()

    def save(self) -> None:
        """Write the state to disk, unless another process has taken over.

        Raises:
            CoachError: It cannot be written.
        """
        with self._only_writer():
            self._write()

    def _load(self) -> str:
        stored = load_day(self._folder)
        answers = {(one.id, one.asking, one.answer): one for one in (*self._unrecorded, *stored.unrecorded)}
        self.day.state, self._unrecorded = stored.state, list(answers.values())
        self._last = None
        self._written, self.is_superseded = signature(self._file), False
        with contextlib.suppress(CoachError):
            self._write()
        return stored.problem

    def _write(self) -> None:
        if signature(self._file) not in (None, self._written):
            self.is_superseded = True
            return
        import json  # noqa: PLC0415 - commands that only show the state do not write it

        data = {"format": _FORMAT, "about": self.about, "state": state_to_json(self.day.state)}
        with atomic_write(self._file, durable=False) as text:
            text.write(json.dumps({**data, "unrecorded": self._unrecorded}, ensure_ascii=False))
        self._written = signature(self._file)
        self._unsaved = 0.0

    def _only_writer(self) -> contextlib.AbstractContextManager[None]:
        """Keep other processes from writing while the block runs."""
        make_private_folder(self._folder)
        wait = partial(time.sleep, _LOCK_RETRY_SECONDS)
        return exclusive_lock(self._file, wait, _LOCK_ATTEMPTS)

    def _step(self, now: float, wall: float) -> float:
        """Return the seconds since the last sample; for the first, since the state was stored."""
        if self._last is None:
            stored = self.day.state.wall
            step = 0.0 if stored is None else max(0.0, wall - stored)
        else:
            step = max(0.0, now - self._last)
        self._last = now
        return step

    def _store(self, actions: list[Action], *, at_once: bool) -> list[Action]:
        self._unrecorded += [action.record for action in actions if isinstance(action, RecordAnswer)]
        del self._unrecorded[:-_MAX_UNRECORDED]
        if at_once:
            try:
                self.save()
            except CoachError as error:  # prompts continue even if the disk is full
                self.failure = error
            else:
                self.failure = None
        return [action for action in actions if not isinstance(action, RecordAnswer)]


def _essence(state: DayState) -> object:
    """Return the parts of a state that must be stored as soon as they change: all except the passing of time."""
    prompt = state.prompt
    essence = prompt and (prompt.phase, prompt.times_shown, prompt.snoozes, prompt.deferral, prompt.rules)
    return essence, state.asked_times, state.in_session, state.asked


def _read_record(values: Any) -> PromptRecord:
    record = PromptRecord(*values)
    numbers = (record.asking, record.answered_ms, record.utc_offset_s)
    if any(type(number) is not int for number in numbers) or abs(record.utc_offset_s) > _MAX_OFFSET_SECONDS:
        raise ValueError("not an answer")
    seconds(record.asking)
    seconds(record.answered_ms // 1000)
    if not date_or_empty(record.day):
        raise ValueError("no day")
    for text in (prompt_id(record.id), record.rule, record.routine):
        name(text)
    return record._replace(answer=Answer(record.answer))
