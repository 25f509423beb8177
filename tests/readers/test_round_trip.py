"""Any table that a csv module or a spreadsheet library writes comes back cell for cell, under the right row numbers."""

import csv
import datetime as dt
import io
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contact_import import schema
from contact_import.readers import ReadOptions, framing, open_table

NAMES = ("Asha Rao", "María José de la Cruz", "Martin Luther King Jr.", "Suma", "陳志明", "O'Neil; Uma", 'Om "Omi" Rao')
KNOWN = ("Full name", "Mobile No.")
OTHERS = ("Email", "City", "Notes", "Phone 2", "", "City", " padded ", "123.0", "Wer", "Straße, Nr.")
PREAMBLES = (
    [],
    [["Customers"], []],
    [["=== Inquiries Master ==="], [""], []],
    [["LAPORAN HARIAN"], ["Tanggal: 01/07/2026"], ["Total 57 transaksi"], []],
    [["Acme Traders"], ["12, MG Road"], ["Phone:", "020-24451234"], ["E-Mail : acme@example.com"]],
    [["Notes:"], ["One, two; three"], []],
    [["", "Contact"]],
)
FOOTERS = (
    [],
    [["Total: 57"]],
    [[], ["Grand Totals (5700 records)"], [], ["Confidential Information - Do Not Distribute"]],
    [["---", "---"], ["Total", "57"], ["Page 3 of 3"]],
)


@dataclass(frozen=True)
class Written:
    """A table as it is written, and what has to come back."""

    records: list
    back: tuple
    """Header row, headers, rows and ignored rows by their numbers."""


@st.composite
def tables(draw, cells, phones, fits=lambda _: True):
    """Draw a table of *cells* and *phones*.

    Left out are rows that another rule makes something else, and that have tests of their own: a row of a name alone
    has one that a person may have, and neither that of a footer nor a cell of the preamble. Cells to the right of the
    last header are never filled.
    """
    others = draw(st.lists(st.sampled_from([*filter(fits, OTHERS)]), max_size=3))
    headers = [*KNOWN, *others]
    width = len(headers)
    contact = st.tuples(cells, phones, *[cells] * len(others)).map(list)
    little_known = st.sampled_from([[name, *[""] * (width - 1)] for name in filter(fits, NAMES)])
    body = draw(st.lists(contact | little_known | st.sampled_from([headers, [], [""] * width]), max_size=10))
    above, below = draw(st.sampled_from(PREAMBLES)), draw(st.sampled_from(FOOTERS))
    records = [*above, headers, *body, *below]
    place = len(above) + 1
    numbered = {number: row for number, row in enumerate(body, place + 1) if any(map(filled, row))}
    rows = {number: list(map(shown, row)) for number, row in numbered.items() if row != headers}
    # A column without a header, at the right, is one where a row has something in it.
    kept = max(at for at in range(width) if headers[at].strip() or any(row[at].strip() for row in rows.values())) + 1
    ignored = {number: framing.ABOVE for number, row in enumerate(above, 1) if any(row)}
    ignored |= {number: framing.REPEATED for number, row in numbered.items() if row == headers}
    ignored |= {number: framing.FOOTER for number, row in enumerate(below, place + len(body) + 1) if any(row)}
    return Written(records, (place, tuple(headers[:kept]), {n: row[:kept] for n, row in rows.items()}, ignored))


def filled(cell):
    return bool(shown(cell).strip())


def shown(cell):
    """Return a cell's text as a person sees it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def read(data, name, size, **options):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        table = open_table(path, ReadOptions(**options), is_header=schema.is_header)
        frames = list(table.frames(size))
    rows, ignored = {}, {}
    for frame in frames:
        assert not frame.surplus
        rows |= dict(zip(map(int, frame.rows), frame.cells.values.tolist(), strict=True))
        ignored |= frame.ignored
    return table.layout.header_row, table.layout.headers, rows, ignored


UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
"""Found without a word from the user; the others are named, since any text may be drawn and no language is in it."""
LEGACY = ("cp1252", "cp1250", "cp1251", "cp1256", "mac_roman", "cp932", "gb18030", "big5", "euc_kr")


def came_back(char, encoding):
    """Tell whether *char* is the same after writing and reading it; None where it cannot be written."""
    data = char.encode(encoding, "ignore")
    return data.decode(encoding, "ignore") == char if data else None


@cache
def characters(encoding):
    """Return those of *encoding* that come back from Python's codec, but for those that `texts` leaves out."""
    half_nul = {chr(high << 8) for high in range(1, 256) if not 0xD8 <= high < 0xE0}
    changed = {char for char in map(chr, range(0x80, 0xD800)) if came_back(char, encoding) is False}
    categories = ["L", "M", "N", "P", "S", "Zs"]
    return st.characters(
        codec=encoding, categories=categories, exclude_characters=half_nul | changed, include_characters="\t\r\n"
    )


@st.composite
def texts(draw):
    """Draw the bytes of a delimited text, the options to read it with, and what has to come back.

    Left out is what says something else in such a text, or nothing that anybody could know:

    - NUL, characters half of which is NUL in UTF-16, \x1a, and a byte order mark in a cell: UTF-16 without a mark, the
      end of a file, and the place where two files were joined are known by them. Other control characters: a file that
      is full of them is no text.
    - What Python's codec reads otherwise than it wrote it.
    - A line end in a cell without quotes, which Python's writer puts there where the records end in another one.
    - Escapes by a backslash, and other quotes than ": no list comes so, and Python writes none unless told to.
    """
    encoding = draw(st.sampled_from(UNICODE + LEGACY))

    def fits(text):
        return text.encode(encoding, "ignore").decode(encoding) == text

    cells = st.text(characters(encoding), max_size=12)
    table = draw(tables(cells, st.sampled_from(["98765 43210", "+91-98765-43211", "(020) 2445 1234"]), fits))
    spare = draw(st.sampled_from([[0], [1], [0, 2]]))
    records = [[*row, *[""] * spare[at % len(spare)]] for at, row in enumerate(table.records)]
    delimiter, forced, named = draw(st.sampled_from(",;\t|")), draw(st.booleans()), draw(st.booleans())
    text = f"sep={delimiter}\r\n" * named + written(draw, records, delimiter)
    options = {"encoding": encoding if encoding in LEGACY else None, "delimiter": delimiter if forced else None}
    return text.encode(encoding), options, table.back


def written(draw, records, delimiter):
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC, csv.QUOTE_ALL, csv.QUOTE_NONE]))
    line_end = draw(st.sampled_from(["\n", "\r", "\r\n"]))
    in_cells = {char for row in records for cell in row for char in cell}
    if quoting == csv.QUOTE_NONE and ([""] in records or not in_cells.isdisjoint({delimiter, '"', "\r", "\n"})):
        quoting = csv.QUOTE_MINIMAL
    if not in_cells.isdisjoint("\r\n"):
        quoting = csv.QUOTE_ALL
    text = io.StringIO()
    doubled = '"' in in_cells or draw(st.booleans())
    csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting, doublequote=doubled).writerows(
        records
    )
    return text.getvalue()


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(texts(), st.integers(1, 4))
def test_any_delimited_text_comes_back(text, size):
    data, options, back = text
    assert read(data, "list.csv", size, **options) == back


@st.composite
def workbooks(draw):
    """Draw the bytes of a workbook, the options to read it with, and what has to come back.

    Left out are control characters and carriage returns, which XML cannot hold, and what is shown otherwise than it is
    kept: formulas, and numbers, dates and times in formats of their own.
    """
    characters = st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S", "Zs"], include_characters="\t\n")
    numbers = st.integers(0, 10**15 - 1) | st.just(12.5)
    days = st.dates(dt.date(1901, 1, 1), dt.date(2099, 12, 31))
    phones = st.sampled_from(["98765 43210", "+91-98765-43211", 9876543210, 919876543210])
    table = draw(tables(st.text(characters, max_size=12) | numbers | days | st.booleans() | st.none(), phones))
    sheets = draw(st.permutations(["People", "Notes", "Old"]))
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(table.records if name == "People" else [["Full name"], ["Nobody"]]):
                for column, cell in enumerate(row):
                    put = sheet.write_string if isinstance(cell, str) else sheet.write
                    put(number, column, cell)
    return file.getvalue(), {} if sheets[0] == "People" else {"sheet": "People"}, table.back


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(workbooks(), st.integers(1, 4))
def test_any_workbook_comes_back(workbook, size):
    data, options, back = workbook
    assert read(data, "list.xlsx", size, **options) == back
