"""Routines in groups: each in one of them, in a fixed order."""

from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.catalogue import RoutineCard, make_cards
from stretch_coach.routine.groups import group_routines
from stretch_coach.routine.library import Library

TAGS = st.lists(st.sampled_from(["gentle", "strength", "evening", "quick", "desk"]), max_size=3).map(tuple)
CARDS = st.lists(
    st.builds(
        RoutineCard,
        id=st.text(min_size=1),
        title=st.text(),
        purpose=st.just(""),
        total_seconds=st.floats(0, 1000),
        level=st.just("all"),
        tags=TAGS,
        has_warning_signs=st.booleans(),
        locked=st.booleans(),
        bundled=st.booleans(),
        exercises=st.just(()),
    )
)


@given(CARDS)
def test_every_routine_is_in_one_group_and_the_shortest_comes_first(cards: list[RoutineCard]) -> None:
    groups = group_routines(cards)
    assert sorted(card for group in groups for card in group.cards) == sorted(cards)
    for group in groups:
        lengths = [card.total_seconds for card in group.cards]
        assert lengths
        assert lengths == sorted(lengths)


@given(CARDS)
def test_own_routines_come_first_and_locked_ones_last(cards: list[RoutineCard]) -> None:
    places = [(card.locked, card.locked or card.bundled) for group in group_routines(cards) for card in group.cards]
    assert places == sorted(places)


def test_groups_of_the_bundled_routines(library: Library) -> None:
    groups = {group.title: [card.id for card in group.cards] for group in group_routines(make_cards(library))}
    assert list(groups) == [
        *("Short breaks", "For the day", "Strength", "Easy on the neck", "To wind down", "Away from the desk"),
        "Taught by a clinician",
    ]
    minutes = {card.id: card.total_seconds / 60 for card in make_cards(library)}
    assert {"micro-break", "one-minute-shoulders", "one-minute-turns", "one-minute-calm"} == {
        id_ for id_ in groups["Short breaks"] if minutes[id_] == 1
    }
    assert {"screen-break", "three-minute-upper-back", "three-minute-neck", "three-minute-sides"} < {
        id_ for id_ in groups["Short breaks"] if minutes[id_] == 3
    }
    assert groups["Easy on the neck"] == ["two-easy-minutes", "quiet-rest", "gentle-start", "upper-neck-ease"]
    assert groups["To wind down"] == ["evening-four", "evening-wind-down"]
    assert groups["Away from the desk"] == ["travel", "standing-five", "on-the-floor", "posture-mobility"]
    assert groups["Taught by a clinician"] == ["arm-glide", "towel-glide", "towel-snag", "front-neck"]
