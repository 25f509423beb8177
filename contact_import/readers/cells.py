"""The XML of an .xlsx sheet: how far it reaches, and the cells of which calamine does not tell that they are odd."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from contact_import.errors import InputProblem
from contact_import.readers import package

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

MAX_ROW, MAX_COLUMN = 1_048_576, 1_000
MAX_AREA, SPARSE_AREA, MIN_FILLED = 60_000_000, 10_000_000, 0.05
"""Cells in the rectangle that a sheet uses, which the reader keeps all, empty or not; the greatest number of them,
and how many may be nearly all empty."""
MAX_CELL = 1 << 20
"""Bytes that one cell may have in the XML."""

PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)([0-9]+)")
"""Where a cell or a row says that it is."""
ERROR = re.compile(
    rb"<(?:\w+:)?c\b(?P<attributes>[^>]*\bt\s*=\s*[\"']e[\"'][^>]*)(?<!/)>(?:(?!</(?:\w+:)?c>).)*?"
    rb"<(?:\w+:)?v\b[^>]*>\s*(?P<text>#[^<]{1,20}?)\s*</",
    re.DOTALL,
)
"""A cell whose value is an error. https://learn.microsoft.com/dotnet/api/documentformat.openxml.spreadsheet.cellvalues"""
NO_RESULT = re.compile(
    rb"<(?:\w+:)?c\b(?P<attributes>[^>]*)>\s*"
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
"""A formula with an empty result, or none."""
TEXT = re.compile(rb"\bt\s*=\s*[\"']str")
"""What says that the result is a text. An empty one is a result; programs that cannot calculate save no type."""
UNKNOWN = "#NO RESULT!"
"""What stands for the result that was not saved. It reads like an error, since it is none that could be sent."""

Odd = dict[int, dict[int, str]]
"""Row and column, both from 0 → the text of that cell."""


def odd(file: BinaryIO, name: str, sheet: str) -> Odd:
    """Return the errors of *sheet* as a person sees them, and `UNKNOWN` for formulas without a saved result."""
    found: Odd = {}
    with package.opened(file, package.damage(name)) as book:
        for text in _sheet_text(book, sheet, b"</c>"):
            # Most sheets have no such letter where their text is in a part of its own.
            if b"#" in text:
                for match in ERROR.finditer(text):
                    _note(found, match["attributes"], match["text"].decode("ascii", "replace"))
            if b"f" in text and b"/f>" in text:
                for match in NO_RESULT.finditer(text):
                    if not TEXT.search(match["attributes"]):
                        _note(found, match["attributes"], UNKNOWN)
    return found


def check_extent(file: BinaryIO, name: str, sheet: str) -> None:
    """Refuse a sheet with a cell far outside, which would make the reader take memory without end."""
    row = column = cells = 0
    with package.opened(file, package.damage(name)) as book:
        for text in _sheet_text(book, sheet, b">"):
            places = PLACE.findall(text)
            cells += len(places)
            row = max(row, max(map(int, {digits[:9] for _, digits in places}), default=0))
            column = max(column, max(map(_column, {letters for letters, _ in places}), default=0))
    check_area(name, sheet, row, column, cells)


def check_area(name: str, sheet: str, row: int, column: int, cells: int) -> None:
    """Refuse a *sheet* that reaches to this *row* and *column*, or has far too few *cells* for it."""
    area = row * column
    sparse = area > SPARSE_AREA and cells < area * MIN_FILLED
    if row > MAX_ROW or column > MAX_COLUMN or area > MAX_AREA or sparse:
        raise InputProblem(
            f"{name}, sheet {sheet!r}: it reaches to row {row:,} and column {column:,}; delete the far rows "
            "and columns, or copy the contacts to a new workbook"
        )


def _note(found: Odd, attributes: bytes, text: str) -> None:
    place = PLACE.search(attributes)
    if place and place[1]:
        found.setdefault(int(place[2][:9]) - 1, {})[_column(place[1]) - 1] = text


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - 64
    return number


def _sheet_text(book: zipfile.ZipFile, sheet: str, end: bytes) -> Iterator[bytes]:
    """Yield the XML of the sheets called *sheet*, in pieces that are cut behind *end*."""
    # A name that stands for two sheets is refused by neither Excel nor the reader: look at both.
    members = _members_of(book, sheet)
    if not members:
        raise ValueError("the list of sheets leads nowhere")
    for member in members:
        rest = b""
        for chunk in package.chunks(book, member):
            text = rest + chunk
            rest = text[max(0, text.rfind(end)) :][-MAX_CELL:]
            yield text


def _members_of(book: zipfile.ZipFile, sheet: str) -> list[str]:
    """Return the members that hold the sheets called *sheet*."""
    relations = {
        relation.get("Id"): relation.get("Target", "")
        for relation in package.tree(book, "xl/_rels/workbook.xml.rels")
        if relation.tag.endswith("}Relationship")
    }
    wanted = [
        relations.get(value, "")
        for node in package.tree(book, "xl/workbook.xml").iter()
        if node.tag.endswith("}sheet") and node.get("name") == sheet
        for key, value in node.items()
        if key.endswith("}id")
    ]
    known = {member.casefold(): member for member in book.namelist()}
    return [known[_full(target).casefold()] for target in wanted]


def _full(target: str) -> str:
    plain = target.lstrip("/")
    return plain if target.startswith("/") or plain.startswith("xl/") else f"xl/{plain}"
