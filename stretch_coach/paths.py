"""Every path that the program uses. Looking one up creates nothing."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from stretch_coach.errors import CoachError

HOME_VARIABLE = "STRETCH_COACH_HOME"
"""The environment variable that puts everything in one folder."""

_APP = "stretch-coach"


class Places(NamedTuple):
    """The folders of one user, from which all other paths follow."""

    config: Path
    data: Path
    state: Path
    cache: Path

    @property
    def settings_file(self) -> Path:
        """The settings file, which the user may edit."""
        return self.config / "config.toml"

    @property
    def profile(self) -> Path:
        """What the user has said about themselves. Private: of what leaves the machine, only a ZIP export has it."""
        return self.config / "profile.json"

    @property
    def routines(self) -> Path:
        """The folder of the user's own routines; `exercises/` in it has the user's own exercises."""
        return self.config / "routines"

    @property
    def themes(self) -> Path:
        """The folder of the user's own themes."""
        return self.config / "themes"

    @property
    def history(self) -> Path:
        """The history: one SQLite file."""
        return self.data / "history.db"

    @property
    def log(self) -> Path:
        """The log, which holds the tracebacks of unexpected errors."""
        return self.state / "stretch-coach.log"

    @property
    def running(self) -> Path:
        """The folder with one lock file for each running session."""
        return self.state / "running"

    @property
    def breaks(self) -> Path:
        """The folder in which the break watcher, the app and commands exchange state and requests."""
        return self.state / "breaks"

    @property
    def catalogue(self) -> Path:
        """A copy of the list of routines as last shown. It is shown again while the routines are being loaded."""
        return self.cache / "routines.json"

    @property
    def app_lock(self) -> Path:
        """The file that the app locks while it is open, so that the watcher leaves the break prompts to it."""
        return self.state / "app.lock"


def find_places(environ: Mapping[str, str] = os.environ) -> Places:
    """Return the user's folders: one for everything if `STRETCH_COACH_HOME` is set, the system's own otherwise."""
    if home := environ.get(HOME_VARIABLE):
        root = Path(os.path.expandvars(home)).expanduser().absolute()
        return Places(config=root, data=root, state=root, cache=root / "cache")
    # Here, because this import takes longer than reading the history.
    from platformdirs import PlatformDirs  # noqa: PLC0415 - see above

    folders = PlatformDirs(_APP, appauthor=False)
    return Places(
        config=folders.user_config_path,
        data=folders.user_data_path,
        state=folders.user_state_path,
        cache=folders.user_cache_path,
    )


def bundled_routines() -> Path:
    """Return the folder of the bundled routines: in the installed package, or beside the package in a checkout."""
    return (find_checkout() or Path(__file__).parent) / "routines"


def find_checkout() -> Path | None:
    """Return the folder of the checkout that the program runs from, or None if it is installed."""
    package = Path(__file__).parent
    return None if (package / "routines").is_dir() else package.parent


def make_private_folder(folder: Path) -> None:
    """Create a folder and its missing parents, private to their owner (0700). Existing ones are left unchanged.

    Raises:
        CoachError: One of them cannot be created.
    """
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        for place in reversed(missing):
            place.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        why = "a link there leads nowhere" if place.is_symlink() else error.strerror
        hint = f"Check the folders above it, or point {HOME_VARIABLE} at another place."
        raise CoachError(str(place), f"cannot be created ({why}).", hint) from error
