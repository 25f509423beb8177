"""From a card to a contact: the cells of its row, named as in Google's export."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from contact_import.readers.vcard import phones, properties

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contact_import.readers.vcard.properties import Property
    from contact_import.readers.vcard.scan import Card

NAME_PARTS = ("Last Name", "First Name", "Middle Name", "Name Prefix", "Name Suffix")
"""The parts of N."""
SPOKEN = ("Name Prefix", "First Name", "Middle Name", "Last Name", "Name Suffix")
"""The same in the order of a whole name."""
ADDRESS_PARTS = ("PO Box", "Extended Address", "Street", "City", "Region", "Postal Code", "Country")
ADDRESS = tuple(f"Address 1 - {part}" for part in ADDRESS_PARTS)
"""The parts of ADR."""
COLUMNS = (
    "Name", "First Name", "Middle Name", "Last Name", "Name Prefix", "Name Suffix", "Nickname", "Organization Name",
    "Organization Department", "Job Title", "Birthday", "Notes", "Labels", "Kind",
)  # fmt: skip
"""The columns before the e-mail addresses and phones, in their order; the address is behind them."""
LIST = " ::: "
"""How Google's export joins several values in a cell."""

Reader = Callable[["Property"], Iterable[tuple[str, str]]]
"""What a property says, as columns and texts."""


class Contact(NamedTuple):
    """What is read of a card."""

    number: int
    line: int
    cells: dict[str, str]
    """Column → text, for those that have one."""
    emails: list[tuple[str, str]]
    """Label and address."""
    phones: list[tuple[str, str]]
    """Label and number."""


def read(card: Card, codec: str) -> Contact:
    """Return the contact of *card*, of a file in *codec*."""
    found = [properties.read(lines, old=card.old, codec=codec) for lines in card.properties]
    named: dict[str, list[Property]] = {}
    for each in found:
        named.setdefault(each.head.name, []).append(each)
    labels = {each.head.group: each.text() for each in named.get("X-ABLABEL", ())}
    emails, numbers = phones.addresses(found, labels), phones.numbers(found, labels)
    return Contact(card.number, card.line, _cells(named), list(emails), list(numbers))


def _cells(named: Mapping[str, Sequence[Property]]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for name, found in named.items():
        if name in SINGLE:
            cells |= _preferred(SINGLE[name], found)
        elif name in SEVERAL:
            join, reader = SEVERAL[name]
            for column, text in chain.from_iterable(map(reader, found)):
                if text:
                    cells[column] = f"{cells[column]}{join}{text}" if column in cells else text
    if "Name" not in cells:
        whole = " ".join(cells[part] for part in SPOKEN if part in cells) or cells.get("Organization Name")
        if whole:
            cells["Name"] = whole
    return cells


def _preferred(reader: Reader, found: Sequence[Property]) -> dict[str, str]:
    """Return what the preferred property that says anything says, or the first."""
    for each in sorted(found, key=properties.preference):
        if values := {column: text for column, text in reader(each) if text}:
            return values
    return {}


def _line(text: str) -> str:
    """Return *text* in one line."""
    return " ".join(filter(None, map(str.strip, text.split("\n")))) if "\n" in text else text.strip()


def _one(column: str) -> Reader:
    return lambda each: ((column, _line(each.text())),)


def _several(columns: Sequence[str]) -> Reader:
    return lambda each: zip(columns, map(_line, each.parts()), strict=False)


def _organization(each: Property) -> Iterable[tuple[str, str]]:
    company, *units = map(_line, each.parts())
    return ("Organization Name", company), ("Organization Department", ", ".join(filter(None, units)))


def _categories(each: Property) -> Iterable[tuple[str, str]]:
    return (("Labels", LIST.join(filter(None, map(_line, each.parts(","))))),)


def _kind(each: Property) -> Iterable[tuple[str, str]]:
    kind = _line(each.text()).casefold()
    return (("Kind", "" if kind == "individual" else kind),)


SINGLE: dict[str, Reader] = {
    "FN": _one("Name"),
    "N": _several(NAME_PARTS),
    "BDAY": _one("Birthday"),
    "KIND": _kind,
    "X-ADDRESSBOOKSERVER-KIND": _kind,
    "ADR": _several(ADDRESS),
}
"""Property → what is read of it; of several one is taken."""
SEVERAL: dict[str, tuple[str, Reader]] = {
    "NICKNAME": (LIST, _one("Nickname")),
    "ORG": (LIST, _organization),
    "TITLE": (LIST, _one("Job Title")),
    "NOTE": ("\n", lambda each: (("Notes", each.text().strip()),)),
    "CATEGORIES": (LIST, _categories),
}
"""The same for properties of which several are joined, and by what."""
