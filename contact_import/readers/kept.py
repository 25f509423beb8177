"""Frames of a short list, kept for its next reading: a run reads its lists twice, and most are short."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contact_import.models import Frame

BYTES = 10 << 20
"""Of the texts of a run that are kept. As cells they take up to four times as many, in some languages' signs."""
CELLS = 800_000
"""Cells of the lists of a run that are kept. Each takes 60 to 80 bytes beside its text."""


def room(size: int, lists: int) -> int:
    """Return how many cells may be kept of a text of *size* bytes, one of so many *lists* that share what there is.

    0 for a text that is too long, and where nothing is to be kept at all (no lists).
    """
    return CELLS // lists if lists and size * lists <= BYTES else 0


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a list."""

    room: int = 0
    """Cells at most."""
    _frames: dict[int, list[Frame]] = field(default_factory=dict, repr=False)
    """Rows in a frame at most → the frames of the whole list."""

    def get(self, rows: int) -> list[Frame] | None:
        """Return the frames of *rows* rows at most, where the whole list was read in such ones and there was room."""
        return self._frames.get(rows)

    def keep(self, rows: int, frames: Iterator[Frame]) -> Iterator[Frame]:
        """Yield *frames*, of *rows* rows at most; they are kept when the last one is taken, where there is room."""
        kept: list[Frame] = []
        room = self.room
        for frame in frames:
            room -= frame.cells.size
            if room < 0:
                kept.clear()
            else:
                kept.append(frame)
            yield frame
        if room >= 0:
            self._frames[rows] = kept
