"""Where the header is, and how many columns there are, by what the first records look like."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contact_import.errors import InputProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PREAMBLE = 30
"""Records that may stand above a header."""
EVIDENCE = 100
"""Data rows that are looked at."""
SAMPLE = PREAMBLE + EVIDENCE + 1
MAX_COLUMNS = 1_000

EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
TRANSPORT = re.compile(r"(?i)^\s*(?:p|tel|whatsapp)\s*:|(?<=\d)e(?=\+?\d)")
"""Letters that a phone cell may hold: a prefix as in `p:+91…`, the exponent of `9.19E+11`."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What one record looks like."""

    filled: int
    data: int
    hits: int
    texts: int
    label: bool

    @property
    def is_data(self) -> bool:
        """A phone or an address, and not the value of a label in a preamble (`Phone: | 022-2345678`)."""
        return self.data > 0 and not self.label


def header_row(records: Sequence[Sequence[str]], is_header: Callable[[str], bool]) -> int:
    """Return the row number of the header among the first *records*, or 0 when there is none."""
    looks = [_look(cells, is_header) for cells in records]
    top = looks[: PREAMBLE + 1]
    known = _known_header(top)
    if known is not None:
        return known + 1
    first_data = next((index for index, look in enumerate(looks) if look.is_data), len(looks))
    below = Counter(look.filled for look in looks[first_data:] if look.filled)
    usual = below.most_common(1)[0][0] if below else 1
    # A row with fewer cells than half of the data rows have is a title, or a contact with little known.
    able = [
        index
        for index, look in enumerate(top[:first_data])
        if not look.data and look.texts * 2 > look.filled and look.filled * 2 >= usual
    ]
    return max(able, key=lambda index: (top[index].texts, -index)) + 1 if able else 0


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


def _known_header(looks: Sequence[_Look]) -> int | None:
    """Return the index of the record that hits most of the known headers, where nothing above it is lost."""
    hits = [index for index, look in enumerate(looks) if look.hits > look.data]
    if not hits:
        return None
    best = max(hits, key=lambda index: (looks[index].hits, looks[index].filled, -index))
    found = looks[best]
    for above in looks[:best]:
        stray = above.filled == 1 and found.hits > 1 and found.filled > 2
        if above.is_data and not stray:
            return None
        # One hit alone may be a word in a contact's row: a city called Mobile.
        if found.hits == 1 and above.filled > 1 and above.filled >= found.filled:
            return None
    return best


def _look(cells: Sequence[str], is_header: Callable[[str], bool]) -> _Look:
    filled = [cell for cell in map(str.strip, cells) if cell]
    label = len(filled) == 2 and (filled[0].endswith(":") or is_header(filled[0]))
    return _Look(
        filled=len(filled),
        data=sum(map(looks_like_data, filled)),
        hits=sum(map(is_header, filled)),
        texts=len({cell.casefold() for cell in filled if any(map(str.isalpha, cell))}),
        label=label,
    )


def looks_like_data(cell: str) -> bool:
    """Tell whether *cell* is a phone number, an e-mail address, a date or a long number, and nothing else."""
    rest, addresses = EMAIL.subn("", cell[:200])
    rest = TRANSPORT.sub("", rest)
    if any(map(str.isalpha, rest)):
        return False
    return addresses > 0 or sum(map(str.isdigit, rest)) >= 7


def _extent(cells: Sequence[str]) -> int:
    """Return how many cells there are up to the last that is not blank."""
    return next((index for index in range(len(cells), 0, -1) if cells[index - 1].strip()), 0)
