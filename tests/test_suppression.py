"""The numbers that nobody may be reached at."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_import.intake import unread
from contact_import.models import Layout
from contact_import.suppression import NOBODY, suppression

ASHA, BELA, CARL = 919812300101, 919812300102, 27821234567


def listed(*phones, unread=()):
    return suppression(np.array(phones, np.int64), unread)


@pytest.mark.parametrize(
    ("cell", "held"),
    [
        pytest.param("9812300101", [ASHA], id="the number as it is at home"),
        pytest.param("09812300101", [ASHA], id="with the zero that leads from home"),
        pytest.param("98123 00101 / 98123 00102", [ASHA, BELA], id="two in a cell"),
        pytest.param("٩٨١٢٣٠٠١٠١", [ASHA], id="other digits"),
        pytest.param("2300101", [ASHA], id="seven digits are enough to leave somebody out"),
        pytest.param("300101", [], id="six are not"),
        pytest.param("asha@example.com", [], id="no number"),
        pytest.param("+27 (0)82-123", [], id="a piece of a number"),
        pytest.param("0821234567", [CARL], id="the same end behind another zero"),
        pytest.param("8123001010", [], id="the digits in the middle of a number do not count"),
    ],
)
def test_a_number_that_was_not_read_counts_by_its_end(cell, held):
    found = listed(unread=[cell])
    phones = np.array([ASHA, BELA, CARL], np.int64)

    assert phones[found.holds(phones)].tolist() == held


@given(st.sets(st.integers(10**7, 10**15 - 1)), st.lists(st.integers(10**7, 10**15 - 1)))
def test_a_list_of_read_numbers_holds_these_and_no_others(phones, asked):
    found = listed(*phones)

    assert found.holds(np.array(asked, np.int64)).tolist() == [phone in phones for phone in asked]


def test_lists_are_told_apart_by_what_they_hold():
    one, other = listed(ASHA, BELA), listed(BELA, ASHA, ASHA)

    assert one.digest == other.digest
    assert len({one.digest, listed(ASHA).digest, listed(ASHA, unread=["9812300102"]).digest, NOBODY.digest}) == 4
    assert (bool(NOBODY), NOBODY.digest) == (False, "")


READ = "only the sheet Pune is read, and not {}; --sheet names another"
NOES = "the sheet {} may list people who want no messages; save it as a file of its own, and add --suppress FILE"


@pytest.mark.parametrize(
    ("others", "told"),
    [
        pytest.param((), (), id="one sheet"),
        pytest.param(("Delhi", "Agra"), (READ.format("Delhi, Agra"),), id="other lists"),
        *(
            pytest.param((name,), (READ.format(name), NOES.format(name)), id=name)
            for name in ("Opt out", "DND", "Unsubscribed", "Do not contact", "Blocked", "Descadastrados")
        ),
    ],
)
def test_sheets_that_are_not_read_are_named_and_lists_of_noes_are_told(others, told):
    assert unread(Layout("xlsx", ("Mobile",), 1, sheet="Pune", sheets=("Pune", *others))) == told
