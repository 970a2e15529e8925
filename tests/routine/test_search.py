"""What a search finds, in which order, and the reasons it gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.routine.catalogue import ExerciseCard, RoutineCard, make_card, make_cards, make_exercise_card
from stretch_coach.routine.library import Library
from stretch_coach.routine.search import Hits, search, spans

TUCK = ExerciseCard("chin-tuck", "Chin tuck", ("neck glide",), ("deep neck flexors",))
SHRUG = ExerciseCard("shrug", "Shrug", (), ("upper trapezius",))
ROLLS = ExerciseCard("rolls", "Shoulder rolls", (), ("trapezius", "lets everything around the neck go"))
ALONE = ExerciseCard("alone", "Wall angels", (), ("lower trapezius",))


def routine(title: str, *exercises: ExerciseCard, purpose: str = "", tags: tuple[str, ...] = ()) -> RoutineCard:
    flags = {"has_warning_signs": False, "locked": False, "bundled": True}
    return RoutineCard(title.lower(), title, purpose, 60, "all", tags, **flags, exercises=exercises)


def found(hits: Hits) -> list[str]:
    return [hit.card.id for hit in (*hits.routines, *hits.exercises)]


def library_hits(library: Library, query: str) -> Hits:
    return search(query, make_cards(library), map(make_exercise_card, library.exercises.values()))


@pytest.mark.parametrize("query", ["micro", "MICRO-break", "one micro", "break ONE"])
def test_search_finds_a_title_in_any_order_and_case(library: Library, query: str) -> None:
    [best, *_] = library_hits(library, query).routines
    assert (best.card.id, best.reason) == ("micro-break", "")


def test_search_ranks_title_before_purpose_before_exercise_before_muscle_before_tag() -> None:
    cards = [
        routine("Tagged", tags=("neck",)),
        routine("Muscle", ExerciseCard("e", "Nod", (), ("neck flexors",))),
        routine("Exercise", ExerciseCard("f", "Neck turn", (), ())),
        routine("Purpose", purpose="a stiff neck"),
        routine("Neck"),
    ]
    assert found(search("neck", cards)) == ["neck", "purpose", "exercise", "muscle", "tagged"]


def test_search_for_a_muscle_prefers_the_routine_that_has_most_of_it_and_names_the_exercises() -> None:
    cards = [routine("Mixed", SHRUG, TUCK, TUCK), routine("Tops", SHRUG, ROLLS)]
    [first, second] = search("trap", cards).routines
    assert (first.card.id, first.reason) == ("tops", "Trapezius: Shoulder rolls, Shrug")
    assert (second.card.id, second.reason) == ("mixed", "Upper trapezius: Shrug")


def test_search_for_a_muscle_prefers_the_exercise_that_is_for_fewer_others(library: Library) -> None:
    assert library_hits(library, "levator").exercises[0].card.id == "levator-stretch"


def test_search_finds_exercises_that_no_routine_has() -> None:
    hits = search("trap", [routine("Tops", SHRUG)], [ALONE, SHRUG])
    assert found(hits) == ["tops", "shrug", "alone"]
    assert hits.exercises[1].reason == "Lower trapezius"


def test_search_finds_every_routine_that_names_what_is_typed(library: Library) -> None:
    hits = library_hits(library, "trap")
    having = {card.id for card in make_cards(library) if "trap" in repr((card.title, card.purpose, card.exercises))}
    assert {hit.card.id for hit in hits.routines} >= {
        card.id
        for card in make_cards(library)
        if any("trap" in target for one in card.exercises for target in one.targets)
    }
    assert {hit.card.id for hit in hits.routines} <= having
    assert all("trap" in hit.reason.casefold() for hit in hits.routines)


def test_search_gives_another_name_with_the_name() -> None:
    assert search("glide", [routine("Tucks", TUCK)]).routines[0].reason == "With Chin tuck (neck glide)"


@given(st.text(), st.text())
def test_longer_search_never_finds_more(library: Library, query: str, more: str) -> None:
    if query.split():
        assert set(found(library_hits(library, f"{query} {more}"))) <= set(found(library_hits(library, query)))


@given(st.sampled_from(["neck", "chin", "trap", "desk", "evening", "shoulder roll", "o"]))
def test_every_hit_shows_a_word_that_matched(library: Library, query: str) -> None:
    for hit in (*(hits := library_hits(library, query)).routines, *hits.exercises):
        title = hit.card.title if isinstance(hit.card, RoutineCard) else hit.card.name
        assert any(word in f"{title} {hit.reason}".casefold() for word in query.split())


def test_empty_search_finds_all_routines_and_no_exercise(library: Library) -> None:
    hits = library_hits(library, "  ")
    assert len(hits.routines) == len(library.routines)
    assert hits.exercises == ()


@given(st.text(max_size=30), st.text(max_size=5))
def test_spans_are_inside_the_text(text: str, query: str) -> None:
    for start, end in spans(text, query):
        assert 0 <= start < end <= len(text)
        assert text[start:end].casefold() in query.casefold()


def test_exercise_card_says_what_the_exercise_says(library: Library) -> None:
    exercise = library.exercises["chin-tuck"]
    assert make_exercise_card(exercise) in make_card(library.routines["micro-break"]).exercises
