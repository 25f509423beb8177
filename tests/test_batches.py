"""Batches are cut in order, within their bounds, and nothing falls between two of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_import import api
from contact_import.batches import Batch, Stock
from contact_import.models import Frame
from contact_import.pipeline import Chunk


def chunk(start: int, contacts: list[bytes], step: int = 1) -> Chunk:
    """Return a chunk whose pending rows are every *step*-th."""
    positions = np.arange(start, start + step * len(contacts), step, dtype=np.int64)
    blank = pd.DataFrame(index=range(step * len(contacts)))
    return Chunk(start, 0, Frame(positions + 2, blank), blank, positions, tuple(contacts), positions)


def stock(*chunks: Chunk) -> Stock:
    found = Stock()
    for each in chunks:
        found.add(each)
    return found


def listed(batch: Batch) -> tuple[list[int], tuple[bytes, ...]]:
    return batch.positions.tolist(), batch.contacts


contacts = st.lists(st.binary(min_size=1, max_size=30), max_size=30)


@given(st.lists(contacts, max_size=4), st.integers(1, 3), st.integers(1, 12), st.integers(3, 100))
def test_batches_hold_all_rows_in_order_within_both_bounds(parts, step, rows, max_bytes):
    supply, start, wanted = Stock(), 0, []
    for part in parts:
        supply.add(chunk(start, part, step))
        wanted += zip(range(start, start + step * len(part), step), part, strict=True)
        start += step * len(part)
    got = []
    while len(supply):
        batch = supply.take(rows, max_bytes)
        assert 1 <= len(batch) <= rows
        assert batch.size == len(api.body(batch.contacts))
        assert batch.size <= max_bytes or len(batch) == 1
        got += zip(batch.positions.tolist(), batch.contacts, strict=True)
        if len(supply) and len(batch) < rows:
            (_, following), *_ = wanted[len(got) :]
            assert batch.size + len(following) + 1 > max_bytes, "it could have held one more"
    assert got == wanted


@pytest.mark.parametrize(
    ("rows", "max_bytes", "taken"),
    [
        pytest.param(2, 1000, 2, id="rows"),
        pytest.param(9, 1000, 4, id="all there is"),
        pytest.param(9, 10, 2, id="just room for two"),  # [aaa,bbb,] is 2 brackets, 1 comma and 6 bytes, and so 9
        pytest.param(9, 9, 2, id="exactly two"),
        pytest.param(9, 8, 1, id="a byte short of two"),
        pytest.param(9, 1, 1, id="one at least"),
    ],
)
def test_a_batch_ends_at_the_first_bound_it_meets(rows, max_bytes, taken):
    supply = stock(chunk(5, [b"aaa", b"bbb", b"ccc", b"ddd"]))
    assert len(supply.take(rows, max_bytes)) == taken
    assert len(supply) == 4 - taken


def test_a_batch_crosses_chunks():
    supply = stock(chunk(0, [b"a", b"b"]), chunk(7, [b"c", b"d"]))
    assert listed(supply.take(3, 100)) == ([0, 1, 7], (b"a", b"b", b"c"))
    assert listed(supply.take(3, 100)) == ([8], (b"d",))


@pytest.mark.parametrize("count", [2, 3, 4, 7, 100, 101])
def test_halves_are_the_whole_in_order_and_neither_is_empty(count):
    batch = stock(chunk(3, [bytes([65 + index % 26]) for index in range(count)])).take(count, 10_000)
    first, second = batch.halves()
    assert 0 <= len(second) - len(first) <= 1
    assert len(first) > 0
    assert first.positions.tolist() + second.positions.tolist() == batch.positions.tolist()
    assert first.contacts + second.contacts == batch.contacts
