"""Several phones of one person: which is tried first, which one answers for the row, and how that is said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contact_import.candidates.labels import rank
from contact_import.mapping import choose
from contact_import.models import Column, Frame, Mapping
from contact_import.prepare import Rules, explain, first_filled, prepare

MOBILE, OTHER, THIRD, FOURTH = "98123 00001", "98123 00002", "98123 00003", "98123 00004"
LANDLINE = "022 2456 7890"
SECOND_LANDLINE = "022 2456 7891"
HELD = "9999999999"
MASKED = "98123XXXXX"
RULES = Rules(region="IN")


def frame(*rows):
    return Frame(np.arange(2, 2 + len(rows), dtype=np.int64), pd.DataFrame([list(row) for row in rows], dtype=object))


def sheet(headers, *rows, rules=RULES, **options):
    table = frame(*rows)
    return prepare(table, choose(headers, table.cells, **options), rules)


def verdict(headers, row, **options):
    """Return outcome, level, rule and number of one row."""
    found = sheet(headers, row, **options)
    return tuple(found[["outcome", "level", "rule", "number"]].iloc[0])


def ready(number, rule="national", level="S"):
    return "ready", level, rule, number.replace(" ", "").lstrip("0")


# Columns ------------------------------------------------------------

COLUMNS = ["Mobile", "Phone", "Work Phone"]
TAKEN = "phone-other-column"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param((MOBILE, OTHER, THIRD), ready(MOBILE), id="the preferred one, without a word"),
        pytest.param(("", OTHER, THIRD), ready(OTHER, TAKEN, "N"), id="blank: the next one"),
        pytest.param(("", "", THIRD), ready(THIRD, TAKEN, "N"), id="twice blank: the third"),
        pytest.param((MASKED, OTHER, THIRD), ready(OTHER, TAKEN, "N"), id="refused: the next one"),
        pytest.param(("n/a", OTHER, ""), ready(OTHER, TAKEN, "N"), id="a word for blank: the next one"),
        pytest.param((MASKED, "12", THIRD), ready(THIRD, TAKEN, "N"), id="refused twice: the third"),
        pytest.param((LANDLINE, OTHER, THIRD), ready(OTHER, TAKEN, "N"), id="landline: a mobile"),
        pytest.param((LANDLINE, SECOND_LANDLINE, ""), ready(LANDLINE, "landline", "W"), id="landlines: the first"),
        pytest.param((LANDLINE, MASKED, THIRD), ready(THIRD, TAKEN, "N"), id="landline, refused, mobile"),
        pytest.param((LANDLINE, HELD, ""), ready(LANDLINE, "landline", "W"), id="landline before a doubtful one"),
        pytest.param((MASKED, LANDLINE, ""), ready(LANDLINE, "landline", "W"), id="refused: a landline"),
        pytest.param((MASKED, LANDLINE, THIRD), ready(THIRD, TAKEN, "N"), id="refused, landline, mobile"),
        pytest.param((HELD, OTHER, ""), ("held", "H", "phone-placeholder", ""), id="held stays held"),
        pytest.param((MASKED, HELD, THIRD), ("held", "H", "phone-placeholder", ""), id="refused, then held"),
        pytest.param((MASKED, "12", ""), ("rejected", "R", "phone-masked", ""), id="all refused: the first reason"),
        pytest.param(("n/a", MASKED, ""), ("rejected", "R", "phone-masked", ""), id="all refused: the telling reason"),
        pytest.param(("", "", ""), ("rejected", "R", "phone-blank", ""), id="none"),
    ],
)
def test_a_row_is_answered_for_by_its_first_phone_that_can_be_sent(row, expected):
    assert verdict(COLUMNS, row) == expected


def test_every_row_has_its_own_answer_whatever_the_others_are():
    rows = [(MOBILE, FOURTH), (MASKED, OTHER), ("", THIRD), (LANDLINE, "98123 00005"), (HELD, "98123 00006"), ("", "")]
    together = sheet(COLUMNS[:2], *rows)
    alone = pd.concat([sheet(COLUMNS[:2], row) for row in rows], ignore_index=True)
    pd.testing.assert_frame_equal(together.drop(columns="row"), alone.drop(columns="row"))


def test_the_reason_names_the_column_that_was_taken_and_the_cell_is_the_one_taken():
    found = sheet(COLUMNS, (MASKED, OTHER, ""), (MASKED, LANDLINE, ""), (MASKED, HELD, ""), (MOBILE, OTHER, ""))
    assert found["reason"].tolist() == [
        'phone-other-column: taken from the column "Phone"',
        'phone-other-column: taken from the column "Phone"',
        f'{explain("phone-placeholder")} (in the column "Phone")',
        "",
    ]
    assert found["cell"].tolist() == [OTHER, LANDLINE, HELD, MOBILE]


def test_a_landline_that_is_said_to_be_on_whatsapp_stays():
    assert verdict(["WhatsApp Number", "Mobile"], (LANDLINE, OTHER)) == ready(LANDLINE, "landline", "W")
    assert verdict(["WhatsApp Number", "Mobile"], (MASKED, OTHER)) == ready(OTHER, TAKEN, "N")


@pytest.mark.parametrize(("header", "india", "britain"), [("Country", "IN", "GB"), ("Dial Code", "91", "44")])
def test_each_candidate_is_read_with_its_rows_own_country(header, india, britain):
    rows = [
        (OTHER, "", india),
        ("x", "07400 123456", britain),
        ("x", OTHER, india),
        ("x", "020 7946 0018 / 07400 123457", britain),
        (f"{LANDLINE} / {THIRD}", "", india),
    ]
    found = sheet(["Mobile", "Phone", header], *rows, rules=Rules())
    assert found[["prefix", "number", "rule"]].to_numpy().tolist() == [
        ["91", "9812300002", "national"],
        ["44", "7400123456", TAKEN],
        ["91", "9812300002", TAKEN],
        ["44", "7400123457", "second-number-ignored"],
        ["91", "9812300003", "second-number-ignored"],
    ]


def test_the_users_order_of_columns_holds():
    options = {"given": {"phone": ["Work Phone", "Mobile"]}}
    assert verdict(COLUMNS, (MOBILE, OTHER, THIRD), **options) == ready(THIRD)
    assert verdict(["Mobile", "WhatsApp"], (MOBILE, OTHER), given={"phone": ["Mobile", "WhatsApp"]}) == ready(MOBILE)


def test_a_column_that_is_blank_everywhere_is_still_the_preferred_one():
    found = sheet(["Mobile", "Phone"], ("", OTHER), ("", THIRD))
    assert found[["level", "rule", "reason"]].to_numpy().tolist() == [
        ["N", TAKEN, 'phone-other-column: taken from the column "Phone"'],
        ["N", TAKEN, 'phone-other-column: taken from the column "Phone"'],
    ]


def test_of_hundreds_of_numbers_the_first_twenty_are_tried_and_the_rest_are_told():
    headers = [f"Phone {number}" for number in range(1, 31)]
    within, beyond = [MASKED] * 19 + [MOBILE] * 11, [MASKED] * 20 + [MOBILE] * 10
    sparse = [""] * 20 + [MOBILE] + [""] * 9
    found = sheet(headers, within, beyond, sparse)
    assert found["outcome"].tolist() == ["ready", "rejected", "ready"]
    assert found["reason"].tolist() == [
        'phone-other-column: taken from the column "Phone 20"',
        f"{explain('phone-masked')}; 10 more of its numbers were not tried",
        'phone-other-column: taken from the column "Phone 21"',
    ]


# Labels ------------------------------------------------------------


@pytest.mark.parametrize(
    "labels",
    [
        ("WhatsApp", "Mobile", "* Home", "Main", "Work"),
        ("whatsapp business", "iPhone", "* Work", "main", "Home"),
        ("* WhatsApp", "Cell", "*", "Principal", "Other"),
        ("WhatsApp", "Handy", "* Privat", "Hauptnummer", "Geschäftlich"),
        ("واتساب", "جوال", "* المنزل", "الرئيسي", "العمل"),
        ("WhatsApp", "Portable", "* Domicile", "Principal", "Bureau"),
        ("WhatsApp", "* Celular", "* Casa", "Principal", ""),
        ("WhatsApp", "携帯", "* 自宅", "Main", "勤務先"),
    ],
)
def test_labels_put_whatsapp_before_mobile_before_the_starred_before_main_before_others(labels):
    ranks = [rank(label) for label in labels]
    assert ranks == sorted(set(ranks))


NOT_THEIRS = (
    *("Assistant", "AssistantPhone", "Mobile (wife)", "Father", "Company Main", "Mother", "Spouse", "Emergency", "Son"),
    *("Mom", "Neighbour", "Recado", "Vendedor", "Responsável", "Acil", "Мама", "Менеджера", "Suami", "الطوارئ", "母親"),
    *("紧急联系人", "Old", "wrong number", "Not working", "Do not call", "Switched off", "Antigo", "Старый", "旧携帯"),
)


@pytest.mark.parametrize(
    "label",
    [
        *("Home Fax", "Work Fax", "Other Fax", "* Home Fax", "HomeFax", "WorkFax", "FAX", "Pager", "Telex", "TTY/TDD"),
        *("Fax domicile", "Télécopie bureau", "Privat (Fax)", "Fax geschäftlich", "Faxnummer", "Fax particular"),
        *("Fax comercial", "Fax casa", "Fax lavoro", "Werkfax fax", "Служебный факс", "فاكس العمل"),
        *("팩스", "传真", "ファックス"),
        *("Mobile Fax", "Callback", "ISDN", "Modem", "BBS"),
        *NOT_THEIRS,
    ],
)  # fmt: skip
def test_a_fax_a_pager_or_somebody_elses_number_is_never_tried(label):
    headers = ["Phone 1 - Label", "Phone 1 - Value", "Phone 2 - Label", "Phone 2 - Value"]
    assert verdict(headers, (label, MOBILE, "Work", OTHER)) == ready(OTHER)
    code = "phone-not-theirs" if label in NOT_THEIRS else "phone-fax"
    assert verdict(headers, (label, MOBILE, "", "")) == ("rejected", "R", code, "")


LABELLED = ["Phone 1 - Label", "Phone 1 - Value", "Phone 2 - Label", "Phone 2 - Value"]


@pytest.mark.parametrize(
    "label",
    [
        *("", "Mobile", "Mobile 2", "mobile (personal)", "* Work", "Home", "Main", "Other", "iPhone", "Office"),
        *("MobilePhone", "Work Mobile", "WhatsApp Business", "Jio", "Airtel 2", "Vivo", "Claro", "Tim", "Business"),
        *("Google Voice", "Mob. No.", "Celular", "Trabajo", "Büro", "Privé", "Domicile", "Komórka", "раб.", "Домашний"),
        *("घर का फ़ोन", "कार्यालय", "المنزل", "勤務先の電話", "その他", "住宅", "Mobile ::: Home"),
    ],
)  # fmt: skip
def test_a_label_of_known_words_leaves_the_number_the_contacts(label):
    assert verdict(LABELLED, (label, MOBILE, "", "")) == ready(MOBILE)


@pytest.mark.parametrize(
    "label", ["Ramesh", "Mr. Kulkarni", "Reception", "Ramesh (site incharge)", "Mobile Ramesh", "Shop", "田中", "रमेश"]
)
def test_a_label_with_another_word_may_be_who_answers_and_a_person_must_look(label):
    found = sheet(LABELLED, (label, MOBILE, "", "")).iloc[0]
    assert found[["outcome", "level", "rule", "prefix", "number", "suggestion"]].tolist() == [
        "held", "H", "phone-words", "", "", "+91 9812300001",
    ]  # fmt: skip
    assert verdict(["WhatsApp Number", "WhatsApp Number Label"], (MOBILE, label))[0] == "held"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(("Ramesh", MOBILE, "Work", OTHER), ready(OTHER), id="one with a known label goes first"),
        pytest.param(("Ramesh", MOBILE, "Work", LANDLINE), ready(LANDLINE, "landline", "W"), id="so does a landline"),
        pytest.param(("Ramesh", MOBILE, "Work", MASKED), ("held", "H", "phone-words", ""), id="refused: then held"),
        pytest.param(("Ramesh", MASKED, "", ""), ("rejected", "R", "phone-masked", ""), id="refused itself"),
    ],
)
def test_a_number_whose_label_may_be_a_name_is_tried_last(row, expected):
    assert verdict(LABELLED, row) == expected


def test_the_label_of_each_row_decides_which_number_is_tried_first():
    headers = ["Phone 1 - Label", "Phone 1 - Value", "Phone 2 - Label", "Phone 2 - Value", "Phone 3 - Type", "Phone 3"]
    rows = [
        ("Home", MOBILE, "Mobile", OTHER, "WhatsApp", THIRD),
        ("Home", MOBILE, "* Work", FOURTH, "", THIRD),
        ("Home", MOBILE, "Work", "98123 00007", "Main", THIRD),
        ("Home", SECOND_LANDLINE, "Work", OTHER, "", ""),
        ("WhatsApp", LANDLINE, "Mobile", FOURTH, "", ""),
        ("Mobile", LANDLINE, "Home", OTHER, "", ""),
    ]
    found = sheet(headers, *rows)
    assert found[["number", "rule"]].to_numpy().tolist() == [
        ["9812300003", "national"],
        ["9812300004", "national"],
        ["9812300003", "national"],
        ["9812300002", TAKEN],
        ["2224567890", "landline"],
        ["9812300002", TAKEN],
    ]
    assert first_filled(frame(*rows), choose(headers, frame(*rows).cells), "phone") == [
        THIRD, FOURTH, THIRD, SECOND_LANDLINE, LANDLINE, LANDLINE,
    ]  # fmt: skip


def test_a_column_of_whatsapp_numbers_goes_before_labelled_ones_whatever_its_place():
    headers = ["Phone 1 - Label", "Phone 1 - Value", "WhatsApp", "Work Phone"]
    options = {"given": {"phone": ["Phone 1 - Value", "Work Phone", "WhatsApp"]}}
    assert verdict(headers, ("Mobile", MOBILE, OTHER, THIRD), **options) == ready(OTHER)
    assert verdict(headers, ("Mobile", MOBILE, LANDLINE, THIRD), **options) == ready(LANDLINE, "landline", "W")
    assert verdict(headers, ("Home", MOBILE, "", THIRD), **options) == ready(THIRD)
    options = {"given": {"phone": ["Work Phone", "Phone 1 - Value"]}}
    assert verdict(headers, ("WhatsApp", LANDLINE, "", THIRD), **options) == ready(LANDLINE, "landline", "W")


@pytest.mark.parametrize(
    ("headers", "labels"),
    [
        (["Phone 1 - Label", "Phone 1 - Value"], {1: 0}),
        (["Phone 1 - Value", "Phone 1 - Type", "Phone 2 - Value", "Phone 2 - Type"], {0: 1, 2: 3}),
        (["Phone  1 - Type", "Phone  1 - Value"], {1: 0}),
        (["Phone", "Phone Type", "Phone 2", "Phone 2 Type"], {0: 1, 2: 3}),
        (["Phone 1", "Phone Type 1", "Phone 2", "Phone Type 2"], {0: 1, 2: 3}),
        (["Mobile", "Phone Type"], {}),
        (["Phone 1 - Value", "Phone 2 - Label"], {}),
    ],
)
def test_a_label_column_belongs_to_the_phone_column_of_its_name(headers, labels):
    found = choose(headers, pd.DataFrame(columns=range(len(headers)), dtype=object))
    assert {column.index: column.label for column in found.columns if column.label is not None} == labels
    for phone, label in labels.items():
        wanted = f'says row by row what kind of phone is in "{found.columns[phone].header}"'
        assert (found.columns[label].field, found.columns[label].reason) == (None, wanted)


def test_labels_hold_also_where_the_user_named_the_column():
    headers = ["Phone 1 - Label", "Phone 1 - Value"]
    options = {"given": {"phone": "Phone 1 - Value"}, "attributes": {"kind": "Phone 1 - Label"}}
    assert verdict(headers, ("Work Fax", MOBILE), **options)[2] == "phone-fax"


# Several numbers in a cell ------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "number", "level"),
    [
        pytest.param(f"{LANDLINE} ::: {MOBILE}", MOBILE, "W", id="Google's sign"),
        pytest.param("+4131 380 12 34 ::: +4179 123 45 67", "791234567", "W", id="Google, as published"),
        pytest.param(f"{MOBILE} ::: {LANDLINE}", MOBILE, "W", id="the mobile first"),
        pytest.param(f"{LANDLINE} / {MOBILE}", MOBILE, "W", id="slash"),
        pytest.param(f"{LANDLINE}, {SECOND_LANDLINE}, {MOBILE}", MOBILE, "W", id="the third"),
        pytest.param(f"{LANDLINE}\n{MOBILE}", MOBILE, "W", id="line break"),
        pytest.param(f"{LANDLINE} or {MOBILE}", MOBILE, "W", id="or"),
        pytest.param(f"{LANDLINE} | {SECOND_LANDLINE}", LANDLINE, "W", id="landlines only"),
        pytest.param(f"{LANDLINE} / 91", LANDLINE, "W", id="another last digit is no number"),
        pytest.param(f"{LANDLINE} / {HELD}", LANDLINE, "W", id="a doubtful one does not go before a landline"),
        pytest.param(", ".join([LANDLINE, MOBILE, *[LANDLINE] * 4]), LANDLINE, "W", id="a list is no phone"),
    ],
)
def test_a_mobile_in_a_cell_goes_before_the_landlines_in_it(cell, number, level):
    assert verdict(["Phone"], (cell,)) == ready(number, "second-number-ignored", level)


def test_a_cell_of_several_landlines_leaves_the_row_to_a_mobile_elsewhere():
    row = (f"{LANDLINE} ::: {SECOND_LANDLINE}", MOBILE)
    assert verdict(["Mobile", "Phone"], row) == ready(MOBILE, TAKEN, "N")


# Properties ------------------------------------------------------------

CELLS = st.sampled_from(["", " ", MOBILE, OTHER, LANDLINE, HELD, MASKED, "n/a", "12", f"{LANDLINE} ::: {THIRD}"])
LABEL = st.sampled_from(["", "Mobile", "* Home", "Work", "Home Fax", "WhatsApp", "Main", "Shop"])
ROW = st.tuples(LABEL, CELLS, LABEL, CELLS, CELLS, CELLS)


def mapping() -> Mapping:
    columns = (Column(0, "Phone 1 - Label", None, "test"), Column(1, "Phone 1 - Value", "phone", "test", 1, label=0),
               Column(2, "Phone 2 - Label", None, "test"), Column(3, "Phone 2 - Value", "phone", "test", 2, label=2),
               Column(4, "Phone", "phone", "test", 3), Column(5, "WhatsApp", "phone", "test", 4))  # fmt: skip
    return Mapping(columns)


@settings(max_examples=100)
@given(st.lists(ROW, min_size=1, max_size=12))
def test_what_is_sent_is_a_number_of_the_row_and_never_a_fax(rows):
    table = frame(*rows)
    found = prepare(table, mapping(), RULES)
    assert len(found) == len(rows)
    for row, number, cell in zip(rows, found["number"], found["cell"], strict=True):
        labelled = [(row[0], row[1]), (row[2], row[3]), ("", row[4]), ("", row[5])]
        usable = [text for label, text in labelled if "Fax" not in label]
        assert cell in {*map(str.strip, usable), ""}
        if number:
            assert any(number in "".join(filter(str.isdigit, text)) for text in usable)
    alone = pd.concat([prepare(frame(row), mapping(), RULES) for row in rows], ignore_index=True)
    pd.testing.assert_frame_equal(found.drop(columns="row"), alone.drop(columns="row"))
