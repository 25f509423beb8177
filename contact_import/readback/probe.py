"""Whether the platform knows people by their phone: somebody's own number sent twice as the same bytes, and counted."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from contact_import import api

if TYPE_CHECKING:
    from collections.abc import Callable

    from contact_import.readback.inbox import Inbox

LONGEST_PAUSE = 30.0
"""Seconds between two looks at the list."""


@dataclass(frozen=True, slots=True)
class Probed:
    """How often the number was in the list."""

    before: int
    after: int

    @property
    def verdict(self) -> str:
        """Return "upsert" (sent twice, there once), "copies", or "unseen" where the list does not show it."""
        if self.after > max(1, self.before):
            return "copies"
        return "upsert" if self.after else "unseen"


def contact(prefix: str, number: str, name: str) -> bytes:
    """Return the request body with this one contact."""
    columns = {"name": [name], "email": [""], "prefix": [prefix], "number": [number], "tags": [()]}
    return api.body(api.encode(pd.DataFrame(columns)))


async def probe(inbox: Inbox, phone: int, content: bytes, *, wait: float, tell: Callable[[str], None]) -> Probed:
    """Send *content*, a request body with the contact of *phone*, twice, and count that contact.

    A new contact may show up late, and so may its copy: without copies, the count is that after *wait* seconds.
    """
    before = await _count(inbox, phone)
    await inbox.put(content)
    await inbox.put(content)
    end, pause = time.monotonic() + wait, 1.0
    while True:
        found = Probed(before, await _count(inbox, phone))
        left = end - time.monotonic()
        if found.verdict == "copies" or left <= 0:
            return found
        tell(f"there {found.after} times so far; looking again for {left:.0f} seconds")
        await asyncio.sleep(min(pause, left))
        pause = min(2 * pause, LONGEST_PAUSE)


async def _count(inbox: Inbox, phone: int) -> int:
    return sum([contact.phone == phone async for contact in inbox.contacts()])
