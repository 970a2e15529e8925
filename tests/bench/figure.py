"""Measure what a frame of the figure costs at 40 by 18 cells: drawn for the first time, and taken from those kept.

Run: uv run python -m tests.bench.figure
"""

import json
import statistics
import sys
import time
from pathlib import Path

from stretch_coach.figure.animation import Animation, Style
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.timeline import SegmentKind

FOLDER = Path(__file__).parents[2] / "routines" / "exercises"
COLUMNS, ROWS = 40, 18
STEPS = 6
TARGET_MS = 8.0


def frame_ms(exercise: Exercise, style: Style) -> tuple[float, float, float]:
    """Return the milliseconds for making the animation, drawing a frame (median of a move), and getting it again."""
    started = time.perf_counter()
    animation = Animation(exercise, "left" if exercise.sided else None, style=style)
    made = (time.perf_counter() - started) * 1000
    moments = [animation.moment_at(SegmentKind.PREPARE, 0.4 + k * 0.35, 5.0) for k in range(STEPS)]
    animation.frame(moments[-1], COLUMNS, ROWS)  # draws the ghost as well
    drawn = []
    for moment in moments[:-1]:
        started = time.perf_counter()
        animation.frame(moment, COLUMNS, ROWS)
        drawn.append((time.perf_counter() - started) * 1000)
    started = time.perf_counter()
    for moment in moments * 20:
        animation.frame(moment, COLUMNS, ROWS)
    again = (time.perf_counter() - started) * 1000 / (STEPS * 20)
    return made, statistics.median(drawn), again


def main() -> int:
    """Measure every bundled exercise, and return 0 if the target is met."""
    exercises = [Exercise.model_validate(json.loads(file.read_text("utf-8"))) for file in sorted(FOLDER.glob("*.json"))]
    met = True
    for style in Style:
        measured = {exercise.id: frame_ms(exercise, style) for exercise in exercises}
        drawn = {name: one[1] for name, one in measured.items()}
        slowest = max(drawn, key=lambda name: drawn[name])
        median = statistics.median(drawn.values())
        print(
            f"{style:8} frame median {median:.1f} ms, slowest {drawn[slowest]:.1f} ms ({slowest}); "
            f"kept {statistics.median(one[2] for one in measured.values()) * 1000:.1f} us; "
            f"animation made in {statistics.median(one[0] for one in measured.values()):.1f} ms"
        )
        met = met and median <= TARGET_MS
    print(f"target: median at most {TARGET_MS:g} ms: {'met' if met else 'missed'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
