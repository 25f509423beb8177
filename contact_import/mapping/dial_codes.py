"""Which column holds the phones' dial codes: headers mix them up with countries and area codes, or do not say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from contact_import import schema
from contact_import.mapping import given as named
from contact_import.mapping.placing import STEP, Found
from contact_import.mapping.values import (
    BELIEVED,
    evidence,
    is_calling_code,
    is_international,
    is_marked_dial_code,
)

if TYPE_CHECKING:
    from contact_import.mapping.draft import Draft

NEARLY_ALL = 0.9
"""Share of values that must be calling codes where the header hardly says so."""


def tell(draft: Draft, index: int, hits: tuple[schema.Hit, ...]) -> Found:
    """Return what column *index* is, whose header may mean a dial code or a country: 91 or IN, as its values say."""
    header, quoted, values = draft.headers[index], draft.quoted(index), draft.values
    first = hits[0]
    if schema.needs_plus(header):
        if values.share(index, is_marked_dial_code) >= BELIEVED:
            return Found("prefix", f"{quoted}, values begin with +", first.rank * STEP, "likely")
        return Found(None, f"not mapped: {quoted} may hold area codes; if it holds dial codes, {_add(draft, index)}")
    if schema.needs_calling_codes(header):
        return _perhaps(draft, index, first)
    if not values.filled(index) and not (first.weak and values.any_rows):
        return Found(first.field, quoted, first.rank * STEP)
    # "Prefix" is also Mr and Mrs, which are no countries.
    only_prefix = all(hit.weak and hit.field == "prefix" for hit in hits)
    for field in ("prefix",) if only_prefix else ("prefix", "country"):
        share = values.like(index, field)
        if share >= BELIEVED:
            return Found(field, f"{quoted}, {evidence(share, field)}", first.rank * STEP)
    return Found(None, f"not mapped: {quoted}, but its values are no dial codes or countries")


def _perhaps(draft: Draft, index: int, hit: schema.Hit) -> Found:
    """Return what column *index* is, whose header may mean a dial code or much else."""
    header, quoted = draft.headers[index], draft.quoted(index)
    if _all_calling_codes(draft, index) and (not schema.is_bare_code(header) or _beside_phone(draft, index)):
        share = draft.values.share(index, is_calling_code)
        return Found("prefix", f"{quoted}, {evidence(share, 'prefix')}", hit.rank * STEP, "likely")
    return Found(None, f"not mapped: {quoted} may mean much; if it holds dial codes, {_add(draft, index)}")


def _add(draft: Draft, index: int) -> str:
    return f"add {named.option('map', 'prefix', draft.shown[index])}"


def _all_calling_codes(draft: Draft, index: int) -> bool:
    return draft.values.share(index, is_calling_code) >= NEARLY_ALL and not draft.values.counts_up(index)


def _beside_phone(draft: Draft, index: int) -> bool:
    """Tell whether a phone column is next to column *index*."""
    beside = (*draft.headers[max(index - 1, 0) : index], *draft.headers[index + 1 : index + 2])
    return any(hit.field == "phone" for header in beside for hit in schema.hits(header))


def unclear(draft: Draft, region: str | None, given: frozenset[int]) -> int | None:
    """Return a column that may hold dial codes or something else; None where there is none.

    Those at the positions *given* are as the user says.
    """
    found = unsaid(draft) if (doubt := _doubtful(draft, region)) is None else doubt
    return None if found in given else found


def _doubtful(draft: Draft, region: str | None) -> int | None:
    """Return a bare "Code" that was taken for the dial code and may be a branch or a class; None where there is none.

    One whose most frequent value is another calling code than that of *region* may be. Without a region, 1 and 7 are
    as likely a class as America and Russia. Phones that begin with + need no dial code, so that it does no harm.
    """
    taken = [column.index for column in draft.feeding("prefix") if schema.is_bare_code(draft.headers[column.index])]
    if not taken:
        return None
    marked = (draft.values.share(column.index, is_international) for column in draft.feeding("phone"))
    if all(share >= NEARLY_ALL for share in marked):
        return None
    return taken[0] if _contradicts(draft.values.told(taken[0]), region) else None


def _contradicts(cells: list[str], region: str | None) -> bool:
    """Tell whether the dial codes *cells* speak against *region*; without one, whether they are of one digit each."""
    from contact_import.phones.prefixes import prefix_of  # noqa: PLC0415 - importing the mapping must not cost pandas

    codes = Counter(prefix_of(cell).code for cell in cells)
    if not region:
        return all(code < _TWO_DIGITS for code in codes)
    return codes.most_common(1)[0][0] != prefix_of(region).code


_TWO_DIGITS = 10


def unsaid(draft: Draft) -> int | None:
    """Return a column that may hold the first digits of the phones behind it, though no header says so; None if none.

    A class or a ward is rarely a calling code in nearly every row. Phones that begin with + need none.
    """
    if draft.has("prefix", "country"):
        return None
    free = draft.free()
    before = (column.index - 1 for column in draft.feeding("phone") if column.index - 1 in free)
    return next((index for index in before if _belongs_to_next(draft, index)), None)


def _belongs_to_next(draft: Draft, index: int) -> bool:
    return (
        _all_calling_codes(draft, index)
        and not schema.veto(draft.headers[index])
        and draft.values.share(index + 1, is_international) < NEARLY_ALL
    )
