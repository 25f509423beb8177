"""Which column feeds which field, and why: what the user says, then a known export, then headers, then values.

A header is known or it is not; nothing is guessed from one that merely resembles another. Values alone decide only
where no header speaks of the field, and never against a veto: a wrong phone reaches a wrong person.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from contact_import import models, schema, sources
from contact_import.errors import InputProblem
from contact_import.mapping import by_header, by_source, by_value, by_words, details, dial_codes
from contact_import.mapping import given as named
from contact_import.mapping.draft import Draft
from contact_import.mapping.placing import REPEATED
from contact_import.mapping.values import Values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

ALWAYS_HEEDED = frozenset({"opt_out", "opt_in"})
"""The fields whose usual columns feed them whatever others the user names: nobody's no is mapped away."""

_FIELDS = {field.name: field for field in schema.FIELDS}


def choose(
    headers: Sequence[str],
    sample: pd.DataFrame,
    *,
    given: Mapping[str, str | Sequence[str]] = MappingProxyType({}),
    attributes: Mapping[str, str] = MappingProxyType({}),
) -> models.Mapping:
    """Return for each of *headers* the field its column feeds, and why.

    *sample* is the first rows, as text. *given* says which column (or columns, preferred first) feeds a field and
    wins over everything; *attributes* names the columns that are sent as attributes, by key. Raises InputProblem
    where no column is known to hold phones, or a name is that of no column.
    """
    draft = Draft(headers, Values(sample))
    for index, (field, reason, rank) in named.resolve(draft.shown, given, attributes).items():
        draft.settle(index, field, reason, rank)
    asked = frozenset(draft.columns)
    for index in range(schema.own_columns(draft.headers)):
        draft.leave(index, "our own column")
    closed = frozenset(given) - ALWAYS_HEEDED
    export = sources.recognise(draft.headers)
    if export:
        by_source.settle(draft, export, closed)
    by_header.settle(draft, closed, known=export is not None)
    # Where an export has no phones, a column that looks like them is something else.
    phoneless = export is not None and export.phoneless
    by_value.settle(draft, closed | {"phone"} if phoneless else closed)
    likely = [] if phoneless else by_value.likely_phones(draft)
    codes = dial_codes.unsaid(draft)
    for index in draft.free():
        draft.leave(index, _unmapped(draft.headers[index], draft.shown[index]))
    if not draft.has("phone"):
        raise InputProblem(_no_phone(draft, export, likely))
    if codes is not None:
        raise InputProblem(_dial_code(draft, codes))
    details.add(draft, export, asked)
    columns = tuple(draft.columns[index] for index in range(len(draft.headers)))
    notes = (export.note,) if export and export.note else ()
    return models.Mapping(columns, export.name if export else None, notes)


def _unmapped(header: str, shown: str) -> str:
    if by_words.hints(header):
        options = " or ".join(named.option("map", field, shown) for field in ("opt_out", "opt_in"))
        return f"looks like consent and is not heeded: if it says who wants no messages, add {options}"
    veto = schema.veto(header)
    if not veto and (odd := schema.odd_words(header)):
        return f'not mapped: "{odd}" may make it another person\'s'
    return f'vetoed by "{veto.word}": never {_a(_FIELDS[veto.field].noun)}' if veto else "not mapped"


def _dial_code(draft: Draft, index: int) -> str:
    """Return what to say of a column that may hold the first digits of the phones beside it."""
    shown = draft.shown[index]
    return (
        f'the values of "{shown}", beside a phone column, are calling codes, but its header does not say so. '
        f"Add {named.option('map', 'prefix', shown)}, or where it is something else "
        f"{named.option('attribute', 'other', shown)}"
    )


def _no_phone(draft: Draft, export: sources.Export | None, likely: Sequence[int]) -> str:
    """Return what to say, and the very option to add, where no column is the phone; *likely* ones look like phones."""
    if not likely:
        return _nothing_like_phones(draft, export)
    quoted = " and ".join(f'"{draft.shown[index]}"' for index in likely)
    header = "their headers do" if len(likely) > 1 else "its header does"
    options = " or ".join(named.option("map", "phone", draft.shown[index]) for index in likely)
    return f"the values of {quoted} look like phone numbers, but {header} not say so. If they are, add {options}"


def _nothing_like_phones(draft: Draft, export: sources.Export | None) -> str:
    repeated = [index for index in range(len(draft.headers)) if draft.columns[index].reason == REPEATED]
    if repeated:
        shown = draft.shown[repeated[0]]
        return (
            f'more than half of the phones in "{shown}" are one and the same, so they are hardly the contacts\'. '
            f"If they are, add {named.option('map', 'phone', shown)}"
        )
    open_ = [i for i in range(len(draft.headers)) if not schema.rules_out(draft.headers[i], "phone")]
    shares = {index: draft.values.like(index, "phone") for index in open_}
    best = max(shares, key=lambda index: shares[index], default=None)
    likely = draft.shown[best] if best is not None and shares[best] > 0 else "COLUMN"
    why = f" ({export.name}: {export.note})" if export and export.phoneless else ""
    option = named.option("map", "phone", likely)
    return f"no column is known to hold phones{why}. {named.listing(draft.shown)} Add {option}"


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
