"""What a campaign found, beside what is promised."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    what: str
    found: str
    promised: str
    kept: bool


def bound(runs: int) -> str:
    """Return the 95 % upper bound of a rate that was never met in so many independent runs: three in that many."""
    return f"under {300 / runs:.2g} % with 95 % confidence" if runs else "not tried"


def table(figures: Sequence[Figure]) -> str:
    """Return *figures* as a table in Markdown."""
    rows = [("what", "found", "promised", "kept"), ("---",) * 4]
    rows += [(figure.what, figure.found, figure.promised, "yes" if figure.kept else "**no**") for figure in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    )


def conclude(figures: Iterable[Figure]) -> int:
    """Print each figure when it is known and the table at the end; return 0 where every promise was kept."""
    found = []
    for figure in figures:
        sys.stderr.write(f"{'kept' if figure.kept else 'NOT KEPT'}: {figure.what}: {figure.found}\n")
        found.append(figure)
    print(table(found))
    return int(not all(figure.kept for figure in found))


class Progress:
    """A line on standard error every few seconds."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.began = self.last = time.monotonic()

    def __call__(self, text: str) -> None:
        now = time.monotonic()
        if now - self.last > 5:
            self.last = now
            sys.stderr.write(f"{self.what}: {text} after {now - self.began:.0f} s\n")
