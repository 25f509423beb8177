"""What the rest of the program asks of phones: a column or a cell → prefix, number, type, region, level, rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from contact_import.models import Level
from contact_import.phones.clean import clean
from contact_import.phones.clean.column import Cleaned
from contact_import.phones.decide import decide
from contact_import.phones.decide.verdicts import Verdicts
from contact_import.phones.evidence import Evidence, Policy
from contact_import.phones.kinds import WORDS
from contact_import.phones.origins import Cells, Origins, origins
from contact_import.phones.rules import HELD, INDEX, LEVELS, RANKS, RULES
from contact_import.phones.texts import CODES, Array

NOTHING_SEEN = Evidence()
NOTHING_ASKED = Policy()
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
    cleaned = clean(cells)
    verdicts = decide(cleaned, said, evidence, policy)
    _try_the_rest(verdicts, cleaned, said, evidence, policy)
    return _frame(verdicts)


def _try_the_rest(verdicts: Verdicts, cleaned: Cleaned, said: Origins, evidence: Evidence, policy: Policy) -> None:
    """Let a further number of the cell answer for it where the first one cannot be sent."""
    for turn in range(max(map(len, cleaned.rest.values()), default=0)):
        ranks = verdicts.rank
        places = [row for row, rest in cleaned.rest.items() if len(rest) > turn and ranks[row] >= HELD]
        pieces = clean([cleaned.rest[row][turn] for row in places])
        rows = np.array(places, dtype=np.int64)
        answers = decide(pieces, said.some(rows), evidence, policy)
        answers.mark(answers.open, "second-number-ignored")
        verdicts.replace(rows, answers, answers.open)


def _frame(verdicts: Verdicts) -> pd.DataFrame:
    sent = verdicts.open
    shown = ~sent & (verdicts.prefix > 0) & (verdicts.valid | (verdicts.rule == INDEX["phone-unverified"]))
    prefix = CODES[verdicts.prefix]
    number = verdicts.number.astype("U17").astype(object)
    known = sent | shown
    columns = (
        np.where(sent, prefix, ""),
        np.where(sent, number, ""),
        np.where(known, WORDS[verdicts.type], ""),
        np.where(known, verdicts.region.astype("U3").astype(object), ""),
        _LEVELS[verdicts.rule],
        _RULES[verdicts.rule],
        _proposals(shown, prefix, number, verdicts.other),
    )
    return pd.DataFrame(
        {name: pd.Series(column, dtype=object) for name, column in zip(COLUMNS, columns, strict=True)},
        index=pd.RangeIndex(len(sent)),
    )


def _proposals(shown: Array, prefix: Array, number: Array, other: Array) -> Array:
    proposals = np.full(len(shown), "", dtype=object)
    for row in np.flatnonzero(shown).tolist():
        second = other[row].decode()
        proposals[row] = f"+{prefix[row]} {number[row]}" + (f" or {second}" if second else "")
    return proposals


_RULES = np.array([rule.code for rule in RULES], dtype=object)
_LEVELS = np.array([LEVELS[rank].value for rank in RANKS], dtype=object)
