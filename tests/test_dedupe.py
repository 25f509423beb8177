"""Which row had a phone first, against a dictionary."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_import.dedupe import Firsts

keys = st.integers(0, 30) | st.integers(10**14, 10**18)


def ask(firsts: Firsts, keys: list[int], places: list[int]) -> list[int]:
    return firsts.place(np.array(keys, np.int64), np.array(places, np.int64)).tolist()


@given(st.lists(st.lists(keys, max_size=40), max_size=12), st.integers(0, 1 << 40))
def test_every_key_is_told_where_it_stood_first(chunks, start):
    firsts, known, place = Firsts(), {}, start
    for chunk in chunks:
        places = list(range(place, place + len(chunk)))
        place += len(chunk)
        expected = [known.setdefault(key, here) for key, here in zip(chunk, places, strict=True)]
        assert ask(firsts, chunk, places) == expected


@pytest.mark.parametrize(
    ("chunks", "expected"),
    [
        pytest.param([([], [])], [[]], id="nothing"),
        pytest.param([([7, 7, 7], [2, 3, 4])], [[2, 2, 2]], id="within a chunk"),
        pytest.param([([7], [2]), ([7], [3]), ([8, 7], [4, 5])], [[2], [2], [4, 2]], id="between chunks"),
        pytest.param([([9], [2]), ([1], [3]), ([9, 1], [4, 5])], [[2], [3], [2, 3]], id="smaller key later"),
        pytest.param([([5], [2]), ([5], [1 << 40])], [[2], [2]], id="another file"),
    ],
)
def test_the_first_place_wins(chunks, expected):
    firsts = Firsts()
    assert [ask(firsts, *chunk) for chunk in chunks] == expected


def test_a_million_keys_in_chunks_are_all_found_again():
    firsts = Firsts()
    all_keys = np.random.default_rng(1).permutation(1_000_000).astype(np.int64)
    for start in range(0, len(all_keys), 5_000):
        part = all_keys[start : start + 5_000]
        assert (firsts.place(part, np.arange(start, start + 5_000)) == np.arange(start, start + 5_000)).all()
    assert (firsts.place(all_keys, np.arange(len(all_keys)) + len(all_keys)) == np.arange(len(all_keys))).all()
