"""Weekdays as people write them: `mon-fri`, `mon,wed,fri`, `daily`. A weekday is a number, 0 for Monday."""

_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS = tuple(name[:3] for name in _NAMES)
EVERY_DAY = frozenset(range(len(WEEKDAYS)))

_SETS = {
    "daily": EVERY_DAY,
    "every day": EVERY_DAY,
    "weekdays": frozenset(range(5)),
    "weekends": frozenset((5, 6)),
}


def parse_days(text: str) -> frozenset[int]:
    """Return the weekdays that `mon-fri`, `mon,wed,fri`, `sat-mon`, `daily`, `weekdays` or `weekends` means.

    Raises:
        ValueError: Some of the text is not a weekday; the message says which.
    """
    words = text.strip().lower()
    if words in _SETS:
        return _SETS[words]
    days: set[int] = set()
    for part in words.split(","):
        first, dash, last = part.strip().partition("-")
        start = _weekday(first)
        end = _weekday(last) if dash else start
        days.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return frozenset(days)


def name_days(days: frozenset[int]) -> str:
    """Return weekdays as people write them: three or more in a row as `mon-fri`, all of them as `daily`."""
    if len(days) == len(WEEKDAYS):
        return "daily"
    names: list[str] = []
    left = sorted(days)
    while left:
        run = 1
        while run < len(left) and left[run] == left[0] + run:
            run += 1
        shortest_range = 3
        if run >= shortest_range:
            names.append(f"{WEEKDAYS[left[0]]}-{WEEKDAYS[left[run - 1]]}")
        else:
            names += [WEEKDAYS[day] for day in left[:run]]
        left = left[run:]
    return ",".join(names)


def _weekday(text: str) -> int:
    name, shortest = text.strip(), 2
    matches = [number for number, day in enumerate(_NAMES) if len(name) >= shortest and day.startswith(name)]
    if len(matches) != 1:
        raise ValueError(f'"{name}" is not a weekday. Write mon, tue, wed, thu, fri, sat, sun, or mon-fri.')
    return matches[0]
