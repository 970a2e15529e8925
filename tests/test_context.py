"""What commands and screens share: settings with a change signal, the day, and the history."""

import sys
from datetime import date, time
from pathlib import Path

import pytest

from stretch_coach.clock import Instant
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.journal import acknowledgements
from stretch_coach.journal.day import CountingRules
from stretch_coach.paths import Places
from stretch_coach.settings import Settings, load_settings
from stretch_coach.settings.edit import change_setting
from stretch_coach.settings.schema import SETTINGS
from tests.clocks import FRIDAY, FixedClock

MIDNIGHT_MS = 1_795_132_800_000
"""2026-11-20T00:00Z."""


def make_context(places: Places, wall: Instant = FRIDAY, **settings: object) -> tuple[Context, list[str]]:
    """Return a context with some settings, such as `record__day_start`, and the list of its warnings."""
    chosen = Settings()
    for name, value in settings.items():
        chosen = chosen.with_value(SETTINGS[name.replace("__", ".")], value)
    warnings: list[str] = []
    return Context(places, chosen, FixedClock(wall), warnings.append), warnings


def write_settings(places: Places, text: str) -> None:
    places.config.mkdir(exist_ok=True)
    places.settings_file.write_text(text, encoding="utf-8")


class TestSettings:
    def test_edit_changes_the_file_and_notifies_subscribers(self, places: Places) -> None:
        context, _ = make_context(places)
        received: list[Settings] = []
        unsubscribe = context.subscribe(received.append)
        context.edit_settings(lambda file: change_setting(file, "voice.rate", 100))
        assert context.settings.voice.rate == 100
        assert received == [context.settings] == [load_settings(places.settings_file)]
        unsubscribe()
        context.edit_settings(lambda file: change_setting(file, "voice.rate", 110))
        assert len(received) == 1

    def test_settings_that_stay_the_same_are_not_a_change(self, places: Places) -> None:
        context, _ = make_context(places)
        received: list[Settings] = []
        context.subscribe(received.append)
        context.settings = Settings()
        assert received == []

    def test_listener_may_unsubscribe_while_it_is_called(self, places: Places) -> None:
        context, _ = make_context(places)
        received: list[str] = []
        unsubscribe = context.subscribe(lambda _: (received.append("first"), unsubscribe())[0])  # type: ignore[func-returns-value]
        context.subscribe(lambda _: received.append("second"))
        context.edit_settings(lambda file: change_setting(file, "voice.rate", 100))
        assert received == ["first", "second"]

    def test_file_is_read_when_settings_are_first_needed(self, places: Places) -> None:
        context = Context(places, None, FixedClock(), lambda _: None)
        change_setting(places.settings_file, "voice.rate", 100)
        assert context.settings.voice.rate == 100

    def test_invalid_file_is_reported_when_settings_are_needed(self, places: Places) -> None:
        write_settings(places, "[voice]\nrate = 1\n")
        context = Context(places, None, FixedClock(), lambda _: None)
        with context.history():
            pass
        with pytest.raises(CoachError, match=r"voice\.rate: 1 is not valid"):
            context.settings  # noqa: B018 - the access raises

    def test_reload_reads_the_file_again_and_notifies_subscribers(self, places: Places) -> None:
        context, _ = make_context(places)
        received: list[Settings] = []
        context.subscribe(received.append)
        write_settings(places, "[voice]\nrate = 100\n")
        assert context.reload_settings() is None
        assert received == [context.settings] == [load_settings(places.settings_file)]

    def test_reload_of_an_invalid_file_keeps_the_settings(self, places: Places) -> None:
        context, _ = make_context(places, voice__rate=100)
        write_settings(places, "[voice]\nrate = 1\n")
        error = context.reload_settings()
        assert "config.toml:2: voice.rate: 1 is not valid." in str(error)
        assert context.settings_error is error
        assert context.settings.voice.rate == 100

    def test_first_read_of_an_invalid_file_gives_the_defaults(self, places: Places) -> None:
        write_settings(places, "[voice]\nrate = 1\n")
        context = Context(places, None, FixedClock(), lambda _: None)
        assert context.reload_settings() is not None
        assert context.settings == Settings()

    def test_failed_edit_changes_nothing(self, places: Places) -> None:
        context, _ = make_context(places)
        with pytest.raises(CoachError):
            context.edit_settings(lambda file: change_setting(file, "voice.rate", 1))
        assert context.settings == Settings()


@pytest.mark.parametrize(
    ("ms", "offset_s", "day_start", "day"),
    [
        (MIDNIGHT_MS + 3 * 3_600_000, 0, time(4), date(2026, 11, 19)),
        (MIDNIGHT_MS + 4 * 3_600_000, 0, time(4), date(2026, 11, 20)),
        (MIDNIGHT_MS + 3 * 3_600_000, 3600, time(4), date(2026, 11, 20)),
        (MIDNIGHT_MS + 3 * 3_600_000, 0, time(0), date(2026, 11, 20)),
    ],
)
def test_today_begins_when_the_settings_say(places: Places, ms: int, offset_s: int, day_start: time, day: date) -> None:
    context, _ = make_context(places, Instant(ms, offset_s), record__day_start=day_start)
    assert context.today == day


def test_counting_rules_follow_the_settings(places: Places) -> None:
    assert make_context(places)[0].counting_rules == CountingRules()
    context, _ = make_context(places, record__partial_counts=True, record__manual_counts=True)
    assert context.counting_rules == CountingRules(partial_counts=True, manual_counts=True)


class TestHistory:
    def test_reading_creates_no_file(self, places: Places) -> None:
        with make_context(places)[0].history() as history:
            assert acknowledgements.acknowledged_at(history, acknowledgements.NOTICE) is None
        assert not places.history.exists()

    def test_written_history_can_be_read(self, places: Places) -> None:
        context, warnings = make_context(places)
        with context.writable_history() as history:
            acknowledgements.acknowledge(history, [acknowledgements.NOTICE], 5)
        with context.history() as history:
            assert acknowledgements.acknowledged_at(history, acknowledgements.NOTICE) == 5
        assert sys.platform == "win32" or places.history.stat().st_mode & 0o077 == 0
        assert warnings == []

    def test_damaged_history_is_moved_aside_with_a_warning(self, places: Places) -> None:
        places.history.parent.mkdir(parents=True)
        places.history.write_bytes(b"no database at all " * 100)
        context, warnings = make_context(places)
        with pytest.raises(CoachError), context.history():
            pass
        with context.writable_history():
            pass
        [warning] = warnings
        assert warning.startswith(f"{places.history} was damaged. Moved it to ")
        assert warning.endswith(" and started a new one. There is no backup of it.")
        aside = Path(warning.partition("Moved it to ")[2].partition(" and started")[0])
        assert aside.read_bytes().startswith(b"no database at all")
        with context.history():
            pass

    def test_folder_that_cannot_be_created_is_reported(self, places: Places) -> None:
        places.history.parent.parent.mkdir(parents=True, exist_ok=True)
        places.history.parent.write_text("a file where the folder should be", encoding="utf-8")
        with pytest.raises(CoachError), make_context(places)[0].writable_history():
            pass


def test_reported_error_is_a_warning(places: Places) -> None:
    context, warnings = make_context(places)
    with context.reporting_errors(), context.history():
        raise_error()
    assert warnings == ["history is in use. Try again."]


def raise_error() -> None:
    raise CoachError("history", "is in use.", "Try again.")
