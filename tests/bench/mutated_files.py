"""Mutated files of every kind: each is used or refused with a sentence, without any other error, and none is slow.

Ten thousand routine and exercise files, which are refused with places in them, and ten thousand others: histories,
exports, settings and states of the break watcher.

Run: uv run python -m tests.bench.mutated_files [COUNT]
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from stretch_coach.breaks.prompt import Prompt
from stretch_coach.breaks.state import DayState, state_to_json
from stretch_coach.breaks.store import load_day, state_file
from stretch_coach.errors import CoachError
from stretch_coach.files import atomic_write
from stretch_coach.journal.database import open_for_writing
from stretch_coach.paths import HOME_VARIABLE, Places, bundled_routines, find_places
from stretch_coach.routine.library import load_library
from stretch_coach.settings import load_settings, load_settings_or_defaults
from stretch_coach.text import json_text
from tests.journal.conftest import NOW_MS, make_session
from tests.journal.test_mutated_histories import make_exports, make_history, merge_export, mutate_database, use_history
from tests.routine.test_mutated_files import bundled_originals, is_accepted, mutate

FILES = 10_000
SLOWEST_MS = 1000.0
SETTINGS = b"""# mine
[voice]
level = "full"
rate = 150
[record]
day_start = "04:30"
partial_counts = true
[[breaks.rules]]
id = "desk"
every = 45
routine = "micro-break"
windows = ["09:00-12:00", "13:00-17:30"]
[[breaks.rules]]
id = "noon"
at = ["12:30"]
days = "mon-fri"
routine = "screen-break"
"""

Try = Callable[[int], bool]
"""Uses the mutated file with a number, and returns whether it was accepted."""


@contextmanager
def routine_files(places: Places) -> Iterator[Try]:
    """Mutate the bundled routines and exercises."""
    library, originals = load_library(bundled_routines(), Path("/nonexistent")), bundled_originals()
    mutated = places.config / "my.json"

    def use(number: int) -> bool:
        origin, raw = mutate(number, originals)
        mutated.write_bytes(raw)
        return is_accepted(mutated, origin, library)

    yield use


@contextmanager
def histories(places: Places) -> Iterator[Try]:
    """Mutate a history that has something of everything."""
    original = make_history(places.history, make_session)

    def use(number: int) -> bool:
        shutil.rmtree(places.data)
        places.data.mkdir()
        places.history.write_bytes(mutate_database(number, original))
        return use_history(places)

    yield use


@contextmanager
def exports(places: Places) -> Iterator[Try]:
    """Mutate exports in lines and in archives, and import them into one history."""
    make_history(places.history, make_session)
    originals = make_exports(places.history)
    with closing(open_for_writing(places.data / "other.db", NOW_MS)) as database:
        database.execute("PRAGMA synchronous=OFF")
        yield lambda number: merge_export(database, mutate(number, originals)[1])


@contextmanager
def settings_files(places: Places) -> Iterator[Try]:
    """Mutate a file of settings."""

    def use(number: int) -> bool:
        places.settings_file.write_bytes(mutate(number, [(places.settings_file, SETTINGS)])[1])
        load_settings_or_defaults(places.settings_file)
        try:
            load_settings(places.settings_file)
        except CoachError:
            return False
        return True

    yield use


@contextmanager
def states(places: Places) -> Iterator[Try]:
    """Mutate the state of the break watcher."""
    places.breaks.mkdir()
    file = state_file(places.breaks)
    prompt = Prompt("01988f6e-0000-7000-8000-000000000001", ("desk",), "micro-break", 1_795_000_000.0)
    state = DayState(active=2700.5, resets={"desk": 12.0}, prompt=prompt, day="2026-11-20", asked=3, wall=1.795e9)
    with atomic_write(file) as text:
        text.write(json_text({"format": 1, "unrecorded": [], "about": {}, "state": state_to_json(state)}))
    original = file.read_bytes()
    assert load_day(places.breaks).state == state

    def use(number: int) -> bool:
        file.write_bytes(mutate(number, [(file, original)])[1])
        return not load_day(places.breaks).problem

    yield use


def try_all(kind: str, make: Callable[[Places], object], count: int) -> bool:
    """Try mutated files of a kind, print a summary, and return whether none was slow."""
    accepted, milliseconds = 0, []
    with tempfile.TemporaryDirectory() as folder:
        places = find_places({HOME_VARIABLE: f"{folder}/home"})
        places.data.mkdir()
        with make(places) as use:  # type: ignore[attr-defined]  # one of the context managers above
            for number in range(count):
                start = time.process_time()
                try:
                    accepted += use(number)
                except Exception as error:
                    error.add_note(f"{kind} number {number}")
                    raise
                milliseconds.append((time.process_time() - start) * 1000)
    slowest = max(milliseconds)
    print(
        f"{count:>6} {kind:<15} {accepted} accepted, {count - accepted} refused, no other error; CPU time "
        f"{statistics.median(milliseconds):.2f} ms, slowest {slowest:.0f} ms (under {SLOWEST_MS:g})"
    )
    return slowest < SLOWEST_MS


def main() -> int:
    """Try files of every kind; return 1 if one took too long."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    kinds = {"histories": histories, "exports": exports, "settings files": settings_files, "states": states}
    quick = [try_all(kind, make, count // len(kinds)) for kind, make in kinds.items()]
    quick.append(try_all("routine files", routine_files, count))
    return 0 if all(quick) else 1


if __name__ == "__main__":
    sys.exit(main())
