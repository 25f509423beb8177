"""Which column feeds which field, and why: what the user says, then a known export, then headers, then values.

A header is known or it is not; nothing is guessed from one that merely resembles another. Values alone decide only
where no header speaks of the field, and never against a veto: a wrong phone reaches a wrong person.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from contact_import import models, schema, sources
from contact_import.consent import Says, remark
from contact_import.errors import InputProblem
from contact_import.mapping import (
    answers,
    areas,
    by_header,
    by_source,
    by_value,
    by_words,
    details,
    dial_codes,
    others,
    refusals,
)
from contact_import.mapping import given as named
from contact_import.mapping.draft import Draft
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
    region: str | None = None,
) -> models.Mapping:
    """Return for each of *headers* the field its column feeds, and why.

    *sample* is the first rows, as text. *given* says which column (or columns, preferred first) feeds a field and
    wins over everything; *attributes* names the columns that are sent as attributes, by key; *region* is whose
    numbers those without a dial code are. Raises InputProblem where no column is known to hold phones, where it is
    not clear which does, or a name is that of no column.
    """
    draft = Draft(headers, Values(sample))
    for index, (field, reason, rank) in named.resolve(draft.shown, given, attributes).items():
        draft.settle(index, field, reason, rank)
    asked = frozenset(draft.columns)
    for index in range(schema.own_columns(draft.headers)):
        draft.leave(index, "our own column")
    export = sources.recognise(draft.headers)
    _settle(draft, export, frozenset(given) - ALWAYS_HEEDED, asked, region)
    details.add(draft, export, asked)
    columns = tuple(draft.columns[index] for index in range(len(draft.headers)))
    notes = (export.note,) if export and export.note else ()
    warnings = (*details.notes(draft), *others.notes(draft))
    return models.Mapping(columns, export.name if export else None, notes, warnings, answers.unheeded(draft))


def _settle(
    draft: Draft, export: sources.Export | None, closed: frozenset[str], asked: frozenset[int], region: str | None
) -> None:
    """Settle every column that the user does not name: as the export has it, by its header, by its values.

    *closed* fields take no more columns; the columns *asked* are as the user says. Raises InputProblem as `choose`.
    """
    if export:
        by_source.settle(draft, export, closed)
    by_header.settle(draft, closed, region, known=export is not None)
    # Where an export has no phones, a column that looks like them is something else.
    phoneless = export is not None and export.phoneless
    by_value.settle(draft, closed | {"phone"} if phoneless else closed)
    areas.settle(draft, closed, region)
    likely = [] if phoneless else by_value.likely_phones(draft)
    codes = dial_codes.unclear(draft, region, asked)
    better = [] if export else others.overlooked(draft)
    for index in draft.free():
        draft.leave(index, _unmapped(draft.headers[index], draft.shown[index]))
    if not draft.has("phone"):
        raise InputProblem(refusals.no_phone(draft, export, likely))
    if codes is not None:
        raise InputProblem(refusals.dial_code(draft, codes))
    areas.check(draft)
    if better:
        raise InputProblem(others.only_second(draft, better))


def says_no(title: str) -> bool:
    """Tell whether a list called *title* is one of people who want no messages."""
    return by_words.field(title) == "opt_out" or remark(title) is Says.NO


def _unmapped(header: str, shown: str) -> str:
    if by_words.hints(header):
        options = " or ".join(named.option("map", field, shown) for field in ("opt_out", "opt_in"))
        return f"looks like consent and is not heeded: if it says who wants no messages, add {options}"
    veto = schema.veto(header)
    if not veto and (odd := schema.odd_words(header)):
        if refusals.is_country(odd):
            option = named.option("map", "phone", shown)
            return f'not mapped: "{odd}" may be another country than --country says; if it is not, add {option}'
        return f'not mapped: "{odd}" may make it another person\'s'
    return f'vetoed by "{veto.word}": never {_a(_FIELDS[veto.field].noun)}' if veto else "not mapped"


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
