"""Ids that sort by time and need no coordination between machines: UUID version 7 (RFC 9562, section 5.7)."""

import secrets

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62


def new_id(ms: int) -> str:
    """A UUIDv7 of an instant in milliseconds since 1970 (48 bits), the rest random."""
    random_a, random_b = secrets.randbits(12), secrets.randbits(62)
    digits = f"{(ms & (1 << 48) - 1) << 80 | _VERSION | random_a << 64 | _VARIANT | random_b:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
