"""Any pose that an exercise file may hold, extremes included."""

from typing import Any, get_args

from hypothesis import strategies as st

from stretch_coach.routine.exercise import Exercise, HandPlace

PLACES: tuple[HandPlace, ...] = get_args(HandPlace)
DEGREES = st.floats(-90, 90)
SHARES = st.floats(0, 1)
BALANCES = st.floats(-1, 1)


def pairs(values: st.SearchStrategy[float]) -> st.SearchStrategy[dict[str, float]]:
    return st.fixed_dictionaries({"target": values, "other": values})


POSES = st.fixed_dictionaries(
    {
        "pitch": DEGREES,
        "yaw": DEGREES,
        "roll": DEGREES,
        "retraction_cm": st.floats(-5, 10),
        "shoulder_lift": pairs(BALANCES),
        "shoulder_forward": pairs(BALANCES),
        "trunk": st.fixed_dictionaries({"pitch": DEGREES, "yaw": DEGREES, "roll": DEGREES}),
        "arm_height": pairs(SHARES),
        "arm_bend": pairs(SHARES),
        "jaw_open": SHARES,
    }
)


@st.composite
def exercises(draw: st.DrawFn) -> Exercise:
    """Draw an exercise in any pose, with hands anywhere, seen from anywhere."""
    given: dict[str, Any] = {
        "id": "any",
        "name": "Any",
        "instructions": ["Move."],
        "sided": draw(st.booleans()),
        "position": draw(st.sampled_from(["seated", "standing", "lying", "hands-and-knees"])),
        "pose": draw(POSES),
        "figure": {
            "camera": draw(st.sampled_from(["front", "profile", "three-quarter", "back"])),
            "hands": {"target": draw(st.sampled_from(PLACES)), "other": draw(st.sampled_from(PLACES))},
            "focus": draw(st.sampled_from(["body", "eyes", "jaw", "breath", "legs"])),
            "motion": draw(st.sampled_from(["hold", "pulse", "still"])),
            "highlight": draw(
                st.lists(st.sampled_from(["scalenes", "forearm", "rhomboids", "not-a-muscle"]), max_size=3)
            ),
        },
    }
    return Exercise.model_validate(given)
