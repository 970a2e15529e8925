"""Weekdays as people write them: ``mon-fri``, ``mon,wed,fri``, ``daily``. A weekday is a number from 0 for Monday."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = frozenset(range(len(WEEKDAYS)))

_NAMED = {
    "daily": EVERY_DAY,
    "every day": EVERY_DAY,
    "weekdays": frozenset(range(5)),
    "weekends": frozenset((5, 6)),
}


def parse_days(text: str) -> frozenset[int]:
    """Weekdays from ``mon-fri``, ``mon,wed,fri``, ``sat-mon``, ``daily``, ``weekdays`` or ``weekends``.

    Raises:
        ValueError: With a sentence about what is no weekday.
    """
    words = text.strip().lower()
    if words in _NAMED:
        return _NAMED[words]
    days: set[int] = set()
    for part in words.split(","):
        first, dash, last = part.strip().partition("-")
        start = _weekday(first)
        end = _weekday(last) if dash else start
        days.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return frozenset(days)


def name_days(days: frozenset[int]) -> str:
    """Weekdays as one writes them: runs of three or more as ``mon-fri``, all of them as ``daily``."""
    if len(days) == len(WEEKDAYS):
        return "daily"
    names: list[str] = []
    ordered = sorted(days)
    while ordered:
        run = 1
        while run < len(ordered) and ordered[run] == ordered[0] + run:
            run += 1
        first, last = WEEKDAYS[ordered[0]], WEEKDAYS[ordered[run - 1]]
        shortest_range = 3
        names += [f"{first}-{last}"] if run >= shortest_range else [WEEKDAYS[day] for day in ordered[:run]]
        ordered = ordered[run:]
    return ",".join(names)


def _weekday(word: str) -> int:
    name = word.strip()
    shortest = 2
    matches = [index for index, day in enumerate(WEEKDAYS) if len(name) >= shortest and _is_name(name, day)]
    if len(matches) != 1:
        raise ValueError(f'"{name}" is not a weekday. Write mon, tue, wed, thu, fri, sat, sun, or mon-fri.')
    return matches[0]


def _is_name(word: str, day: str) -> bool:
    full = {"mon": "monday", "tue": "tuesday", "wed": "wednesday", "thu": "thursday", "fri": "friday"}
    full |= {"sat": "saturday", "sun": "sunday"}
    return full[day].startswith(word)
