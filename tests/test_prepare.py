"""From a frame of cells to a sheet of verdicts: names, tags, e-mail, consent, odd rows."""

from __future__ import annotations

import dataclasses
import pickle
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contact_import import phones
from contact_import.models import Column, Frame, Mapping
from contact_import.prepare import (
    EMAIL_INVALID,
    FOOTER_PHONE,
    OPTED_OUT,
    ROW_SHAPE,
    SENT,
    Rules,
    consent_unclear,
    explain,
    first_filled,
    prepare,
    wrong_number,
)
from contact_import.readers import footers

PHONE = "98123 00001"
WARNED = "98123 00001 / 98123 00002"  # second-number-ignored
HELD = "9999999999"
RULES = Rules(region="IN")


def mapping(*fields: str | None) -> Mapping:
    """Return a mapping of columns to *fields* in their order; of columns with the same field the first is preferred."""
    return Mapping(tuple(Column(i, f"column {i}", field, "test", rank=i) for i, field in enumerate(fields)))


def frame(*rows: tuple[str, ...], surplus: dict[int, tuple[str, ...]] | None = None) -> Frame:
    cells = pd.DataFrame(rows, columns=range(len(rows[0]) if rows else 0), dtype=object)
    return Frame(np.arange(2, 2 + len(rows), dtype=np.int64), cells, surplus or {})


def one(
    fields: tuple[str, ...], cells: tuple[str, ...], rules: Rules = RULES, **surplus: tuple[str, ...]
) -> dict[str, object]:
    """Return the verdict of a row with a good phone before *cells*."""
    sheet = prepare(frame((PHONE, *cells)), mapping("phone", *fields), rules)
    (row,) = sheet.to_dict("records")
    return row


def test_a_sheet_has_a_line_for_each_row_and_a_column_for_each_fact():
    rules = Rules(region="IN", tags=("vip",), attributes=("city",))
    sheet = prepare(
        frame(("Asha", PHONE, "a@example.com", "Pune"), ("", "", "", ""), ("Rohan", HELD, "", "")),
        mapping("name", "phone", "email", "attribute:city"),
        rules,
    )
    wanted = [
        (2, "ready", "", "S", "national", "91", "9812300001", "Asha", "a@example.com", ("vip",), "Pune", ""),
        (3, "rejected", explain("phone-blank"), "R", "phone-blank", "", "", "", "", ("vip",), "", ""),
        (4, "held", explain("phone-placeholder"), "H", "phone-placeholder", "", "", "Rohan", "", ("vip",), "",
         "+91 9999999999"),
    ]  # fmt: skip
    facts = ["row", "outcome", "reason", "level", "rule", "prefix", "number", "name", "email", "tags"]
    assert list(sheet[[*facts, "attribute:city", "suggestion"]].itertuples(index=False, name=None)) == wanted
    assert list(sheet.columns)[:3] == ["row", "outcome", "reason"]
    assert set(SENT) <= set(sheet.columns)
    assert sheet["row"].dtype == np.int64
    assert {str(dtype) for name, dtype in sheet.dtypes.items() if name != "row"} == {"object"}


def test_a_frame_without_rows_gives_a_sheet_without_rows():
    sheet = prepare(
        Frame(np.array([], np.int64), pd.DataFrame(columns=range(2), dtype=object)), mapping("name", "phone"), RULES
    )
    assert len(sheet) == 0
    assert {"row", "outcome", "reason", *SENT} <= set(sheet.columns)


def test_without_a_phone_column_every_row_is_rejected():
    sheet = prepare(frame(("Asha",), ("Rohan",)), mapping("name"), RULES)
    assert sheet["rule"].tolist() == ["phone-blank"] * 2


def test_it_is_a_pure_function_that_a_pool_can_run():
    arguments = (frame(("Asha", PHONE)), mapping("name", "phone"), RULES)
    before = arguments[0].cells.copy()
    first = prepare(*arguments)
    pd.testing.assert_frame_equal(prepare(*pickle.loads(pickle.dumps(arguments))), first)
    pd.testing.assert_frame_equal(arguments[0].cells, before)


# Columns ------------------------------------------------------------


def test_of_several_columns_the_preferred_one_that_is_filled_counts():
    table = frame(("a", "b"), ("", " b "), (" ", "\t"), ("a ", ""))
    columns = (Column(0, "x", "phone", "test", rank=2), Column(1, "y", "phone", "test", rank=1))
    assert first_filled(table, Mapping(columns), "phone") == ["b", "b", "", "a"]
    assert first_filled(table, Mapping(columns), "email") == ["", "", "", ""]


# Names ------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        pytest.param(("Asha Rao", "A", "R"), "Asha Rao", id="full name wins"),
        pytest.param(("", "Asha", "Rao"), "Asha Rao", id="joined"),
        pytest.param((" ", " Asha ", ""), "Asha", id="first alone"),
        pytest.param(("", "", "Rao"), "Rao", id="last alone"),
        pytest.param(("", "", ""), "", id="none"),
        pytest.param(("\u202e", "Asha", "Rao"), "Asha Rao", id="full name of nothing to see"),
    ],
)
def test_a_name_is_the_full_one_or_first_and_last_joined(cells, name):
    assert one(("name", "first_name", "last_name"), cells)["name"] == name


@pytest.mark.parametrize(
    "text", ["-", "--", ".", "..", "?", "_", "*", "/", "–", "- -", "+", "~", "()", "n/a", "N/A", "N.A."]
)
def test_signs_for_want_of_a_name_are_no_name(text):
    assert one(("name",), (text,))["name"] == ""
    assert one(("first_name", "last_name"), ("Asha", text))["name"] == "Asha"
    assert one(("name", "first_name", "last_name"), (text, text, "Rao"))["name"] == "Rao"


@pytest.mark.parametrize("text", ["NA", "Na", "A.", "O'", "❤️", "😀", "7", "नी", "石", ".Net", "A"])
def test_whatever_may_be_a_name_stays_one(text):
    assert one(("name",), (text,))["name"] == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("  Asha   Rao ", "Asha Rao", id="spaces"),
        pytest.param("Asha\nRao\r\n\tK", "Asha Rao K", id="line breaks"),
        pytest.param("Asha\u00a0\u2003Rao", "Asha Rao", id="odd spaces"),
        pytest.param("A\0s\x07h\x7fa\x9b", "Asha", id="control characters"),
        pytest.param("\u202eAsha\u2066 \u2069 Rao", "Asha Rao", id="direction overrides"),
        pytest.param("Asha \ud83d", "Asha", id="half a character"),
        pytest.param("Zoe\u0308", "Zoë", id="composed"),
        pytest.param("क्\u200dष", "क्\u200dष", id="joiner within a script"),
        pytest.param("Asha 👩‍👧 & Co; <b>=1", "Asha 👩‍👧 & Co; <b>=1", id="everything else stays"),
        pytest.param("NULL", "NULL", id="NULL is a name"),
        pytest.param("O'Brien-Łęcka 石", "O'Brien-Łęcka 石", id="other scripts"),
    ],
)
def test_names_keep_their_letters_and_lose_what_no_name_has(text, name):
    assert one(("name",), (text,))["name"] == name


UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]|  |^ | $")


@settings(max_examples=50)
@given(st.lists(st.tuples(st.just(PHONE), st.text(), st.text(), st.text()), min_size=1, max_size=20))
def test_no_cell_puts_anything_unprintable_into_what_is_sent(rows):
    fields = mapping("phone", "name", "tags", "attribute:city")
    sheet = prepare(frame(*rows), fields, Rules(region="IN", attributes=("city",)))
    sent = [*sheet["name"], *sheet["attribute:city"], *(tag for tags in sheet["tags"] for tag in tags)]
    assert [text for text in sent if UNPRINTABLE.search(text)] == []
    assert [tags for tags in sheet["tags"] if "" in tags or len(set(tags)) < len(tags)] == []


# Tags ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "always", "tags"),
    [
        pytest.param("", (), (), id="none"),
        pytest.param("", ("list",), ("list",), id="fixed alone"),
        pytest.param("vip", ("list",), ("vip", "list"), id="fixed ones come last"),
        pytest.param("vip, new;north | vip ", (), ("vip", "new", "north"), id="split, once each"),
        pytest.param("new,vip", ("vip",), ("new", "vip"), id="a fixed one that is there"),
        pytest.param(" , ;|", ("list",), ("list",), id="separators alone"),
        pytest.param("very  important\nperson", (), ("very important person",), id="spaces within"),
        pytest.param("vip,\u202e,\0,new", (), ("vip", "new"), id="tags of nothing to see"),
        pytest.param("* friends ::: * myContacts", (), ("friends", "myContacts"), id="Google's list and stars"),
        pytest.param('"VIP","Blog"', (), ("VIP", "Blog"), id="Mailchimp's quotes"),
        pytest.param('["vip", "swim"]', ("list",), ("vip", "swim", "list"), id="a list in JSON"),
        pytest.param("[]", (), (), id="an empty one"),
        pytest.param("[vip", (), ("[vip",), id="a bracket of its own"),
    ],
)
def test_tags_are_the_cells_and_the_fixed_ones(text, always, tags):
    assert one(("tags",), (text,), Rules(region="IN", tags=always))["tags"] == tags


def from_source(name: str, **fields: str) -> dict[str, object]:
    """Return the verdict of a row of a known export, with a good phone."""
    columns = dataclasses.replace(mapping("phone", *fields), source=name)
    rules = Rules(region="IN", attributes=tuple(field.partition(":")[2] for field in fields if ":" in field))
    (row,) = prepare(frame((PHONE, *fields.values())), columns, rules).to_dict("records")
    return row


def test_tags_that_say_nothing_in_an_export_are_dropped_there():
    text = "* myContacts ::: * Friends ::: My Contacts"
    assert from_source("Google Contacts", tags=text)["tags"] == ("Friends",)
    assert from_source("Outlook", tags=text)["tags"] == ("myContacts", "Friends", "My Contacts")


@pytest.mark.parametrize(
    ("source", "text", "value"),
    [
        ("Meta lead ads", "l:1234567890", "1234567890"),
        ("Meta lead ads", "ag:1234", "1234"),
        ("Meta lead ads", "p:+919812300001", "+919812300001"),
        ("Meta lead ads", "c: spring", "c: spring"),
        ("Meta lead ads", "spring", "spring"),
        ("Outlook", "l:1234567890", "l:1234567890"),
    ],
)
def test_what_an_export_puts_before_its_numbers_is_no_part_of_an_attribute(source, text, value):
    assert from_source(source, **{"attribute:lead": text})["attribute:lead"] == value


# E-mail ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("asha@example.com", "asha@example.com"),
        (" asha.rao+x@mail.example.co.in ", "asha.rao+x@mail.example.co.in"),
        ("mailto:asha@example.com", "asha@example.com"),
        ("josé@münchen.example", "josé@münchen.example"),
        ("", ""),
    ],
)
def test_an_address_is_sent_as_it_is(text, email):
    found = one(("email",), (text,))
    assert (found["email"], found["outcome"], found["level"], found["reason"]) == (email, "ready", "S", "")


BAD_EMAILS = [
    "asha", "asha@", "@example.com", "asha@example", "asha@@example.com", "asha rao@example.com", "a@example..com",
    "a@-example.com", "a@example.c", "a@example.com, b@example.com", "Asha <a@example.com>", f"{'a' * 65}@example.com",
    f"a@{'b' * 260}.com", "n/a", "a@example.com\nx",
]  # fmt: skip


@pytest.mark.parametrize("text", BAD_EMAILS)
def test_what_is_no_address_is_left_out_with_a_warning(text):
    found = one(("email",), (text,))
    wanted = ("", "ready", EMAIL_INVALID, "W", "email-invalid", "9812300001")
    assert tuple(found[key] for key in ("email", "outcome", "reason", "level", "rule", "number")) == wanted
    strict = one(("email",), (text,), Rules(region="IN", strict=True))
    assert (strict["outcome"], strict["reason"]) == ("held", EMAIL_INVALID)


@pytest.mark.parametrize(
    ("phone", "outcome", "rule"),
    [(HELD, "held", "phone-placeholder"), ("", "rejected", "phone-blank"), ("98123XXXXX", "rejected", "phone-masked")],
)
def test_a_bad_address_does_not_hide_what_is_wrong_with_the_phone(phone, outcome, rule):
    sheet = prepare(frame((phone, "nobody@")), mapping("phone", "email"), RULES)
    assert sheet[["outcome", "reason", "rule"]].to_numpy().tolist() == [[outcome, explain(rule), rule]]


def test_an_address_of_a_megabyte_is_settled_at_once():
    assert one(("email",), ("a." * 500_000 + "@",))["email"] == ""
    assert one(("email",), ("a@" + "b." * 500_000,))["email"] == ""


# A spreadsheet's errors ------------------------------------------------------------

ERRORS = ("#N/A", " #REF! ", "#VALUE!", "#NAME?", "#DIV/0!", "#NO RESULT!", "#BEZUG!", "#N/D", "#¡VALOR!", "#NOME?")


@pytest.mark.parametrize("text", ERRORS)
@pytest.mark.parametrize("field", ["name", "first_name", "last_name", "email", "tags", "attribute:city"])
def test_an_error_is_no_text_to_send_and_its_row_carries_a_warning(field, text):
    rules = Rules(region="IN", attributes=("city",))
    found, blank = (one((field,), (cell,), rules) for cell in (text, ""))
    said = {"level": "W", "rule": "formula-error", "reason": explain("formula-error")}
    assert found == {**blank, **said}
    strict = one((field,), (text,), dataclasses.replace(rules, strict=True))
    assert (strict["outcome"], strict["reason"]) == ("held", explain("formula-error"))


@pytest.mark.parametrize(
    ("fields", "cells", "wanted"),
    [
        pytest.param(("name", "name"), ("#REF!", "Asha"), {"name": "Asha"}, id="the next column"),
        pytest.param(("name", "first_name"), ("#REF!", "Asha"), {"name": "Asha"}, id="the name in parts"),
        pytest.param(("first_name", "last_name"), ("Asha", "#N/A"), {"name": "Asha"}, id="half a name"),
        pytest.param(("tags",), ("vip, #N/A",), {"tags": ("vip",)}, id="a tag among others"),
        pytest.param(
            *(("name", "email"), ("#REF!", "asha@"), {"rule": "email-invalid", "reason": EMAIL_INVALID}),
            id="a bad address too",
        ),
        pytest.param(("name",), ("#ref",), {"name": "#ref", "rule": "national"}, id="nearly an error"),
        pytest.param(("tags",), ("#SALE!",), {"tags": ("#SALE!",), "rule": "national"}, id="a tag like an error"),
        pytest.param(("opt_out",), ("#REF!",), {"outcome": "rejected"}, id="who opted out is not known"),
        pytest.param(("country",), ("#REF!",), {"rule": "phone-country"}, id="nor from where"),
        pytest.param((None,), ("#REF!",), {"rule": "national"}, id="a column that is not sent"),
    ],
)
def test_what_an_error_leaves(fields, cells, wanted):
    found = one(fields, cells)
    assert {key: found[key] for key in wanted} == wanted


def test_an_error_for_a_phone_is_rejected_as_what_it_is():
    sheet = prepare(frame(("#REF!", "Asha"), ("", "Rohan")), mapping("phone", "name"), RULES)
    assert sheet[["outcome", "reason"]].to_numpy().tolist() == [
        ["rejected", explain("phone-formula")],
        ["rejected", explain("phone-blank")],
    ]


# Consent ------------------------------------------------------------


def opted_out(position: int) -> str:
    return f'{OPTED_OUT}, says the column "column {position}"'


@pytest.mark.parametrize("field", ["opt_out", "opt_in"])
@pytest.mark.parametrize(
    ("text", "says"),
    [
        *((text, "no") for text in ("no", "No ", "FALSE", "0", "n", "Nein", "não", "нет", "नहीं", "いいえ")),
        *((text, "nothing") for text in ("", "  ", "-", "N/A", "null", "None", "[]", "never_subscribed", "-None-")),
        *((text, "something") for text in ("yes", "1", "TRUE", "x", "2024-01-15", "हाँ")),
        *((text, "refused") for text in ("STOP", "unsubscribed", "Opted-out", "opted_out", "declined")),
        *((text, "agreed") for text in ("subscribed", "Opted in", "active")),
    ],
)
def test_a_consent_column_is_honoured(field, text, says):
    found = one((field,), (text,))
    refused = {"opt_out": {"something", "refused"}, "opt_in": {"no", "refused"}}
    wanted = ("rejected", opted_out(1)) if says in refused[field] else ("ready", "")
    assert (found["outcome"], found["reason"]) == wanted


@pytest.mark.parametrize(
    ("phone", "options", "verdict"),
    [
        (PHONE, {}, ("held", "S", consent_unclear("column 1"))),
        (HELD, {}, ("held", "H", consent_unclear("column 1"))),
        ("", {}, ("rejected", "R", explain("phone-blank"))),
        (PHONE, {"include_opted_out": True}, ("ready", "W", explain("consent-unclear"))),
        (PHONE, {"include_opted_out": True, "strict": True}, ("held", "W", explain("consent-unclear"))),
    ],
    ids=["good phone", "odd phone", "no phone", "included", "included, strict"],
)
def test_a_consent_that_is_neither_yes_nor_no_is_held(phone, options, verdict):
    sheet = prepare(frame((phone, "maybe")), mapping("phone", "opt_in"), Rules(region="IN", **options))
    assert sheet[["outcome", "level", "reason"]].to_numpy().tolist() == [list(verdict)]


@pytest.mark.parametrize(
    ("phone", "options", "verdict"),
    [
        (PHONE, {}, ("held", wrong_number("column 1"))),
        (HELD, {}, ("held", wrong_number("column 1"))),
        ("", {}, ("rejected", explain("phone-blank"))),
        (PHONE, {"include_opted_out": True}, ("held", wrong_number("column 1"))),
    ],
    ids=["good phone", "odd phone", "no phone", "whoever opted out is included"],
)
def test_a_number_that_is_said_to_be_somebody_elses_is_held(phone, options, verdict):
    sheet = prepare(frame((phone, "wrong number")), mapping("phone", None), Rules(region="IN", **options))
    assert sheet[["outcome", "reason"]].to_numpy().tolist() == [list(verdict)]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (("no", "wrong number"), opted_out(1)),
        (("maybe", "wrong number"), wrong_number("column 2")),
        (("yes", "wrong number"), wrong_number("column 2")),
    ],
    ids=["no", "unclear", "yes"],
)
def test_no_goes_before_a_wrong_number_and_a_wrong_number_before_all_else(cells, reason):
    assert one(("opt_in", None), cells)["reason"] == reason


def test_no_goes_before_unclear():
    assert one(("opt_in", "opt_in"), ("maybe", "no"))["reason"] == opted_out(2)


def test_any_of_several_consent_columns_is_enough_and_the_first_of_them_is_named():
    assert one(("opt_out", "opt_out", "opt_in"), ("no", "yes", "yes"))["reason"] == opted_out(2)
    assert one(("opt_out", "opt_in", "opt_in"), ("no", "yes", "no"))["reason"] == opted_out(3)
    assert one(("opt_out", "opt_out"), ("yes", "yes"))["reason"] == opted_out(1)
    assert one(("opt_out", "opt_in"), ("no", "yes"))["outcome"] == "ready"


def test_who_opted_out_is_rejected_whatever_else_is_odd():
    sheet = prepare(frame((HELD, "yes"), (WARNED, "yes"), surplus={1: ("x",)}), mapping("phone", "opt_out"), RULES)
    assert sheet[["outcome", "reason"]].to_numpy().tolist() == [["rejected", opted_out(1)]] * 2


@pytest.mark.parametrize(
    ("strict", "phone", "verdict"),
    [
        (False, PHONE, ("ready", "W", "opted-out")),
        (False, WARNED, ("ready", "W", "opted-out")),
        (True, PHONE, ("held", "W", "opted-out")),
        (False, HELD, ("held", "H", "phone-placeholder")),
        (False, "", ("rejected", "R", "phone-blank")),
    ],
)
def test_who_opted_out_is_included_where_that_is_asked_for_with_a_warning(strict, phone, verdict):
    rules = Rules(region="IN", strict=strict, include_opted_out=True)
    sheet = prepare(frame((phone, "yes"), (PHONE, "no")), mapping("phone", "opt_out"), rules)
    assert sheet[["outcome", "level", "rule"]].to_numpy().tolist() == [list(verdict), ["ready", "S", "national"]]
    assert sheet["reason"].tolist() == [explain(verdict[2]), ""]


# Odd rows ------------------------------------------------------------


def test_a_row_with_more_cells_than_headers_is_held_unless_it_is_rejected_anyway():
    sheet = prepare(
        frame((PHONE,), (PHONE,), ("",), (HELD,), surplus=dict.fromkeys((1, 2, 3), ("extra",))), mapping("phone"), RULES
    )
    assert sheet[["outcome", "reason"]].to_numpy().tolist() == [
        ["ready", ""],
        ["held", ROW_SHAPE],
        ["rejected", explain("phone-blank")],
        ["held", ROW_SHAPE],
    ]


def test_a_footer_with_a_phone_is_held_unless_it_is_rejected_anyway():
    rows = frame((PHONE, ""), (PHONE, ""), ("", ""), (HELD, ""), (PHONE, "yes"), surplus={1: ("extra",)})
    rows = dataclasses.replace(rows, footers=frozenset({3, 4, 5, 6, 99}))
    sheet = prepare(rows, mapping("phone", "opt_out"), RULES)
    assert sheet[["outcome", "reason"]].to_numpy().tolist() == [
        ["ready", ""],
        ["held", FOOTER_PHONE],
        ["rejected", explain("phone-blank")],
        ["held", FOOTER_PHONE],
        ["rejected", opted_out(1)],
    ]
    assert FOOTER_PHONE.startswith(f"{footers.CODE}: ")


@pytest.mark.parametrize(
    ("strict", "outcome", "reason"),
    [(False, "ready", ""), (True, "held", "second-number-ignored: " + phones.explain("second-number-ignored"))],
)
def test_strict_holds_what_would_be_sent_with_a_warning(strict, outcome, reason):
    sheet = prepare(frame((WARNED,), (PHONE,)), mapping("phone"), Rules(region="IN", strict=strict))
    assert sheet[["outcome", "reason", "level"]].to_numpy().tolist() == [[outcome, reason, "W"], ["ready", "", "S"]]


# Attributes ------------------------------------------------------------


def test_attributes_are_cleaned_and_blank_where_this_file_has_no_such_column():
    found = one(("attribute:city",), (" New\nDelhi\0 ",), Rules(region="IN", attributes=("city", "plan")))
    assert (found["attribute:city"], found["attribute:plan"]) == ("New Delhi", "")


def test_the_rows_own_country_reads_its_number():
    sheet = prepare(frame(("07400 123456", "GB"), ("07400 123456", "")), mapping("phone", "country"), Rules())
    assert sheet[["outcome", "prefix", "number", "region"]].to_numpy().tolist() == [
        ["ready", "44", "7400123456", "GB"],
        ["held", "", "", ""],
    ]
