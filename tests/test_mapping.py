"""Which column feeds which field, and why: headers, values, the user's word; and the file that keeps a mapping."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_import import schema
from contact_import.errors import InputProblem, UsageProblem
from contact_import.mapping import choose
from contact_import.mapping.given import names
from contact_import.mapping_file import load_mapping, save_mapping

PHONES = ("9876543210", "9876543211", "9876543219")


def frame(headers, rows=()):
    return pd.DataFrame([list(row) for row in rows], columns=range(len(headers)), dtype=object)


def mapped(headers, rows=(), **options):
    """Return field (or None) by column."""
    return [column.field for column in choose(headers, frame(headers, rows), **options).columns]


def reasons(headers, rows=(), **options):
    return [column.reason for column in choose(headers, frame(headers, rows), **options).columns]


def column(header, values, *, beside="Phone"):
    """Return the field of a column *header* with *values* beside a phone column, and why."""
    rows = [(value, f"+9198765432{place:02}") for place, value in enumerate(values)]
    found = choose([header, beside], frame([header, beside], rows)).columns[0]
    return found.field, found.reason


# header row → "position:field …"; what is not named is not mapped
EXPORTS = {
    "Google, newer": (
        "First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Nickname,File As,Organization Name,Notes,"
        "Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,"
        "Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - City,Address 1 - Country,Website 1 - Value",
        "0:first_name 2:last_name 9:tags 11:email 15:phone 17:phone 20:country",
    ),
    "Google, older": (
        "Name,Given Name,Additional Name,Family Name,Yomi Name,Name Prefix,Nickname,Group Membership,E-mail 1 - Type,"
        "E-mail 1 - Value,Phone  1 - Type,Phone  1 - Value",
        "0:name 1:first_name 3:last_name 7:tags 9:email 11:phone",
    ),
    "Outlook": (
        "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Country/Region,"
        "Assistant's Phone,Business Fax,Business Phone,Callback,Company Main Phone,Home Fax,Home Phone,"
        "Mobile Phone,Pager,"
        "Primary Phone,Account,Assistant's Name,Categories,E-mail Address,E-mail Type,E-mail Display Name,"
        "E-mail 2 Address,Manager's Name,Spouse,User 1,Web Page",
        "1:first_name 3:last_name 8:country 16:phone 18:phone 11:phone 15:phone 21:tags 22:email",
    ),
    "Outlook, without spaces": (
        "FirstName,LastName,EmailAddress,MobilePhone,HomePhone,User 1",
        "0:first_name 1:last_name 2:email 3:phone 4:phone",
    ),
    "Windows Live Mail": (
        "First Name,Last Name,Middle Name,Name,Nickname,E-mail Address,Home Phone,Home Fax,Mobile Phone,Company",
        "0:first_name 1:last_name 3:name 5:email 8:phone 6:phone",
    ),
    "Thunderbird": (
        "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Work Phone,Home Phone,Fax Number,"
        "Pager Number,Mobile Number,Birth Year,Custom 1,Notes,",
        "0:first_name 1:last_name 2:name 4:email 10:phone 6:phone 7:phone",
    ),
    "HubSpot": (
        "Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Contact owner,Lead Status,Company Name,"
        "Country/Region,Postal Code,Work email",
        "1:first_name 2:last_name 3:email 5:phone 4:phone 9:country",
    ),
    "Salesforce": (
        "Salutation,First Name,Last Name,Title,Account Name,Mailing Country,Phone,Mobile,Fax,Email,Account Owner,"
        "Do Not Call,Email Opt Out",
        "1:first_name 2:last_name 5:country 7:phone 6:phone 9:email 11:opt_out 12:opt_out",
    ),
    "Zoho": (
        "Record Id,Contact Owner.id,Contact Owner,First Name,Last Name,Account Name,Email,Title,Phone,Mobile,"
        "Created By,Contact Name,Email Opt Out,Tag",
        "3:first_name 4:last_name 6:email 9:phone 8:phone 11:name 12:opt_out 13:tags",
    ),
    "Pipedrive": (
        "Person - ID,Person - Name,Person - Email,Person - Phone,Organization - Name",
        "1:name 2:email 3:phone",
    ),
    "Shopify": (
        "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Phone,"
        "Phone,Accepts WhatsApp Marketing,Total Spent,Tags",
        "1:first_name 2:last_name 3:email 4:opt_in 7:phone 6:phone 8:opt_in 10:tags",
    ),
    "WooCommerce": (
        "Name,Username,Last Active,Email,Country / Region,City,Postal Code,Billing Phone,Shipping Phone,Role",
        "0:name 3:email 4:country 7:phone 8:phone",
    ),
    "Stripe": ("id,Email,Name,Phone,Description,Card Number,Card Last 4", "1:email 2:name 3:phone"),
    "Meta lead ads": ("id,created_time,ad_name,form_name,full_name,phone_number,email", "4:name 5:phone 6:email"),
    "Meta lead ads, Portuguese": ("id,campaign_name,nome_completo,telefone,email", "2:name 3:phone 4:email"),
    "Mailchimp": (
        "Email Address,First Name,Last Name,Phone Number,MEMBER_RATING,OPTIN_IP,CC,REGION,LEID,UNSUB_TIME,TAGS",
        "0:email 1:first_name 2:last_name 3:phone 9:opt_out 10:tags",
    ),
    "Klaviyo": (
        "Email,Klaviyo ID,First Name,Last Name,Organization,Title,Phone Number,Country,Email Suppressions",
        "0:email 2:first_name 3:last_name 6:phone 7:country 8:opt_out",
    ),
    "Interakt": (
        "Name,Country Code,Phone Number,Email,WhatsApp Opted,User ID",
        "0:name 1:prefix 2:phone 3:email 4:opt_in",
    ),
    "AiSensy": ("Name,Mobile Number,First Message", "0:name 1:phone"),
    "Chatwoot": ("id,name,email,identifier,document_number,phone_number,labels", "1:name 2:email 5:phone 6:tags"),
    "RapidPro": ("URN:Tel,Name,Language,URN:Tel", "0:phone 1:name 3:phone"),
    "Engati": (
        "phone_no,first_name,last_name,email,city,country",
        "0:phone 1:first_name 2:last_name 3:email 5:country",
    ),
    "India": ("S.No,Contact Person,Mobile No.,Transport Name,City,Vehicle No", "1:name 2:phone"),
    "Hindi": ("नाम,मोबाइल नंबर,शहर,राज्य", "0:name 1:phone"),
    "Indonesia": ("Nama,No HP,Email,Bank,No Rekening,Nama Rekening", "0:name 1:phone 2:email"),
    "Arabic": ("الاسم,البريد,الهاتف,Company,Notes", "0:name 1:email 2:phone"),
    "Russian Outlook": (
        "Имя,Фамилия,Мобильный телефон,Адрес электронной почты",
        "0:first_name 1:last_name 2:phone 3:email",
    ),
    "Japanese": ("姓,名,携帯電話,電子メール アドレス,国/地域", "0:last_name 1:first_name 2:phone 3:email 4:country"),
    "Turkish": ("Ad,Soyadı,Cep Telefonu,E-posta Adresi", "0:first_name 1:last_name 2:phone 3:email"),
    "French": ("Prénom,Nom,E-mail,Téléphone,Ville", "0:first_name 1:last_name 2:email 3:phone"),
    "French, full name": ("Nom,Email,Téléphone", "0:name 1:email 2:phone"),
    "Brazil": ("Nome,Sobrenome,CPF,CEP,Celular,Telefone residencial", "0:first_name 1:last_name 4:phone 5:phone"),
}  # fmt: skip


@pytest.mark.parametrize(("row", "expected"), EXPORTS.values(), ids=EXPORTS)
def test_a_header_row_people_have_is_mapped(row, expected):
    headers = row.split(",")
    wanted = dict(entry.split(":") for entry in expected.split())
    found = choose(headers, frame(headers))
    assert {str(each.index): each.field for each in found.columns if each.field} == wanted
    assert found.feeding("phone") == tuple(int(key) for key, field in wanted.items() if field == "phone")


def test_bare_words_of_yahoo_are_phones_where_the_values_are():
    headers = ["First", "Last", "Home", "Work", "Pager", "Mobile", "Other"]
    rows = [("Asha", "Rao", "080 2345 6789", "", "080 1111 1111", phone, "see notes") for phone in PHONES]
    assert mapped(headers, rows) == ["first_name", "last_name", "phone", None, None, "phone", None]
    assert reasons(headers, rows)[2:] == [
        'header "Home", values: 100 % look like phone numbers',
        'not mapped: header "Work", and no values that show what it means',
        'vetoed by "Pager": never a phone',
        'header "Mobile"',
        'not mapped: header "Other", but its values are no phone numbers',
    ]


def test_whatsapp_goes_before_mobile_before_phone_before_work():
    headers = ["Work Phone", "Phone", "Mobile", "Phone 2", "WhatsApp"]
    assert choose(headers, frame(headers, [PHONES + PHONES[:2]])).feeding("phone") == (4, 2, 1, 3, 0)


# The name trap


@pytest.mark.parametrize("word", ["Nome", "Nom", "Ad", "Имя", "Name", "Nombre", "Naam", "الاسم", "नाम", "名", "이름"])
def test_a_bare_name_is_the_first_name_beside_a_surname_and_else_the_full_name(word):
    assert mapped([word, "Phone"]) == ["name", "phone"]
    assert mapped([word, "Last Name", "Phone"]) == ["first_name", "last_name", "phone"]
    assert mapped([word, "First Name", "Last Name", "Phone"]) == ["name", "first_name", "last_name", "phone"]


@pytest.mark.parametrize(
    ("headers", "row", "expected"),
    [
        pytest.param(["Nome", "Cognome"], ("Ada", "Rossi"), ["first_name", "last_name"], id="first and last"),
        pytest.param(["Nome", "Cognome"], ("Ada Rossi", "Rossi"), ["name", "last_name"], id="full and last"),
        pytest.param(["Name", "Vorname"], ("Weiß", "Ute"), ["last_name", "first_name"], id="last and first"),
        pytest.param(["Name", "First Name"], ("Ute Weiß", "Ute"), ["name", "first_name"], id="full and first"),
        pytest.param(["Name", "Vorname"], ("", ""), ["last_name", "first_name"], id="last and first by language"),
        pytest.param(["Name", "First Name"], ("", ""), ["name", "first_name"], id="full and first by language"),
        pytest.param(
            ["Nome completo", "Nome", "Sobrenome"], ("A B", "A", "B"), ["name", None, "last_name"], id="three"
        ),
    ],
)
def test_the_values_tell_a_full_name_from_its_parts(headers, row, expected):
    assert mapped([*headers, "Phone"], [(*row, "9876543210")]) == [*expected, "phone"]


# Dial code or country


@pytest.mark.parametrize(
    ("header", "values", "expected"),
    [
        pytest.param("Country Code", ["91", "91", "44"], "prefix", id="digits"),
        pytest.param("Country Code", ["+91", "0044"], "prefix", id="with a sign"),
        pytest.param("Country Code", ["91.0", "91.0"], "prefix", id="Excel numbers"),
        pytest.param("Country Code", ["IN", "GB"], "country", id="letters"),
        pytest.param("Country Code", ["", ""], "prefix", id="blank"),
        pytest.param("Country Code", ["INR 5", "12345"], None, id="neither"),
        pytest.param("Country", ["India", "Côte d’Ivoire"], "country", id="names"),
        pytest.param("Country", ["91", "+44"], "prefix", id="country with dial codes"),
        pytest.param("Dial Code", ["IN", "GB"], "country", id="dial code with letters"),
        pytest.param("Código do país", ["55"], "prefix", id="Portuguese"),
        pytest.param("Prefix", ["91", "91"], "prefix", id="prefix"),
        pytest.param("Prefix", ["Mr", "Mrs"], None, id="Mr"),
        pytest.param("Prefijo", ["+34", "+34"], "prefix", id="marked"),
        pytest.param("Prefijo", ["91", "93"], None, id="Madrid and Barcelona"),
        pytest.param("Vorwahl", ["030"], None, id="Berlin"),
        pytest.param("CC", ["IN", "GB"], None, id="country of an IP address"),
        *(
            pytest.param(header, ["1", "91", "44", "1"], "prefix", id=f"{header}, of calling codes")
            for header in (
                *("Code", "CC", "C Code", "Mobile Code", "Mobile Prefix", "Contact Code", "WhatsApp Code", "Intl Code"),
                *("Code (Country)", "Country Code Mobile", "Country Cd", "Cód. País", "Kode", "Pref", "Dial", "Ctry"),
            )
        ),
        pytest.param("Code", ["A1", "B2", "44"], None, id="codes of something else"),
        pytest.param("Code", ["91", "44", "12", "13", "14"], None, id="codes that are not all assigned"),
        pytest.param("Code", ["43", "44", "45", "46", "47"], None, id="a running number"),
        pytest.param("Nationality", ["Indian"], None, id="nationality"),
    ],
)
def test_values_tell_a_dial_code_from_a_country(header, values, expected):
    assert column(header, values)[0] == expected


def test_an_area_code_is_left_out_with_the_option_that_takes_it_in():
    assert column("Prefijo", ["91"])[1] == (
        'not mapped: header "Prefijo" may hold area codes; if it holds dial codes, add --map prefix="Prefijo"'
    )


def test_a_dial_code_and_a_country_feed_a_field_each():
    headers = ["Country Code", "Country", "Phone Number", "Public Display Name"]
    assert mapped(headers, [("91", "India", "9876543210", "A")]) == ["prefix", "country", "phone", "name"]
    assert mapped(headers, [("IN", "India", "9876543210", "A")]) == [None, "country", "phone", "name"]


# Values


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param(["9876543210"], "phone", id="digits"),
        pytest.param(["+91 98765-43210", "(080) 2345.6789"], "phone", id="signs"),
        pytest.param(["98765 43210, 9123456789", "+4131123 ::: +4179"], "phone", id="several in a cell"),
        pytest.param(["p:+919876543210", "tel:9876543210", "'9876543210", '="0982123456"'], "phone", id="dress"),
        pytest.param(["9876543210.0"], "phone", id="Excel number"),
        pytest.param(["٠١٢٩٨٧٦٥٤٣٢"], "phone", id="Arabic digits"),
        pytest.param(["\u202a+91 98765\u00a043210\u202c"], "phone", id="invisible characters"),
        pytest.param(["2024-01-15", "15.01.2024", "2024-01-15 10:00"], None, id="dates"),
        pytest.param(["20240115"], None, id="date without signs"),
        pytest.param(["12.9715987", "1250000.50"], None, id="coordinates and amounts"),
        pytest.param(["192.168.100.200"], None, id="IP addresses"),
        pytest.param(["1234567", "1234568", "1234569", "1234570"], None, id="running number"),
        pytest.param(["123456"], None, id="6 digits"),
        pytest.param(["1234567890123456"], None, id="16 digits"),
        pytest.param(["9876543210", "n/a", "none"], None, id="one in three"),
    ],
)
def test_a_column_without_a_usual_header_is_the_phone_by_its_values(values, expected):
    headers, rows = ["Column1", "Column2"], [(value, "x") for value in values]
    if expected:
        assert mapped(headers, rows)[0] == "phone"
        assert reasons(headers, rows)[0] == "values: 100 % look like phone numbers"
    else:
        with pytest.raises(InputProblem):
            mapped(headers, rows)


@pytest.mark.parametrize(
    "header", ["Account Number", "Order No", "GSTIN", "Zip", "Customer ID", "Father Mobile", "Fax"]
)
def test_a_vetoed_column_is_no_phone_whatever_its_values(header):
    with pytest.raises(InputProblem):
        mapped([header], [(phone,) for phone in PHONES])


def test_values_do_not_overrule_a_header_but_are_told():
    rows = [("9876543210", "n/a", "x"), ("9876543211", "9876543212", "x"), ("9876543213", "none", "x")]
    found = choose(["q1", "Phone", "Email"], frame("abc", rows)).columns
    assert [(column.field, column.confidence, column.reason) for column in found] == [
        (None, "", "not mapped"),
        ("phone", "likely", 'header "Phone", though values: 33 % look like phone numbers'),
        ("email", "likely", 'header "Email", though values: 0 % look like e-mail addresses'),
    ]
    assert reasons(["q1", "Phone"], [("9876543210", "n/a")], given={"phone": "Phone"})[1] == "given by --map"


@pytest.mark.parametrize(
    ("header", "values", "confidence"),
    [
        pytest.param("Mobile", PHONES, "sure", id="a usual header"),
        pytest.param("Mobile", ["", ""], "sure", id="a usual header without values"),
        pytest.param("Contact", PHONES, "likely", id="a header of several meanings, and the values"),
        pytest.param("Telefono di casa", PHONES, "sure", id="a usual header with a word of place"),
        pytest.param("Column1", PHONES, "guess", id="values alone"),
        pytest.param("Mobile Handy", PHONES, "guess", id="words for phones, and the values"),
    ],
)
def test_a_mapping_says_how_sure_it_is(header, values, confidence):
    (found,) = choose([header], frame([header], [(value,) for value in values])).columns
    assert (found.field, found.confidence) == ("phone", confidence)


def test_what_the_user_says_is_sure_and_what_feeds_nothing_is_nothing():
    found = choose(["q1", "City"], frame("ab", [("x", "y")]), given={"phone": "q1"}).columns
    assert [column.confidence for column in found] == ["sure", ""]


def test_shares_are_rounded_down():
    rows = [(f"98123{number:05}", "x") for number in range(0, 995, 5)] + [("none", "x")]
    assert reasons(["Column1", "q2"], rows)[0] == "values: 99 % look like phone numbers"


def test_one_ambiguous_header_means_what_its_values_are():
    assert column("Contact", ["Asha Rao"]) == ("name", 'header "Contact", values: 100 % look like names')
    assert column("Contact", ["a@example.org"])[0] == "email"
    assert column("Contact", ["98765 43210"])[0] == "phone"
    assert column("Contact", ["5"]) == (
        None,
        'not mapped: header "Contact", but its values are no names or phone numbers or e-mail addresses',
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([("Asha Rao", "9876543210", "a@b.co")] * 1, ["name", "phone", "email"], id="three"),
        pytest.param([("9876543210",)], ["phone"], id="numbers only"),
        pytest.param([("Asha Rao", "9876543210"), ("Ravi Rao", "")], ["name", "phone"], id="name and number"),
        pytest.param([("Asha", "Pune", "9876543210")], [None, None, "phone"], id="name or town"),
        pytest.param([("VIP", "9876543210")] * 3, [None, "phone"], id="the same in every row"),
        pytest.param([("1000000001", "+44 7700 900123")], [None, "phone"], id="number and international"),
    ],
)
def test_without_headers_the_values_decide(rows, expected):
    assert mapped([""] * len(rows[0]), rows) == expected


def test_a_column_of_words_is_a_name_only_where_no_header_says_otherwise():
    assert mapped(["City", "Phone"], [("Pune", "9876543210")]) == [None, "phone"]
    assert mapped(["Column1", "Phone"], [("Asha Rao", "9876543210")]) == ["name", "phone"]


# What looks like a phone and is perhaps somebody else's

NOT_SAID = """
    Sales Rep Mobile | RM Contact | Folio | A/c No. | Consumer No | Password | Next of Kin Number | Remarks | 社員番号
    q1
    Phone (Son) | Mobile (RM) | Contact No (Sales Executive) | Phone (Broker) | Mobile (Neighbour) | Phone (Old)
    Phone (Wrong) | Phone (Do not call) | Mobile (Acme) | Old Mobile | Wrong Number | Contato Recado | Phone - Mom
"""


def table(text):
    return [cell.strip() for line in text.strip().splitlines() for cell in line.split("|")]


@pytest.mark.parametrize("header", table(NOT_SAID))
def test_a_header_that_does_not_say_phone_is_never_guessed_to_be_one(header):
    rows = [("Asha Rao", phone) for phone in PHONES]
    with pytest.raises(InputProblem):
        mapped(["Name", header], rows)
    beside = mapped(["Name", header, "Phone"], [(*row, "98123 00001") for row in rows])
    assert (beside[0], beside[1] == "phone", beside[2]) == ("name", False, "phone")
    assert mapped(["Name", header], rows, given={"phone": header}) == ["name", "phone"]


def test_the_refusal_names_the_very_option():
    with pytest.raises(InputProblem) as refused:
        mapped(["Name", "Folio"], [("Asha Rao", phone) for phone in PHONES])
    assert str(refused.value) == (
        'the values of "Folio" look like phone numbers, but its header does not say so. If they are, add '
        '--map phone="Folio"'
    )
    with pytest.raises(InputProblem) as refused:
        mapped(["Folio", "Phone (Acme)"], [(phone, "9812300001") for phone in PHONES])
    assert str(refused.value) == (
        'the values of "Folio" and "Phone (Acme)" look like phone numbers, but their headers do not say so. '
        'If they are, add --map phone="Folio" or --map phone="Phone (Acme)"'
    )


def test_a_parenthesis_that_is_not_understood_is_the_reason():
    assert reasons(["Phone (Acme)", "Phone"]) == [
        'not mapped: "(Acme)" may make it another person\'s',
        'header "Phone"',
    ]


@pytest.mark.parametrize(
    ("row", "phones"),
    [
        pytest.param("Name,Mobile,Name,Mobile,Name,Mobile", (1,), id="groups of columns"),
        pytest.param("Name 1,Phone 1,Name 2,Phone 2", (1,), id="numbered groups"),
        pytest.param("Mobile,Name,Mobile,Name,Mobile,Name", (0,), id="groups that begin with the phone"),
        pytest.param("Mobile,First Name,Phone,Last Name", (0, 2), id="a phone between two parts of one name"),
        pytest.param("Name,Mobile,Agent,Phone", (1,), id="an agent behind"),
        pytest.param("Name,Mobile,Father's Name,Mobile,Phone", (1,), id="a father and his two"),
        pytest.param("First Name,Mobile,Spouse,First Name,Phone", (1,), id="a spouse by first name"),
        pytest.param("Name,Father's Name,Mobile", (2,), id="the only phone, behind all names"),
        pytest.param("Agent,Name,Mobile,Phone", (2, 3), id="an agent before the contact"),
        pytest.param("Mobile,Name,Phone", (0, 2), id="a name between"),
        pytest.param("Name,Mobile,Father Mobile,Phone", (1, 3), id="no name of the father"),
        pytest.param("First Name,Mobile,Last Name,Phone", (1, 3), id="two parts of one name"),
    ],
)
def test_a_phone_behind_a_second_name_belongs_to_that_person(row, phones):
    headers = row.split(",")
    assert choose(headers, frame(headers)).feeding("phone") == phones


def test_a_phone_of_another_name_says_whose_it_is():
    headers = ["Name", "Mobile", "Agent", "Mobile"]
    rows = [("Asha", PHONES[0], "Rao", PHONES[1])]
    assert reasons(headers, rows)[3] == 'not mapped: belongs to the column "Agent"'
    assert mapped(headers, [("Asha", PHONES[0], "12", PHONES[1])]) == ["name", "phone", None, "phone"]
    headers = ["Name", "Mobile", "Name", "Mobile"]
    assert reasons(headers)[3] == 'not mapped: belongs to the column "Name (2)"'
    assert mapped(headers, given={"phone": "Mobile (2)"})[3] == "phone"


@pytest.mark.parametrize(
    ("header", "values", "expected"),
    [
        pytest.param("Cep", ["0532 123 45 67", "5321234568"], "phone", id="Turkish mobiles"),
        pytest.param("CEP", ["01310-100", "04538-133"], None, id="Brazilian post codes"),
        pytest.param("CEP", ["01310100"], None, id="Brazilian post codes without a sign"),
        pytest.param("CEP", [""], None, id="blank"),
    ],
)
def test_cep_is_a_turkish_mobile_or_a_brazilian_post_code(header, values, expected):
    assert column(header, values)[0] == expected


def test_bare_code_is_a_dial_code_only_beside_a_phone():
    rows = [("91", "Asha", "98123 00001"), ("44", "Mia", "07400 123456")]
    assert mapped(["Code", "Name", "Phone"], rows) == [None, "name", "phone"]
    assert reasons(["Code", "Name", "Phone"], rows)[0] == (
        'not mapped: header "Code" may mean much; if it holds dial codes, add --map prefix="Code"'
    )
    assert mapped(["Mobile Code", "Name", "Phone"], rows) == ["prefix", "name", "phone"]


@pytest.mark.parametrize(
    ("headers", "rows", "refused"),
    [
        pytest.param(["+", "Phone"], [("1", "9085551234"), ("91", "9812300001")], True, id="a sign for a header"),
        pytest.param(["Zone", "Phone"], [("1", "9085551234"), ("44", "07400123456")], True, id="calling codes"),
        pytest.param(["Zone", "Phone"], [("1", "+19085551234"), ("44", "+447400123456")], False, id="a plus is there"),
        pytest.param(["S.No", "Phone"], [(str(n), f"98123000{n:02}") for n in (30, 31, 32, 33, 34)], False, id="S.No"),
        pytest.param(["Zone", "Phone"], [(str(n), f"98123000{n}") for n in range(43, 50)], False, id="counting up"),
        pytest.param(["Ward", "Phone"], [("12", "9812300001"), ("91", "9812300002")], False, id="not all assigned"),
        pytest.param(["Ward", "Name", "Phone"], [("91", "A", "9812300001")], False, id="not beside the phone"),
        pytest.param(["ISD", "Zone", "Phone"], [("91", "91", "9812300001")], False, id="a dial code is there"),
    ],
)
def test_a_column_of_calling_codes_before_a_phone_is_not_overlooked(headers, rows, refused):
    if refused:
        # What is called something else is not offered as a code.
        option = 'write "Dial Code" over them' if headers[0] == "Zone" else 'Add --map prefix="[+#1]", or where it is'
        with pytest.raises(InputProblem, match=option):
            mapped(headers, rows)
        assert mapped(headers, rows, given={"prefix": "#1"})[0] == "prefix"
        assert mapped(headers, rows, attributes={"other": "#1"})[0] == "attribute:other"
    else:
        assert mapped(headers, rows)[-1] == "phone"


def test_a_bare_code_of_another_country_is_offered_as_a_dial_code_and_as_something_else():
    headers, rows = ["Code", "Phone"], [("44", "07400 123456"), ("44", "07400 123457"), ("91", "98123 00001")]
    offer = 'Add --map prefix="Code", or where it is something else --attribute other="Code"'
    with pytest.raises(InputProblem, match=offer):
        mapped(headers, rows, region="IN")
    assert mapped(headers, rows, region="IN", given={"prefix": "Code"}) == ["prefix", "phone"]
    assert mapped(headers, rows, region="GB") == ["prefix", "phone"]


@pytest.mark.parametrize(
    ("header", "region"),
    [
        *(
            ("Phone (India)", "IN"),
            ("Telefone (Brasil)", "BR"),
            ("WhatsApp (UAE)", "AE"),
            ("Mobile [Saudi Arabia]", "SA"),
        ),
        *(("Mobile No. (India only)", "IN"), ("Phone (+91)", "IN"), ("Mobile +971", "AE"), ("Phone (India +91)", "IN")),
        ("Mobile (Home Country)", ""),
    ],
)
def test_a_header_that_names_a_country_is_a_phone_unless_the_list_is_of_another(header, region):
    rows = [(phone,) for phone in PHONES]
    assert mapped([header], rows) == ["phone"]
    if region:
        assert mapped([header], rows, region=region) == ["phone"]
    advice = (
        f"for them, read the list with --country {region}"
        if region
        else f'if all of them have their codes, add --map phone="{header}"'
    )
    with pytest.raises(InputProblem) as refused:
        mapped([header], rows, region="DE")
    assert str(refused.value) == (
        f'"{header}" is not read: its header says that its phones are of another country than --country; {advice}'
    )


def test_the_column_of_the_lists_own_country_goes_before_that_of_another():
    headers = ["Mobile (Home Country)", "Phone (India)", "WhatsApp (UAE)", "Phone (+1)", "Phone (Barbados)"]
    rows = [("0501234567", PHONES[0], "0501234568", "9085551234", "2465551234")]
    assert mapped(headers, rows, region="AE") == [None, None, "phone", None, None]
    assert mapped(headers, rows, region="US") == [None, None, None, "phone", "phone"]
    assert choose(headers, frame(headers, rows)).feeding("phone") == (2, 0, 1, 3, 4)


@pytest.mark.parametrize("header", ["Father Phone (India)", "Fax (India)", "India Office (UAE)", "Phone (Asha)"])
def test_a_country_makes_no_phone_of_somebody_elses(header):
    assert mapped([header, "Phone"], [PHONES[:2]], region="IN") == [None, "phone"]


FIRM = "+91 98123 99999"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param([FIRM] * 4, "phone", id="a family of four"),
        pytest.param([FIRM] * 5, None, id="five"),
        pytest.param([FIRM] * 3 + [*PHONES[:2]], None, id="more than half"),
        pytest.param([FIRM] * 3 + [*PHONES], "phone", id="half"),
        pytest.param([FIRM] * 4 + [""] * 9, "phone", id="blank cells do not count"),
        pytest.param(["n/a"] * 9 + [*PHONES], "phone", id="words are no number"),
    ],
)
def test_one_number_in_most_rows_is_not_the_contacts(values, expected):
    rows = [(value, f"981230{place:04}") for place, value in enumerate(values)]
    assert mapped(["Mobile", "Phone"], rows) == [expected, "phone"]
    assert mapped(["Mobile", "Phone"], rows, given={"phone": "Mobile"})[0] == "phone"
    if not expected:
        assert reasons(["Mobile", "Phone"], rows)[0] == (
            "not mapped: one and the same phone in more than half of its cells"
        )
        for header in ("Mobile", ""):
            with pytest.raises(InputProblem):
                mapped([header], [row[:1] for row in rows])
        with pytest.raises(InputProblem) as refused:
            mapped(["Mobile"], [row[:1] for row in rows])
        assert str(refused.value) == (
            'more than half of the phones in "Mobile" are one and the same, so they are hardly the contacts\'. '
            'If they are, add --map phone="Mobile"'
        )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param(["n/a", "same", "Não tem", "no", PHONES[0]], "phone", id="silence does not count"),
        pytest.param(["call me", "ask him", "soon", *PHONES[:2], "x", "y", "z", "later"], "phone", id="two phones"),
        pytest.param(["call me", "ask him", "soon", "x", PHONES[0]], "phone", id="a fifth"),
        pytest.param(["call me", "ask him", "soon", "x", "later", PHONES[0]], None, id="less than a fifth"),
        pytest.param(["yes", "no", "yes"], None, id="yes and no"),
    ],
)
def test_a_half_filled_whatsapp_column_is_believed(values, expected):
    assert column("WhatsApp", values)[0] == expected


# The user's word


def test_map_wins_over_headers_and_values():
    headers = ["Phone", "Mobile", "Name", "Alias"]
    options = {"given": {"phone": "Phone", "name": "alias"}, "attributes": {"mob": "Mobile"}}
    assert mapped(headers, **options) == ["phone", "attribute:mob", None, "name"]
    assert reasons(headers, **options) == [
        "given by --map",
        "given by --attribute",
        "not mapped: another name column is used",
        "given by --map",
    ]


def test_map_wins_over_a_veto_and_over_our_own_columns():
    headers = ["row", "outcome", "reason", "suggestion", "Fax"]
    assert mapped(headers, given={"phone": "Fax", "name": "reason"}) == [None, None, "name", None, "phone"]
    assert reasons(headers, given={"phone": "Fax"})[:4] == ["our own column"] * 4


def test_several_columns_can_be_given_for_the_phone_in_order():
    headers = ["A", "B", "C"]
    assert choose(headers, frame(headers), given={"phone": ["C", "A"]}).feeding("phone") == (2, 0)


def test_given_parts_of_a_name_are_not_overruled_by_a_full_name():
    headers = ["Name", "F", "L", "Phone"]
    assert mapped(headers, given={"first_name": "F", "last_name": "L"}) == [None, "first_name", "last_name", "phone"]


@pytest.mark.parametrize(
    ("headers", "name", "position"),
    [
        pytest.param(["Ph", "x"], "Ph", 0, id="as it is"),
        pytest.param(["x", " Mobile  No. "], "mobile no.", 1, id="case and spaces"),
        pytest.param(["Ph", "ph"], "ph", 1, id="exact before loose"),
        pytest.param(["Ph", "Ph"], "Ph (2)", 1, id="second of two"),
        pytest.param(["Ph", "Ph"], "Ph", 0, id="first of two"),
        pytest.param(["", ""], "#2", 1, id="position"),
        pytest.param(["a", "#1"], "#1", 1, id="a header that looks like a position"),
    ],
)
def test_a_column_is_named_by_header_or_position(headers, name, position):
    assert choose(headers, frame(headers), given={"phone": name}).feeding("phone") == (position,)


def test_every_column_has_a_name_of_its_own():
    assert names(["Phone", "Phone", "", "Phone (2)", " a \n b ", "", "Phone"]) == (
        "Phone",
        "Phone (3)",
        "#3",
        "Phone (2)",
        "a b",
        "#6",
        "Phone (4)",
    )


# Errors


@pytest.mark.parametrize(
    ("headers", "options", "message"),
    [
        pytest.param(
            ["Name", "Mobile No.", ""],
            {"given": {"phone": "Mobil No"}},
            '--map phone="Mobil No": there is no such column. Did you mean "Mobile No."? '
            'The columns are: "Name", "Mobile No.", #3.',
            id="no such column",
        ),
        pytest.param(
            ["City", "Phone"],
            {"attributes": {"town": "xyz"}},
            '--attribute town="xyz": there is no such column. The columns are: "City", "Phone".',
            id="no such column, nothing alike",
        ),
        pytest.param(
            ["A"],
            {"given": {"phone": "#2"}},
            '--map phone="#2": there is no such column. The columns are: "A".',
            id="no such position",
        ),
        pytest.param(
            ["PH", "pH"],
            {"given": {"phone": "ph"}},
            '--map phone="ph": several columns are called so. The columns are: "PH", "pH".',
            id="several columns",
        ),
        pytest.param(
            ["Name", "City"],
            {},
            'no column is known to hold phones. The columns are: "Name", "City". Add --map phone="COLUMN"',
            id="no phone",
        ),
        pytest.param(
            [],
            {},
            'no column is known to hold phones. The file has no columns. Add --map phone="COLUMN"',
            id="no columns",
        ),
        pytest.param(
            [f"c{n}" for n in range(62)],
            {},
            "no column is known to hold phones. The columns are: "
            + ", ".join(f'"c{n}"' for n in range(60))
            + ' and 2 more. Add --map phone="COLUMN"',
            id="many columns",
        ),
    ],
)
def test_a_file_that_cannot_be_mapped_is_refused_with_the_columns_there_are(headers, options, message):
    with pytest.raises(InputProblem) as refused:
        mapped(headers, **options)
    assert str(refused.value) == message


def test_the_option_to_add_names_the_likeliest_column():
    with pytest.raises(InputProblem) as refused:
        mapped(["q", 'say "hi"'], [("x", "9876543210"), ("x", "y")])
    assert str(refused.value) == (
        'no column is known to hold phones. The columns are: "q", "say "hi"". Add --map \'phone=say "hi"\''
    )


def test_two_columns_of_bare_numbers_are_not_guessed_between():
    with pytest.raises(InputProblem) as refused:
        mapped(["", "", ""], [("Asha", "1000000507", "9876543210")])
    assert str(refused.value) == (
        "several columns look like phone numbers, and no header tells which is. "
        'Add --map phone="#2" or --map phone="#3"'
    )


FIELDS = "name, first_name, last_name, phone, prefix, area, country, email, tags, opt_out, opt_in"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param(
            {"given": {"fone": "A"}},
            f"--map fone: there is no such field. Did you mean phone? The fields are: {FIELDS}.",
            id="field",
        ),
        pytest.param(
            {"given": {"attribute:x": "A"}},
            f"--map attribute:x: there is no such field. The fields are: {FIELDS}.",
            id="attribute as field",
        ),
        *(
            pytest.param(
                {"attributes": {key: "A"}},
                f"--attribute {key}: a key is made of lowercase letters, digits and _, and begins with a letter.",
                id=f"key {key!r}",
            )
            for key in ("City", "__proto__", "a-b", "1st", "", "cité", "a\n")
        ),
        pytest.param(
            {"given": {"phone": "A", "name": "#1"}},
            'the column "A" is given twice, for phone and for name.',
            id="one column twice",
        ),
        pytest.param(
            {"given": {"name": ["A", "B"]}},
            '--map name: one column only can feed it. The columns are: "A", "B".',
            id="two columns for one name",
        ),
    ],
)
def test_a_wrong_option_is_refused(options, message):
    with pytest.raises(UsageProblem) as refused:
        mapped(["A", "B"], **options)
    assert str(refused.value) == message


# Properties

WORDS = [header for field in schema.FIELDS for header in field.tiers[0][:3]]
WORDS += [
    "Name",
    "Nome",
    "Phone",
    "Contact",
    "Home",
    "Prefijo",
    "Country Code",
    "City",
    "Fax",
    "Order No",
    "q",
    "",
    "#2",
]
KINDS = [
    ["Asha", "Ravi Rao", "Rao"],
    ["9876543210", "98765 43219"],
    ["+919876543210", "+44 7700 900123"],
    ["91", "+34"],
    ["IN", "India"],
    ["a@b.co", "r@b.co"],
    ["", "yes", "2024-01-15"],
]


ANY_HEADER = st.sampled_from(WORDS) | st.text(max_size=8)
ENCODABLE_HEADER = st.sampled_from(WORDS) | st.text(st.characters(codec="utf-8"), max_size=8)


@st.composite
def sheets(draw, header):
    """Make headers and rows; the cells of a column are of one kind, as in life."""
    headers = draw(st.lists(header, max_size=8))
    height = draw(st.integers(0, 3))
    cell = st.one_of([st.sampled_from(kind) for kind in KINDS])
    column = st.one_of([st.lists(st.sampled_from(kind), min_size=height, max_size=height) for kind in KINDS])
    columns = [draw(column | st.lists(cell, min_size=height, max_size=height)) for _ in headers]
    return headers, frame(headers, zip(*columns, strict=True))


@given(sheet=sheets(ANY_HEADER))
def test_every_header_gets_one_column_and_no_single_field_gets_two(sheet):
    headers, sample = sheet
    try:
        found = choose(headers, sample)
    except InputProblem:
        return
    assert [each.index for each in found.columns] == list(range(len(headers)))
    assert [each.header for each in found.columns] == list(names(headers))
    assert all(each.reason for each in found.columns)
    for field in schema.FIELDS:
        feeding = found.feeding(field.name)
        assert len(feeding) <= 1 or field.many
        assert sorted(feeding) == [each.index for each in found.columns if each.field == field.name]
    assert found.feeding("phone")
    by_value = [each.index for each in found.columns if each.field == "phone" and each.reason.startswith("values")]
    assert not any(schema.rules_out(headers[index], "phone") for index in by_value)


@given(sheet=sheets(ENCODABLE_HEADER))
def test_a_saved_mapping_means_the_same_when_it_is_used(sheet, tmp_path_factory):
    headers, sample = sheet
    try:
        found = choose(headers, sample)
    except InputProblem:
        return
    path = tmp_path_factory.mktemp("mapping") / "m.toml"
    save_mapping(path, found)
    given_columns, attributes = load_mapping(path)
    again = choose(headers, sample, given=given_columns, attributes=attributes)
    assert [each.field for each in again.columns] == [each.field for each in found.columns]
    assert again.feeding("phone") == found.feeding("phone")


# The file


def test_a_mapping_file_is_what_a_person_would_write(tmp_path):
    headers = ["Mobile", "WhatsApp No", "Town", "Name", "x"]
    save_mapping(tmp_path / "m.toml", choose(headers, frame(headers), attributes={"city": "Town"}))
    assert (tmp_path / "m.toml").read_text(encoding="utf-8") == (
        '[map]\nphone = [\n    "WhatsApp No",\n    "Mobile",\n]\nname = "Name"\n\n[attribute]\ncity = "Town"\n'
    )
    assert load_mapping(tmp_path / "m.toml") == ({"phone": ["WhatsApp No", "Mobile"], "name": "Name"}, {"city": "Town"})
    assert [path.name for path in tmp_path.iterdir()] == ["m.toml"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[map]\nphone = 3\n", "map.phone: a column's name is text in quotes; several are a list of them."),
        ("[map]\nphone = []\n", "map.phone: a column's name is text in quotes; several are a list of them."),
        ('[map]\nfone = "x"\n', f"map.fone: there is no such field. Did you mean phone? The fields are: {FIELDS}."),
        ("[attribute]\ncity = 3\n", "attribute.city: a column's name is text in quotes."),
        (
            '[attribute]\nCity = "x"\n',
            "attribute.City: a key is made of lowercase letters, digits and _, and begins with a letter.",
        ),
        ('phone = "x"\n', "phone: the file has two tables, [map] and [attribute], and nothing else."),
        ("[other]\n", "other: the file has two tables, [map] and [attribute], and nothing else."),
        ("map = 1\n", "map: the file has two tables, [map] and [attribute], and nothing else."),
    ],
)
def test_a_bad_mapping_file_is_refused_by_file_and_key(tmp_path, text, message):
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem) as refused:
        load_mapping(path)
    assert str(refused.value) == f"{path}: {message}"


@pytest.mark.parametrize("content", [b"[map\n", b"\xff\xfe", b"a = \n"])
def test_what_is_no_toml_is_refused(tmp_path, content):
    (tmp_path / "m.toml").write_bytes(content)
    with pytest.raises(UsageProblem, match=r"m\.toml: is not TOML: "):
        load_mapping(tmp_path / "m.toml")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageProblem) as refused:
        load_mapping(tmp_path / "m.toml")
    assert str(refused.value) == f"{tmp_path / 'm.toml'}: cannot be read: No such file or directory"


def test_a_file_that_cannot_be_written_is_told(tmp_path):
    headers = ["Phone"]
    with pytest.raises(UsageProblem) as refused:
        save_mapping(tmp_path / "none" / "m.toml", choose(headers, frame(headers)))
    assert str(refused.value) == f"{tmp_path / 'none' / 'm.toml'}: cannot be written: No such file or directory"


def test_importing_the_mapping_does_not_import_pandas():
    code = "import sys, contact_import.mapping, contact_import.mapping_file; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
