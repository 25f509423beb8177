"""How files begin: what tells one format from another, and what is no contact list at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from contact_import.errors import InputProblem
from contact_import.readers.source import TABLES

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The container of old Office files, and of new ones with a password."""
VCARD = re.compile(rb"begin\s*:\s*vcard", re.IGNORECASE)
JSON = re.compile(rb"\[\s*(?:\{|\]\s*$)|\{\s*(?:\"|\})")
"""An object, or an array that begins with one."""
JSON_ROWS = re.compile(rb"\[\s*(?:\[|\"|-?[0-9]{7,}\s*[,\]])")
"""An array that begins with an array, a text or a phone: not `[12/03/2026, 10:15] Asha: …`, as chats do."""

STRANGERS = (
    (b"%PDF", "a PDF"),
    (b"BZh", "compressed with bzip2; unpack it first"),
    (b"\xfd7zXZ\x00", "compressed with xz; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"<!doctype", "a web page or XML, whatever its name says"),
    (b"<html", "a web page, whatever its name says"),
    (b"<table", "a web page, whatever its name says"),
    (b"<?xml", "XML, whatever its name says"),
)
"""How files begin that are no contact table, and what to call them. Letters are compared in lower case."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first bytes of a file."""

    raw: bytes
    text: bytes
    """Without byte order marks and white space; what is ASCII reads the same in UTF-8, UTF-16 and UTF-32."""


Test = Callable[[Beginning], bool]


def beginning(file: BinaryIO) -> Beginning:
    """Return how *file* begins."""
    file.seek(0)
    raw = file.read(4096)
    return Beginning(raw, raw.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\v\f"))


def magic(*words: bytes) -> Test:
    """Return the test whether a file begins with one of *words*."""
    return lambda found: found.raw.startswith(words)


def text(pattern: re.Pattern[bytes]) -> Test:
    """Return the test whether the text of a file begins so."""
    return lambda found: pattern.match(found.text) is not None


def anything(_found: Beginning) -> bool:
    """Be content with any file."""
    return True


def refuse_strangers(found: Beginning, name: str) -> None:
    """Refuse a file that is known to be no contact list."""
    if found.raw[257:262] == b"ustar":
        raise InputProblem(f"{name} is a tar archive; unpack it first")
    for word, what in STRANGERS:
        if found.raw.startswith(word) or found.text[: len(word)].lower() == word:
            raise InputProblem(f"{name} is {what}; this program reads {TABLES}")
