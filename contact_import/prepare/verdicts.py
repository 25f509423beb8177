"""Which rows are ready, held or rejected, and the reason each is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from contact_import import candidates, phones
from contact_import.candidates import OTHER_COLUMN
from contact_import.models import Level, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contact_import import consent
    from contact_import.models import Mapping
    from contact_import.prepare.rules import Rules


OPTED_OUT = "opted-out: this person asked for no messages"

ROW_SHAPE = "row-shape: more cells than the header has columns; put the cells under their headers"

FOOTER_PHONE = (
    "footer-phone: these are the words of a list's end, a total or who made the list, and no contact's: "
    "take the row out, or write whose phone it is"
)

LEFT_OUT = ("email-invalid", "formula-error")
"""Rules of rows that are sent without one of their cells."""

RULES = {
    "email-invalid": "the e-mail address is left out, the contact is sent without it",
    "formula-error": "a spreadsheet's error, such as #REF!, is left out, the contact is sent without it",
    "opted-out": "this person asked for no messages, which with --include-opted-out is a warning",
    "consent-unclear": "a column may say no, and does not say yes, which with --include-opted-out is a warning",
    **candidates.RULES,
}
"""What a rule of a row means that is none of its phone's."""


def consent_unclear(header: str) -> str:
    """Return the reason a row is held for whose column *header* is about consent and cannot be read."""
    return f'consent-unclear: the column "{header}" may say no, and does not say yes: a person must look'


def wrong_number(header: str) -> str:
    """Return the reason a row is held for whose column *header* says that the number is not this person's."""
    return f'wrong-number: the column "{header}" says that this may be somebody else\'s number: a person must look'


def explain(rule: str) -> str:
    """Return the reason a row with *rule* is given: the code, then words."""
    return f"{rule}: {RULES.get(rule) or phones.explain(rule)}"


EMAIL_INVALID = explain("email-invalid")


def decide(sheet: pd.DataFrame, warned: dict[str, np.ndarray], rules: Rules) -> None:
    """Add the columns outcome and reason, from the phone's level and the rows *warned*: rule → where, loudest last.

    What is about consent is a warning only where the user includes who opted out.
    """
    if not rules.include_opted_out:
        warned = {rule: where for rule, where in warned.items() if rule not in {"consent-unclear", "opted-out"}}
    for rule, where in warned.items():
        quieter = (Level.SILENT, Level.NOTE) if rule in LEFT_OUT else (Level.SILENT, Level.NOTE, Level.WARN)
        _warn(sheet, where, rule, quieter)
    levels = sheet["level"].to_numpy(dtype=object)
    outcome = np.full(len(sheet), Outcome.READY.value, dtype=object)
    outcome[(levels == Level.HELD) | (rules.strict & (levels == Level.WARN))] = Outcome.HELD.value
    outcome[levels == Level.REJECTED] = Outcome.REJECTED.value
    ready = outcome == Outcome.READY.value
    reason = np.full(len(sheet), "", dtype=object)
    rules_hit = sheet["rule"].tolist()
    for index in np.flatnonzero(~ready).tolist():
        reason[index] = explain(rules_hit[index])
    for rule, where in warned.items():
        reason[where & ready] = explain(rule)
    sheet.insert(1, "outcome", pd.Series(outcome, dtype=object))
    sheet.insert(2, "reason", pd.Series(reason, dtype=object))


def _warn(sheet: pd.DataFrame, where: np.ndarray, rule: str, quieter: tuple[Level, ...]) -> None:
    """Let *rule* speak of the rows *where*, unless they met one that is more cautious than all *quieter* levels."""
    if where.any():
        warned = where & np.isin(sheet["level"].to_numpy(dtype=object), quieter)
        sheet.loc[warned, ["level", "rule"]] = [Level.WARN.value, rule]


def say_which(sheet: pd.DataFrame, turns: np.ndarray, listed: candidates.Candidates, mapping: Mapping) -> None:
    """Name the phone column in the reasons of rows that another one than the preferred answered for.

    Where no number could be sent, the reason says as well how many of the row's were not tried.
    """
    rows = np.flatnonzero(candidates.elsewhere(listed, turns))
    untried = np.flatnonzero((listed.untried > 0) & (sheet["outcome"] == Outcome.REJECTED).to_numpy())
    if not len(rows) and not len(untried):
        return
    reasons = sheet["reason"].to_numpy(dtype=object, copy=True)
    columns = listed.columns[turns[rows], rows].tolist()
    for row, position in zip(rows.tolist(), columns, strict=True):
        where = f'the column "{mapping.columns[position].header}"'
        reasons[row] = f"{reasons[row]} (in {where})" if reasons[row] else f"{OTHER_COLUMN}: taken from {where}"
    for row in untried.tolist():
        reasons[row] = f"{reasons[row]}; {listed.untried[row]} more of its numbers were not tried"
    sheet["reason"] = pd.Series(reasons, dtype=object)


def say_areas(sheet: pd.DataFrame, turns: np.ndarray, listed: candidates.Candidates, mapping: Mapping) -> None:
    """Name both columns in the reasons of rows that have the area code of the one and are not sent."""
    pairs = candidates.area_columns(mapping)
    stay = candidates.completed(listed, turns) & (sheet["outcome"] != Outcome.READY).to_numpy()
    if not stay.any():
        return
    reasons = sheet["reason"].to_numpy(dtype=object, copy=True)
    for row in np.flatnonzero(stay).tolist():
        phone = int(listed.columns[turns[row], row])
        area, number = (mapping.columns[position].header for position in (pairs[phone], phone))
        reasons[row] += f' (the area code of "{area}" before the number of "{number}")'
    sheet["reason"] = pd.Series(reasons, dtype=object)


def heed(sheet: pd.DataFrame, said: consent.Wishes, mapping: Mapping, rules: Rules) -> None:
    """Let what the rows *said* decide, the strongest word last. Nobody asks to write to a number of somebody else's."""
    if not rules.include_opted_out:
        for where, header in _by_column(said.unclear, mapping):
            hold(sheet, where, consent_unclear(header))
    for where, header in _by_column(said.wrong, mapping):
        hold(sheet, where, wrong_number(header))
    if not rules.include_opted_out:
        for where, header in _by_column(said.refused, mapping):
            _override(sheet, where, Outcome.REJECTED, f'{OPTED_OUT}, says the column "{header}"')


def _by_column(positions: np.ndarray, mapping: Mapping) -> Iterator[tuple[np.ndarray, str]]:
    """Yield for each column among *positions* (int, by row; -1 for none) the rows that have it, and its header."""
    for position in np.unique(positions[positions >= 0]).tolist():
        yield positions == position, mapping.columns[position].header


def _override(sheet: pd.DataFrame, where: np.ndarray, outcome: Outcome, reason: str) -> None:
    if where.any():
        sheet.loc[where, ["outcome", "reason"]] = [outcome.value, reason]


def hold(sheet: pd.DataFrame, where: np.ndarray, reason: str) -> None:
    """Hold the rows *where* (bool) that are not rejected."""
    _override(sheet, where & (sheet["outcome"] != Outcome.REJECTED).to_numpy(), Outcome.HELD, reason)
