"""What the rows that have ended came to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from contact_import.masking import mask
from contact_import.models import Level, Outcome

if TYPE_CHECKING:
    import pandas as pd

EXAMPLES = 3
"""Examples kept of each rule."""


@dataclass(slots=True)
class Rule:
    """What a rule of the phones did in a run."""

    level: str
    rows: int = 0
    examples: list[str] = field(default_factory=list)
    """The first few cells and what was made of them, with the people taken out."""


@dataclass(slots=True)
class Totals:
    """The counts of a run, of rows that have ended."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    """The code of the reason → rows rejected or held."""
    warnings: Counter[str] = field(default_factory=Counter)
    """Rule → rows sent, or to be sent, with a warning."""
    countries: Counter[str] = field(default_factory=Counter)
    """Region → rows sent or to be sent."""
    levels: Counter[str] = field(default_factory=Counter)
    """How sure the reading of the phone was → rows."""
    rules: dict[str, Rule] = field(default_factory=dict)
    """Rule of the phone's reading → what it did; without the rules of certain readings."""

    def add(self, sheet: pd.DataFrame) -> None:
        """Count the rows of *sheet*, whose outcomes are final."""
        self.outcomes.update(sheet["outcome"].tolist())
        failed = sheet["outcome"].isin([Outcome.REJECTED, Outcome.HELD])
        self.reasons.update(reason.partition(":")[0] for reason in sheet.loc[failed, "reason"])
        out = sheet["outcome"].isin([Outcome.ACCEPTED, Outcome.READY, Outcome.UNCONFIRMED, Outcome.UNCHANGED])
        self.warnings.update(sheet.loc[out & (sheet["level"] == Level.WARN.value), "rule"].tolist())
        self.countries.update(filter(None, sheet.loc[out, "region"].tolist()))
        self.levels.update(filter(None, sheet["level"].tolist()))
        self._count_rules(sheet[sheet["level"].isin([Level.NOTE, Level.WARN, Level.HELD, Level.REJECTED])])

    def _count_rules(self, repaired: pd.DataFrame) -> None:
        """Count the rules of the rows in *repaired*, and keep a few examples of each."""
        for name, rows in repaired.groupby("rule", sort=False):
            rule = self.rules.setdefault(str(name), Rule(str(rows["level"].iat[0])))
            rule.rows += len(rows)
            for cell, prefix, number in rows[["cell", "prefix", "number"]].head(EXAMPLES).itertuples(index=False):
                if len(rule.examples) < EXAMPLES and cell:
                    after = f" → {mask(f'+{prefix} {number}')}" if number else ""
                    rule.examples.append(f"{mask(cell)}{after}")
