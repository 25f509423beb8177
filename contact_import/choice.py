"""Which rows of a list are wanted: those that say so, the first few, or a few spread over all of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contact_import.models import Frame


@dataclass(frozen=True, slots=True)
class Condition:
    """A column, by its position, and what its cells may say."""

    column: int
    values: frozenset[str]
    """As `fold` makes them."""

    def holds(self, frame: Frame) -> np.ndarray:
        """Tell of each row whether its cell says one of the values: bool, shape (n,)."""
        return np.array([fold(cell) in self.values for cell in frame.cells[self.column].tolist()], dtype=bool)


def fold(text: str) -> str:
    """Return *text* as two cells are compared: without case, with single spaces."""
    return " ".join(text.casefold().split())


def hold(frame: Frame, conditions: Sequence[Condition]) -> np.ndarray:
    """Tell of each row whether all *conditions* hold: bool, shape (n,)."""
    found = np.ones(len(frame.rows), dtype=bool)
    for condition in conditions:
        found &= condition.holds(frame)
    return found


def select(frame: Frame, wanted: np.ndarray) -> Frame:
    """Return the rows of *frame* that are *wanted* (bool, shape (n,)), with the numbers they have."""
    if wanted.all():
        return frame
    places = {old: new for new, old in enumerate(np.flatnonzero(wanted).tolist())}
    return replace(
        frame,
        rows=frame.rows[wanted],
        cells=frame.cells[wanted].reset_index(drop=True),
        surplus={places[index]: cells for index, cells in frame.surplus.items() if index in places},
    )


def spread(rows: int, *, limit: int | None = None, sample: int | None = None) -> np.ndarray | None:
    """Return which of *rows* rows are taken, by number from 0, ascending: None for all of them.

    *sample* rows at even distances, the first row among them; of these, or of all, the first *limit*.
    """
    if (limit is None or limit >= rows) and (sample is None or sample >= rows):
        return None
    taken = np.arange(rows, dtype=np.int64) if sample is None or sample >= rows else _evenly(rows, sample)
    return taken[:limit]


def _evenly(rows: int, count: int) -> np.ndarray:
    found: np.ndarray = np.arange(count, dtype=np.int64) * rows // count
    return found
