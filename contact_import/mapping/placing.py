"""Which of the columns found for a field feed it: the best one, or all of them where they may be several."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from contact_import import schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contact_import.mapping.draft import Draft

STEP = 100
"""Between the ranks of one tier of headers and the next: what a known export prefers lies between the first two."""

SECOND_CHOICE = 3 * STEP
"""The rank of phones that are of some place, or of somebody's second number: at home, in the office, alternate."""

REPEATED = "not mapped: one and the same phone in more than half of its cells"


class Found(NamedTuple):
    """What a column is by its header or its export; without a field, why it is nothing."""

    field: str | None
    reason: str
    rank: int = 0
    confidence: str = "sure"


def is_second(rank: int) -> bool:
    """Tell whether a phone column of *rank* is one that people prefer another of theirs to."""
    return rank >= SECOND_CHOICE


def place(draft: Draft, found: Mapping[int, Found], closed: frozenset[str]) -> None:
    """Settle the columns *found* (position → what it is); *closed* are the fields the user named a column for."""
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


def _settle_names(draft: Draft, found: list[tuple[int, Found]], closed: frozenset[str]) -> None:
    """Settle the name columns: a bare "Nome" is the first name beside a surname, and the other way round."""
    for index, each in found:
        if draft.has("name"):
            draft.leave(index, "not mapped: another name column is used")
            continue
        field, why = _part_of_name(draft, index)
        if field == "name" and not closed.isdisjoint({"name", "first_name", "last_name"}):
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
