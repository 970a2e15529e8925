"""A seat as several sources tell of it together."""

from collections.abc import Sequence

from stretch_coach.breaks.idle.source import IdleSource


class SeatIdle:
    """Idle as the first source tells it, locked as any of them does.

    Args:
        idle: The source for idle time.
        locks: Sources for locks alone.
    """

    def __init__(self, idle: IdleSource, locks: Sequence[IdleSource]) -> None:
        self._idle = idle
        self._all = [idle, *locks]
        self.name = " + ".join(one.name for one in self._all)

    def idle_seconds(self) -> float | None:
        """Seconds since the last use, from the first source."""
        return self._idle.idle_seconds()

    def locked(self) -> bool | None:
        """Whether any says that it is locked; none where none knows."""
        told = [answer for one in self._all if (answer := one.locked()) is not None]
        return any(told) if told else None

    def descriptors(self) -> list[int]:
        """Those of all."""
        return [number for one in self._all for number in one.descriptors()]

    def take_in(self) -> None:
        """Read what came to any."""
        for one in self._all:
            one.take_in()

    def is_lost(self) -> bool:
        """Whether any of them is gone: a new choice finds what is left."""
        return any(one.is_lost() for one in self._all)

    def close(self) -> None:
        """Let go of all."""
        for one in self._all:
            one.close()
