"""Which rows are wanted."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_import.choice import Condition, fold, hold, select, spread
from contact_import.models import Frame


def frame(*cells, surplus=None):
    return Frame(np.arange(2, 2 + len(cells)), pd.DataFrame(list(cells), dtype=object), surplus or {})


def says(column, *values):
    return Condition(column, frozenset(map(fold, values)))


TOWNS = frame(("Asha", "Pune"), ("Bela", " PUNE "), ("Carl", "Delhi"), ("Dev", ""), ("Esha", "New  Delhi"))


@pytest.mark.parametrize(
    ("conditions", "rows"),
    [
        pytest.param([], [2, 3, 4, 5, 6], id="none: all"),
        pytest.param([says(1, "pune")], [2, 3], id="case and space around do not matter"),
        pytest.param([says(1, "Delhi", "Pune")], [2, 3, 4], id="one of several values"),
        pytest.param([says(1, "new delhi")], [6], id="runs of spaces are one"),
        pytest.param([says(1, "Pune"), says(0, "Bela")], [3], id="all of several columns"),
        pytest.param([says(1, "Agra")], [], id="nobody"),
    ],
)
def test_rows_are_wanted_where_all_conditions_hold(conditions, rows):
    assert TOWNS.rows[hold(TOWNS, conditions)].tolist() == rows


def test_what_is_selected_keeps_its_numbers_and_its_surplus_cells():
    before = frame(("a",), ("b",), ("c",), ("d",), surplus={0: ("x",), 2: ("y", "z")})

    after = select(before, np.array([False, True, True, False]))

    assert after.rows.tolist() == [3, 4]
    assert after.cells.values.tolist() == [["b"], ["c"]]
    assert after.cells.index.tolist() == [0, 1]
    assert after.surplus == {1: ("y", "z")}


@pytest.mark.parametrize(
    ("rows", "limit", "sample", "taken"),
    [
        pytest.param(10, None, None, None, id="no wish: all"),
        pytest.param(10, 3, None, [0, 1, 2], id="the first three"),
        pytest.param(10, 10, None, None, id="a limit that is no limit"),
        pytest.param(10, None, 3, [0, 3, 6], id="three, spread"),
        pytest.param(10, None, 20, None, id="more than there are: all"),
        pytest.param(10, 2, 5, [0, 2], id="the first two of five"),
        pytest.param(0, 5, 5, None, id="an empty list"),
    ],
)
def test_a_few_rows_are_the_first_ones_or_spread(rows, limit, sample, taken):
    found = spread(rows, limit=limit, sample=sample)

    assert (None if found is None else found.tolist()) == taken


@given(st.integers(1, 10**7), st.integers(1, 500))
def test_a_sample_has_as_many_rows_as_asked_for_at_even_distances(rows, count):
    found = spread(rows, sample=count)

    if found is None:
        assert count >= rows
        return
    assert len(found) == count
    assert found[0] == 0
    assert found[-1] < rows
    steps = np.diff([*found, rows])
    assert steps.max() - steps.min() <= 1
