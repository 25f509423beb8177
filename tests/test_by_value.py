"""What the values say where no header does, what is said of it, and what to do where no column is the phone."""

from __future__ import annotations

import pandas as pd
import pytest

from contact_import.errors import InputProblem
from contact_import.mapping import choose
from contact_import.mapping.details import NAMELESS
from contact_import.mapping.refusals import CHAT

PHONES = ("98123 00001", "98123 00002", "98123 00003")
MARKED = ("+91 98123 00001", "+91 98123 00002", "+971 50 123 4567")


def chosen(headers, rows):
    return choose(headers, pd.DataFrame([list(row) for row in rows], columns=range(len(headers)), dtype=object))


def refusal(headers, rows):
    with pytest.raises(InputProblem) as refused:
        chosen(headers, rows)
    return str(refused.value)


# Several phones, no header ------------------------------------------------------------

SEVERAL = "several columns look like phone numbers, and no header tells which is. Add "


@pytest.mark.parametrize(
    ("row", "places"),
    [
        pytest.param(("Asha", "Ramesh Plumber", *MARKED, "You"), (3, 4, 5), id="a group's members"),
        pytest.param((*MARKED, "Ramesh", "+91 98123 00004"), (1, 2, 3, 5), id="one of them by name"),
        pytest.param(MARKED[:2], (1, 2), id="two"),
        pytest.param((*MARKED, *MARKED), (1, 2, 3, 4), id="many: four are named"),
    ],
)
def test_of_several_phones_with_a_plus_none_is_guessed(row, places):
    options = " or ".join(f'--map phone="#{place}"' for place in places)
    assert refusal([""] * len(row), [row]) == (
        f"{SEVERAL}{options}. If each is another person's, give each a row of its own"
    )


def test_one_phone_with_a_plus_goes_before_bare_numbers():
    columns = chosen(["", ""], [("1000000001", "+44 7700 900123")]).columns
    assert [column.field for column in columns] == [None, "phone"]


# A lone column of words ------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "field"),
    [
        pytest.param(("Asha Rao", "Ravi Mehta", "Mia"), "name", id="full names"),
        pytest.param(("आशा राव", "रवि मेहता", "मीरा सेन"), "name", id="full names in Hindi"),
        pytest.param(tuple(f"Name{letter}" for letter in "abcdefghijklmnopqrst"), "name", id="twenty different"),
        pytest.param(("Pune", "Delhi", "Mumbai"), None, id="towns"),
        pytest.param(("-", "-", "-"), None, id="no words"),
        pytest.param(("Name",), None, id="a header's word"),
        pytest.param(("First Name",), None, id="a header of two words"),
        pytest.param(("12 Hill Road", "7 Lake View", "3 Park Lane"), None, id="addresses"),
        pytest.param(("asked to call back after the new year",), None, id="a remark"),
    ],
)
def test_words_without_a_header_are_names_only_if_they_look_so(words, field):
    rows = [(f"98123{7 * place:05}", word) for place, word in enumerate(words)]
    assert [column.field for column in chosen(["", ""], rows).columns] == ["phone", field]


# Notes ------------------------------------------------------------

AREA = '"{}" holds area codes that the numbers in "Celular" are without: put both together in one column'


@pytest.mark.parametrize(
    ("headers", "row", "notes"),
    [
        pytest.param(("Phone", "Town"), ("98123 00001", "Pune"), (NAMELESS,), id="words, and no name"),
        pytest.param(("Phone", "Name"), ("98123 00001", "Asha"), (), id="a name"),
        pytest.param(("Phone", "Amount"), ("98123 00001", "12"), (), id="nothing that could be one"),
        pytest.param(("DDD", "Celular"), ("11", "987654321"), (), id="DDD beside it"),
        pytest.param(("DDD", "Age", "Celular"), ("11", "4", "987654321"), (AREA.format("DDD"),), id="DDD apart"),
        pytest.param(("DDD", "Celular"), ("11", "11987654321"), (), id="the number has it"),
        pytest.param(("DDD", "Celular"), ("11", "+5511987654321"), (), id="the number has a plus"),
        pytest.param(("DDD", "Celular"), ("São Paulo", "987654321"), (NAMELESS,), id="no codes"),
    ],
)
def test_a_person_is_told_what_the_columns_lack(headers, row, notes):
    assert chosen(headers, [row]).warnings == notes


# Names by header ------------------------------------------------------------

NAMES = """
    Employee Name | Your Full Name | Patient | Student | Name of Student | Student Name | Patient Name | Consignee Name
    Cust. Name | Customer | Insured Name | Learner Name | Delivery Partner Name | Nome do Aluno | Nome do Paciente
    Nama Siswa | Nama Karyawan | Nama Pasien | Pelanggan | اسم الطالب | सदस्य का नाम
"""


@pytest.mark.parametrize("header", [name.strip() for name in NAMES.replace("\n", "|").split("|") if name.strip()])
def test_whom_a_list_is_about_is_a_name(header):
    assert [column.field for column in chosen([header, "Phone"], [("Asha", PHONES[0])]).columns] == ["name", "phone"]
    assert chosen([header, "Phone"], [("1001", PHONES[0])]).columns[1].field == "phone"


@pytest.mark.parametrize("header", ["Patient", "Student", "Customer", "Pelanggan"])
def test_a_word_with_other_meanings_is_a_name_only_where_its_values_are(header):
    assert chosen([header, "Phone"], [("1001", PHONES[0])]).columns[0].field is None


def test_the_customer_goes_before_the_employee():
    columns = chosen(["Employee Name", "Customer Name", "Phone"], [("Ravi", "Asha", PHONES[0])]).columns
    assert [column.field for column in columns] == [None, "name", "phone"]


# What to do where no column is the phone ------------------------------------------------------------

LEFT_OUT = "no column is known to hold the contacts' phones. Left out, though full of numbers: "


@pytest.mark.parametrize(
    ("headers", "rows", "message"),
    [
        pytest.param(
            ("Student", "Father Mobile", "Mother Mobile"),
            [("Asha", PHONES[0], PHONES[1])],
            f'{LEFT_OUT}"Father Mobile" (for its "Father") and "Mother Mobile" (for its "Mother"). If they are whom to '
            'write to, add --map phone="Father Mobile" or --map phone="Mother Mobile"',
            id="school",
        ),
        pytest.param(
            ("Customer Number", "Agent Number"),
            [(PHONES[0], PHONES[1])],
            f'{LEFT_OUT}"Customer Number" (for its "Customer Number") and "Agent Number" (for its "Agent"). '
            'If they are whom to write to, add --map phone="Customer Number" or --map phone="Agent Number"',
            id="call log",
        ),
        pytest.param(
            ("Driver Phone", "Aadhaar Number"),
            [(PHONES[0], "234123412346")],
            f'{LEFT_OUT}"Driver Phone" (for its "Driver"). If it is whom to write to, add --map phone="Driver Phone"',
            id="drivers; a secret is never offered",
        ),
        pytest.param(
            ("Asha Rao 9812300001",),
            [("Mia Weber 9812300002",)],
            "no column is known to hold phones, and the first row that is read as the header holds a number itself. "
            'Add --header-row 0 --map phone="#1"',
            id="pasted lines",
        ),
        pytest.param(
            ("",),
            [("Mia Weber 9812300002",)],
            'no column is known to hold phones. The columns are: #1. Add --map phone="#1"',
            id="pasted lines without a header",
        ),
        pytest.param(("12/01/24, 10:15 am - Asha: hi",), [("12/01/24, 10:16 am - Ravi: hi",)], CHAT, id="chat"),
        pytest.param(("12/01/24", "10:15 am - Asha: hi"), [("12/01/24", "10:16 am - Ravi")], CHAT, id="chat in pieces"),
        pytest.param(("[2024-01-12, 10:15:22] Asha: hi",), [], CHAT, id="chat with brackets"),
        pytest.param(
            ("Mobile (AE)", "q"),
            [("0501234567", "x")],
            'the values of "Mobile (AE)" look like phone numbers, but its header does not say so. If they are, add '
            '--map phone="Mobile (AE)"',
            id="two letters in brackets",
        ),
    ],
)
def test_a_refusal_says_what_to_add(headers, rows, message):
    assert refusal(headers, rows) == message


def test_a_country_in_brackets_is_no_person():
    columns = chosen(["Mobile (AE)", "Mobile (Asha)", "Phone"], [("0501234567", "0501234568", PHONES[0])]).columns
    assert [column.reason for column in columns[:2]] == [
        'not mapped: "(AE)" may be another country than --country says; if it is not, add --map phone="Mobile (AE)"',
        'not mapped: "(Asha)" may make it another person\'s',
    ]


def test_what_is_called_something_else_is_not_offered_as_a_code():
    assert refusal(["Tickets", "Mobile"], [("1", PHONES[0]), ("1", PHONES[1])]) == (
        'the values of "Tickets", beside a phone column, are calling codes, but its header does not say so. If it is '
        'something else, add --attribute other="Tickets"; if they are codes, write "Dial Code" over them'
    )
