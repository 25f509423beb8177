"""Which column feeds which field, and why: what the user says, then a known export, then headers, then values.

A header is known or it is not; nothing is guessed from one that merely resembles another. Values alone decide only
where no header speaks of the field, and never against a veto: a wrong phone reaches a wrong person.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from contact_import import models, schema, sources
from contact_import.errors import InputProblem
from contact_import.mapping import by_header, by_source, by_value, details
from contact_import.mapping import given as named
from contact_import.mapping.draft import Draft
from contact_import.mapping.values import LOOKS, Values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

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
    closed = frozenset(given)
    export = sources.recognise(draft.headers)
    if export:
        by_source.settle(draft, export, closed)
    by_header.settle(draft, closed)
    # Where an export has no phones, a column that looks like them is something else.
    by_value.settle(draft, closed | {"phone"} if export and export.phoneless else closed)
    for index in draft.free():
        draft.leave(index, _unmapped(draft.headers[index]))
    if not draft.has("phone"):
        raise InputProblem(_no_phone(draft, export))
    details.add(draft, export, asked)
    columns = tuple(draft.columns[index] for index in range(len(draft.headers)))
    notes = (export.note,) if export and export.note else ()
    return models.Mapping(columns, export.name if export else None, notes)


def _unmapped(header: str) -> str:
    veto = schema.veto(header)
    return f'vetoed by "{veto.word}": never {_a(_FIELDS[veto.field].noun)}' if veto else "not mapped"


def _no_phone(draft: Draft, export: sources.Export | None) -> str:
    """Return what to say, and the very option to add, where no column is the phone."""
    open_ = [i for i in range(len(draft.headers)) if not schema.rules_out(draft.headers[i], "phone")]
    shares = {index: draft.values.share(index, LOOKS["phone"][0]) for index in open_}
    best = max(shares, key=lambda index: shares[index], default=None)
    likely = draft.shown[best] if best is not None and shares[best] > 0 else "COLUMN"
    why = f" ({export.name}: {export.note})" if export and export.phoneless else ""
    option = named.option("map", "phone", likely)
    return f"no column is known to hold phones{why}. {named.listing(draft.shown)} Add {option}"


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
