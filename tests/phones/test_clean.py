import time

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contact_import.phones.clean import clean
from contact_import.phones.clean.cells import clean_cell
from contact_import.phones.rules import RULES
from contact_import.phones.texts import LONGEST


def cleaned(text):
    """Digits with their plus, the rule, and the other numbers of one cell."""
    column = clean([text])
    rule = RULES[column.rule[0]].code if column.rule[0] >= 0 else ""
    return ("+" if column.plus[0] else "") + column.digits[0].decode(), rule, column.rest.get(0, ())


@pytest.mark.parametrize(
    ("text", "digits", "rule", "rest"),
    [
        ("(+91) 98765-43210", "+919876543210", "", ()),
        ("06.12.34.56.78", "0612345678", "", ()),
        ("98765.43210", "9876543210", "", ()),
        ("9876543210.5", "", "phone-signs", ()),
        ("98765 43210.0", "9876543210", "float-suffix", ()),
        ("12.5", "125", "", ()),
        ("9,87,65,43,210", "9876543210", "thousands", ()),
        ("2024-01-15 00:00:00", "", "phone-date", ()),
        ("15 Jan 2024", "", "phone-date", ()),
        ("15.01.2024", "", "phone-date", ()),
        ("#####", "", "phone-digits-lost", ()),
        ("9.1E-05", "", "phone-digits-lost", ()),
        ("9876543210x123", "9876543210", "extension", ()),
        ("97155520x858", "", "phone-masked", ()),
        ("9876543210 X", "", "phone-masked", ()),
        ("98765...", "", "phone-masked", ()),
        ("98765 ABC 43210", "", "phone-letters", ()),
        ("9876543210 O", "", "phone-letters", ()),
        ("9876543210 room 12", "", "phone-letters", ()),
        ("+91 98765 4321O", "", "phone-letters", ()),
        ("$9876543210", "", "phone-signs", ()),
        ("raj98765@gmail.com", "", "phone-email", ()),
        ("raj@gmail.com", "", "phone-email", ()),
        ("9876543210 / raj@example.com", "9876543210", "", ()),
        ("9876543210,raj@example.com", "9876543210", "", ()),
        ("9876543210 / raj9@example.com", "", "phone-email", ()),
        ("no number", "", "phone-blank", ()),
        ("📞 98765 43210", "9876543210", "label", ()),
        ("9️⃣8️⃣7️⃣6️⃣5️⃣4️⃣3️⃣2️⃣1️⃣0️⃣", "9876543210", "", ()),
        ("①②③④⑤⑥⑦⑧⑨①", "1234567891", "superscript", ()),
        ("9876543210 (m) 022-24567890 (o)", "9876543210", "phone-words", ("022-24567890 (o)",)),
        ("9876543210 (m) 022-24567890", "9876543210", "second-number-ignored", ("022-24567890",)),
        ("9876543210 papa", "9876543210", "phone-words", ()),
        ("papa 98765O4321 / 9876543210", "", "phone-letters", ()),
        ("pager 9876543210", "", "phone-type", ()),
        ("@9876543210", "", "phone-signs", ()),
        ("98765\u0336 4321\u03360", "", "phone-signs", ()),
        ("9876ー543210", "9876543210", "", ()),
        ("モー 9876543210", "9876543210", "phone-words", ()),
        ("9876543210/91/92", "9876543210", "second-number-ignored", ("91/92",)),
        ("62889 / 9876543210", "62889", "second-number-ignored", ("9876543210",)),
        ("+49/171/1234567", "+491711234567", "punctuation", ()),
        ("030/123456", "030123456", "punctuation", ()),
        ("https://wa.me/message/ABC", "", "phone-url", ()),
        ("wa.me/+919876543210?text=5", "+919876543210", "link", ()),
        ("wa.me/91 98765 43210", "+919876543210", "link", ()),
        ("wa.me/919876543210 - 98123 00101", "+919876543210", "phone-several", ("98123 00101",)),
        ("wa.me/12 wa.me/919876543210", "+12", "phone-several", ("+919876543210",)),
        ("wa.me/9198765432109198765432 98123 00101", "", "phone-long", ()),
        ("fax wa.me/919876543210 / 98123 00101", "+919876543210", "phone-words", ("98123 00101",)),
        ("WhatsApp: +91 98765 43210", "+919876543210", "", ()),
        ("\ud800", "", "phone-blank", ()),
        ("9" * 300, "", "phone-long", ()),
        ("ﷺ" * 100, "", "phone-long", ()),
        ("98765\x0043210", "9876543210", "", ()),
    ],
)
def test_a_cell_comes_to_its_digits_or_a_refusal(text, digits, rule, rest):
    assert cleaned(text) == (digits, rule, rest)


PLAIN = st.text("0123456789+-. ()", max_size=24)


@given(st.lists(PLAIN))
@example(["9876543210.0", "98765...", "98765 43210.0", "(-98765", " -98765", "0"])
@example(["+91 98765 43210", "", "(+91) 98765", "1.0", "2024-01-15", "++91 9876543210", "12+3456789"])
@example(["0000000(0", "9876543210 (12", "(0", "("])
def test_the_quick_way_and_the_careful_way_agree(texts):
    column = clean(texts)
    for row, text in enumerate(texts):
        cell = clean_cell(text)
        rule = RULES[column.rule[row]].code if column.rule[row] >= 0 else ""
        assert (column.digits[row].decode(), bool(column.plus[row]), rule) == (cell.digits, cell.plus, cell.rule), text


@given(st.lists(st.text(max_size=60)))
def test_what_comes_out_are_digits(texts):
    column = clean(texts)
    assert column.digits.dtype == np.dtype("S20")
    for digits, refused in zip(column.digits.tolist(), column.refused.tolist(), strict=True):
        assert not (digits and refused)
        assert digits == b"" or digits.isdigit()
        assert len(digits.removeprefix(b"00")) <= LONGEST


@pytest.mark.parametrize(
    "unit",
    ["1", " ", "a", "1a", "1 ", "x", "1x", ",", "1,", "9/", "+", "(", ".", "1.", "ﷺ", "ext ", "wa.me/1", "wa.me/"],
)
def test_no_cell_is_slow(unit):
    hostile = [(unit * 250)[:250], "98765" + (unit * 240)[:240] + "!", (unit * 240)[:240] + "43210", unit * 100_000]
    assert max(min(seconds(text) for _ in range(5)) for text in hostile) < 0.005


def seconds(text):
    start = time.process_time()
    clean_cell(text)
    return time.process_time() - start
