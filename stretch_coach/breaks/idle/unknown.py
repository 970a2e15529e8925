"""Where nothing can tell: the watcher then takes the seat to be in use."""


class UnknownIdle:
    """Knows nothing."""

    name = "unknown"

    def idle_seconds(self) -> float | None:
        """Not known."""
        return None

    def locked(self) -> bool | None:
        """Not known."""
        return None

    def descriptors(self) -> list[int]:
        """Nothing comes in."""
        return []

    def take_in(self) -> None:
        """Nothing comes in."""

    def is_lost(self) -> bool:
        """There is nothing to lose."""
        return False

    def close(self) -> None:
        """Nothing to let go of."""
