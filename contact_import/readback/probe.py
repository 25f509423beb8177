"""Whether the platform knows people by their phone: somebody's own number sent twice as the same bytes, and counted."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from contact_import import api
from contact_import.readback.sent import LATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from contact_import.readback.inbox import Inbox

LONGEST_PAUSE = 30.0
"""Seconds between two looks at the list."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look at the list showed."""

    times: int
    """How often the number is in it."""
    is_new: bool = False
    """One of these contacts was made by the probe."""


@dataclass(frozen=True, slots=True)
class Probed:
    """What the looks at the list showed."""

    before: int
    """How often the number was there before the probe."""
    made_first: bool
    """The contact that the first request made was there before the second one left."""
    after: int
    """How often the number was there at last."""
    waited: float
    """Seconds that copies had to show up, at least."""

    @property
    def verdict(self) -> str:
        """Return "copies", "unseen" where the list does not show the number, "upsert" where a copy would be there too.

        A copy would be there where its original was by then, or after the longest time that a contact takes to show up;
        else it is "unknown".
        """
        if self.after > max(1, self.before):
            return "copies"
        if not self.after:
            return "unseen"
        is_sure = self.waited >= LATE or (self.made_first and not self.before)
        return "upsert" if is_sure and self.after >= self.before else "unknown"


def contact(prefix: str, number: str, name: str) -> bytes:
    """Return the request body with this one contact."""
    columns = {"name": [name], "email": [""], "prefix": [prefix], "number": [number], "tags": [()]}
    return api.body(api.encode(pd.DataFrame(columns)))


async def probe(inbox: Inbox, phone: int, content: bytes, *, wait: float, tell: Callable[[str], None]) -> Probed:
    """Send *content*, a request body with the contact of *phone*, twice, and count that contact.

    A number that is not there yet is sent again only when it has shown up. It has *wait* seconds for that, and so has
    its copy.
    """
    before = (await _look(inbox, phone, None)).times
    since = time.time()
    await inbox.put(content)
    shown = Seen(before)
    if not before:
        shown = await _until(inbox, phone, since, wait, lambda seen: seen.times > 0, tell)
        if not shown.times:
            return Probed(before, made_first=False, after=0, waited=wait)
    await inbox.put(content)
    last = await _until(inbox, phone, since, wait, lambda seen: seen.times > max(1, before), tell)
    return Probed(before, shown.is_new, last.times, wait)


async def _until(
    inbox: Inbox, phone: int, since: float, wait: float, holds: Callable[[Seen], bool], tell: Callable[[str], None]
) -> Seen:
    """Return the first look at the list of which that *holds*, or the one after *wait* seconds."""
    end, pause = time.monotonic() + wait, 1.0
    while True:
        seen = await _look(inbox, phone, since)
        left = end - time.monotonic()
        if holds(seen) or left <= 0:
            return seen
        tell(f"there {seen.times} times so far; looking again for {left:.0f} seconds")
        await inbox.pause(min(pause, left))
        pause = min(2 * pause, LONGEST_PAUSE)


async def _look(inbox: Inbox, phone: int, since: float | None) -> Seen:
    """Count the contacts of *phone*; new are those that were made *since* then, by the clock of this machine."""
    found = [contact.created async for contact in inbox.contacts() if contact.phone == phone]
    if since is None or inbox.ahead is None:
        return Seen(len(found))
    return Seen(len(found), any(created is not None and created >= since + inbox.ahead for created in found))
