"""Which rows of a list are people: the header is found wherever it stands, and what is left out is told."""

import re

import pytest

from contact_import import schema
from contact_import.errors import InputProblem
from contact_import.readers import ReadOptions, framing, open_table
from contact_import.readers.footers import is_footer
from contact_import.readers.structure import beside

ABOVE, REPEATED, TITLE, FOOTER = framing.ABOVE, framing.REPEATED, framing.TITLE, framing.FOOTER
ASHA, RAVI, UMA = ["Asha", "98765 43210", "Pune"], ["Ravi", "98765 43211", "Goa"], ["Uma", "98765 43212", "Pune"]
HEADS = ("Name", "Phone", "City")


@pytest.fixture
def read(tmp_path):
    """Return a function that writes a list and returns its header row, headers, rows and what was left out."""

    def read(text, size=5000, **options):
        path = tmp_path / "contacts.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        table = open_table(path, ReadOptions(**options), is_header=schema.is_header)
        frames = list(table.frames(size))
        rows = {}
        for frame in frames:
            for index, (number, cells) in enumerate(zip(frame.rows, frame.cells.values.tolist(), strict=True)):
                rows[int(number)] = [*cells, *frame.surplus.get(index, ())]
        ignored = {number: why for frame in frames for number, why in frame.ignored.items()}
        return table.layout.header_row, table.layout.headers, rows, ignored

    return read


def a_list(*lines):
    return "".join(f"{line}\n" for line in lines)


PEOPLE = ("Asha,98765 43210,Pune", "Ravi,98765 43211,Goa")


def below(*above, name):
    """Return the case of a list under the lines *above*, which are none of it."""
    header = len(above) + 1
    expected = (header, HEADS, {header + 1: ASHA, header + 2: RAVI}, dict.fromkeys(range(1, header), ABOVE))
    return pytest.param(a_list(*above, "Name,Phone,City", *PEOPLE), expected, id=name)


LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            a_list("=== Inquiries Master ===,,", ",,", "Contact Person,Mobile No.,City", *PEOPLE),
            (3, ("Contact Person", "Mobile No.", "City"), {4: ASHA, 5: RAVI}, {1: ABOVE}),
            id="a title and a blank row above",
        ),
        pytest.param(
            a_list("LAPORAN HARIAN PENJUALAN", "Tanggal: 01/07/2026", "Total 57 transaksi", "",
                   "Nama,No HP,Kota", PEOPLE[0]),
            (5, ("Nama", "No HP", "Kota"), {6: ASHA}, {1: ABOVE, 2: ABOVE, 3: ABOVE}),
            id="a daily report",
        ),
        pytest.param(
            a_list("Acme Traders,,,", '"12, MG Road, Pune 411001",,,', "Phone: 020-24451234,,,",
                   "E-Mail : a@example.com,,,", "1-Apr-2025 to 31-Mar-2026,,,",
                   "Ledger Name,Group,Mobile,State", "Asha,Debtors,98765 43210,MH"),
            (6, ("Ledger Name", "Group", "Mobile", "State"), {7: ["Asha", "Debtors", "98765 43210", "MH"]},
             dict.fromkeys(range(1, 6), ABOVE)),
            id="Tally: company, address, period",
        ),
        pytest.param(
            a_list("Acme Traders,,,", "Tel,020-24451234,Fax,020-24451235", "GSTIN,27AAAAA0000A1Z5,,",
                   "Ledger Name,Group,Mobile,State", "Asha,Debtors,98765 43210,MH"),
            (4, ("Ledger Name", "Group", "Mobile", "State"), {5: ["Asha", "Debtors", "98765 43210", "MH"]},
             {1: ABOVE, 2: ABOVE, 3: ABOVE}),
            id="labels and values above, two a row",
        ),
        below(
            "Report,Contacts", "Owner,ravi@example.com", "Date,2026-07-01",
            name="an address above, with a label that no contact has",
        ),
        pytest.param(
            a_list("Notes:", '"When exporting, some addresses are missing, as they hide them."', "", LINKEDIN,
                   "Asha,Rao,https://example.com/asha,,Acme,CEO,01 Sep 2026"),
            (4, tuple(LINKEDIN.split(",")),
             {5: ["Asha", "Rao", "https://example.com/asha", "", "Acme", "CEO", "01 Sep 2026"]}, {1: ABOVE, 2: ABOVE}),
            id="LinkedIn's notes",
        ),
        below("Customers,,2026-07-01", name="a title with a date"),
        pytest.param(
            a_list("Meine Liste,,", ",,", "Wer,Womit,Wo", *PEOPLE),
            (3, ("Wer", "Womit", "Wo"), {4: ASHA, 5: RAVI}, {1: ABOVE}),
            id="a title over headers that are not known",
        ),
        below("Person,,Contact", name="a row of groups above"),
        pytest.param(
            a_list("Contact,Contact,Contact,Contact", "Name,City,Phone,Email", "Asha,Pune,98765 43210,a@example.com"),
            (2, ("Name", "City", "Phone", "Email"), {3: ["Asha", "Pune", "98765 43210", "a@example.com"]}, {1: ABOVE}),
            id="groups in every cell",
        ),
        pytest.param(
            a_list("Wer,,Wie,", "Ganzer,Ort,Wohin,Womit", "Asha,Pune,020-24451234,98765 43210"),
            (2, ("Ganzer", "Ort", "Wohin", "Womit"), {3: ["Asha", "Pune", "020-24451234", "98765 43210"]},
             {1: ABOVE}),
            id="groups over headers that are not known",
        ),
        pytest.param(
            a_list(*PEOPLE), (0, ("", "", ""), {1: ASHA, 2: RAVI}, {}), id="no header",
        ),
        pytest.param(
            a_list("Asha,,Pune", "Om,,Goa", "Ravi,98765 43211,Goa", "Uma,98765 43212,Pune", "Jo,98765 43213,Agra"),
            (0, ("", "", ""), {1: ["Asha", "", "Pune"], 2: ["Om", "", "Goa"], 3: RAVI, 4: UMA,
                               5: ["Jo", "98765 43213", "Agra"]}, {}),
            id="no header, words in row 1: its city comes again",
        ),
        pytest.param(
            a_list("1,Asha,", "2,Ravi,98765 43211", "3,Uma,98765 43212"),
            (0, ("", "", ""), {1: ["1", "Asha", ""], 2: ["2", "Ravi", RAVI[1]], 3: ["3", "Uma", UMA[1]]}, {}),
            id="no header, words in row 1: its running number goes on",
        ),
        pytest.param(
            a_list("Asha,,411001", "Ravi,98765 43211,403001", "Uma,98765 43212,411002"),
            (0, ("", "", ""),
             {1: ["Asha", "", "411001"], 2: ["Ravi", RAVI[1], "403001"], 3: ["Uma", UMA[1], "411002"]}, {}),
            id="no header, words in row 1: its postal code is like those below",
        ),
        pytest.param(
            a_list("Wer,Womit,VIP", "Asha,98765 43210,VIP", "Ravi,98765 43211,vip", "Wer,Womit,VIP",
                   "Uma,98765 43212,"),
            (1, ("Wer", "Womit", "VIP"),
             {2: ["Asha", ASHA[1], "VIP"], 3: ["Ravi", RAVI[1], "vip"], 5: ["Uma", UMA[1], ""]},
             {4: REPEATED}),
            id="a mark called like its column, and a header that comes again, are no proof",
        ),
        pytest.param(
            a_list("Wer,Womit,2025,2026", "Asha,98765 43210,1500,2000", "Ravi,98765 43211,300,1200"),
            (1, ("Wer", "Womit", "2025", "2026"),
             {2: [*ASHA[:2], "1500", "2000"], 3: [*RAVI[:2], "300", "1200"]}, {}),
            id="years are headers",
        ),
        pytest.param(
            a_list("Name,Mobile,2026-07-01,2026-07-02,2026-07-03", "Asha,98765 43210,P,P,A"),
            (1, ("Name", "Mobile", "2026-07-01", "2026-07-02", "2026-07-03"), {2: [*ASHA[:2], "P", "P", "A"]}, {}),
            id="days are headers",
        ),
        pytest.param(
            a_list("Attendance,of,the,first,week", "Name,Mobile,2026-07-01,2026-07-02,2026-07-03",
                   "Asha,98765 43210,P,P,A"),
            (2, ("Name", "Mobile", "2026-07-01", "2026-07-02", "2026-07-03"), {3: [*ASHA[:2], "P", "P", "A"]},
             {1: ABOVE}),
            id="days are headers beside two that are known",
        ),
        pytest.param(
            a_list("Wer,Womit,2026-07-01,2026-07-02,2026-07-03", "Asha,98765 43210,P,P,A"),
            (1, ("Wer", "Womit", "2026-07-01", "2026-07-02", "2026-07-03"), {2: [*ASHA[:2], "P", "P", "A"]}, {}),
            id="days are headers beside any",
        ),
        pytest.param(
            a_list("Phone,Phone,,123.0, Team email ", "98765 43210,98765 43211,x,1,t@example.com"),
            (1, ("Phone", "Phone", "", "123.0", " Team email "),
             {2: [ASHA[1], RAVI[1], "x", "1", "t@example.com"]}, {}),
            id="duplicate, empty, numeric and padded headers",
        ),
        pytest.param(
            b"\xef\xbb\xbf\xef\xbb\xbfName\xc2\xa0,\xe2\x80\x8bPhone\nAsha,98765 43210\n",
            (1, ("\ufeffName\xa0", "\u200bPhone"), {2: ASHA[:2]}, {}),
            id="headers with marks and spaces that nobody sees",
        ),
        pytest.param(
            a_list(",,,", "Name,Phone,City,", ",,,", "Asha,98765 43210,Pune,", ",,,", "Ravi,98765 43211,Goa,"),
            (2, HEADS, {4: ASHA, 6: RAVI}, {}),
            id="rows of commas, and a comma after each row",
        ),
        pytest.param(
            a_list("Name,Phone,City", "Asha,98765 43210", "Ravi,98765 43211,Goa,,", "Uma,98765 43212,Pune,x"),
            (1, HEADS, {2: [*ASHA[:2], ""], 3: RAVI, 4: [*UMA, "x"]}, {}),
            id="ragged rows: blank cells are added or dropped, text is not",
        ),
        pytest.param(
            a_list("Name,Phone,City", "(full),(10 digits),(town)", PEOPLE[0]),
            (1, HEADS, {2: ["(full)", "(10 digits)", "(town)"], 3: ASHA}, {}),
            id="a row of units stays a row, and will be rejected",
        ),
        pytest.param(
            a_list("Agency,,", "Name,Email / Phone,City", "Raj,raj@example.com / 9876501234,Pune"),
            (2, ("Name", "Email / Phone", "City"), {3: ["Raj", "raj@example.com / 9876501234", "Pune"]}, {1: ABOVE}),
            id="agency chaos",
        ),
        pytest.param(
            a_list("Ibu Sari,081234567890", "Mbak Ani 085700001111"),
            (0, ("", ""), {1: ["Ibu Sari", "081234567890"], 2: ["Mbak Ani 085700001111", ""]}, {}),
            id="pasted lines",
        ),
        pytest.param(
            a_list("Asha - 9876543210", "Ravi - 9876543211", "Mobile 9876543212"),
            (0, ("",), {1: ["Asha - 9876543210"], 2: ["Ravi - 9876543211"], 3: ["Mobile 9876543212"]}, {}),
            id="pasted lines, one called like a header",
        ),
        pytest.param(
            a_list("Mob 9876543210", "Ravi 9876543211"),
            (0, ("",), {1: ["Mob 9876543210"], 2: ["Ravi 9876543211"]}, {}),
            id="pasted lines, the first called like a header",
        ),
        pytest.param(
            a_list("Name,Mobile (e.g. 9876543210),City", PEOPLE[0]),
            (1, ("Name", "Mobile (e.g. 9876543210)", "City"), {2: ASHA}, {}),
            id="an example in a header",
        ),
        below("Contact: 9876543210 for questions", "Report of 12/03/2026", name="a phone in a title"),
        pytest.param(
            "sep=;\r\nName;Phone;City\r\nAsha;98765 43210;Pune\r\nTotal;1;\r\n",
            (1, HEADS, {2: ASHA}, {3: FOOTER}),
            id="sep= is no row",
        ),
    ],
)  # fmt: skip
def test_the_rows_of_a_list(read, text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("above", "told"),
    [
        pytest.param(["Asha Rao,9876543210", "Vikram Shah,9876543271"], "row 3 are phones (row 1, 2)", id="two people"),
        pytest.param(["Asha Rao,Mob 9876543210,Goa"], "row 2 are phones (row 1)", id="a word beside the phone"),
    ],
)
def test_people_above_the_header_stop_the_reading(read, above, told):
    row = len(above) + 1
    text = a_list(*above, "Name,Mobile,City", *PEOPLE)
    with pytest.raises(InputProblem) as stopped:
        read(text)
    assert str(stopped.value) == (
        f"contacts.csv: above the header in {told}, and what is above it is left out; "
        f"move the header to the top, or if these rows are no contacts, add --header-row {row}"
    )
    assert list(read(text, header_row=row)[2]) == [row + 1, row + 2]


def test_numbers_above_a_lone_name_stop_the_reading(read):
    with pytest.raises(InputProblem, match=r"above the header in row 4 are phones \(row 1, 2\)"):
        read("Asha: 98123 00101\nRavi: 98123 00102\n\nMeena\n98123 00103\n")
    assert read("Asha's list\nMobile: ask 98123 00101\nPhone\n98123 00103\n")[2] == {4: ["98123 00103"]}


COPYRIGHT = '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."'


@pytest.mark.parametrize(
    ("lines", "rows", "ignored"),
    [
        pytest.param(
            [PEOPLE[0], "", "Grand Totals (5700 records)", "", "Confidential Information - Do Not Distribute",
             COPYRIGHT],
            {2: ASHA}, {4: FOOTER, 6: FOOTER, 7: FOOTER}, id="Salesforce",
        ),
        pytest.param([PEOPLE[0], "---,---,---", "Total,1,"], {2: ASHA}, {3: FOOTER, 4: FOOTER}, id="ruled off"),
        pytest.param([PEOPLE[0], "", "(1 rows affected)"], {2: ASHA}, {4: FOOTER}, id="SQL Server"),
        pytest.param(
            [PEOPLE[0], "Total,1,", PEOPLE[1], "Total,2,"],
            {2: ASHA, 3: ["Total", "1", ""], 4: RAVI}, {5: FOOTER}, id="a subtotal among people is a row",
        ),
        pytest.param(
            [PEOPLE[0], "Maria da Silva Santos,,", "Suma,,", "Total,98765 43211,Goa"],
            {2: ASHA, 3: ["Maria da Silva Santos", "", ""], 4: ["Suma", "", ""], 5: ["Total", RAVI[1], "Goa"]}, {},
            id="names alone, and who has a phone, stay",
        ),
        pytest.param(
            [PEOPLE[0], "Name,Phone,City", PEOPLE[1], "NAME , phone,City,"],
            {2: ASHA, 4: RAVI}, {3: REPEATED, 5: REPEATED}, id="the header again",
        ),
        pytest.param(
            [PEOPLE[0], "Name,Phone,Town", "Name,,"],
            {2: ASHA, 3: ["Name", "Phone", "Town"], 4: ["Name", "", ""]}, {}, id="nearly the header is a row",
        ),
        pytest.param(
            [PEOPLE[0], '\ufeff"Name",Phone,City', PEOPLE[1]],
            {2: ASHA, 4: RAVI}, {3: REPEATED}, id="two files joined, the second with a mark",
        ),
        pytest.param(
            [PEOPLE[0], "Page 1 of 2,,", "Name,Phone,City", PEOPLE[1], "Page 2 of 2,,"],
            {2: ASHA, 5: RAVI}, {3: FOOTER, 4: REPEATED, 6: FOOTER}, id="pages",
        ),
        pytest.param(
            [PEOPLE[0], '"Grand Total",,"1,23,45,678.00"', "Average,,5"],
            {2: ASHA, 3: ["Grand Total", "", "1,23,45,678.00"], 4: ["Average", "", "5"]}, {}, id="not all of the end",
        ),
        pytest.param([PEOPLE[0], '"Grand Total",,"1,23,45,678.00"'], {2: ASHA}, {3: FOOTER}, id="an amount"),
        pytest.param(["Total: 0,,"], {}, {2: FOOTER}, id="a report of nobody"),
        pytest.param([], {}, {}, id="nobody"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [1, 2, 5000])
def test_what_is_no_person_is_left_out_and_told(read, lines, rows, ignored, size):
    assert read(a_list("Name,Phone,City", *lines), size) == (1, HEADS, rows, ignored)


def test_a_title_that_comes_again_with_the_header_is_left_out(read):
    page = ("Acme Traders,,", "Name,Phone,City")
    expected = (2, HEADS, {3: ASHA, 6: RAVI, 7: ["Acme Traders", "", ""]}, {1: ABOVE, 4: TITLE, 5: REPEATED})
    assert read(a_list(*page, PEOPLE[0], *page, PEOPLE[1], page[0])) == expected


def test_what_comes_again_is_left_out_below_a_header_row_that_was_named(read):
    text = a_list("x,y,z", "Asha,1,Pune", "Ravi,2,Goa", "Asha,1,Pune")
    expected = (2, ("Asha", "1", "Pune"), {3: ["Ravi", "2", "Goa"]}, {1: ABOVE, 4: REPEATED})
    assert read(text, header_row=2) == expected


def test_a_header_of_one_cell_is_not_looked_for(read):
    assert read("Phone\n98765 43210\nPhone\n") == (1, ("Phone",), {2: ["98765 43210"], 3: ["Phone"]}, {})


def test_no_more_rows_are_held_back_than_a_report_has_footers(read):
    totals = [f"Total: {number}" for number in range(framing.TAIL + 5)]
    _, _, rows, ignored = read(a_list("Name,Phone,City", PEOPLE[0], *totals), size=2)
    assert (len(rows), list(ignored)) == (6, list(range(8, 8 + framing.TAIL)))


FOOTERS = """
    Total | Total: 57 | TOTAL | Grand Totals (5700 records) | Total records: 57 | Total,57 | ,,Total,57
    Total,57,records | Grand Total,,123456.00 | Total geral: 57 | Total de registros: 57 | Gesamt,57
    Insgesamt 57 Kontakte | Somme : 57 | Total général,57 | Totale clienti 57 | Suma: 57 | Jumlah
    Jumlah : 57 orang | Toplam,57 | कुल | कुल: 57 | المجموع | الإجمالي: 57 | Итого,57 | Всего записей: 57
    Page 1 of 3 | Page 1 / 3 | Página 1 de 3 | Seite 1 von 3 | Sayfa 1 / 3 | Halaman 1 dari 3 | Страница 1 из 3
    पृष्ठ 1 में से 3 | صفحة 1 من 3 | Generated on 2026-07-01 10:22:33 | Gerado em 01/07/2026 10:22
    Généré le 01/07/2026 | Genere le 01/07/2026 | Erstellt am 01.07.2026 | Stampato il 01/07/2026
    Dicetak pada 1 Juli 2026 | Oluşturma tarihi: 01.07.2026 | Сформировано 01.07.2026 | تاريخ الطباعة: 2026/07/01
    Printed by: admin | © 2026 Acme | Copyright (c) 2000-2026 Acme | Confidential | *** End of report ***
    *** END *** | -- ENDE -- | (57 rows affected) | 57 contacts | ----,-----,---- | =====
    This list has only customers who gave consent. | Report generated by Acme CRM
"""
PEOPLE_ALONE = """
    Asha Rao | Maria da Silva Santos | Abdul Rahman bin Ahmad | Martin Luther King Jr. | Dr. A. P. J. Abdul Kalam
    Suma | Suma,57 | Soma,Pune | Yog | योग | Total Energies | Total Energies,Pune | Total,Pune | Total,98765 43210
    Total,a@example.com | Mbak Ani 085700001111 | Tel. 06.12.34.56.78 | Page Turner Books | Paige Page | Page | Fin
    Son | Son Heung-min | Ende | Fine Arts Academy | Hal Jordan | Count Basie,57 | Sum,Pune | Generated Power Ltd
    Kul Bahadur | Jumlah Rao,Pune | Toplam Ali,Ankara | Всеволод Иванов | Gesamtschule Köln | Confidence Traders | -
    -,- | 57 | 57,100 | Copyright Prints,98765/43210 | Copyright Prints ph 98765 / 43210
    Total,,98.76.54.32.10 | Total,,9876543210.00 | Grand Total Store, call 020 24451234.
"""


def cells(table):
    return [row.split(",") for row in re.split(r"\s*[|\n]\s*", table.strip())]


@pytest.mark.parametrize("row", cells(FOOTERS), ids=",".join)
def test_a_footer_says_that_it_is_one(row):
    assert is_footer(row, 3)


@pytest.mark.parametrize("row", cells(PEOPLE_ALONE), ids=",".join)
def test_what_does_not_say_so_is_no_footer(row):
    assert not is_footer(row, 3)


@pytest.mark.parametrize(("columns", "rest", "expected"), [(3, [], True), (2, [], False), (3, ["x"], False)])
def test_a_sentence_is_a_footer_only_where_it_stands_alone_in_a_wide_table(columns, rest, expected):
    assert is_footer(["This list has only customers who gave consent.", *rest], columns) is expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param("Name,Phone,,Name,Phone", (3, 4), id="behind a blank column"),
        pytest.param("Name,Phone,,name , PHONE ,,Name,Phone", (3, 4, 6, 7), id="three lists, written in other ways"),
        pytest.param("S.No,Name,Phone,City,,S.No,Name,Phone", (5, 6, 7), id="fewer columns"),
        pytest.param(",Name,Phone,,,Name,Phone,Remarks", (5, 6), id="numbers without a header, and a column more"),
        pytest.param("Name,Phone,Name,Phone", (2, 3), id="all headers again at once"),
        pytest.param("Phone,,Phone", (2,), id="one column each"),
        pytest.param("Name,Phone,Phone,,Phone", (), id="several phones"),
        pytest.param("Phone,Phone", (), id="two phones"),
        pytest.param("Name 1,Phone 1,,Name 2,Phone 2", (), id="numbered"),
        pytest.param("Name,Phone,Street,City,,Street,City", (), id="two addresses"),
        pytest.param("Name,Phone,Company,Name,Address", (), id="the name of a company"),
        pytest.param("Name,Phone,,Name,Relation", (), id="the name of somebody else"),
        pytest.param("Name,,Phone,,City", (), id="blank columns for looks"),
        pytest.param(",,", (), id="no header"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_another_list_beside_the_first_begins_anew(headers, expected):
    assert beside(headers.split(","), [], schema.is_header) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param(["Name", "Mobile", "", "Name", "WhatsApp"], (3, 4), id="another word for the phone"),
        pytest.param(["Name", "Mobile", "", " Name ", " Phone"], (3, 4), id="spaces around"),
        pytest.param(["Name", "Mobile", "", "Name", "Parent 2 of"], (), id="a word that is no usual header"),
        pytest.param(["Name", "Mobile", "X", "Name", "WhatsApp"], (), id="no blank column"),
        pytest.param(["Full Name", "Mobile", "", "Name", "WhatsApp"], (), id="another first header"),
    ],
)
def test_another_list_may_have_another_word_for_its_phones(headers, expected):
    rows = [ONE + GAP + TWO, TWO + GAP + ONE]
    assert beside(headers, rows, schema.is_header) == expected
    assert beside(headers, [[*ONE, "", "Asha", "Uma"]], schema.is_header) == ()


@pytest.mark.parametrize(
    "row", [["9812300101", "Asha", "", "9812300102"], ["9812300101", "Asha", "", "9812300102", "a@example.com"]]
)
def test_a_second_phone_behind_a_blank_column_is_of_the_same_person(row):
    headers = ["Phone", "Name", "", "Phone", "Email"][: len(row)]
    assert beside(headers, [row], schema.is_header) == ()


ONE, TWO, GAP = ["Asha", "9812300101"], ["Uma", "9812300102"], [""]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([ONE + GAP + TWO, TWO, [*GAP * 3, *ONE]], (3, 4), id="lists of different lengths"),
        pytest.param([GAP + ONE + GAP * 2 + TWO + GAP + ONE], (5, 6, 8, 9), id="three lists"),
        pytest.param([ONE + GAP + TWO, ["Bela", "9812300103", "x", "Ravi", "9812300104"]], (), id="no blank column"),
        pytest.param([ONE + GAP + TWO[::-1]], (), id="another order"),
        pytest.param([ONE + GAP + ["Pune", "Kothrud"]], (), id="no phone"),
        pytest.param([ONE[1:] + GAP + TWO[1:]], (), id="phones alone"),
        pytest.param([], (), id="nothing"),
    ],
)
def test_another_list_without_headers_has_names_and_phones_in_the_same_order(rows, expected):
    width = max(map(len, rows), default=0)
    assert beside([""] * width, rows, schema.is_header) == expected


def test_a_header_whose_columns_change_their_order_below_stops_the_reading(read):
    with pytest.raises(InputProblem) as stopped:
        read("Name,Phone,City\nAsha,9812300101,Pune\n\ncity,NAME,Phone,\nPune,Uma,9812300102\n")
    assert str(stopped.value).endswith(
        ", row 4: the header comes again with its columns in another order, so what is below would be read wrongly; "
        "bring it into the order of the first rows, or save it as a file of its own"
    )
