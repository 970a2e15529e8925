"""The context that commands and screens share: the user's folders, settings, history and clock."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from stretch_coach.clock import Clock
from stretch_coach.errors import CoachError
from stretch_coach.journal.database import (
    DamagedHistory,
    friendly_errors,
    open_for_reading,
    open_for_writing,
    set_aside_damaged,
)
from stretch_coach.journal.day import CountingRules, logical_day
from stretch_coach.paths import Places, make_private_folder
from stretch_coach.settings import Settings, load_settings, load_settings_or_defaults

SettingsListener = Callable[[Settings], None]
"""Called with the new settings after every change."""


class Context:
    """Everything outside the program that a command or a screen may need.

    The settings are held here and nowhere else; what depends on them subscribes to changes.

    Args:
        places: The user's folders.
        settings: The settings; None to read the user's file once they are needed.
        clock: The clock of the machine, or a test's.
        warn: Shows the user a sentence about something that went wrong without stopping anything.

    Attributes:
        settings_error: Why the user's file was not valid when `reload_settings` read it, or None if it was.
    """

    def __init__(self, places: Places, settings: Settings | None, clock: Clock, warn: Callable[[str], None]) -> None:
        self.places = places
        self.clock = clock
        self.warn = warn
        self.settings_error: CoachError | None = None
        self._settings = settings
        self._listeners: list[SettingsListener] = []

    @property
    def settings(self) -> Settings:
        """The settings that apply now.

        Raises:
            CoachError: They are needed for the first time, and the user's file is not valid.
        """
        if self._settings is None:
            self._settings = load_settings(self.places.settings_file)
        return self._settings

    @settings.setter
    def settings(self, settings: Settings) -> None:
        if settings == self._settings:
            return
        self._settings = settings
        for listener in (*self._listeners,):
            listener(settings)

    def reload_settings(self) -> CoachError | None:
        """Read the user's file again.

        Returns:
            Why the file is not valid, in which case the settings stay as they were, or are the defaults if none were
            read before, or None if it is valid.
        """
        settings, self.settings_error = load_settings_or_defaults(self.places.settings_file)
        if self.settings_error is None or self._settings is None:
            self.settings = settings
        return self.settings_error

    def edit_settings(self, edit: Callable[[Path], Settings]) -> None:
        """Change the settings file and use the result from now on.

        Args:
            edit: Changes the file it is given, and returns all settings after the change.

        Raises:
            CoachError: The file cannot be changed in this way. The settings stay as they were.
        """
        self.settings = edit(self.places.settings_file)

    def subscribe(self, listener: SettingsListener) -> Callable[[], None]:
        """Call `listener` after every change of the settings; return a function that ends this."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @property
    def today(self) -> date:
        """Today's date in the history, where a day may begin later than at midnight."""
        wall = self.clock.wall()
        return logical_day(wall.ms, wall.utc_offset_s, self.settings.record.day_start)

    @property
    def counting_rules(self) -> CountingRules:
        """The rules by which a session counts as done."""
        record = self.settings.record
        return CountingRules(record.partial_counts, record.manual_counts)

    @contextmanager
    def history(self) -> Iterator[sqlite3.Connection]:
        """Open the history for reading."""
        with self._history_errors(), closing(open_for_reading(self.places.history)) as database:
            yield database

    @contextmanager
    def writable_history(self) -> Iterator[sqlite3.Connection]:
        """Open the history for writing, and back it up afterwards."""
        with self._history_errors(), closing(self.open_history()) as database:
            yield database
        self.back_up()

    @contextmanager
    def reporting_errors(self) -> Iterator[None]:
        """Turn a `CoachError` raised in the block into a warning."""
        try:
            yield
        except CoachError as error:
            self.warn(str(error))

    def back_up(self) -> None:
        """Back up the history and the user's files if they have changed since the last backup. A failure only warns."""
        from stretch_coach.journal.backups import back_up  # noqa: PLC0415 - readers do not need it

        with self.reporting_errors():
            back_up(self.places, self.today)

    def open_history(self) -> sqlite3.Connection:
        """Open the history for writing, creating it if there is none.

        A damaged history is moved aside first, with a warning that says where it is.
        """
        file, now_ms = self.places.history, self.clock.wall().ms
        with friendly_errors(file.parent):
            make_private_folder(file.parent)
            if aside := set_aside_damaged(file, now_ms):
                self.warn(f"{file} was damaged. Moved it to {aside} and started a new one. {self._restore_hint()}")
            return open_for_writing(file, now_ms)

    @contextmanager
    def _history_errors(self) -> Iterator[None]:
        try:
            with friendly_errors(self.places.history):
                yield
        except DamagedHistory as error:
            raise DamagedHistory(error.title, error.message, self._restore_hint()) from error

    def _restore_hint(self) -> str:
        from stretch_coach.journal.backups import restore_hint  # noqa: PLC0415 - needed once in years

        return restore_hint(self.places.history, self.today)
