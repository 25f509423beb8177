"""The XML of an .xlsx sheet: how far it reaches, and what calamine does not tell of its cells and rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from contact_import.errors import InputProblem
from contact_import.readers import package

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Iterable, Iterator
    from xml.etree import ElementTree

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
FORMULA = re.compile(rb"f(?:/?>| [\w:]+\s*=)")
"""The end of a tag that a formula may be in."""
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

HIDDEN = re.compile(rb"hidden\s*=\s*[\"'](?:1|true)")
"""What hides a row, or a column. https://learn.microsoft.com/dotnet/api/documentformat.openxml.spreadsheet.row.hidden"""
ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")

STYLES = "xl/styles.xml"
STRIKE = b"strike"
STYLED = re.compile(rb"<(?:\w+:)?c\b[^>]*?\bs\s*=\s*[\"']([0-9]+)[^>]*(?<!/)>")
"""A cell that has a style: the number of its format among all of the workbook."""

Odd = dict[int, dict[int, str]]
"""Row and column, both from 0 → the text of that cell."""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What the XML of a sheet says, and calamine does not."""

    odd: Odd = field(default_factory=dict)
    """The errors as a person sees them, and `UNKNOWN` for formulas without a saved result."""
    hidden: set[int] = field(default_factory=set)
    """Numbers of the rows that are hidden, from 1."""
    struck: dict[int, set[int]] = field(default_factory=dict)
    """Column, from 0 → numbers of the rows, from 1, whose cell there is struck out as a whole."""


def unsaid(file: BinaryIO, name: str, sheet: str, size: int = package.UNPACKED) -> Unsaid:
    """Return what calamine will not say of the *sheet* called so; its XML is looked at *size* bytes at a time.

    Raises InputProblem where its XML is damaged.
    """
    found = Unsaid()
    with package.opened(file, package.damage(name)) as book:
        styles = _struck_styles(book)
        for text in _sheet_text(book, sheet, b"</c>", lambda member: package.unchecked(file, member, size)):
            # What is looked for first begins with a letter that most sheets do not have where texts are apart.
            if b"#" in text:
                for match in ERROR.finditer(text):
                    _note(found.odd, match["attributes"], match["text"].decode("ascii", "replace"))
            if FORMULA.search(text):
                for match in NO_RESULT.finditer(text):
                    if not TEXT.search(match["attributes"]):
                        _note(found.odd, match["attributes"], UNKNOWN)
            found.hidden.update(_hidden(text))
            if styles:
                _note_struck(found.struck, text, styles)
    return found


def check_extent(file: BinaryIO, name: str, sheet: str) -> None:
    """Refuse a sheet with a cell far outside, which would make the reader take memory without end."""
    row = column = cells = 0
    with package.opened(file, package.damage(name)) as book:
        for text in _sheet_text(book, sheet, b">", lambda member: package.chunks(book, member)):
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


def _hidden(text: bytes) -> Iterator[int]:
    for match in HIDDEN.finditer(text):
        row = ROW.match(text, text.rfind(b"<", 0, match.start()))
        place = row and PLACE.search(row[0])
        if place and (number := int(place[2][:9])) <= MAX_ROW:
            yield number


def _struck_styles(book: zipfile.ZipFile) -> frozenset[bytes]:
    """Return the formats of cells whose font is struck out; most workbooks have none, and are not looked at further."""
    known = {info.filename.casefold(): info for info in book.infolist()}
    member = known.get(STYLES)
    if not member or member.file_size > package.MAX_CATALOGUE or STRIKE not in book.read(member):
        return frozenset()
    parts = {part.tag.rpartition("}")[2]: part for part in package.tree(book, STYLES)}
    fonts = {str(number) for number, font in enumerate(parts.get("fonts", ())) if _is_struck(font)}
    return frozenset(
        str(number).encode() for number, style in enumerate(parts.get("cellXfs", ())) if style.get("fontId") in fonts
    )


def _is_struck(font: Iterable[ElementTree.Element]) -> bool:
    return any(part.tag.endswith("}strike") and part.get("val", "1") in {"1", "true", "on"} for part in font)


def _note_struck(found: dict[int, set[int]], text: bytes, styles: frozenset[bytes]) -> None:
    for match in STYLED.finditer(text):
        place = PLACE.search(match[0]) if match[1] in styles else None
        if place and place[1] and (number := int(place[2][:9])) <= MAX_ROW:
            found.setdefault(_column(place[1]) - 1, set()).add(number)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - 64
    return number


def _sheet_text(
    book: zipfile.ZipFile, sheet: str, end: bytes, unpack: Callable[[zipfile.ZipInfo], Iterator[bytes]]
) -> Iterator[bytes]:
    """Yield the XML of the sheets called *sheet* as *unpack* gives it, in pieces that are cut behind *end*."""
    # A name that stands for two sheets is refused by neither Excel nor the reader: look at both.
    members = _members_of(book, sheet)
    if not members:
        raise ValueError("the list of sheets leads nowhere")
    for member in members:
        rest = b""
        for chunk in unpack(book.getinfo(member)):
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
