"""Frames of a short list, kept for its next reading: a run reads its lists twice, and most are short."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contact_import.models import Frame

BYTES = 10 << 20
"""Of a text that is short. As cells it may take four times as many, in a language with signs of its own."""
CELLS = 800_000
"""Cells of a list that is short. Each takes 60 to 80 bytes beside its text."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a list."""

    room: int = 0
    """Cells that it may have for that."""
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
