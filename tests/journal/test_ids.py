"""Ids: UUID version 7, as RFC 9562 lays it out, so that they sort by time."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.ids import new_id

NOW_MS = 1_795_132_800_000
INSTANTS = st.integers(0, (1 << 48) - 1)


@given(INSTANTS)
def test_it_is_a_uuid_of_version_7_with_its_instant_in_front(ms: int) -> None:
    text = new_id(ms)
    read = uuid.UUID(text)
    assert str(read) == text
    assert read.version == 7
    assert read.variant == uuid.RFC_4122
    assert read.int >> 80 == ms


@given(INSTANTS, INSTANTS)
def test_as_text_they_sort_by_time(one: int, other: int) -> None:
    if one != other:
        assert (new_id(one) < new_id(other)) == (one < other)


def test_those_of_one_instant_differ() -> None:
    assert len({new_id(NOW_MS) for _ in range(10_000)}) == 10_000


@pytest.mark.parametrize("bit", [*range(62), *range(64, 76)])
def test_every_random_bit_is_random(bit: int) -> None:
    assert {uuid.UUID(new_id(NOW_MS)).int >> bit & 1 for _ in range(200)} == {0, 1}
