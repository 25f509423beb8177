"""What a workbook file is refused for before any reader opens it: bombs, doubles, far cells."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from typing import TYPE_CHECKING, BinaryIO
from xml.etree import ElementTree

from contact_import.errors import InputProblem
from contact_import.readers.source import CHUNK

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_TOTAL = 500_000_000
"""Bytes of all members together, unpacked."""
MAX_RATIO, SMALL = 200, 1_000_000
"""How many times smaller than itself a member may be packed; members up to SMALL bytes may be any."""
MAX_ROW, MAX_COLUMN = 1_048_576, 1_000
MAX_AREA, SPARSE_AREA, MIN_FILLED = 60_000_000, 10_000_000, 0.05
"""Cells in the rectangle that a sheet uses, which the reader keeps all, empty or not; the greatest number of them,
and how many may be nearly all empty."""
MAX_CATALOGUE = 10_000_000
"""Bytes of the part that lists the sheets."""

COLUMN = re.compile(rb"r\s*=\s*[\"']([A-Za-z]+)[0-9]")
ROW = re.compile(rb"r\s*=\s*[\"'][A-Za-z]*([0-9]+)")

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    NotImplementedError,  # a way of packing that no spreadsheet uses
    RuntimeError,  # a member with a password
    EOFError,
    ValueError,
    KeyError,
    OSError,  # a place before the start of the file
)
"""What reading a damaged package raises."""


def check_members(file: BinaryIO, name: str) -> None:
    """Refuse a package whose members are too big, packed too well, double, or declare a document type."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            members = package.infolist()
            reason = _bad_members(members) or _bad_xml(package, members)
    except DAMAGE as error:
        raise damaged(name) from error
    if reason:
        raise InputProblem(f"{name} is not a usable workbook: {reason}; save it again, or save it as CSV")


def check_sheet(file: BinaryIO, name: str, sheet: str) -> None:
    """Refuse a sheet with a cell far outside, which would make the reader take memory without end."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            # A name that stands for two sheets is refused by neither Excel nor the reader: look at both.
            extents = [_extent(package, member) for member in _members_of(package, sheet)]
    except DAMAGE as error:
        raise damaged(name) from error
    if not extents:
        raise damaged(name)
    for row, column, cells in extents:
        area = row * column
        sparse = area > SPARSE_AREA and cells < area * MIN_FILLED
        if row > MAX_ROW or column > MAX_COLUMN or area > MAX_AREA or sparse:
            raise InputProblem(
                f"{name}, sheet {sheet!r}: it reaches to row {row:,} and column {column:,}; delete the far rows "
                "and columns, or copy the contacts to a new workbook"
            )


def damaged(name: str) -> InputProblem:
    """Return the problem of a workbook that cannot be read."""
    return InputProblem(f"{name} is a damaged workbook; open it in a spreadsheet and save it again as .xlsx")


def _bad_members(members: list[zipfile.ZipInfo]) -> str | None:
    names = Counter(member.filename.casefold() for member in members)
    if max(names.values()) > 1:
        return "it holds a part twice"
    if sum(member.file_size for member in members) > MAX_TOTAL:
        return f"it holds more than {MAX_TOTAL // 1_000_000} MB"
    if any(m.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for m in members):
        return "it is packed in a way that no spreadsheet uses"
    if any(m.file_size > SMALL and m.file_size > MAX_RATIO * m.compress_size for m in members):
        return "a part of it is packed far too tightly"
    return None


def _bad_xml(package: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> str | None:
    for member in members:
        if member.filename.casefold().endswith((".xml", ".rels")):
            with package.open(member) as part:
                if b"<!DOCTYPE" in part.read(4096).upper():
                    return "a part of it declares a document type"
    # The directory may lie about sizes. To read a part to its end shows it: the check sum is wrong then.
    for member in members:
        if member.filename.casefold() in {"xl/sharedstrings.xml", "xl/styles.xml", "xl/workbook.xml"}:
            for _ in _chunks(package, member.filename):
                pass
    return None


def _extent(package: zipfile.ZipFile, member: str) -> tuple[int, int, int]:
    """Return the greatest row and column that a cell of the sheet names, and how many cells there are."""
    row = column = cells = 0
    tail = b""
    for chunk in _chunks(package, member):
        text = tail + chunk
        row = max(row, max(map(int, {digits[:9] for digits in ROW.findall(text)}), default=0))
        columns = COLUMN.findall(text)
        cells += len(columns)
        column = max(column, max(map(_column, set(columns)), default=0))
        tail = chunk[-64:]  # a cell's name may lie across two chunks
    return row, column, cells


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - 64
    return number


def _members_of(package: zipfile.ZipFile, sheet: str) -> list[str]:
    """Return the members that hold the sheets called *sheet*."""
    relations = {
        relation.get("Id"): relation.get("Target", "")
        for relation in _tree(package, "xl/_rels/workbook.xml.rels")
        if relation.tag.endswith("}Relationship")
    }
    wanted = [
        relations.get(value, "")
        for node in _tree(package, "xl/workbook.xml").iter()
        if node.tag.endswith("}sheet") and node.get("name") == sheet
        for key, value in node.items()
        if key.endswith("}id")
    ]
    known = {member.casefold(): member for member in package.namelist()}
    return [known[_full(target).casefold()] for target in wanted]


def _full(target: str) -> str:
    plain = target.lstrip("/")
    return plain if target.startswith("/") or plain.startswith("xl/") else f"xl/{plain}"


def _tree(package: zipfile.ZipFile, member: str) -> ElementTree.Element:
    known = {info.filename.casefold(): info for info in package.infolist()}
    if known[member].file_size > MAX_CATALOGUE:
        raise ValueError("the list of sheets is too long to be one")
    # No document type has come this far, so there are no entities to expand.
    return ElementTree.fromstring(package.read(known[member]))  # noqa: S314


def _chunks(package: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    with package.open(member) as part:
        while chunk := part.read(CHUNK):
            yield chunk
