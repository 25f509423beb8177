"""Halving: of a refused batch exactly the bad rows are rejected, all others are sent, and it costs what it must."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import Ended, Platform, examples, folder_in_memory, session


def phone(index: int) -> str:
    return f"98{10_000_000 + index:08d}"


def halved(rows: int, bad: list[set[int]]) -> list[int]:
    """Send batches of *rows* rows, those in *bad* refused; check what became of each; return the requests for each."""
    canary = 1 + min(10, rows)
    table = [("Asha", phone(index)) for index in range(canary + rows * len(bad))]
    refused = {canary + number * rows + index for number, places in enumerate(bad) for index in places}
    platform, ended = Platform(frozenset(f"91{phone(index)}" for index in refused)), Ended()
    with folder_in_memory() as folder:
        _, stop = session(table, platform, Path(folder) / "j", batch=rows, sinks=[ended], max_reject=100.0)
    assert stop.reason is None
    assert {row - 2 for row, end in ended.outcomes.items() if end == "rejected"} == refused
    assert platform.stored.keys() == {f"91{number}" for _, number in table} - platform.refuse
    assert [len(numbers) for numbers in platform.receipts[:2]] == [1, canary - 1]
    places = {f"91{number}": index for index, (_, number) in enumerate(table)}
    cost = Counter((places[numbers[0]] - canary) // rows for numbers in platform.receipts[2:])
    return [cost[number] for number in range(len(bad))]


def most(rows: int, bad: int) -> int:
    """Return the most requests that halving takes: 2k·log2(n/k) + 2k - 1, with n rounded up to a power of two."""
    whole = 2 ** math.ceil(math.log2(rows))
    return math.floor(2 * bad * math.log2(whole / bad) + 2 * bad - 1 + 1e-6) if bad else 1


subsets = st.integers(1, 64).flatmap(
    lambda rows: st.tuples(st.just(rows), st.lists(st.sets(st.integers(0, rows - 1)), min_size=1, max_size=6))
)


@settings(max_examples=examples(120))
@given(subsets)
def test_of_a_refused_batch_exactly_the_bad_rows_are_rejected_within_the_known_cost(case):
    rows, bad = case
    for cost, places in zip(halved(rows, bad), bad, strict=True):
        assert cost <= most(rows, len(places))


@pytest.mark.parametrize("rows", [1, 2, 3, 4, 5, 6])
def test_every_subset_of_a_small_batch_is_found(rows):
    bad = [
        {index for index in range(rows) if chosen[index]} for chosen in itertools.product([False, True], repeat=rows)
    ]
    assert all(cost <= most(rows, len(places)) for cost, places in zip(halved(rows, bad), bad, strict=True))


def test_of_two_rows_the_one_that_the_platform_breaks_on_is_rejected_alone():
    table = [("Asha", phone(index)) for index in range(13)]
    platform, ended = Platform(breaks_on=frozenset({f"91{phone(12)}"})), Ended()
    with folder_in_memory() as folder:
        _, stop = session(table, platform, Path(folder) / "j", sinks=[ended])
    assert (stop.reason, ended.blamed) == (None, [14])
    assert {row for row, end in ended.outcomes.items() if end == "accepted"} == set(range(2, 14))


@pytest.mark.parametrize(
    ("rows", "bad", "cost"),
    [
        pytest.param(100, 0, 1, id="B1-none"),
        pytest.param(100, 1, 15, id="B1-one"),
        pytest.param(100, 100, 199, id="B2-all"),
        pytest.param(64, 1, 13, id="one of a power of two"),
    ],
)
def test_what_halving_costs_at_most(rows, bad, cost):
    assert halved(rows, [set(range(bad))]) <= [cost]
