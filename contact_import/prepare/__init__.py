"""A frame of rows → a sheet of verdicts: what would be sent of each row, or why not. A pure function.

Works on columns; a row is looked at by itself only where it is odd. It is picklable with all its arguments, so that a
pool or a cluster can run it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from contact_import import candidates, consent, phones, sources
from contact_import.prepare.cells import column, first_filled
from contact_import.prepare.rules import Rules
from contact_import.prepare.texts import clean, emails, names, tags, without_errors, without_transport
from contact_import.prepare.verdicts import (
    EMAIL_INVALID,
    FOOTER_PHONE,
    OPTED_OUT,
    ROW_SHAPE,
    consent_unclear,
    decide,
    explain,
    heed,
    hold,
    say_areas,
    say_which,
    wrong_number,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from contact_import.models import Frame, Mapping

__all__ = [
    "EMAIL_INVALID",
    "FOOTER_PHONE",
    "OPTED_OUT",
    "ROW_SHAPE",
    "SENT",
    "Rules",
    "consent_unclear",
    "explain",
    "first_filled",
    "prepare",
    "wrong_number",
]


SENT = ("name", "email", "prefix", "number", "tags")
"""The columns of a sheet that a request is made of, beside "attribute:KEY"."""


def prepare(frame: Frame, mapping: Mapping, rules: Rules) -> pd.DataFrame:
    """Return one row of verdict for each row of *frame*.

    Columns: row (int64); outcome ("ready", "held" or "rejected"), reason, level, rule, suggestion, region; prefix,
    number, name, email and "attribute:KEY" (str), tags (tuple of str); cell, the phone as it was written. Object
    dtype throughout.
    """
    frame, errors = without_errors(frame, mapping)
    listed = candidates.collect(frame, mapping)
    sheet, turns = candidates.answer(listed, _reader(frame, mapping, rules))
    sheet.insert(0, "row", frame.rows)
    sheet["name"] = names(frame, mapping)
    addresses = first_filled(frame, mapping, "email")
    kept = emails(addresses)
    sheet["email"] = column(kept)
    export = sources.named(mapping.source)
    sheet["tags"] = tags(first_filled(frame, mapping, "tags"), rules.tags, export)
    for key in rules.attributes:
        texts = first_filled(frame, mapping, f"attribute:{key}")
        sheet[f"attribute:{key}"] = column(clean(without_transport(texts, export)))
    bad_email = np.array([*map(bool, addresses)], dtype=bool) & ~np.array([*map(bool, kept)], dtype=bool)
    said = consent.wishes(frame, mapping)
    left_out = {"email-invalid": bad_email, "formula-error": errors & ~bad_email}
    decide(sheet, {**left_out, "consent-unclear": said.unclear >= 0, "opted-out": said.refused >= 0}, rules)
    say_which(sheet, turns, listed, mapping)
    say_areas(sheet, turns, listed, mapping)
    surplus = np.zeros(len(sheet), dtype=bool)
    surplus[list(frame.surplus)] = True
    hold(sheet, surplus, ROW_SHAPE)
    hold(sheet, np.isin(frame.rows, list(frame.footers)), FOOTER_PHONE)
    heed(sheet, said, mapping, rules)
    return sheet


def _reader(frame: Frame, mapping: Mapping, rules: Rules) -> candidates.Read:
    """Return what reads phone cells of *frame*, each with its row's dial code and country."""
    prefixes, countries = first_filled(frame, mapping, "prefix"), first_filled(frame, mapping, "country")

    def read(texts: Sequence[str], rows: np.ndarray | None) -> pd.DataFrame:
        some = None if rows is None else rows.tolist()
        return phones.normalise_column(
            texts,
            prefixes=prefixes if some is None else [prefixes[row] for row in some],
            countries=countries if some is None else [countries[row] for row in some],
            region=rules.region,
            evidence=rules.evidence,
            policy=rules.policy,
        )

    return read
