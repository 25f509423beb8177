"""A frame of rows → a sheet of verdicts: what would be sent of each row, or why not. A pure function.

Works on columns; a row is looked at by itself only where it is odd. It is picklable with all its arguments, so that a
pool or a cluster can run it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from contact_import import candidates, consent, phones, schema, sources
from contact_import.candidates import OTHER_COLUMN
from contact_import.models import Level, Outcome
from contact_import.suppression import NOBODY, Suppression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from contact_import.marks import Marks
    from contact_import.models import Frame, Mapping

SENT = ("name", "email", "prefix", "number", "tags")
"""The columns of a sheet that a request is made of, beside "attribute:KEY"."""

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@(?=.{4,255}$)[^\W_][\w-]*(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, direction overrides and halves of characters: no part of anybody's name."""
_TAG_BREAKS = re.compile(":::|[,;|]")


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
    refused: Suppression = NOBODY
    """Who says no in some row of the files, whichever it is."""
    adopted: tuple[Marks, ...] = ()
    """Who need not be sent again, since earlier runs have them as accepted."""
    wrong: dict[int, str] = field(default_factory=dict)
    """Phone, prefix and number in one → where some row says that it may be somebody else's."""
    include_opted_out: bool = False
    """Rows whose person asked for no messages are sent, with a warning."""


def prepare(frame: Frame, mapping: Mapping, rules: Rules) -> pd.DataFrame:
    """Return one row of verdict for each row of *frame*.

    Columns: row (int64); outcome ("ready", "held" or "rejected"), reason, level, rule, suggestion, region; prefix,
    number, name, email and "attribute:KEY" (str), tags (tuple of str); cell, the phone as it was written. Object
    dtype throughout.
    """
    frame, errors = _without_errors(frame, mapping)
    listed = candidates.collect(frame, mapping)
    sheet, turns = candidates.answer(listed, _reader(frame, mapping, rules))
    sheet.insert(0, "row", frame.rows)
    sheet["name"] = _names(frame, mapping)
    emails = first_filled(frame, mapping, "email")
    sheet["email"] = _column([_email(text) for text in emails])
    export = sources.named(mapping.source)
    sheet["tags"] = _tag_column(first_filled(frame, mapping, "tags"), rules.tags, export)
    for key in rules.attributes:
        texts = first_filled(frame, mapping, f"attribute:{key}")
        sheet[f"attribute:{key}"] = _column(_clean(_without_transport(texts, export)))
    bad_email = np.array(
        [bool(text and not kept) for text, kept in zip(emails, sheet["email"], strict=True)], dtype=bool
    )
    said = consent.wishes(frame, mapping)
    left_out = {"email-invalid": bad_email, "formula-error": errors & ~bad_email}
    _decide(sheet, {**left_out, "consent-unclear": said.unclear >= 0, "opted-out": said.refused >= 0}, rules)
    _say_which(sheet, turns, listed, mapping)
    _say_areas(sheet, turns, listed, mapping)
    surplus = np.zeros(len(sheet), dtype=bool)
    surplus[list(frame.surplus)] = True
    _hold(sheet, surplus, ROW_SHAPE)
    _hold(sheet, np.isin(frame.rows, list(frame.footers)), FOOTER_PHONE)
    _heed(sheet, said, mapping, rules)
    return sheet


def _heed(sheet: pd.DataFrame, said: consent.Wishes, mapping: Mapping, rules: Rules) -> None:
    """Let what the rows *said* decide, the strongest word last. Nobody asks to write to a number of somebody else's."""
    if not rules.include_opted_out:
        for where, header in _by_column(said.unclear, mapping):
            _hold(sheet, where, consent_unclear(header))
    for where, header in _by_column(said.wrong, mapping):
        _hold(sheet, where, wrong_number(header))
    if not rules.include_opted_out:
        for where, header in _by_column(said.refused, mapping):
            _override(sheet, where, Outcome.REJECTED, f'{OPTED_OUT}, says the column "{header}"')


def _by_column(positions: np.ndarray, mapping: Mapping) -> Iterator[tuple[np.ndarray, str]]:
    """Yield for each column among *positions* (int, by row; -1 for none) the rows that have it, and its header."""
    for position in np.unique(positions[positions >= 0]).tolist():
        yield positions == position, mapping.columns[position].header


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
    "consent-unclear": "a column about consent says neither yes nor no, which with --include-opted-out is a warning",
    **candidates.RULES,
}
"""What a rule of a row means that is none of its phone's."""


def consent_unclear(header: str) -> str:
    """Return the reason a row is held for whose column *header* is about consent and cannot be read."""
    return f'consent-unclear: the column "{header}" says neither yes nor no: a person must look'


def wrong_number(header: str) -> str:
    """Return the reason a row is held for whose column *header* says that the number is not this person's."""
    return f'wrong-number: the column "{header}" says that this may be somebody else\'s number: a person must look'


def explain(rule: str) -> str:
    """Return the reason a row with *rule* is given: the code, then words."""
    return f"{rule}: {RULES.get(rule) or phones.explain(rule)}"


EMAIL_INVALID = explain("email-invalid")


def _without_errors(frame: Frame, mapping: Mapping) -> tuple[Frame, np.ndarray]:
    """Return *frame* without a spreadsheet's errors in the texts that are sent, and which rows had one (bool).

    In other columns an error says something: that the row's phone, country or consent is not known.
    """
    found = {}
    for column in mapping.columns:
        if column.field in _TEXTS or (column.field or "").startswith("attribute:"):
            texts = [text.strip() for text in frame.cells[column.index].tolist()]
            if not phones.ERRORS.isdisjoint(texts):
                found[column.index] = np.array([text in phones.ERRORS for text in texts], dtype=bool)
    if not found:
        return frame, np.zeros(len(frame.rows), dtype=bool)
    cells = frame.cells.copy()
    for position, where in found.items():
        cells.loc[where, position] = ""
    return replace(frame, cells=cells), np.any(list(found.values()), axis=0)


_TEXTS = frozenset({"name", "first_name", "last_name", "email", "tags"})
"""The fields whose cells are sent as they are written."""


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


def first_filled(frame: Frame, mapping: Mapping, name: str) -> list[str]:
    """Return for each row the stripped text of the first column feeding field *name* that is not blank there.

    Of the phones it is the one that is tried first: their order may differ from row to row.
    """
    if name == "phone":
        return candidates.firsts(frame, mapping)
    columns = [frame.cells[position].tolist() for position in mapping.feeding(name)]
    if not columns:
        return [""] * len(frame.rows)
    if len(columns) == 1:
        return [text.strip() for text in columns[0]]
    return [next((text.strip() for text in cells if text.strip()), "") for cells in zip(*columns, strict=True)]


def _decide(sheet: pd.DataFrame, warned: dict[str, np.ndarray], rules: Rules) -> None:
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


def _say_which(sheet: pd.DataFrame, turns: np.ndarray, listed: candidates.Candidates, mapping: Mapping) -> None:
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


def _say_areas(sheet: pd.DataFrame, turns: np.ndarray, listed: candidates.Candidates, mapping: Mapping) -> None:
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


def _override(sheet: pd.DataFrame, where: np.ndarray, outcome: Outcome, reason: str) -> None:
    if where.any():
        sheet.loc[where, ["outcome", "reason"]] = [outcome.value, reason]


def _hold(sheet: pd.DataFrame, where: np.ndarray, reason: str) -> None:
    _override(sheet, where & (sheet["outcome"] != Outcome.REJECTED).to_numpy(), Outcome.HELD, reason)


def _names(frame: Frame, mapping: Mapping) -> pd.Series[Any]:
    """Return the full names: the name column's, or first and last name joined where that is blank."""
    full = _named(first_filled(frame, mapping, "name"))
    if not mapping.feeding("first_name") and not mapping.feeding("last_name"):
        return _column(full)
    first = _named(first_filled(frame, mapping, "first_name"))
    last = _named(first_filled(frame, mapping, "last_name"))
    return _column([a or f"{b} {c}".strip() for a, b, c in zip(full, first, last, strict=True)])


def _named(texts: list[str]) -> list[str]:
    """Return *texts* cleaned, "" for what people write for want of a name: "-", ".", "n/a"."""
    return [text if text[:2].isalpha() or not _is_nameless(text) else "" for text in _clean(texts)]


def _is_nameless(text: str) -> bool:
    """Tell whether *text* is made of signs, or says "n/a". NA may be a name, and so may a heart."""
    return text.casefold() in _NOT_AVAILABLE or all(unicodedata.category(sign) in _SIGNS for sign in text)


_SIGNS = frozenset("Pc Pd Ps Pe Pi Pf Po Sc Sk Sm Zs".split())
"""Unicode's categories of punctuation, of currency, of mathematics, and of spaces."""
_NOT_AVAILABLE = frozenset({"n/a", "n.a.", "n.a"})


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


def _tag_column(texts: list[str], always: tuple[str, ...], export: sources.Export | None) -> pd.Series[Any]:
    dropped = frozenset(map(schema.normal, export.dropped_tags)) if export else frozenset()
    known = {text: _tags(text, always, dropped) for text in set(texts)}  # many rows, few texts
    return _column([known[text] for text in texts])


def _tags(text: str, always: tuple[str, ...], dropped: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the tags in a cell: "vip, new", "* friends ::: * myContacts", '"VIP","Blog"', '["vip","swim"]'."""
    if not text:
        return always
    inside = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    pieces = (_mend(piece).removeprefix("* ").strip('" ') for piece in _TAG_BREAKS.split(inside))
    kept = (piece for piece in pieces if piece and piece not in phones.ERRORS)
    own = (piece for piece in kept if not dropped or schema.normal(piece) not in dropped)
    return tuple(dict.fromkeys((*own, *always)))


def _without_transport(texts: list[str], export: sources.Export | None) -> list[str]:
    """Return *texts* without what the program that exported them put before numbers: "l:" in "l:1234"."""
    if not export or not export.transports:
        return texts
    pattern = re.compile(f"(?:{'|'.join(map(re.escape, export.transports))})(?=[+0-9])")
    return [pattern.sub("", text, count=1) if pattern.match(text) else text for text in texts]


def _column(values: Iterable[object]) -> pd.Series[Any]:
    """Return *values* as a column of objects, also where they are tuples."""
    return pd.Series(np.fromiter(values, dtype=object), dtype=object)
