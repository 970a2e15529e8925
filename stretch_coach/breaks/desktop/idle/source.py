"""The base class of all sources of idle time."""

WAITING = "waiting for the desktop"
"""The name, for users, of what is used while the compositor or X server that knew the idle time is gone."""


class IdleSource:
    """One way to find out how long ago the seat was used and whether it is locked. No method blocks.

    This base class knows nothing. A source overrides the methods for what it can find out.
    """

    name = "unknown"
    """The name that users see, such as `X11`."""

    def idle_seconds(self) -> float | None:
        """Return the seconds since keyboard or pointer were last used, or None if that is unknown now."""
        return None

    def locked(self) -> bool | None:
        """Return whether the screen is locked, or None if the source cannot tell."""
        return None

    def descriptors(self) -> list[int]:
        """Return file descriptors that become readable when there is news; none if the source has to be asked."""
        return []

    def drain(self) -> None:
        """Read everything that has arrived on the descriptors, so that none stays readable."""

    def is_lost(self) -> bool:
        """Return whether the source has gone for good, as after a logout, so that another has to be chosen."""
        return False

    def close(self) -> None:
        """Close all connections."""
