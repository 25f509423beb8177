"""No card of a file is lost, whatever program wrote it and whatever became of it; and no card is read as two people."""

import base64
import io
import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contact_import.errors import InputProblem
from contact_import.readers import encoding, framing, vcard
from contact_import.readers.source import CHUNK

PHOTO = base64.b64encode(bytes(range(256)) * 3).decode()


def read(data, codec=None, size=5000):
    """Return the headers, and each row as {header: cell} without its blank cells; surplus cells under "+"."""
    file = io.BytesIO(data.encode() if isinstance(data, str) else data)
    headers, cards = vcard.detect(file, "contacts.vcf", codec or encoding.detect(file, "contacts.vcf"))
    rows = []
    for first, block in cards.blocks(file, size):
        assert first == len(rows) + 1
        assert len(block) <= size
        for row in block:
            assert len(row) >= len(headers)
            cells = {header: cell for header, cell in zip(headers, row, strict=False) if cell}
            rows.append(cells | ({"+": row[len(headers) :]} if len(row) > len(headers) else {}))
    assert set(headers) >= {header for row in rows for header in row} - {"+"}
    return headers, rows


def rows_of(data, codec=None):
    return read(data, codec)[1]


NAME_PARTS = ("Last Name", "First Name", "Middle Name", "Name Prefix", "Name Suffix")
ADDRESS_PARTS = ("PO Box", "Extended Address", "Street", "City", "Region", "Postal Code", "Country")


def named(name="", *parts, **more):
    """Return the cells of a name and its *parts*, in the order of N, and of *more*, whose names have _ for a space."""
    cells = {"Name": name} | dict(zip(NAME_PARTS, parts, strict=False))
    return filled(cells | {header.replace("_", " "): cell for header, cell in more.items()})


def address(*parts):
    """Return the cells of an address, its *parts* in the order of ADR."""
    return filled({f"Address 1 - {part}": cell for part, cell in zip(ADDRESS_PARTS, parts, strict=True)})


def filled(cells):
    return {header: cell for header, cell in cells.items() if cell}


def phones(*pairs):
    """Return the cells of *pairs* of label and number."""
    return numbered("Phone", pairs)


def emails(*pairs):
    """Return the cells of *pairs* of label and address."""
    return numbered("E-mail", pairs)


def numbered(kind, pairs):
    return {
        f"{kind} {number} - {part}": cell
        for number, pair in enumerate(pairs, 1)
        for part, cell in zip(("Label", "Value"), pair, strict=True)
    }


def folded(text, width=74):
    return "\r\n ".join(text[start : start + width] for start in range(0, len(text), width))


def card(*lines, version="3.0", end="\r\n"):
    """Return a card of *lines*."""
    return end.join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


IPHONE = card(
    "PRODID:-//Apple Inc.//iPhone OS 17.5//EN",
    "N:Rao;Asha;K. R.,Devi;Dr.;Jr.",
    "FN:Dr. Asha K. R.\\,Devi Rao Jr.",
    "ORG:Acme\\, Inc.;Sales;South",
    "TITLE:Buyer",
    "item1.EMAIL;type=INTERNET;type=pref:asha@example.com",
    "item1.X-ABLabel:_$!<Other>!$_",
    "TEL;type=CELL;type=VOICE;type=pref:+91 98765 43210",
    "TEL;type=IPHONE;type=CELL;type=VOICE:98765 43211",
    "item2.TEL:022 2345 6789",
    "item2.X-ABLabel:_$!<AssistantPhone>!$_",
    "item3.TEL:022 2345 6780",
    "item3.X-ABLabel:Ladli\\, Goa",
    "TEL;type=HOME;type=FAX:022 2345 6781",
    "item4.ADR;type=HOME;type=pref:;;12 Hill Rd\\nFlat 3;Mumbai;MH;400050;India",
    "item4.X-ABADR:in",
    "item5.URL;type=pref:http\\://example.com",
    "BDAY;value=date:1980-03-22",
    "NOTE:one\\, two\\; three\\nfour",
    folded(f"PHOTO;ENCODING=b;TYPE=JPEG:{PHOTO}"),
)
MAC_GROUP = card("N:;;;;", "FN:Choir", "X-ADDRESSBOOKSERVER-KIND:group", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1")
MACOS = (
    IPHONE.replace("iPhone OS 17.5", "macOS 14.5").split("ORG:")[0]
    + "item1.TEL;type=WORK;type=pref:022 1\r\nitem2.TEL;type=CELL:98765 1\r\nitem2.X-ABLabel:Personal\r\n"
    + f"PHOTO;BASE64:\r\n  {PHOTO}\r\nX-ABShowAs:COMPANY\r\nEND:VCARD\r\n"
    + MAC_GROUP
)
ANDROID = (
    card("EMAIL;PREF:lone@example.com", "CATEGORIES:My Contacts", version="2.1")
    + card(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91=20=C3=91=C3=B3=C3=B1=C3=A9=\r\n=7A;=4D=61=72=C3=AD=\r\n=61;;;",
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=4D=61=72=C3=AD=61=20=C3=91=20=C3=91=C3=\r\n=B3=C3=B1=C3=A9=7A",
        "TEL;CELL;PREF:600123456",
        "TEL;HOME:910123456",
        "TEL;X-WhatsApp:+34600123456",
        "TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=D7=A0=D7=99=D7=99=D7=93):910 1",
        "EMAIL;WORK:maria@example.com",
        "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=31=0A=\r\n=32",
        f"PHOTO;ENCODING=BASE64;JPEG:{folded(PHOTO)}\r\n",
        version="2.1",
    )
    + card("N:;;;;", "FN:", "TEL;CELL:0612345678", version="2.1")
)  # fmt: skip
OUTLOOK = card(
    "N;LANGUAGE=en-us:Doe;John;;Mr.;III",
    "FN:Mr. John Doe III",
    "NICKNAME:Joey",
    "ORG:Acme, The;Sales",
    "TITLE:Clerk",
    "NOTE;ENCODING=QUOTED-PRINTABLE:First line=0D=0A=\r\nTel: 555 0100=0D=0A=\r\n",
    "TEL;WORK;VOICE:(905) 555-0101",
    "TEL;CELL;VOICE:(905) 555-0102",
    "TEL;WORK;FAX:(905) 555-0103",
    "X-MS-TEL;VOICE;CALLBACK:(905) 555-0104",
    "ADR;WORK;PREF:;Office 1;1 Main St;Albany;NY;12345;United States of America",
    "LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:1 Main St=0D=0A=\r\nUSA=0D=0A=\r\nTEL:555",
    'X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://example.com/x" ver="1.0"><fld prop="name"/></card>',
    "BDAY:19800321",
    f"PHOTO;TYPE=JPEG;ENCODING=BASE64:\r\n {folded(PHOTO)}\r\n",
    "EMAIL;PREF;INTERNET:john@example.com",
    "REV:20121012T210525Z",
    version="2.1",
)
GOOGLE = card(
    "FN:Uma Iyer",
    "N:Iyer;Uma;;;",
    "NICKNAME:Um",
    "EMAIL;TYPE=INTERNET;TYPE=HOME:uma@example.com",
    "EMAIL;TYPE=INTERNET:uma@example.org",
    "TEL:98450 12340",
    "TEL;TYPE=CELL:98450 12345",
    "TEL;TYPE=MAIN:080 2345 0000",
    "TEL;TYPE=WORK;TYPE=FAX:080 2345 0001",
    "TEL;TYPE=PAGER:080 2345 0002",
    "item1.TEL:080 2345 0003",
    "item1.X-ABLabel:GRAND_CENTRAL",
    "ADR;TYPE=HOME:;5th Cross\\nBengaluru 560001\\nIndia;;;;;",
    "BDAY:--0203",
    "URL:http\\://example.com/uma",
    "CATEGORIES:myContacts,Book club",
)
WHATSAPP = (
    "BEGIN:VCARD\nVERSION:3.0\nN:;Ada;;;\nFN:Ada\nTEL;type=Mobile;waid=256700000001:+256 700 000001\nEND:VCARD"
    "BEGIN:VCARD\nVERSION:3.0\nN:;Acme Shop;;;\nFN:Acme Shop\nitem1.TEL;waid=6281234567890:0812-3456-7890\n"
    "item1.X-ABLabel:Ponsel\nX-WA-BIZ-NAME:Acme Shop\nEND:VCARD"
)
BLACKBERRY = card(
    "FN:John Doe",
    "N:Doe;John;;;",
    "ORG:Acme",
    "TEL;TYPE=CELL:+96123456789",
    f"PHOTO;ENCODING=b:{PHOTO}",
    "NOTE:",
)
LOTUS = card(
    "X-LOTUS-CHARSET:UTF-8",
    "N:Doe;Jane",
    "FN:Jane Doe",
    'TEL;TYPE="WORK":+49 30 1234',
    'TEL;TYPE="CELL,PREF":+49 170 1234567',
    'EMAIL;TYPE="INTERNET":jane@example.com',
    'ADR;TYPE="WORK":;;Am Markt 1;Berlin;;10115;Germany',
)
THE_BAT = (
    card(
        "N;ENCODING=QUOTED-PRINTABLE:=CF=E5=F2=F0=EE=E2;=C8=E2=E0=ED",
        "FN:Иван Петров",
        "TEL;CELL:+7 912 345-67-89",
        version="2.1",
    )
    + card("FN:Мария Иванова", "EMAIL;PREF;INTERNET:maria@example.com", version="2.1")
).encode("cp1251")
NEXTCLOUD = card(
    "PRODID:-//Nextcloud Contacts v5.5.3",
    "UID:1-2",
    "FN:Simon Perrin",
    "N:Perrin;Simon;;;ing. jr,M.Sc.",
    'TEL;PREF=2;TYPE="WORK,VOICE":+33 1 23 45 67 89',
    'TEL;PREF=1;VALUE=uri;TYPE="voice,cell":tel:+33-6-12-34-56-78',
    "TEL;VALUE=uri;TYPE=work:tel:+1-418-656-9254;ext=102",
    "TEL;TYPE=HOME;VALUE=uri:TEL:7042;phone-context=+1-418-656",
    "EMAIL;TYPE=WORK;PREF=1:simon@example.com",
    "ADR;TYPE=HOME:;;1 rue A;Paris;;75001;",
    "ADR;TYPE=WORK;PREF=1:;;2 rue B;Lyon;;69001;France",
    "CATEGORIES:Amis,Chorale",
    f"PHOTO:data:image/jpeg;base64\\,{PHOTO}",
    version="4.0",
) + card("FN:Chorale", "KIND:group", "MEMBER:urn:uuid:1-2", version="4.0")
THUNDERBIRD = card(
    "N;CHARSET=UTF-8:Doe;Zoë;;;",
    "FN;CHARSET=UTF-8:Zoë Doe",
    "ADR;TYPE=WORK,POSTAL;CHARSET=UTF-8:;222 Broad St;Suite 1;Albany;NY;9876\r\n 5;USA",
    "TEL;TYPE=WORK,VOICE:555-555-0111",
    "TEL;TYPE=FAX:555-555-0333",
    "EMAIL;TYPE=INTERNET,PREF:zoe@example.com",
    "EMAIL;TYPE=INTERNET:zoe@example.org",
    "CATEGORIES;CHARSET=UTF-8:one\\, two",
    "X-SPOUSE:Max",
)
EVOLUTION = card(
    'X-COUCHDB-APPLICATION-ANNOTATIONS:{"Evolution":{"revision":"2012-03-05T13:3\r\n 2:54Z"}}',
    'TEL;X-COUCHDB-UUID="c2fa:1caa;2926";TYPE=CELL:905-555\r\n -0134',
    'TEL;X-COUCHDB-UUID="fbfb2722-4fd8-4dbf-9abd-eeb24072fd8e";TY\r\n PE=WORK,VOICE:905-555-0135',
    "N:Doe;John;Richter\\, James;Mr.;Sr.",
    "FN:Mr. John Richter\\, James Doe Sr.",
    'EMAIL;TYPE=WORK;X-COUCHDB-UUID="83a7":john.\r\n doe@example.com',
)

DR_ASHA = named("Dr. Asha K. R.,Devi Rao Jr.", "Rao", "Asha", "K. R.,Devi", "Dr.", "Jr.")
PRODUCERS = [
    pytest.param(
        IPHONE,
        [
            DR_ASHA
            | {"Organization Name": "Acme, Inc.", "Organization Department": "Sales, South", "Job Title": "Buyer"}
            | {"Birthday": "1980-03-22", "Notes": "one, two; three\nfour"}
            | emails(("* Other", "asha@example.com"))
            | phones(
                ("* Mobile", "+91 98765 43210"),
                ("Mobile", "98765 43211"),
                ("AssistantPhone", "022 2345 6789"),
                ("Ladli, Goa", "022 2345 6780"),
                ("Home Fax", "022 2345 6781"),
            )
            | address("", "", "12 Hill Rd Flat 3", "Mumbai", "MH", "400050", "India")
        ],
        id="iPhone 3.0",
    ),
    pytest.param(
        MACOS,
        [DR_ASHA | phones(("* Work", "022 1"), ("Personal", "98765 1")), named("Choir", Kind="group")],
        id="macOS 3.0 with a group",
    ),
    pytest.param(
        ANDROID,
        [
            {"Labels": "My Contacts"} | emails(("* Other", "lone@example.com")),
            named("María Ñ Ñóñéz", "Ñ Ñóñéz", "María", Notes="1\n2")
            | emails(("Work", "maria@example.com"))
            | phones(("* Mobile", "600123456"), ("Home", "910123456"), ("WhatsApp", "+34600123456"), ("נייד", "910 1")),
            phones(("Mobile", "0612345678")),
        ],
        id="Android 2.1",
    ),
    pytest.param(
        OUTLOOK,
        [
            named("Mr. John Doe III", "Doe", "John", "", "Mr.", "III", Nickname="Joey", Birthday="19800321")
            | {"Organization Name": "Acme, The", "Organization Department": "Sales", "Job Title": "Clerk"}
            | {"Notes": "First line\nTel: 555 0100"}
            | emails(("* Other", "john@example.com"))
            | phones(
                ("Work", "(905) 555-0101"),
                ("Mobile", "(905) 555-0102"),
                ("Work Fax", "(905) 555-0103"),
                ("CALLBACK", "(905) 555-0104"),
            )
            | address("", "Office 1", "1 Main St", "Albany", "NY", "12345", "United States of America")
        ],
        id="Outlook 2.1",
    ),
    pytest.param(
        GOOGLE,
        [
            named("Uma Iyer", "Iyer", "Uma", Nickname="Um", Birthday="--0203", Labels="myContacts ::: Book club")
            | emails(("Home", "uma@example.com"), ("Other", "uma@example.org"))
            | phones(
                ("Other", "98450 12340"),
                ("Mobile", "98450 12345"),
                ("Main", "080 2345 0000"),
                ("Work Fax", "080 2345 0001"),
                ("Pager", "080 2345 0002"),
                ("GRAND_CENTRAL", "080 2345 0003"),
            )
            | address("", "5th Cross Bengaluru 560001 India", "", "", "", "", "")
        ],
        id="Google 3.0",
    ),
    pytest.param(
        WHATSAPP,
        [
            named("Ada", "", "Ada") | phones(("WhatsApp", "+256 700 000001")),
            named("Acme Shop", "", "Acme Shop") | phones(("WhatsApp", "+6281234567890")),
        ],
        id="WhatsApp",
    ),
    pytest.param(
        BLACKBERRY,
        [named("John Doe", "Doe", "John", Organization_Name="Acme") | phones(("Mobile", "+96123456789"))],
        id="BlackBerry 3.0",
    ),
    pytest.param(
        LOTUS,
        [
            named("Jane Doe", "Doe", "Jane")
            | emails(("Other", "jane@example.com"))
            | phones(("Work", "+49 30 1234"), ("* Mobile", "+49 170 1234567"))
            | address("", "", "Am Markt 1", "Berlin", "", "10115", "Germany")
        ],
        id="Lotus Notes 3.0",
    ),
    pytest.param(
        THE_BAT,
        [
            named("Иван Петров", "Петров", "Иван") | phones(("Mobile", "+7 912 345-67-89")),
            named("Мария Иванова") | emails(("* Other", "maria@example.com")),
        ],
        id="The Bat! 2.1 in windows-1251",
    ),
    pytest.param(
        NEXTCLOUD,
        [
            named("Simon Perrin", "Perrin", "Simon", "", "", "ing. jr,M.Sc.", Labels="Amis ::: Chorale")
            | emails(("* Work", "simon@example.com"))
            | phones(
                ("Work", "+33 1 23 45 67 89"),
                ("* Mobile", "+33-6-12-34-56-78"),
                ("Work", "+1-418-656-9254;ext=102"),
                ("Home", "TEL:7042;phone-context=+1-418-656"),
            )
            | address("", "", "2 rue B", "Lyon", "", "69001", "France"),
            named("Chorale", Kind="group"),
        ],
        id="Nextcloud 4.0",
    ),
    pytest.param(
        THUNDERBIRD,
        [
            named("Zoë Doe", "Doe", "Zoë", Labels="one, two")
            | emails(("* Other", "zoe@example.com"), ("Other", "zoe@example.org"))
            | phones(("Work", "555-555-0111"), ("Fax", "555-555-0333"))
            | address("", "222 Broad St", "Suite 1", "Albany", "NY", "98765", "USA")
        ],
        id="Thunderbird 3.0",
    ),
    pytest.param(
        EVOLUTION,
        [
            named("Mr. John Richter, James Doe Sr.", "Doe", "John", "Richter, James", "Mr.", "Sr.")
            | emails(("Work", "john.doe@example.com"))
            | phones(("Mobile", "905-555-0134"), ("Work", "905-555-0135"))
        ],
        id="Evolution 3.0",
    ),
]


@pytest.mark.parametrize(("data", "expected"), PRODUCERS)
def test_what_programs_write_is_read(data, expected):
    assert rows_of(data) == expected


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\r\r\n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(("data", "expected"), [each for each in PRODUCERS if isinstance(each.values[0], str)])
def test_line_ends_and_unicode_make_no_difference(data, expected, codec, end):
    data = re.sub("\r?\n", end, data)
    assert rows_of(data.encode(codec), codec) == expected


@pytest.mark.parametrize("end", ["\r\n", "\r\r\n"])
@pytest.mark.parametrize("before", range(4))
def test_a_line_end_may_stand_where_two_reads_meet(before, end):
    start, note = f"BEGIN:VCARD{end}PHOTO:", f"{end}NOTE;QUOTED-PRINTABLE:=41="
    data = start + "x" * (CHUNK - len(start + note) - before) + note + f"{end}Tel: 1{end}END:VCARD"
    assert rows_of(data) == [{"Notes": "ATel: 1"}]


def test_headers_are_those_of_google_in_its_order_as_far_as_they_occur():
    assert read(OUTLOOK + GOOGLE)[0] == (
        "Name", "First Name", "Last Name", "Name Prefix", "Name Suffix", "Nickname", "Organization Name",
        "Organization Department", "Job Title", "Birthday", "Notes", "Labels",
        "E-mail 1 - Label", "E-mail 1 - Value", "E-mail 2 - Label", "E-mail 2 - Value",
        "Phone 1 - Label", "Phone 1 - Value", "Phone 2 - Label", "Phone 2 - Value", "Phone 3 - Label",
        "Phone 3 - Value", "Phone 4 - Label", "Phone 4 - Value", "Phone 5 - Label", "Phone 5 - Value",
        "Phone 6 - Label", "Phone 6 - Value", "Address 1 - Extended Address", "Address 1 - Street",
        "Address 1 - City", "Address 1 - Region", "Address 1 - Postal Code", "Address 1 - Country",
    )  # fmt: skip


ASHA, RAVI = (named(name) | phones(("Mobile", number)) for name, number in (("Asha", "1"), ("Ravi", "2")))
BOTH, NOTED = [ASHA, RAVI], [ASHA | {"Notes": "x"}, RAVI]
BEGIN, END, NOTE = "BEGIN:VCARD\n", "END:VCARD\n", "NOTE:x\n"
A, R = "VERSION:3.0\nFN:Asha\nTEL;TYPE=CELL:1\n", "VERSION:3.0\nFN:Ravi\nTEL;TYPE=CELL:2\n"
SUSAN = "VERSION:2.1\nFN:Susan\nTEL;CELL:9\n"
SECOND = BEGIN + R + END
TWO = BEGIN + A + END + SECOND
REST = NOTE + END + SECOND
AS_TEXT = "AGENT:BEGIN:VCARD\\nFN:Susan\\nTEL:+1-919-\n 9\\nEND:VCARD\n"
FOLDED = "AGENT:BEGIN:VCARD\n " + SUSAN.replace("\n", "\n ") + END
QUOTES = 'X-LOC;X-ADDRESS="a\\"b:c;X-TITLE=d:geo:1\nTEL;X-A="b;TYPE=CELL:1\nFN:Asha\n'
LONE = phones(("Other", "1"))
NO_LINES = "FN\nTEL\n:\n;\nTEL;\nEMAIL: \nTEL;CELL: 1 \n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(TWO.rstrip(), BOTH, id="no line end at the end"),
        pytest.param(BEGIN + A + SECOND, BOTH, id="no END before BEGIN"),
        pytest.param(BEGIN + A + END + BEGIN + R, BOTH, id="no END at the end"),
        pytest.param(BEGIN + A + END + R + END, BOTH, id="no BEGIN"),
        pytest.param(A + END + SECOND, BOTH, id="no BEGIN at the beginning"),
        pytest.param(BEGIN + A + "END:VCARD" + SECOND, BOTH, id="glued"),
        pytest.param(BEGIN + A + "end:vcard \ufeffbegin:vcard\n" + R + END, BOTH, id="glued, with a mark"),
        pytest.param(BEGIN + A.rstrip() + SECOND, BOTH, id="cut off, then glued"),
        pytest.param(BEGIN + A + "PHOTO;BASE64:\n  AAAA\n  AA" + SECOND, BOTH, id="cut off in a photo"),
        pytest.param(BEGIN + A.rstrip() + "END:VCARD\n" + SECOND, BOTH, id="END glued to a number"),
        pytest.param(BEGIN + A + END + "\ufeff" + SECOND, BOTH, id="two files, two marks"),
        pytest.param(BEGIN + A + "\ufeff" + SECOND, BOTH, id="two files, the first cut off"),
        pytest.param("begin:vCard\n" + NOTE + A + "end : vcard  \n" + SECOND, NOTED, id="case and spaces"),
        pytest.param(TWO.lower().replace("asha", "Asha").replace("ravi", "Ravi"), BOTH, id="all in lower case"),
        pytest.param("Dear all,\nTel: 3\nNote: x\n\n" + TWO, BOTH, id="a letter above"),
        pytest.param(BEGIN + A + END + "-- \nNote: bye\n" + SECOND + "\x1a", BOTH, id="text between and after"),
        pytest.param(TWO.replace("\n", "\n\n"), BOTH, id="empty lines between all lines"),
        pytest.param(TWO.replace("\n", "\n \n"), BOTH, id="a space between all lines"),
        pytest.param(TWO.replace("\n", "\n    "), BOTH, id="indented but the first"),
        pytest.param(re.sub("(?m)^", "\t", TWO), BOTH, id="indented"),
        pytest.param(BEGIN + " " + A + "NOTE:a\n b\n" + END, [ASHA | {"Notes": "ab"}], id="its first line indented"),
        pytest.param(BEGIN + A + "AGENT:\n" + BEGIN + SUSAN + END + REST, NOTED, id="an agent's card"),
        pytest.param(BEGIN + A + "AGENT:BEGIN:VCARD\n" + SUSAN + END + REST, NOTED, id="an agent's on the line"),
        pytest.param(BEGIN + A + AS_TEXT + REST, NOTED, id="an agent's card as text"),
        pytest.param(BEGIN + A + FOLDED + REST, NOTED, id="an agent's card folded"),
        pytest.param(BEGIN + A + "AGENT;VALUE=uri:cid:x@example.com\n" + REST, NOTED, id="an agent by address"),
        pytest.param(BEGIN + A + "AGENT:\n" + BEGIN + SUSAN + SECOND, BOTH, id="an agent's card without END"),
        pytest.param(BEGIN + A + "X-OTHER:\n" + SECOND + NOTE + END, BOTH, id="a card in a card, no agent's"),
        pytest.param(BEGIN + "TEL:1\n" + END + BEGIN + END + BEGIN + "UID:3\n" + END, [LONE, {}, {}], id="damage"),
        pytest.param(BEGIN + "FN:Gábor\n\nAde\nand\n" + END, [{"Name": "Gábor Ade and"}], id="line breaks in a value"),
        pytest.param(BEGIN + "TEL:1\n2\n" + END, [phones(("Other", "1\n2"))], id="numbers in two lines stay two"),
        pytest.param(BEGIN + "PHOTO;BASE64:\nTELABC\nN+/A==\n\n" + A + END, [ASHA], id="a photo that is not folded"),
        pytest.param(BEGIN + A + "NOTE;QUOTED-PRINTABLE:x=\n" + END + SECOND, NOTED, id="a soft break before END"),
        pytest.param(BEGIN + "X-MESSAGING/XMPP-ALL:a@example.com\nX_A:1\n" + A + END, [ASHA], id="strange names"),
        pytest.param(BEGIN + QUOTES + END, [LONE | {"Name": "Asha"}], id="quotes that do not close"),
        pytest.param(BEGIN + NO_LINES + END, [phones(("Mobile", "1"))], id="properties without values"),
        pytest.param("BEGIN:VCALENDAR\nEND:VEVENT\n" + TWO + "END:VCALENDAR\n", BOTH, id="in a calendar"),
    ],
)  # fmt: skip
def test_no_card_is_lost_or_read_into_another(data, expected):
    assert rows_of(data, "utf-8") == expected


SPOKEN = named("d a c b e", "b", "a", "c", "d", "e")
PREFERRED = address("", "", "", "c", "", "", "d")
COMPANY = named("b ::: c", Organization_Name="b ::: c", Organization_Department="a")


@pytest.mark.parametrize(
    ("lines", "version", "expected"),
    [
        pytest.param("FN:a\\, b\\; c\\\\d\\n\\Ne\\:f\\\"\\t", "3.0", named('a, b; c\\d e:f"\\t'), id="escapes"),
        pytest.param("FN:a\\, b\\; c\\\\d\\ne", "2.1", named("a\\, b; c\\\\d\\ne"), id="2.1 has one"),
        pytest.param("N:a\\;b;c\\\\;", "3.0", named("c\\ a;b", Last_Name="a;b", First_Name="c\\"), id="in parts"),
        pytest.param("N:a\\;b;c", "2.1", named("c a;b", Last_Name="a;b", First_Name="c"), id="in parts of 2.1"),
        pytest.param("NOTE:a\n b", "3.0", {"Notes": "ab"}, id="folded"),
        pytest.param("NOTE:a\n\t\tb", "4.0", {"Notes": "a\tb"}, id="folded with a tab"),
        pytest.param("NOTE:a\n b", "2.1", {"Notes": "a b"}, id="folded in 2.1"),
        pytest.param("EMAIL:a@exam\n ple.com", "2.1", emails(("Other", "a@example.com")), id="an address in 2.1"),
        pytest.param("FN;ENCODING=QUOTED-PRINTABLE:a=\n b=20=\n =63=\n=\nd", "2.1", named("a b cd"), id="soft breaks"),
        pytest.param("FN;ENCODING=QUOTED-PRINTABLE:=C3\n =A9=4\n 1=\n 42", "3.0", named("éAB"), id="soft and folded"),
        pytest.param("FN;QUOTED-PRINTABLE;CHARSET=UTF-8:=C3=A9=;=G1 100=", "2.1", named("é=;=G1 100"), id="not quite"),
        pytest.param("N;QUOTED-PRINTABLE:a=3Bb", "2.1", named("a;b", Last_Name="a;b"), id="a separator that is text"),
        pytest.param("N;QUOTED-PRINTABLE:a=5C=3Bb", "2.1", named("a;b", Last_Name="a;b"), id="one that is escaped"),
        pytest.param("FN;ENCODING=BASE64;CHARSET=UTF-8:w6k7IGE=", "2.1", named("é; a"), id="text in base64"),
        pytest.param("N;ENCODING=b:w6k7IGE=", "3.0", named("a é", Last_Name="é", First_Name="a"), id="parts in base64"),
        pytest.param("FN;ENCODING=b:no! base64", "3.0", named("no! base64"), id="not base64"),
        pytest.param("FN;CHARSET=rot13;ENCODING=QUOTED-PRINTABLE:=C3=A9", "2.1", named("é"), id="no charset"),
        pytest.param("FN;CHARSET=x\0;ENCODING=QUOTED-PRINTABLE:=C3=A9", "2.1", named("é"), id="no charset at all"),
        pytest.param("N:Rao;Asha;;;", "3.0", named("Asha Rao", Last_Name="Rao", First_Name="Asha"), id="no FN"),
        pytest.param("FN: \nN:b;a;c;d;e", "3.0", SPOKEN, id="an empty FN"),
        pytest.param("N:;;;;\nORG:;a\nORG:b\nORG:c", "3.0", COMPANY, id="no name"),
        pytest.param("FN;PREF=2:b\nFN;PREF=1: \nFN:c\nN:a b", "4.0", named("b", Last_Name="a b"), id="several names"),
        pytest.param("FN:a\nTITLE:b\nTITLE:c", "3.0", named("a", Job_Title="b ::: c"), id="several titles"),
        pytest.param("NOTE:a\nNOTE:b", "3.0", {"Notes": "a\nb"}, id="several notes"),
        pytest.param("CATEGORIES:a,,b\nCATEGORIES:c", "3.0", {"Labels": "a ::: b ::: c"}, id="several categories"),
        pytest.param("KIND:individual\nFN:a", "4.0", named("a"), id="a person is of no kind"),
        pytest.param("KIND:ORG\nFN:a", "4.0", named("a", Kind="org"), id="a company is of one"),
        pytest.param("ADR:;;a;b\nADR;TYPE=pref:;;;c;;;d;e", "3.0", PREFERRED, id="addresses"),
    ],
)  # fmt: skip
def test_values_are_decoded_as_their_version_says(lines, version, expected):
    assert rows_of(card(lines, version=version), "utf-8") == [expected]


ANDROIDS_OWN = "X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("TEL:1", "Other", id="nothing"),
        pytest.param("TEL;VOICE;MSG:1", "Other", id="nothing of use"),
        pytest.param("TEL;CELL;PREF:1", "* Mobile", id="bare types"),
        pytest.param("TEL;type=CELL;type=pref:1", "* Mobile", id="types one by one"),
        pytest.param('TEL;TYPE="voice,cell":1', "Mobile", id="types in quotes"),
        pytest.param("TEL;TYPE=work,cell,voice,video,text:1", "Mobile", id="a mobile of the company"),
        pytest.param("TEL;TYPE=MOBILE:1", "Mobile", id="mobile"),
        pytest.param("TEL;PREF=20;HOME:1", "* Home", id="the most preferred there is"),
        pytest.param("TEL;HOME;VOICE:1", "Home", id="home"),
        pytest.param("TEL;WORK:1", "Work", id="work"),
        pytest.param("TEL;MAIN:1", "Main", id="main"),
        pytest.param("TEL;CAR:1", "Car", id="car"),
        pytest.param("TEL;FAX:1", "Fax", id="fax"),
        pytest.param("TEL;HOME;FAX:1", "Home Fax", id="fax at home"),
        pytest.param("TEL;TYPE=FAX,WORK:1", "Work Fax", id="fax at work"),
        pytest.param("TEL;CELL;FAX:1", "Fax", id="fax is stronger than mobile"),
        pytest.param("TEL;WORK;PAGER:1", "Pager", id="pager"),
        pytest.param("TEL;WORK;MODEM:1", "Modem", id="modem"),
        pytest.param("X-MS-TEL;VOICE;COMPANY:1", "Company Main", id="the company's"),
        pytest.param("X-MS-TEL;TTYTDD:1", "TTY", id="a telephone that writes"),
        pytest.param("TEL;X-WhatsApp:1", "WhatsApp", id="Android's own word"),
        pytest.param("TEL;TYPE=cell;TYPE=VOICE;X-WAID:1", "WhatsApp", id="a bare parameter"),
        pytest.param("TEL;TYPE=CELL;X-SERVICE-TYPE=WhatsApp:1", "WhatsApp", id="a service"),
        pytest.param("X-MS-TEL;VOICE;ASSISTANT:1", "ASSISTANT", id="Outlook's own"),
        pytest.param("TEL;TYPE=customtype:1", "customtype", id="another type"),
        pytest.param(f"TEL;{ANDROIDS_OWN}=54=6F=6C=6C=20=46=72=65=65):1", "Toll Free", id="Android's custom label"),
        pytest.param(f"TEL;{ANDROIDS_OWN}=54=\n=6F):1", "To", id="in two lines"),
        pytest.param("TEL;X-CUSTOM(Coach):1", "Coach", id="not encoded"),
        pytest.param("item1.TEL:1\nitem1.X-ABLabel:_$!<Mobile>!$_", "Mobile", id="Apple's mobile"),
        pytest.param("item1.X-ABLabel:_$!<HomeFAX>!$_\nitem1.TEL;type=pref:1", "* Home Fax", id="Apple's fax"),
        pytest.param("item1.TEL;type=CELL:1\nitem1.X-ABLABEL:Wife's", "Wife's", id="a label is stronger than mobile"),
        pytest.param("item1.TEL;type=FAX:1\nitem1.X-ABLabel:Shop", "Fax", id="fax is stronger than a label"),
        pytest.param("item1.TEL;type=HOME:1\nitem2.X-ABLabel:Shop\nX-ABLabel:None", "Home", id="another's label"),
    ],
)  # fmt: skip
def test_a_phone_says_what_it_is(line, expected):
    assert rows_of(card(line), "utf-8") == [phones((expected, "1"))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("TEL;waid=919812345678:+91 98123 45678", ["WhatsApp +91 98123 45678"], id="the same"),
        pytest.param("TEL;waid=919812345678:919812345678", ["WhatsApp +919812345678"], id="the same, no plus"),
        pytest.param("TEL;waid=919812345678:098123 45678", ["WhatsApp +919812345678"], id="without country"),
        pytest.param("TEL;PREF=1;waid=919812345678:98123 45678", ["* WhatsApp +919812345678"], id="preferred"),
        pytest.param("TEL;waid=551187654321:+55 11 98765-4321", ["WhatsApp +55 11 98765-4321"], id="Brazil's nine"),
        pytest.param("TEL;waid=5215512345678:+52 55 1234 5678", ["WhatsApp +52 55 1234 5678"], id="Mexico's one"),
        pytest.param("TEL;CELL;waid=919812345678:+91 9", ["Mobile +91 9", "WhatsApp +919812345678"], id="another"),
        pytest.param("TEL;CELL;waid=919812345678:345678", ["Mobile 345678", "WhatsApp +919812345678"], id="too short"),
        pytest.param("TEL;waid=919812345678:", ["WhatsApp +919812345678"], id="no number"),
        pytest.param("TEL;CELL;waid=someone:1", ["Mobile 1"], id="no number in the parameter"),
        pytest.param("X-WAID:919812345678", ["WhatsApp +919812345678"], id="a property"),
        pytest.param("IMPP;X-SERVICE-TYPE=WhatsApp:whatsapp:+9198123", ["WhatsApp whatsapp:+9198123"], id="a chat"),
        pytest.param("IMPP;X-SERVICE-TYPE=WhatsApp:x-apple:%2B9198123", ["WhatsApp +9198123"], id="Apple's"),
        pytest.param("X-SOCIALPROFILE;type=whatsapp://wa.me/1234567", ["WhatsApp //wa.me/1234567"], id="link"),
        pytest.param("IMPP;X-SERVICE-TYPE=Skype:skype:919812345678", [], id="another service"),
        pytest.param("IMPP;X-SERVICE-TYPE=WhatsApp:x-apple:asha", [], id="a name"),
    ],
)  # fmt: skip
def test_whatsapp_numbers_are_written_in_whole_and_never_guessed(line, expected):
    [row] = rows_of(card("FN:Asha", line), "utf-8")
    assert row == {"Name": "Asha"} | phones(*(re.fullmatch(r"((?:\* )?\w+) (.*)", each).groups() for each in expected))


@pytest.mark.parametrize(
    ("data", "codec", "expected"),
    [
        pytest.param(b"FN;QUOTED-PRINTABLE:=E9", "utf-8", "é", id="Windows in ASCII"),
        pytest.param(b"FN;QUOTED-PRINTABLE:=C3=A9", "utf-8", "é", id="UTF-8 in ASCII"),
        pytest.param(b"FN;QUOTED-PRINTABLE:=81", "utf-8", "\x81", id="nothing fits"),
        pytest.param(b"FN;QUOTED-PRINTABLE:\xc8=E2=E0=ED", "cp1251", "Иван", id="the file's own"),
        pytest.param(b"FN;QUOTED-PRINTABLE:=C3=A9", "cp1251", "é", id="UTF-8 in a Windows file"),
        pytest.param(b"FN;QUOTED-PRINTABLE:=C4=A3=CA=BD", "gb18030", "模式", id="letters that could be UTF-8"),
        pytest.param(b"FN;CHARSET=UTF-8:\xc3\xa9", "cp1252", "é", id="UTF-8 by its word in a Windows file"),
        pytest.param(b"FN;CHARSET=UTF-8:\xe9", "cp1252", "é", id="not UTF-8, whatever it says"),
        pytest.param(b"FN;CHARSET=ISO-8859-1:\x93\xe9\x94", "cp1252", "“é”", id="Windows that says Latin-1"),
        pytest.param("FN;CHARSET=windows-1252:é".encode(), "utf-8", "é", id="UTF-8 that says Windows"),
        pytest.param(b"FN;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8ER=93c", "utf-8", "山田", id="Japanese"),
        pytest.param("FN;QUOTED-PRINTABLE:é=C3=A9".encode("utf-16-le"), "utf-16-le", "éé", id="in UTF-16"),
    ],
)
def test_letters_are_decoded_by_charset_then_by_what_fits(data, codec, expected):
    begin, end = (text.encode(codec) for text in ("BEGIN:VCARD\nVERSION:2.1\n", "\nEND:VCARD\n"))
    assert rows_of(begin + data + end, codec) == [{"Name": expected}]


def test_numbers_beyond_the_last_column_are_kept_as_surplus():
    many = card("FN:Asha", *(f"TEL:{n}" for n in range(52)), *(f"EMAIL:{n}@example.com" for n in range(21)))
    headers, rows = read(many + card("FN:Ravi"))
    assert headers == (
        "Name",
        *emails(*[("", "")] * 20),
        *phones(*[("", "")] * 50),
    )
    beyond = {"+": ["Other", "20@example.com", "Other", "50", "Other", "51"]}
    people = emails(*(("Other", f"{n}@example.com") for n in range(20)))
    people |= phones(*(("Other", f"{n}") for n in range(50)))
    assert rows == [{"Name": "Asha"} | people | beyond, {"Name": "Ravi"}]


def test_rows_have_the_numbers_of_their_cards():
    data = card("FN:a") + card() + card("FN:b")
    file = io.BytesIO(data.encode())
    headers, cards = vcard.detect(file, "contacts.vcf", "utf-8")
    for size in (1, 2, 5000):
        frames = framing.frames(cards.blocks(file, size), "contacts.vcf", width=len(headers), header=0, size=size)
        rows = [(int(number), *cells) for f in frames for number, cells in zip(f.rows, f.cells.values, strict=True)]
        assert rows == [(1, "a"), (3, "b")]


@pytest.mark.parametrize(
    ("data", "codec", "message"),
    [
        pytest.param("Name,Phone\nAsha,1\n", "utf-8", "contacts.vcf holds no card (BEGIN:VCARD)", id="no card"),
        pytest.param(card(), "utf-8", "contacts.vcf holds no card with anything in it", id="empty cards"),
        pytest.param(
            card("FN:é").encode("cp1252"), "utf-8", "contacts.vcf is not utf-8; name its encoding", id="bytes"
        ),
        pytest.param(card().encode("utf-16")[:-1], "utf-16", "contacts.vcf is not utf-16; name", id="half a character"),
        pytest.param(
            card("FN:a") + card("NOTE:" + "x" * 65_537),
            "utf-8",
            "contacts.vcf, card 2 (it begins in line 5): a value is longer than 65,536 characters; shorten it",
            id="a long value",
        ),
        pytest.param(
            card(*["TEL:1"] * 10_000),
            "utf-8",
            "contacts.vcf, card 1 (it begins in line 1): it is too long to be a contact's",
            id="a card without end",
        ),
        pytest.param(
            card("FN:a") + "BEGIN:VCARD\nPHOTO:" + "x" * 10_000_001,
            "utf-8",
            "contacts.vcf, card 2 (it begins in line 5): line 6 is longer than 10,000,000 characters",
            id="a line without end",
        ),
        pytest.param("x" * 10_000_001, "utf-8", "contacts.vcf: line 1 is longer than 10,000,000", id="and no card"),
        pytest.param(
            "BEGIN:VCARDEND:VCARD" * 600, "utf-8", "contacts.vcf: line 1 holds many cards", id="all cards in a line"
        ),
        pytest.param(BEGIN * 10_002, "utf-8", "contacts.vcf, card 10001: 10,000 cards before it hold", id="BEGIN only"),
    ],
)
def test_what_is_no_contact_list_is_refused_with_its_place(data, codec, message):
    with pytest.raises(InputProblem) as problem:
        read(data, codec)
    assert str(problem.value).startswith(message)


DEEP = 10_000


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(BEGIN + ("AGENT:\n" + BEGIN + SUSAN) * DEEP + END * DEEP + A + END, id="agents in agents"),
        pytest.param(BEGIN + "AGENT:" + "BEGIN:VCARD\\nAGENT:" * DEEP + "\n" + A + END, id="agents as text"),
        pytest.param(BEGIN + "PHOTO:" + "x" * 9_999_000 + "\n" + A + END, id="a photo in one line"),
        pytest.param(BEGIN + "PHOTO:" + "x" * 60 + "\n y" * 100_000 + "\n" + A + END, id="a photo in many lines"),
        pytest.param(BEGIN + A + "N:" + "\\n" * 200_000 + "\nN:" + ";" * 300_000 + "\n" + END, id="escapes"),
        pytest.param(BEGIN + A + 'N;X="' + '";"' * 200_000 + ':\nN;X="' + '"' * 200_001 + "\n" + END, id="quotes"),
        pytest.param(BEGIN + A + "N;" + ";" * 300_000 + ":\nN;TYPE=" + "," * 300_000 + ":\n" + END, id="parameters"),
        pytest.param(BEGIN + A + "N:" + " \t" * 200_000 + "\\n" + " " * 300_000 + "\n" + END, id="spaces"),
        pytest.param(BEGIN + A + "X:\n" + "BEGIN" * 900_000 + "\nEND" + " " * 900_000 + ":vcard\n", id="near marks"),
        pytest.param(BEGIN + A + "N;QUOTED-PRINTABLE;CHARSET=punycode:;;;;;" + "=62" * 300_000, id="a slow charset"),
        pytest.param(BEGIN + "".join(f"X;CHARSET=x{n}:\n" for n in range(50_000)) + A + END, id="many charsets"),
    ],
)
def test_what_is_made_to_be_slow_is_read_as_what_it_is(data):
    began = time.process_time()
    [row] = rows_of(data, "utf-8")
    assert {key: row[key] for key in ASHA} == ASHA
    assert time.process_time() - began < 5


WORDS = (
    st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=60)
    .map(str.strip)
    .filter(lambda words: "VCARD" not in words)  # BEGIN:VCARD begins a card wherever it stands
)
NOTES = st.lists(WORDS, max_size=3).map("\n".join).map(str.strip)
PEOPLE = st.fixed_dictionaries(
    {
        "names": st.lists(WORDS, min_size=5, max_size=5),
        "whole": WORDS.filter(bool),
        "note": NOTES,
        "labels": st.lists(WORDS.filter(bool), max_size=3),
        "phones": st.lists(st.tuples(st.sampled_from(["CELL", "WORK", "FAX"]), WORDS.filter(bool)), max_size=3),
        "email": st.from_regex(r"[a-z]{1,40}@example\.com", fullmatch=True),
    }
)


class Writer:
    """Writes a person as a card, in one of the ways there are."""

    def __init__(self, draw, version, codec):
        self.draw, self.version, self.codec = draw, version, codec

    def card(self, person):
        types = "TEL;{}" if self.version == "2.1" else "TEL;TYPE={}"
        lines = [
            self.property("N", person["names"], ";"),
            self.property("FN", [person["whole"]]),
            *(self.property(types.format(kind), [number]) for kind, number in person["phones"]),
            self.property("EMAIL", [person["email"]]),
            self.property("NOTE", [person["note"]]),
            self.property("CATEGORIES", person["labels"], ","),
            self.folded("PHOTO;ENCODING=BASE64:", PHOTO),
        ]
        return "\n".join(["BEGIN:VCARD", f"VERSION:{self.version}", *lines, "END:VCARD"])

    def property(self, head, parts, separator=""):
        text = "".join(parts)
        plain = self.version != "2.1" or not re.search(r"[\\\n,]|[^\0-\x7f]", text)
        if plain and self.draw(st.booleans()):
            return self.folded(f"{head}:", separator.join(map(self.escaped, parts)))
        quoted = separator.join(map(self.quoted, parts))
        return f"{head};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted}"

    def escaped(self, text):
        if self.version == "2.1":
            return text.replace(";", "\\;")
        return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")

    def quoted(self, text):
        data = self.escaped(text).replace("\n", "\r\n").encode()
        return re.sub("((?:=..|[^=]){7})", "\\1=\n", "".join(f"={byte:02X}" for byte in data))

    def folded(self, head, value):
        whole = head + value
        # Version 2.1 is folded before a space, which stays; the others anywhere.
        places = range(len(head), len(whole)) if self.version != "2.1" else [
            place for place in range(len(head) + 1, len(whole)) if whole[place] == " "
        ]  # fmt: skip
        if not places:
            return whole
        cuts = sorted(self.draw(st.sets(st.sampled_from(places), max_size=4)))
        join = "\n" if self.version == "2.1" else self.draw(st.sampled_from(["\n ", "\n\t"]))
        return join.join(whole[start:end] for start, end in pairwise([0, *cuts, len(whole)]))


def as_row(person):
    labels = {"CELL": "Mobile", "WORK": "Work", "FAX": "Fax"}
    numbers = phones(*((labels[kind], number) for kind, number in person["phones"]))
    groups = " ::: ".join(person["labels"])
    whole = named(person["whole"], *person["names"], Notes=person["note"], Labels=groups)
    return whole | emails(("Other", person["email"])) | numbers


@settings(max_examples=300)
@given(st.data(), st.lists(PEOPLE, min_size=1, max_size=3))
def test_every_card_comes_back_cell_for_cell(data, people):
    codec = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]))
    text = ""
    for person in people:
        version = data.draw(st.sampled_from(["2.1", "3.0", "4.0"]))
        between = data.draw(st.sampled_from(["\n", "\n\n", ""]))
        text += Writer(data.draw, version, codec).card(person) + between
    text = text.replace("\n", data.draw(st.sampled_from(["\n", "\r\n", "\r"])))
    assert rows_of(text.encode(codec), codec) == [as_row(person) for person in people]


PIECES = (
    (
        'BEGIN:VCARD|END:VCARD|begin:vcard|AGENT:|VERSION:2.1|VERSION:4.0|FN:|N:;;|TEL;CELL:|EMAIL|;TYPE=|;X-A="|item1.'
        "|;waid=919812345678|;ENCODING=QUOTED-PRINTABLE|;ENCODING=b|;CHARSET=|utf-7|unicode_escape|idna|utf-16|:|;|,|=|=\n"
        "|=41|=C3|\\|\\n|\n|\r|\n |\n\t|X-ABLabel:|_$!<|>!$_|X-CUSTOM(|)|CATEGORIES:|PHOTO;BASE64:|\ufeff"
    )
    .encode()
    .split(b"|")
)


@settings(max_examples=600)
@given(
    st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=60).map(b"".join),
    st.sampled_from(
        ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp1251", "mac_roman", "gb18030"]
    ),
    st.booleans(),
)
def test_no_bytes_bring_it_down(data, codec, begin):
    try:
        headers, rows = read((b"BEGIN:VCARD\n" if begin else b"") + data, codec)
    except InputProblem:
        return
    assert len(headers) == len(set(headers))
    assert any(rows)
