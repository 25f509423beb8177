"""Exports known by their headers: a table, one entry an export, and the one question whether a list is one of them.

A preset is believed only where *all* of its marker columns are there. Everything else is read by its headers, as any
list is; so an entry is worth writing where an export's order of preference, consent or traps differ from that.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from contact_import import schema
from contact_import.sources import address_books, crm, marketing, platforms, shops
from contact_import.sources.export import Export, Rule, Verified, places

if TYPE_CHECKING:
    from collections.abc import Iterable

EXPORTS: tuple[Export, ...] = (
    *address_books.EXPORTS,
    *crm.EXPORTS,
    *shops.EXPORTS,
    *marketing.EXPORTS,
    *platforms.EXPORTS,
)
"""Every export known."""

__all__ = ["EXPORTS", "Export", "Rule", "Verified", "named", "places", "recognise"]


def recognise(headers: Iterable[str]) -> Export | None:
    """Return the export that *headers* are those of: of several, the one with the most marker columns; or None."""
    there = {schema.normal(header) for header in headers}
    found = [export for export, wanted, without in _marks() if wanted <= there and without.isdisjoint(there)]
    return max(found, key=lambda export: len(export.markers), default=None)


def named(name: str | None) -> Export | None:
    """Return the export called *name*, None where there is none."""
    return next((export for export in EXPORTS if export.name == name), None)


@cache
def _marks() -> tuple[tuple[Export, frozenset[str], frozenset[str]], ...]:
    return tuple(
        (export, frozenset(map(schema.normal, export.markers)), frozenset(map(schema.normal, export.without)))
        for export in EXPORTS
        if export.markers
    )
