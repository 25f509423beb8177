"""The table of fields: what each usual header is known for, what is a decoy, and that the table is sound."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_import import schema

# field: headers, by language; as people and programs write them
KNOWN = {
    "phone": """
        en: Phone | phone_number | Phone Number* | Mobile No. | MOBILE NUMBER | MobilePhone | Cell Phone | Contact No
        en: Phone  1 - Value | Phone 2 - Value | Business Phone 2 | Primary Phone | Tel. | WhatsApp Number | phone_no
        en: ☎ Phone | Email / Phone | URN:Tel | _MobileNumber | Person - Phone - Work | Billing Phone | User Phone
        pt: Celular | Telefone celular | Telefone | Número do WhatsApp | TELEFONE COMERCIAL | Telefone residencial
        es: Teléfono móvil | Telefono movil | Móvil | Teléfono | Teléfono particular | Teléfono del trabajo
        fr: Téléphone mobile | Tél. mobile | Téléphone | Tel | Téléphone (bureau) | Téléphone domicile
        de: Mobiltelefon | Handynummer | Telefon privat | Telefon geschäftlich | Telefonnummer
        it: Cellulare | Numero di telefono | Telefono | Telefono ufficio
        nl: Mobiele telefoon | Telefoonnummer | Telefoon
        pl: Telefon komórkowy | Numer telefonu | Telefon domowy
        tr: Cep Telefonu | Ev Telefonu | İş Telefonu | IS TELEFONU | Telefon Numarası
        ru: Мобильный телефон | Домашний телефон | Рабочий телефон | Телефон | № телефона
        ar: الهاتف الجوال | هاتف المنزل | هاتف العمل | الهاتف | رقم الهاتف | رقم الواتساب
        hi: मोबाइल फ़ोन | मोबाइल नंबर | घर का फ़ोन | बिज़नेस फ़ोन | फ़ोन | फोन
        id: No HP | No. HP | Nomor WA | No Telepon | Nomor Handphone
        ja: 携帯電話 | 電話番号 | 携帯番号
        ko: 휴대폰 | 전화번호 | 휴대전화 번호
        zh: 移动电话 | 手机 | 手机号码 | 电话 | 手機
    """,
    "name": """
        en: Name | Full Name | full_name | Customer Name | Contact Person | Lead Name | Person - Name | Display Name
        pt: Nome | Nome completo | nome_completo
        es: Nombre | Nombre completo
        fr: Nom | Nom complet
        de: Vollständiger Name
        it: Nome e cognome
        nl: Naam | Volledige naam
        pl: Imię i nazwisko
        tr: Ad | Adı Soyadı | ADI SOYADI | İsim
        ru: ФИО | Имя
        ar: الاسم | الاسم الكامل
        hi: नाम | पूरा नाम
        id: Nama | Nama Lengkap
        ja: 氏名 | お名前
        ko: 이름 | 성명
        zh: 姓名 | 名字
    """,
    "first_name": """
        en: First Name | FirstName | first_name | Given Name | Buyer First Name
        xx: Primeiro nome | Prénom | PRENOM | Vorname | Voornaam | İlk Adı | الاسم الأول | प्रथम नाम | Nama Depan
    """,
    "last_name": """
        en: Last Name | LASTNAME | Surname | Family Name
        xx: Sobrenome | Último nome | Apellidos | Nachname | Cognome | Achternaam | Nazwisko | Soyadı | Фамилия
        xx: اسم العائلة | अंतिम नाम | Nama Belakang | 姓 | 성
    """,
    "email": """
        en: Email | E-mail | E-mail Address | E-mail 1 - Value | E-mail 2 Address | Email ID
        en: Primary Email | EmailAddress
        xx: Endereço de Email | Dirección de correo electrónico | Correo electrónico | Adresse de messagerie | Courriel
        xx: E-Mail-Adresse | Indirizzo di posta elettronica | E-mailadres | Adres e-mail | E-posta Adresi
        xx: Адрес электронной почты | عنوان البريد الإلكتروني | البريد | ई-मेल एड्रेस | ईमेल
        xx: 電子メール アドレス | 메일 주소
        xx: 电子邮件地址
    """,
    "country": """
        en: Country | Country/Region | Home Country/Region | Mailing Country | Address 1 - Country | Country / Region
        xx: País | País/Região | Pays/région | Land/Region | Paese | Kraj/region | Ülke | Страна | الدولة | देश | Negara
        xx: 国/地域 | 국가/지역 | 国家/地区
    """,
    "prefix": """
        en: Dial Code | ISD Code | Country Code | CountryCode | Prefix
        xx: Código do país | Indicatif pays | Prefijo
    """,
    "tags": "en: Tags | Labels | Group Membership | Categories | Etiquetas | Schlagwörter | Метки | 标签",
    "opt_out": """
        en: Email Opt Out | Do Not Call | SMS_BLACKLISTED | UNSUB_TIME | Email Suppressions | Unsubscribed | DND
    """,
    "opt_in": "en: Accepts WhatsApp Marketing | WhatsApp Opted | WhatsApp Opt-In",
}

DECOYS = """
    Company Name | Father's Name | GST Number | GSTNo | No Rekening | Nama Rekening
    Phone Model | Telephone Exchange
    Title | Home Fax | Work Fax | Business Fax | Fax Number | Pager | E-mail Type | E-mail Display Name | Account Number
    Order Number | Order # | Invoice No | PAN | Aadhaar | Pincode | Card Number | Card Last 4 | Zip | Postal Code
    Phone 1 - Type | Phone 1 - Label | Assistant's Phone | Company Main Phone | ISDN | Telex | TTY/TDD Phone | Callback
    Phone Ext- | Phone Verified | Account Name | Organization Name | Product Name | User Name | Username | Nickname
    Spouse | Emergency Contact Number | Father Mobile No | Referred By | Manager's Name | Contact Owner | Created By
    Customer ID | Employee ID | Vehicle No. | Date of Birth | Total Spent | IP Address | IBAN | CPF | Middle Name
    身份证号 | 公司名称 | 订单号 | Phone (Fax) | Name (Company) | Customer Number | Kundennummer
"""

STRANGERS = (
    "City | Stadt | Notes | Web Page | Hobby | Anniversary Gift | q1 | 9876543210 | ☎ | # | Custom 1 | Address | शहर"
)


def cells(table: str) -> list[str]:
    return [cell.strip() for line in table.strip().splitlines() for cell in line.split("|")]


def known() -> list[tuple[str, str]]:
    lines = [(field, line.split(":", 1)[1]) for field, table in KNOWN.items() for line in table.strip().splitlines()]
    return [(field, header) for field, line in lines for header in cells(line)]


@pytest.mark.parametrize(("field", "header"), known(), ids=lambda text: text)
def test_a_usual_header_is_known_in_its_language(field, header):
    assert field in [hit.field for hit in schema.hits(header)]
    assert schema.is_header(header)


@pytest.mark.parametrize("header", cells(DECOYS))
def test_a_decoy_is_vetoed_and_no_header_of_any_field(header):
    assert schema.hits(header) == ()
    assert schema.veto(header)


@pytest.mark.parametrize("header", cells(STRANGERS))
def test_a_header_of_no_field_is_not_known(header):
    assert not schema.is_header(header)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Company Name", "name"),
        ("Father's Name", "name"),
        ("Nama Rekening", "name"),
        ("GST Number", "phone"),
        ("Phone Model", "phone"),
        ("Home Fax", "phone"),
        ("E-mail Type", "email"),
        ("City", None),
    ],
)
def test_a_veto_names_the_field_that_the_header_seems_to_speak_of(header, field):
    found = schema.veto(header)
    assert (found.field if found else None) == field


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("E-mail", "EMAIL", id="case and hyphen"),
        pytest.param("  Phone \n No. ", "phone_no", id="white space and points"),
        pytest.param("फ़ोन", "फोन", id="nukta left out"),
        pytest.param("\u092b\u093c\u094b\u0928", "\u095e\u094b\u0928", id="nukta in one code point or two"),
        pytest.param("Prénom", "PRENOM", id="accents left out"),
        pytest.param("Pre\u0301nom", "Pr\u00e9nom", id="accent in one code point or two"),
        pytest.param("ADI SOYADI", "Adı Soyadı", id="Turkish i"),
        pytest.param("İSİM", "isim", id="Turkish I"),
        pytest.param("الإسم الأول", "الاسم الاول", id="alef with and without hamza"),
        pytest.param("Ｅメール", "Eメール", id="full width"),
        pytest.param("№ телефона", "No телефона", id="numero sign"),
        pytest.param("\ufeffName", "Name", id="byte order mark"),
    ],
)
def test_spellings_that_mean_the_same_compare_equal(one, other):
    assert schema.normal(one) == schema.normal(other)


def test_syllables_are_not_taken_apart():
    assert schema.normal("휴대폰") == unicodedata.normalize("NFC", "휴대폰")


def test_a_parenthesis_makes_the_values_decide():
    assert schema.hits("Phone") == (schema.Hit("phone", 2, weak=False),)
    assert schema.hits("Phone (as on the card)") == ()
    assert schema.hits("Phone (evening)") == (schema.Hit("phone", 2, weak=True),)


@pytest.mark.parametrize(
    "inside",
    [
        *(
            "H",
            "W",
            "O",
            "M",
            "R",
            "Home",
            "Mobile",
            "WhatsApp",
            "Primary",
            "with country code",
            "10 digits",
            "required",
        ),
        *(
            "optional",
            "mandatory",
            "e.g. +91 98123 00001",
            "incl. code",
            "self",
            "com DDD",
            "obrigatório",
            "con prefijo",
        ),
        *("avec indicatif", "mit Ländervorwahl", "wajib", "с кодом страны", "必須", "ハイフンなし", "必填", "2"),
    ],
)
def test_a_parenthesis_about_the_number_leaves_it_the_contacts(inside):
    assert "phone" in [hit.field for hit in schema.hits(f"Phone ({inside})")]


@pytest.mark.parametrize(
    "inside",
    [
        *(
            "Son",
            "RM",
            "Sales Executive",
            "Broker",
            "Neighbour",
            "Old",
            "Wrong",
            "Do not call",
            "not valid",
            "Acme",
            "F",
        ),
        *("switched off", "recado", "corretor", "emergência", "acudiente", "veli", "acil", "менеджер", "жена", "wali"),
        *("ولي الأمر", "緊急", "母", "担当", "紧急", "家长", "antigo", "旧", "DND", "10 digits) (Son"),
    ],
)
def test_a_parenthesis_that_may_name_somebody_else_is_no_phone_and_is_told(inside):
    for header in (f"Phone ({inside})", f"Mobile [{inside}]", f"Contact No（{inside}）"):
        assert "phone" not in [hit.field for hit in schema.hits(header)]
        assert schema.odd_words(header)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        *(
            (header, True)
            for header in ("Tel Mobile", "Phone Mobile 2", "WhatsApp Tel No", "Handy Telefon", "Cell/Tel")
        ),
        *(
            (header, False)
            for header in ("", "Folio", "RM Contact", "Sales Rep Mobile", "No", "Home", "Student Phone X")
        ),
    ],
)
def test_a_header_of_words_for_phones_alone_says_phone(header, expected):
    assert schema.says_phone(header) is expected


@pytest.mark.parametrize(
    ("header", "hit"),
    [
        pytest.param("Telefono di casa", ("phone", 3), id="a place makes it less preferred"),
        pytest.param("Primary Contact Number", ("phone", 2), id="the first of several is as preferred"),
        pytest.param("Número do celular", ("phone", 1), id="words that join are nothing"),
        pytest.param("勤務先の電話番号", ("phone", 3), id="scripts without spaces"),
        pytest.param("Privat: Land", ("country", 2), id="a country"),
        pytest.param("Email Kedua", ("email", 1), id="an address"),
        pytest.param("Home", ("phone", 3), id="a place alone is what the table says"),
        pytest.param("Nome di lavoro", None, id="no name"),
        pytest.param("Home City", None, id="nothing known is left"),
        pytest.param("Work Fax", None, id="a veto"),
        pytest.param("casa", None, id="nothing is left"),
    ],
)
def test_words_of_place_leave_a_header_what_it_is(header, hit):
    assert [(found.field, found.rank) for found in schema.hits(header)][:1] == ([hit] if hit else [])


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("Home Fax", "Fax"),
        ("Faxnummer", "Faxnummer"),
        ("MobilePhoneModel", "Model"),
        ("Customer  Number", "Customer Number"),
        ("身份证号", "身份证"),
        ("Geburtsjahr", "Geburtsjahr"),
        ("City", None),
    ],
)
def test_a_veto_names_its_word_as_the_header_has_it(header, word):
    found = schema.veto(header)
    assert (found.word if found else None) == word


@pytest.mark.parametrize(
    ("header", "secret"),
    [
        *(
            (header, True)
            for header in ("Card Number", "CVV", "Senha", "Passport No", "Aadhaar Number", "password_hash")
        ),
        *((header, False) for header in ("Phone", "Name", "Cardiff", "Order Number", "Notes")),
    ],
)
def test_what_is_nobodys_business_is_known_by_its_words(header, secret):
    assert schema.secret(header) is secret


@pytest.mark.parametrize(
    ("headers", "count"),
    [
        (("row", "outcome", "reason", "suggestion", "Name"), 4),
        (("file", "row", "outcome", "reason", "suggestion"), 5),
        (("Row", "Outcome ", "reason", "suggestion"), 4),
        (("outcome", "row", "reason", "suggestion"), 0),
        (("Name", "row", "outcome", "reason", "suggestion"), 0),
        (("row", "outcome", "reason"), 0),
        ((), 0),
    ],
)
def test_the_columns_of_a_failures_file_are_ours_in_their_order(headers, count):
    assert schema.own_columns(headers) == count


def test_the_fields_are_those_of_the_command_line():
    names = "name first_name last_name phone prefix area country email tags opt_out opt_in"
    assert [field.name for field in schema.FIELDS] == names.split()
    assert [field.name for field in schema.FIELDS if field.many] == ["phone", "area", "opt_out", "opt_in"]


def usual(field: schema.Field) -> list[str]:
    return [header.removesuffix("?") for tier in field.tiers for header in tier]


def test_every_field_is_known_by_its_own_name():
    for field in schema.FIELDS:
        assert field.name in [hit.field for hit in schema.hits(field.name)]


def test_every_header_in_the_table_is_found_and_none_is_listed_twice_for_a_field():
    for field in schema.FIELDS:
        forms = [schema.normal(header) for header in usual(field)]
        assert "" not in forms
        assert sorted(set(forms)) == sorted(forms)
        assert all(field.name in [hit.field for hit in schema.hits(header)] for header in usual(field))


def test_a_header_of_two_fields_leaves_the_decision_to_the_values():
    several = {header: schema.hits(header) for field in schema.FIELDS for header in usual(field)}
    for header, hits in several.items():
        fields = {hit.field for hit in hits if not hit.weak}
        assert len(fields) < 2 or fields == {"prefix", "country"}, header


# Letters whose normal form is empty are what words are taken apart badly at: the line that stretches Arabic words.
ANY_TEXT = st.text() | st.text("ـ (（)自宅Phone")


@given(ANY_TEXT)
def test_any_text_can_be_asked_about(text):
    schema.is_header(text)
    schema.veto(text)
    schema.says_phone(text)
    schema.odd_words(text)
    assert schema.normal(schema.normal(text)) == schema.normal(text)


@pytest.mark.parametrize(
    ("header", "hits"),
    [
        pytest.param("ـ", (), id="alone"),
        pytest.param("الهاتف ـ", ("phone",), id="behind a word"),
        pytest.param("الهاتف ـ المنزل", ("phone",), id="before a place"),
        pytest.param("Phone (ـ)", ("phone",), id="in a parenthesis"),
        pytest.param("اسم ـ شركة", (), id="among words of no field"),
    ],
)
def test_a_stretched_line_that_stands_for_a_dash_is_no_word(header, hits):
    assert tuple(hit.field for hit in schema.hits(header)) == hits
    assert schema.odd_words(header) == ""
