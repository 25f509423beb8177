"""From rows of cells to frames: blank rows left out, odd widths made even, nothing shifted, and nothing dropped untold.

Every row that is not blank is the header, a row of a frame, or named in some frame's `ignored`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, compress, count
from typing import TYPE_CHECKING

from contact_import import schema
from contact_import.errors import InputProblem
from contact_import.models import Frame
from contact_import.readers import footers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Row = list[str]
Block = tuple[int, list[Row]]
"""The number of a row, and it and the rows after it."""

TAIL = 20
"""Rows held back, since only what follows them tells whether they are footers."""

SIGNATURES = 5
"""Footers with a phone at the end of a list; where more rows have such words, their column does."""

ABOVE, REPEATED, TITLE, FOOTER = "above the header", "repeats the header", "repeats a row above the header", "footer"
"""Why a row that is not blank is no data."""


def frames(
    blocks: Iterable[Block], name: str, *, width: int, header: int, size: int, reports: bool = True
) -> Iterator[Frame]:
    """Yield the rows below row *header* in frames of *size* rows, *width* columns wide; only the last has fewer.

    A list that has no row but others to tell of is one frame without rows. *reports*: the last rows may be footers.
    Raises InputProblem, with the *name* of the file, where the columns change their order below.
    """
    data = _Data(name, width, header)
    for first, block in blocks:
        below = max(0, min(len(block), header + 1 - first))
        for number, row in enumerate(block[:below], first):
            data.add_above(number, row)
        data.add(block[below:], first + below)
        yield from data.take(size, spare=TAIL)
    if reports:
        data.end()
    yield from data.take(size)
    if data.rows or data.ignored:
        yield data.frame(len(data.rows))


class _Data:
    """The rows that were read and are in no frame yet."""

    def __init__(self, name: str, width: int, header: int) -> None:
        self.name, self.width, self.header = name, width, header
        self.numbers: list[int] = []
        self.rows: list[Row] = []
        self.ignored: dict[int, str] = {}
        self.footers: set[int] = set()
        self.own = 0
        """How many columns are ours, as in a failures file."""
        self.heads: Row = []
        self.leads: frozenset[str] = frozenset()
        self.titles: list[Row] = []

    def add_above(self, number: int, row: Row) -> None:
        """Take in the header or a row above it."""
        cells = _compared(row)
        if number == self.header:
            self.heads, self.own = cells, schema.own_columns(tuple(row))
            if sum(map(bool, cells)) > 1:
                self.leads = frozenset(mark + cells[0] + mark[1:] for mark in ("", "\ufeff", '\ufeff"'))
                self.leads = self.leads.union(filter(None, cells))
        elif cells:
            self.ignored[number] = ABOVE
            self.titles.append(cells)

    def add(self, block: list[Row], first: int) -> None:
        """Take in rows below the header."""
        leads = [row[0].strip() if row else "" for row in block]
        if self.own or not self.leads.isdisjoint(map(str.casefold, leads)):
            for number, row in enumerate(block, first):
                self._add(number, row)
            return
        # The first cell is filled in nearly every row: only then are the others not joined.
        filled = leads if all(leads) else [lead or "".join(row).strip() for lead, row in zip(leads, block, strict=True)]
        self.numbers.extend(compress(count(first), filled))
        self.rows.extend(compress(block, filled))

    def _add(self, number: int, row: Row) -> None:
        """Take in a row of a block that may repeat the header, or of a failures file."""
        if not "".join(row).strip():
            return
        if row[0].strip().casefold() in self.leads and self._is_header(row, number):
            self._leave_out(lambda row: TITLE if _compared(row) in self.titles else self._footer(row))
            self.ignored[number] = REPEATED
            return
        self.numbers.append(number)
        self.rows.append(row)
        if self.own and self._was_footer(row):
            self.footers.add(number)

    def _is_header(self, row: Row, number: int) -> bool:
        """Tell whether *row* is the header again. Raises InputProblem where its columns are in another order."""
        cells = _compared(row)
        if cells != self.heads and sorted(cells) == sorted(self.heads):
            raise InputProblem(
                f"{self.name}, row {number}: the header comes again with its columns in another order, so what is "
                "below would be read wrongly; bring it into the order of the first rows, or save it as a file of its "
                "own"
            )
        return cells == self.heads

    def end(self) -> None:
        """Leave out the footers: no row follows."""
        self._leave_out(self._footer)

    def take(self, size: int, spare: int = 0) -> Iterator[Frame]:
        """Yield frames of *size* rows as long as *spare* rows remain."""
        while len(self.rows) >= size + max(spare, 1):
            yield self.frame(size)

    def frame(self, size: int) -> Frame:
        """Return the first *size* rows, and all that was left out until now."""
        numbers = self.numbers[:size]
        frame = _frame(numbers, self.rows[:size], self.width, dict(sorted(self.ignored.items())))
        del self.numbers[:size], self.rows[:size]
        self.ignored = {}
        return replace(frame, footers=frozenset(self.footers.intersection(numbers)))

    def _footer(self, row: Row) -> str | None:
        return FOOTER if footers.is_footer(row, self.width) else None

    def _was_footer(self, row: Row) -> bool:
        """Tell whether *row* of a failures file was held as a footer, and is as it was."""
        said = any(cell.startswith(f"{footers.CODE}:") for cell in row[: self.own])
        return said and footers.has_phone(row[self.own :])

    def _leave_out(self, why: Callable[[Row], str | None]) -> None:
        """Leave the last rows out, as long as there is a reason *why*.

        Footers that hold a phone are marked, up to the last contact: they are no reason to stop.
        """
        marked, leaving = list[int](), True
        for place in range(len(self.rows) - 1, max(-1, len(self.rows) - TAIL - 1), -1):
            row = self.rows[place]
            if leaving and (reason := why(row)):
                self.ignored[self.numbers.pop(place)] = reason
                del self.rows[place]
            elif footers.has_phone(row[self.own :]):
                marked.append(self.numbers[place])
            elif footers.is_reachable(row):
                break
            else:
                leaving = False
        if len(marked) <= SIGNATURES:
            self.footers.update(marked)


def _compared(row: Row) -> Row:
    """Return the cells of *row* as rows are compared: without case, spaces, and blank cells at its end.

    Where files were joined, the byte order mark of the second stands in a cell, and quotes behind it are text.
    """
    cells = [cell.strip().casefold() for cell in row]
    if cells and cells[0].startswith("\ufeff"):
        cells[0] = cells[0].strip('\ufeff"').strip()
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _frame(numbers: list[int], rows: list[Row], width: int, ignored: dict[int, str]) -> Frame:
    import numpy as np  # noqa: PLC0415 - importing the readers must not cost the start of pandas
    import pandas as pd  # noqa: PLC0415

    surplus: dict[int, tuple[str, ...]] = {}
    if set(map(len, rows)) != {width}:
        for index, row in enumerate(rows):
            if len(row) > width and "".join(row[width:]).strip():
                surplus[index] = tuple(row[width:])
        rows = [row[:width] + [""] * (width - len(row)) for row in rows]
    flat = np.fromiter(chain.from_iterable(rows), dtype=object, count=len(rows) * width)
    cells = pd.DataFrame(flat.reshape(len(rows), width), dtype=object, copy=False)
    return Frame(np.array(numbers, dtype=np.int64), cells, surplus, ignored)
