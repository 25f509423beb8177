"""vCard files (.vcf) of the versions 2.1, 3.0 and 4.0: one row for each card, with the headers of Google's export.

A card is a row however damaged it is, and rows are numbered as the cards are. A card without anything in it is a blank
row. A card within a card (AGENT) is another person's, and left out. A group of contacts is a row that says so in the
column "Kind". Of several addresses the preferred one is read, or the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO

from contact_import.errors import InputProblem
from contact_import.readers.delimited import MAX_CELL
from contact_import.readers.vcard import scan
from contact_import.readers.vcard.contact import ADDRESS, COLUMNS, Contact, read

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from contact_import.readers.framing import Block

__all__ = ["Cards", "detect"]

MAX_EMAILS, MAX_PHONES = 20, 50
"""Columns of each; what a card has beyond them becomes surplus cells, and its row is held for a look."""
MAX_BLANK = 10_000
"""Cards in a row that hold nothing; more are no contact list."""


@dataclass(frozen=True, slots=True)
class Cards:
    """How a vCard file is read."""

    name: str
    encoding: str
    columns: tuple[str, ...]
    """Those of `COLUMNS` that occur."""
    address: tuple[str, ...]
    """Those of `ADDRESS` that occur."""
    emails: int
    phones: int

    @property
    def headers(self) -> tuple[str, ...]:
        """The header of each column."""
        numbered = (("E-mail", self.emails), ("Phone", self.phones))
        pairs = (
            f"{what} {number} - {part}"
            for what, count in numbered
            for number in range(1, count + 1)
            for part in ("Label", "Value")
        )
        return *self.columns, *pairs, *self.address

    def blocks(self, file: BinaryIO, size: int) -> Generator[Block]:
        """Yield the rows of *file*, blank ones among them, *size* at a time; a row's number is its card's."""
        rows = map(self._row, _contacts(file, self.name, self.encoding))
        number = 1
        while block := list(islice(rows, size)):
            yield number, block
            number += len(block)

    def _row(self, contact: Contact) -> list[str]:
        cells, emails, phones = contact.cells, contact.emails, contact.phones
        row = [cells.get(column, "") for column in self.columns]
        row += chain.from_iterable(emails[: self.emails])
        row += [""] * (2 * (self.emails - len(emails)))
        row += chain.from_iterable(phones[: self.phones])
        row += [""] * (2 * (self.phones - len(phones)))
        row += [cells.get(column, "") for column in self.address]
        row += chain.from_iterable(emails[self.emails :])
        row += chain.from_iterable(phones[self.phones :])
        return row


def detect(file: BinaryIO, name: str, codec: str) -> tuple[tuple[str, ...], Cards]:
    """Go through *file*, which is in *codec*; return the headers and how its rows are read.

    Raises InputProblem, saying which card and what to do.
    """
    filled: set[str] = set()
    emails = phones = cards = blank = 0
    for contact in _contacts(file, name, codec):
        cards = contact.number
        filled.update(contact.cells)
        emails, phones = max(emails, len(contact.emails)), max(phones, len(contact.phones))
        blank = 0 if contact.cells or contact.emails or contact.phones else blank + 1
        if blank > MAX_BLANK:
            raise InputProblem(f"{name}, card {cards}: {MAX_BLANK:,} cards before it hold nothing; export it again")
    if not filled and not emails and not phones:
        what = "no card with anything in it" if cards else "no card (BEGIN:VCARD)"
        raise InputProblem(f"{name} holds {what}; export the contacts again")
    found = Cards(
        name,
        codec,
        tuple(column for column in COLUMNS if column in filled),
        tuple(column for column in ADDRESS if column in filled),
        min(emails, MAX_EMAILS),
        min(phones, MAX_PHONES),
    )
    return found.headers, found


def _contacts(file: BinaryIO, name: str, codec: str) -> Iterator[Contact]:
    try:
        for card in scan.cards(file, name, codec):
            contact = read(card, codec)
            _check(contact, name)
            yield contact
    except UnicodeError as error:
        raise InputProblem(f"{name} is not {codec}; name its encoding with --encoding") from error


def _check(contact: Contact, name: str) -> None:
    for text in chain(contact.cells.values(), *contact.emails, *contact.phones):
        if len(text) > MAX_CELL:
            raise InputProblem(
                f"{name}, card {contact.number} (it begins in line {contact.line}): a value is longer than "
                f"{MAX_CELL:,} characters; shorten it, or take it out"
            )
