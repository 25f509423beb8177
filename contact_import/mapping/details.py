"""What is said of columns once all are settled: labels, what a consent is for, values that deny a header."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contact_import import schema
from contact_import.mapping import by_source, by_words
from contact_import.mapping.values import BELIEVED, evidence, is_phone, is_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contact_import.mapping.draft import Draft
    from contact_import.sources import Export

_LOCAL = 9
"""Digits of the longest local number: Brazil's mobiles."""
_LONGEST_AREA = 5

NAMELESS = "no name column: contacts go without names; --map name=COLUMN"


def notes(draft: Draft) -> Iterator[str]:
    """Yield what a person should know about the columns of *draft*, all of which are settled."""
    unsent = [index for index, column in draft.columns.items() if not column.field and not column.secret]
    words = any(draft.values.share(index, is_words) >= BELIEVED for index in unsent)
    if words and not draft.has("name", "first_name", "last_name"):
        yield NAMELESS
    paired = schema.belonging(draft.shown, draft.places("area"), draft.places("phone"))
    alone = [column for column in draft.feeding("phone") if column.index not in paired]
    for index in (*unsent, *draft.places("area")):
        if phone := next((each for each in alone if _lacks_area(draft, index, each.index)), None):
            yield (
                f'"{draft.shown[index]}" holds area codes that the numbers in "{phone.header}" are without: '
                "put both together in one column"
            )


def _lacks_area(draft: Draft, area: int, phone: int) -> bool:
    """Tell whether column *area* holds area codes and most numbers of column *phone* are local ones without them."""
    if not schema.is_area(draft.headers[area]):
        return False
    cells = zip(draft.values.column(area), draft.values.column(phone), strict=True)
    pairs = [(code.strip().lstrip("0"), number.strip()) for code, number in cells if is_phone(number)]
    return sum(_is_local(*pair) for pair in pairs) > len(pairs) / 2


def _is_local(area: str, number: str) -> bool:
    digits = "".join(filter(str.isdecimal, number)).lstrip("0")
    is_code = area.isdecimal() and 2 <= len(area) <= _LONGEST_AREA
    return is_code and len(digits) <= _LOCAL and "+" not in number and not digits.startswith(area)


def add(draft: Draft, export: Export | None, given: frozenset[int]) -> None:
    """Complete the columns of *draft*; those at the positions *given* are as the user says."""
    _label(draft)
    _consent(draft, export)
    for index, column in draft.columns.items():
        if column.field in {"phone", "email"} and column.confidence == "sure" and index not in given:
            share = draft.values.like(index, column.field)
            if draft.values.filled(index) and share < BELIEVED:
                reason = f"{column.reason}, though {evidence(share, column.field)}"
                draft.columns[index] = replace(column, reason=reason, confidence="likely")
    for index, header in enumerate(draft.headers):
        if schema.secret(header) or by_source.is_secret(export, index, draft.headers):
            draft.columns[index] = replace(draft.columns[index], secret=True)


def _label(draft: Draft) -> None:
    """Find for each phone column the one that labels it: "Phone 1 - Label" beside "Phone 1 - Value"."""
    forms = {schema.normal(header): index for index, header in reversed(list(enumerate(draft.headers)))}
    for column in draft.feeding("phone"):
        form = schema.normal(draft.headers[column.index]).removesuffix("value")
        number = "".join(filter(str.isdecimal, form))
        bare = form.removesuffix(number)
        names = [name for word in ("label", "type") for name in (form + word, bare + word + number)]
        label = next((forms[name] for name in names if name in forms and forms[name] != column.index), None)
        if label is not None:
            draft.columns[column.index] = replace(column, label=label)
            if draft.columns[label].field is None:
                reason = f'says row by row what kind of phone is in "{column.header}"'
                draft.columns[label] = replace(draft.columns[label], reason=reason)


def _consent(draft: Draft, export: Export | None) -> None:
    """Say what each consent is for, and which other one goes before it."""
    columns = draft.feeding("opt_out", "opt_in")
    said = {
        column.index: by_source.channel(export, column.index, draft.headers)
        or by_words.channel(draft.headers[column.index])
        for column in columns
    }
    for column in columns:
        channel = said[column.index]
        nearer = [
            each.header for each in columns if each.field == "opt_in" and schema.nearer(said[each.index], channel)
        ]
        yes = " or ".join(f'"{header}"' for header in nearer)
        reason = f"{column.reason}; a yes in {yes} goes before it" if nearer else column.reason
        draft.columns[column.index] = replace(column, channel=channel, reason=reason)
