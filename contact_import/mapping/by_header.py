"""What the headers say, and what the values say to that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contact_import import schema
from contact_import.mapping import areas, by_words, countries, dial_codes, others
from contact_import.mapping.by_value import EVIDENT
from contact_import.mapping.placing import SECOND_CHOICE, STEP, Found, is_second, place
from contact_import.mapping.values import BELIEVED, LOOKS, evidence, is_long_phone, is_phone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contact_import.mapping.draft import Draft

_NAMES = frozenset({"name", "first_name", "last_name"})
_OTHER_NAME = 3
"""The tier of names behind all others: a "Contact" of words, which may be anybody's beside "Name"."""

FEW = 0.2
"""Share of phones that shows a column to hold phones where it has them, and a yes or nothing elsewhere."""


def settle(draft: Draft, closed: frozenset[str], region: str | None, *, known: bool = False) -> None:
    """Settle the columns whose headers are known; *closed* are the fields for which the user named the column.

    *region* is whose numbers those without a code are. In a *known* export the order of columns says nothing.
    """
    found = {index: _found(draft, index, region) for index in draft.free() if not areas.looks(draft, index)}
    if not known:
        found |= _bare_number(draft, found)
        found |= others.few(draft, found)
        found |= others.phones(draft, found)
    place(draft, {index: each for index, each in found.items() if each.field}, closed)
    for index, each in found.items():
        if not each.field and each.reason:
            draft.leave(index, each.reason)


def _found(draft: Draft, index: int, region: str | None) -> Found:
    """Return what column *index* is as a usual header has it, or else as its words for consent do."""
    if elsewhere := countries.elsewhere(draft.headers[index], draft.shown[index], region):
        return elsewhere
    hits = countries.hits(draft.headers[index])
    usual = _believe(draft, index, hits) if hits else Found(None, "")
    return usual if usual.field else _consent(draft, index) or usual


def _believe(draft: Draft, index: int, hits: tuple[schema.Hit, ...]) -> Found:
    """Return which of *hits* column *index* is, if its values do not deny it."""
    header, quoted, values = draft.headers[index], draft.quoted(index), draft.values
    if hits[0].field == "area":
        return Found(None, "" if hits[0].weak else f"not mapped: {quoted}, but its values are no area codes")
    if any(hit.field in {"prefix", "country"} for hit in hits):
        return dial_codes.tell(draft, index, hits)
    unseen = not values.any_rows and not schema.needs_length(header)
    for hit in hits:
        if not hit.weak or hit.field not in LOOKS or unseen:
            return Found(hit.field, quoted, hit.rank * STEP)
        share, enough = _agreeing(draft, index, hit)
        if enough:
            rank = _OTHER_NAME if hit.field == "name" and len(hits) > 1 else hit.rank
            return Found(hit.field, f"{quoted}, {evidence(share, hit.field)}", rank * STEP, "likely")
    if not values.filled(index):
        return Found(None, f"not mapped: {quoted}, and no values that show what it means")
    denied = " or ".join(LOOKS[hit.field][1] for hit in hits)
    return Found(None, f"not mapped: {quoted}, but its values are no {denied}")


def _agreeing(draft: Draft, index: int, hit: schema.Hit) -> tuple[float, bool]:
    """Return the share of the values of column *index* that agree with the weak *hit*, and whether that is enough."""
    header, values = draft.headers[index], draft.values
    if hit.field == "phone" and schema.channel(header) == "whatsapp":
        share = values.told_share(index, is_phone)
        return share, values.distinct(index)[0] > 1 or share >= FEW
    if hit.field in _NAMES and values.like(index, "phone") >= BELIEVED:
        return 0.0, False
    share = values.told_share(index, is_long_phone if schema.needs_length(header) else LOOKS[hit.field][0])
    return share, share >= BELIEVED


def _bare_number(draft: Draft, found: Mapping[int, Found]) -> dict[int, Found]:
    """Return the column "Number" as the phone, where one stands beside a name and no header says phone better."""
    fields = {each.field for each in found.values()} | {column.field for column in draft.columns.values()}
    better = draft.has("phone") or any(each.field == "phone" and not is_second(each.rank) for each in found.values())
    if better or fields.isdisjoint(_NAMES):
        return {}
    bare = [index for index in draft.free() if schema.is_bare_number(draft.headers[index])]
    likely = [index for index in bare if _is_like_phones(draft, index)]
    if len(likely) != 1:
        return {}
    reason = f"{draft.quoted(likely[0])}, {evidence(draft.values.share(likely[0], is_long_phone), 'phone')}"
    return {likely[0]: Found("phone", reason, SECOND_CHOICE - STEP, "likely")}


def _is_like_phones(draft: Draft, index: int) -> bool:
    values = draft.values
    return values.share(index, is_long_phone) >= EVIDENT and not values.counts_up(index) and not values.repeats(index)


def _consent(draft: Draft, index: int) -> Found | None:
    """Return what the words of a header say of consent, None where they say nothing of it."""
    field = by_words.field(draft.headers[index])
    # "E-mail for those who agreed" holds addresses, and no answers.
    people = field == "opt_in" and any(draft.values.like(index, each) >= BELIEVED for each in ("phone", "email"))
    return Found(field, f"words of the {draft.quoted(index)}", confidence="likely") if field and not people else None
