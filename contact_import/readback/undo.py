"""Taking a run back: only the contacts that it made itself, and nobody else knows of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contact_import.journal import Journal
    from contact_import.readback.inbox import Inbox
    from contact_import.readback.sent import Sent, Span
    from contact_import.readback.wire import Contact

AT_ONCE = 50
"""Contacts that one request deletes."""
OLDER = "they were there before this run"
LATER = "they were made when this run was not sending them"
SHARED = "another run sent them too"
UNCOMPARED = (
    "this machine's clock and the platform's were more than a day apart, or no answer told, when they were sent"
)
UNDATED = "the platform does not say since when they are there"


@dataclass(slots=True)
class Claim:
    """The contacts on the platform that have the phone of an accepted row."""

    ours: list[str] = field(default_factory=list)
    """The platform's names of those that the run made."""
    kept: Counter[str] = field(default_factory=Counter)
    """Why others are left where they are → how many."""


async def claim(inbox: Inbox, sent: Sent, others: Sequence[Sent]) -> Claim:
    """Tell which contacts the run made. *others*: what all other runs to this platform sent.

    Whether a contact was made while the run sent it is known to a second, as the platform's clock is.
    """
    found = Claim()
    async for contact in inbox.contacts():
        mark = None if contact.phone is None else sent.mark(contact.phone)
        if mark is None or mark not in sent.accepted:
            continue
        why = _why_not(contact, sent.spans.get(mark, ()), others)
        if why:
            found.kept[why] += 1
        else:
            found.ours.append(contact.id)
    return found


def _why_not(contact: Contact, spans: Sequence[Span], others: Iterable[Sent]) -> str:
    """Return why *contact* is no work of the run, which may have made it in any of *spans*; "" where it is."""
    if contact.created is None:
        return UNDATED
    if not spans:
        return UNCOMPARED
    if contact.created < min(start for start, _ in spans):
        return OLDER
    if not any(start <= contact.created <= end for start, end in spans):
        return LATER
    if any(other.mark(contact.phone or 0) in other.touched for other in others):
        return SHARED
    return ""


async def delete(inbox: Inbox, contacts: Sequence[str], journal: Journal) -> None:
    """Delete *contacts*, some at a time; *journal* knows of each step before it and after it."""
    for start in range(0, len(contacts), AT_ONCE):
        some = contacts[start : start + AT_ONCE]
        step = journal.deleting(some)
        await inbox.delete(some)
        journal.deleted(step)
