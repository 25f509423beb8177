"""A frame of rows → a sheet of verdicts: what would be sent of each row, or why not. A pure function.

Works on columns; a row is looked at by itself only where it is odd. It is picklable with all its arguments, so that a
pool or a cluster can run it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from contact_import import phones
from contact_import.models import Level, Outcome
from contact_import.suppression import NOBODY, Suppression

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contact_import.models import Frame, Mapping

SENT = ("name", "email", "prefix", "number", "tags")
"""The columns of a sheet that a request is made of, beside "attribute:KEY"."""

NO = frozenset(
    "0|n|no|f|false|off|never|não|nao|non|nein|nee|nej|nie|hayır|tidak|bukan|нет|नहीं|لا|否|いいえ|아니요".split("|")
)
"""What says no in a column about consent."""
SILENCE = frozenset("|-|none|null|nan|n/a|[]|{}".split("|"))
"""What says nothing there. Any other text in an opt-out column is taken as an opt-out: a date, a reason, a tick."""

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@(?=.{4,255}$)[^\W_][\w-]*(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, direction overrides and halves of characters: no part of anybody's name."""
_TAG_BREAKS = re.compile("[,;|]")


@dataclass(frozen=True, slots=True)
class Rules:
    """What the user asked for, as far as it alters rows."""

    region: str | None = None
    evidence: phones.Evidence = field(default_factory=phones.Evidence)
    policy: phones.Policy = field(default_factory=phones.Policy)
    strict: bool = False
    """Rows with a warning are held."""
    tags: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    """The attribute keys that any file of the run supplies."""
    suppressed: Suppression = NOBODY
    """Whom nothing is sent to."""
    include_opted_out: bool = False
    """Send also to whom the file says no of."""


def prepare(frame: Frame, mapping: Mapping, rules: Rules) -> pd.DataFrame:
    """Return one row of verdict for each row of *frame*.

    Columns: row (int64); outcome ("ready", "held" or "rejected"), reason, level, rule, suggestion, region; prefix,
    number, name, email and "attribute:KEY" (str), tags (tuple of str); cell, the phone as it was written. Object
    dtype throughout.
    """
    cells = first_filled(frame, mapping, "phone")
    sheet = phones.normalise_column(
        cells,
        prefixes=first_filled(frame, mapping, "prefix"),
        countries=first_filled(frame, mapping, "country"),
        region=rules.region,
        evidence=rules.evidence,
        policy=rules.policy,
    )
    sheet.insert(0, "row", frame.rows)
    sheet["cell"] = _column(cells)
    sheet["name"] = _names(frame, mapping)
    emails = first_filled(frame, mapping, "email")
    sheet["email"] = _column([_email(text) for text in emails])
    tags = first_filled(frame, mapping, "tags")
    known = {text: _tags(text, rules.tags) for text in set(tags)}  # many rows, few texts
    sheet["tags"] = _column([known[text] for text in tags])
    for key in rules.attributes:
        sheet[f"attribute:{key}"] = _column(_clean(first_filled(frame, mapping, f"attribute:{key}")))
    bad_email = np.array(
        [bool(text and not kept) for text, kept in zip(emails, sheet["email"], strict=True)], dtype=bool
    )
    _decide(sheet, bad_email, rules)
    _override(sheet, _opted_out(frame, mapping), Outcome.REJECTED, OPTED_OUT)
    surplus = np.zeros(len(sheet), dtype=bool)
    surplus[list(frame.surplus)] = True
    _override(sheet, surplus & (sheet["outcome"] != Outcome.REJECTED).to_numpy(), Outcome.HELD, ROW_SHAPE)
    return sheet


OPTED_OUT = "opted-out: this person asked for no messages"
ROW_SHAPE = "row-shape: more cells than the header has columns; put the cells under their headers"
EMAIL_INVALID = "email-invalid: the e-mail address is left out, the contact is sent without it"


def first_filled(frame: Frame, mapping: Mapping, name: str) -> list[str]:
    """Return for each row the stripped text of the first column feeding field *name* that is not blank there."""
    columns = [frame.cells[position].tolist() for position in mapping.feeding(name)]
    if not columns:
        return [""] * len(frame.rows)
    if len(columns) == 1:
        return [text.strip() for text in columns[0]]
    return [next((text.strip() for text in cells if text.strip()), "") for cells in zip(*columns, strict=True)]


def _decide(sheet: pd.DataFrame, bad_email: np.ndarray, rules: Rules) -> None:
    """Add the columns outcome and reason, from the phone's level and the e-mail address."""
    levels = sheet["level"].to_numpy(dtype=object)
    warned = bad_email & np.isin(levels, (Level.SILENT, Level.NOTE))
    sheet.loc[warned, ["level", "rule"]] = [Level.WARN.value, "email-invalid"]
    levels = sheet["level"].to_numpy(dtype=object)
    outcome = np.full(len(sheet), Outcome.READY.value, dtype=object)
    outcome[(levels == Level.HELD) | (rules.strict & (levels == Level.WARN))] = Outcome.HELD.value
    outcome[levels == Level.REJECTED] = Outcome.REJECTED.value
    reason = np.full(len(sheet), "", dtype=object)
    rules_hit = sheet["rule"].tolist()
    for index in np.flatnonzero(outcome != Outcome.READY.value).tolist():
        reason[index] = explain(rules_hit[index])
    reason[bad_email & (outcome == Outcome.READY.value)] = EMAIL_INVALID
    sheet.insert(1, "outcome", pd.Series(outcome, dtype=object))
    sheet.insert(2, "reason", pd.Series(reason, dtype=object))


def explain(rule: str) -> str:
    """Return the reason a row with *rule* is given: the code, then words."""
    return EMAIL_INVALID if rule == "email-invalid" else f"{rule}: {phones.explain(rule)}"


def _override(sheet: pd.DataFrame, where: np.ndarray, outcome: Outcome, reason: str) -> None:
    if where.any():
        sheet.loc[where, ["outcome", "reason"]] = [outcome.value, reason]


def _names(frame: Frame, mapping: Mapping) -> pd.Series[Any]:
    """Return the full names: the name column's, or first and last name joined where that is blank."""
    full = _clean(first_filled(frame, mapping, "name"))
    if not mapping.feeding("first_name") and not mapping.feeding("last_name"):
        return _column(full)
    first = _clean(first_filled(frame, mapping, "first_name"))
    last = _clean(first_filled(frame, mapping, "last_name"))
    return _column([a or f"{b} {c}".strip() for a, b, c in zip(full, first, last, strict=True)])


def _clean(texts: list[str]) -> list[str]:
    return [text if text.isascii() and text.isprintable() and "  " not in text else _mend(text) for text in texts]


def _mend(text: str) -> str:
    """Return *text* with single spaces for runs of white space and line breaks, and no unprintable characters."""
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return " ".join(_UNPRINTABLE.sub("", spaced).split())


def _email(text: str) -> str:
    """Return the address in *text*, or "" where it is none."""
    address = text.removeprefix("mailto:")
    return address if _EMAIL.fullmatch(address) else ""


def _tags(text: str, always: tuple[str, ...]) -> tuple[str, ...]:
    if not text:
        return always
    return tuple(dict.fromkeys((*filter(None, map(_mend, _TAG_BREAKS.split(text))), *always)))


def _opted_out(frame: Frame, mapping: Mapping) -> np.ndarray:
    """Tell of each row whether any of its consent columns says that this person wants no messages."""
    found = np.zeros(len(frame.rows), dtype=bool)
    for position in mapping.feeding("opt_out"):
        found |= [text.strip().casefold() not in NO | SILENCE for text in frame.cells[position].tolist()]
    for position in mapping.feeding("opt_in"):
        found |= [text.strip().casefold() in NO for text in frame.cells[position].tolist()]
    return found


def _column(values: Iterable[object]) -> pd.Series[Any]:
    """Return *values* as a column of objects, also where they are tuples."""
    return pd.Series(np.fromiter(values, dtype=object), dtype=object)
