"""Numbers that a renumbering or a spreadsheet has mutilated, told by calling code and length alone: a table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from contact_import.phones import texts
from contact_import.phones.decide.rows import Rows, attempt, unsettled
from contact_import.phones.decide.verdicts import Verdicts
from contact_import.phones.rules import INDEX
from contact_import.phones.texts import Array


@dataclass(frozen=True, slots=True)
class Rewrite:
    """How the national number of one calling code is mended: drop its head, insert digits, read again."""

    rule: str
    code: int
    lengths: tuple[int, ...]
    lead: bytes = b""
    drop: int = 0
    keep: int = 0
    """Digits that stay before the inserted ones."""
    insert: bytes = b""
    landlines: bool = False
    """Whether the mended number may be a landline."""


REWRITES: tuple[Rewrite, ...] = (
    Rewrite("mx-old-one", 52, (11,), b"1", drop=1),
    Rewrite("mx-old-dialling", 52, (13,), b"044", drop=3),
    Rewrite("mx-old-dialling", 52, (13,), b"045", drop=3),
    Rewrite("mx-old-dialling", 52, (12,), b"01", drop=2),
    Rewrite("bj-renumbered", 229, (8,), insert=b"01"),
    Rewrite("lost-zero", 225, (9,), insert=b"0"),
    Rewrite("lost-zero", 229, (9,), insert=b"0"),
    Rewrite("lost-zero", 242, (8,), insert=b"0"),
    Rewrite("lost-zero", 226, (7,), insert=b"0"),
    Rewrite("lost-zero", 992, (8,), insert=b"0"),
    # Here the number without its 0 could also be another one, or another's.
    Rewrite("phone-lost-zero", 39, (7, 8, 9, 10), insert=b"0", landlines=True),
    Rewrite("phone-lost-zero", 241, (7, 8), insert=b"0"),
    Rewrite("phone-ninth-digit", 55, (10,), keep=2, insert=b"9"),
)
"""Repairs that need a calling code and a length alone, all told."""

IVORY_COAST = 225


def rewrite(rows: Rows, verdicts: Verdicts) -> None:
    """Read again, mended, every row that a line of the table fits."""
    for line in REWRITES:
        fits = unsettled(verdicts) & ~verdicts.valid & (verdicts.prefix == line.code)
        if not fits.any():  # few columns hold numbers of these countries
            continue
        fits &= np.isin(texts.length(verdicts.number), line.lengths) & texts.starts(verdicts.number, line.lead)
        attempt(verdicts, fits, _mended(line, verdicts.number[fits]), _rule(line, rows, fits), landlines=line.landlines)
    # The first two of ten digits depend on the operator: nothing can be proposed.
    old = (verdicts.prefix == IVORY_COAST) & (texts.length(verdicts.number) == 8)
    verdicts.mark(unsettled(verdicts) & ~verdicts.valid & old, "phone-renumbered")


def _mended(line: Rewrite, numbers: Array) -> Array:
    rest = texts.drop(numbers, line.drop)
    head = texts.keep(rest, line.keep) if line.keep else b""
    return texts.join(np.full(len(numbers), str(line.code).encode()), head, line.insert, texts.drop(rest, line.keep))


def _rule(line: Rewrite, rows: Rows, fits: Array) -> str | Array:
    if line.rule == "phone-ninth-digit" and rows.policy.br_ninth_digit:
        return "br-nine-added"
    if line.rule == "mx-old-one":
        # Behind a 52 it is the old form of a mobile; alone, it may be how one dialled.
        said = rows.plus | (rows.origins.prefix_code == line.code) | texts.starts(rows.digits, b"521")
        return np.where(said[fits], INDEX["mx-old-one"], INDEX["mx-old-dialling"])
    return line.rule
