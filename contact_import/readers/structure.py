"""Where the header is, and how many columns there are, by what the first records look like."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from typing import TYPE_CHECKING

from contact_import.errors import InputProblem
from contact_import.readers.footers import is_reachable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

PREAMBLE = 30
"""Records that may stand above a header."""
EVIDENCE = 100
"""Data rows that are looked at."""
SAMPLE = PREAMBLE + EVIDENCE + 1
MAX_COLUMNS = 1_000

STRAYS = 5
"""Rows with a phone or an address that may stand above a header, as those of the sender of a report do."""

EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
TRANSPORT = re.compile(r"(?i)^\s*(?:p|tel|whatsapp)\s*:|(?<=\d)e(?=\+?\d)")
"""Letters that a phone cell may hold: a prefix as in `p:+91…`, the exponent of `9.19E+11`."""
YEAR = r"(?:19|20)\d\d"
DATE = re.compile(
    rf"(?:{YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]{YEAR})(?:[ T]+[\d:.]+Z?)?|{YEAR}"
)
"""A day, a moment or a year."""
SHORT_NUMBER = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class _Look:
    """What one record looks like."""

    filled: int
    contacts: int
    """Phones, addresses and long numbers."""
    dates: int
    """Cells that may be a header or data."""
    hits: int
    """Different headers that are known."""
    texts: int
    reachable: bool
    """A phone or an address may be in a cell, whatever else is there: `Asha Rao - 98765 43210`."""
    called: bool
    """A phone may be in one cell of several."""
    label: bool
    """It begins with the name of what follows, as in a preamble: `Phone: | 022-2345678`."""

    @property
    def is_data(self) -> bool:
        """It holds something of a contact's, and not as the value of a label."""
        return self.contacts > 0 and not self.label

    @property
    def is_lost(self) -> bool:
        """It may be a person, and would vanish above a header. One cell alone is a title: `Contact: 98765 43210`."""
        return self.called and not self.label

    @property
    def is_list(self) -> bool:
        """It is of a list of people, its header or one of them; a label and its value are of a summary."""
        return self.hits > 1 or (self.reachable and not self.label)

    @property
    def is_known(self) -> bool:
        """It says more of headers than of contacts. Dates are headers too, but not beside one word."""
        return self.hits > self.contacts + (self.dates if self.hits == 1 else 0)

    def is_wordy(self, usual: int) -> bool:
        """It may be a header in any language, where the rows below have *usual* cells filled.

        A row with fewer cells than half of that is a title, or a contact with little known.
        """
        return (
            not (self.contacts or self.reachable)
            and self.texts * 2 > self.filled - self.dates
            and self.filled * 2 >= usual
        )


def header_row(records: Sequence[Sequence[str]], is_header: Callable[[str], bool], name: str) -> int:
    """Return the row number of the header among the first *records* of the file *name*, or 0 when there is none.

    Raises InputProblem where people would be left out above it.
    """
    looks = [_look(cells, is_header) for cells in records]
    row = _header_row(records, looks)
    # In one column a cell alone is no title, where the header may be a name: `Asha: 98765 43210` stands above `Meena`.
    narrow = row > 0 and not looks[row - 1].hits and all(look.filled < 2 for look in looks)
    above = enumerate(looks[: max(0, row - 1)], 1)
    lost = [number for number, look in above if look.is_lost or (narrow and look.reachable)]
    if lost:
        raise InputProblem(
            f"{name}: above the header in row {row} are phones (row {', '.join(map(str, lost))}), and what is above it "
            f"is left out; move the header to the top, or if these rows are no contacts, add --header-row {row}"
        )
    return row


def holds_list(records: Iterable[Sequence[str]], is_header: Callable[[str], bool]) -> bool:
    """Tell whether one of *records* is of a list of people: its header, or one of them."""
    return any(_look(cells, is_header).is_list for cells in records)


def _header_row(records: Sequence[Sequence[str]], looks: Sequence[_Look]) -> int:
    top = looks[: PREAMBLE + 1]
    known = _known_header(top)
    if known is not None:
        return known + 1
    first_data = next((index for index, look in enumerate(looks) if look.is_data), len(looks))
    usual = Counter(look.filled for look in looks[first_data:] if look.filled).most_common(1)
    able = [index for index, look in enumerate(top[:first_data]) if look.is_wordy(usual[0][0] if usual else 1)]
    below = len(records)
    for index in sorted(able, key=lambda index: (-top[index].texts, index)):
        if index < below:
            if not _is_like_those_below(records[index], records[first_data:]):
                return index + 1
            below = index
    return 0


def columns(records: Sequence[Sequence[str]], header: int, name: str) -> tuple[str, ...]:
    """Return the header cells, one for each column, empty where a column has none."""
    heads = list(records[header - 1]) if header else []
    below = [row for row in map(_extent, records[header:]) if row][:EVIDENCE]
    if header:
        width = _extent(heads)
        # Cells to the right of the last header are columns only where a header cell, if empty, stands above.
        width = max([width, *(_extent(cells[: len(heads)]) for cells in records[header:])])
        if len(below) > 1 and min(below) > width:
            raise InputProblem(
                f"{name}: the header in row {header} has {width} columns, but every row below has more; "
                "correct the header, or name its row with --header-row"
            )
    else:
        width = max(below, default=0)
    if width > MAX_COLUMNS:
        raise InputProblem(f"{name} has more than {MAX_COLUMNS:,} columns; export only the contact's own columns")
    return tuple(heads[:width]) + ("",) * (width - len(heads))


def beside(headers: Sequence[str], below: Sequence[Sequence[str]], is_header: Callable[[str], bool]) -> tuple[int, ...]:
    """Return the positions of the columns of other lists that stand beside the first one, as on a sheet made for print.

    The rows *below* tell where phones are. Where there are no *headers*, they alone tell: behind a blank column, names
    and phones are in the same order.
    """
    contacts = _of_contacts(len(headers), below)
    return _headed_anew(headers, contacts, is_header) if any(map(str.strip, headers)) else _filled_anew(contacts)


def _headed_anew(
    headers: Sequence[str], contacts: Sequence[bool | None], is_header: Callable[[str], bool]
) -> tuple[int, ...]:
    """Return the columns with the same headers again from the first of them on.

    Behind a column without a header these are two at least, or else all; or the first alone, where the others are
    known ones, and only some of the columns hold phones. Several phones or addresses of a person do not begin anew.
    """
    names = [header.strip().casefold() for header in headers]
    lead = next(filter(None, names), None)
    starts = [place for place, name in enumerate(names) if name and name == lead]
    shown = [name for name in names[: starts[1]] if name] if len(starts) > 1 else []
    found: list[int] = []
    for start, end in pairwise([*starts[1:], len(names)]):
        named = [place for place in range(start, end) if names[place]]
        again = [place for place in named if names[place] in shown]
        apart = not names[start - 1]
        whole = {True, False} <= {contacts[place] for place in named}
        if apart and whole and all(is_header(headers[place].strip()) for place in named):
            found += named
        elif len(again) >= min(2, len(shown)) if apart else [names[place] for place in again] == shown != [lead]:
            found += again
    return tuple(found)


def _of_contacts(width: int, rows: Sequence[Sequence[str]]) -> list[bool | None]:
    """Tell of each column whether most cells in it hold a phone or an address; None where all are blank."""
    kinds = []
    for place in range(width):
        cells = [cell for row in rows if (cell := "".join(row[place : place + 1]).strip())]
        kinds.append(sum(map(holds_contact, cells)) * 2 > len(cells) if cells else None)
    return kinds


def _filled_anew(contacts: Sequence[bool | None]) -> tuple[int, ...]:
    groups = [
        [place for place, _ in group]
        for is_blank, group in groupby(enumerate(contacts), key=lambda column: column[1] is None)
        if not is_blank
    ]
    first = [contacts[place] for place in groups[0]] if groups else []
    alike = (group for group in groups[1:] if len(set(first)) > 1 and [contacts[place] for place in group] == first)
    return tuple(chain.from_iterable(alike))


def _known_header(looks: Sequence[_Look]) -> int | None:
    """Return the index of the record that hits most of the known headers, where nothing above it is lost."""
    hits = [index for index, look in enumerate(looks) if look.is_known]
    if not hits:
        return None
    best = max(hits, key=lambda index: (looks[index].hits, looks[index].filled, -index))
    found, above = looks[best], looks[:best]
    # One hit alone may be a word in a contact's row: a city called Mobile.
    if found.hits == 1 and any(look.filled > 1 and look.filled >= found.filled for look in above):
        return None
    data = [look for look in above if look.is_data]
    strays = found.hits > 1 and len(data) <= STRAYS and all(look.filled < min(3, found.filled) for look in data)
    return best if strays or not data else None


def _look(cells: Sequence[str], is_header: Callable[[str], bool]) -> _Look:
    filled = [cell for cell in map(str.strip, cells) if cell]
    contacts = sum(map(holds_contact, filled))
    begins = 2 <= len(filled) <= 4 and (filled[0].endswith(":") or is_header(filled[0]))
    return _Look(
        filled=len(filled),
        contacts=contacts,
        dates=sum(map(bool, map(DATE.fullmatch, filled))),
        hits=len({cell.casefold() for cell in filled if is_header(cell)}),
        texts=len({cell.casefold() for cell in filled if any(map(str.isalpha, cell))}),
        reachable=is_reachable(filled),
        called=len(filled) > 1 and is_reachable([EMAIL.sub("", cell) for cell in filled]),
        label=begins and contacts * 2 <= len(filled),
    )


def holds_contact(cell: str) -> bool:
    """Tell whether *cell* is a phone number, an e-mail address or a long number, and nothing else."""
    rest, addresses = EMAIL.subn("", cell[:200])
    rest = TRANSPORT.sub("", rest)
    if any(map(str.isalpha, rest)):
        return False
    return addresses > 0 or (sum(map(str.isdigit, rest)) >= 7 and not DATE.fullmatch(rest.strip()))


def _is_like_those_below(cells: Sequence[str], records: Sequence[Sequence[str]]) -> bool:
    """Tell whether *cells*, though all words, have what a header never has in common with the records below it.

    That is a value that comes again in its column (a city), or one of digits that is formed like most of them there
    (a running number, a postal code). A record that is the same as a whole is the header once more.
    """
    others = [record for record in records if list(record) != list(cells)]
    for place, cell in enumerate(map(str.strip, cells)):
        column = [other for record in others if (other := "".join(record[place : place + 1]).strip())]
        if not cell or len(column) < 2:
            continue
        values = {other.casefold() for other in column}
        # Where hardly anything else is in the column, it may be a mark that is called like the column: VIP.
        if cell.casefold() in values and len(values) > 2:
            return True
        # Numbers of few digits name columns too: years, the days of a month.
        numbered = any(map(str.isdigit, cell)) and (place == 0 or not SHORT_NUMBER.fullmatch(cell))
        if numbered and sum(_form(other) == _form(cell) for other in column) * 2 > len(column):
            return True
    return False


def _form(cell: str) -> str:
    return re.sub(r"\d+", "9", cell)


def _extent(cells: Sequence[str]) -> int:
    """Return how many cells there are up to the last that is not blank."""
    return next((index for index in range(len(cells), 0, -1) if cells[index - 1].strip()), 0)
