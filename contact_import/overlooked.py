"""What is read otherwise than a list looks: hidden rows, struck-out cells, another list beside the first. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contact_import.models import Frame, Layout, Mapping
    from contact_import.readers import Table


@dataclass(frozen=True, slots=True)
class Overlooked:
    """How many of a file's rows are read otherwise than they look."""

    hidden: int = 0
    """Hidden in the spreadsheet, and read."""
    struck: int = 0
    """Struck out in a column that feeds something, and read."""
    beside: int = 0
    """Filled in a second list beside the first, and not read there."""

    def __add__(self, other: Overlooked) -> Overlooked:
        return Overlooked(self.hidden + other.hidden, self.struck + other.struck, self.beside + other.beside)


def overlooked(frame: Frame, wanted: np.ndarray, table: Table, mapping: Mapping) -> Overlooked:
    """Count the rows of *frame* that are *wanted* (bool, one for each row)."""
    layout = table.layout
    if not (len(table.hidden) or table.struck or layout.beside):
        return Overlooked()
    fed = [column.index for column in mapping.columns if column.field and column.index in table.struck]
    struck = np.zeros(len(frame.rows), bool)
    for column in fed:
        struck |= _among(frame.rows, table.struck[column])
    beside = np.zeros(len(frame.rows), bool)
    if not set(layout.beside).intersection(mapping.feeding("phone")[:1]):
        for column in layout.beside:
            beside |= _filled(frame, column)
    hidden = _among(frame.rows, table.hidden)
    return Overlooked(*(int((found & wanted).sum()) for found in (hidden, struck, beside)))


def told(found: Overlooked, layout: Layout) -> tuple[str, ...]:
    """Return what to say of them; nothing where there is none."""
    lines = []
    if found.hidden:
        lines.append(
            f"{found.hidden:,} rows are hidden in the spreadsheet, as a filter does, and are read all the same; delete "
            "them, or choose rows with --where"
        )
    if found.struck:
        lines.append(
            f"{found.struck:,} rows are struck out in the spreadsheet, as people do with who has left, and are read "
            "all the same; delete those who are to get no messages"
        )
    if found.beside:
        lines.append(
            f"{_columns(layout)} look like another list beside the first: {found.beside:,} rows are filled there, and "
            "only the first list is read; copy the other one below it, or save it as a file of its own"
        )
    return tuple(lines)


def _among(rows: np.ndarray, others: Sequence[int]) -> np.ndarray:
    """Tell of each number of *rows* whether it is one of *others*, both ascending."""
    known = np.asarray(others, np.int64)
    return np.searchsorted(known, rows, "right") > np.searchsorted(known, rows)


def _filled(frame: Frame, column: int) -> np.ndarray:
    return np.array([bool(cell.strip()) for cell in frame.cells[column].tolist()], bool)


def _columns(layout: Layout) -> str:
    """Return the columns of the other list by number, and header if any: `columns 4 to 5 ("Name", "Phone")`."""
    runs = [
        [column for _, column in run]
        for _, run in groupby(enumerate(layout.beside), key=lambda placed: placed[1] - placed[0])
    ]
    places = [f"{run[0] + 1} to {run[-1] + 1}" if len(run) > 1 else f"{run[0] + 1}" for run in runs]
    names = ", ".join(f'"{name}"' for column in layout.beside if (name := layout.headers[column].strip()))
    return f"columns {' and '.join(places)}" + (f" ({names})" if names else "")
