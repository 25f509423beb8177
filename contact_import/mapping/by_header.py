"""What the headers say, and what the values say to that."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from contact_import import schema
from contact_import.mapping import by_words
from contact_import.mapping import given as named
from contact_import.mapping.values import (
    LOOKS,
    evidence,
    is_calling_code,
    is_international,
    is_long_phone,
    is_marked_dial_code,
    is_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contact_import.mapping.draft import Draft

BELIEVED = 0.5
"""Share of values that must agree with a header that has other meanings too."""
NEARLY_ALL = 0.9
"""Share of values that must be calling codes where the header hardly says so."""
FEW = 0.2
"""Share of phones that shows a column to hold phones where it has them, and a yes or nothing elsewhere."""
STEP = 100
"""Between the ranks of one tier of headers and the next: what a known export prefers lies between the first two."""


REPEATED = "not mapped: one and the same phone in more than half of its cells"


class Found(NamedTuple):
    """What a column is by its header; without a field, why it is nothing."""

    field: str | None
    reason: str
    rank: int = 0
    confidence: str = "sure"


def settle(draft: Draft, closed: frozenset[str], *, known: bool = False) -> None:
    """Settle the columns whose headers are known; *closed* are the fields for which the user named the column.

    In a *known* export the order of columns says nothing.
    """
    found = {index: _consent(draft, index, _believe(draft, index)) for index in draft.free()}
    if not known:
        _leave_to_others(draft, found)
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
        if field.name == "phone" and draft.values.repeats(index):
            draft.leave(index, REPEATED)
        elif field.name not in closed and (field.many or not draft.has(field.name)):
            draft.settle(index, field.name, each.reason, each.rank, each.confidence)
        else:
            draft.leave(index, f"not mapped: another {field.noun} column is used")


def _consent(draft: Draft, index: int, found: Found) -> Found:
    """Return what the words of a header say of consent where it is no usual header of any field; else *found*."""
    field = "" if found.field else by_words.field(draft.headers[index])
    # "E-mail for those who agreed" holds addresses, and no answers.
    people = field == "opt_in" and any(
        draft.values.share(index, LOOKS[each][0]) >= BELIEVED for each in ("phone", "email")
    )
    return found if people or not field else Found(field, f"words of the {draft.quoted(index)}", confidence="likely")


def _believe(draft: Draft, index: int) -> Found:
    """Return what column *index* is by its header, if its values do not deny it."""
    hits = schema.hits(draft.headers[index])
    quoted = draft.quoted(index)
    if any(hit.field in {"prefix", "country"} for hit in hits):
        return _dial_code_or_country(draft, index, hits)
    for hit in hits:
        unseen = not draft.values.any_rows and not schema.needs_length(draft.headers[index])
        if not hit.weak or hit.field not in LOOKS or unseen:
            return Found(hit.field, quoted, hit.rank * STEP)
        share, enough = _share(draft, index, hit)
        if enough:
            return Found(hit.field, f"{quoted}, {evidence(share, hit.field)}", hit.rank * STEP, "likely")
    if hits and not draft.values.filled(index):
        return Found(None, f"not mapped: {quoted}, and no values that show what it means")
    if hits:
        denied = " or ".join(LOOKS[hit.field][1] for hit in hits)
        return Found(None, f"not mapped: {quoted}, but its values are no {denied}")
    return Found(None, "")


def _share(draft: Draft, index: int, hit: schema.Hit) -> tuple[float, bool]:
    """Return the share of the values of column *index* that agree with the weak *hit*, and whether that is enough."""
    if hit.field != "phone":
        share = draft.values.share(index, LOOKS[hit.field][0])
    elif schema.needs_length(draft.headers[index]):
        share = draft.values.share(index, is_long_phone)
    elif schema.channel(draft.headers[index]) == "whatsapp":
        phones, share = draft.values.told_phones(index)
        return share, phones > 1 or share >= FEW
    else:
        share = draft.values.share(index, LOOKS["phone"][0])
    return share, share >= BELIEVED


def _leave_to_others(draft: Draft, found: dict[int, Found]) -> None:
    """Take out of *found* the phones that stand behind a second person's name, where the contact's stand before it."""
    person: int | None = None  # the last name before the column, where it is not the contact's
    names: set[str] = set()
    own = False
    for index, header in enumerate(draft.headers):
        each = found.get(index, Found(None, ""))
        if each.field in {"name", "first_name", "last_name"}:
            form = schema.unnumbered(header)
            person = index if own and form in names else None
            names.add(form)
        elif not each.field and index not in draft.columns and _is_person(draft, index):
            person = index
        elif each.field == "phone" and person is not None and own:
            found[index] = Found(None, f'not mapped: belongs to the column "{draft.shown[person]}"')
        own = own or _feeds_phone(draft, index, each)


def _feeds_phone(draft: Draft, index: int, found: Found) -> bool:
    return found.field == "phone" or (index in draft.columns and draft.columns[index].field == "phone")


def _is_person(draft: Draft, index: int) -> bool:
    """Tell whether column *index* names somebody else than the contact."""
    if not schema.said(draft.headers[index], schema.OTHER_PEOPLE):
        return False
    if draft.values.filled(index):
        return draft.values.share(index, is_words) >= BELIEVED
    return not schema.speaks_of(draft.headers[index], "phone", "email")


def unsaid_dial_code(draft: Draft) -> int | None:
    """Return a column that may hold the first digits of the phones behind it, though no header says so; None if none.

    A class or a ward is rarely a calling code in nearly every row. Phones that begin with + need none.
    """
    values = draft.values
    if draft.has("prefix", "country"):
        return None
    beside = (column.index - 1 for column in draft.feeding("phone") if column.index - 1 in draft.free())
    return next(
        (
            index
            for index in beside
            if _all_calling_codes(draft, index)
            and not schema.veto(draft.headers[index])
            and values.share(index + 1, is_international) < NEARLY_ALL
        ),
        None,
    )


def _all_calling_codes(draft: Draft, index: int) -> bool:
    return draft.values.share(index, is_calling_code) >= NEARLY_ALL and not draft.values.counts_up(index)


def _dial_code_or_country(draft: Draft, index: int, hits: tuple[schema.Hit, ...]) -> Found:
    """Tell 91 from IN: the headers mix them up, the values do not."""
    header, quoted, values = draft.headers[index], draft.quoted(index), draft.values
    first = hits[0]
    if schema.needs_plus(header):
        if values.share(index, is_marked_dial_code) >= BELIEVED:
            return Found("prefix", f"{quoted}, values begin with +", first.rank * STEP, "likely")
        sure = named.option("map", "prefix", draft.shown[index])
        return Found(None, f"not mapped: {quoted} may hold area codes; if it holds dial codes, add {sure}")
    if schema.needs_calling_codes(header):
        return _perhaps_dial_code(draft, index, first)
    if not values.filled(index) and not (first.weak and values.any_rows):
        return Found(first.field, quoted, first.rank * STEP)
    # "Prefix" is also Mr and Mrs, which are no countries.
    only_prefix = all(hit.weak and hit.field == "prefix" for hit in hits)
    for field in ("prefix",) if only_prefix else ("prefix", "country"):
        share = values.share(index, LOOKS[field][0])
        if share >= BELIEVED:
            return Found(field, f"{quoted}, {evidence(share, field)}", first.rank * STEP)
    return Found(None, f"not mapped: {quoted}, but its values are no dial codes or countries")


def _perhaps_dial_code(draft: Draft, index: int, hit: schema.Hit) -> Found:
    """Return what column *index* is, whose header may mean a dial code or much else."""
    header, quoted = draft.headers[index], draft.quoted(index)
    if _all_calling_codes(draft, index) and (not schema.is_bare_code(header) or _beside_phone(draft, index)):
        share = draft.values.share(index, is_calling_code)
        return Found("prefix", f"{quoted}, {evidence(share, 'prefix')}", hit.rank * STEP, "likely")
    sure = named.option("map", "prefix", draft.shown[index])
    return Found(None, f"not mapped: {quoted} may mean much; if it holds dial codes, add {sure}")


def _beside_phone(draft: Draft, index: int) -> bool:
    """Tell whether a phone column is next to column *index*."""
    beside = (place for place in (index - 1, index + 1) if 0 <= place < len(draft.headers))
    return any(hit.field == "phone" for place in beside for hit in schema.hits(draft.headers[place]))


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
