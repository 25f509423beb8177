"""Writes the workbooks that tests read, down to the bytes where no library writes them, or none writes them wrong."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it is of the age of Python 2
    import xlwt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Rows = "Sequence[Sequence[Any]]"


def zipped(members: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of *members*."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return file.getvalue()


def repacked(data: bytes, **members: bytes) -> bytes:
    """The zip archive *data* with some *members* replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return zipped({info.filename: package.read(info) for info in package.infolist()} | members)


# XLS


def xls(sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> bytes:
    """An old Excel workbook."""
    file = io.BytesIO()
    _xls_book(sheets, hidden).save(file)
    return file.getvalue()


def xls_with_password() -> bytes:
    """An old Excel workbook whose records are said to be encrypted: FILEPASS follows the first record."""
    stream = _xls_book({"People": [["Name"]]}).get_biff_data()
    first = 4 + struct.unpack_from("<H", stream, 2)[0]
    return ole({"Workbook": stream[:first] + struct.pack("<HHH", 0x2F, 54, 1) + bytes(52) + stream[first:]})


def _xls_book(sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> Any:
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="dd.mm.yyyy")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        sheet.visibility = int(name in hidden)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value, *([day] if hasattr(value, "isoformat") else []))
    return book


def ole(streams: Mapping[str, bytes], sector: int = 512) -> bytes:
    """A compound file with *streams* under its root: the container of old Office files, and of encrypted new ones."""
    sectors: list[bytes] = []
    chains: list[int] = []

    def add(data: bytes, least: int = 0) -> int:
        count = max(1, -(-max(len(data), least) // sector))
        first = len(sectors)
        sectors.extend(data.ljust(count * sector, b"\0")[i * sector : (i + 1) * sector] for i in range(count))
        chains.extend([*range(first + 1, first + count), 0xFFFFFFFE])
        return first

    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for index, (name, data) in enumerate(streams.items(), 1):
        after = index + 1 if index < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, 2, add(data, 4096), max(4096, len(data)), after=after))
    directory = add(b"".join(entries))
    tables = 1
    while len(chains) + tables > sector // 4 * tables:
        tables += 1
    table = len(sectors)
    chains += [0xFFFFFFFD] * tables
    chains += [0xFFFFFFFF] * (sector // 4 * tables - len(chains))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, tables, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", *range(table, table + tables), *[0xFFFFFFFF] * (109 - tables))
    return head + b"".join(sectors) + struct.pack(f"<{len(chains)}I", *chains)


def _entry(name: str, kind: int, first: int, size: int, *, after: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le")
    place = struct.pack("<HBBIII", len(raw) + 2, kind, 1, 0xFFFFFFFF, after, child)
    return raw.ljust(64, b"\0") + place + bytes(36) + struct.pack("<IQ", first, size)


# XLSB


def xlsb(sheets: Mapping[str, Mapping[tuple[int, int], Any]], hidden: Sequence[str] = ()) -> bytes:
    """A binary workbook; the cells of a sheet are given by row and column, both from 0."""
    names = list(sheets)
    book = _record(131) + _record(143)
    for index, name in enumerate(names, 1):
        book += _record(156, struct.pack("<II", int(name in hidden), index) + _wide(f"rId{index}") + _wide(name))
    relations = "".join(
        f'<Relationship Id="rId{index}" Target="worksheets/sheet{index}.bin" Type="http://schemas.openxmlformats.org'
        f'/officeDocument/2006/relationships/worksheet"/>'
        for index in range(1, len(names) + 1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.bin": book + _record(144) + _record(132),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{space}">{relations}</Relationships>',
    }
    for index, cells in enumerate(sheets.values(), 1):
        members[f"xl/worksheets/sheet{index}.bin"] = _binary_sheet(cells)
    return zipped(members)


def _binary_sheet(cells: Mapping[tuple[int, int], Any]) -> bytes:
    rows = [row for row, _ in cells] or [0]
    columns = [column for _, column in cells] or [0]
    extent = _record(148, struct.pack("<4I", min(rows), max(rows), min(columns), max(columns)))
    data = bytearray(_record(129) + extent + _record(145))
    last = None
    for (row, column), value in sorted(cells.items()):
        if row != last:
            data += _record(0, struct.pack("<I", row) + bytes(21))
        last = row
        data += _binary_cell(struct.pack("<II", column, 0), value)
    return bytes(data) + _record(146) + _record(130)


def _binary_cell(place: bytes, value: Any) -> bytes:
    if isinstance(value, bool):
        return _record(4, place + bytes([value]))
    if isinstance(value, str):
        return _record(6, place + _wide(value))
    return _record(5, place + struct.pack("<d", value))


def _record(kind: int, data: bytes = b"") -> bytes:
    return _number(kind) + _number(len(data)) + data


def _number(value: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    coded = bytearray()
    while value > 127:
        coded.append(value & 127 | 128)
        value >>= 7
    return bytes([*coded, value])


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


# ODS

CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3">'
    '<office:automatic-styles><style:style style:name="ta1" style:family="table">'
    '<style:table-properties table:display="true"/></style:style><style:style style:name="ta2" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"{}</manifest:manifest>'
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"
BLANK_END = (
    '<table:table-row table:number-rows-repeated="{}"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row>"
)
"""What LibreOffice writes below the last row."""


def ods(sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> bytes:
    """An OpenDocument spreadsheet, with the blank rest of each sheet as LibreOffice writes it."""
    tables = []
    for name, rows in sheets.items():
        lines = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
        tables.append(ods_table(name, lines + BLANK_END.format(1048576 - len(rows)), hidden=name in hidden))
    return ods_package("".join(tables))


def ods_table(name: str, lines: str, *, hidden: bool = False) -> str:
    style = "ta2" if hidden else "ta1"
    return f'<table:table table:name="{escape(name)}" table:style-name="{style}">{lines}</table:table>'


def ods_package(tables: str) -> bytes:
    return zipped(
        {"mimetype": ODS, "META-INF/manifest.xml": MANIFEST.format("/>"), "content.xml": CONTENT.format(tables)}
    )


def ods_with_password() -> bytes:
    entry = "><manifest:encryption-data/></manifest:file-entry>"
    return zipped({"mimetype": ODS, "META-INF/manifest.xml": MANIFEST.format(entry), "content.xml": b"\x8f\x01" * 99})


def ods_cell(value: Any, attributes: str = "") -> str:
    if value is None:
        return f"<table:table-cell{attributes}/>"
    if isinstance(value, bool):
        typed = f'"boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, (int, float)):
        typed = f'"float" office:value="{value}"'
    elif hasattr(value, "isoformat"):
        typed = f'"date" office:date-value="{value.isoformat()}"'
    else:
        typed = '"string"'
    text = "".join(f"<text:p>{escape(part)}</text:p>" for part in str(value).split("\n"))
    return f"<table:table-cell office:value-type={typed}{attributes}>{text}</table:table-cell>"
