from dataclasses import asdict

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import SUPPORTED_REGIONS, PhoneNumberType, example_number_for_type, national_significant_number

from contact_import.phones import DATA_VERSION, Evidence, Phone, normalise, normalise_column, survey
from contact_import.phones.rules import RULES

SENT = {"S", "N", "W"}


def test_a_column_comes_back_as_text_in_order():
    frame = normalise_column(pd.Series(["+91 98765 43210", "", "+39 06 1234 5678"], index=[7, 8, 9]))
    expected = pd.DataFrame(
        [
            ("91", "9876543210", "mobile", "IN", "S", "international", ""),
            ("", "", "", "", "R", "phone-blank", ""),
            ("39", "0612345678", "fixed-line", "IT", "W", "landline", ""),
        ],
        columns=["prefix", "number", "type", "region", "level", "rule", "suggestion"],
        dtype=object,
    )
    pd.testing.assert_frame_equal(frame, expected)


def test_an_empty_column_shows_nothing():
    assert normalise_column([]).shape == (0, 7)
    assert survey([]) == Evidence()


def test_the_numbering_plans_have_a_version():
    assert DATA_VERSION.split(".")[0].isdigit()


def test_a_column_of_idle_pluses_is_held_whole():
    column = ["+9876543210", "+9123456789", "+6591234567"]  # the last one is a mobile of Singapore, as it stands
    frame = normalise_column(column, region="IN", evidence=survey(column, region="IN"))
    assert frame["rule"].tolist() == ["phone-plus-national"] * 3


def test_evidence_of_two_halves_is_that_of_the_whole():
    column = ["+919123456789", "+9876543210", "919877000000", "+447911123456", "0091 9123456789", "x", "+1"]
    whole = survey(column, region="IN")
    assert survey(column[:3], region="IN") + survey(column[3:], region="IN") == whole
    assert whole == Evidence(
        international=5, codes=((44, 1), (91, 2)), plus_national=1, own_code=2, trailing_zeros=1, cells=7
    )


# Laws. The numbers are real ones of every country, written as people write them, then damaged.

EXAMPLES = [
    (region, number.country_code, national_significant_number(number))
    for region in sorted(SUPPORTED_REGIONS)
    for kind in PhoneNumberType.values()
    if (number := example_number_for_type(region, kind))
]
COLUMN = survey(["+919123456789", "+4915123456789", "+6591234567", "919877000000", "919876000000"])


@st.composite
def numbers(draw):
    region, code, national = draw(st.sampled_from(EXAMPLES))
    changed = draw(st.integers(0, 3))
    if changed:
        national = national[:-changed] + draw(st.text("0123456789", min_size=changed, max_size=changed))
    leads = ["", "0", "00", "+", f"+{code}", f"{code}", f"00{code}", f"+{code}{code}", f"0{code}", f"+{code}0"]
    lead, lost = draw(st.sampled_from(leads)), draw(st.sampled_from([0, 0, 0, 1]))
    tail = draw(st.sampled_from(["", "", "", ".0", " ext 5", " / 9876543210", " Ramesh"]))
    return lead + national[lost:] + tail, region


@settings(max_examples=500)
@given(numbers(), st.sampled_from(["", "", "IN", "DE", "US"]), st.sampled_from([Evidence(), COLUMN]))
def test_what_was_accepted_is_accepted_again_as_it_is(number, other, evidence):
    cell, region = number
    first = normalise(cell, region=other or region, evidence=evidence)
    if first.level not in SENT:
        return
    again = normalise(f"+{first.prefix}{first.number}")
    assert len(first.prefix + first.number) <= 15
    assert (again.prefix, again.number) == (first.prefix, first.number)
    assert (again.type, again.region) == (first.type, first.region)
    by_kind = {"fixed-line": "W", "voip": "N", "personal-number": "N"}
    assert again.level == ("N" if again.rule == "br-legacy" else by_kind.get(again.type, "S"))


@settings(max_examples=300)
@given(numbers())
def test_what_is_sent_can_be_read_off_the_cell(number):
    cell, region = number
    phone = normalise(cell, region=region, evidence=COLUMN)
    if phone.level == "S":
        assert "".join(filter(str.isdigit, cell)).endswith(phone.number) or phone.rule == "plan-rule"


CELLS = st.one_of(
    numbers().map(lambda number: number[0]),
    st.text(max_size=40),
    st.text(st.characters(categories=["Cs", "Nd", "No", "Sc", "So", "Cf", "Zs", "Cc"]), max_size=30),
    st.text("0123456789+-. ()/,;:|exX*#@'=٣９\n\x00", max_size=30),
    st.from_regex(r"[0-9]{1,20}([eE.][0-9]{1,3})?", fullmatch=True),
)
PREFIX = st.sampled_from(["", "91", "49", "1242", "x", "022", "\ud800"])
COUNTRY = st.sampled_from(["", "IN", "Brasil", "MX", "Wakanda"])


@settings(max_examples=150)
@given(st.lists(st.tuples(CELLS, PREFIX, COUNTRY), min_size=1, max_size=12), st.sampled_from([None, "IN", "DE", "MX"]))
def test_a_column_is_its_cells_one_by_one(sheet, region):
    cells, prefixes, countries = map(list, zip(*sheet, strict=True))
    evidence = survey(cells, prefixes=prefixes, countries=countries, region=region)
    frame = normalise_column(cells, prefixes=prefixes, countries=countries, region=region, evidence=evidence)
    singly = [
        normalise(cell, prefix=prefix, country=country, region=region, evidence=evidence)
        for cell, prefix, country in sheet
    ]
    assert [Phone(*row) for row in frame.itertuples(index=False)] == singly


@settings(max_examples=400)
@given(CELLS, st.sampled_from([None, "IN", "DE", "GA"]))
def test_any_text_has_an_answer_and_only_what_is_sent_has_a_number(cell, region):
    phone = asdict(normalise(cell, region=region))
    assert all(isinstance(value, str) for value in phone.values())
    assert bool(phone["prefix"]) == bool(phone["number"]) == (phone["level"] in SENT)
    assert phone["rule"] in {rule.code for rule in RULES}
