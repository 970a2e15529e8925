"""Follows the settings while they are edited: the last good ones hold for as long as the file is broken."""

from pathlib import Path

from stretch_coach.breaks.files import Signature, signature
from stretch_coach.errors import CoachError
from stretch_coach.settings import Settings, load_settings


class SettingsFollower:
    """The settings as they are now.

    Args:
        file: The settings file.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen: Signature | str = "never"
        self.settings = Settings()
        self.trouble: CoachError | None = None
        """Why the file cannot be used as it is now; none if it can."""

    def follow(self) -> bool:
        """Look at the file; whether it is another than before."""
        seen = signature(self._file)
        if seen == self._seen:
            return False
        self._seen = seen
        try:
            self.settings = load_settings(self._file)
        except CoachError as trouble:
            self.trouble = trouble
        else:
            self.trouble = None
        return True
