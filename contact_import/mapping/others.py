"""Which phones are another person's: Name, Phone, Father, Mobile; and Customer, Phone, Handled By, Mobile."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from contact_import import schema
from contact_import.mapping import given as named
from contact_import.mapping.by_value import EVIDENT, likely_phones
from contact_import.mapping.placing import Found, is_second
from contact_import.mapping.values import BELIEVED, is_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contact_import.mapping.draft import Draft

THEIRS = "not mapped: belongs to the column"

_NOTHING = Found(None, "")
_NAMES = frozenset({"name", "first_name", "last_name"})


def few(draft: Draft, found: Mapping[int, Found]) -> dict[int, Found]:
    """Return why some of the phone columns *found* are not the contacts': few phones that come back, beside many."""
    phones = [index for index, each in found.items() if each.field == "phone" and not draft.values.repeats(index)]
    beside = {index: next((one for one in phones if draft.values.is_few_beside(index, one)), None) for index in phones}
    return {
        index: Found(None, f'not mapped: few phones that come back, where those in "{draft.shown[one]}" do not')
        for index, one in beside.items()
        if one is not None
    }


def phones(draft: Draft, found: Mapping[int, Found]) -> dict[int, Found]:
    """Return why some of the columns *found* are not the contact's phones, where those stand before them."""
    theirs: dict[int, Found] = {}
    person: int | None = None  # the last column of words before, where it is not the contact's
    seen: set[str] = set()
    since: list[int] = []  # the phones behind the last name
    own = leads = False  # a phone stands before; and before the first name too, so that each may follow its phone
    for index, header in enumerate(draft.headers):
        each = found.get(index, _NOTHING)
        if each.field in _NAMES:
            form = schema.unnumbered(header)
            person = index if own and form in seen else None
            theirs |= {phone: _of(draft, index) for phone in since if person is not None}
            since.clear()
            leads = own and (leads or not seen)
            seen.add(form)
        elif each.field == "phone" and person is not None and own:
            theirs[index] = _of(draft, person)
        elif each.field == "phone" and leads:
            since.append(index)
        elif not each.field and index not in draft.columns and _is_person(draft, index, behind=own):
            person = index
        own = own or _feeds_phone(draft, index, each)
    return theirs


def _of(draft: Draft, person: int) -> Found:
    return Found(None, f'{THEIRS} "{draft.shown[person]}"')


def notes(draft: Draft) -> tuple[str, ...]:
    """Return what a person should know of phones of which most come back: they may be those of a few agents."""
    column = min(draft.feeding("phone"), key=lambda column: column.rank)
    cells, different = draft.values.distinct(column.index)
    if not draft.values.comes_back(column.index):
        return ()
    return (f'"{column.header}" has only {different} different phones in {cells} rows: are they of the contacts?',)


def overlooked(draft: Draft) -> list[int]:
    """Return the columns that may be better phones than the second choices that were found, in the file's order.

    Those are the free columns that look like phones, a customer's number too, and a phone left to somebody else.
    """
    found = draft.feeding("phone")
    if not found or not all(is_second(column.rank) for column in found):
        return []
    left = {index for index, column in draft.columns.items() if column.reason.startswith(THEIRS)}
    return sorted({*likely_phones(draft), *left, *filter(partial(_is_customer_number, draft), draft.free())})


def only_second(draft: Draft, better: Sequence[int]) -> str:
    """Return what to say where the columns *better* may be the phones, and only second choices were found."""
    second = [column.index for column in draft.feeding("phone")]
    quoted, found = (" and ".join(f'"{draft.shown[index]}"' for index in each) for each in (better, second))
    options = " or ".join(named.option("map", "phone", draft.shown[index]) for index in (*better, *second))
    return (
        f"only {found} is known to hold phones, which people have beside a first one; and the values of {quoted} "
        f"look like phone numbers, but it is not said that they are the contacts'. Add {options}"
    )


def _is_customer_number(draft: Draft, index: int) -> bool:
    values = draft.values
    likely = values.like(index, "phone") >= EVIDENT and not values.counts_up(index) and not values.repeats(index)
    return likely and bool(schema.said(draft.headers[index], schema.CUSTOMER_NUMBERS))


def _feeds_phone(draft: Draft, index: int, found: Found) -> bool:
    return found.field == "phone" or (index in draft.columns and draft.columns[index].field == "phone")


def _is_person(draft: Draft, index: int, *, behind: bool) -> bool:
    """Tell whether column *index* names somebody else than the contact; *behind* a phone any word may, but a detail."""
    header = draft.headers[index]
    if not schema.said(header, schema.OTHER_PEOPLE):
        return behind and not _is_own(draft, index) and _is_of_words(draft, index)
    if draft.values.filled(index):
        return draft.values.share(index, is_words) >= BELIEVED
    return schema.spoken_of(header).isdisjoint({"phone", "email"})


def _is_own(draft: Draft, index: int) -> bool:
    """Tell whether column *index* is a detail of the contact: not one that a second person has as well."""
    header = draft.headers[index]
    return bool(schema.hits(header)) or (schema.is_detail(header) and header not in draft.headers[:index])


def _is_of_words(draft: Draft, index: int) -> bool:
    return draft.values.told_share(index, is_words) >= BELIEVED
