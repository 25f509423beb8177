"""What to say, and the very option to add, where no column is known to be the phone. No cell is ever quoted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from contact_import import schema
from contact_import.mapping import given as named
from contact_import.mapping.by_value import EVIDENT
from contact_import.mapping.countries import ELSEWHERE
from contact_import.mapping.placing import REPEATED
from contact_import.mapping.values import is_phone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contact_import import sources
    from contact_import.mapping.draft import Draft

CHAT = (
    "this is a WhatsApp chat, and no list: the platform needs a table with a row a contact. Export the contacts "
    "instead, from the phone's address book as vCard or CSV"
)

_CHAT_LINE = re.compile(r"\W*\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\W+\d{1,2}[:.]\d\d.{0,14}?(?:\] | [-\u2013] )")
"""How a line of a chat begins: 12/01/24, 10:15 am - Asha"""
_FEW = 5
"""Rows that show a chat."""
_NUMBER = re.compile(r"\+?\d(?:[ ().-]{0,2}\d){6,14}")
_SHOWN = 4
"""Columns that are named one by one."""


def is_country(parenthesis: str) -> bool:
    """Tell whether *parenthesis* names a country: "(UAE)"."""
    from contact_import.phones.countries import region_of  # noqa: PLC0415 - country names take a while to load

    return bool(region_of(parenthesis.strip("()[]（） ")))


def dial_code(draft: Draft, index: int) -> str:
    """Return what to say of a column that may hold the first digits of the phones beside it."""
    shown = draft.shown[index]
    said = f'the values of "{shown}", beside a phone column, are calling codes, but its header does not say so. '
    if any(map(str.isalpha, draft.headers[index])) and not schema.is_bare_code(draft.headers[index]):
        # What is called something else is hardly a code: that is for a person to write, and not to paste.
        other = named.option("attribute", "other", shown)
        return f'{said}If it is something else, add {other}; if they are codes, write "Dial Code" over them'
    return (
        f"{said}Add {named.option('map', 'prefix', shown)}, or where it is something else "
        f"{named.option('attribute', 'other', shown)}"
    )


def no_phone(draft: Draft, export: sources.Export | None, likely: Sequence[int]) -> str:
    """Return what to say where no column is the phone; those at *likely* look like phones."""
    if _is_chat(draft):
        return CHAT
    if not likely:
        return _nothing_like_phones(draft, export)
    quoted = " and ".join(f'"{draft.shown[index]}"' for index in likely)
    header = "their headers do" if len(likely) > 1 else "its header does"
    said = f"the values of {quoted} look like phone numbers, but {header} not say so"
    return f"{said}. If they are, add {_or(draft, likely)}"


def _nothing_like_phones(draft: Draft, export: sources.Export | None) -> str:
    every = range(len(draft.headers))
    repeated = [index for index in every if draft.columns[index].reason == REPEATED]
    if repeated:
        shown = draft.shown[repeated[0]]
        return (
            f'more than half of the phones in "{shown}" are one and the same, so they are hardly the contacts\'. '
            f"If they are, add {named.option('map', 'phone', shown)}"
        )
    for index in every:
        if draft.columns[index].reason.startswith(ELSEWHERE):
            return f'"{draft.shown[index]}" is not read: {draft.columns[index].reason.removeprefix("not mapped: ")}'
    if not (export and export.phoneless) and (vetoed := [index for index in every if _is_vetoed(draft, index)]):
        return _vetoed(draft, vetoed[:_SHOWN])
    if any(map(_holds_phone, draft.headers)):
        place = next(index for index in every if _holds_phone(draft.headers[index]))
        return (
            "no column is known to hold phones, and the first row that is read as the header holds a number itself. "
            f"Add --header-row 0 {named.option('map', 'phone', f'#{place + 1}')}"
        )
    open_ = [index for index in every if not schema.rules_out(draft.headers[index], "phone")]
    shares = {index: (draft.values.like(index, "phone"), draft.values.share(index, _holds_phone)) for index in open_}
    best = max(shares, key=lambda index: shares[index], default=None)
    why = f" ({export.name}: {export.note})" if export and export.phoneless else ""
    likely = draft.shown[best] if best is not None and any(shares[best]) else "COLUMN"
    option = named.option("map", "phone", likely)
    return f"no column is known to hold phones{why}. {named.listing(draft.shown)} Add {option}"


def _is_vetoed(draft: Draft, index: int) -> bool:
    """Tell whether column *index* is full of phones, and a word of its header says that they are not the contacts'."""
    header, values = draft.headers[index], draft.values
    if draft.columns[index].field or schema.secret(header) or not schema.rules_out(header, "phone"):
        return False
    return values.like(index, "phone") >= EVIDENT and not values.counts_up(index)


def _vetoed(draft: Draft, indexes: Sequence[int]) -> str:
    phone = next(field.vetoes for field in schema.FIELDS if field.name == "phone")
    why = [(draft.shown[index], schema.said(draft.headers[index], phone)) for index in indexes]
    each = " and ".join(f'"{shown}" (for its "{word}")' for shown, word in why)
    are = "they are" if len(indexes) > 1 else "it is"
    return (
        f"no column is known to hold the contacts' phones. Left out, though full of numbers: {each}. If {are} whom to "
        f"write to, add {_or(draft, indexes)}"
    )


def _or(draft: Draft, indexes: Sequence[int]) -> str:
    return " or ".join(named.option("map", "phone", draft.shown[index]) for index in indexes)


def _is_chat(draft: Draft) -> bool:
    """Tell whether the header or a row is a line of a chat, cut up at its commas or not."""
    columns = [draft.values.column(index)[:_FEW] for index in range(len(draft.headers))]
    lines = [draft.headers, *zip(*columns, strict=False)]
    return any(_CHAT_LINE.match(", ".join(map(str.strip, line))) for line in lines)


def _holds_phone(cell: str) -> bool:
    """Tell whether *cell* has a phone among other words: "Asha Rao 98123 00001"."""
    return any(is_phone(found) for found in _NUMBER.findall(cell))
