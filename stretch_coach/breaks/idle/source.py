"""What the watcher asks of a seat: how long ago it was used, and whether it is locked."""

from typing import Protocol


class IdleSource(Protocol):
    """One way to know. Nothing it does waits."""

    name: str
    """How it is told to the user, such as ``X11``."""

    def idle_seconds(self) -> float | None:
        """Seconds since somebody last used keyboard or pointer; none where that cannot be told now."""

    def locked(self) -> bool | None:
        """Whether the screen is locked; none where that cannot be told."""

    def descriptors(self) -> list[int]:
        """File descriptors that become readable when there is news; empty where it has to be asked."""

    def take_in(self) -> None:
        """Read all that has come in on the descriptors, so that none stays readable. Called after each wake."""

    def is_lost(self) -> bool:
        """Whether what was asked is gone for good, as after a logout; another source has to be chosen then."""

    def close(self) -> None:
        """Let go of connections."""
