"""An exercise: what the body does, which words go with it, and how it is drawn."""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from stretch_coach.routine.diagnostics import MISSING, field_error
from stretch_coach.routine.fields import (
    HoldSeconds,
    Label,
    Level,
    PauseSeconds,
    Reps,
    Sentence,
    Slug,
    Strict,
    Words,
    bounded,
    fill_side,
    has_side,
)

ExerciseKind = Literal["stretch", "mobility", "strength", "isometric", "mobilise", "relax", "eye", "posture"]
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
RepName = Literal["hold", "round", "breath"]
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
"""How fast explanations are spoken, for estimating how long they take."""

_USUAL_INHALE, _LONGEST_INHALE = 0.4, 0.9
"""Shares of a breath."""

Degrees = Annotated[float, bounded(-90, 90)]
Share = Annotated[float, bounded(0, 1)]
Balance = Annotated[float, bounded(-1, 1)]


class Evidence(Strict):
    """How well founded a piece of content is, and on what."""

    grade: Literal["A", "B", "C"]
    note: Words
    sources: list[Annotated[str, Field(strict=True, pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$", max_length=32)]] = []


GRADES = {
    "A": "a trial of this exercise, or of a program that contains it",
    "B": "part of a tested program, or guideline advice",
    "C": "leaflets or expert practice only",
}
"""What each grade of evidence means. The grades are this project's own."""


class Dose(Strict):
    """How much of an exercise: seconds per repetition, number of repetitions, seconds of rest between them."""

    hold: HoldSeconds = 20
    reps: Reps = 1
    rest: PauseSeconds = 5


class Angles(Strict):
    """An orientation in degrees.

    Positive pitch lowers the chin, positive yaw turns the face to the body's right, positive roll tips the right ear
    to the right shoulder.
    """

    pitch: Degrees = 0
    yaw: Degrees = 0
    roll: Degrees = 0


class BalancePair(Strict):
    """A value from -1 to 1 for the target side and one for the other side."""

    target: Balance = 0
    other: Balance = 0


class SharePair(Strict):
    """A value from 0 to 1 for the target side and one for the other side; null follows from where the hand is."""

    target: Share | None = None
    other: Share | None = None


class Pose(Angles):
    """Where the body is, written for the left side.

    The angles are the head's, relative to the trunk; the trunk's are relative to upright.
    """

    retraction_cm: Annotated[float, bounded(-5, 10)] = 0
    shoulder_lift: BalancePair = BalancePair()
    shoulder_forward: BalancePair = BalancePair()
    trunk: Angles = Angles()
    arm_height: SharePair = SharePair()
    arm_bend: SharePair = SharePair()
    jaw_open: Share = 0
    wrist: BalancePair = BalancePair()
    """Hands of arms that reach forward: -1 bent down, 1 bent up."""
    grip: SharePair = SharePair()
    """Hands: 0 open, 1 a fist."""
    heels: Share = 0
    """How far the heels of a seated body are lifted."""
    toes: Share = 0
    """How far the toes of a seated body are lifted."""


class Keyframe(Pose):
    """A pose at a point of a cycle: `at` is 0 at its start and 1 at its end."""

    at: Share


class Hands(Strict):
    """Where the hand of the target side and the other hand are."""

    target: HandPlace = "rest"
    other: HandPlace = "rest"


class Breath(NamedTuple):
    """A breath that is repeated: in for `inhale` seconds, then out until `cycle` seconds are over."""

    cycle: float
    inhale: float

    def is_in(self, into: float) -> bool:
        """Return whether one breathes in `into` seconds after the start."""
        return into % self.cycle < self.inhale

    def changes(self, length: float) -> Iterator[tuple[float, bool]]:
        """Yield when each phase of the breath starts within `length` seconds, and whether one breathes in then."""
        for number in range(math.ceil(length / self.cycle)):
            for start, is_in in ((number * self.cycle, True), (number * self.cycle + self.inhale, False)):
                if start < length:
                    yield start, is_in


class Figure(Strict):
    """How an exercise is drawn."""

    camera: Camera = "front"
    hands: Hands = Hands()
    motion: Motion = "hold"
    keyframes: Annotated[list[Keyframe], Field(max_length=32, validate_default=True)] = []
    seconds_per_cycle: Annotated[Annotated[float, bounded(0.5, 60)] | None, Field(validate_default=True)] = None
    breath_in_seconds: Annotated[float, bounded(0.5, 30)] | None = None
    head_rest: Annotated[bool, Field(strict=True)] = False
    """Whether the head rests against something behind it, such as a wall."""
    highlight: list[Slug] = []
    focus: Focus = "body"

    @property
    def breath(self) -> Breath | None:
        """The breath that the voice, the words and the figure follow; `None` if the exercise is not about breathing."""
        if self.focus != "breath" or self.seconds_per_cycle is None:
            return None
        inhale = self.breath_in_seconds or self.seconds_per_cycle * _USUAL_INHALE
        return Breath(self.seconds_per_cycle, min(inhale, self.seconds_per_cycle * _LONGEST_INHALE))

    @field_validator("keyframes")
    @classmethod
    def _form_a_loop(cls, frames: list[Keyframe], info: ValidationInfo) -> list[Keyframe]:
        motion = info.data.get("motion")
        if motion is None:
            return frames
        if motion != "cycle":
            if frames:
                raise field_error(f'only belongs to the motion "cycle", not to "{motion}".', "Remove one of the two.")
            return frames
        if len(frames) < 2:  # noqa: PLR2004 - a start and an end
            raise field_error("has 1 entry." if frames else MISSING, "A cycle needs two keyframes or more.")
        times = [frame.at for frame in frames]
        if times[0] != 0 or times[-1] != 1 or any(earlier >= later for earlier, later in pairwise(times)):
            raise field_error("is out of order.", 'Make "at" rise from 0 to 1.')
        first, last = (frame.model_dump(exclude={"at"}) for frame in (frames[0], frames[-1]))
        if first != last:
            raise field_error("does not return to its start.", "Make the last keyframe the same as the first.")
        return frames

    @field_validator("seconds_per_cycle")
    @classmethod
    def _is_given_for_a_cycle(cls, seconds: float | None, info: ValidationInfo) -> float | None:
        if seconds is None and info.data.get("motion") == "cycle":
            raise field_error(MISSING, 'Add "seconds_per_cycle": 4.')
        return seconds


def _needs_no_side(text: str, info: ValidationInfo) -> str:
    if info.data.get("sided") is False and has_side(text):
        raise field_error("names a side, but the exercise is not sided.", 'Add "sided": true.')
    return text


SpokenText = Annotated[Sentence, AfterValidator(_needs_no_side)]


class Repetition(Strict):
    """What one repetition has of its own; everything else stays as in the exercise."""

    say: Sentence
    """What changes, in one sentence, said before it."""
    cue: Sentence
    """A few words during it."""
    pose: Pose | None = None
    hands: Hands | None = None
    highlight: list[Slug] | None = None


def _repetition_needs_no_side(repetition: Repetition, info: ValidationInfo) -> Repetition:
    for text in (repetition.say, repetition.cue):
        _needs_no_side(text, info)
    return repetition


Variants = Annotated[list[SpokenText], Field(max_length=5)]


class Exercise(Strict):
    """What the body does. A user's own exercise needs only a name and instructions."""

    schema_: Annotated[str | None, Field(alias="$schema", max_length=400)] = None
    id: Slug
    name: Label
    aliases: list[Label] = []
    """Clinical and common names, for searching."""
    kind: ExerciseKind = "stretch"
    level: Level = "all"
    """Who may do it; clinician-taught is locked until the user confirms having been taught it."""
    targets: list[Label] = []
    position: Position = "seated"
    sided: Annotated[bool, Field(strict=True)] = False
    """Whether it is done once for each side; the side is that of the target muscle."""
    instructions: Annotated[list[SpokenText], Field(min_length=1, max_length=20)]
    """Everything someone new needs to hear, one sentence each. {side} and {other} become left and right."""
    say: SpokenText = ""
    """One sentence, enough for someone who knows the exercise; the first instruction by default."""
    cue: SpokenText = ""
    """A few words for when time is short; the name by default."""
    start: SpokenText = ""
    """Said when a hold or the first round starts; by default Hold for what is held still, otherwise Begin."""
    release: SpokenText = "Come slowly back."
    """Said when the hold or the last cycle ends."""
    say_variants: Variants = []
    """Other ways to say the sentence, which take turns with it from session to session."""
    cue_variants: Variants = []
    """Other ways to say the few words."""
    release_variants: Variants = []
    """Other ways to end the hold."""
    setup_seconds: Annotated[float, bounded(1, 600)] = 0
    """Seconds it takes to say the instructions once; by default estimated at 160 words a minute."""
    dose: Dose = Dose()
    intensity: Words = "light and comfortable, no pain"
    """How much effort it should take."""
    pose: Pose = Pose()
    """Where a hold ends; for a cycle its most typical point."""
    figure: Figure = Figure()
    repetitions: Annotated[
        list[Annotated[Repetition, AfterValidator(_repetition_needs_no_side)]], Field(max_length=20)
    ] = []
    """What differs from repetition to repetition, in order; after the last entry, the first follows again."""
    errors: list[Words] = []
    cautions: list[Words] = []
    tags: list[Tag] = []
    evidence: Evidence | None = None

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, given: Any) -> Any:
        """Derive what a user's own exercise leaves out from its name and instructions."""
        if not isinstance(given, dict):
            return given
        instructions = given.get("instructions")
        if not isinstance(instructions, list) or not all(isinstance(line, str) for line in instructions):
            return given
        derived = {
            "say": instructions[0] if instructions else "",
            "cue": given.get("name", ""),
            "setup_seconds": explanation_seconds(instructions),
        }
        return derived | given

    @property
    def locked(self) -> bool:
        """Whether it is only for people taught it by a clinician."""
        return self.level == "clinician-taught" or "clinician-taught" in self.tags

    @property
    def rep_name(self) -> RepName:
        """What one repetition is called: `breath`, `round` for a movement, whose pose moves in cycles, or `hold`."""
        if self.figure.breath:
            return "breath"
        return "round" if self.figure.motion == "cycle" else "hold"

    def in_repetition(self, number: int) -> "Exercise":
        """Return the exercise in the form of one repetition.

        Args:
            number: Which repetition, from 1.
        """
        if not self.repetitions:
            return self
        own = self.repetitions[(number - 1) % len(self.repetitions)]
        changes = {"hands": own.hands, "highlight": own.highlight}
        figure = self.figure.model_copy(update={name: one for name, one in changes.items() if one is not None})
        return self.model_copy(update={"say": own.say, "cue": own.cue, "pose": own.pose or self.pose, "figure": figure})

    def worded(self, turn: int) -> "Exercise":
        """Return the exercise with the words of a turn: its own at 0, then each variant, then its own again."""
        words = {"say": self.say_variants, "cue": self.cue_variants, "release": self.release_variants}
        changed = {
            field: variants[turn % (len(variants) + 1) - 1]
            for field, variants in words.items()
            if turn % (len(variants) + 1)
        }
        return self.model_copy(update=changed) if changed else self

    def full_instructions(self, side: str | None) -> str:
        """Return all instructions as one text.

        Args:
            side: `left` or `right`; `None` for an exercise that is not sided.
        """
        return fill_side(" ".join(self.instructions), side)


def explanation_seconds(instructions: list[str]) -> int:
    """Return how many seconds it takes to say the instructions at 160 words a minute, plus one, rounded up."""
    words = sum(len(line.split()) for line in instructions)
    return math.ceil(words * 60 / SPOKEN_WORDS_PER_MINUTE + 1)
