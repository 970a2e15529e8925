"""The body map: its places by name, and the muscles that people feel there."""

import pytest

from stretch_coach.errors import CoachError
from stretch_coach.guide.body_map import BodyMap, felt_muscles, load_body_map
from stretch_coach.paths import bundled_routines


@pytest.fixture(scope="module")
def body_map() -> BodyMap:
    return load_body_map(bundled_routines())


@pytest.mark.parametrize("name", ["side of the neck", "Side of the Neck", "side-of-neck", "side of neck", "side"])
def test_a_zone_is_found_by_its_label_its_id_and_by_words_that_only_it_has(body_map: BodyMap, name: str) -> None:
    assert body_map.zone(name).id == "side-of-neck"


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("neck", 'could be several places. Write "back of the neck" or'),
        ("templ", 'Did you mean "temple"?'),
        ("", "Write"),
    ],
)
def test_an_unclear_place_is_refused_with_what_to_write(body_map: BodyMap, name: str, problem: str) -> None:
    with pytest.raises(CoachError) as refused:
        body_map.zone(name)
    assert problem in str(refused.value)


def test_muscles_with_more_main_zones_come_first(body_map: BodyMap) -> None:
    felt = felt_muscles(body_map, [body_map.zone("temple"), body_map.zone("brow")])
    assert [one.weight for one in felt] == sorted((one.weight for one in felt), reverse=True)
    assert (felt[0].muscle.id, felt[0].weight) == ("temporalis", 4)
    assert [zone.id for zone in felt[0].zones] == ["temple", "brow"]


def test_a_zone_without_suggestions_has_no_muscles(body_map: BodyMap) -> None:
    assert felt_muscles(body_map, [body_map.zone("arm and hand")]) == []
