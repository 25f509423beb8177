"""What the attempts in a journal say of the rows: settled, in doubt, refused with others, left alone. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from contact_import.journal.ranges import from_ranges, to_ranges
from contact_import.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SETTLED = (Outcome.ACCEPTED, Outcome.REJECTED)
"""Outcomes of an attempt that no later session asks about again."""
HALVED = "halved"
"""The outcome of an attempt that was refused as a whole: its rows went on in smaller ones."""
FAULT = "a fault of ours"
"""The reason of an attempt without an outcome that was under way when this program failed; a kill leaves none."""
FAULTS = 3
"""So many of them in a row, and the rows are left alone."""
QUARANTINED = (
    f"quarantined: this program failed {FAULTS} times while it sent this row, so it is not sent again; please report it"
)

Row = tuple[str, str | None, str | None, int, float]
"""Rows as ranges, outcome, reason, requests and start of an attempt, as the journal has them."""


@dataclass(frozen=True, slots=True)
class Past:
    """What an earlier session left about some rows."""

    positions: tuple[range, ...]
    outcome: Outcome | None
    """None: an attempt without an outcome, or one whose outcome leaves the rows to be sent."""
    doubtful: bool
    """The rows may be stored although nothing confirms it."""
    reason: str
    requests: int
    started: float = field(default=0.0, compare=False)
    """Seconds since 1970."""
    halved: bool = False
    """The rows were refused together, and the good ones among them may be stored."""


def read(attempts: Iterable[Row]) -> Iterator[Past]:
    """Yield what *attempts* left, oldest first, and at last which rows are left alone for ever."""
    known: list[tuple[tuple[range, ...], str | None, str | None]] = []
    for text, outcome, reason, requests, started in attempts:
        positions = tuple(from_ranges(text))
        known.append((positions, outcome, reason))
        settled = Outcome(outcome) if outcome in SETTLED else None
        doubtful = outcome in (None, Outcome.UNCONFIRMED)
        yield Past(positions, settled, doubtful, reason or "", requests, started, outcome == HALVED)
    if left := tuple(_quarantined(known)):
        yield Past(left, Outcome.UNCONFIRMED, doubtful=False, reason=QUARANTINED, requests=0)


def accepted(pasts: Iterable[Past]) -> set[int]:
    """Return the positions of the rows that were confirmed."""
    return {
        position for past in pasts if past.outcome is Outcome.ACCEPTED for part in past.positions for position in part
    }


def in_doubt(pasts: Iterable[Past]) -> set[int]:
    """Return the positions of the rows that may be stored although nothing confirms it."""
    found: set[int] = set()
    for past in pasts:
        here = (position for part in past.positions for position in part)
        if past.outcome is not None and past.reason != QUARANTINED:
            found.difference_update(here)
        elif past.doubtful or past.halved:
            found.update(here)
    return found


def _quarantined(attempts: Iterable[tuple[tuple[range, ...], str | None, str | None]]) -> Iterator[range]:
    """Yield the positions whose last attempts all ended in a fault of ours, `FAULTS` at least; a kill in between counts
    for nothing."""
    known = [(positions, outcome) for positions, outcome, reason in attempts if outcome or reason == FAULT]
    if all(outcome for _, outcome in known):
        return
    faults: Counter[int] = Counter()
    for positions, outcome in known:
        for position in (position for part in positions for position in part):
            faults[position] = 0 if outcome else faults[position] + 1
    yield from from_ranges(to_ranges(sorted(position for position, count in faults.items() if count >= FAULTS)))
