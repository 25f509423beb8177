"""What a screen may show of a cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_import.masking import mask


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("+91 98123 00101", "+91 ••••• •••01", id="a phone"),
        pytest.param("9812300219 Ramesh", "98••••••19 xxxxxx", id="a name beside it"),
        pytest.param("98123", "•••••", id="too short to keep any"),
        pytest.param("९८१२३००२१४", "९८••••••१४", id="other digits"),
        pytest.param("a\x1b[31m\u202eb", "x [••x x", id="controls"),
        pytest.param("1" * 50, "11" + "•" * 38 + "…", id="long"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_shape_stays_and_the_person_goes(text, expected):
    assert mask(text) == expected


@given(st.text())
def test_no_letter_and_no_more_than_four_digits_are_left(text):
    masked = mask(text)
    assert sum(letter.isdigit() for letter in masked) <= 4
    assert {letter for letter in masked if letter.isalpha()} <= {"x"}
    assert masked.isprintable()
