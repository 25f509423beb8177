"""What the rest of the program asks of phones: a column or a cell → prefix, number, type, region, level, rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from contact_import.models import Level
from contact_import.phones.clean import clean
from contact_import.phones.clean.column import Cleaned
from contact_import.phones.decide import decide
from contact_import.phones.decide.verdicts import UNREAD, Verdicts
from contact_import.phones.evidence import Evidence, Policy
from contact_import.phones.kinds import WORDS
from contact_import.phones.origins import Cells, Origins, origins
from contact_import.phones.regions import REGIONS, region_place
from contact_import.phones.rules import HELD, INDEX, LEVELS, RANKS, REJECTED, RULES
from contact_import.phones.texts import CODES, Array, as_text

NOTHING_SEEN = Evidence()
NOTHING_ASKED = Policy()
CHUNK = 16_384
"""Rows decided at a time: few enough for what is known of them to stay in the processor's cache."""
COLUMNS = ("prefix", "number", "type", "region", "level", "rule", "suggestion")


@dataclass(frozen=True, slots=True)
class Phone:
    """One cell's answer. `prefix` and `number` are empty unless its level says that it may be sent."""

    prefix: str
    """Calling code, digits only."""
    number: str
    """National number, zeros kept."""
    type: str
    region: str
    level: Level
    rule: str
    suggestion: str
    """What a held or refused cell may mean, for a person to judge."""


def normalise(
    text: str,
    *,
    prefix: str = "",
    country: str = "",
    region: str | None = None,
    evidence: Evidence = NOTHING_SEEN,
    policy: Policy = NOTHING_ASKED,
) -> Phone:
    """Return what one cell is, given its row's prefix and country cells and the region of the file."""
    frame = normalise_column(
        [text], prefixes=[prefix], countries=[country], region=region, evidence=evidence, policy=policy
    )
    values = dict(zip(COLUMNS, frame.iloc[0].tolist(), strict=True))
    return Phone(**values | {"level": Level(values["level"])})


def normalise_column(
    texts: Cells,
    *,
    prefixes: Cells | None = None,
    countries: Cells | None = None,
    region: str | None = None,
    evidence: Evidence = NOTHING_SEEN,
    policy: Policy = NOTHING_ASKED,
) -> pd.DataFrame:
    """Return one row of `COLUMNS`, all of them text, for each cell of *texts*."""
    cells = list(texts)
    said = origins(len(cells), prefixes, countries, region)
    table = np.empty((len(COLUMNS), len(cells)), dtype=object)
    for start in range(0, len(cells), CHUNK):
        rows = slice(start, start + CHUNK)
        cleaned, here = clean(cells[rows]), said.some(rows)
        verdicts = decide(cleaned, here, evidence, policy)
        others = _try_the_rest(verdicts, cleaned, here, evidence, policy)
        _show(verdicts, others, table[:, rows])
    return pd.DataFrame(table.T, columns=list(COLUMNS), dtype=object, copy=False)


def _try_the_rest(
    verdicts: Verdicts, cleaned: Cleaned, said: Origins, evidence: Evidence, policy: Policy
) -> dict[int, str]:
    """Let a further number answer for its cell where those before it are refused.

    One that is held stays held, for a person to look at, and so does one of a link that is not the only number: the
    further numbers of such cells are returned, as they are shown beside it.
    """
    shown: dict[int, str] = {}
    worded, several = cleaned.worded, cleaned.several
    for turn in range(max(map(len, cleaned.rest.values()), default=0)):
        ranks = verdicts.rank
        places = [
            row for row, rest in cleaned.rest.items() if len(rest) > turn and (ranks[row] >= HELD or several[row])
        ]
        rows = np.array(places, dtype=np.int64)
        answers = decide(clean([cleaned.rest[row][turn] for row in places]), said.some(rows), evidence, policy)
        answers.mark(answers.open, "second-number-ignored")
        others = ~verdicts.some(rows).is_same(answers)
        takes = (ranks[rows] >= REJECTED) & ~worded[rows] & ~several[rows] & (answers.rank < REJECTED)
        verdicts.mark_at(rows[several[rows] & others], "phone-several")
        for place in np.flatnonzero(~takes & others & answers.valid & (answers.rank < REJECTED)).tolist():
            number = f"+{answers.prefix[place]} {answers.number[place].decode()}"
            shown[places[place]] = f"{shown[places[place]]} or {number}" if places[place] in shown else number
        verdicts.replace(rows[takes], answers.some(np.flatnonzero(takes)))
    return shown


def _show(verdicts: Verdicts, others: dict[int, str], table: Array) -> None:
    """Write `COLUMNS` of these rows into *table*, a line each. Words are taken from lists, never made anew.

    *others* are the further numbers of rows that are held.
    """
    sent = verdicts.open
    shown = ~sent & (verdicts.prefix > 0) & (verdicts.valid | (verdicts.rule == INDEX["phone-unverified"]))
    known = sent | shown
    prefix, number, kind, region, level, rule, suggestion = table
    CODES.take(np.where(sent, verdicts.prefix, 0), out=prefix, mode="clip")
    number[:] = as_text(verdicts.number if sent.all() else np.where(sent, verdicts.number, b""))
    WORDS.take(np.where(known, verdicts.type, UNREAD), out=kind, mode="clip")
    REGIONS.take(np.where(known, region_place(verdicts.region), 0), out=region, mode="clip")
    _LEVELS.take(verdicts.rule, out=level, mode="clip")
    _RULES.take(verdicts.rule, out=rule, mode="clip")
    suggestion.fill("")
    for row in np.flatnonzero(shown).tolist():
        second = verdicts.other[row].decode()
        first = f"+{verdicts.prefix[row]} {verdicts.number[row].decode()}"
        suggestion[row] = f"{first} or {second}" if second else first
    for row, further in others.items():
        suggestion[row] = f"{suggestion[row]} or {further}" if suggestion[row] else further


_RULES = np.array([rule.code for rule in RULES], dtype=object)
_LEVELS = np.array([LEVELS[rank].value for rank in RANKS], dtype=object)
