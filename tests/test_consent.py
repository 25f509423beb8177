"""Consent: which columns speak of it, which channel goes before which, and what a row's cells come to."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from contact_import import schema
from contact_import.consent import refusals
from contact_import.mapping import choose
from contact_import.models import Frame

WHATSAPP, SMS, EMAIL, ANY = "WhatsApp Consent", "SMS Consent", "Email Consent", "Consent"
NO_CALLS, NO_EMAIL, BLOCKED = "Do Not Call", "Email Opt Out", "Blacklisted"


def who_says_no(**cells: str) -> str | None:
    """Return the header of the column that says no for good; *cells* has "_" for the spaces of a header."""
    headers = [name.replace("_", " ") for name in cells]
    table = pd.DataFrame([["9812300001", *cells.values()]], dtype=object)
    mapping = choose(["Phone", *headers], table)
    found = refusals(Frame(np.array([2]), table), mapping).tolist()[0]
    return None if found < 0 else mapping.columns[found].header


@pytest.mark.parametrize(
    ("cells", "says_no"),
    [
        pytest.param({WHATSAPP: "no"}, WHATSAPP, id="no to WhatsApp"),
        pytest.param({WHATSAPP: "no", SMS: "yes", EMAIL: "yes"}, WHATSAPP, id="nothing goes before no to WhatsApp"),
        pytest.param({WHATSAPP: "yes", SMS: "no", EMAIL: "no"}, None, id="yes to WhatsApp goes before all"),
        pytest.param({WHATSAPP: "yes", NO_CALLS: "1", NO_EMAIL: "1"}, None, id="and before opt-outs of other channels"),
        pytest.param({WHATSAPP: "", SMS: "no", EMAIL: "yes"}, SMS, id="SMS decides where WhatsApp says nothing"),
        pytest.param({SMS: "yes", EMAIL: "no"}, None, id="yes to SMS goes before no to e-mail"),
        pytest.param({SMS: "yes", NO_CALLS: "yes"}, None, id="and before no to calls"),
        pytest.param({EMAIL: "no"}, EMAIL, id="no to e-mail, and no other channel known"),
        pytest.param({EMAIL: "no", SMS: ""}, EMAIL, id="no to e-mail, and the other channel says nothing"),
        pytest.param({NO_EMAIL: "0", WHATSAPP: ""}, None, id="an opt-out that is not ticked"),
        pytest.param({NO_EMAIL: "1", NO_CALLS: "0"}, NO_EMAIL, id="which says nothing of the others either"),
        pytest.param({WHATSAPP: "yes", BLOCKED: "yes"}, BLOCKED, id="an opt-out of everything is final"),
        pytest.param({WHATSAPP: "yes", ANY: "no"}, ANY, id="so is a no to everything"),
        pytest.param({ANY: "yes", EMAIL: "no"}, EMAIL, id="a general yes goes before nothing"),
        pytest.param({EMAIL: "unsubscribed"}, EMAIL, id="a word for no"),
        pytest.param({EMAIL: "NEVER_SUBSCRIBED"}, None, id="nobody asked"),
        pytest.param({WHATSAPP: "maybe", SMS: "no"}, SMS, id="an unknown word is no yes"),
        pytest.param({BLOCKED: "2024-01-15"}, BLOCKED, id="a date of an opt-out"),
    ],
)
def test_the_channel_nearest_to_whatsapp_decides(cells, says_no):
    assert who_says_no(**{name.replace(" ", "_"): text for name, text in cells.items()}) == says_no


@pytest.mark.parametrize(
    ("header", "channel"),
    [
        *((header, "whatsapp") for header in ("Accepts WhatsApp Marketing", "WhatsApp Opted", "WA ok", "whatsapp_ok")),
        *((header, "sms") for header in ("Accepts SMS Marketing", "SMS_BLACKLISTED", "Text Opt In")),
        *((header, "call") for header in ("Do Not Call", "DoNotCall", "No llamar")),
        *((header, "email") for header in ("Accepts Email Marketing", "HasOptedOutOfEmail", "EMAIL_BLACKLISTED")),
        *((header, "email") for header in ("E-mail Opt Out", "Newsletter", "Correo electrónico: acepta")),
        *((header, "") for header in ("DND", "Unsubscribed", "Consent", "Do Not Contact", "Blacklisted")),
    ],
)  # fmt: skip
def test_a_header_says_which_channel_its_consent_is_for(header, channel):
    assert schema.channel(header) == channel


def test_what_is_nearer_to_whatsapp_goes_before_and_everything_gives_way_to_nothing():
    order = list(schema.CHANNELS)
    assert order == ["whatsapp", "sms", "call", "email"]
    for place, one in enumerate(order):
        assert [other for other in order if schema.nearer(one, other)] == order[place + 1 :]
        assert not schema.nearer(one, "")
        assert not schema.nearer("", one)


@pytest.mark.parametrize(
    ("row", "column", "text"),
    [
        ("Email Address,Phone Number,MEMBER_RATING,OPTIN_TIME,LEID,EUID,UNSUB_TIME", "UNSUB_TIME", "2024-01-15"),
        ("Email,First Name,Last Name,Phone,Tags,Date Created,IP,Status", "Status", "Unsubscribed"),
        ("phone_number,external_id,subscribed", "subscribed", "FALSE"),
        ("Record Id,Lead Owner.id,Lead Name,Mobile,Unsubscribed Mode", "Unsubscribed Mode", "Manual"),
        ("EMAIL,SMS,EMAIL_BLACKLISTED,SMS_BLACKLISTED", "EMAIL_BLACKLISTED", "Yes"),
        ("Country Code,Phone Number,WhatsApp Opted", "WhatsApp Opted", "FALSE"),
        (
            "Email,Klaviyo ID,First Name,Last Name,Phone Number,Email Marketing Consent",
            "Email Marketing Consent",
            "UNSUBSCRIBED",
        ),
        ("First Name,Last Name,Account Name,Account Owner,Phone,Do Not Call", "Do Not Call", "1"),
        ("name,phone,dnd", "dnd", "Y"),
    ],
)  # fmt: skip
def test_who_said_no_in_a_known_export_is_known(row, column, text):
    headers = row.split(",")
    phones = [index for index, header in enumerate(headers) if schema.hits(header)[:1] and "phone" in header.lower()]
    cells = ["+919812300001" if index in phones else "" for index in range(len(headers))]
    cells[headers.index(column)] = text
    cells = [
        "+919812300001" if header in {"SMS", "Mobile"} else cell for header, cell in zip(headers, cells, strict=True)
    ]
    table = pd.DataFrame(
        [cells, ["" if header == column else cell for header, cell in zip(headers, cells, strict=True)]]
    )
    mapping = choose(headers, table.astype(object))
    assert refusals(Frame(np.array([2, 3]), table.astype(object)), mapping).tolist() == [headers.index(column), -1]


def test_an_export_says_what_a_status_is_for():
    headers = ["Email", "First Name", "Last Name", "Phone", "Tags", "Date Created", "IP", "Status", "WhatsApp Consent"]
    rows = [["", "", "", "+919812300001", "", "", "", "Unsubscribed", text] for text in ("yes", "", "no")]
    table = pd.DataFrame(rows, dtype=object)
    mapping = choose(headers, table)
    assert (mapping.source, mapping.columns[7].channel) == ("ActiveCampaign", "email")
    assert refusals(Frame(np.array([2, 3, 4]), table), mapping).tolist() == [-1, 7, 8]


def test_the_reason_of_a_mapping_says_which_consent_goes_before_which():
    headers = ["Phone", "Accepts Email Marketing", "Accepts SMS Marketing", "Accepts WhatsApp Marketing", "DND"]
    found = choose(headers, pd.DataFrame(columns=range(5), dtype=object))
    assert [(column.field, column.channel, column.reason) for column in found.columns[1:]] == [
        (
            "opt_in",
            "email",
            'header "Accepts Email Marketing"; a yes in "Accepts SMS Marketing" or "Accepts WhatsApp Marketing" '
            "goes before it",
        ),
        ("opt_in", "sms", 'header "Accepts SMS Marketing"; a yes in "Accepts WhatsApp Marketing" goes before it'),
        ("opt_in", "whatsapp", 'header "Accepts WhatsApp Marketing"'),
        ("opt_out", "", 'header "DND"'),
    ]
