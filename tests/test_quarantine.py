"""A row that we fail at costs that row; a fault that is not about rows stops everything, as it should."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_import.errors import Interrupted
from contact_import.models import Frame, Mapping
from contact_import.prepare import Rules
from contact_import.quarantine import SYSTEMIC, contained


def frame(count: int) -> Frame:
    rows = np.arange(2, count + 2, dtype=np.int64)
    return Frame(rows, pd.DataFrame({0: [f"cell {row}" for row in rows]}, dtype=object), {0: ("surplus",)})


def failing_at(*bad: int, fault: type[BaseException] = ZeroDivisionError):
    """Return a stand-in for the preparing of rows that fails wherever one of the *bad* row numbers is."""

    def prepare(frame: Frame, mapping: Mapping, rules: Rules) -> pd.DataFrame:
        if set(bad) & set(frame.rows.tolist()):
            raise fault(f"cell {bad[0]}")
        names = frame.cells[0].tolist()
        columns = {"outcome": "ready", "reason": "", "name": names, "tags": [("t",)] * len(names), "prefix": "91"}
        return pd.DataFrame({"row": frame.rows, **columns})

    return prepare


def ended(count: int, *bad: int) -> pd.DataFrame:
    return contained(failing_at(*bad), frame(count), Mapping(()), Rules())


@given(
    st.integers(2, 60).flatmap(lambda count: st.tuples(st.just(count), st.sets(st.integers(3, count + 1), max_size=4)))
)
def test_each_row_that_fails_is_left_alone_and_the_others_are_as_they_would_be(case):
    count, bad = case
    sheet, sound = ended(count, *bad), ended(count)
    assert sheet["row"].tolist() == sound["row"].tolist()
    good = ~sheet["row"].isin(bad)
    pd.testing.assert_frame_equal(sheet[good], sound[good])
    assert set(sheet.loc[~good, "outcome"]) <= {"not_sent"}
    assert sheet.loc[~good, ["name", "tags", "prefix"]].to_numpy().tolist() == [["", "", ""]] * len(bad)


def test_the_reason_names_our_fault_and_its_place_and_no_cell():
    (reason,) = ended(3, 3).loc[1, ["reason"]]
    assert reason.startswith("quarantined: this program fails at this row (ZeroDivisionError at test_quarantine.py:")
    assert "cell" not in reason


@pytest.mark.parametrize("count", [1, 3, SYSTEMIC, 200])
def test_where_every_row_fails_it_is_not_about_the_rows(count):
    with pytest.raises(ZeroDivisionError):
        ended(count, *range(2, count + 2))


def test_where_the_first_few_rows_all_fail_nothing_more_is_tried():
    tried = []

    def prepare(frame: Frame, mapping: Mapping, rules: Rules) -> pd.DataFrame:
        tried.append(len(frame.rows))
        raise KeyError("cell")

    with pytest.raises(KeyError):
        contained(prepare, frame(4096), Mapping(()), Rules())
    assert tried.count(1) == SYSTEMIC
    assert len(tried) < 30


@pytest.mark.parametrize("fault", [OSError, MemoryError, KeyboardInterrupt])
def test_what_no_row_is_at_fault_of_is_raised_at_once(fault):
    with pytest.raises(fault):
        contained(failing_at(3, fault=fault), frame(5), Mapping(()), Rules())


def test_a_signal_is_no_fault():
    def prepare(frame: Frame, mapping: Mapping, rules: Rules) -> pd.DataFrame:
        raise Interrupted(15)

    with pytest.raises(Interrupted):
        contained(prepare, frame(5), Mapping(()), Rules())
