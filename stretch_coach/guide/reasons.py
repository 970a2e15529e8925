"""Why an exercise does not suit somebody. Pure, and without the models of files, because the break watcher uses it."""

from collections.abc import Iterator, Sequence
from typing import Protocol

_KIT_OF_TAG = {
    "needs-desk": "desk",
    "needs-wall": "wall",
    "needs-doorway": "doorway",
    "needs-stable-chair": "stable-chair",
    "needs-band": "band",
    "needs-towel": "towel",
    "floor": "floor",
}
_KIT_NAMES = {"doorway": "a doorway", "stable-chair": "a chair that cannot roll", "floor": "space on the floor"}
_NOT_THERE = {
    "office": ("floor",),
    "travel": ("floor", "standing", "needs-desk", "needs-wall", "needs-doorway"),
}
_PLACE_NAMES = {"office": "at the office", "travel": "while travelling"}


class ExerciseFacts(Protocol):
    """The attributes of an exercise that decide whom it suits."""

    @property
    def level(self) -> str:
        """Who may do it."""

    @property
    def tags(self) -> Sequence[str]:
        """What it asks of the body, and what it needs."""


class ProfileFacts(Protocol):
    """The attributes of a profile that decide what suits it."""

    @property
    def cautions(self) -> Sequence[str]:
        """The ids of the filters that apply."""

    @property
    def kit(self) -> Sequence[str] | None:
        """The equipment at hand, or None if that is not known."""

    @property
    def place(self) -> str | None:
        """Where the user exercises, or None if that is not known."""


class FilterFacts(Protocol):
    """The attributes of a filter that decide what it leaves out."""

    @property
    def id(self) -> str:
        """The caution that it is for."""

    @property
    def label(self) -> str:
        """The condition in a few words."""

    @property
    def drop_tags(self) -> Sequence[str]:
        """Exercises with any of these tags are left out."""

    @property
    def keep_only_tags(self) -> Sequence[str]:
        """Exercises without all of these tags are left out."""

    @property
    def levels(self) -> Sequence[str]:
        """Exercises of other levels are left out; empty for none."""


def find_reasons(exercise: ExerciseFacts, profile: ProfileFacts, filters: Sequence[FilterFacts]) -> Iterator[str]:
    """Yield the reasons why an exercise does not suit a profile: conditions first, then equipment and place."""
    tags = set(exercise.tags)
    for one in filters:
        if one.id not in profile.cautions:
            continue
        is_kept = not tags & set(one.drop_tags) and set(one.keep_only_tags) <= tags
        if not is_kept or (one.levels and exercise.level not in one.levels):
            yield one.label
    for tag in exercise.tags:
        kit = _KIT_OF_TAG.get(tag)
        if kit and profile.kit is not None and kit not in profile.kit:
            yield f"needs {_KIT_NAMES.get(kit, f'a {kit}')}"
        if profile.place and tag in _NOT_THERE.get(profile.place, ()):
            yield f"not {_PLACE_NAMES[profile.place]}"
