"""The body map: where people feel a tight muscle, and which exercises are for it. Never a diagnosis."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from stretch_coach.errors import CoachError
from stretch_coach.phrasing import did_you_mean
from stretch_coach.routine.document import read_document
from stretch_coach.routine.fields import Label, Slug, Strict, Words
from stretch_coach.text import quoted


class Zone(Strict):
    """A place on the body.

    `suggest` is false where no exercise may be suggested; `note` then says what to do instead.
    """

    id: Slug
    label: Label
    suggest: bool
    note: Words | None = None


class Muscle(Strict):
    """A muscle, the zones where people feel it (2 for a main one, 1 for a lesser one), and the exercises for it."""

    id: Slug
    label: Label
    highlight: Slug | None = None
    zones: dict[Slug, Annotated[int, Field(ge=1, le=2)]]
    exercises: list[Slug]
    note: Words | None = None
    sources: list[Label]


class Caveat(Strict):
    """What the map cannot say, with the sources for that."""

    note: Words
    sources: list[Label]


class BodyMap(Strict):
    """The whole map."""

    format: Literal[1]
    reading: Words
    """How to read the numbers."""
    zones: list[Zone]
    muscles: list[Muscle]
    caveat: Caveat

    def zone(self, name: str) -> Zone:
        """Return the zone with this id or label, or the only one whose label has all these words.

        Raises:
            CoachError: There is no such zone, or there are several.
        """
        wanted = name.casefold().replace("-", " ").split()
        for zone in self.zones:
            if wanted in (zone.label.casefold().replace("-", " ").split(), zone.id.split("-")):
                return zone
        found = [zone for zone in self.zones if wanted and set(wanted) <= set(zone.label.casefold().split())]
        if len(found) == 1:
            return found[0]
        if found:
            labels = " or ".join(f'"{zone.label}"' for zone in found)
            raise CoachError(quoted(name), "could be several places.", f"Write {labels}.")
        cure = did_you_mean(name.casefold(), [zone.label for zone in self.zones])
        raise CoachError(quoted(name), "is not a place on the body map.", cure)


class FeltMuscle(NamedTuple):
    """A muscle that people feel in some of the chosen zones.

    Attributes:
        muscle: The muscle.
        weight: The sum over the chosen zones, 2 for a main one and 1 for a lesser one.
        zones: The chosen zones in which it is felt.
    """

    muscle: Muscle
    weight: int
    zones: tuple[Zone, ...]


def load_body_map(bundled: Path) -> BodyMap:
    """Return the body map in the folder of the bundled routines."""
    return BodyMap.model_validate(read_document(bundled / "safety" / "body-map.json").data)


def felt_muscles(body_map: BodyMap, zones: Sequence[Zone]) -> list[FeltMuscle]:
    """Return the muscles that people feel in any of the zones, those with the most main zones first.

    The order of muscles with the same weight is the map's, which is not a ranking. Zones for which nothing may be
    suggested do not count.
    """
    asked = [zone for zone in zones if zone.suggest]
    felt = []
    for muscle in body_map.muscles:
        there = tuple(zone for zone in asked if zone.id in muscle.zones)
        if there:
            felt.append(FeltMuscle(muscle, sum(muscle.zones[zone.id] for zone in there), there))
    return sorted(felt, key=lambda one: -one.weight)
