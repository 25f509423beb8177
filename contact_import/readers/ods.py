"""The XML of an OpenDocument spreadsheet: how far its sheets reach when all that repeats is written out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, BinaryIO

from contact_import.errors import InputProblem
from contact_import.readers import package
from contact_import.readers.cells import MAX_ROW, check_area

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

MAX_REPEATED = 100_000
"""Copies of rows that are not blank: nobody has as many contacts that are all the same."""
MAX_ROW_TEXT = 16 << 20
"""Bytes that the XML of one row may have."""
ROW = b"<table:table-row"
TABLE = b"<table:table "

ATTRIBUTES = rb"((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
ROW_TAG = re.compile(ROW + ATTRIBUTES)
CELL_TAG = re.compile(rb"<table:(?:covered-)?table-cell\b" + ATTRIBUTES)
REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"']([^\"']*)")
TITLE = re.compile(rb"table:name\s*=\s*[\"']([^\"']*)")
FILLED = re.compile(rb"\b(?:office:[\w-]*(?:value|type)|table:formula)\b")


@dataclass(slots=True)
class _Extent:
    """How far one sheet reaches."""

    title: str
    rows: int = 0
    """All until now, blank ones too."""
    last: int = 0
    """The last row that is not blank."""
    width: int = 0
    cells: int = 0
    copies: int = 0

    def add(self, row: bytes) -> None:
        """Take in the XML of a *row*."""
        tag = ROW_TAG.match(row)
        times = _repeats(tag[1]) if tag else 1
        width, cells = _width(row)
        self.rows += times
        self.cells += cells
        if width:
            self.last = self.rows
            self.width = max(self.width, width)
            self.copies += times - 1


def check(file: BinaryIO, name: str) -> None:
    """Refuse a spreadsheet with a password, and one that grows far too large when what repeats is written out."""
    with package.opened(file, package.damage(name)) as book:
        if b"encryption-data" in book.read("META-INF/manifest.xml"):
            raise InputProblem(f"{name} has a password; save it as .xlsx without one")
        for extent in _extents(book):
            far = extent.last if extent.copies <= MAX_REPEATED else max(extent.last, MAX_ROW + 1)
            check_area(name, extent.title, far, extent.width, extent.cells)


def _extents(book: zipfile.ZipFile) -> Iterator[_Extent]:
    """Yield what each sheet of the *book* reaches to, hidden ones too: the reader takes in all."""
    extent = _Extent("")
    for piece in _rows(book):
        row, another, tag = piece.partition(TABLE)
        if row.startswith(ROW):
            extent.add(row)
        if another:
            yield extent
            title = TITLE.search(tag)
            extent = _Extent(unescape(title[1].decode("utf-8", "replace")) if title else "")
    yield extent


def _rows(book: zipfile.ZipFile) -> Iterator[bytes]:
    """Yield the XML, cut before each row."""
    rest = b""
    for chunk in package.chunks(book, "content.xml"):
        *whole, rest = (rest + chunk).split(ROW)
        yield from (ROW + piece if index else piece for index, piece in enumerate(whole))
        rest = ROW + rest if whole else rest
        if len(rest) > MAX_ROW_TEXT:
            raise ValueError("a row without an end")
    yield rest


def _width(row: bytes) -> tuple[int, int]:
    """Return the last column that is filled, 0 where none is, and how many cells there are."""
    before, _, last = row.rpartition(b"<table:table-cell")
    # Most rows end in a blank cell that repeats to the last column. The rest of them need no close look.
    rest = row if FILLED.search(last) else before
    if not FILLED.search(rest):
        return 0, 0
    if b"columns-repeated" not in rest:
        cells = rest.count(b"<table:table-cell") + rest.count(b"<table:covered-table-cell")
        return cells, cells
    width = column = cells = 0
    for cell in CELL_TAG.finditer(rest):
        column += _repeats(cell[1])
        if FILLED.search(cell[1]):
            width, cells = column, cells + 1
    return width, cells


def _repeats(attributes: bytes) -> int:
    found = REPEATED.search(attributes)
    if not found:
        return 1
    # Python and XML have more ways to write a number; nobody uses them but to hide one.
    return int(found[1]) if found[1].isdigit() and len(found[1]) < 10 else 10**9
