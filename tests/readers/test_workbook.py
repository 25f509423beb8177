"""Workbooks come back as a person sees them; hostile ones are refused before anything opens them."""

import datetime as dt
import re
import struct
import zipfile
import zlib

import pytest
import xlsxwriter

from contact_import.errors import InputProblem
from contact_import.models import Layout
from contact_import.readers import ReadOptions, cells, open_table, package
from contact_import.readers.workbook import check
from tests.readers.writers import zipped

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def workbook(tmp_path):
    def build(*sheets, name="contacts.xlsx", hidden=()):
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as book:
            formats = {
                dt.date: book.add_format({"num_format": "dd.mm.yyyy"}),
                dt.datetime: book.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
                dt.time: book.add_format({"num_format": "hh:mm"}),
            }
            for title, cells in sheets:
                sheet = book.add_worksheet(title)
                for place, value in cells.items():
                    sheet.write(place, value, *filter(None, [formats.get(type(value))]))
                if title in hidden:
                    sheet.hide()
            sheet.activate()  # else it is the first sheet, which then cannot be hidden
        return path

    return build


def patched(path, member, change):
    """Rewrite one *member* of the package at *path*."""
    with zipfile.ZipFile(path) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    parts[member] = change(parts[member])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def rows_of(table):
    return [
        (int(number), cells)
        for frame in table.frames()
        for number, cells in zip(frame.rows, frame.cells.values.tolist(), strict=True)
    ]


PEOPLE = {"A1": "Name", "B1": "Phone", "A2": "Asha", "B2": 919876543210}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(919876543210, "919876543210", id="integer"),
        pytest.param(919876543210.0, "919876543210", id="integral float"),
        pytest.param(12.5, "12.5", id="float"),
        pytest.param(-0.0, "0", id="minus zero"),
        pytest.param(1234567890123456768, "1234567890123457024", id="more digits than a sheet keeps"),
        pytest.param(True, "TRUE", id="boolean"),
        pytest.param(dt.date(2026, 3, 17), "2026-03-17", id="date"),
        pytest.param(dt.datetime(2026, 3, 17), "2026-03-17", id="midnight"),
        pytest.param(dt.datetime(2026, 3, 17, 14, 30, 15), "2026-03-17 14:30:15", id="moment"),
        pytest.param(dt.time(14, 30), "14:30:00", id="time"),
        pytest.param("0098", "0098", id="digits as text"),
        pytest.param(" NA ", " NA ", id="text as it stands"),
        pytest.param("#N/A", "#N/A", id="text like an error"),
    ],
)
def test_a_cell_is_what_a_person_sees(workbook, value, expected):
    table = open_table(workbook(("Sheet1", {"A1": "Name", "B1": "Value", "A2": "x", "B2": value})))
    assert rows_of(table) == [(2, ["x", expected])]


DAY, NIGHT = dt.date(2026, 3, 17), dt.datetime(2026, 3, 18, 23, 59, 58)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param([919876543210, 12.5, -0.5, 100.05], ["919876543210", "12.5", "-0.5", "100.05"], id="numbers"),
        pytest.param([7, 1e16, 2.5], ["7", "10000000000000000", "2.5"], id="a long number among others"),
        pytest.param([7, 1.5e-05, 2.5], ["7", "1.5e-05", "2.5"], id="a tiny number among others"),
        pytest.param([7, -0.0], ["7", "0"], id="minus zero among others"),
        pytest.param([DAY, NIGHT], ["2026-03-17", "2026-03-18 23:59:58"], id="days and moments"),
        pytest.param([dt.time(9, 5), dt.time(23, 59, 58)], ["09:05:00", "23:59:58"], id="times of day"),
        pytest.param([DAY, "", "T00:00:00", NIGHT], [str(DAY), "", "T00:00:00", str(NIGHT)], id="with texts"),
        pytest.param([7, DAY, True, 2.5], ["7", "2026-03-17", "TRUE", "2.5"], id="of all kinds"),
    ],
)
def test_a_column_is_what_its_cells_are(workbook, values, expected):
    cells = {
        f"{column}{row}": cell for row, value in enumerate(values, 1) for column, cell in (("A", "x"), ("B", value))
    }
    table = open_table(workbook(("Sheet1", cells)), ReadOptions(header_row=0))
    assert rows_of(table) == [(row, ["x", cell]) for row, cell in enumerate(expected, 1)]


def test_rows_and_columns_are_where_the_spreadsheet_shows_them(workbook):
    cells = {"C4": "Name", "D4": "Phone", "C5": "Asha", "D5": 919876543210, "D8": "98765 43211", "E8": "x"}
    table = open_table(workbook(("People", cells)))
    assert table.layout == Layout("xlsx", ("", "", "Name", "Phone", ""), 4, sheet="People", sheets=("People",))
    expected = [(5, ["", "", "Asha", "919876543210", ""]), (8, ["", "", "", "98765 43211", "x"])]
    assert [rows_of(table), rows_of(table)] == [expected, expected]


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        pytest.param(None, "People", id="the first visible"),
        pytest.param("More", "More", id="by name"),
        pytest.param("Old", "Old", id="hidden, by name"),
    ],
)
def test_the_sheet_is_chosen(workbook, wanted, chosen):
    path = workbook(("Old", PEOPLE), ("People", PEOPLE), ("More", PEOPLE), hidden=["Old"])
    table = open_table(path, ReadOptions(sheet=wanted))
    assert table.layout == Layout("xlsx", ("Name", "Phone"), 1, sheet=chosen, sheets=("People", "More"))
    assert rows_of(table) == [(2, ["Asha", "919876543210"])]


def test_the_content_decides(workbook):
    assert open_table(workbook(("Sheet1", PEOPLE), name="contacts.csv")).layout.format == "xlsx"


def test_a_false_dimension_loses_nothing(workbook):
    path = workbook(("Sheet1", PEOPLE))
    for false in (b"A1", b"A1:XFD1048576"):
        patched(path, SHEET, lambda xml, false=false: re.sub(rb'(<dimension ref=")[^"]*', rb"\g<1>" + false, xml))
        assert rows_of(open_table(path)) == [(2, ["Asha", "919876543210"])]


def twice(path):
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as package:
        package.writestr(SHEET, b"<worksheet/>")


def far(cell):
    return lambda path: patched(path, SHEET, lambda xml: xml.replace(b'r="B2"', b'r="' + cell + b'"'))


def spaces(path):
    patched(path, "xl/styles.xml", lambda xml: xml + b" " * 3_000_000)


def doctype(path):
    patched(path, SHEET, lambda xml: xml.replace(b"<worksheet", b"<!DOCTYPE x []><worksheet", 1))


def cut(path):
    path.write_bytes(path.read_bytes()[:3000])


UNUSABLE = "contacts.xlsx is not a usable workbook: {}; save it again, or save it as CSV"
FAR = (
    "contacts.xlsx, sheet 'Sheet1': it reaches to row {} and column {}; delete the far rows and columns, "
    "or copy the contacts to a new workbook"
)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        pytest.param(far(b"XFD1048576"), FAR.format("1,048,576", "16,384"), id="the farthest cell"),
        pytest.param(far(b"xfd2"), FAR.format("2", "16,384"), id="in small letters"),
        pytest.param(far(b"A9999999"), FAR.format("9,999,999", "2"), id="a row that cannot be"),
        pytest.param(far(b"ALL1048576"), FAR.format("1,048,576", "1,000"), id="nearly all of it empty"),
        pytest.param(spaces, UNUSABLE.format("a part of it is packed far too tightly"), id="bomb"),
        pytest.param(twice, UNUSABLE.format("it holds a part twice"), id="double part"),
        pytest.param(doctype, UNUSABLE.format("a part of it declares a document type"), id="document type"),
        pytest.param(cut, "contacts.xlsx is a damaged workbook or archive; save or export it again", id="cut off"),
        pytest.param(
            lambda path: patched(path, SHEET, lambda xml: xml[:300]),
            "contacts.xlsx is a damaged or hostile workbook; open it in a spreadsheet and save it again as .xlsx",
            id="broken sheet",
        ),
    ],
)
def test_a_hostile_or_damaged_workbook_is_refused(workbook, spoil, message):
    path = workbook(("Sheet1", PEOPLE))
    spoil(path)
    with pytest.raises(InputProblem) as stopped:
        open_table(path)
    assert str(stopped.value) == message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "contacts.xlsx is no workbook, or only a part of one; save the contacts as .xlsx or CSV",
            id="OLE",
        ),
        pytest.param(
            b"PK\x03\x04rubbish",
            "contacts.xlsx is a damaged workbook or archive; save or export it again",
            id="no zip",
        ),
    ],
)
def test_what_only_looks_like_a_workbook_is_refused(tmp_path, data, message):
    path = tmp_path / "contacts.xlsx"
    path.write_bytes(data)
    with pytest.raises(InputProblem) as stopped:
        open_table(path)
    assert str(stopped.value) == message


@pytest.mark.parametrize(
    ("member", "what"),
    [
        pytest.param("content.xml", "an OpenDocument file, but no spreadsheet", id="odt"),
        pytest.param("word/document.xml", "a Word document", id="docx"),
        pytest.param("ppt/presentation.xml", "a presentation", id="pptx"),
        pytest.param("Index/Document.iwa", "a Numbers or Pages document", id="numbers"),
    ],
)
def test_other_packages_are_named(tmp_path, member, what):
    path = tmp_path / "contacts.xlsx"
    path.write_bytes(zipped({member: b"x"}))
    with pytest.raises(InputProblem) as stopped:
        open_table(path)
    assert str(stopped.value) == f"contacts.xlsx is {what}; save the contacts as .xlsx or CSV"


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(workbook):
    with pytest.raises(InputProblem) as stopped:
        open_table(workbook(("One", PEOPLE), ("Two", PEOPLE)), ReadOptions(sheet="Three"))
    assert str(stopped.value) == "contacts.xlsx has no sheet 'Three'; --sheet can be: One, Two"


COVER = {"B2": "Customers of the shop", "B3": "as of the end of March"}
OTHERS = {"A1": "Product", "B1": "Price", "A2": "Tea", "B2": 12.5}


@pytest.mark.parametrize(
    ("sheets", "chosen"),
    [
        pytest.param([("Empty", {}), ("People", PEOPLE)], "People", id="an empty sheet before"),
        pytest.param([("Cover", COVER), ("People", PEOPLE)], "People", id="a cover before"),
        pytest.param([("Cover", COVER), ("Stock", OTHERS), ("Empty", {})], "Cover", id="none looks like contacts"),
        pytest.param([("Bare", {"A1": "Asha", "B1": 919876543210}), ("People", PEOPLE)], "Bare", id="no header first"),
        pytest.param([("One", PEOPLE), ("Two", PEOPLE)], "One", id="several that do"),
    ],
)
def test_a_sheet_that_looks_like_contacts_is_preferred(workbook, sheets, chosen):
    table = open_table(workbook(*sheets), is_header={"Name", "Phone"}.__contains__)
    assert (table.layout.sheet, table.layout.sheets) == (chosen, tuple(name for name, _ in sheets))


def test_a_workbook_of_empty_sheets_is_refused(workbook):
    with pytest.raises(InputProblem) as stopped:
        open_table(workbook(("One", {}), ("Two", {})))
    assert str(stopped.value) == "contacts.xlsx holds nothing; choose a sheet with --sheet: One, Two"


def with_cells(path, *xml):
    """Put the cells *xml* into a third row, each as it stands."""
    row = f"<row r='3'>{''.join(xml)}</row></sheetData>".encode()
    return patched(path, SHEET, lambda sheet: sheet.replace(b"</sheetData>", row))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param('<c r="B3" t="e"><v>#N/A</v></c>', "#N/A", id="error"),
        pytest.param("<c t='e' r='B3' s='0'><f>1/0</f><v>#DIV/0!</v></c>", "#DIV/0!", id="error of a formula"),
        pytest.param('<x:c r="B3" t="e"><x:f>A1</x:f><x:v>#REF!</x:v></x:c>', "#REF!", id="error with a prefix"),
        pytest.param('<c r="B3"><f>B2</f></c>', "#NO RESULT!", id="formula without a result"),
        pytest.param('<c r="B3"><f>B2</f><v></v></c>', "#NO RESULT!", id="formula with an empty result"),
        pytest.param('<c r="B3"><f>B2</f><v/></c>', "#NO RESULT!", id="formula with nothing as result"),
        pytest.param('<c r="B3"><f t="shared" si="0"/></c>', "#NO RESULT!", id="shared formula without a result"),
        pytest.param('<c r="B3"><f/><v/></c>', "#NO RESULT!", id="formula that is not there, without a result"),
        pytest.param('<x:c r="B3"><x:f>B2</x:f></x:c>', "#NO RESULT!", id="formula with a prefix"),
        pytest.param('<c r="B3" t="str"><f>B2</f><v></v></c>', "", id="formula with an empty text"),
        pytest.param('<c r="B3"><f>B2</f><v>919876543210</v></c>', "919876543210", id="formula with a result"),
        pytest.param('<c r="B3" t="e"/><c r="C3" t="e"><v>#N/A</v></c>', "", id="nothing at all"),
    ],
)
def test_odd_cells_are_told(workbook, cell, expected):
    path = with_cells(workbook(("Sheet1", PEOPLE)), '<c r="A3" t="str"><v>Ravi</v></c>', cell)
    number, row = rows_of(open_table(path))[1]
    assert (number, row[:2]) == (3, ["Ravi", expected])


def test_a_row_of_formulas_without_results_is_a_row(workbook):
    path = with_cells(workbook(("Sheet1", PEOPLE)), '<c r="A3"><f>A2</f></c>', '<c r="B3"><f>B2</f></c>')
    assert rows_of(open_table(path)) == [(2, ["Asha", "919876543210"]), (3, ["#NO RESULT!", "#NO RESULT!"])]


def test_odd_cells_are_found_wherever_the_sheet_is_cut(workbook):
    path = with_cells(workbook(("Sheet1", PEOPLE)), '<c r="A3" t="e"><v>#N/A</v></c>', '<c r="B3"><f>B2</f></c>')
    with path.open("rb") as file:
        assert cells.unsaid(file, "contacts.xlsx", "Sheet1", 7).odd == {2: {0: "#N/A", 1: "#NO RESULT!"}}


def filtered(path, *titles, rows=(3, 4)):
    """Write a list whose *rows* a filter hides, in each sheet of these *titles*."""
    with xlsxwriter.Workbook(path) as book:
        for title in titles:
            sheet = book.add_worksheet(title)
            for row, cells in enumerate([("Name", "Phone"), *((f"P{row}", 919876543210 + row) for row in range(9))]):
                sheet.write_row(row, 0, cells)
            sheet.autofilter(0, 0, 9, 1)
            sheet.filter_column(0, "x != P1")
            for row in rows:
                sheet.set_row(row - 1, options={"hidden": True})
    return path


def test_rows_behind_a_filter_are_told_and_read(tmp_path):
    table = open_table(filtered(tmp_path / "contacts.xlsx", "People"))
    assert list(table.hidden) == [3, 4]
    assert rows_of(table) == [(row + 2, [f"P{row}", str(919876543210 + row)]) for row in range(9)]


def test_hidden_rows_are_those_of_the_sheet_that_is_read(tmp_path):
    path = filtered(tmp_path / "contacts.xlsx", "One", "Two")
    patched(path, SHEET, lambda xml: xml.replace(b'hidden="1"', b'hidden="0"'))
    found = [list(open_table(path, ReadOptions(sheet=sheet)).hidden) for sheet in (None, "One", "Two")]
    assert found == [[], [], [3, 4]]


def test_hidden_rows_are_told_of_a_workbook_in_an_archive(tmp_path):
    path = filtered(tmp_path / "contacts.xlsx", "People")
    packed = tmp_path / "contacts.zip"
    packed.write_bytes(zipped({"list/contacts.xlsx": path.read_bytes()}))
    assert list(open_table(packed).hidden) == [3, 4]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        pytest.param('<row r="3" hidden="1"><c r="A3"><v>1</v></c></row>', [3], id="Excel"),
        pytest.param(
            '<row r="3" customFormat="false" hidden="true"><c r="A3"><v>1</v></c></row>', [3], id="LibreOffice"
        ),
        pytest.param('<row r="3" customFormat="false" hidden="false"><c r="A3"><v>1</v></c></row>', [], id="shown"),
        pytest.param("<x:row hidden = '1' r = '3'/>", [3], id="with a prefix, quotes and spaces"),
        pytest.param('<row r="3"/><row r="4" hidden="1"/><row hidden="1" r="6"/>', [4, 6], id="empty rows"),
        pytest.param(
            '<row r="3"><c t="str" r="A3"><v>row hidden="1" r="9"</v></c></row>', [], id="a text that says so"
        ),
        pytest.param('<row hidden="1"/>', [], id="a row without a number"),
        pytest.param('<row hidden="1" r="9999999"/>', [], id="a row that cannot be"),
    ],
)
@pytest.mark.parametrize("piece", [7, 1 << 17])
def test_hidden_rows_are_found_however_they_are_written(workbook, xml, expected, piece):
    columns = b'<cols><col min="1" max="1" hidden="1"/></cols><sheetData>'
    path = patched(
        workbook(("Sheet1", PEOPLE)),
        SHEET,
        lambda sheet: sheet.replace(b"<sheetData>", columns).replace(b"</sheetData>", xml.encode() + b"</sheetData>"),
    )
    with path.open("rb") as file:
        assert sorted(cells.unsaid(file, "contacts.xlsx", "Sheet1", piece).hidden) == expected


def crossed_out(path, *cells):
    """Write a list of three people some of whose *cells* are struck out, and another beside the sheet."""
    with xlsxwriter.Workbook(path) as book:
        struck, bold = book.add_format({"font_strikeout": True, "bold": True}), book.add_format({"bold": True})
        for title in ("People", "Other"):
            sheet = book.add_worksheet(title)
            for row, people in enumerate([("Name", "Phone"), *((f"P{row}", 919876543210 + row) for row in range(3))]):
                for column, cell in enumerate(people):
                    marked = title == "People" and (row + 1, column) in cells
                    sheet.write(row, column, cell, struck if marked else bold if row == 0 else None)
    return path


@pytest.mark.parametrize("piece", [7, 1 << 17])
def test_struck_out_cells_are_told_and_read(tmp_path, piece):
    path = crossed_out(tmp_path / "contacts.xlsx", (2, 0), (2, 1), (4, 1))
    with path.open("rb") as file:
        assert cells.unsaid(file, "contacts.xlsx", "People", piece).struck == {0: {2}, 1: {2, 4}}
    table = open_table(path)
    assert (table.struck, open_table(path, ReadOptions(sheet="Other")).struck) == ({0: [2], 1: [2, 4]}, {})
    assert rows_of(table) == [(row + 2, [f"P{row}", str(919876543210 + row)]) for row in range(3)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param((b"<strike/>", b"<strike val='true' />"), {1: {2}}, id="said in full"),
        pytest.param((b"<strike/>", b"<strike val='0'/>"), {}, id="no"),
        pytest.param((b"<strike/>", b""), {}, id="nothing"),
        pytest.param((b"cellXfs", b"other"), {}, id="no formats of cells"),
        pytest.param((b"fontId", b"font"), {}, id="formats without a font"),
    ],
)
def test_what_is_struck_out_is_what_the_styles_say(tmp_path, change, expected):
    path = crossed_out(tmp_path / "contacts.xlsx", (2, 1))
    patched(path, "xl/styles.xml", lambda xml: xml.replace(*change))
    with path.open("rb") as file:
        assert cells.unsaid(file, "contacts.xlsx", "People").struck == expected


def test_a_workbook_needs_no_styles(tmp_path):
    path = crossed_out(tmp_path / "contacts.xlsx", (2, 1))
    with zipfile.ZipFile(path) as book:
        parts = {info.filename: book.read(info) for info in book.infolist() if info.filename != "xl/styles.xml"}
    path.write_bytes(zipped(parts))
    with path.open("rb") as file:
        assert cells.unsaid(file, "contacts.xlsx", "People").struck == {}


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED], ids=["packed", "as it is"])
@pytest.mark.parametrize("text", [b"", b"a", bytes(range(256)) * 4096], ids=["empty", "short", "long"])
def test_a_part_is_unpacked_whole_without_its_checksum(tmp_path, packing, text):
    path = tmp_path / "parts.zip"
    path.write_bytes(b"before" + zipped({"one": b"1", "two": text, "three": b"3"}, packing))
    with path.open("rb") as file, zipfile.ZipFile(file) as parts:
        assert b"".join(package.unchecked(file, parts.getinfo("two"))) == text


@pytest.mark.parametrize(
    ("damage", "is_told"),
    [
        pytest.param(lambda packed: b"\xff" * len(packed), True, id="no such block"),
        pytest.param(lambda packed: packed[:-40], False, id="cut off"),
        pytest.param(lambda packed: packed + b"more", False, id="more behind its end"),
    ],
)
def test_a_part_that_is_damaged_is_told_of_as_far_as_unpacking_shows_it(tmp_path, damage, is_told):
    text = "".join(f"{number * 7919 % 1000003} " for number in range(20_000)).encode()
    packed = damage(zlib.compress(text, wbits=-15))
    path = tmp_path / "part"
    path.write_bytes(b"x" * package.NAME_LENGTH + bytes(4) + packed)
    member = zipfile.ZipInfo("part")
    member.compress_type, member.header_offset, member.compress_size = zipfile.ZIP_DEFLATED, 0, len(packed)
    with path.open("rb") as file:
        if is_told:
            with pytest.raises(package.DAMAGE):
                list(package.unchecked(file, member))
        else:
            found = b"".join(package.unchecked(file, member))
            assert text.startswith(found)
            assert len(found) > len(text) - 200


def test_a_part_larger_than_told_is_found_before_reading_where_memory_has_no_limit(workbook):
    path = patched(workbook(("Sheet1", PEOPLE)), "xl/sharedStrings.xml", lambda xml: xml + b" " * 9000)
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"xl/sharedStrings.xml") - 46
    struct.pack_into("<I", data, entry + 24, 5000)  # the length unpacked, as the directory has it
    path.write_bytes(data)
    with path.open("rb") as file, pytest.raises(InputProblem, match="is a damaged or hostile workbook"):
        check(file, "contacts.xlsx", "xlsx", is_limited=False)


@pytest.mark.parametrize("cell", [b"XFD1048576", b"A9999999", b"ALL1048576"])
def test_far_cells_are_found_before_reading_where_memory_has_no_limit(workbook, cell):
    path = workbook(("Sheet1", PEOPLE))
    far(cell)(path)
    with path.open("rb") as file, pytest.raises(InputProblem, match="it reaches to row"):
        cells.check_extent(file, "contacts.xlsx", "Sheet1")
