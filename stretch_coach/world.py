"""What commands and screens find around them: the user's places, settings, history, and today's date."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from typing import NamedTuple

from stretch_coach.clock import Clock
from stretch_coach.errors import CoachError
from stretch_coach.journal.backups import back_up_daily
from stretch_coach.journal.database import open_for_reading, open_for_writing, set_aside_damaged, told
from stretch_coach.journal.day import logical_day
from stretch_coach.paths import Places, make_private_folder
from stretch_coach.settings import Settings


class World(NamedTuple):
    """Everything outside the program that a command or a screen may need.

    Attributes:
        places: The user's folders.
        settings: The settings as they were read.
        clock: The machine's clock.
        tell: Tells the user of something that was put right by itself.
    """

    places: Places
    settings: Settings
    clock: Clock
    tell: Callable[[str], None]

    @property
    def today(self) -> date:
        """The day of the record that it is now."""
        wall = self.clock.wall()
        return logical_day(wall.ms, wall.utc_offset_s, self.settings.record.day_start)

    @property
    def counting(self) -> dict[str, bool]:
        """What counts as done, for the journal's sums."""
        record = self.settings.record
        return {"partial_counts": record.partial_counts, "manual_counts": record.manual_counts}

    @contextmanager
    def history(self) -> Iterator[sqlite3.Connection]:
        """The history, to read."""
        with told(self.places.history), closing(open_for_reading(self.places.history)) as database:
            yield database

    @contextmanager
    def writable_history(self) -> Iterator[sqlite3.Connection]:
        """The history, to write."""
        with told(self.places.history), closing(self.open_history()) as database:
            yield database
        self.back_up()

    def back_up(self) -> None:
        """Copy the history, once a day, when what was to be written is written; what is wrong is told."""
        try:
            back_up_daily(self.places.history, self.clock.wall().ms)
        except CoachError as error:
            self.tell(str(error))

    def open_history(self) -> sqlite3.Connection:
        """The history, made if there is none yet. A damaged one is set aside first, and the user told where."""
        file, now_ms = self.places.history, self.clock.wall().ms
        with told(file.parent):
            make_private_folder(file.parent)
            if aside := set_aside_damaged(file, now_ms):
                self.tell(f"{file} was damaged. It is kept as {aside}; a new one was begun.")
            return open_for_writing(file, now_ms)
