import pytest

from contact_import import schema
from contact_import.phones import Policy, explain, normalise, survey
from contact_import.phones.rules import RULES


def sure(cell, region, answer, level, rule, *, prefix="", country="", name=""):
    """One line of the table: what is typed, and where; what it is, how sure, by which rule."""
    ident = name or f"{cell!r} {prefix or country or region}"
    row = {"text": cell, "region": region, "prefix": prefix, "country": country}
    return pytest.param(row, (answer, level, rule), id=f"{ident} {level}")


RAMESH = "91 9876543210"
TWO_NUMBERS = (
    "9876543210 / 9123456789", "9876543210 ::: 9123456789", "9876543210, 9123456789", "9876543210;9123456789",
    "9876543210 or 9123456789", "9876543210\n9123456789", "9876543210 + 9123456789", "9876543210 +919123456789",
    "9876S43210 / 9876543210", "9876543210/11", "self 9876543210 / 9123456789",
    "9876543210 (home), 9123456789 (work)", "1800 123456 / 9876543210",
)  # fmt: skip
LABELLED = (
    "Mobile: 9876543210", "9876543210 (WhatsApp)", "Phone 1: 98765 43210", "मोबाइल: ९८७६५ ४३२१०",
    "raj@agency.in / 9876543210", "self 9876543210", "Mobile No. 9876543210", "№ 9876543210",
    "9876543210 (WhatsApp only)", "📞 9876543210",
)  # fmt: skip
PLAIN = (
    "9876543210", "98765\t43210", "98765:43210", "98765|43210", "98765=43210", "９８７６５４３２１０", "٩٨٧٦٥٤٣٢١٠",
    "۹۸۷۶۵۴۳۲۱۰", "९८७६५४३२१०", "𝟗𝟖𝟕𝟔𝟓𝟒𝟑𝟐𝟏𝟎",
)  # fmt: skip
ANSWERS = [
    # plain writings
    *(sure(cell, "IN", RAMESH, "S", "national") for cell in PLAIN),
    sure("919876543210", "IN", RAMESH, "S", "own-code"),
    sure("+91 98765 43210", None, RAMESH, "S", "international"),
    sure("4915123456789", "DE", "49 15123456789", "S", "own-code"),
    sure("62812345678", "ID", "62 812345678", "S", "own-code"),
    sure("9198765432", "IN", "91 9198765432", "S", "national"),
    sure("55987654321", "BR", "55 55987654321", "S", "national"),
    sure("09876543210", "IN", RAMESH, "S", "trunk-zero"),
    sure("0 98765-43210", "IN", RAMESH, "S", "trunk-zero"),
    sure("+91 (0) 98765 43210", "IN", RAMESH, "S", "international"),
    sure("+9109876543210", None, RAMESH, "S", "international"),
    sure("+39 (0)6 1234 5678", None, "39 0612345678", "W", "landline"),
    sure("07911 123456", "GB", "44 7911123456", "S", "trunk-zero"),
    # codes in the wrong place
    sure("0919876543210", "IN", RAMESH, "W", "zero-code"),
    sure("91919876543210", "IN", RAMESH, "W", "code-twice"),
    sure("+91+919876543210", "IN", RAMESH, "W", "code-twice"),
    sure("+91919876543210", None, RAMESH, "W", "code-twice"),
    # lost zeros and renumberings
    sure("707123456", "CI", "225 0707123456", "W", "lost-zero"),
    sure("197123456", "BJ", "229 0197123456", "W", "lost-zero"),
    sure("+22997123456", None, "229 0197123456", "W", "bj-renumbered"),
    sure("97123456", "BJ", "229 0197123456", "W", "bj-renumbered"),
    # dialling abroad
    sure("00919876543210", "IN", RAMESH, "S", "own-idd"),
    sure("00919876543210", "GB", RAMESH, "S", "own-idd"),
    sure("00919876543210", "AE", RAMESH, "S", "own-idd"),
    sure("0091 98765 43210", "IN", RAMESH, "S", "own-idd"),
    sure("00919876543210", "US", RAMESH, "N", "double-zero"),
    sure("00919876543210", "BR", RAMESH, "N", "double-zero"),
    sure("00919876543210", "NG", RAMESH, "N", "double-zero"),
    sure("00919876543210", "ID", RAMESH, "N", "double-zero"),
    sure("00919876543210", None, RAMESH, "N", "double-zero"),
    sure("002348031234567", "NG", "234 8031234567", "N", "double-zero"),
    sure("006281234567890", "ID", "62 81234567890", "N", "double-zero"),
    sure("005511987654321", "BR", "55 11987654321", "N", "double-zero"),
    sure("+0091 98765 43210", "IN", RAMESH, "N", "double-zero"),
    sure("++919876543210", "US", RAMESH, "N", "double-zero"),
    sure("0011 91 98765 43210", "AU", RAMESH, "S", "own-idd"),
    sure("011919876543210", "US", RAMESH, "S", "own-idd"),
    sure("011919876543210", "IN", RAMESH, "W", "idd-011"),
    # what spreadsheets do
    sure("9.19876543210E+11", "IN", RAMESH, "N", "sci-complete"),
    sure("919876543210.0", "IN", RAMESH, "N", "float-suffix"),
    sure("9876543210.0", "IN", RAMESH, "N", "float-suffix"),
    sure("919,876,543,210", "IN", RAMESH, "N", "thousands"),
    sure("919876543210,0", "IN", RAMESH, "N", "float-suffix"),
    sure("'919876543210", "IN", RAMESH, "S", "own-code"),
    sure('="919876543210"', "IN", RAMESH, "S", "own-code"),
    sure("=+919876543210", "US", RAMESH, "S", "international"),
    # marks
    sure("+91\u00a098765\u200b43210", None, RAMESH, "S", "international", name="NBSP, U+200B"),
    sure("+91\u202f98765\u200c43210\u2066", None, RAMESH, "S", "international", name="U+202F, U+200C, U+2066"),
    sure("+91\u200998\u00ad765\u206043210", None, RAMESH, "S", "international", name="U+2009, soft hyphen, U+2060"),
    sure("\ufeff+\u200e919876543210", None, RAMESH, "S", "international", name="BOM, LRM after plus"),
    sure("+91\n98765 43210", None, RAMESH, "S", "international"),
    sure("98765_43210", "IN", RAMESH, "N", "punctuation"),
    sure("98765•43210", "IN", RAMESH, "N", "punctuation"),
    sure("98765’43210", "IN", RAMESH, "N", "punctuation"),
    sure("0171/1234567", "DE", "49 1711234567", "N", "punctuation"),
    sure("⁹⁸⁷⁶⁵⁴³²¹⁰", "IN", RAMESH, "N", "superscript"),
    sure("-919876543210", "IN", RAMESH, "N", "minus-sign"),
    sure("−919876543210", "IN", RAMESH, "N", "minus-sign"),
    # several numbers, extensions, words
    *(sure(cell, "IN", RAMESH, "W", "second-number-ignored") for cell in TWO_NUMBERS),
    sure("022-24567890/91", "IN", "91 2224567890", "W", "second-number-ignored"),
    sure("+91 98765 43210 ext 5", "IN", RAMESH, "W", "extension"),
    sure("+91 98765 43210 x123", "IN", RAMESH, "W", "extension"),
    sure("9876543210,,123", "IN", RAMESH, "W", "extension"),
    sure("9876543210 #123", "IN", RAMESH, "W", "extension"),
    sure("tel:+91-98765-43210", None, RAMESH, "S", "international"),
    sure("tel:98765-43210;phone-context=+91", None, RAMESH, "S", "international"),
    sure("p:+919876543210", None, RAMESH, "S", "international"),
    sure("https://wa.me/919876543210", "US", RAMESH, "S", "link"),
    sure("wa.me/4915123456789", "DE", "49 15123456789", "S", "link"),
    sure("https://api.whatsapp.com/send?phone=919876543210&text=hi", "US", RAMESH, "S", "link"),
    sure("919876543210@s.whatsapp.net", "US", RAMESH, "S", "link"),
    sure("919876543210:12@s.whatsapp.net", "US", RAMESH, "S", "link"),
    sure("919876543210@c.us", None, RAMESH, "S", "link"),
    *(sure(cell, "IN", RAMESH, "N", "label") for cell in LABELLED),
    sure("No WA: 0812-3456-7890", "ID", "62 81234567890", "N", "label"),
    sure("Téléphone portable : 06 12 34 56 78", "FR", "33 612345678", "N", "label"),
    sure("telefono di casa 3123456789", "IT", "39 3123456789", "N", "label"),
    sure("моб. тел. 8 916 123-45-67", "RU", "7 9161234567", "N", "label"),
    sure("手机号码：138 0013 8001", "CN", "86 13800138001", "N", "label"),
    sure("휴대폰 010-1234-5678", "KR", "82 1012345678", "N", "label"),
    sure("090ー1234ー5678", "JP", "81 9012345678", "S", "trunk-zero"),
    sure("090ｰ1234ｰ5678", "JP", "81 9012345678", "S", "trunk-zero", name="half-width long sound"),
    sure("whatsapp: https://wa.me/919876543210", "US", RAMESH, "S", "link"),
    # links beside their own number
    sure("https://wa.me/919876543210, https://wa.me/919876543210", "IN", RAMESH, "S", "link"),
    sure("https://wa.me/919876543210 / 98765 43210", "IN", RAMESH, "S", "link"),
    sure("https://wa.me/919876543210 / 98765 43210", None, RAMESH, "S", "link"),
    sure("https://wa.me/919876543210 / 098765 43210", None, RAMESH, "S", "link"),
    sure("+91 (0) 98765 43210 (wa.me/919876543210)", "IN", RAMESH, "S", "link"),
    sure("wa.me/919876543210 09876543210 +91 98765 43210", "IN", RAMESH, "S", "link"),
    sure("wa.me/5491123456789 / 011 15-2345-6789", "AR", "54 91123456789", "S", "link"),
    sure("wa.me/919876543210?text=9123456789", "IN", RAMESH, "S", "link"),
    sure("wa.me/91-98765-43210 (2)", "IN", RAMESH, "S", "link"),
    sure("wa.me/message/ABC https://wa.me/919876543210", "IN", RAMESH, "S", "link"),
    # national plans
    sure("+521 55 1234 5678", None, "52 5512345678", "N", "mx-old-one"),
    sure("5215512345678", "MX", "52 5512345678", "N", "mx-old-one"),
    sure("044 55 1234 5678", "MX", "52 5512345678", "W", "mx-old-dialling"),
    sure("045 55 1234 5678", "MX", "52 5512345678", "W", "mx-old-dialling"),
    sure("01 55 1234 5678", "MX", "52 5512345678", "W", "mx-old-dialling"),
    sure("1 81 1234 5678", "MX", "52 8112345678", "W", "mx-old-dialling"),
    sure("+54 9 11 2345-6789", None, "54 91123456789", "S", "international"),
    sure("011 15-2345-6789", "AR", "54 91123456789", "S", "plan-rule"),
    sure("11 15 2345 6789", "AR", "54 91123456789", "S", "plan-rule"),
    sure("+54 11 15 2345 6789", None, "54 91123456789", "S", "international"),
    sure("1123456789", "AR", "54 1123456789", "W", "ar-without-9"),
    sure("+54 11 2345 6789", None, "54 1123456789", "W", "ar-without-9"),
    sure("+55 11 7123-4567", None, "55 1171234567", "N", "br-legacy"),
    sure("+55 45 3278-2153", None, "55 4532782153", "W", "landline"),
    sure("8 916 123-45-67", "RU", "7 9161234567", "S", "plan-rule"),
    sure("89161234567", "KZ", "7 9161234567", "S", "plan-rule"),
    sure("+1 876 555 1234", None, "1 8765551234", "S", "international"),
    sure("(242) 456-7890", "US", "1 2424567890", "S", "national"),
    sure("022 2456 7890", "IN", "91 2224567890", "W", "landline"),
    sure("+44 56 1234 5678", None, "44 5612345678", "N", "voip"),
]
"""What is sent."""

PROPOSED = [
    sure("+9876543210", "IN", "+91 9876543210", "H", "phone-plus-national"),
    sure("919876543210", "US", "+91 9876543210", "H", "phone-foreign"),
    sure("+39 612345678", None, "+39 0612345678", "H", "phone-lost-zero"),
    sure("612345678", "IT", "+39 0612345678", "H", "phone-lost-zero"),
    sure("+22507123456", None, "", "H", "phone-renumbered"),
    sure("07123456", "CI", "", "H", "phone-renumbered"),
    sure("1 55 1234 5678", "MX", "+52 5512345678 or +1 5512345678", "H", "phone-ambiguous"),
    sure("13012345678", "CN", "+86 13012345678 or +1 3012345678", "H", "phone-ambiguous"),
    sure("+55 11 8765-4321", None, "+55 11987654321", "H", "phone-ninth-digit"),
    sure("551187654321", "BR", "+55 11987654321", "H", "phone-ninth-digit"),
    sure("1187654321", "BR", "+55 11987654321", "H", "phone-ninth-digit"),
    sure("9999999999", "IN", "+91 9999999999", "H", "phone-placeholder"),
    sure("1234567890", "IN", "+91 1234567890", "H", "phone-placeholder"),
    sure("212 555 0123", "US", "+1 2125550123", "H", "phone-placeholder"),
    sure("9999999999 / 9876543210", "IN", "+91 9999999999 or +91 9876543210", "H", "phone-placeholder"),
    sure("8123456789", None, "", "H", "phone-no-country"),
    sure("919876543210", None, "+91 9876543210", "H", "phone-no-country"),
    sure("+91 98765 4321", None, "+91 987654321", "H", "phone-unverified"),
]
"""What a person must look at, with what is proposed."""

LOUD = (
    # somebody else
    "father 9876543210", "9876543210 (wife)", "9876543210 papa", "c/o Meena 9876543210", "Ramesh's no 9876543210",
    "ask Ramesh 9876543210", "RM - 9876543210", "manager:9876543210", "emergency 9876543210", "9876543210 recado",
    "9876543210 Ramesh", "9876543210 (H)", "9876543210 Мама", "पिता 9876543210", "माँ 9876543210", "9876543210（母）",
    "Father 2: 9876543210", "father 0091 98765 43210", "papa https://wa.me/919876543210",
    # not a good number, or not to be called
    "9876543210 - wrong number", "not 9876543210", "9876543210 switched off", "9876543210 off",
    "9876543210 (not on whatsapp)", "9876543210 no whatsapp", "9876543210 whatsapp no", "9876543210 do not call",
    "DND 9876543210", "❌ 9876543210", "? 9876543210", "9876543210 (?)",
    # no phone number
    "A/c 9876543210", "Order 9876543210", "PNR 9876543210", "ID: 9876543210", "Rs 9876543210", "9876543210 INR",
    "upi 9876543210", "t.me/9876543210",
)  # fmt: skip
SEVERAL = (
    "old 9876543210 new 9123456789",
    "father 9876543210 / self 9123456789",
    "9876543210 / self 9123456789",
    "9876543210 son; 9123456789 self",
    "9876543210 no / 9123456789",
    "9876543210 c/o 9123456789",
    "9876543210 / fax 9123456789",
    "9876543210 / Sita 9123456789",
)
LINKED = (
    "https://wa.me/919876543210 https://wa.me/919123456789",
    "wa.me/919876543210,wa.me/919123456789",
    "https://api.whatsapp.com/send?phone=919876543210&text=hi wa.me/919123456789",
    "api.whatsapp.com/send?phone=919876543210&x=1, api.whatsapp.com/send?y=1&phone=919123456789",
    "https://wa.me/919876543210 / 91234 56789",
    "https://wa.me/919876543210 91234 56789",
    "https://wa.me/919876543210\n+919123456789",
    "91234 56789 / https://wa.me/919876543210",
    "https://wa.me/919876543210 (office 91234-56789)",
    "https://wa.me/919876543210 / 98765 43210 / 91234 56789",
    "https://wa.me/919876543210/91234 56789",
)
"""Which of the two is meant?"""
PROPOSED += [sure(cell, "IN", "+91 9876543210 or +91 9123456789", "H", "phone-several") for cell in LINKED]
PROPOSED += [
    sure("wa.me/919122255512 / +1 912 225 5512", "IN", "+91 9122255512 or +1 9122255512", "H", "phone-several"),
    sure("wa.me/919876543210 91234 5678", "IN", "+91 9876543210", "H", "phone-several"),
    sure("Ramesh wa.me/919876543210 / 9123456789", "IN", "+91 9876543210 or +91 9123456789", "H", "phone-words"),
    sure("wa.me/919999999999 / 9123456789", "IN", "+91 9999999999 or +91 9123456789", "H", "phone-placeholder"),
]
PROPOSED += [sure(cell, "IN", "+91 9876543210", "H", "phone-words") for cell in LOUD]
PROPOSED += [sure(cell, "IN", "+91 9876543210 or +91 9123456789", "H", "phone-words") for cell in SEVERAL]

FORMULAS = (
    "#N/A|#REF!|#VALUE!|#NAME?|#DIV/0!|#NUM!|#NULL!|#SPILL!|#CALC!|#GETTING_DATA|#NO RESULT!| #ref! |Err:502|#ERROR!"
    "|#NV|#BEZUG!|#WERT!|#ZAHL!|#NOM?|#NOMBRE!|#VALEUR!|#N/D|#¡VALOR!|#¿NOMBRE?|#¡DIV/0!|#NOME?|#NÚM!|#RIF!"
    "|#DEĞER!|#SAYI/0!|#ССЫЛКА!|#ДЕЛ/0!"
)

REFUSED = [
    sure("Fax 9876543210", "IN", "", "R", "phone-type"),
    sure("9876543210 (fax)", "IN", "", "R", "phone-type"),
    sure("факс: 8 916 123-45-67", "RU", "", "R", "phone-type"),
    sure("@9876543210", "IN", "", "R", "phone-signs"),
    sure("father 1800123456 / self 9876543210", "IN", "+91 1800123456 or +91 9876543210", "R", "phone-type"),
    sure("father 98765O4321 / self 9876543210", "IN", "", "R", "phone-letters"),
    sure("009876543210", "IN", "", "R", "phone-invalid"),
    sure("9.19877E+11", "IN", "", "R", "phone-digits-lost"),
    sure("9,19877E+11", "IN", "", "R", "phone-digits-lost"),
    sure("9.1987654321E+11", "IN", "", "R", "phone-digits-lost"),
    sure("12345678901234567890", "IN", "", "R", "phone-long"),
    sure("628899876543210", "DE", "+49 628899876543210", "R", "phone-long"),
    sure("98765-43210#", "IN", "", "R", "phone-signs"),
    sure("120363021234567890@g.us", None, "", "R", "phone-group"),
    sure("1203630-1234567@g.us", None, "", "R", "phone-group"),
    sure("+82880134910105@lid", None, "", "R", "phone-group"),
    sure("status@broadcast", None, "", "R", "phone-group"),
    sure("1203630@newsletter", None, "", "R", "phone-group"),
    sure("+91 98765 XXXXX", None, "", "R", "phone-masked"),
    sure("98765*****", "IN", "", "R", "phone-masked"),
    sure("1800-FLOWERS", "US", "", "R", "phone-letters"),
    sure("1-800-FLOWERS", "US", "", "R", "phone-letters"),
    sure("98765O4321", "IN", "", "R", "phone-letters"),
    sure("9876S43210", "IN", "", "R", "phone-letters"),
    sure("+97155520g858", None, "", "R", "phone-letters"),
    sure("2024-01-15", "DK", "", "R", "phone-date"),
    sure("15/01/2024", "IN", "", "R", "phone-date"),
    sure("44927.0", "IN", "", "R", "phone-short"),
    sure("560001", "IN", "", "R", "phone-short"),
    *(sure(cell, "IN", "", "R", "phone-blank") for cell in ("", "nan", "None", "N/A", "-", "TRUE", "#REF")),
    *(sure(cell, "IN", "", "R", "phone-formula") for cell in FORMULAS.split("|")),
    sure("wa.me/12 / 9876543210", "IN", "+91 9876543210", "R", "phone-short"),
    sure("98765-4321", "BR", "", "R", "phone-area-code"),
    sure("87654321", "BR", "", "R", "phone-area-code"),
    sure("555-1234", "US", "", "R", "phone-area-code"),
    sure("+1 800 555 1234", None, "+1 8005551234", "R", "phone-type"),
    sure("1800 123456", "IN", "+91 1800123456", "R", "phone-type"),
    sure("112", "IN", "", "R", "phone-short"),
    sure("911", "US", "", "R", "phone-short"),
    sure("+800 1234 5678", None, "+800 12345678", "R", "phone-type"),
    sure("+8816 1234 5678", None, "+881 612345678", "R", "phone-type"),
    sure("98765@example.com", "IN", "", "R", "phone-email"),
    sure("https://example.com/919876543210", "IN", "", "R", "phone-url"),
]
"""What is never sent."""

PREFIXES = ("91", "+91", "0091", "91.0", "(+91)", "IN", "IND", "India", "India (+91)", "IN +91")
WRITINGS = {
    "9876543210": ("S", "national"),
    "09876543210": ("S", "trunk-zero"),
    "919876543210": ("N", "prefix-repeated"),
    "+919876543210": ("S", "international"),
    "00919876543210": ("S", "own-idd"),
}
BESIDE_A_PREFIX = [
    *(sure(cell, None, RAMESH, *how, prefix=prefix) for prefix in PREFIXES for cell, how in WRITINGS.items()),
    sure("+14158586273", "IN", "1 4158586273", "W", "prefix-conflict", prefix="91"),
    sure("4915123456789", None, "49 15123456789", "N", "prefix-repeated", prefix="49"),
    sure("62812345678", None, "62 812345678", "N", "prefix-repeated", prefix="62"),
    sure("4567890", None, "1 2424567890", "S", "national", prefix="1242"),
    sure("4567890", None, "1 2424567890", "S", "national", prefix="1-242"),
    sure("2911234", None, "1 8682911234", "S", "national", prefix="1868"),
    sure("07911123456", None, "44 7911123456", "S", "trunk-zero", prefix="44"),
    sure("0612345678", None, "39 0612345678", "W", "landline", prefix="39"),
    sure("15512345678", None, "52 5512345678", "N", "mx-old-one", prefix="52"),
    sure("9876543210", "IN", RAMESH, "S", "national", prefix="-"),
    sure("9876543210", "IN", RAMESH, "S", "national", prefix="home"),
    sure("821234567", None, "27 821234567", "S", "national", prefix="27"),
    sure("9876543210", "US", RAMESH, "S", "national", country="India"),
    sure("919876543210", "US", RAMESH, "S", "own-code", country="IN"),
    sure("9876543210", None, RAMESH, "S", "national", country="भारत"),
    sure("81 123 4567", None, "264 811234567", "S", "national", country="NA"),
    sure("13012345678", None, "86 13012345678", "S", "national", country="China"),
]
HELD_BESIDE_A_PREFIX = [
    sure("612345678", None, "+39 0612345678", "H", "phone-lost-zero", prefix="39"),
    sure("8123456789", None, "", "H", "phone-no-country", prefix="home"),
    sure("9876543210", "IN", "+91 9876543210", "H", "phone-prefix", prefix="022"),
    sure("9876543210", "IN", "+91 9876543210", "H", "phone-country", country="Wakanda"),
    sure("447911123456", "IN", "+44 7911123456", "H", "phone-conflict", country="India"),
    sure("+919876543210", None, "+91 9876543210", "H", "phone-conflict", country="US"),
    sure("9876543210", None, "+91 9876543210", "H", "phone-conflict", country="US", prefix="91"),
    sure("+14155550123", None, "+1 4155550123", "H", "phone-placeholder", prefix="91"),
]


@pytest.mark.parametrize(("row", "expected"), ANSWERS + BESIDE_A_PREFIX)
def test_a_number_that_is_sent(row, expected):
    phone = normalise(**row)
    assert (f"{phone.prefix} {phone.number}", phone.level, phone.rule) == expected
    assert phone.suggestion == ""


@pytest.mark.parametrize(("row", "expected"), PROPOSED + REFUSED + HELD_BESIDE_A_PREFIX)
def test_a_number_that_is_not_sent(row, expected):
    phone = normalise(**row)
    assert (phone.suggestion, phone.level, phone.rule) == expected
    assert phone.prefix == phone.number == ""


@pytest.mark.parametrize("word", schema.OTHER_PEOPLE + schema.FAXES + schema.OPT_OUTS)
def test_a_word_that_rules_a_column_out_rules_a_cell_out(word):
    said = word.strip("*")
    cells = (f"{said} 9876543210", f"9876543210 ({said})", f"{said}: 9876543210 / 9123456789")
    assert not {normalise(cell, region="IN").level for cell in cells} & {"S", "N", "W"}


SEEN = survey(["+919123456789", "wa.me/4915123456789"])
RUINED = survey(["919877000000", "919876000000"])


def asked(cell, region, answer, level, rule, **besides):
    """The same, with what the column shows and what the user asks for besides."""
    return pytest.param({"text": cell, "region": region} | besides, (answer, level, rule), id=f"{rule} {region}")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        asked("919876543210", "US", RAMESH, "S", "foreign-seen", evidence=SEEN),
        asked("919876543210", "DE", RAMESH, "W", "foreign", evidence=SEEN),
        asked("919876543210", "US", RAMESH, "W", "foreign", policy=Policy(expect=frozenset({91}))),
        asked("919876543210", "DE", "", "H", "phone-ambiguous"),
        asked("919876543210", None, "", "H", "phone-no-country", evidence=SEEN),
        asked("6591234567", "IN", "", "H", "phone-ambiguous", evidence=SEEN),
        asked("919877000000", "IN", "91 9877000000", "S", "own-code"),
        asked("919877000000", "IN", "", "H", "phone-trailing-zeros", evidence=RUINED),
        asked("13012345678", "CN", "86 13012345678", "S", "national", policy=Policy(trust_region=True)),
        asked("1187654321", "BR", "55 11987654321", "W", "br-nine-added", policy=Policy(br_ninth_digit=True)),
        asked("1123456789", "AR", "54 91123456789", "W", "ar-nine-added", policy=Policy(ar_assume_mobile=True)),
        asked("+881612345678", None, "881 612345678", "N", "allowed-type", policy=Policy(frozenset({"global"}))),
        asked("02224567890", "IN", "", "R", "phone-not-mobile", policy=Policy(mobile_only=True)),
    ],
)
def test_what_the_column_shows_and_the_user_asks_for(row, expected):
    phone = normalise(**row)
    assert (f"{phone.prefix} {phone.number}".strip(), phone.level, phone.rule) == expected


BESIDES = {  # rule → what it takes besides a row
    "foreign-seen": {"evidence": SEEN},
    "foreign": {"policy": Policy(expect=frozenset({91}))},
    "phone-trailing-zeros": {"evidence": RUINED},
    "allowed-type": {"policy": Policy(allow_types=frozenset({"toll-free"}))},
    "phone-not-mobile": {"policy": Policy(mobile_only=True)},
    "ar-nine-added": {"policy": Policy(ar_assume_mobile=True)},
    "br-nine-added": {"policy": Policy(br_ninth_digit=True)},
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_meets_its_example_and_not_its_counter_example(rule):
    phone = normalise(**rule.example._asdict(), **BESIDES.get(rule.code, {}))
    other = normalise(**rule.counter._asdict(), **BESIDES.get(rule.code, {}))
    assert (phone.rule, phone.level) == (rule.code, rule.level)
    assert other.rule != rule.code
    assert explain(rule.code) == rule.words


def test_codes_are_unique_and_levels_in_order():
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert [rule.level for rule in RULES] == sorted((rule.level for rule in RULES), key="SNWHR".index)
