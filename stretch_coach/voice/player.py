"""Playing sounds at their instants: what every way of playing can do."""

from pathlib import Path
from typing import Protocol

from stretch_coach.voice.tones import Tone


class Player(Protocol):
    """Plays sounds that were loaded under a key. No call waits for anything."""

    @property
    def name(self) -> str:
        """What plays, in words for the user."""

    @property
    def speaks(self) -> bool:
        """Whether it plays speech."""

    @property
    def sounds(self) -> bool:
        """Whether anything is heard, if only a bell."""

    def load(self, key: str, path: Path) -> None:
        """Make a rendered cue ready."""

    def load_tone(self, tone: Tone, volume: float) -> None:
        """Make a tone ready, under its name."""

    def play(self, key: str, at: float) -> None:
        """Play at an instant of ``time.monotonic()``."""

    def forget(self) -> None:
        """Forget what waits; what sounds is finished."""

    def hush(self) -> None:
        """Stop what sounds and forget what waits."""

    async def close(self) -> None:
        """Be silent and leave nothing running."""
