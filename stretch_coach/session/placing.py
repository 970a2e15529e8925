"""Putting cues where there is room: nothing overlaps, nothing outlasts its segment, what matters most comes first."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from stretch_coach.session.cue import GAP_SECONDS, Cue, CueKind, Form, Level, Speaking, form_seconds

_ROUNDING = 1e-9


class Wish(NamedTuple):
    """A cue to be put where there is room. Without an offset it comes directly after the opening."""

    kind: CueKind
    offset: float | None
    forms: Sequence[Form]


class Opening(NamedTuple):
    """A cue that is always given, from its longest form to its shortest, a tone."""

    kind: CueKind
    forms: Sequence[Form]


def allowed_forms(forms: Sequence[Form], speaking: Speaking) -> list[Form]:
    """The forms that a level knows: tones alone, or everything."""
    return [form for form in forms if form.tone or speaking.level is not Level.TONES]


def place_cues(
    openings: Iterable[Opening], wishes: Sequence[Wish], begin: float, length: float, speaking: Speaking
) -> list[Cue]:
    """The opening one after the other from ``begin``, then the wishes where there is room, the first ones first."""
    placed: list[Cue] = []
    after = begin
    always = [Opening(kind, allowed_forms(forms, speaking)) for kind, forms in openings]
    for kind, form in _choose(always, wishes, begin, length, speaking):
        placed.append(make_cue(kind, after, form, speaking))
        after = placed[-1].end + GAP_SECONDS
    for wish in wishes:
        offset = after if wish.offset is None else wish.offset
        for form in allowed_forms(wish.forms, speaking):
            cue = make_cue(wish.kind, offset, form, speaking)
            if cue.end <= _latest_end(wish, wishes, length) and all(_apart(cue, other) for other in placed):
                placed.append(cue)
                break
    return sorted(placed, key=lambda cue: cue.offset)


def _latest_end(wish: Wish, wishes: Sequence[Wish], length: float) -> float:
    """When a wish has to be over: in time for the next of its kind, or with its segment."""
    after = length if wish.offset is None else wish.offset
    following = [one.offset for one in wishes if one.kind is wish.kind and one.offset and one.offset > after]
    return min(following) - GAP_SECONDS if following else length


def _choose(
    openings: Sequence[Opening], wishes: Sequence[Wish], begin: float, length: float, speaking: Speaking
) -> list[tuple[CueKind, Form]]:
    """One form of each opening: in words that leave room for an instruction or a countdown, else as long as fits."""
    room = length - begin
    following = [form for wish in wishes if wish.offset is None for form in allowed_forms(wish.forms, speaking)]
    kept = [min(form_seconds(form, speaking) for form in following)] if following else []
    kept += [length - wish.offset for wish in wishes if wish.kind is CueKind.COUNTDOWN and wish.offset]
    if kept:
        in_words = _that_fit(openings, room - max(kept) - GAP_SECONDS, speaking)
        if in_words and not any(form.tone for _, form in in_words):
            return in_words
    for first in range(len(openings)):  # where not even ticks fit, what begins matters more than what ends
        if chosen := _that_fit(openings[first:], room, speaking):
            return chosen
    return []


def _that_fit(openings: Sequence[Opening], room: float, speaking: Speaking) -> list[tuple[CueKind, Form]]:
    """One form of each opening, so that all fit: the longest is said shorter until they do."""
    chosen = [0] * len(openings)

    def taken() -> list[float]:
        return [form_seconds(forms[form], speaking) for (_, forms), form in zip(openings, chosen, strict=True)]

    while sum(taken()) + GAP_SECONDS * (len(openings) - 1) > room:
        longer = [place for place, (_, forms) in enumerate(openings) if chosen[place] < len(forms) - 1]
        if not longer:
            return []
        chosen[max(longer, key=taken().__getitem__)] += 1
    return [(kind, forms[form]) for (kind, forms), form in zip(openings, chosen, strict=True)]


def _apart(one: Cue, other: Cue) -> bool:
    gap = GAP_SECONDS - _ROUNDING
    return one.offset >= other.end + gap or other.offset >= one.end + gap


def make_cue(kind: CueKind, offset: float, form: Form, speaking: Speaking) -> Cue:
    """A form of a cue at a place in its segment."""
    return Cue(offset, form_seconds(form, speaking), kind, form.text, form.tone)
