"""What commands and screens find around them."""

from datetime import date, time
from pathlib import Path

import pytest

from stretch_coach.clock import Instant
from stretch_coach.errors import CoachError
from stretch_coach.journal import acknowledged
from stretch_coach.paths import Places
from stretch_coach.settings import Settings
from stretch_coach.world import World


class Standing:
    """Stands at an instant."""

    pace = 1.0

    def __init__(self, instant: Instant) -> None:
        self.instant = instant

    def now(self) -> float:
        return 0.0

    def wall(self) -> Instant:
        return self.instant


def world(places: Places, ms: int = 1_795_176_000_000, offset_s: int = 0, **record: object) -> World:
    settings = Settings()
    settings = settings._replace(record=settings.record._replace(**record))  # type: ignore[arg-type]  # what a test says
    told: list[str] = []
    return World(places, settings, Standing(Instant(ms, offset_s)), told.append)


MIDNIGHT_MS = 1_795_132_800_000
"""2026-11-20T00:00Z."""


@pytest.mark.parametrize(
    ("ms", "offset_s", "day_start", "day"),
    [
        (MIDNIGHT_MS + 3 * 3_600_000, 0, time(4), date(2026, 11, 19)),
        (MIDNIGHT_MS + 4 * 3_600_000, 0, time(4), date(2026, 11, 20)),
        (MIDNIGHT_MS + 3 * 3_600_000, 3600, time(4), date(2026, 11, 20)),
        (MIDNIGHT_MS + 3 * 3_600_000, 0, time(0), date(2026, 11, 20)),
    ],
)
def test_today_is_the_day_of_the_record(places: Places, ms: int, offset_s: int, day_start: time, day: date) -> None:
    assert world(places, ms, offset_s, day_start=day_start).today == day


def test_what_counts_is_what_is_set(places: Places) -> None:
    assert world(places).counting == {"partial_counts": False, "manual_counts": False}
    counting = world(places, partial_counts=True, manual_counts=True).counting
    assert counting == {"partial_counts": True, "manual_counts": True}


def test_reading_makes_no_file(places: Places) -> None:
    with world(places).history() as history:
        assert acknowledged.acknowledged_at(history, acknowledged.NOTICE) is None
    assert not places.history.exists()


def test_what_is_written_can_be_read(places: Places) -> None:
    one = world(places)
    with one.writable_history() as history:
        acknowledged.acknowledge(history, [acknowledged.NOTICE], 5)
    with one.history() as history:
        assert acknowledged.acknowledged_at(history, acknowledged.NOTICE) == 5
    assert places.history.stat().st_mode & 0o077 == 0


def test_a_damaged_history_is_set_aside_and_told_of(places: Places) -> None:
    places.history.parent.mkdir(parents=True)
    places.history.write_bytes(b"no database at all " * 100)
    told: list[str] = []
    one = world(places)._replace(tell=told.append)
    with pytest.raises(CoachError), one.history():
        pass
    with one.writable_history():
        pass
    [sentence] = told
    assert sentence.startswith(f"{places.history} was damaged. It is kept as ")
    with one.history():
        pass
    aside = Path(sentence.partition("It is kept as ")[2].partition("; a new one")[0])
    assert aside.read_bytes().startswith(b"no database at all")


def test_a_folder_that_cannot_be_made_is_one_sentence(places: Places) -> None:
    places.history.parent.parent.mkdir(parents=True, exist_ok=True)
    places.history.parent.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(CoachError), world(places).writable_history():
        pass
