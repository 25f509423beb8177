"""From bytes to cards: where each begins and ends in a file that may be damaged, and the lines it is read for.

What is skipped, photos above all, is not kept; so memory does not grow with the file. The rules are those of
vCard 2.1 (versit), RFC 2426 and RFC 6350, section 3.2, and what real files do instead.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from contact_import.errors import InputProblem
from contact_import.readers.source import CHUNK

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LINE = 10_000_000
"""Characters in one line; photos are often a single one."""
MAX_CARD = 1_000_000
"""Characters of one card that are kept, and some for each line."""
LINE_COST = 100
MAX_PARTS = 1_000
"""Marks and what is between them in one line; whoever leaves out line ends leaves out one."""

KEPT = frozenset(
    "FN N NICKNAME ORG TITLE BDAY NOTE CATEGORIES KIND X-ADDRESSBOOKSERVER-KIND ADR EMAIL TEL X-MS-TEL IMPP "
    "X-SOCIALPROFILE X-WAID X-WHATSAPP X-ABLABEL".split()
)
"""The properties that are read."""
OPENERS = frozenset("VERSION FN N EMAIL TEL".split())
"""Between two cards these begin one whose BEGIN is missing."""

PROPERTY = re.compile(r"(?:[\w-]{1,60}\.)?([\w/-]{1,200})[ \t]*[:;]")
"""The beginning of a property; what follows the dot of `item1.TEL` is its name."""
MARK = re.compile(r"((?:BEGIN|END)[ \t]*:[ \t]*VCARD)", re.IGNORECASE)
AGENT_CARD = re.compile(r"[^:]*:\s*(BEGIN\s*:\s*VCARD\s*)?", re.IGNORECASE)
QUOTED_PRINTABLE = re.compile(r"[^:]*QUOTED-PRINTABLE", re.IGNORECASE)
FIRST_VERSION = re.compile(r"VERSION\s*:\s*(?:2\.1|3\.0|4\.0)\s*", re.IGNORECASE)
OLD_VERSION = re.compile(r"[^:]*:\s*2")
BLANK = " \t\ufeff\x1a\0"


@dataclass(slots=True)
class Card:
    """One card as it stands in the file."""

    number: int
    """From 1, among all cards of the file."""
    line: int
    """The number of its first line."""
    old: bool = False
    """It says that it is of version 2.1."""
    properties: list[list[str]] = field(default_factory=list)
    """The lines of each property that is read."""
    size: int = 0


def cards(file: BinaryIO, name: str, codec: str) -> Iterator[Card]:
    """Yield the cards of *file*, empty ones among them; what stands before the first one is left out.

    Raises InputProblem for lines and cards that are too long to be a contact's, UnicodeError for bytes not in *codec*.
    """
    scanner = _Scanner(name)
    for number, line in enumerate(_lines(file, codec), 1):
        scanner.take(number, line)
        if scanner.done:
            yield from scanner.done
            scanner.done.clear()
    scanner.close()
    yield from scanner.done


def _lines(file: BinaryIO, codec: str) -> Iterator[str]:
    """Yield the lines of *file* whatever ends them; one that is too long comes in part, and is the last."""
    decoder = codecs.getincrementaldecoder(codec)()
    file.seek(0)
    rest = ""
    while data := file.read(CHUNK):
        text = rest + decoder.decode(data)
        # The line feed of a line end may be in the next chunk.
        held = text[len(text.rstrip("\r")) :]
        lines = _split(text[: len(text) - len(held)])
        rest = lines.pop() + held
        yield from lines
        if len(rest) > MAX_LINE:
            yield rest
            return
    yield from _split(rest + decoder.decode(b"", final=True))


def _split(text: str) -> list[str]:
    """Split *text* at its line ends; one of them is CR CR LF, what a line end becomes that is translated twice."""
    if "\r" in text:
        text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


class _Scanner:
    """Takes lines, and has the cards that they finish in `done`."""

    def __init__(self, name: str) -> None:
        self.done: list[Card] = []
        self._name = name
        self._count = 0
        self._card: Card | None = None
        self._begins = False
        """The next line is the first of its card."""
        self._indent = ""
        """White space before every line of the card: somebody copied it out of a program."""
        self._property = ""
        """The name of the property that a line may go on with."""
        self._kept: list[str] | None = None
        """Its lines, if it is read."""
        self._soft = False
        """Its last line ended in a soft line break: the next goes on with it, whatever it looks like."""
        self._agents = 0
        """How deep we are in cards within the card (AGENT)."""
        self._agent_follows = False
        self._agent_may_be_folded = False

    def take(self, number: int, line: str) -> None:
        """Take the next line; *number* is its own."""
        if self._indent and not self._begins and line and not line.isspace():
            line = self._unindented(line)
        if line == "BEGIN:VCARD":
            self._begin(number)
        elif line == "END:VCARD":
            self._end()
        elif len(line) > MAX_LINE:
            raise self._problem(f"line {number} is longer than {MAX_LINE:,} characters")
        elif "vcard" in line[-8:].casefold() and self._owner(line) != "AGENT":
            self._take_parts(number, line)
        else:
            self._take_line(number, line)

    def close(self) -> None:
        """Finish the card that is open, whether it says that it ends or not."""
        if self._card:
            self.done.append(self._card)
        self._card, self._kept, self._property, self._begins = None, None, "", False
        self._agents, self._agent_follows, self._agent_may_be_folded, self._soft = 0, False, False, False

    def _take_parts(self, number: int, line: str) -> None:
        """Take a line with marks in it: END:VCARDBEGIN:VCARD, as WhatsApp writes it, or TEL:123BEGIN:VCARD."""
        parts = MARK.split(line)
        if len(parts) > MAX_PARTS:
            raise self._problem(f"line {number} holds many cards")
        for part in parts:
            if MARK.fullmatch(part):
                if part[0] in "bB":
                    self._begin(number)
                else:
                    self._end()
            elif part.strip(BLANK):
                self._take_line(number, part)

    def _take_line(self, number: int, line: str) -> None:
        if not line or (self._begins and line.isspace()):
            self._soft = False
            return
        if self._begins:
            self._begins = False
            bare = line.lstrip(" \t")
            self._indent, line = line[: len(line) - len(bare)], bare
        if self._soft:
            self._go_on(line)
            self._soft = line.rstrip().endswith("=")
        elif line[0] not in " \t" and (found := PROPERTY.match(line)):
            self._start(number, line, found[1].upper())
        else:
            # Folded, or a line break that was not encoded.
            if self._agent_may_be_folded:
                self._agents -= 1
            self._agent_may_be_folded = False
            self._go_on(line)

    def _start(self, number: int, line: str, name: str) -> None:
        self._property, self._kept = name, None
        self._soft = line.endswith("=") and QUOTED_PRINTABLE.match(line) is not None
        self._agent_follows = self._agent_may_be_folded = False
        if name == "AGENT":
            if found := AGENT_CARD.fullmatch(line):
                self._agent_follows = not found[1]
                self._agent_may_be_folded = bool(found[1])
                self._agents += bool(found[1])
        elif not self._agents:
            if not self._card:
                self._open_without_begin(number, line, name)
            if self._card and name in KEPT:
                self._kept = []
                self._card.properties.append(self._kept)
                self._go_on(line)
            elif self._card and name == "VERSION":
                self._card.old = OLD_VERSION.match(line) is not None

    def _go_on(self, line: str) -> None:
        if self._kept is None or self._card is None:
            return
        self._kept.append(line)
        self._card.size += len(line) + LINE_COST
        if self._card.size > MAX_CARD:
            raise self._problem("it is too long to be a contact's")

    def _begin(self, number: int) -> None:
        if self._agent_follows:
            self._agents += 1
            self._agent_follows, self._kept, self._property = False, None, ""
        else:
            self._open(number)
            self._begins = True

    def _end(self) -> None:
        if self._agents:
            self._agents -= 1
            self._kept, self._property, self._soft = None, "", False
        else:
            self.close()

    def _open(self, number: int) -> None:
        self.close()
        self._count += 1
        self._card = Card(self._count, number)

    def _open_without_begin(self, number: int, line: str, name: str) -> None:
        # Text above the first card may be a letter's, and that has words before colons, too.
        if name in OPENERS and (self._count or FIRST_VERSION.fullmatch(line)):
            self._open(number)

    def _unindented(self, line: str) -> str:
        if line.startswith(self._indent):
            return line[len(self._indent) :]
        self._indent = ""  # it was the first line's alone
        return line

    def _owner(self, line: str) -> str:
        """Return the name of the property that *line* begins or goes on with."""
        found = PROPERTY.match(line)
        return found[1].upper() if found else self._property

    def _problem(self, what: str) -> InputProblem:
        card = self._card
        where = f", card {card.number} (it begins in line {card.line})" if card else ""
        return InputProblem(f"{self._name}{where}: {what}; export the contacts again, or take it out")
