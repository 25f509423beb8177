"""Positions as ranges of text, and which row of which file is at a position. Pure."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def to_ranges(positions: Iterable[int]) -> str:
    """Write ascending *positions* as ranges: 0, 1, 2, 5 as "0-2 5"."""
    found: list[list[int]] = []
    for position in positions:
        if found and found[-1][1] == position - 1:
            found[-1][1] = position
        else:
            found.append([position, position])
    return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in found)


def from_ranges(text: str) -> Iterator[range]:
    """Read what `to_ranges` wrote."""
    for part in text.split():
        first, _, last = part.partition("-")
        yield range(int(first), int(last or first) + 1)


def starts(position: int, rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (position, row number) wherever *rows*, which stand at *position* and after it, do not just count on."""
    before = None
    for index, row in enumerate(rows):
        if before is None or row != before + 1:
            yield position + index, row
        before = row


@dataclass(frozen=True, slots=True)
class Places:
    """Which row of which file is at a position: known by the points where the rows do not just count on."""

    points: tuple[tuple[int, int, int], ...] = ()
    """Position, index of the file, row number; ascending."""

    def at(self, position: int) -> tuple[int, int] | None:
        """Return the file's index and the row's number as a spreadsheet shows it; None where that was not kept."""
        index = bisect_right(self.points, position, key=lambda point: point[0]) - 1
        if index < 0:
            return None
        start, file, row = self.points[index]
        return file, row + position - start
