"""Whether what was accepted is in the platform's list."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from contact_import.choice import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from contact_import.readback.inbox import Inbox
    from contact_import.readback.sent import Sent

LONGEST_PAUSE = 30.0
"""Seconds between two looks at the list."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look at the list says of the accepted rows of a run, by position, ascending."""

    there: tuple[int, ...]
    missing: tuple[int, ...]
    unknown: tuple[int, ...]
    """They could not be compared: the journal has no mark of them."""

    def symbols(self) -> Iterator[tuple[str, int]]:
        """Yield (symbol, position) in order: "=" there, "-" accepted but not in the list, "!" not compared."""
        pairs = [("=", self.there), ("-", self.missing), ("!", self.unknown)]
        yield from sorted(((sign, at) for sign, found in pairs for at in found), key=lambda pair: pair[1])


async def verify(inbox: Inbox, sent: Sent, *, sample: int | None, wait: float, tell: Callable[[str], None]) -> Verified:
    """Look for the accepted rows of a run, or for *sample* of them spread over it.

    A new contact may show up late: the list is looked at again for *wait* seconds while any is missing.
    """
    everyone = np.array(sorted([*sent.accepted.values(), *sent.unmarked]), dtype=np.int64)
    taken = spread(len(everyone), sample=sample)
    chosen = set((everyone if taken is None else everyone[taken]).tolist())
    missing = {mark: position for mark, position in sent.accepted.items() if position in chosen}
    there, unknown = list[int](), sorted(chosen.intersection(sent.unmarked))
    end, pause = time.monotonic() + wait, 1.0
    while True:
        there += await _look(inbox, sent, missing)
        left = end - time.monotonic()
        if not missing or left <= 0:
            return Verified(tuple(sorted(there)), tuple(sorted(missing.values())), tuple(unknown))
        tell(f"{len(missing):,} are not in the list yet; looking again for {left:.0f} seconds")
        await inbox.pause(min(pause, left))
        pause = min(2 * pause, LONGEST_PAUSE)


async def _look(inbox: Inbox, sent: Sent, missing: dict[bytes, int]) -> list[int]:
    """Take those out of *missing* (mark → position) that are in the list, and return their positions."""
    found = list[int]()
    if missing:
        async for contact in inbox.contacts():
            mark = None if contact.phone is None else sent.mark(contact.phone)
            if mark in missing:
                found.append(missing.pop(mark))
                if not missing:
                    break
    return found
