"""The file itself: what kind it is, its fingerprint, and whether it stayed the same while it was read."""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from contact_import.errors import InputProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

CHUNK = 1 << 20
"""Bytes read at a time when a whole file is gone through."""

STRANGERS = (
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "compressed with gzip; unpack it first"),
    (b"BZh", "compressed with bzip2; unpack it first"),
    (b"\xfd7zXZ\x00", "compressed with xz; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3\x00", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"begin:vcard", "a vCard file"),
    (b"<!doctype", "a web page or XML, whatever its name says"),
    (b"<html", "a web page, whatever its name says"),
    (b"<table", "a web page, whatever its name says"),
    (b"<?xml", "XML, whatever its name says"),
)
"""How files begin that are no contact table, and what to call them. Letters are compared in lower case."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TABLES = "CSV or another delimited text, or an Excel workbook (.xlsx)"


@dataclass(frozen=True, slots=True)
class Source:
    """A regular file, and the identity it had when it was first opened."""

    path: Path
    sha256: str
    identity: tuple[int, ...]

    @property
    def name(self) -> str:
        """What messages call the file."""
        return name_of(self.path)

    @contextmanager
    def reading(self) -> Iterator[BinaryIO]:
        """Open the file for one read; a file that is not the same before and after is refused."""
        with _opened(self.path) as file:
            self._check(file)
            try:
                yield file
            except InputProblem:
                # Half-written rows look like broken ones: the change is the better explanation.
                self._check(file)
                raise
            self._check(file)

    def _check(self, file: BinaryIO) -> None:
        if _identity(file) != self.identity:
            raise InputProblem(
                f"{self.name} changed while it was being read; wait until nothing writes to it and run again"
            )


def name_of(path: Path) -> str:
    """Return what messages call the file at *path*."""
    return path.name or str(path)


def take(path: Path) -> Source:
    """Return the file at *path* with its fingerprint."""
    with _opened(path) as file:
        identity = _identity(file)
        if not identity[0]:
            raise InputProblem(f"{name_of(path)} is empty; export it again")
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Source(path, digest, identity)


def kind(file: BinaryIO, name: str) -> str:
    """Return "xlsx" or "csv", by content alone, or refuse a file that is neither."""
    file.seek(0)
    head = file.read(4096)
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(file, name)
    if head.startswith(OLE):
        raise InputProblem(
            f"{name} is an old Excel workbook (.xls) or an encrypted one; "
            "open it in a spreadsheet and save it as .xlsx, without a password"
        )
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, what in STRANGERS:
        if start.startswith(magic) or start[: len(magic)].lower() == magic:
            raise InputProblem(f"{name} is {what}; this program reads {TABLES}")
    return "csv"


def _kind_of_zip(file: BinaryIO, name: str) -> str:
    try:
        with zipfile.ZipFile(file) as package:
            members = {member.casefold() for member in package.namelist()}
    # Each of these came out of a zip file with a damaged directory.
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
        raise InputProblem(f"{name} is a damaged workbook or archive; save or export it again") from error
    if "xl/workbook.xml" in members:
        return "xlsx"
    if "xl/workbook.bin" in members:
        raise InputProblem(f"{name} is a binary workbook (.xlsb); open it in Excel and save it as .xlsx")
    if "content.xml" in members:
        raise InputProblem(f"{name} is an OpenDocument file; open it and save it as .xlsx")
    raise InputProblem(f"{name} is a zip archive but no Excel workbook; unpack it first")


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    name = name_of(path)
    try:
        # Asked before opening: to open a FIFO would wait for somebody to write to it.
        regular = stat.S_ISREG(path.stat().st_mode)
        file = path.open("rb") if regular else None
    except FileNotFoundError as error:
        raise InputProblem(f"{name} does not exist; check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable path"
        raise InputProblem(f"{name} cannot be opened ({reason}); check the path and its permissions") from error
    if file is None:
        raise InputProblem(f"{name} is not a regular file; name a file that holds {TABLES}")
    with file:
        try:
            yield file
        except OSError as error:
            raise InputProblem(f"{name} cannot be read ({error.strerror}); copy it to this machine") from error


def _identity(file: BinaryIO) -> tuple[int, ...]:
    facts = os.fstat(file.fileno())
    return facts.st_size, facts.st_mtime_ns, facts.st_dev, facts.st_ino
