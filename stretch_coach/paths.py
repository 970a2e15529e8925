"""Every path the program uses. Asking for one creates nothing."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from stretch_coach.errors import CoachError

HOME_VARIABLE = "STRETCH_COACH_HOME"
_APP = "stretch-coach"


class Places(NamedTuple):
    """The folders of one user, from which all other paths follow."""

    config: Path
    data: Path
    state: Path
    cache: Path

    @property
    def settings_file(self) -> Path:
        """The settings the user may edit."""
        return self.config / "config.toml"

    @property
    def routines(self) -> Path:
        """The user's own routines; ``exercises/`` below it holds the user's own exercises."""
        return self.config / "routines"

    @property
    def history(self) -> Path:
        """The SQLite file that remembers the sessions."""
        return self.data / "history.db"

    @property
    def log(self) -> Path:
        """Where unexpected errors are written down in full."""
        return self.state / "stretch-coach.log"

    @property
    def running(self) -> Path:
        """A lock a session that is under way."""
        return self.state / "running"

    @property
    def breaks(self) -> Path:
        """What the break watcher, the app and the commands of the day keep and leave for one another."""
        return self.state / "breaks"

    @property
    def app_lock(self) -> Path:
        """Locked while the app is open: it asks for breaks then, and the watcher is silent."""
        return self.state / "app.lock"


def find_places(environ: Mapping[str, str] = os.environ) -> Places:
    """The places of this user: one folder for everything where ``STRETCH_COACH_HOME`` is set, else the system's own."""
    if home := environ.get(HOME_VARIABLE):
        root = Path(os.path.expandvars(home)).expanduser().absolute()
        return Places(config=root, data=root, state=root, cache=root / "cache")
    # Imported here because it costs a status bar's `streak` more than reading the history does.
    from platformdirs import PlatformDirs  # noqa: PLC0415 - see the line above

    folders = PlatformDirs(_APP, appauthor=False)
    return Places(
        config=folders.user_config_path,
        data=folders.user_data_path,
        state=folders.user_state_path,
        cache=folders.user_cache_path,
    )


def bundled_routines() -> Path:
    """The routines that come with the program: inside the wheel, or beside the package in a checkout."""
    package = Path(__file__).parent
    installed = package / "routines"
    return installed if installed.is_dir() else package.parent / "routines"


def make_private_folder(folder: Path) -> None:
    """Create a folder and those above it, readable by its owner alone (0700). One that exists is left as it is.

    Raises:
        CoachError: It cannot be made.
    """
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        for place in reversed(missing):
            place.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        why = "a link there leads nowhere" if place.is_symlink() else error.strerror
        hint = f"Check the folders above it, or point {HOME_VARIABLE} at another place."
        raise CoachError(str(place), f"this folder cannot be made ({why}).", hint) from error
