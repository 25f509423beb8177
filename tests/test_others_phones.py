"""Whose phones the columns of a list are: the contacts', or those of the people who call, refer or accompany them."""

from __future__ import annotations

import pandas as pd
import pytest

from contact_import.errors import InputProblem
from contact_import.mapping import choose

PEOPLE = ("Asha Rao", "Vikram Shah", "Meera Iyer", "Rohan Das", "Leela Nair", "Kabir Jain")
AGENTS = ("Sunil Roy", "Priya Sen", "Sunil Roy", "Priya Sen", "Sunil Roy", "Priya Sen")
OWN = tuple(f"98123000{n:02}" for n in (11, 27, 34, 48, 59, 62))
SECOND = tuple(f"98764000{n:02}" for n in (15, 21, 38, 44, 53, 66))
FEW = ("9000100001", "9000100002") * 3
CITIES = ("Pune", "Delhi", "Pune", "Surat", "Delhi", "Pune")

KINDS = {
    "person": PEOPLE,
    "agent": AGENTS,
    "own": OWN,
    "second": SECOND,
    "few": FEW,
    "half": (OWN[0], "n/a", OWN[2], "n/a", OWN[4], "n/a"),
    "some": ("", SECOND[1], "", SECOND[3], "", ""),
    "city": CITIES,
    "email": tuple(f"p{n}@example.com" for n in range(6)),
    "count": tuple("123456"),
    "one": ("1",) * 6,
    "seven": ("7",) * 6,
    "philippines": ("63",) * 6,
    "india": ("91",) * 6,
    "mixed": ("91", "91", "91", "44", "91", "1"),
    "": ("",) * 6,
}


def mapping(row, **options):
    """Return the mapping of a list; *row* is "header=kind of values" for each column."""
    headers, kinds = zip(*(cell.split("=") for cell in row.split(", ")), strict=True)
    rows = pd.DataFrame(list(zip(*(KINDS[kind] for kind in kinds), strict=True)), dtype=object)
    return choose(headers, rows, **options)


# the columns, and the positions of those that are the contact's phones, the preferred one first
LISTS = {
    # somebody else's, behind a column of words
    "an agent's mobile": ("Customer=person, Phone=own, Sales Exec=agent, Mobile No=few", (1,)),
    "an agent's mobile, Portuguese": ("Cliente=person, Telefone=own, Atendente=agent, Celular=few", (1,)),
    "another's, all different": ("Customer Name=person, Mobile=own, Handled By=agent, Mobile No=second", (1,)),
    "a consultant's": ("Patient=person, Phone=own, Consultant=agent, Phone=second", (1,)),
    "whom it is assigned to": ("Lead=person, Phone=own, Assigned To=agent, Contact Number=second", (1,)),
    "a telecaller's": ("Customer=person, Mobile=own, Telecaller Name=agent, Phone Number=second", (1,)),
    "a booker's and what follows": (
        "Attendee=person, Mobile Number=own, Booked By=agent, Booker Mobile=second, Mobile Number 2=some",
        (1,),
    ),
    "a salesman's, Indonesian": ("Nama Pelanggan=person, No HP=own, Nama Sales=agent, No HP=second", (1,)),
    "a second group": ("Name=person, Phone=own, City=city, Branch City=city, Phone=second", (1,)),
    "a second group with the same headers": ("Name=person, Phone=own, City=city, City=city, Phone=second", (1,)),
    "words under no header": ("Name=person, Phone=own, =agent, Phone=second", (1,)),
    # few beside many
    "few before many": ("Name=person, Mobile=few, Phone=own", (2,)),
    "few behind many": ("Name=person, Phone=own, Mobile=few", (1,)),
    "few directly behind the agent": ("Name=person, Sales Exec=agent, Mobile No=few, Phone=own", (3,)),
    "few alone": ("Name=person, Mobile=few", (1,)),
    "few and few": ("Name=person, Phone=few, Mobile=few", (2, 1)),
    # the contact's own
    "a good list": ("Name=person, Mobile=own, City=city, Alternate Mobile=some, Email=email", (1, 3)),
    "an e-mail between": ("Name=person, Phone=own, Email=email, Mobile=second", (3, 1)),
    "an address between": ("Name=person, Phone=own, Residential Address Line 1=city, WhatsApp No=second", (3, 1)),
    "a remark between": ("Name=person, Phone=own, Remarks=agent, Mobile=some", (3, 1)),
    "a number between": ("Name=person, Phone=own, Visits=count, Mobile=some", (3, 1)),
    "an empty column between": ("Name=person, Phone=own, Handled By=, Mobile=some", (3, 1)),
    "words before the first phone": ("Lead=person, Phone=own, WhatsApp No=second", (2, 1)),
    "the name behind": ("Phone=own, Handled By=agent, Name=person, Mobile=second", (3, 0)),
    # a header that means a name or a phone
    "a contact of phones beside a name": ("Name=person, Contact=half, Technician=agent, Contact No.=second", (1,)),
    # known second choices
    "a bare number": ("Sr=count, Name=person, Number=own, Alternate Number=some", (2, 3)),
    "a bare number and an agent's": ("Name=person, Number=own, Telecaller=agent, Alternate No=second", (1,)),
    "a bare number, Indonesian": ("Nama=person, Nomor=own, No Telp Rumah=some", (1, 2)),
    "a bare number, Portuguese": ("Nome=person, Número=own, Telefone comercial=some", (1, 2)),
    "a candidate's": ("Candidate Name=person, Candidate Mobile=own, Alternate Mobile=some", (1, 2)),
    "a customer's": ("Customer=person, Cust. Mobile=own, Alternate Mobile=some", (1, 2)),
    "a mobile with its area": ("Nome=person, Celular com DDD=own, Telefone fixo=some", (1, 2)),
    "a bare number beside a phone": ("Name=person, Number=second, Phone=own", (2,)),
    "a second choice alone": ("Name=person, Home Phone=own, City=city", (1,)),
}


@pytest.mark.parametrize(("row", "phones"), LISTS.values(), ids=LISTS)
def test_only_the_contacts_own_phones_are_taken(row, phones):
    assert mapping(row).feeding("phone") == phones


def test_a_phone_that_is_left_out_says_why():
    behind = mapping("Customer Name=person, Mobile=own, Handled By=agent, Mobile No=second").columns[3]
    assert behind.reason == 'not mapped: belongs to the column "Handled By"'
    few = mapping("Name=person, Phone=own, Mobile=few").columns[2]
    assert few.reason == 'not mapped: few phones that come back, where those in "Phone" do not'
    row = "Customer Name=person, Mobile=own, Handled By=agent, Mobile No=second"
    assert mapping(row, given={"phone": ["Mobile", "Mobile No"]}).feeding("phone") == (1, 3)


def test_phones_of_which_most_come_back_are_asked_about():
    notes = ('"Mobile" has only 2 different phones in 6 rows: are they of the contacts?',)
    assert mapping("Name=person, Mobile=few").warnings == notes
    assert mapping("Name=person, Mobile=own, Home Phone=few").warnings == ()


def test_a_name_is_no_column_of_phones_and_goes_before_a_contact():
    assert mapping("Name=person, Contact=half, City=city").feeding("name") == (0,)
    assert mapping("Contact=agent, Name=person, Phone=own").feeding("name") == (1,)
    assert mapping("Contact=half, City=city").feeding("phone") == (0,)


@pytest.mark.parametrize(
    ("row", "options"),
    [
        pytest.param(
            "Name=person, Folio=own, Alternate No=some",
            '--map phone="Folio" or --map phone="Alternate No"',
            id="an unknown header",
        ),
        pytest.param(
            "Name=person, Customer No=own, Office No=some",
            '--map phone="Customer No" or --map phone="Office No"',
            id="a customer's number",
        ),
        pytest.param(
            "Name=person, Home Phone=some, Handled By=agent, Mobile=own",
            '--map phone="Mobile" or --map phone="Home Phone"',
            id="somebody else's, perhaps",
        ),
    ],
)
def test_second_choices_are_not_taken_where_a_better_phone_may_be_there(row, options):
    with pytest.raises(InputProblem) as refused:
        mapping(row)
    assert str(refused.value).endswith(f"Add {options}")
    first = row.split(", ")[1].split("=")[0]
    assert mapping(row, given={"phone": first}).feeding("phone") == (1,)


@pytest.mark.parametrize(
    ("row", "region", "field"),
    [
        pytest.param("Code=seven, Mobile=own, Name=person", "IN", None, id="a branch is not Russia"),
        pytest.param("Name=person, Mobile=own, Code=one", "IN", None, id="a class is not America"),
        pytest.param("Name=person, Mobile=own, Code=one", None, None, id="one digit, and no country"),
        pytest.param("Code=philippines, Mobile=own, Name=person", "IN", None, id="another country than is said"),
        pytest.param("Code=india, Mobile=own, Name=person", "IN", "prefix", id="the country that is said"),
        pytest.param("Code=mixed, Mobile=own, Name=person", "IN", "prefix", id="mostly the country that is said"),
        pytest.param("Code=india, Mobile=own, Name=person", None, "prefix", id="two digits, and no country"),
        pytest.param("Code=one, Mobile=own, Name=person", "US", "prefix", id="America, as is said"),
        pytest.param("Country Code=philippines, Mobile=own, Name=person", "IN", "prefix", id="a header that says so"),
        pytest.param("ISD=one, Mobile=own, Name=person", None, "prefix", id="another that does"),
    ],
)
def test_a_bare_code_is_no_dial_code_against_the_country(row, region, field):
    header, position = next((cell.split("=")[0], n) for n, cell in enumerate(row.split(", ")) if cell[0] in "CI")
    if field:
        assert mapping(row, region=region).columns[position].field == field
        return
    with pytest.raises(InputProblem, match=f'"{header}".* are calling codes.* --attribute other="{header}"'):
        mapping(row, region=region)
    assert mapping(row, region=region, given={"prefix": header}).columns[position].field == "prefix"
    assert mapping(row, region=region, attributes={"other": header}).feeding("prefix") == ()
