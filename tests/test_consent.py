"""Consent: which columns speak of it, which channel goes before which, and what a row's cells come to."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from contact_import import schema
from contact_import.consent import Says, only_answers, opt_in, opt_out, refusals, remark, wishes
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


OPT_OUT_HEADERS = """
    Opt-Out (Y/N) | Is Unsubscribed | Opt Out Flag | Opted-Out Status | opt_out_whatsapp | marketing_opt_out | Unsub
    DND Flag | DNC Flag | NDNC | Do Not Send | Dont call | Don't contact | Blocked by user | STOP | Baja | Отписка
    Opted out of SMS | Deceased | isoptedout | donotcall | emailoptout | Consent withdrawn | No consent | Fecha de baja
    Do not want to receive WhatsApp | Tidak setuju dihubungi | Não deseja receber | 受信拒否
    Removed | Exclude | NCPR | Stop Promo | Jangan dihubungi | मैसेज नहीं भेजना | फोन न करें | رفض الرسائل | عدم الارسال
    Bloquear envio | Sair da lista | Not contactable | Tidak boleh dihubungi
"""
OPT_IN_HEADERS = """
    Opt In (Y/N) | Consent (WhatsApp) | Opt-in status | Consent Y/N | optin_whatsapp | wa_optin | is_optin | Opt In Date
    POPIA Consent | Consentimento LGPD | LGPD | Aceita contato | Aceita promoções | Autoriza WhatsApp | İYS izni | KVKK
    ETK izni | Согласие на рассылку | Рассылка | Setuju dihubungi | موافقة واتساب | 配信可否 | 配信希望 | メルマガ
    Newsletter | Allow WhatsApp | OK to contact | Permission | Subscribed to promotions | WhatsAppOptIn | SMSOptIn
    WhatsApp Marketing | SMS Marketing | Email Marketing | Marketing WhatsApp | Marketing SMS | Promotional Messages
    Send WhatsApp (Y/N) | Contactable | Contact Allowed | Boleh dihubungi | व्हाट्सएप पर संदेश भेजें? | هل توافق على الرسائل
    Aceito receber | Receber ofertas? | Pode mandar WhatsApp | marketing.whatsapp
    whatsappconsent | Opt In/Out | Opt-in / Opt-out | May we contact you on WhatsApp?
    Would you like to receive our offers on WhatsApp? (Yes/No)
"""
OTHER_HEADERS = """
    Consent form date sent | Subscription plan | Subscription price | Options | Opt | Optician | Adoption | Co-op
    Permission level | Permission role | Opt-in source | Subscriber ID | Bus Stop | Stop Name | Block | Accepted Date
    Authorised Contact | Unsubscribe link | Accept Terms | Consent Timestamp | OPTIN_TIME
    Opting | OPTIN_IP | Newsletter name | Emails received
    Do not edit | Shopping
"""


def mapped(header, text="yes"):
    return choose(["Phone", header], pd.DataFrame([["+919812300001", text]], dtype=object)).columns[1]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        *((header, "opt_out") for header in schema.table(OPT_OUT_HEADERS)),
        *((header, "opt_in") for header in schema.table(OPT_IN_HEADERS)),
        *((header, None) for header in schema.table(OTHER_HEADERS)),
    ],
)
def test_the_words_of_a_header_tell_consent_from_what_only_looks_like_it(header, field):
    assert mapped(header).field == field


@pytest.mark.parametrize(
    ("header", "channel"),
    [
        ("opt_out_whatsapp", "whatsapp"),
        ("WhatsAppOptIn", "whatsapp"),
        ("waoptin", "whatsapp"),
        ("SMSOptIn", "sms"),
        ("donotcall", "call"),
        ("emailoptout", "email"),
        ("メルマガ", "email"),
        ("is_optin", ""),
    ],
)
def test_the_channel_is_found_also_where_words_are_written_as_one(header, channel):
    assert mapped(header).channel == channel


def test_what_looks_like_consent_and_is_not_heeded_is_said():
    assert mapped("Opt-in source").reason == (
        "looks like consent and is not heeded: if it says who wants no messages, "
        'add --map opt_out="Opt-in source" or --map opt_in="Opt-in source"'
    )


@pytest.mark.parametrize("text", ["+919812300002", "asha@example.com"])
def test_phones_and_addresses_of_those_who_agreed_are_no_answers(text):
    assert mapped("Details of consented customers", text).field != "opt_in"


def test_columns_given_by_the_user_are_heeded_beside_the_usual_ones():
    headers, row = ["Phone", "City", "DND", "WhatsApp Opt In"], ["+919812300001", "Pune", "", "no"]
    given = {"opt_in": "City", "opt_out": "City 2"}
    found = choose([*headers, "City 2"], pd.DataFrame([[*row, ""]], dtype=object), given=given)
    assert [column.field for column in found.columns] == ["phone", "opt_in", "opt_out", "opt_in", "opt_out"]


NOES = """
    ✗ | ✘ | ❌ | × | ✖ | ✖️ | 🚫 | No, thanks | No (2024-05-01) | NO! | N. | Нет. | 0.0 | FALSO | Faux | Não aceitou
    Recusou
    не согласен | Tidak setuju | لا أوافق | Opted out 2024-01-01 | Unsubscribed on 2024 | no consent given | not given
    do not contact | DND | Nope | Nunca | Removed | Cancelled | expired | Retirado | Kein | HAYIR | Don't call
    同意しない | 不同意 | 拒否 | Not subscribed | opted_out | NÃO
    Opted in 2022, unsubscribed 2024 | Yes (opt out)
"""
YESES = """
    ✓ | ✔ | ✔️ | ☑ | x | 1 | 1.0 | TRUE | VERDADERO | VERDADEIRO | VRAI | WAHR | VERO | ИСТИНА | DOĞRU
    Yes (2024-05-01)
    2024-05-01 | 01/05/2024 10:20 | 2024-05-01T10:20:30Z | 2024-05-01 10:20:30 UTC | 5 May 2024 | May 5, 2024
    05-Jan-24
    opted in 2024 | Subscribed on 1 May | OPTED_IN | Active | Sí | SIM | Oui | Ja | Tak | Evet | да | हाँ | نعم
    Ya, setuju
    はい | 同意します | 是 | 예
"""
UNCLEAR = """
    maybe | ? | ☒ | yes but not WhatsApp | yes until 2023 | on hold | da verificare
    5
    Mumbai | ask again | Archived | yes ✗ | Yes? | S. Rao | accept pending
"""
SILENT = "- | N/A | null | never_subscribed | 0000-00-00 00:00:00 | pending | 1970-01-01"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        *((text, Says.NO) for text in schema.table(NOES)),
        *((text, Says.YES) for text in schema.table(YESES)),
        *((text, Says.UNCLEAR) for text in schema.table(UNCLEAR)),
        *((text, Says.NOTHING) for text in schema.table(SILENT)),
    ],
)
def test_a_yes_must_be_known_in_an_opt_in_column(text, says):
    assert opt_in(text) is says


@pytest.mark.parametrize(
    ("text", "says"),
    [
        *((text, Says.NOTHING) for text in ("", "no", "FALSO", "0.0", "HAYIR", "Não", "not opted out")),
        *((text, Says.NO) for text in ("yes", "2024-05-01", "✗", "×", "Removed", "by phone", "No, thanks", "maybe")),
    ],
)
def test_what_is_no_known_no_is_an_opt_out_in_an_opt_out_column(text, says):
    assert opt_out(text) is says


@pytest.mark.parametrize(
    ("headers", "texts", "found"),
    [
        ((ANY,), ("maybe",), 1),
        ((ANY,), ("no",), -1),
        ((EMAIL, WHATSAPP), ("maybe", "yes"), -1),
        ((ANY, WHATSAPP), ("maybe", "yes"), 1),
        ((WHATSAPP, EMAIL), ("maybe", "yes"), 1),
    ],
    ids=["unclear", "a no is none", "a nearer yes goes before", "not before everything", "a farther one does not"],
)
def test_what_is_unclear_gives_way_only_to_a_yes_to_a_nearer_channel(headers, texts, found):
    table = pd.DataFrame([["+919812300001", *texts]], dtype=object)
    assert wishes(Frame(np.array([2]), table), choose(["Phone", *headers], table)).unclear.tolist() == [found]


REMARKS_OF_NO = """
    Unsubscribed | Opted out | opted-out | Blocked | Do not contact | Do not call | DND | Descadastrado | Não perturbe
    DND - do not message | whatsapp_optout | * myContacts ::: DND | Customer asked to opt out | pls don’t call him
    WhatsApp: opted out | consent: no | 9876543210 (DND) | No llamar | dado de baja | Jangan hubungi
    कृपया संपर्क न करें | call mat karo | لا تتصل | إلغاء الاشتراك | Moenie kontak nie | Bitte nicht anrufen
    Ne pas appeler | désabonné | Non contattare | Niet bellen | Не звонить | 退订 | 配信停止 | 수신거부 | STOP
"""
REMARKS_IN_DOUBT = "not interested | Customer not interested | tidak tertarik | não tem interesse"
REMARKS_OF_WRONG_NUMBERS = """
    wrong number | Wrong number, a shop | not interested, wrong number | 98123 00001 (wrong number) | número errado
    Number belongs to someone else | Not his number! | WRONG NO. | गलत नंबर | salah sambung | رقم خاطئ
    verkeerde nommer | mudou de número | Wrong phone | telefone errado | numero de outra pessoa | Teléfono equivocado
"""
REMARKS_OF_NOTHING = """
    No | Cancelled | Inactive | Pune | Subscribed | not opted out | unsubscribed: no | DND: false | Never contacted
    Optician | Option B | Bus Stop 12 | Stopover | calls on Mondays | Blocked drain at home | contact on WhatsApp
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        *((text, Says.NO) for text in schema.table(REMARKS_OF_NO)),
        *((text, Says.UNCLEAR) for text in schema.table(REMARKS_IN_DOUBT)),
        *((text, Says.WRONG) for text in schema.table(REMARKS_OF_WRONG_NUMBERS)),
        *((text, Says.NOTHING) for text in schema.table(REMARKS_OF_NOTHING)),
        ("vip,unsubscribed", Says.NO),
        ("called twice\ndo not call again", Says.NO),
        ("wrong number, do not call", Says.NO),
        ("", Says.NOTHING),
    ],
)
def test_only_well_known_phrases_are_a_no_in_a_column_about_anything(text, says):
    assert remark(text) is says


@pytest.mark.parametrize(
    ("header", "text", "says"),
    [
        pytest.param("Status", "Unsubscribed", "refused", id="status"),
        pytest.param("Situação", "Descadastrado", "refused", id="status in Portuguese"),
        pytest.param("Tags", "vip, DND", "refused", id="tags"),
        pytest.param("WhatsApp", "opted out", "refused", id="a phone column without phones"),
        pytest.param("Mobile 2", "opted out", "refused", id="a phone column"),
        pytest.param("Notes", "not interested", "unclear", id="not interested"),
        pytest.param("Order status", "Blocked", "unclear", id="an order may be meant"),
        pytest.param("Notes", "wrong number", "wrong", id="a wrong number"),
        pytest.param("Order status", "Wrong number", "wrong", id="a wrong number, whatever the column is about"),
        pytest.param("Opt-in", "wrong number", "wrong", id="a wrong number for an answer"),
        pytest.param("Wrong Number", "Yes", "wrong", id="a yes to a wrong number"),
        pytest.param("WrongNumber?", "x", "wrong", id="a cross under a wrong number"),
        pytest.param("Número errado", "sim", "wrong", id="a yes to a wrong number in Portuguese"),
        pytest.param("Wrong Number", "No", "", id="a no to a wrong number"),
        pytest.param("Wrong Number", "98123 00109", "", id="another number, under a wrong number"),
        pytest.param("Name", "Stop", "", id="a name"),
        pytest.param("Name", "Asha (DND)", "unclear", id="behind a name"),
        pytest.param("First name", "Do not call", "unclear", id="for want of a name"),
        pytest.param("Name", "Ravi - wrong number", "wrong", id="a wrong number, behind a name"),
        pytest.param("Email", "unsubscribed", "", id="an address"),
    ],
)
def test_a_remark_counts_in_any_column_but_addresses_and_may_be_a_name(header, text, says):
    table = pd.DataFrame([["+919812300001", text], ["+919812300002", ""]], dtype=object)

    found = wishes(Frame(np.array([2, 3]), table), choose(["Phone", header], table))._asdict()

    none = {name: [-1, -1] for name in found}
    assert {name: where.tolist() for name, where in found.items()} == none | ({says: [1, -1]} if says else {})


def test_the_reason_of_a_corrected_failures_file_is_no_remark():
    headers = [*schema.OWN_COLUMNS, "Phone"]
    table = pd.DataFrame([["unsubscribed"] * len(schema.OWN_COLUMNS) + ["+919812300001"]], dtype=object)

    assert refusals(Frame(np.array([2]), table), choose(headers, table)).tolist() == [-1]


def test_a_yes_to_whatsapp_goes_before_a_remark_about_email():
    headers = ["Phone", "Email status", "WhatsApp Consent"]
    table = pd.DataFrame([["+919812300001", "Unsubscribed", yes] for yes in ("yes", "")], dtype=object)

    assert refusals(Frame(np.array([2, 3]), table), choose(headers, table)).tolist() == [-1, 1]


@pytest.mark.parametrize(
    ("cells", "only"),
    [
        ({"Yes", "no"}, True),
        ({"0", "1"}, True),
        ({"हाँ", "नहीं"}, True),
        ({"No"}, True),
        ({"yes"}, False),
        ({"0"}, False),
        ({"yes", "no", "Pune"}, False),
        (set(), False),
    ],
)
def test_a_column_of_answers_has_nothing_else_and_one_no(cells, only):
    assert only_answers(cells) is only


def test_a_column_of_answers_that_nobody_understands_is_doubted():
    table = pd.DataFrame([["+919812300001", "ja"], ["+919812300002", "nein"]], dtype=object)

    assert choose(["Phone", "Frage 7"], table).doubts == {
        1: 'the column "Frage 7" holds only yes and no, and is not heeded: if it is about consent, '
        "say --require-consent 'Frage 7=ja'"
    }


def test_a_column_of_wrong_numbers_is_heeded_and_not_doubted():
    table = pd.DataFrame([["+919812300001", "yes"], ["+919812300002", "no"]], dtype=object)

    assert choose(["Phone", "Wrong number"], table).doubts == {}
