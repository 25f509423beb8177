"""What the headers say, and what the values say to that."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from contact_import import schema
from contact_import.mapping import given as named
from contact_import.mapping.values import LOOKS, evidence, is_marked_dial_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contact_import.mapping.draft import Draft

BELIEVED = 0.5
"""Share of values that must agree with a header that has other meanings too."""
STEP = 100
"""Between the ranks of one tier of headers and the next: what a known export prefers lies between the first two."""


class Found(NamedTuple):
    """What a column is by its header; without a field, why it is nothing."""

    field: str | None
    reason: str
    rank: int = 0
    confidence: str = "sure"


def settle(draft: Draft, closed: frozenset[str]) -> None:
    """Settle the columns whose headers are known; *closed* are the fields for which the user named the column."""
    found = {index: _believe(draft, index) for index in draft.free()}
    place(draft, {index: each for index, each in found.items() if each.field}, closed)
    for index, each in found.items():
        if not each.field and each.reason:
            draft.leave(index, each.reason)


def place(draft: Draft, found: Mapping[int, Found], closed: frozenset[str]) -> None:
    """Settle the columns *found* (position → what it is): the best one of a field, all of those that may be several."""
    by_field: dict[str, list[tuple[int, Found]]] = {}
    for index in sorted(found, key=lambda index: (_is_blank(draft, index), found[index].rank, index)):
        by_field.setdefault(found[index].field or "", []).append((index, found[index]))
    for field in schema.FIELDS:
        if field.name != "name":
            _settle_best(draft, field, by_field.get(field.name, []), closed)
    # The name comes last: what a bare "Nome" means depends on the columns beside it.
    _settle_names(draft, by_field.get("name", []), closed)


def _is_blank(draft: Draft, index: int) -> bool:
    # A column without a value in it is no reason to leave another one out.
    return draft.values.any_rows and not draft.values.filled(index)


def _settle_best(draft: Draft, field: schema.Field, found: list[tuple[int, Found]], closed: frozenset[str]) -> None:
    for index, each in found:
        if field.name not in closed and (field.many or not draft.has(field.name)):
            draft.settle(index, field.name, each.reason, each.rank, each.confidence)
        else:
            draft.leave(index, f"not mapped: another {field.noun} column is used")


def _believe(draft: Draft, index: int) -> Found:
    """Return what column *index* is by its header, if its values do not deny it."""
    hits = schema.hits(draft.headers[index])
    quoted = draft.quoted(index)
    if any(hit.field in {"prefix", "country"} for hit in hits):
        return _dial_code_or_country(draft, index, hits)
    for hit in hits:
        if not hit.weak or hit.field not in LOOKS or not draft.values.any_rows:
            return Found(hit.field, quoted, hit.rank * STEP)
        share = draft.values.share(index, LOOKS[hit.field][0])
        if share >= BELIEVED:
            return Found(hit.field, f"{quoted}, {evidence(share, hit.field)}", hit.rank * STEP, "likely")
    if hits and not draft.values.filled(index):
        return Found(None, f"not mapped: {quoted}, and no values that show what it means")
    if hits:
        denied = " or ".join(LOOKS[hit.field][1] for hit in hits)
        return Found(None, f"not mapped: {quoted}, but its values are no {denied}")
    return Found(None, "")


def _dial_code_or_country(draft: Draft, index: int, hits: tuple[schema.Hit, ...]) -> Found:
    """Tell 91 from IN: the headers mix them up, the values do not."""
    header, quoted, values = draft.headers[index], draft.quoted(index), draft.values
    first = hits[0]
    if schema.needs_plus(header):
        if values.share(index, is_marked_dial_code) >= BELIEVED:
            return Found("prefix", f"{quoted}, values begin with +", first.rank * STEP, "likely")
        sure = named.option("map", "prefix", draft.shown[index])
        return Found(None, f"not mapped: {quoted} may hold area codes; if it holds dial codes, add {sure}")
    if not values.filled(index) and not (first.weak and values.any_rows):
        return Found(first.field, quoted, first.rank * STEP)
    # "Prefix" is also Mr and Mrs, which are no countries.
    only_prefix = all(hit.weak and hit.field == "prefix" for hit in hits)
    for field in ("prefix",) if only_prefix else ("prefix", "country"):
        share = values.share(index, LOOKS[field][0])
        if share >= BELIEVED:
            return Found(field, f"{quoted}, {evidence(share, field)}", first.rank * STEP)
    return Found(None, f"not mapped: {quoted}, but its values are no dial codes or countries")


def _settle_names(draft: Draft, found: list[tuple[int, Found]], closed: frozenset[str]) -> None:
    """Settle the name columns: a bare "Nome" is the first name beside a surname, and the other way round."""
    parts_given = not closed.isdisjoint({"first_name", "last_name"})
    for index, each in found:
        if draft.has("name"):
            draft.leave(index, "not mapped: another name column is used")
            continue
        field, why = _part_of_name(draft, index)
        if field == "name" and (parts_given or "name" in closed):
            # It would win over the two that the user asked for.
            draft.leave(index, "not mapped: the name is made of the columns given by --map")
        else:
            draft.settle(index, field, each.reason + why, each.rank, each.confidence)


def _part_of_name(draft: Draft, index: int) -> tuple[str, str]:
    """Return what a name column is beside the columns settled so far, and the words for it."""
    if not schema.bare_name(draft.headers[index]):
        return "name", ""
    beside = {column.field: column.index for column in draft.feeding("first_name", "last_name")}
    first, last = beside.get("first_name"), beside.get("last_name")
    if last is not None and first is None and not draft.values.contains(index, last):
        return "first_name", ": the first name, as the surname has a column of its own"
    if first is not None and last is None:
        whole = draft.values.contains(index, first)
        if whole is False or (whole is None and schema.surname_beside(draft.headers[first])):
            return "last_name", ": the surname, as the first name has a column of its own"
    return "name", ""
