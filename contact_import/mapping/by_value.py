"""What the values say of columns of which no header speaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from contact_import import schema
from contact_import.errors import InputProblem
from contact_import.mapping import given as named
from contact_import.mapping.values import evidence, is_international, is_words

if TYPE_CHECKING:
    from contact_import.mapping.draft import Draft

EVIDENT = 0.7
"""Share of values that must look like a field for which no header speaks."""

GUESS = "guess"

_NO_HEADER = re.compile(
    r"\W*(?:column|col|field|unnamed|spalte|colonne|colonna|columna|coluna|kolom|kolumna|sütun|столбец|стовпець|عمود|列|열"
    r"|feld)?[\W\d_]*",
    re.IGNORECASE,
)
"""What programs write where people wrote nothing."""


def settle(draft: Draft, closed: frozenset[str]) -> None:
    """Settle what no header speaks of: phone and e-mail by their looks, a lone column of words as the name."""
    if not draft.has("phone") and "phone" not in closed:
        for index in _evident_phones(draft):
            _settle(draft, index, "phone")
    if not draft.has("email") and "email" not in closed:
        for index in _evident(draft, "email")[:1]:
            _settle(draft, index, "email")
    if not draft.has("name", "first_name", "last_name"):
        lone = [index for index in draft.free() if _could_be_names(draft, index)]
        if len(lone) == 1:
            draft.settle(lone[0], "name", "values: the only column of words", confidence=GUESS)


def _settle(draft: Draft, index: int, field: str) -> None:
    draft.settle(index, field, evidence(draft.values.like(index, field), field), confidence=GUESS)


def _evident(draft: Draft, field: str) -> list[int]:
    """Return the free columns whose values look like *field* and whose headers do not rule it out, likeliest first."""
    shares = {i: draft.values.like(i, field) for i in draft.free() if not schema.rules_out(draft.headers[i], field)}
    return sorted((index for index, share in shares.items() if share >= EVIDENT), key=lambda index: -shares[index])


def _evident_phones(draft: Draft) -> list[int]:
    """Return the columns that are phones by their looks, or refuse: of two, one may be a customer's number.

    A header that says anything else is believed: an account number has the digits of a phone.
    """
    columns = [index for index in likely_phones(draft) if says_nothing_else(draft.headers[index])]
    if len(columns) < 2:
        return columns
    marked = [index for index in columns if draft.values.share(index, is_international) >= EVIDENT]
    if not marked:
        choices = " or ".join(named.option("map", "phone", draft.shown[index]) for index in columns)
        raise InputProblem(f"several columns look like phone numbers, and no header tells which is. Add {choices}")
    return marked


def likely_phones(draft: Draft) -> list[int]:
    """Return the free columns that look like phones, in the file's order, whatever their headers say but a veto."""
    values = draft.values
    likely = (index for index in _evident(draft, "phone") if not values.counts_up(index) and not values.repeats(index))
    return sorted(likely)


def says_nothing_else(header: str) -> bool:
    """Tell whether *header* is none, or made of words for phones alone."""
    return bool(_NO_HEADER.fullmatch(header.strip())) or schema.says_phone(header)


def _could_be_names(draft: Draft, index: int) -> bool:
    if not _NO_HEADER.fullmatch(draft.headers[index].strip()):
        return False
    cells = draft.values.filled(index)
    # What is the same in most rows is a town or a group.
    return draft.values.share(index, is_words) >= EVIDENT and len(set(cells)) > len(cells) / 2
