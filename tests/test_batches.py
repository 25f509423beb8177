"""Batches are cut in order, within their bounds, and nothing falls between two of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_import import api
from contact_import.api import History
from contact_import.batches import Batch, Stock
from contact_import.models import Frame
from contact_import.pipeline import Chunk

MILLION = 1_000_000


def chunk(start: int, contacts: list[bytes], step: int = 1) -> Chunk:
    """Return a chunk whose pending rows are every *step*-th; the phone of a row is its position, and a million."""
    positions = np.arange(start, start + step * len(contacts), step, dtype=np.int64)
    blank = pd.DataFrame(index=range(step * len(contacts)))
    return Chunk(start, 0, Frame(positions + 2, blank), blank, positions, tuple(contacts), positions + MILLION)


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
    while supply:
        batch = supply.take(rows, max_bytes, 0)
        assert 1 <= len(batch) <= rows
        assert batch.size == len(api.body(batch.contacts))
        assert batch.size <= max_bytes or len(batch) == 1
        assert batch.phones.tolist() == (batch.positions + MILLION).tolist()
        got += zip(batch.positions.tolist(), batch.contacts, strict=True)
        if supply and len(batch) < rows:
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
    assert len(supply.take(rows, max_bytes, 0)) == taken
    assert supply.fresh == 4 - taken


def test_a_batch_crosses_chunks():
    supply = stock(chunk(0, [b"a", b"b"]), chunk(7, [b"c", b"d"]))
    assert listed(supply.take(3, 100, 0)) == ([0, 1, 7], (b"a", b"b", b"c"))
    assert listed(supply.take(3, 100, 0)) == ([8], (b"d",))


@pytest.mark.parametrize("count", [2, 3, 4, 7, 100, 101])
def test_halves_are_the_whole_in_order_and_neither_is_empty(count):
    batch = stock(chunk(3, [bytes([65 + index % 26]) for index in range(count)])).take(count, 10_000, 0)
    first, second = batch.halves()
    assert 0 <= len(second) - len(first) <= 1
    assert len(first) > 0
    assert first.positions.tolist() + second.positions.tolist() == batch.positions.tolist()
    assert first.contacts + second.contacts == batch.contacts
    assert [part.phones.tolist() for part in (first, second)] == [
        (part.positions + MILLION).tolist() for part in (first, second)
    ]
    assert listed(first.cut(len(first))[0]) == listed(first)


# What comes back ------------------------------------------------------------


def batch(start: int, rows: int, history: History | None = None) -> Batch:
    found = stock(chunk(start, [b"x"] * rows)).take(rows, 10_000, 0)
    return replace(found, history=history or History())


def order(supply: Stock, rows: float, accepted: int = 0) -> list[list[int]]:
    """Take all there is, and return the positions of each batch."""
    found = []
    while supply:
        found.append(supply.take(rows, 10_000, accepted).positions.tolist())
    return found


OFTEN = History(failures=3, first=5, last=5)


def test_what_comes_back_goes_first_and_what_is_put_behind_goes_after_that():
    supply = stock(chunk(0, [b"x"] * 2))
    supply.put_back(batch(10, 1), batch(20, 1))
    supply.put_behind(batch(30, 1))
    supply.put_back(batch(40, 1))
    assert order(supply, 9) == [[40], [10], [20], [30], [0, 1]]


def test_what_failed_often_lets_others_go_first_until_some_of_them_got_through():
    for accepted, wanted in ((5, [[0, 1], [10], [20]]), (6, [[10], [20], [0, 1]])):
        supply = stock(chunk(0, [b"x"] * 2))
        supply.put_back(batch(10, 1, OFTEN), batch(20, 1, OFTEN))
        assert order(supply, 9, accepted) == wanted


@pytest.mark.parametrize("accepted", [5, 6])
def test_a_batch_that_is_larger_than_there_is_room_for_is_cut(accepted):
    supply = Stock()
    supply.put_back(batch(10, 5, OFTEN))
    supply.put_behind(batch(30, 1))
    first = supply.take(2, 10_000, accepted)
    assert first.positions.tolist() == ([30] if accepted == 5 else [10, 11])
    assert order(supply, 2, accepted) == ([[10, 11], [12, 13], [14]] if accepted == 5 else [[12, 13], [14], [30]])


def test_the_parts_of_a_batch_have_its_history_and_its_halves_none():
    whole = batch(0, 5, OFTEN)
    assert [part.history for part in whole.cut(2)] == [OFTEN, OFTEN]
    assert [part.history for part in whole.halves()] == [History(), History()]


def test_suspects_are_halves_that_need_one_more_failure_and_a_row_alone_needs_all():
    broken = History(failures=3, broken=3, first=5, last=7)
    small, large = (
        [(part.positions.tolist(), part.history) for part in batch(0, rows, broken).suspects()] for rows in (2, 5)
    )
    assert small == [([place], History(0, 0, 7, 7, others=False, lately=False)) for place in (0, 1)]
    assert large == [(places, History(0, 2, 7, 7, others=False, lately=False)) for places in ([0, 1], [2, 3, 4])]
