"""The account: where every row ended, kept so that no row can end twice or not at all."""

from __future__ import annotations

import math
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from contact_import.account.guard import Guard
from contact_import.account.totals import Rule, Totals
from contact_import.errors import AccountProblem
from contact_import.models import Outcome
from contact_import.pipeline import STOPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contact_import.journal import Past
    from contact_import.pipeline import Chunk

__all__ = ["KEPT_BACK", "PARTLY", "UNCONFIRMED", "Account", "Rule", "Sink", "Totals"]

UNCONFIRMED = "unconfirmed: sent, but no usable answer came back; the same command sends it again"
PARTLY = "unconfirmed: sent with others in a request that was refused; the same command sends it again"
KEPT_BACK = (
    "unconfirmed: it may be stored, or not; look whether it is there, or send it again with --resend-unconfirmed"
)

_CODES = ("", Outcome.ACCEPTED, Outcome.REJECTED, Outcome.UNCONFIRMED)
"""What earlier sessions may have left a row as for good, by the byte kept for it."""
_OUTCOMES = np.array([str(code) for code in _CODES], dtype=object)


class Sink(Protocol):
    """Whatever writes rows down once they have ended."""

    def write(self, chunk: Chunk) -> None:
        """Take the rows of *chunk*; its sheet holds their final outcomes. A disk that fails is no error here."""


@dataclass(slots=True)
class _Open:
    """A chunk some of whose rows have no outcome yet."""

    chunk: Chunk
    waiting: np.ndarray


class Account:
    """Takes in chunks and outcomes, hands out whole chunks in the file's order to the sinks.

    Memory: the chunks that have open rows, and four bytes a row of the run.
    """

    def __init__(
        self,
        rows: int,
        sinks: Sequence[Sink] = (),
        past: Iterable[Past] = (),
        max_reject: float | None = None,
        resend_after: float = -math.inf,
    ) -> None:
        """Begin an account of *rows* rows.

        More than *max_reject* percent of rejected ones trip a guard. Rows in doubt since before *resend_after*, in
        seconds since 1970, are not to be sent again; infinity stands for all rows in doubt, those of this session too.
        """
        self.rows = rows
        """Rows of all files, counted before anything else."""
        self.guard = Guard(rows, max_reject)
        self.kept_back = 0
        """Rows in doubt that are not to be sent again."""
        self.is_cut_short = False
        """A file could not be read to its end, so that the rows read are all there is to account for."""
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
        self._resend_after = resend_after
        old = np.zeros(rows, dtype=bool)
        for attempt in past:
            self._remember(attempt, old)
        self._keep_back(np.flatnonzero(self._doubt & old))

    def _remember(self, attempt: Past, old: np.ndarray) -> None:
        """Take in what an attempt left; *old* marks the rows that are in doubt for too long."""
        self.requests += attempt.requests
        for positions in attempt.positions:
            where = slice(positions.start, positions.stop)
            if attempt.requests or attempt.doubtful:
                self._resent[where] |= self._doubt[where]
            if attempt.outcome is None:
                if attempt.halved:
                    self.guard.answered(where)
                self._doubt[where] |= attempt.doubtful
                old[where] = attempt.started < self._resend_after if attempt.doubtful else old[where]
                continue
            self._before[where] = _CODES.index(attempt.outcome)
            self._doubt[where] = False
            if attempt.outcome is not Outcome.ACCEPTED:
                self._reasons.update(dict.fromkeys(positions, attempt.reason))
            if attempt.outcome is not Outcome.UNCONFIRMED:
                self.guard.answered(where)
                self.guard.refused(len(positions) * (attempt.outcome is Outcome.REJECTED))

    def _keep_back(self, positions: np.ndarray) -> None:
        self._before[positions] = _CODES.index(Outcome.UNCONFIRMED)
        self._reasons.update(dict.fromkeys(positions.tolist(), KEPT_BACK))
        self.kept_back += len(positions)

    @property
    def settled(self) -> np.ndarray:
        """Whether the row at each position is not to be sent any more, by what earlier sessions left: bool."""
        found: np.ndarray = self._before != 0
        return found

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
        self.guard.check(self.live[Outcome.REJECTED], self.read)

    def _recall(self, chunk: Chunk, waiting: np.ndarray) -> None:
        """Fill in what earlier sessions settled; nothing else may be ready and not pending."""
        ready = np.flatnonzero((chunk.sheet["outcome"].to_numpy() == Outcome.READY.value) & ~waiting)
        if not len(ready):
            return
        positions = chunk.start + ready
        codes = self._before[positions]
        if not codes.all():
            row = chunk.sheet["row"].iat[ready[np.flatnonzero(codes == 0)[0]]]
            raise AccountProblem(f"row {row} is neither sent nor settled: a fault of ours")
        chunk.sheet.iloc[ready, 1] = _OUTCOMES[codes]
        chunk.sheet.iloc[ready, 2] = [self._reasons.get(position, "") for position in positions.tolist()]

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

    def settle(self, positions: np.ndarray, outcome: Outcome, reason: str = "") -> None:
        """Give the open rows at *positions* their outcome. A row that is not open stops the run."""
        if outcome in {Outcome.ACCEPTED, Outcome.REJECTED}:
            self.guard.answered(positions)
            self.guard.refused(len(positions) * (outcome is Outcome.REJECTED))
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
        self.guard.check(self.live[Outcome.REJECTED], self.read)

    def leave(self, positions: np.ndarray) -> None:
        """End open rows that this session cannot settle: unconfirmed where they may be stored, else not sent."""
        doubt, refused = self._doubt[positions], self.guard.was_answered(positions)
        again = UNCONFIRMED if self._resend_after < math.inf else KEPT_BACK
        self.kept_back += int(doubt.sum()) * (again == KEPT_BACK)
        for where, outcome, reason in (
            (doubt, Outcome.UNCONFIRMED, again),
            (refused & ~doubt, Outcome.UNCONFIRMED, PARTLY),
            (~doubt & ~refused, Outcome.NOT_SENT, STOPPED),
        ):
            if where.any():
                self.settle(positions[where], outcome, reason)

    def give_up(self) -> None:
        """Leave all rows that are still open."""
        for entry in list(self._open):
            self.leave(entry.chunk.start + np.flatnonzero(entry.waiting))

    # Out

    def _close(self) -> None:
        while self._open and not self._open[0].waiting.any():
            chunk = self._open.popleft().chunk
            self.totals.add(chunk.sheet)
            for sink in self._sinks:
                sink.write(chunk)

    def check(self) -> None:
        """Raise AccountProblem where the outcomes do not add up to the rows of the files."""
        given = self.totals.outcomes.total()
        if self._open or given != self.read or (self.read != self.rows and not self.is_cut_short):
            raise AccountProblem(
                f"{self.rows} rows to account for, {self.read} read, {given} with an outcome: a fault of ours; "
                "the journal and the failures file are right as far as they go"
            )
