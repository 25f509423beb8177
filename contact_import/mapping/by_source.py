"""What is known of a list because its headers are those of a known export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contact_import import schema
from contact_import.mapping.placing import Found, place
from contact_import.sources import Verified, places

if TYPE_CHECKING:
    from contact_import.mapping.draft import Draft
    from contact_import.sources import Export


def settle(draft: Draft, export: Export, closed: frozenset[str]) -> None:
    """Settle the columns that *export* is known to have; for the fields *closed* the user named the column."""
    for header in export.secrets:
        for index in places(header, draft.headers):
            draft.leave(index, f"never read: card data, as {export.name} is known to have")
    for header in export.decoys:
        # What a word of it rules out needs no further word.
        for index in places(header, draft.headers) if schema.hits(header) or not schema.veto(header) else ():
            draft.leave(index, f"not mapped: known from {export.name} to be something else")
    free = set(draft.free())
    confidence = "likely" if export.verified is Verified.ONCE else "sure"
    found: dict[int, Found] = {}
    for rule in export.rules:
        for index in rule.places(draft.headers):
            if index in free:
                # Before all other phones of the list, but for those that say WhatsApp.
                found.setdefault(index, Found(rule.field, export.name, len(found) + 1, confidence))
    place(draft, found, closed)


def is_secret(export: Export | None, index: int, headers: tuple[str, ...]) -> bool:
    """Tell whether column *index* is one that *export* is known to keep secrets in."""
    return any(index in places(header, headers) for header in (export.secrets if export else ()))


def channel(export: Export | None, index: int, headers: tuple[str, ...]) -> str:
    """Return what a consent in column *index* is for, as far as *export* is known to say."""
    rules = [rule for rule in (export.rules if export else ()) if rule.channel and index in rule.places(headers)]
    return rules[0].channel if rules else ""
