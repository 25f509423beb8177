"""Which phones stand behind a second person's name and are that person's: Name, Phone, Father, Mobile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contact_import import schema
from contact_import.mapping.placing import Found
from contact_import.mapping.values import BELIEVED, is_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contact_import.mapping.draft import Draft

_NOTHING = Found(None, "")


def phones(draft: Draft, found: Mapping[int, Found]) -> dict[int, Found]:
    """Return why some of the columns *found* are not the contact's phones, where those stand before them."""
    theirs: dict[int, Found] = {}
    person: int | None = None  # the last name before the column, where it is not the contact's
    names: set[str] = set()
    own = False
    for index, header in enumerate(draft.headers):
        each = found.get(index, _NOTHING)
        if each.field in {"name", "first_name", "last_name"}:
            form = schema.unnumbered(header)
            person = index if own and form in names else None
            names.add(form)
        elif not each.field and index not in draft.columns and _is_person(draft, index):
            person = index
        elif each.field == "phone" and person is not None and own:
            theirs[index] = Found(None, f'not mapped: belongs to the column "{draft.shown[person]}"')
        own = own or _feeds_phone(draft, index, each)
    return theirs


def _feeds_phone(draft: Draft, index: int, found: Found) -> bool:
    return found.field == "phone" or (index in draft.columns and draft.columns[index].field == "phone")


def _is_person(draft: Draft, index: int) -> bool:
    """Tell whether column *index* names somebody else than the contact."""
    header = draft.headers[index]
    if not schema.said(header, schema.OTHER_PEOPLE):
        return False
    if draft.values.filled(index):
        return draft.values.share(index, is_words) >= BELIEVED
    return schema.spoken_of(header).isdisjoint({"phone", "email"})
