"""Lines of a name and a phone, as people write them down or copy them from a chat: `Asha Rao - 98123 45678`."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from contact_import.readers.structure import holds_contact

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from contact_import.readers.framing import Block

LONGEST = 200
"""Characters of a line."""
BEGIN = re.compile(r"[+(]*\d")
GAP = r"(?:[ \xa0.\-–]|\)[ -]?| ?\()?"
"""What may stand between two digits of a phone. A dash between spaces is none: `Flat 12 - 98123 45678`."""
PHONE = re.compile(rf"[+(]*\d(?:{GAP}\d)+\)?")
BETWEEN = " \t\xa0-–—:=>\u200e\u200f\u202a\u202c\u2066\u2068\u2069"
"""What people write between the name and the phone, and the marks of direction with which chats show it."""
ALONE = re.compile(r"\+.*|\d+")
"""A phone that needs no more than a space before it; in `Flat 44 7911123456` its first digits may be the name's."""
MOST_DIGITS = 15
"""Of one phone (ITU-T E.164)."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """How such lines are read: two cells from each, and the number of the row is that of the line."""

    encoding: str

    def blocks(self, file: BinaryIO, size: int) -> Generator[Block]:
        """Yield the rows of *file*, blank ones among them, *size* at a time."""
        rows = (list(_pair(line)) for line in _lines(file, self.encoding))
        number = 1
        while block := list(islice(rows, size)):
            yield number, block
            number += len(block)


def detect(file: BinaryIO, codec: str, is_header: Callable[[str], bool]) -> Pairs | None:
    """Return how *file* is read where each of its lines that is not blank is a name and one phone, else None.

    What stands before the phones is no name where it is a header, as in `Mobile: …`, or the same in all lines.
    """
    names = set[str]()
    lines = 0
    for line in _lines(file, codec):
        name, phone = _pair(line)
        if not line.strip():
            continue
        if not phone or is_header(name):
            return None
        names.add(name.casefold())
        lines += 1
    return Pairs(codec) if len(names) > 1 or lines == 1 else None


def _lines(file: BinaryIO, codec: str) -> Iterator[str]:
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=codec)
    try:
        for line in text:
            yield line.rstrip("\r\n\x1a")
    finally:
        text.detach()


def _pair(line: str) -> tuple[str, str]:
    """Return the name and the phone in *line*, two blank texts where it holds anything else."""
    found = BEGIN.search(line)
    if not found or len(line) > LONGEST or line[: found.start()][-1:] not in BETWEEN:
        return "", ""
    said, phone = line[: found.start()], line[found.start() :].strip(BETWEEN)
    name = said.rstrip(BETWEEN).strip()
    is_one = PHONE.fullmatch(phone) and sum(map(str.isdigit, phone)) <= MOST_DIGITS and holds_contact(phone)
    is_apart = said.lstrip() != f"{name} " or ALONE.fullmatch(phone)
    return (name, phone) if is_one and is_apart and any(map(str.isalpha, name)) else ("", "")
