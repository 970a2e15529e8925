"""Ten thousand broken routine and exercise files: each taken, or refused with its places, and how long that takes.

Run: uv run python -m tests.bench.broken_files [COUNT]
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import load_library
from tests.routine.test_fuzz import bundled_originals, is_taken, mutate

FILES = 10_000
SLOWEST_MS = 1000.0


def main() -> int:
    """Check them all, print, and say whether none was too slow."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    library = load_library(bundled_routines(), Path("/nonexistent"))
    originals = bundled_originals()
    taken = 0
    milliseconds = []
    with tempfile.TemporaryDirectory() as folder:
        broken = Path(folder) / "my.json"
        for number in range(count):
            origin, raw = mutate(number, originals)
            broken.write_bytes(raw)
            begun = time.perf_counter()
            taken += is_taken(broken, origin, library)
            milliseconds.append((time.perf_counter() - begun) * 1000)
    print(f"{count} broken files: {taken} are still good, {count - taken} refused with their places, no other error")
    print(f"median {statistics.median(milliseconds):.2f} ms, slowest {max(milliseconds):.1f} ms (under {SLOWEST_MS:g})")
    return 0 if max(milliseconds) < SLOWEST_MS else 1


if __name__ == "__main__":
    sys.exit(main())
