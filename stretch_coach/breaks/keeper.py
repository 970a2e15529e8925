"""Keeps a day of breaks on disk: what the watcher and the app both drive, one at a time.

The state is written before anything is shown, so that a program that dies and starts again does not ask twice; answers
wait in it until they are in the history.
"""

from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stretch_coach.breaks import commands
from stretch_coach.breaks.actions import Action, Record
from stretch_coach.breaks.day import BreakDay, Look
from stretch_coach.breaks.files import Signature, read_json, signature, write_json
from stretch_coach.breaks.pause import PauseWatch
from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.state import DayState, Hold, state_from_json, state_json
from stretch_coach.breaks.zone import Zone
from stretch_coach.errors import CoachError
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.prompts import Answer, PromptRecord, save_prompts
from stretch_coach.settings import BreakSettings

if TYPE_CHECKING:
    import sqlite3

_FORMAT = 1
_SAVE_SECONDS = 120.0
"""Active time that a program that is killed may forget at most."""

_MOST_UNRECORDED = 1000


def state_file(folder: Path) -> Path:
    """Where the state is kept."""
    return folder / "state.json"


def load_state(folder: Path) -> tuple[DayState, list[PromptRecord]]:
    """The state that was kept, with the answers that are not in the history yet; a new one if there is none."""
    data = read_json(state_file(folder))
    try:
        if data["format"] != _FORMAT:
            return DayState(), []
        records = [PromptRecord(*one) for one in data["unrecorded"]]
        return state_from_json(data["state"]), [one._replace(answer=Answer(one.answer)) for one in records]
    except (TypeError, KeyError, ValueError):
        return DayState(), []


class DayKeeper:
    """A day of breaks with its state on disk.

    Args:
        folder: The folder of breaks.
        settings: The rules, and how to ask.
        zone: The zone of the wall clock.
        day_start: When a day of the record begins.
        open_history: Opens the history to write answers into it.
    """

    def __init__(
        self,
        folder: Path,
        settings: BreakSettings,
        zone: Zone,
        *,
        day_start: time,
        open_history: "Callable[[], sqlite3.Connection]",
    ) -> None:
        self.folder = folder
        self.day = BreakDay(settings, zone, new_id, day_start=day_start)
        self.silent = False
        """Whether another drives the day now: then nothing is written."""
        self.about: dict[str, Any] = {}
        """What else is told of whoever drives it, to be shown by ``breaks``."""
        self.failure: CoachError | None = None
        """Why what changed last is not on disk; none if it is."""
        self._open_history = open_history
        self._pause = PauseWatch(folder)
        self._last: float | None = None
        self._unsaved = 0.0
        self._unrecorded: list[PromptRecord] = []
        self._file = state_file(folder)
        self._commands = str(commands.commands_folder(folder))
        self._written: Signature = None
        self.load()

    def load(self) -> None:
        """Take the state from disk."""
        self.day.state, self._unrecorded = load_state(self.folder)
        self._written = signature(self._file)
        self._last = None

    def was_written_by_another(self) -> bool:
        """Whether the state on disk is not the one this keeper wrote or read last."""
        return signature(self._file) != self._written

    def look(
        self,
        now: float,
        wall: float,
        *,
        idle: float | None,
        locked: bool,
        in_session: bool,
        hold: Callable[[], Hold | None],
    ) -> list[Action]:
        """Look once, and keep what came of it; what is to be done now.

        Args:
            now: Seconds of a clock that goes on while the machine sleeps.
            wall: The instant, by the calendar's clock.
            idle: Seconds since the seat was used; none where that is not known.
            locked: Whether the screen is locked.
            in_session: Whether a session is under way.
            hold: Says what holds a prompt back now.
        """
        step = self._step(now, wall)
        paused = self._pause.until(wall) is not None
        before = self.day.state
        actions = self.day.tick(Look(step, wall, idle, locked, paused, in_session, hold))
        self._unsaved += step
        changed = _shape(before) != _shape(self.day.state)
        return self._keep(actions, at_once=bool(actions) or changed or self._unsaved >= _SAVE_SECONDS)

    def answer(self, choice: Choice, wall: float, minutes: int | None = None) -> list[Action]:
        """Take an answer, and keep what came of it; what is to be done now."""
        actions = self.day.answer(choice, wall, minutes)
        return self._keep(actions, at_once=bool(actions))

    def take_commands(self, wall: float) -> list[Action]:
        """Take the answers that commands have left; what is to be done now."""
        actions: list[Action] = []
        for file in commands.waiting(self._commands):
            command = commands.read(file, wall)
            if command:
                actions += self.answer(command.choice, wall, command.minutes)
            file.unlink(missing_ok=True)
        return actions

    def record(self) -> None:
        """Write the answers that wait into the history.

        Raises:
            CoachError: That cannot be done now; they wait on.
        """
        if not self._unrecorded or self.silent:
            return
        from stretch_coach.journal.database import told  # noqa: PLC0415 - the history is needed a few times a day

        database = self._open_history()
        try:
            with told(self.folder):
                save_prompts(database, self._unrecorded)
        finally:
            database.close()
        self._unrecorded = []
        self.save()

    def save(self) -> None:
        """Keep the state on disk.

        Raises:
            CoachError: It cannot be written.
        """
        if self.silent:
            return
        file = self._file
        try:
            data = {"format": _FORMAT, "about": self.about, "state": state_json(self.day.state)}
            write_json(file, {**data, "unrecorded": self._unrecorded})
        except OSError as error:
            raise CoachError(str(file), f"cannot be written ({error.strerror}).", "Check the folder.") from error
        self._written = signature(file)
        self._unsaved = 0.0

    def _step(self, now: float, wall: float) -> float:
        """Seconds since the last look; of the first, since the state was kept."""
        if self._last is None:
            kept = self.day.state.wall
            step = 0.0 if kept is None else max(0.0, wall - kept)
        else:
            step = max(0.0, now - self._last)
        self._last = now
        return step

    def _keep(self, actions: list[Action], *, at_once: bool) -> list[Action]:
        self._unrecorded += [action.record for action in actions if isinstance(action, Record)]
        del self._unrecorded[:-_MOST_UNRECORDED]
        if at_once:
            try:
                self.save()
            except CoachError as error:  # a full disk is no reason to ask for no more breaks
                self.failure = error
            else:
                self.failure = None
        return [action for action in actions if not isinstance(action, Record)]


def _shape(state: DayState) -> object:
    """What a state must not lose: all but the time that goes by."""
    prompt = state.prompt
    shape = prompt and (prompt.phase, prompt.asking, prompt.snoozes, prompt.hold, prompt.rules)
    return shape, state.asked_times, state.in_session, state.asked
