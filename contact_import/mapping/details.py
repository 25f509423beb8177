"""What is said of columns once all are settled: labels, what a consent is for, values that deny a header."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contact_import import schema
from contact_import.mapping import by_source, by_words
from contact_import.mapping.values import BELIEVED, evidence

if TYPE_CHECKING:
    from contact_import.mapping.draft import Draft
    from contact_import.sources import Export


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
