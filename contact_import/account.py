"""The account: where every row ended, kept so that no row can end twice or not at all."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np

from contact_import.errors import AccountProblem, InputProblem
from contact_import.masking import mask
from contact_import.models import Level, Outcome
from contact_import.pipeline import STOPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from contact_import.journal import Past
    from contact_import.pipeline import Chunk

UNCONFIRMED = "unconfirmed: sent, but no usable answer came back; the same command sends it again"


_CODES = ("", Outcome.ACCEPTED, Outcome.REJECTED)
"""What an earlier session may have settled a row as, by the byte kept for it."""


EXAMPLES = 3
"""Examples kept of each rule."""


class Sink(Protocol):
    """Whatever writes rows down once they have ended."""

    def write(self, chunk: Chunk) -> None:
        """Take the rows of *chunk*; its sheet holds their final outcomes."""


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


@dataclass(slots=True)
class _Open:
    """A chunk some of whose rows have no outcome yet."""

    chunk: Chunk
    waiting: np.ndarray


class Account:
    """Takes in chunks and outcomes, hands out whole chunks in the file's order to the sinks.

    Memory: the chunks that have open rows, and three bytes a row of the run.
    """

    def __init__(
        self, rows: int, sinks: Sequence[Sink] = (), past: Iterable[Past] = (), max_reject: float | None = None
    ) -> None:
        """Begin an account of *rows* rows; more than *max_reject* percent of rejected ones trip a guard."""
        self.rows = rows
        """Rows of all files, counted before anything else."""
        self.max_reject = max_reject
        self.read = 0
        self.requests = 0
        self.accepted_now = 0
        """Rows accepted in this session."""
        self.live: Counter[str] = Counter()
        """Outcomes as they come, for the screen; `totals` has them once whole chunks have ended."""
        self.totals = Totals()
        self._sinks = sinks
        self._open: deque[_Open] = deque()
        self._before = np.zeros(rows, dtype=np.uint8)
        self._reasons: dict[int, str] = {}
        self._doubt = np.zeros(rows, dtype=bool)
        self._resent = np.zeros(rows, dtype=bool)
        for attempt in past:
            self._remember(attempt)

    def _remember(self, attempt: Past) -> None:
        self.requests += attempt.requests
        for positions in attempt.positions:
            where = slice(positions.start, positions.stop)
            if attempt.requests or attempt.doubtful:
                self._resent[where] |= self._doubt[where]
            if attempt.outcome is None:
                self._doubt[where] |= attempt.doubtful
                continue
            self._before[where] = _CODES.index(attempt.outcome)
            self._doubt[where] = False
            if attempt.outcome is Outcome.REJECTED:
                self._reasons.update(dict.fromkeys(positions, attempt.reason))

    @property
    def settled(self) -> np.ndarray:
        """Whether the row at each position was settled by an earlier session: bool, shape (rows,)."""
        found: np.ndarray = self._before != 0
        return found

    @property
    def ever_accepted(self) -> bool:
        """Whether any row was accepted, in this session or an earlier one."""
        return self.accepted_now > 0 or bool((self._before == _CODES.index(Outcome.ACCEPTED)).any())

    @property
    def resent_rows(self) -> int:
        """Rows that were sent again after a request which may have stored them."""
        return int(self._resent.sum())

    # In

    def open(self, chunk: Chunk) -> None:
        """Take in the verdicts of *chunk*; its pending rows are open until they are settled."""
        self.read += len(chunk.sheet)
        waiting = np.zeros(len(chunk.sheet), dtype=bool)
        waiting[chunk.pending - chunk.start] = True
        self._recall(chunk, waiting)
        self.live.update(chunk.sheet["outcome"].to_numpy()[~waiting].tolist())
        self._open.append(_Open(chunk, waiting))
        self._close()
        self._guard()

    def _recall(self, chunk: Chunk, waiting: np.ndarray) -> None:
        """Fill in what earlier sessions settled; nothing else may be ready and not pending."""
        ready = (chunk.sheet["outcome"].to_numpy() == Outcome.READY.value) & ~waiting
        for index in np.flatnonzero(ready).tolist():
            position = chunk.start + index
            outcome = _CODES[int(self._before[position])]
            if not outcome:
                raise AccountProblem(
                    f"row {chunk.sheet['row'].iat[index]} is neither sent nor settled: a fault of ours"
                )
            chunk.sheet.iloc[index, 1] = outcome
            chunk.sheet.iloc[index, 2] = self._reasons.get(position, "")

    def sending(self, positions: np.ndarray) -> np.ndarray:
        """Note that a request with the rows at *positions* leaves: from now on they may be stored.

        Returns which of them might have been before, for `not_taken`.
        """
        self.requests += 1
        before: np.ndarray = self._doubt[positions]
        self._resent[positions] |= before
        self._doubt[positions] = True
        return before

    def not_taken(self, positions: np.ndarray, before: np.ndarray) -> None:
        """Note that the last request stored none of its rows."""
        self._doubt[positions] = before

    def doubtful(self, positions: np.ndarray) -> bool:
        """Tell whether any of the rows at *positions* may be stored although nothing confirms it."""
        return bool(self._doubt[positions].any())

    def settle(self, positions: np.ndarray, outcome: Outcome, reason: str = "") -> None:
        """Give the open rows at *positions* their outcome. A row that is not open stops the run."""
        for entry in self._open:
            first = entry.chunk.start
            inside = positions[(positions >= first) & (positions < first + len(entry.waiting))] - first
            if not len(inside):
                continue
            if not entry.waiting[inside].all():
                raise AccountProblem("a row was given a second outcome: a fault of ours")
            entry.waiting[inside] = False
            sheet = entry.chunk.sheet
            sheet.iloc[inside, 1] = outcome.value
            if reason:
                sheet.iloc[inside, 2] = reason
            self.live[outcome.value] += len(inside)
            self.accepted_now += len(inside) * (outcome is Outcome.ACCEPTED)
            positions = positions[(positions < first) | (positions >= first + len(entry.waiting))]
        if len(positions):
            raise AccountProblem("a row that was never read was given an outcome: a fault of ours")
        self._close()
        self._guard()

    def _guard(self) -> None:
        rejected = self.live[Outcome.REJECTED]
        if self.max_reject is not None and 100 * rejected > self.max_reject * self.read:
            limit, self.max_reject = self.max_reject, None  # it trips once; the rest is only counted
            raise InputProblem(
                f"{rejected} of the {self.read} rows read so far are rejected, more than the {limit:g} % of "
                "--max-reject; look at the failures file before you go on"
            )

    def leave(self, positions: np.ndarray) -> None:
        """End open rows that this session cannot settle: unconfirmed where they may be stored, else not sent."""
        doubt = self._doubt[positions]
        if doubt.any():
            self.settle(positions[doubt], Outcome.UNCONFIRMED, UNCONFIRMED)
        if not doubt.all():
            self.settle(positions[~doubt], Outcome.NOT_SENT, STOPPED)

    def give_up(self) -> None:
        """Leave all rows that are still open."""
        for entry in list(self._open):
            self.leave(entry.chunk.start + np.flatnonzero(entry.waiting))

    # Out

    def _close(self) -> None:
        while self._open and not self._open[0].waiting.any():
            chunk = self._open.popleft().chunk
            self._count(chunk)
            for sink in self._sinks:
                sink.write(chunk)

    def _count(self, chunk: Chunk) -> None:
        sheet, totals = chunk.sheet, self.totals
        totals.outcomes.update(sheet["outcome"].tolist())
        failed = sheet["outcome"].isin([Outcome.REJECTED, Outcome.HELD])
        totals.reasons.update(reason.partition(":")[0] for reason in sheet.loc[failed, "reason"])
        out = sheet["outcome"].isin([Outcome.ACCEPTED, Outcome.READY, Outcome.UNCONFIRMED, Outcome.UNCHANGED])
        totals.warnings.update(sheet.loc[out & (sheet["level"] == Level.WARN.value), "rule"].tolist())
        totals.countries.update(region for region in sheet.loc[out, "region"].tolist() if region)
        totals.levels.update(level for level in sheet["level"].tolist() if level)
        self._count_rules(sheet[sheet["level"].isin([Level.NOTE, Level.WARN, Level.HELD, Level.REJECTED])])

    def _count_rules(self, repaired: pd.DataFrame) -> None:
        """Count the rules of the rows in *repaired*, and keep a few examples of each."""
        for name, rows in repaired.groupby("rule", sort=False):
            rule = self.totals.rules.setdefault(str(name), Rule(str(rows["level"].iat[0])))
            rule.rows += len(rows)
            for cell, prefix, number in rows[["cell", "prefix", "number"]].head(EXAMPLES).itertuples(index=False):
                if len(rule.examples) < EXAMPLES and cell:
                    after = f" → {mask(f'+{prefix} {number}')}" if number else ""
                    rule.examples.append(f"{mask(cell)}{after}")

    def check(self, *, cut_short: bool = False) -> None:
        """Raise AccountProblem where the outcomes do not add up to the rows of the files.

        *cut_short*: a file could not be read to its end, so that the rows read are all there is to account for.
        """
        given = self.totals.outcomes.total()
        if self._open or given != self.read or (self.read != self.rows and not cut_short):
            raise AccountProblem(
                f"{self.rows} rows to account for, {self.read} read, {given} with an outcome: a fault of ours; "
                "the journal and the failures file are right as far as they go"
            )
