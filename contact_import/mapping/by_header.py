"""What the headers say, and what the values say to that."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from contact_import import schema
from contact_import.mapping import given as named
from contact_import.mapping.values import LOOKS, evidence, is_marked_dial_code

if TYPE_CHECKING:
    from contact_import.mapping.draft import Draft

BELIEVED = 0.5
"""Share of values that must agree with a header that has other meanings too."""


class _Candidate(NamedTuple):
    """A column that could feed a field; the least is the best."""

    blank: bool
    rank: int
    position: int
    reason: str


def settle(draft: Draft, closed: frozenset[str]) -> None:
    """Settle the columns whose headers are known; *closed* are the fields for which the user named the column."""
    found: dict[str, list[_Candidate]] = {}
    for index in draft.free():
        field, rank, reason = _believe(draft, index)
        if field:
            # A column without a value in it is no reason to leave another one out.
            blank = draft.values.any_rows and not draft.values.filled(index)
            found.setdefault(field, []).append(_Candidate(blank, rank, index, reason))
        elif reason:
            draft.leave(index, reason)
    for each in schema.FIELDS:
        if each.name != "name":
            _settle_best(draft, each, sorted(found.get(each.name, [])), closed)
    # The name comes last: what a bare "Nome" means depends on the columns beside it.
    _settle_names(draft, sorted(found.get("name", [])), closed)


def _settle_best(draft: Draft, field: schema.Field, candidates: list[_Candidate], closed: frozenset[str]) -> None:
    for candidate in candidates:
        if field.name not in closed and (field.many or not draft.has(field.name)):
            draft.settle(candidate.position, field.name, candidate.reason, candidate.rank)
        else:
            draft.leave(candidate.position, f"not mapped: another {field.noun} column is used")


def _believe(draft: Draft, index: int) -> tuple[str | None, int, str]:
    """Return the field of column *index* by its header, with rank and reason; or None and why its values deny it."""
    hits = schema.hits(draft.headers[index])
    quoted = draft.quoted(index)
    if any(hit.field in {"prefix", "country"} for hit in hits):
        return _dial_code_or_country(draft, index, hits)
    for hit in hits:
        if not hit.weak or hit.field not in LOOKS or not draft.values.any_rows:
            return hit.field, hit.rank, quoted
        share = draft.values.share(index, LOOKS[hit.field][0])
        if share >= BELIEVED:
            return hit.field, hit.rank, f"{quoted}, {evidence(share, hit.field)}"
    if hits and not draft.values.filled(index):
        return None, 0, f"not mapped: {quoted}, and no values that show what it means"
    if hits:
        denied = " or ".join(LOOKS[hit.field][1] for hit in hits)
        return None, 0, f"not mapped: {quoted}, but its values are no {denied}"
    return None, 0, ""


def _dial_code_or_country(draft: Draft, index: int, hits: tuple[schema.Hit, ...]) -> tuple[str | None, int, str]:
    """Tell 91 from IN: the headers mix them up, the values do not."""
    header, quoted, values = draft.headers[index], draft.quoted(index), draft.values
    first = hits[0]
    if schema.needs_plus(header):
        if values.share(index, is_marked_dial_code) >= BELIEVED:
            return "prefix", first.rank, f"{quoted}, values begin with +"
        sure = named.option("map", "prefix", draft.shown[index])
        return None, 0, f"not mapped: {quoted} may hold area codes; if it holds dial codes, add {sure}"
    if not values.filled(index) and not (first.weak and values.any_rows):
        return first.field, first.rank, quoted
    # "Prefix" is also Mr and Mrs, which are no countries.
    only_prefix = all(hit.weak and hit.field == "prefix" for hit in hits)
    for field in ("prefix",) if only_prefix else ("prefix", "country"):
        share = values.share(index, LOOKS[field][0])
        if share >= BELIEVED:
            return field, first.rank, f"{quoted}, {evidence(share, field)}"
    return None, 0, f"not mapped: {quoted}, but its values are no dial codes or countries"


def _settle_names(draft: Draft, candidates: list[_Candidate], closed: frozenset[str]) -> None:
    """Settle the name columns: a bare "Nome" is the first name beside a surname, and the other way round."""
    parts_given = not closed.isdisjoint({"first_name", "last_name"})
    for _blank, rank, index, reason in candidates:
        if draft.has("name"):
            draft.leave(index, "not mapped: another name column is used")
            continue
        field, why = _part_of_name(draft, index)
        if field == "name" and parts_given:
            # It would win over the two that the user asked for.
            draft.leave(index, "not mapped: the name is made of the columns given by --map")
        else:
            draft.settle(index, field, reason + why, rank)


def _part_of_name(draft: Draft, index: int) -> tuple[str, str]:
    """Return what a name column is beside the columns settled so far, and the words for it."""
    if not schema.bare_name(draft.headers[index]):
        return "name", ""
    beside = {column.field: column.index for column in draft.columns.values()}
    first, last = beside.get("first_name"), beside.get("last_name")
    if last is not None and first is None and not draft.values.contains(index, last):
        return "first_name", ": the first name, as the surname has a column of its own"
    if first is not None and last is None:
        whole = draft.values.contains(index, first)
        if whole is False or (whole is None and schema.surname_beside(draft.headers[first])):
            return "last_name", ": the surname, as the first name has a column of its own"
    return "name", ""
