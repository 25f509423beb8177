"""What the values say of columns of which no header speaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from contact_import import schema
from contact_import.errors import InputProblem
from contact_import.mapping import given as named
from contact_import.mapping.values import BELIEVED, evidence, is_international, is_words

if TYPE_CHECKING:
    from contact_import.mapping.draft import Draft

EVIDENT = 0.7
"""Share of values that must look like a field for which no header speaks."""

GUESS = "guess"

_SHOWN = 4
"""Columns that a refusal offers: a group of hundreds is one line of hundreds."""

_MANY = 20
"""Different values that are hardly towns: a list has few of those, each many times."""
_WORDS = 5
"""Words of a long name; of more, it is a remark."""

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
    if len(marked) == 1:
        return marked
    choices = " or ".join(named.option("map", "phone", draft.shown[index]) for index in columns[:_SHOWN])
    # A plus says that each is a phone, not whose: a line of a group's members has a column for each of them.
    people = ". If each is another person's, give each a row of its own" if marked else ""
    raise InputProblem(f"several columns look like phone numbers, and no header tells which is. Add {choices}{people}")


def likely_phones(draft: Draft) -> list[int]:
    """Return the free columns that look like phones, in the file's order, whatever their headers say but a veto."""
    values = draft.values
    likely = (index for index in _evident(draft, "phone") if not values.counts_up(index) and not values.repeats(index))
    return sorted(likely)


def says_nothing_else(header: str) -> bool:
    """Tell whether *header* is none, or made of words for phones alone."""
    return bool(_NO_HEADER.fullmatch(header.strip())) or schema.says_phone(header)


def _could_be_names(draft: Draft, index: int) -> bool:
    """Tell whether column *index* has no header and looks like names, as towns and remarks, words too, do not.

    Most cells have the shape of a full name, or more different ones are there than a list has towns.
    """
    if not _NO_HEADER.fullmatch(draft.headers[index].strip()):
        return False
    cells = draft.values.filled(index)
    different = len(set(cells))
    # What is the same in most rows is a town or a group.
    if draft.values.share(index, is_words) < EVIDENT or different <= len(cells) / 2:
        return False
    return draft.values.share(index, _is_full_name) > BELIEVED or different >= _MANY


def _is_full_name(cell: str) -> bool:
    """Tell whether *cell* has the shape of a name and a surname, and is no header."""
    words = 2 <= len(cell.split()) <= _WORDS and is_words(cell) and not any(map(str.isdecimal, cell))
    return words and not schema.is_header(cell)
