"""From rows of cells to frames: blank rows left out, odd widths made even, nothing shifted or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contact_import.models import Frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Block = tuple[int, list[list[str]]]
"""The number of a row, and it and the rows after it."""


def frames(blocks: Iterable[Block], *, width: int, header: int, size: int) -> Iterator[Frame]:
    """Yield the rows below row *header* in frames of *size* rows, *width* columns wide."""
    numbers: list[int] = []
    rows: list[list[str]] = []
    for first, block in blocks:
        for number, row in enumerate(block, first):
            # The first cell is filled in nearly every row: only then are the others not joined.
            if number > header and ((row and row[0].strip()) or "".join(row).strip()):
                numbers.append(number)
                rows.append(row)
        while len(rows) >= size:
            yield _frame(numbers[:size], rows[:size], width)
            del numbers[:size], rows[:size]
    if rows:
        yield _frame(numbers, rows, width)


def _frame(numbers: list[int], rows: list[list[str]], width: int) -> Frame:
    import numpy as np  # noqa: PLC0415 - importing the readers must not cost the start of pandas
    import pandas as pd  # noqa: PLC0415

    surplus: dict[int, tuple[str, ...]] = {}
    if set(map(len, rows)) != {width}:
        for index, row in enumerate(rows):
            if len(row) > width and "".join(row[width:]).strip():
                surplus[index] = tuple(row[width:])
        rows = [row[:width] + [""] * (width - len(row)) for row in rows]
    cells = pd.DataFrame(rows, columns=pd.RangeIndex(width), dtype=object)
    return Frame(np.array(numbers, dtype=np.int64), cells, surplus)
