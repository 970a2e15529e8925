"""Which process drives the day: the app while it is open, otherwise the watcher."""

import os
import time
from pathlib import Path
from typing import Protocol

from stretch_coach.breaks.commands import wake
from stretch_coach.breaks.store import is_watching, state_file
from stretch_coach.errors import CoachError
from stretch_coach.files import is_locked, no_locks, signature, try_lock
from stretch_coach.paths import Places, make_private_folder

_HAND_OVER_SECONDS = 2.0
"""How long a watcher may take to notice that the app is open and to store what it has counted."""

_HAND_OVER_POLL_SECONDS = 0.02
_PROBE_ATTEMPTS = 5
_LOCK_RETRY_SECONDS = 0.05


class DriverTurn(Protocol):
    """Decides which process drives the day."""

    asks_again: bool
    """Whether a prompt that another process was showing is shown again when this one takes over."""

    def take(self) -> bool:
        """Return whether this process drives the day now. It takes over if no other process does.

        Raises:
            CoachError: A lock cannot be opened.
        """

    def give_back(self) -> None:
        """Let another process drive the day."""


class WatcherTurn:
    """The watcher drives the day while no app is open.

    Args:
        places: The user's folders.
    """

    def __init__(self, places: Places) -> None:
        self._app_lock = places.app_lock
        # A prompt of a watcher that was killed is still on the desktop. A prompt of an app disappears with the app.
        self.asks_again = False

    def take(self) -> bool:
        """Return whether no app is open."""
        is_app_open = is_locked(self._app_lock)
        self.asks_again = self.asks_again or is_app_open
        return not is_app_open

    def give_back(self) -> None:
        """Do nothing: the app never waits for the watcher to end."""


class AppTurn:
    """The app drives the day while it is open. Of several apps, the one that was opened first drives it.

    Args:
        places: The user's folders.
    """

    asks_again = True

    def __init__(self, places: Places) -> None:
        self._places = places
        self._lock: int | None = None

    def take(self) -> bool:
        """Return whether this app drives the day. Before it does, a running watcher stores what it has counted.

        Raises:
            CoachError: The lock cannot be opened.
        """
        if self._lock is None and not is_locked(self._places.app_lock):
            self._lock = acquire_lock(self._places.app_lock)
            if self._lock is not None:
                self._wait_for_watcher()
        return self._lock is not None

    def give_back(self) -> None:
        """Release the lock and wake the watcher."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
            wake(self._places.breaks)

    def _wait_for_watcher(self) -> None:
        if not is_watching(self._places):
            return
        file = state_file(self._places.breaks)
        before, deadline = signature(file), time.monotonic() + _HAND_OVER_SECONDS
        wake(self._places.breaks)
        while signature(file) == before and time.monotonic() < deadline:
            time.sleep(_HAND_OVER_POLL_SECONDS)


def acquire_lock(file: Path) -> int | None:
    """Lock a file, creating it if necessary, until the process ends or the handle is closed.

    Returns:
        The handle that holds the lock, or None if another process holds it.

    Raises:
        CoachError: The file cannot be opened or locked, or its folder cannot be created.
    """
    make_private_folder(file.parent)
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise CoachError(str(file), f"cannot be opened ({error.strerror}).", "Check its folder.") from error
    try:
        for _ in range(_PROBE_ATTEMPTS):  # in another process, `is_locked` holds the lock for a moment
            if try_lock(handle):
                return handle
            time.sleep(_LOCK_RETRY_SECONDS)
    except OSError as error:
        os.close(handle)
        raise no_locks(file, error) from error
    os.close(handle)
    return None
