"""Zip files: what is in one, and what it is refused for before any reader opens it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO
from xml.etree import ElementTree

from contact_import.errors import InputProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_TOTAL = 500_000_000
"""Bytes of all members together, unpacked."""
MAX_RATIO, SMALL = 200, 1_000_000
"""How many times smaller than itself a member may be packed; members up to SMALL bytes may be any."""
MAX_DIRECTORY = 1 << 20
"""Bytes of the list of the members, which is in memory whole; an entry has some 80."""
MAX_CATALOGUE = 10_000_000
"""Bytes of the part that lists the sheets."""
DOCTYPE = b"<!DOCTYPE"
PACKED, UNPACKED = 1 << 16, 1 << 17
"""Bytes that are unpacked at a time, and what they may become; a processor has both at hand."""
NAME_LENGTH = 26
"""Where in a member's own header the lengths of its name and of what follows that stand; the content comes next."""
END = b"PK\x05\x06"
"""What the last part of a zip file begins with; no more than 65,557 bytes from the end."""

ODS = b"application/vnd.oasis.opendocument.spreadsheet"
STRANGERS = {
    "content.xml": "an OpenDocument file, but no spreadsheet",
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a presentation",
    "index/document.iwa": "a Numbers or Pages document",
}
"""Members that tell what a zip file is, where it is neither a workbook nor an archive."""

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    NotImplementedError,  # a way of packing that no spreadsheet uses
    RuntimeError,  # a member with a password
    EOFError,
    struct.error,
    ValueError,
    KeyError,
    OSError,  # a place before the start of the file
)
"""What reading a damaged package raises."""
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""Those that are unpacked a bit at a time; the others may take all memory for a few bytes."""


def kind(file: BinaryIO, name: str) -> str:
    """Return "xlsx", "xlsb" or "ods" for a workbook, "zip" for an archive, or refuse what is neither."""
    with opened(file, f"{name} is a damaged workbook or archive; save or export it again") as package:
        members = {member.casefold() for member in package.namelist()}
        if "mimetype" in members:
            with package.open("mimetype") as part:
                if part.read(len(ODS)) == ODS:
                    return "ods"
    if "xl/workbook.xml" in members:
        return "xlsx"
    if "xl/workbook.bin" in members:
        return "xlsb"
    for member, what in STRANGERS.items():
        if member in members:
            raise InputProblem(f"{name} is {what}; save the contacts as .xlsx or CSV")
    return "zip"


@contextmanager
def opened(file: BinaryIO, problem: str) -> Iterator[zipfile.ZipFile]:
    """Open the zip *file*; what turns out to be damaged in it is the *problem*."""
    try:
        _check_directory(file)
        with zipfile.ZipFile(file) as package:
            yield package
    except DAMAGE as error:
        raise InputProblem(problem) from error


def check_members(file: BinaryIO, name: str, read_whole: Sequence[str]) -> None:
    """Refuse a workbook whose members are too big, packed too well, double, or declare a document type.

    The directory may lie about sizes. That shows where a member is read to its end: those named in *read_whole* are.
    """
    with opened(file, damage(name)) as package:
        members = package.infolist()
        reason = _bad_members(members) or _bad_xml(package, members)
        if not reason:
            for member in members:
                if member.filename.casefold() in read_whole:
                    for _ in chunks(package, member.filename):
                        pass
    if reason:
        raise InputProblem(f"{name} is not a usable workbook: {reason}; save it again, or save it as CSV")


def damage(name: str) -> str:
    """Return what is said of a workbook that cannot be read."""
    return f"{name} is a damaged or hostile workbook; open it in a spreadsheet and save it again as .xlsx"


def tree(package: zipfile.ZipFile, member: str) -> ElementTree.Element:
    """Return a small XML *member*, whatever the case of its name."""
    known = {info.filename.casefold(): info for info in package.infolist()}
    if known[member].file_size > MAX_CATALOGUE:
        raise ValueError("the list of sheets is too long to be one")
    text = package.read(known[member])
    if DOCTYPE in text.replace(b"\0", b"").upper():  # UTF-16 reads as ASCII so
        raise ValueError("entities could be declared, and grow without end")
    return ElementTree.fromstring(text)  # noqa: S314


def chunks(package: zipfile.ZipFile, member: str | zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the content of *member*."""
    with package.open(member) as part:
        while chunk := part.read(UNPACKED):
            yield chunk


def unchecked(file: BinaryIO, member: zipfile.ZipInfo, size: int = UNPACKED) -> Iterator[bytes]:
    """Yield the content of *member*, about *size* bytes at a time, in less than half the time that `chunks` takes.

    There is no look at its checksum: another reader of it will look. The process apart alone should be trusted with it.
    Raises what is in DAMAGE.
    """
    pieces = _packed(file, member)
    return pieces if member.compress_type == zipfile.ZIP_STORED else _inflated(pieces, size)


def _packed(file: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    file.seek(member.header_offset + NAME_LENGTH)
    file.seek(sum(struct.unpack("<HH", file.read(4))), io.SEEK_CUR)
    left = member.compress_size
    while left > 0 and (piece := file.read(min(left, PACKED))):
        left -= len(piece)
        yield piece


def _inflated(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    from isal import igzip_lib  # noqa: PLC0415 - few lists are workbooks

    inflater = igzip_lib.IgzipDecompressor(igzip_lib.DECOMP_DEFLATE)
    try:
        for piece in pieces:
            yield inflater.decompress(piece, size)
            while not (inflater.needs_input or inflater.eof):
                yield inflater.decompress(b"", size)
            if inflater.eof:
                return
    except igzip_lib.IsalError as error:  # type: ignore[misc] # its stub has an instance
        raise zlib.error(str(error)) from error


def _check_directory(file: BinaryIO) -> None:
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 65_557))
    end = file.read()
    place = end.rfind(END)
    if place >= 0 and int.from_bytes(end[place + 12 : place + 16], "little") > MAX_DIRECTORY:
        raise zipfile.BadZipFile("too many members")


def _bad_members(members: list[zipfile.ZipInfo]) -> str | None:
    names = Counter(member.filename.casefold() for member in members)
    if max(names.values()) > 1:
        return "it holds a part twice"
    if sum(member.file_size for member in members) > MAX_TOTAL:
        return f"it holds more than {MAX_TOTAL // 1_000_000} MB"
    if any(member.compress_type not in PACKINGS for member in members):
        return "it is packed in a way that no spreadsheet uses"
    if any(m.file_size > SMALL and m.file_size > MAX_RATIO * m.compress_size for m in members):
        return "a part of it is packed far too tightly"
    return None


def _bad_xml(package: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> str | None:
    for member in members:
        if member.filename.casefold().endswith((".xml", ".rels")):
            with package.open(member) as part:
                if DOCTYPE in part.read(4096).upper():
                    return "a part of it declares a document type"
    return None
