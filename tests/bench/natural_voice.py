"""How fast the natural voice renders, as a share of how long its words last.

Needs Piper. Run: uv run --extra natural python -m tests.bench.natural_voice
"""

import asyncio
import importlib.util
import statistics
import sys
import tempfile
import time
from pathlib import Path

from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import load_library
from stretch_coach.voice.renderer import make_renderer
from stretch_coach.voice.request import VoiceRequest, VoiceSource

MOST = 0.15
TEXTS = 30


async def measure(cache: Path) -> tuple[float, float]:
    """Return how many seconds the first text takes, loading included, and the median share for the others."""
    exercises = load_library(bundled_routines(), Path("no-such-folder")).exercises.values()
    texts = [one.instructions[0].replace("{side}", "left").replace("{other}", "right") for one in exercises][:TEXTS]
    request = VoiceRequest(
        speaks=True, voice="", language="en", rate=160, volume=1.0, source=VoiceSource.NATURAL, cache=cache
    )
    renderer = make_renderer(request)
    shares = []
    try:
        started = time.perf_counter()
        await renderer.render("Hold.")
        first = time.perf_counter() - started
        for text in texts:
            started = time.perf_counter()
            clip = await renderer.render(text)
            assert clip, renderer.trouble
            shares.append((time.perf_counter() - started) / clip.seconds)
    finally:
        await renderer.close()
    return first, statistics.median(shares)


def main() -> int:
    """Measure, print, and return 0 if the limit is kept."""
    if importlib.util.find_spec("piper") is None:
        sys.exit("needs Piper: uv run --extra natural")
    with tempfile.TemporaryDirectory() as cache:
        first, share = asyncio.run(measure(Path(cache)))
    print(f"first cue after {first:.2f} s, loading included; then rendering / real time: {share:.3f} (limit {MOST})")
    return int(share > MOST)


if __name__ == "__main__":
    sys.exit(main())
