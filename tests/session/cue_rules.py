"""What the tests of the cue plan share: plans of whole timelines, random routines, and the rules of a plan."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from stretch_coach.paths import bundled_routines
from stretch_coach.routine.format import RoutineFile
from stretch_coach.routine.library import Library, load_library
from stretch_coach.routine.model import Routine
from stretch_coach.routine.resolve import resolve_routine
from stretch_coach.routine.timeline import Segment, SegmentKind, Timeline, build_timeline
from stretch_coach.session.cue_plan import plan_segment
from stretch_coach.session.cues import CUE_GAP_SECONDS, Cue, CueKind, CueTiming, SpeechLevel
from stretch_coach.session.explain import with_explanations
from stretch_coach.voice.tones import Tone, tone_seconds

CLOSE = 1e-6
TICK = tone_seconds(Tone.COUNT)
OPENINGS = (CueKind.STOP, CueKind.SIDE, CueKind.START)
BUNDLED = sorted(path.stem for path in bundled_routines().glob("*.json"))


@cache
def bundled() -> Library:
    """Return the bundled routines, for tests without fixtures."""
    return load_library(bundled_routines(), Path("/nonexistent"))


def speaking(
    rate: int,
    level: SpeechLevel = SpeechLevel.FULL,
    *,
    explained: bool = False,
    new: bool = False,
    cautions: bool = False,
) -> CueTiming:
    """Return the timing of a voice that takes equally long for every word."""
    return CueTiming(
        level,
        lambda text: 0.3 + len(text.split()) * 60 / rate,
        is_explained=lambda _: explained,
        is_new=lambda _: new,
        speaks_cautions=cautions,
    )


def laid_out(routine: Routine, how: CueTiming) -> Timeline:
    """Return the timeline that runs, longer where something is explained."""
    return build_timeline(with_explanations(routine, how))


def plans(timeline: Timeline, how: CueTiming) -> list[tuple[Segment, list[Cue]]]:
    """Return each segment with its cues."""
    return [(one, plan_segment(timeline, one.index, one.seconds, how)) for one in timeline.segments]


def before(timeline: Timeline, segment: Segment) -> Segment | None:
    """Return the segment before this one."""
    return timeline.segments[segment.index - 1] if segment.index else None


def begins_set(timeline: Timeline, segment: Segment) -> bool:
    """Return whether a step, or a side of it, starts here."""
    last = before(timeline, segment)
    return last is None or (last.step, last.side) != (segment.step, segment.side)


def is_let_go(timeline: Timeline, segment: Segment) -> bool:
    """Return whether a hold has just ended and the same movement does not follow at once."""
    last = before(timeline, segment)
    if last is None or last.kind is not SegmentKind.HOLD:
        return False
    return segment.kind is not SegmentKind.HOLD or begins_set(timeline, segment)


def movement_continues(timeline: Timeline, segment: Segment) -> bool:
    """Return whether the same movement follows this hold at once, so that there is nothing to count down to.

    Only the step is compared: a change of side says by itself that the hold is over.
    """
    after = timeline.segments[segment.index + 1 : segment.index + 2]
    return any(one.kind is SegmentKind.HOLD and one.step == segment.step for one in after)


def always_given(timeline: Timeline, segment: Segment) -> list[CueKind]:
    """Return the kinds of cues that a segment has to open with, in order."""
    kinds = []
    if is_let_go(timeline, segment):
        kinds.append(CueKind.STOP)
    if segment.exercise is None:
        kinds.append(CueKind.STOP)
    if segment.side and begins_set(timeline, segment):
        kinds.append(CueKind.SIDE)
    if segment.kind is SegmentKind.HOLD:
        kinds.append(CueKind.START)
    return kinds


def openings(cues: list[Cue]) -> list[Cue]:
    """Return the cues that are always given."""
    return [cue for cue in cues if cue.kind in OPENINGS]


def assert_well_placed(cues: list[Cue], length: float, begin: float = 0.0) -> None:
    """Check that nothing overlaps, and that nothing is outside its segment."""
    for earlier, later in pairwise(cues):
        assert later.offset - earlier.end >= CUE_GAP_SECONDS - CLOSE, (earlier, later)
    for cue in cues:
        assert cue.seconds > 0
        assert begin <= cue.offset
        assert cue.end <= length + CLOSE


def assert_always_given(timeline: Timeline, segment: Segment, cues: list[Cue]) -> None:
    """Check that start, stop and side are there, if need be as ticks, or the last of them if not even those fit."""
    wanted, given = always_given(timeline, segment), [cue.kind for cue in openings(cues)]
    available = segment.seconds
    while wanted and len(wanted) * TICK + (len(wanted) - 1) * CUE_GAP_SECONDS > available + CLOSE:
        wanted = wanted[1:]
    assert given == wanted


def words(name: str, at_most: int) -> st.SearchStrategy[str]:
    """Sentences of at most `at_most` words that start with a name, by which they are recognised."""
    return st.integers(0, at_most - 1).map(lambda more: " ".join([name.capitalize(), *["word"] * more]) + ".")


_FIGURES: list[dict[str, Any]] = [
    {},
    {"motion": "pulse"},
    {"motion": "still"},
    {"motion": "cycle", "keyframes": [{"at": 0}, {"at": 1}], "seconds_per_cycle": 4},
    {"focus": "breath", "motion": "still", "seconds_per_cycle": 10, "breath_in_seconds": 4},
    {"focus": "breath", "motion": "still", "seconds_per_cycle": 5},
]


def _exercise(name: str, *, sided: bool) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "id": st.just(name),
            "name": st.just(name.capitalize()),
            "sided": st.just(sided),
            "instructions": st.lists(words(f"instruction-{name}", 14), min_size=1, max_size=5),
            "say": words(f"say-{name}", 16),
            "cue": words(f"cue-{name}", 6),
            "release": words(f"release-{name}", 6),
            "cautions": st.lists(words(f"caution-{name}", 8), max_size=2),
            "figure": st.sampled_from(_FIGURES),
            "repetitions": st.just([])
            | st.lists(
                st.fixed_dictionaries({"say": words(f"change-{name}", 12), "cue": words(f"own-{name}", 6)}),
                min_size=2,
                max_size=3,
            ),
        }
    )


_pauses = st.sampled_from([0, 0, 0.001, 0.05, 0.06, 0.1, 0.2, 0.27, 0.5, 0.9, 1, 5, 20]) | st.floats(0, 30)
_holds = st.sampled_from([1, 1.5, 5, 8, 10, 15, 20, 30]) | st.floats(1, 60)
_step = st.fixed_dictionaries(
    {"exercise": st.sampled_from(["tuck", "bend"]), "prepare": _pauses, "hold": _holds, "rest": _pauses},
    optional={"reps": st.integers(1, 4), "say": words("own", 16)},
)
_rest = st.fixed_dictionaries({"rest": _pauses}, optional={"say": words("pause", 10)})


@st.composite
def routines(draw: st.DrawFn) -> Routine:
    """Routines of any doses, down to parts of a second."""
    steps = [draw(_step), *draw(st.lists(_step | _rest, max_size=5))]
    for step in steps:
        if step.get("exercise") == "bend" and draw(st.booleans()):
            step["side"] = draw(st.sampled_from(["left", "right", "each"]))
    exercises = {name: draw(_exercise(name, sided=name == "bend")) for name in ("tuck", "bend")}
    file = RoutineFile.model_validate({"id": "any", "title": "Any", "exercises": exercises, "steps": steps})
    routine, problems = resolve_routine(file, {}, path=Path("any.json"), bundled=False)
    assert not problems
    return routine


def every_way(routine: Routine, rate: int) -> Iterator[tuple[Timeline, CueTiming]]:
    """Yield a routine at every level that gives cues, as written and explained."""
    for level in (SpeechLevel.FULL, SpeechLevel.BRIEF, SpeechLevel.TONES):
        for explained in (False, True):
            how = speaking(rate, level, explained=explained, new=explained, cautions=explained)
            yield (laid_out(routine, how) if explained else build_timeline(routine)), how
