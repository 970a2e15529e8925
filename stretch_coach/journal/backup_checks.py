"""Whether the backups are as they should be, and what to do where they are not."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

from stretch_coach.journal.backups import back_up, backups_folder, list_backups, newest_good_backup
from stretch_coach.journal.database import friendly_errors, open_for_reading
from stretch_coach.journal.running import is_running
from stretch_coach.paths import Places
from stretch_coach.phrasing import count


class _LastSession(NamedTuple):
    id: str
    day: str
    has_ended: bool


def backup_warnings(places: Places, today: date) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the backups, each with what to do about it.

    Raises:
        CoachError: The history cannot be read.
    """
    history = places.history
    future = [backup for backup in list_backups(history, today) if backup.day > today]
    if future:
        names = ", ".join(backup.file.name for backup in future)
        cure = "Check the clock. If it is right, remove these files: they were made while it was wrong."
        yield f"dated in the future: {names}", cure
    last = _find_last_session(places)
    good = newest_good_backup(history, today)
    if last is None:
        if good and good.contents.sessions:
            found = f"the newest, from {good.backup.day}, has {count(good.contents.sessions, 'session')}"
            yield f"{found}, and your history has none", "`stretch-coach restore` restores it."
        return
    cure = f"The next session makes one. If it does not, check that {backups_folder(history)} can be written."
    if good is None:
        yield "none that is intact", cure
    elif not _has_session(good.backup.file, last.id):
        yield f"the newest, from {good.backup.day}, is older than your last session ({last.day})", cure


def back_up_after_crash(places: Places, today: date) -> Path | None:
    """Back up the history if the program died in the last session, and no backup has that session.

    Returns:
        The backup, or None if none was needed.

    Raises:
        CoachError: The history cannot be read, or the backup cannot be written.
    """
    last = _find_last_session(places)
    if last is None or last.has_ended:
        return None
    good = newest_good_backup(places.history, today)
    return None if good and _has_session(good.backup.file, last.id) else back_up(places, today)


def _find_last_session(places: Places) -> _LastSession | None:
    """Return the last session that is not running."""
    if not places.history.exists():
        return None
    with friendly_errors(places.history), closing(open_for_reading(places.history)) as database:
        rows = database.execute(
            "SELECT id, day, ended_ms IS NOT NULL FROM session ORDER BY started_ms DESC, id DESC LIMIT 20"
        )
        for id_, day, has_ended in rows:
            if has_ended or not is_running(places.running, id_):
                return _LastSession(id_, day, bool(has_ended))
    return None


def _has_session(backup: Path, session_id: str) -> bool:
    with closing(open_for_reading(backup)) as database:
        return database.execute("SELECT 1 FROM session WHERE id = ?", (session_id,)).fetchone() is not None
