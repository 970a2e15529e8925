"""Ids: UUID version 7 by RFC 9562, which sort by time."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.ids import new_id

NOW_MS = 1_795_132_800_000
INSTANTS = st.integers(0, (1 << 48) - 1)


@given(INSTANTS)
def test_id_is_a_uuid_of_version_7_with_its_instant(ms: int) -> None:
    text = new_id(ms)
    read = uuid.UUID(text)
    assert str(read) == text
    assert read.version == 7
    assert read.variant == uuid.RFC_4122
    assert read.int >> 80 == ms


@given(INSTANTS, INSTANTS)
def test_ids_sort_by_time(one: int, other: int) -> None:
    if one != other:
        assert (new_id(one) < new_id(other)) == (one < other)


def test_ids_of_one_instant_differ() -> None:
    assert len({new_id(NOW_MS) for _ in range(10_000)}) == 10_000


def test_every_random_bit_of_an_id_varies() -> None:
    ids = [uuid.UUID(new_id(NOW_MS)).int for _ in range(200)]
    assert all({number >> bit & 1 for number in ids} == {0, 1} for bit in (*range(62), *range(64, 76)))
