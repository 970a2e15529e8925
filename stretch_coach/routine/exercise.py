"""An exercise: what the body does, how it is said, and how it is drawn."""

import math
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from stretch_coach.routine.text import Label, Sentence, Slug, Words, fill_side, has_side, refusal

Kind = Literal["stretch", "mobility", "strength", "isometric", "mobilise", "relax", "eye", "posture"]
Level = Literal["all", "intermediate", "advanced", "clinician-taught"]
Position = Literal["seated", "standing", "seated-or-standing", "seated-or-lying", "lying", "hands-and-knees"]
Tag = Literal[
    "extension",
    "ext-rot",
    "trunk-extension",
    "end-range-rotation",
    "flexion-load",
    "upper-neck-flexion",
    "isometric-bp",
    "resisted-extension",
    "nerve",
    "clinician-taught",
    "safe-in-attack",
    "standing",
    "floor",
    "needs-desk",
    "needs-wall",
    "needs-doorway",
    "needs-stable-chair",
    "needs-band",
    "needs-towel",
]
Camera = Literal["front", "profile", "three-quarter", "back"]
Motion = Literal["hold", "cycle", "pulse", "still"]
Focus = Literal["body", "eyes", "jaw", "breath", "legs"]
HandPlace = Literal[
    "rest",
    "thigh",
    "knee",
    "seat-edge",
    "desk",
    "forehead",
    "temple",
    "cheek",
    "chin",
    "back-of-head",
    "skull-base",
    "collarbone",
    "chest",
    "belly",
    "opposite-shoulder",
    "across-chest",
    "opposite-elbow",
    "opposite-hand",
    "forward",
    "forward-clasped",
    "behind-back",
    "overhead",
    "out-to-side",
    "wall",
    "doorframe",
    "band",
    "towel",
    "floor",
    "under-chest",
]

SPOKEN_WORDS_PER_MINUTE = 160
"""The rate at which the length of explanations is reckoned."""


def _whole_milliseconds(seconds: float) -> float:
    return round(seconds, 3)


def _bounded(low: float, high: float) -> Any:
    return Field(strict=True, ge=low, le=high, allow_inf_nan=False)


HoldSeconds = Annotated[float, _bounded(1, 600), AfterValidator(_whole_milliseconds)]
PauseSeconds = Annotated[float, _bounded(0, 600), AfterValidator(_whole_milliseconds)]
Reps = Annotated[int, _bounded(1, 100)]
Degrees = Annotated[float, _bounded(-90, 90)]
Share = Annotated[float, _bounded(0, 1)]
Balance = Annotated[float, _bounded(-1, 1)]


class Strict(BaseModel):
    """A part of a file: no unknown keys, and nothing changes it once it is checked."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Evidence(Strict):
    """How well founded a piece of content is, and by what."""

    grade: Literal["A", "B", "C"]
    note: Words
    sources: list[Annotated[str, Field(strict=True, pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$", max_length=32)]] = []


class Dose(Strict):
    """How much of an exercise: seconds held, times repeated, seconds of rest between."""

    hold: HoldSeconds = 20
    reps: Reps = 1
    rest: PauseSeconds = 5


class Turn(Strict):
    """An orientation in degrees: pitch + chin down, yaw + face to the own right, roll + right ear to right shoulder."""

    pitch: Degrees = 0
    yaw: Degrees = 0
    roll: Degrees = 0


class BalancePair(Strict):
    """A value from -1 to 1 for the target side and for the other."""

    target: Balance = 0
    other: Balance = 0


class SharePair(Strict):
    """A value from 0 to 1 for the target side and for the other; none means what the hand's place asks for."""

    target: Share | None = None
    other: Share | None = None


class Pose(Turn):
    """Where the body is, written for side left. Head angles are relative to the trunk, the trunk's to upright."""

    retraction_cm: Annotated[float, _bounded(-5, 10)] = 0
    shoulder_lift: BalancePair = BalancePair()
    shoulder_forward: BalancePair = BalancePair()
    trunk: Turn = Turn()
    arm_height: SharePair = SharePair()
    arm_bend: SharePair = SharePair()
    jaw_open: Share = 0


class Keyframe(Pose):
    """A pose at a point of a cycle, from 0 to 1 of its length."""

    at: Share


class Hands(Strict):
    """Where the hand of the target side and the other one are."""

    target: HandPlace = "rest"
    other: HandPlace = "rest"


class Figure(Strict):
    """How an exercise is drawn."""

    camera: Camera = "front"
    hands: Hands = Hands()
    motion: Motion = "hold"
    keyframes: Annotated[list[Keyframe], Field(max_length=32)] = []
    seconds_per_cycle: Annotated[float, _bounded(0.5, 60)] | None = None
    breath_in_seconds: Annotated[float, _bounded(0.5, 30)] | None = None
    highlight: list[Slug] = []
    focus: Focus = "body"

    @model_validator(mode="after")
    def _cycle_loops(self) -> Self:
        if self.motion != "cycle":
            if self.keyframes:
                raise refusal(f'has keyframes, but its motion is "{self.motion}".', 'Write "motion": "cycle".')
            return self
        if len(self.keyframes) < 2 or self.seconds_per_cycle is None:  # noqa: PLR2004 - a start and an end
            raise refusal("is a cycle without its parts.", 'Write "keyframes" (two or more) and "seconds_per_cycle".')
        times = [frame.at for frame in self.keyframes]
        if times[0] != 0 or times[-1] != 1 or any(a >= b for a, b in pairwise(times)):
            raise refusal("has keyframes out of order.", 'Let "at" rise from 0 to 1.')
        first, last = (frame.model_dump(exclude={"at"}) for frame in (self.keyframes[0], self.keyframes[-1]))
        if first != last:
            raise refusal("is a cycle that does not close.", "Let the last keyframe equal the first.")
        return self


class Exercise(Strict):
    """What the body does. In a user's own file a name and instructions are enough."""

    schema_: Annotated[str | None, Field(alias="$schema", max_length=400)] = None
    id: Slug
    name: Label
    aliases: list[Label] = []
    """Clinical and common names, for searching."""
    kind: Kind = "stretch"
    level: Level = "all"
    """Who may do it; clinician-taught is locked until the user confirms having been taught it."""
    targets: list[Label] = []
    position: Position = "seated"
    sided: Annotated[bool, Field(strict=True)] = False
    """Whether it is done once for each side; the side is the one of the target muscle."""
    instructions: Annotated[list[Sentence], Field(min_length=1, max_length=20)]
    """All of it, a sentence each, for someone new. {side} and {other} become left and right."""
    say: Sentence = ""
    """One sentence, enough for someone who has seen it once; the first instruction unless given."""
    cue: Sentence = ""
    """A few words, when time is short; the name unless given."""
    release: Sentence = "Come slowly back."
    """Said when the hold, or the last cycle, ends."""
    setup_seconds: Annotated[float, _bounded(1, 600)] = 0
    """Seconds it takes to say the instructions once; reckoned at 160 words a minute unless given."""
    dose: Dose = Dose()
    intensity: Words = "light and comfortable, no pain"
    """How strong it should feel."""
    pose: Pose = Pose()
    """Where a hold ends; for a cycle its most typical point."""
    figure: Figure = Figure()
    errors: list[Words] = []
    cautions: list[Words] = []
    tags: list[Tag] = []
    evidence: Evidence | None = None

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, given: Any) -> Any:
        """What the own exercise of a user leaves out follows from its name and instructions."""
        if not isinstance(given, dict):
            return given
        instructions = given.get("instructions")
        if not isinstance(instructions, list) or not all(isinstance(one, str) for one in instructions):
            return given
        follows = {
            "say": instructions[0] if instructions else "",
            "cue": given.get("name", ""),
            "setup_seconds": explanation_seconds(instructions),
        }
        return follows | given

    @model_validator(mode="after")
    def _sides_are_meant(self) -> Self:
        if not self.sided:
            for field, text in self.spoken():
                if has_side(text):
                    raise refusal(f"{field} names a side, but the exercise is not sided.", 'Write "sided": true.')
        return self

    @property
    def locked(self) -> bool:
        """Whether only those taught it by a clinician may do it."""
        return self.level == "clinician-taught" or "clinician-taught" in self.tags

    def spoken(self) -> list[tuple[str, str]]:
        """Every text that is said aloud, with the field it stands in."""
        lines = [(f"instructions[{index}]", line) for index, line in enumerate(self.instructions)]
        return [*lines, ("say", self.say), ("cue", self.cue), ("release", self.release)]

    def full_instructions(self, side: str | None) -> str:
        """All instructions as one text, for a side."""
        return fill_side(" ".join(self.instructions), side)


def explanation_seconds(instructions: list[str]) -> int:
    """Seconds it takes to say the instructions at 160 words a minute, plus one, rounded up."""
    words = sum(len(line.split()) for line in instructions)
    return math.ceil(words * 60 / SPOKEN_WORDS_PER_MINUTE + 1)
